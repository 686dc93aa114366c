"""The cohorts that a revision was compared with, in short; the trials pages say why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from boards.queries.links import matches_url
from cases.models import CaseRevision
from iltb.accounts.models import User
from iltb.core.models import JobState
from trials.enums import MatchOutcome
from trials.models import Match, MatchRun

SHOWN: Final = 6
_OUTCOME_TONES: Final = {
    MatchOutcome.NO_CRITERION_FAILS: "info",
    MatchOutcome.POSSIBLE: "info",
    MatchOutcome.NOT_NOW: "warn",
}


@dataclass(frozen=True)
class MatchRow:
    """One cohort."""

    trial: str
    cohort: str
    outcome: str
    tone: str
    availability: str


@dataclass(frozen=True)
class MatchList:
    """The first cohorts in the order of the run, and where the rest stands."""

    rows: Sequence[MatchRow]
    more: int
    state: str  # of the run; "" when there is none
    url: str


def match_list(user: User, revision: CaseRevision) -> MatchList:
    """The newest run on ``revision`` as ``user`` may see it. Two queries."""
    run = MatchRun.objects.visible_to(user).filter(revision=revision).order_by("-created_at").first()
    if run is None:
        return MatchList(rows=(), more=0, state="", url="")
    matches = list(run.matches.select_related("arm__version__trial").defer("explanation", "order", "arm__criteria"))
    return MatchList(
        rows=[_row(match) for match in matches[:SHOWN]],
        more=max(0, len(matches) - SHOWN),
        state=run.state,
        url=matches_url(revision.case.code) if run.state == JobState.DONE else "",
    )


def _row(match: Match) -> MatchRow:
    trial = match.arm.version.trial.title
    return MatchRow(
        trial=trial,
        cohort=match.arm.title if match.arm.title != trial else "",
        outcome=str(match.get_outcome_display()),
        tone=_OUTCOME_TONES.get(MatchOutcome(match.outcome), ""),
        availability=str(match.get_availability_display()),
    )
