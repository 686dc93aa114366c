"""News from below: what upper apps may want to know. Sent inside the deed's transaction."""

from typing import Final

from django.dispatch import Signal

case_submitted: Final = Signal()  # revision: CaseRevision -- a new frozen revision exists
case_accepted: Final = Signal()  # case: Case, revision: CaseRevision -- released to the board
case_frozen: Final = Signal()  # case: Case -- withdrawn: cancel what is under way
case_queried: Final = Signal()  # query: Query -- the physician is asked
