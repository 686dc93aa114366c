"""Why a cohort came out as it did: one line for each criterion, in the order of the protocol."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from trials.matching.answers import Answer
from trials.matching.conditions import HasLesion, HasPathway, Limit, LimitAbout, Reading
from trials.matching.criteria import AllOf, AnyOf, AtLeast, Leaf, Node, Not, leaves
from trials.matching.evaluate import Outcome, answers_of, fold, outcome_of
from trials.matching.facts import Facts, age_after
from trials.matching.intervals import Interval, compare
from trials.matching.kleene import Verdict, negate
from trials.matching.registry import DAYS_PER_MONTH, FACTS
from trials.matching.vocabulary import pathways

_WORDS: Final = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown"}
_LOOK_BACK_DAYS: Final = 4


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion on one case.

    ``verdict`` is seen from the patient's side: *met* never stands in the way, also for an exclusion. ``found`` is the
    fact used; an unknown verdict has a ``reason`` and the ``question`` that would settle it. ``choice`` is the path of
    the group of alternatives that the criterion belongs to and ``choice_verdict`` the verdict of that group, which is
    what counts; both are empty for a criterion that must hold by itself. ``turned`` marks a fact that must not hold.
    ``blocking`` marks the criteria that make a cohort fail.
    """

    id: str
    ref: str
    text: str
    kind: str
    verdict: str
    state: str
    fact: str
    about: str
    turned: bool
    found: str
    specimen: str
    day: int | None
    reason: str
    question: str
    recoverable: bool
    choice: str
    choice_verdict: str
    blocking: bool

    @property
    def counts_as(self) -> str:
        """The verdict of what the protocol asks as a whole: of the alternatives, or of the criterion itself."""
        return self.choice_verdict or self.verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """The outcome of one cohort with all its criteria.

    ``valid_for_days`` is the number of days after which time alone may change the outcome, ``None`` for never.
    """

    outcome: Outcome
    criteria: tuple[CriterionResult, ...]
    valid_for_days: int | None

    def count(self, verdict: str) -> int:
        """Return how many requirements have this verdict; a group of alternatives is one requirement."""
        requirements = {criterion.choice or criterion.id: criterion.counts_as for criterion in self.criteria}
        return sum(counted == verdict for counted in requirements.values())

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
    results = tuple(_result(place, answers, blocking=place.leaf.id in blocking) for place in places(tree))
    return Explanation(outcome_of(tree, facts), results, valid_for_days(tree, facts))


def valid_for_days(tree: Node, facts: Facts) -> int | None:
    """Return after how many days age or wash-out alone may change an answer, ``None`` when they cannot any more.

    Up to a few days too early, never too late.
    """
    return min((day for leaf in leaves(tree) for day in _changes(leaf, facts)), default=None)


def _changes(leaf: Leaf, facts: Facts) -> Iterator[int]:
    """Yield days from today on which the answer of one criterion may change by itself."""
    condition = leaf.condition
    if isinstance(condition, Limit) and leaf.fact == "age_at_submission":
        if facts.stated_age_months is not None:
            yield from _days_of_change(condition, facts.stated_age_months, facts.elapsed_days)
        return
    if isinstance(condition, Limit):
        fact, readings = facts.get(leaf.fact), condition.readings
    elif isinstance(condition, LimitAbout):
        fact, readings = facts.get(leaf.fact, condition.about), (condition.reading,)
    else:
        return
    if fact.moves and isinstance(fact.value, Interval):
        for reading in readings:
            yield from _days_of_wash_out(reading, fact.value)


def _days_of_wash_out(reading: Reading, today: Interval) -> Iterator[int]:
    """Yield the days on which a number of days that grows by one every day crosses a limit."""
    now = compare(today, reading.operator, reading.limit)
    for end in (today.high, today.low):
        if end == math.inf:
            continue
        first = math.floor(reading.limit - end)
        for day in range(max(1, first), max(1, first) + 3):
            later = Interval(today.low + day, today.high + day, today.high_open)
            if compare(later, reading.operator, reading.limit) is not now:
                yield day
                break


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf stands: ``turned`` below an odd number of *not*, ``group`` the alternatives that it is one of.

    ``group_turned`` says the same of the group; ``choice`` is the group's path.
    """

    leaf: Leaf
    turned: bool
    choice: str = ""
    group: Node | None = None
    group_turned: bool = False


def places(tree: Node) -> Iterator[Place]:
    """Yield each leaf of a tree with its outermost group of alternatives, in the order of the document."""
    yield from _walk(tree, "$", turned=False, around=None)


def _walk(node: Node, path: str, *, turned: bool, around: tuple[str, Node, bool] | None) -> Iterator[Place]:
    match node:
        case Leaf():
            choice, group, group_turned = around or ("", None, False)
            yield Place(node, turned, choice, group, group_turned)
        case Not():
            yield from _walk(node.part, f"{path}.not", turned=not turned, around=around)
        case AllOf() | AnyOf() | AtLeast():
            is_choice = isinstance(node, AtLeast) or isinstance(node, AnyOf) is not turned
            if around is None and is_choice and len(node.parts) > 1:
                around = (path, node, turned)
            for index, part in enumerate(node.parts):
                yield from _walk(part, f"{path}[{index}]", turned=turned, around=around)


def _result(place: Place, answers: dict[str, Answer], *, blocking: bool) -> CriterionResult:
    leaf, answer = place.leaf, answers[place.leaf.id]
    verdict = negate(answer.verdict) if place.turned else answer.verdict
    is_open = verdict is Verdict.UNKNOWN
    return CriterionResult(
        id=leaf.id,
        ref=leaf.ref,
        text=leaf.text,
        kind=leaf.kind.value,
        verdict=_WORDS[verdict],
        state=answer.state.value,
        fact=leaf.fact,
        about=about_of(leaf),
        turned=place.turned,
        found=answer.found,
        specimen=answer.specimen,
        day=answer.day,
        reason=answer.reason.value if answer.reason and is_open else "",
        question=FACTS[leaf.fact].question if is_open else "",
        recoverable=leaf.recoverable,
        choice=place.choice,
        choice_verdict=_choice_verdict(place, answers),
        blocking=blocking,
    )


def _choice_verdict(place: Place, answers: dict[str, Answer]) -> str:
    if place.group is None:
        return ""
    verdict = fold(place.group, lambda leaf: answers[leaf.id].verdict)
    return _WORDS[negate(verdict) if place.group_turned else verdict]


def about_of(leaf: Leaf) -> str:
    """Return what the fact is about: the drug, class or antigen, the lesion or pathway."""
    match leaf.condition:
        case HasPathway(name=name):
            return pathways()[name].label
        case HasLesion():
            value = leaf.document["value"]
            return " ".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value)
    return str(leaf.document.get("of", ""))
