"""The match list of a case and one match with its reasons."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from iltb.accounts.models import User
from iltb.core.models import JobState
from trials.availability import availability_of
from trials.enums import Availability, MatchOutcome, Verification
from trials.models import Match, MatchRun
from trials.queries.explanations import Counts, Requirement, counts_of, open_lines, requirements_of, why
from trials.queries.recruitment import RecruitmentLine, in_words, recruitment_of

PAGE_SIZE: Final = 20
_RUNS_LOOKED_AT: Final = 5  # a finished one may stand behind a waiting and some failed ones
_TONES: Final = {MatchOutcome.NOT_NOW: "warn", MatchOutcome.CRITERION_NOT_MET: "bad"}


@dataclass(frozen=True)
class MatchRow:
    """One cohort in the list, with what stands in the way or is missing."""

    trial: str
    arm: str
    url: str
    outcome: str
    tone: str
    is_elsewhere: bool
    recruitment: RecruitmentLine
    counts: Counts
    why: tuple[str, ...]


@dataclass(frozen=True)
class MatchListPage:
    """The newest list of a case that the reader may see; ``rows`` are empty while it is computed."""

    case: Case
    code: str
    revision: int | None
    evaluated_on: date | None
    is_pending: bool
    is_released: bool
    may_release: bool
    run_id: UUID | None
    rows: tuple[MatchRow, ...]
    page: Page[Any]
    total: int


@dataclass(frozen=True)
class MatchPage:
    """One cohort with every criterion."""

    case: Case
    code: str
    revision: int
    evaluated_on: date | None
    trial: str
    trial_url: str
    list_url: str
    row: MatchRow
    is_verified: bool
    verification: str
    inclusion: tuple[Requirement, ...]
    exclusion: tuple[Requirement, ...]
    questions: tuple[str, ...]


def match_list_page(user: User, code: str, *, page: str | int = 1) -> MatchListPage | None:
    """Return the match list of a case, ``None`` for a case that is unknown or whose list is not for ``user``.

    A treating physician's list does not exist for her before a coordinator released it.
    """
    case = Case.objects.visible_to(user).filter(code=code).first()
    if case is None:
        return None
    runs = MatchRun.objects.visible_to(user).filter(revision__case=case).select_related("revision")
    newest = list(runs.order_by("-revision__number", "-created_at")[:_RUNS_LOOKED_AT])
    if not newest and not Case.objects.granted(user, "view_matches").filter(pk=case.pk).exists():
        return None
    done = next((run for run in newest if run.state == JobState.DONE), None)
    paginator = Paginator(_rows(done), PAGE_SIZE)
    current = paginator.get_page(page)
    return MatchListPage(
        case=case,
        code=case.code,
        revision=done.revision.number if done else None,
        evaluated_on=done.evaluated_on if done else None,
        is_pending=any(run.state == JobState.PENDING for run in newest),
        is_released=done is not None and done.released_at is not None,
        may_release=_may_release(user, case, done),
        run_id=done.pk if done else None,
        rows=tuple(_row(match, done, case.code) for match in current.object_list if done),
        page=current,
        total=paginator.count,
    )


def match_page(user: User, code: str, match_id: UUID) -> MatchPage | None:
    """Return one match with its criteria, ``None`` when it is not for ``user`` or not of this case."""
    matches = Match.objects.visible_to(user).filter(run__revision__case__code=code)
    match = _with_trial(matches).select_related("run__revision__case").filter(pk=match_id).first()
    if match is None:
        return None
    version, found = match.arm.version, requirements_of(match.explanation)
    return MatchPage(
        case=match.run.revision.case,
        code=code,
        revision=match.run.revision.number,
        evaluated_on=match.run.evaluated_on,
        trial=version.trial.title,
        trial_url=reverse("trials:detail", args=[version.trial.key]),
        list_url=reverse("trials:matches", args=[code]),
        row=_row(match, match.run, code),
        is_verified=version.verification == Verification.VERIFIED,
        verification=str(Verification(version.verification).label),
        inclusion=tuple(requirement for requirement in found if not requirement.is_exclusion),
        exclusion=tuple(requirement for requirement in found if requirement.is_exclusion),
        questions=tuple(dict.fromkeys(f"{line.subject}: {line.question}" for line in open_lines(found))),
    )


def _may_release(user: User, case: Case, run: MatchRun | None) -> bool:
    if run is None or run.released_at is not None:
        return False
    return Case.objects.granted(user, "triage_case").filter(pk=case.pk).exists()


def _rows(run: MatchRun | None) -> Any:
    """Return the matches of a run that the reader was found to see."""
    if run is None:
        return Match.objects.none().order_by("rank")
    return _with_trial(Match.objects.filter(run=run)).order_by("rank")


def _with_trial(matches: Any) -> Any:
    return matches.select_related("arm__version__trial").prefetch_related("arm__version__trial__sites")


def _row(match: Match, run: MatchRun, code: str) -> MatchRow:
    """Describe a match; recruitment is today's, since it is corrected at once, the criteria are those of the run."""
    version, trial = match.arm.version, match.arm.version.trial
    recruitment = recruitment_of(match.arm, today=timezone.localdate())
    country = (run.revision.content.get("patient") or {}).get("country") or {}
    availability = availability_of(
        recruitment,
        country=country.get("code", ""),
        countries={site.country_code for site in trial.sites.all()},
        countries_complete=version.countries_complete,
    )
    outcome, requirements = MatchOutcome(match.outcome), requirements_of(match.explanation)
    return MatchRow(
        trial=trial.title,
        arm="" if match.arm.title == trial.title else match.arm.title,
        url=reverse("trials:match", args=[code, match.pk]),
        outcome=str(outcome.label),
        tone=_TONES.get(outcome, "info"),
        is_elsewhere=availability is Availability.RECRUITING_ELSEWHERE,
        recruitment=in_words(recruitment),
        counts=counts_of(requirements),
        why=why(requirements),
    )
