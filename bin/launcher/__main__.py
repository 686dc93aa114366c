"""Entry point of ``python3 bin/launcher``."""

import sys
from pathlib import Path

# Running a folder puts the folder itself in the path; its modules are imported as the package ``launcher``.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from launcher.commands import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
