"""The match list of a case and one match with its reasons."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from cases.enums import CaseState
from cases.models import Case
from cases.workflow import CASE_WORKFLOW
from iltb.accounts.models import User
from iltb.core.models import JobState
from trials.availability import availability_of, open_countries
from trials.enums import Availability, MatchOutcome, Verification
from trials.models import Match, MatchRun, Site
from trials.queries.decisive import DecidedBy, QuestionLine, decided_by, may_answer, questions_of
from trials.queries.explanations import Counts, Requirement, open_lines, requirements_of, summary_of
from trials.queries.recruitment import RecruitmentLine, country_of, in_words, recruitment_of
from trials.queries.wording import verification_in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE_SIZE: Final = 20
PRINTED_AT_MOST: Final = 500
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
    """The newest list of a case that the reader may see; ``rows`` are empty while it is computed.

    ``questions`` are those that decide most trials, with the way to the field for whoever may answer. ``query_url``
    leads to the board's open question for the same person.
    """

    case: Case
    code: str
    revision: int | None
    evaluated_on: date | None
    is_pending: bool
    is_released: bool
    may_release: bool
    may_ask: bool
    run_id: UUID | None
    questions: tuple[QuestionLine, ...]
    query_url: str
    rows: tuple[MatchRow, ...]
    page: Page[Any]
    total: int
    is_whole: bool


@dataclass(frozen=True)
class MatchPage:
    """One cohort with every criterion, with those that decide, and what would decide it."""

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
    against: tuple[Requirement, ...]
    deciding: tuple[Requirement, ...]
    total: int
    decided_by: DecidedBy
    open_for_others: tuple[str, ...]
    may_ask: bool


def match_list_page(user: User, code: str, *, page: str | int = 1, is_whole: bool = False) -> MatchListPage | None:
    """Return the match list of a case, ``None`` for a case that is unknown or whose list is not for ``user``.

    A treating physician's list does not exist for her before a coordinator released it. ``is_whole`` puts all cohorts
    on one page, at most 500, to be printed.
    """
    newest = _newest_runs(user, code)
    case = newest[0].revision.case if newest else _case_with_matches(user, code)
    if case is None:
        return None
    done = _first_done(newest)
    paginator = Paginator(_matches(done), PRINTED_AT_MOST if is_whole else PAGE_SIZE)
    current = paginator.get_page(page)
    triages = _may_triage(user, case)
    answers = not triages and may_answer(user, case)
    return MatchListPage(
        case=case,
        code=case.code,
        revision=done.revision.number if done else None,
        evaluated_on=done.evaluated_on if done else None,
        is_pending=any(run.state == JobState.PENDING for run in newest),
        is_released=done is not None and done.released_at is not None,
        may_release=triages and done is not None and done.released_at is None,
        may_ask=triages and _can_be_asked(case),
        run_id=done.pk if done else None,
        questions=questions_of(done, case, may_answer=answers) if done else (),
        query_url=reverse("cases:query_answer", args=[case.code])
        if answers and case.state == CaseState.QUERIED
        else "",
        rows=_rows(current.object_list, done, case.code) if done else (),
        page=current,
        total=paginator.count,
        is_whole=is_whole,
    )


def newest_run(user: User, case: Case) -> MatchRun | None:
    """Return the finished run whose list ``user`` sees."""
    return _first_done(_newest_runs(user, case.code))


def match_page(user: User, code: str, match_id: UUID) -> MatchPage | None:
    """Return one match with its criteria, ``None`` when it is not for ``user`` or not of this case."""
    matches = Match.objects.visible_to(user).filter(run__revision__case__code=code)
    match = matches.select_related("arm__version__trial", "run__revision__case").filter(pk=match_id).first()
    if match is None:
        return None
    version, case = match.arm.version, match.run.revision.case
    decided = decided_by(match, case, may_answer=may_answer(user, case))
    found = requirements_of(match.explanation, decided.ids)
    return MatchPage(
        case=case,
        code=code,
        revision=match.run.revision.number,
        evaluated_on=match.run.evaluated_on,
        trial=version.trial.title,
        trial_url=reverse("trials:detail", args=[version.trial.key]),
        list_url=reverse("trials:matches", args=[code]),
        row=_rows([match], match.run, code)[0],
        is_verified=version.verification == Verification.VERIFIED,
        verification=verification_in_words(version),
        inclusion=tuple(requirement for requirement in found if not requirement.is_exclusion),
        exclusion=tuple(requirement for requirement in found if requirement.is_exclusion),
        against=tuple(requirement for requirement in found if requirement.is_blocking),
        deciding=tuple(requirement for requirement in found if requirement.is_deciding),
        total=len(found),
        decided_by=decided,
        open_for_others=_open_for_others(found, decided),
        may_ask=_can_be_asked(case) and _may_triage(user, case),
    )


def _newest_runs(user: User, code: str) -> list[MatchRun]:
    """Return the last runs of a case that ``user`` may see, without what its revisions say."""
    runs = MatchRun.objects.visible_to(user).filter(revision__case__code=code).select_related("revision__case")
    return list(runs.defer("revision__content").order_by("-revision__number", "-created_at")[:_RUNS_LOOKED_AT])


def _case_with_matches(user: User, code: str) -> Case | None:
    """Return a case without a run of which ``user`` would see the list."""
    case = Case.objects.visible_to(user).filter(code=code).first()
    if case is None or not Case.objects.granted(user, "view_matches").filter(pk=case.pk).exists():
        return None
    return case


def _first_done(runs: list[MatchRun]) -> MatchRun | None:
    return next((run for run in runs if run.state == JobState.DONE), None)


def _open_for_others(requirements: tuple[Requirement, ...], decided: DecidedBy) -> tuple[str, ...]:
    """Name the open facts that are not asked of the physician, with the reason."""
    asked = {question.fact for question in decided.questions}
    left = [line for line in open_lines(requirements) if line.subject not in asked]
    return tuple(dict.fromkeys(f"{line.subject}: {line.reason}" for line in left))


def _may_triage(user: User, case: Case) -> bool:
    return Case.objects.granted(user, "triage_case").filter(pk=case.pk).exists()


def _can_be_asked(case: Case) -> bool:
    return CASE_WORKFLOW.allows(current=case.state, to=CaseState.QUERIED)


def _matches(run: MatchRun | None) -> "QuerySet[Match]":
    """Return the matches of a run that the reader was found to see, with what a row of the list says."""
    if run is None:
        return Match.objects.none().order_by("rank")
    matches = Match.objects.filter(run=run).select_related("arm__version__trial")
    return matches.defer("order", "arm__criteria").order_by("rank")


def _rows(matches: Iterable[Match], run: MatchRun, code: str) -> tuple[MatchRow, ...]:
    matches = list(matches)
    places: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    trials = {match.arm.version.trial_id for match in matches if match.arm.version.countries_complete}
    country = country_of(run.revision) if trials else ""
    for site in Site.objects.filter(trial__in=trials):
        places[site.trial_id].append((site.country_code, site.status))
    return tuple(_row(match, code, country, open_countries(places[match.arm.version.trial_id])) for match in matches)


def _row(match: Match, code: str, country: str, places: Collection[str]) -> MatchRow:
    """Describe a match; recruitment is today's, since it is corrected at once, the criteria are those of the run."""
    version, trial = match.arm.version, match.arm.version.trial
    recruitment = recruitment_of(match.arm, today=timezone.localdate())
    availability = availability_of(
        recruitment, country=country, countries=places, countries_complete=version.countries_complete
    )
    outcome, (counts, why) = MatchOutcome(match.outcome), summary_of(match.explanation)
    return MatchRow(
        trial=trial.title,
        arm="" if match.arm.title == trial.title else match.arm.title,
        url=reverse("trials:match", args=[code, match.pk]),
        outcome=str(outcome.label),
        tone=_TONES.get(outcome, "info"),
        is_elsewhere=availability is Availability.RECRUITING_ELSEWHERE,
        recruitment=in_words(recruitment),
        counts=counts,
        why=why,
    )
