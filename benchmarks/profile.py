"""Prints how fast the tumour profile is: ``python -m benchmarks.profile``.

Builds and renders a dossier of 60 findings and 12 lines of treatment again and again. Times depend on the machine;
nothing asserts them. The weight is that of the profile as it is sent, compressed.
"""

import gzip
import os
import resource
import statistics
import sys
from random import Random
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.test")
django.setup()

from django.template.loader import render_to_string  # noqa: E402 -- after the settings

from benchmarks.figures import milliseconds, percentile, print_table  # noqa: E402
from cases.queries import dossier_from  # noqa: E402
from tests.factories.dossier import rich_content  # noqa: E402

try:
    import brotli
except ImportError:  # the figure is then a little higher
    brotli = None

REPEATS: Final = 200
LIMIT_MS: Final = 50
LIMIT_KB: Final = 110


def main() -> int:
    """Run all measurements and print one table."""
    content = rich_content(Random(20261122), findings=60, lines=12)
    page = _page(content)
    for _ in range(5):
        _page(content)
    built = [milliseconds(lambda: dossier_from(content)) for _ in range(REPEATS)]
    both = [milliseconds(lambda: _page(content)) for _ in range(REPEATS)]
    rows = [
        ("findings, lines of treatment", "60, 12"),
        ("build, processor, median", f"{statistics.median(built):.1f} ms"),
        ("build, processor, 95th percentile", f"{percentile(built, 95):.1f} ms"),
        ("build and render, processor, median", f"{statistics.median(both):.1f} ms"),
        (f"build and render, processor, 95th percentile (limit {LIMIT_MS} ms)", f"{percentile(both, 95):.1f} ms"),
        ("page, uncompressed", f"{len(page) / 1000:.0f} kB"),
        (f"page, {_name()} (limit {LIMIT_KB} kB)", f"{len(_compressed(page)) / 1000:.1f} kB"),
        ("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"),
    ]
    print_table(rows)
    return 0


def _page(content: dict[str, Any]) -> bytes:
    return render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)}).encode()


def _name() -> str:
    return "brotli" if brotli else "gzip"


def _compressed(page: bytes) -> bytes:
    return brotli.compress(page, quality=5) if brotli else gzip.compress(page, 6)


if __name__ == "__main__":
    sys.exit(main())
