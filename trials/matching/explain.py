"""Why a cohort came out as it did: one line for each criterion, in the order of the protocol."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from trials.matching.answers import Answer
from trials.matching.conditions import Exposure, Expressed, ExpressedPercent, Flag, Limit, LimitAbout
from trials.matching.criteria import AllOf, AnyOf, AtLeast, Leaf, Node, Not, leaves
from trials.matching.evaluate import Outcome, answers_of, fold, outcome_of
from trials.matching.facts import Facts, age_after
from trials.matching.kleene import Verdict, negate
from trials.matching.registry import DAYS_PER_MONTH, FACTS

_WORDS: Final = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown"}
_LOOK_BACK_DAYS: Final = 4


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion on one case.

    ``verdict`` is seen from the patient's side: *met* never stands in the way, also for an exclusion. ``found`` is the
    fact used; an unknown verdict has a ``reason`` and the ``question`` that would settle it. ``choice`` is the path of
    the group of alternatives that the criterion belongs to, empty for one that must hold by itself. ``blocking`` marks
    the criteria that make a cohort fail.
    """

    id: str
    ref: str
    text: str
    kind: str
    verdict: str
    state: str
    fact: str
    about: str
    found: str
    specimen: str
    day: int | None
    reason: str
    question: str
    recoverable: bool
    choice: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The outcome of one cohort with all its criteria.

    ``valid_for_days`` is the number of days after which an age border may change the outcome, ``None`` for never.
    """

    outcome: Outcome
    criteria: tuple[CriterionResult, ...]
    valid_for_days: int | None

    def count(self, verdict: str) -> int:
        """Return how many criteria have this verdict."""
        return sum(criterion.verdict == verdict for criterion in self.criteria)

    def to_json(self) -> dict[str, Any]:
        """Return plain data that reads the same from every run."""
        return {
            "outcome": self.outcome.value,
            "criteria": [asdict(criterion) for criterion in self.criteria],
            "valid_for_days": self.valid_for_days,
        }


def explain(tree: Node, facts: Facts) -> Explanation:
    """Return the outcome of a cohort for a case with one result for each leaf, each leaf once."""
    answers = answers_of(tree, facts)
    blocking = _blocking(tree, answers)
    results = tuple(
        _result(leaf, answers[leaf.id], turned=turned, choice=choice, blocking=leaf.id in blocking)
        for leaf, turned, choice in _walk(tree, "$", turned=False, choice="")
    )
    return Explanation(outcome_of(tree, facts), results, valid_for_days(tree, facts))


def valid_for_days(tree: Node, facts: Facts) -> int | None:
    """Return after how many days the age alone may change an answer, ``None`` when it cannot any more.

    Up to a few days too early, never too late.
    """
    months = facts.stated_age_months
    if months is None:
        return None
    days = [
        day
        for leaf in leaves(tree)
        if isinstance(leaf.condition, Limit) and leaf.fact == "age_at_submission"
        for day in _days_of_change(leaf.condition, months, facts.elapsed_days)
    ]
    return min(days, default=None)


def _days_of_change(limit: Limit, months: float, today: int) -> Iterator[int]:
    """Yield the days from today on which the verdict of an age limit differs from today's."""
    now = limit.verdict_for(age_after(months, today))
    for reading in limit.readings:
        for border in (reading.limit - months - 1, reading.limit - months):
            first = max(today + 1, math.floor(border * DAYS_PER_MONTH) - _LOOK_BACK_DAYS)
            for day in range(first, first + 2 * _LOOK_BACK_DAYS + 2):
                if limit.verdict_for(age_after(months, day)) is not now:
                    yield day - today
                    break


def _blocking(node: Node, answers: dict[str, Answer]) -> frozenset[str]:
    """Return the ids of leaves that make the tree fail; none when it does not."""

    def verdict(part: Node) -> Verdict:
        return fold(part, lambda leaf: answers[leaf.id].verdict)

    def culprits(part: Node, bad: Verdict) -> Iterator[str]:
        if verdict(part) is not bad:
            return
        match part:
            case Leaf():
                yield part.id
            case Not():
                yield from culprits(part.part, negate(bad))
            case AllOf() | AnyOf() | AtLeast():
                for child in part.parts:
                    yield from culprits(child, bad)

    return frozenset(culprits(node, Verdict.NOT_MET))


def _walk(node: Node, path: str, *, turned: bool, choice: str) -> Iterator[tuple[Leaf, bool, str]]:
    """Yield each leaf, whether an odd number of *not* stands above it, and its group of alternatives."""
    match node:
        case Leaf():
            yield node, turned, choice
        case Not():
            yield from _walk(node.part, f"{path}.not", turned=not turned, choice=choice)
        case AllOf() | AnyOf() | AtLeast():
            is_choice = isinstance(node, AtLeast) or isinstance(node, AnyOf) is not turned
            inside = choice or (path if is_choice and len(node.parts) > 1 else "")
            for index, part in enumerate(node.parts):
                yield from _walk(part, f"{path}[{index}]", turned=turned, choice=inside)


def _result(leaf: Leaf, answer: Answer, *, turned: bool, choice: str, blocking: bool) -> CriterionResult:
    verdict = negate(answer.verdict) if turned else answer.verdict
    is_open = verdict is Verdict.UNKNOWN
    return CriterionResult(
        id=leaf.id,
        ref=leaf.ref,
        text=leaf.text,
        kind=leaf.kind.value,
        verdict=_WORDS[verdict],
        state=answer.state.value,
        fact=leaf.fact,
        about=_about(leaf),
        found=answer.found,
        specimen=answer.specimen,
        day=answer.day,
        reason=answer.reason.value if answer.reason and is_open else "",
        question=FACTS[leaf.fact].question if is_open else "",
        recoverable=leaf.recoverable,
        choice=choice,
        blocking=blocking,
    )


def _about(leaf: Leaf) -> str:
    """Return what the fact is about: the drug, class or antigen."""
    match leaf.condition:
        case Expressed() | ExpressedPercent():
            return leaf.condition.antigen
        case Exposure():
            return leaf.condition.key
        case Flag() | LimitAbout():
            return leaf.condition.about
    return ""
