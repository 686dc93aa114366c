"""A stored explanation in words, for the match pages, reviews and letters."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from cases.models import CaseRevision
from iltb.core.models import JobState
from trials.enums import CriterionVerdict, MatchOutcome, WhyUnknown
from trials.matching.criteria import CriterionKind
from trials.models import Match, MatchRun
from trials.models.match import MAY_HOLD_GERMLINE
from trials.queries.wording import fact_label, found_in_words

_NAMED_AT_MOST: Final = 3
Criterion = Mapping[str, Any]


@dataclass(frozen=True)
class CriterionRow:
    """One fact held against one condition.

    ``fact`` says what must hold ("not: ..." for what must not), ``subject`` what is asked about. ``evidence`` is the
    fact used with specimen and day; ``reason`` and ``question`` are set where it is unknown.
    ``is_alternative`` says that its group counts, not this row alone: show such rows within their ``Requirement``.
    """

    id: str
    text: str
    is_exclusion: bool
    verdict: str
    verdict_label: str
    fact: str
    subject: str
    evidence: str
    reason: str
    question: str
    recoverable: bool
    is_alternative: bool
    is_blocking: bool


@dataclass(frozen=True)
class Requirement:
    """What the protocol asks in one place: one condition, or alternatives of which one is enough.

    ``texts`` are the source sentences, each once. ``is_blocking`` marks what makes the cohort fail, ``is_deciding``
    the few that alone give the outcome, whatever the others say.
    """

    texts: tuple[str, ...]
    is_exclusion: bool
    verdict: str
    verdict_label: str
    recoverable: bool
    is_blocking: bool
    is_deciding: bool
    lines: tuple[CriterionRow, ...]

    @property
    def is_choice(self) -> bool:
        """Whether there are alternatives."""
        return len(self.lines) > 1


@dataclass(frozen=True)
class Counts:
    """How many requirements have which verdict."""

    met: int
    not_met: int
    unknown: int

    def __str__(self) -> str:
        """Say it: "9 met, 0 not met, 1 unknown"."""
        return _("%(met)s met, %(not_met)s not met, %(unknown)s unknown") % vars(self)


@dataclass(frozen=True)
class ArmMatchView:
    """One cohort of the newest run on a revision, for a board's option or a letter."""

    arm_id: UUID
    outcome: str
    outcome_label: str
    evaluated_on: date | None
    counts: Counts
    requirements: tuple[Requirement, ...]


def matches_of_arms(revision: CaseRevision, arm_ids: Collection[UUID]) -> dict[UUID, ArmMatchView]:
    """Return what the newest finished run on ``revision`` says about these cohorts; arms it did not see are missing.

    The caller has checked that its reader may see the revision; a run that may name germline findings is passed over.
    """
    done = MatchRun.objects.filter(revision=revision, state=JobState.DONE).exclude(engine__in=MAY_HOLD_GERMLINE)
    run = done.order_by("-created_at").first()
    if run is None:
        return {}
    return {match.arm_id: _view(match, run) for match in Match.objects.filter(run=run, arm__in=arm_ids)}


def _view(match: Match, run: MatchRun) -> ArmMatchView:
    requirements = requirements_of(match.explanation)
    return ArmMatchView(
        arm_id=match.arm_id,
        outcome=match.outcome,
        outcome_label=str(MatchOutcome(match.outcome).label),
        evaluated_on=run.evaluated_on,
        counts=counts_of(requirements),
        requirements=requirements,
    )


def rows_of(explanation: Iterable[Criterion]) -> tuple[CriterionRow, ...]:
    """Return every condition of a stored explanation in words, in the protocol's order."""
    return tuple(_line(criterion) for criterion in explanation)


def requirements_of(
    explanation: Iterable[Criterion], deciding: Collection[str] = frozenset()
) -> tuple[Requirement, ...]:
    """Return a stored explanation in words, alternatives together, in the protocol's order.

    ``deciding`` are the ids of the criteria that alone give the outcome.
    """
    grouped = groupby(explanation, key=_place)
    return tuple(_requirement(list(group), deciding) for _key, group in grouped)


