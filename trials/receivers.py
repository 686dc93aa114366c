"""What this app does when something happens below."""

from typing import Any

from cases.events import case_submitted
from cases.models import CaseRevision
from iltb.core import jobs
from trials.services import matching


def register() -> None:
    """Connect; called once when the app is ready."""
    jobs.register("trials.run_match", "trials.MatchRun", "run_id")
    jobs.register("trials.run_check", "trials.StandingCheck", "check_id")
    case_submitted.connect(_match)


def _match(*, revision: CaseRevision, **_: Any) -> None:
    matching.request_match_run(revision)