def counts_of(requirements: Iterable[Requirement]) -> Counts:
    """Count requirements by verdict."""
    verdicts = [requirement.verdict for requirement in requirements]
    return Counts(*(verdicts.count(verdict) for verdict in ("met", "not_met", "unknown")))


def summary_of(explanation: Iterable[Criterion]) -> tuple[Counts, tuple[str, ...]]:
    """Return the counts of a stored explanation, and what stands in the way, or else the first facts that are missing.

    The same as from its requirements, without putting every criterion into words: a list shows many explanations.
    """
    verdicts, blocking, missing = [], [], []
    for _key, grouped in groupby(explanation, key=_place):
        group = list(grouped)
        verdict = group[0]["choice_verdict"] or group[0]["verdict"]
        verdicts.append(verdict)
        if any(criterion["blocking"] for criterion in group):
            blocking += [criterion["text"] for criterion in group]
        if verdict == CriterionVerdict.UNKNOWN:
            missing += [criterion for criterion in group if criterion["verdict"] == CriterionVerdict.UNKNOWN]
    named = blocking or (fact_label(criterion["fact"], criterion["about"]) for criterion in missing)
    counts = Counts(*(verdicts.count(verdict) for verdict in ("met", "not_met", "unknown")))
    return counts, tuple(dict.fromkeys(named))[:_NAMED_AT_MOST]


def _place(criterion: Criterion) -> str:
    """Return where the protocol asks it: alternatives stand in one place."""
    return str(criterion["choice"] or criterion["id"])


def open_lines(requirements: Iterable[Requirement]) -> list[CriterionRow]:
    """Return the unknown facts that an undecided requirement waits for."""
    undecided = [requirement for requirement in requirements if requirement.verdict == CriterionVerdict.UNKNOWN]
    return [line for requirement in undecided for line in requirement.lines if line.verdict == CriterionVerdict.UNKNOWN]


def _requirement(criteria: list[Criterion], deciding: Collection[str]) -> Requirement:
    verdict = CriterionVerdict(criteria[0]["choice_verdict"] or criteria[0]["verdict"])
    lines = rows_of(criteria)
    return Requirement(
        texts=tuple(dict.fromkeys(line.text for line in lines)),
        is_exclusion=all(line.is_exclusion for line in lines),
        verdict=verdict.value,
        verdict_label=str(verdict.label),
        recoverable=any(line.recoverable for line in lines),
        is_blocking=any(line.is_blocking for line in lines),
        is_deciding=any(line.id in deciding for line in lines),
        lines=lines,
    )


def _line(criterion: Criterion) -> CriterionRow:
    reason = criterion["reason"]
    return CriterionRow(
        id=criterion["id"],
        text=criterion["text"],
        is_exclusion=criterion["kind"] == CriterionKind.EXCLUSION,
        verdict=criterion["verdict"],
        verdict_label=str(CriterionVerdict(criterion["verdict"]).label),
        fact=fact_label(criterion["fact"], criterion["about"], turned=criterion["turned"]),
        subject=fact_label(criterion["fact"], criterion["about"]),
        evidence=_evidence(criterion),
        reason=_reason_in_words(reason),
        question=_(criterion["question"]) if criterion["question"] else "",
        recoverable=criterion["recoverable"],
        is_alternative=bool(criterion["choice"]),
        is_blocking=criterion["blocking"],
    )


def _reason_in_words(code: str) -> str:
    """Return why a criterion is unknown; a run of an older engine may hold a code that nobody gives any more."""
    if not code:
        return ""
    return str(WhyUnknown(code).label) if code in WhyUnknown.values else _("unknown")


def _evidence(criterion: Criterion) -> str:
    found = found_in_words(criterion["fact"], criterion["found"])
    specimen, day = criterion["specimen"], criterion["day"]
    if not found or not specimen:
        return found
    if day is None:
        return _("%(found)s (specimen %(specimen)s)") % {"found": found, "specimen": specimen}
    return _("%(found)s (specimen %(specimen)s, day %(day)s)") % {"found": found, "specimen": specimen, "day": day}
