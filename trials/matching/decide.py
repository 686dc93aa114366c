"""What decided a result, and which answers would decide an open one.

Reads trees and verdicts only: the same from a fresh evaluation and from a stored explanation. An answer that is not
given stays unknown, so nothing here guesses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, Final, TypeAlias

from trials.matching.answers import Reason
from trials.matching.conditions import Condition
from trials.matching.criteria import AllOf, AnyOf, AtLeast, Leaf, Node, Not, leaves
from trials.matching.evaluate import fold
from trials.matching.explain import about_of
from trials.matching.kleene import Verdict, negate
from trials.matching.possible import Pattern, patterns
from trials.matching.registry import FACTS, FactKind

LARGEST_SET: Final = 3
_WAYS_KEPT: Final = 2_000
_VERDICTS: Final = {"met": Verdict.MET, "not_met": Verdict.NOT_MET, "unknown": Verdict.UNKNOWN}
_DECIDED: Final = (Verdict.NOT_MET, Verdict.MET)
# Open by a definition, by the protocol, by our own vocabularies or because it was tried and could not be assessed: no
# answer of a physician changes it.
_NOT_TO_BE_ANSWERED: Final = frozenset(
    {
        Reason.UNREAD,
        Reason.NOT_IN_DOSSIER,
        Reason.DEFINITION,
        Reason.DRUG_CLASS,
        Reason.DRUG_ROLE,
        Reason.NOT_ASSESSABLE,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """One question: a fact of the registry and what it is about, such as a drug or a gene."""

    fact: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A tree with the verdict of each leaf by its id; one that is missing is unknown.

    ``closed`` holds leaves whose unknown no answer of a physician ends.
    """

    tree: Node
    verdicts: Mapping[str, Verdict]
    closed: frozenset[str] = frozenset()

    def verdict_of(self, leaf: Leaf) -> Verdict:
        """Return the verdict of one leaf."""
        return self.verdicts.get(leaf.id, Verdict.UNKNOWN)

    @property
    def verdict(self) -> Verdict:
        """The verdict of the tree."""
        return fold(self.tree, self.verdict_of)


@dataclass(frozen=True, slots=True)
class Decisive:
    """A question of which one answer decides: ``leads_to`` are the verdicts that its answers bring about.

    ``always`` says that every answer decides.
    """

    asked: Asked
    leads_to: frozenset[Verdict]
    always: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question with the trials that one answer decides; ``always`` are those that every answer decides."""

    asked: Asked
    trials: tuple[str, ...]
    always: tuple[str, ...]


def standing_of(tree: Node, criteria: Iterable[Mapping[str, Any]]) -> Standing:
    """Return how a tree stood in a stored explanation (``Explanation.to_json``)."""
    verdicts, closed = {}, set()
    for criterion in criteria:
        verdict = _VERDICTS[criterion["verdict"]]
        verdicts[criterion["id"]] = negate(verdict) if criterion["turned"] else verdict
        if verdict is Verdict.UNKNOWN and not can_be_answered(criterion["fact"], criterion["reason"]):
            closed.add(criterion["id"])
    return Standing(tree, verdicts, frozenset(closed))


def can_be_answered(fact: str, reason: str) -> bool:
    """Whether a physician can end this unknown in the dossier.

    Not where the dossier has no place for the fact, the protocol or a definition leaves it open, or an age in months
    cannot say on which side of a birthday a patient is.
    """
    spec = FACTS.get(fact)
    if spec is None or not spec.source:
        return False
    at_birthday = reason == Reason.BORDER and spec.kind is FactKind.AGE
    return not at_birthday and reason not in _NOT_TO_BE_ANSWERED


def certificate(standing: Standing) -> tuple[str, ...]:
    """Return the fewest leaves that alone give the outcome, whatever the others say; none for an open one.

    A lasting failure is shown by what cannot recover. Of equally few, the first in the document.
    """
    verdict, verdicts = standing.verdict, dict(standing.verdicts)
    if verdict is Verdict.UNKNOWN:
        return ()
    lasting = verdicts | {leaf.id: Verdict.UNKNOWN for leaf in leaves(standing.tree) if leaf.recoverable}
    if verdict is Verdict.NOT_MET and Standing(standing.tree, lasting).verdict is verdict:
        verdicts = lasting
    return tuple(_proof(standing.tree, verdict, verdicts) or ())


def _proof(node: Node, wanted: Verdict, verdicts: Mapping[str, Verdict]) -> list[str] | None:
    """Return the fewest leaves below ``node`` that make it ``wanted``, ``None`` where it is not."""
    if isinstance(node, Leaf):
        return [node.id] if verdicts.get(node.id) is wanted else None
    if isinstance(node, Not):
        return _proof(node.part, negate(wanted), verdicts)
    proofs = [proof for part in node.parts if (proof := _proof(part, wanted, verdicts)) is not None]
    needed = _needed(node, wanted)
    if len(proofs) < needed:
        return None
    places = sorted(sorted(range(len(proofs)), key=lambda place: len(proofs[place]))[:needed])
    return [name for place in places for name in proofs[place]]


def _needed(node: AllOf | AnyOf | AtLeast, wanted: Verdict) -> int:
    """Return of how many parts it takes the verdict ``wanted`` to give it to the group."""
    met = node.n if isinstance(node, AtLeast) else (len(node.parts) if isinstance(node, AllOf) else 1)
    return met if wanted is Verdict.MET else len(node.parts) - met + 1


def decisive(standing: Standing) -> tuple[Decisive, ...]:
    """Return every question of which one answer decides an open tree, in the order of the document."""
    return _Search([standing]).singles()


def deciding_sets(standing: Standing, largest: int = LARGEST_SET) -> tuple[tuple[Asked, ...], ...]:
    """Return the smallest sets of questions of which some answers together decide an open tree.

    Each set needs all of its members. Sets of more than ``largest`` questions are left out; the smallest come first.
    """
    return _Search([standing]).sets(largest)


def rank(trials: Mapping[str, Sequence[Standing]]) -> tuple[Ranked, ...]:
    """Return the questions that decide most trials, best first; questions that decide none are left out.

    A trial is decided when one cohort fails no criterion, or when all of them fail. Of equal questions the one for the
    trial that is named first comes first.
    """
    some: dict[Asked, list[str]] = defaultdict(list)
    always: dict[Asked, list[str]] = defaultdict(list)
    for trial, cohorts in trials.items():
        for found in _Search(cohorts).singles():
            some[found.asked].append(trial)
            if found.always:
                always[found.asked].append(trial)
    ranked = [Ranked(asked, tuple(names), tuple(always[asked])) for asked, names in some.items()]
    place = {trial: number for number, trial in enumerate(trials)}
    return tuple(
        sorted(ranked, key=lambda one: (-len(one.trials), -len(one.always), *map(place.__getitem__, one.trials)))
    )


# Answers that together lead somewhere: for each question the answers that do, as bits of its patterns.
_Way: TypeAlias = frozenset[tuple[Asked, int]]
_NOTHING_NEEDED: Final[_Way] = frozenset()


@dataclass(slots=True)
class _Question:
    """All open conditions that one question settles, and what its answers do to them."""

    conditions: list[Condition] = field(default_factory=list)
    answers: tuple[Pattern, ...] = ()

    def bits(self, condition: Condition, wanted: Verdict) -> int:
        """Return the answers that give ``wanted`` to ``condition``."""
        place = self.conditions.index(condition)
        return sum(1 << number for number, answer in enumerate(self.answers) if answer[place] is wanted)


class _Search:
    """Looks for answers that decide the best of some cohorts."""

    def __init__(self, cohorts: Sequence[Standing]) -> None:
        self.cohorts = cohorts
        self.questions: dict[Asked, _Question] = defaultdict(_Question)
        for cohort in cohorts:
            for leaf in leaves(cohort.tree):
                if _is_open(cohort, leaf):
                    known = self.questions[asked_by(leaf)].conditions
                    if leaf.condition not in known:
                        known.append(leaf.condition)
        for question in self.questions.values():
            question.answers = patterns(question.conditions)

    def singles(self) -> tuple[Decisive, ...]:
        """Return every question of which one answer decides."""
        bits: dict[Asked, dict[Verdict, int]] = defaultdict(lambda: dict.fromkeys(_DECIDED, 0))
        for verdict in _DECIDED:
            for asked, found in chain.from_iterable(self.ways(verdict, 1)):
                bits[asked][verdict] |= found
        return tuple(
            Decisive(
                asked,
                frozenset(verdict for verdict in _DECIDED if bits[asked][verdict]),
                reduce(or_, bits[asked].values()) == (1 << len(self.questions[asked].answers)) - 1,
            )
            for asked in self.questions
            if asked in bits
        )

    def sets(self, size: int) -> tuple[tuple[Asked, ...], ...]:
        """Return the sets of at most ``size`` questions that decide and have no smaller one within."""
        found = {frozenset(asked for asked, _ in way) for verdict in _DECIDED for way in self.ways(verdict, size)}
        kept: list[frozenset[Asked]] = []
        for candidate in sorted(found, key=lambda one: (len(one), sorted(one))):
            if candidate and not any(smaller <= candidate for smaller in kept):
                kept.append(candidate)
        return tuple(tuple(sorted(one)) for one in kept)

    def ways(self, wanted: Verdict, size: int) -> set[_Way]:
        """Return the ways to ``wanted`` with at most ``size`` questions; the best cohort counts."""
        parts = (self._below(cohort.tree, cohort, wanted, size) for cohort in self.cohorts)
        return _some_of(1 if wanted is Verdict.MET else len(self.cohorts), len(self.cohorts), parts, size)

    def _below(self, node: Node, cohort: Standing, wanted: Verdict, size: int) -> set[_Way]:
        if isinstance(node, Leaf):
            return self._leaf(node, cohort, wanted)
        if isinstance(node, Not):
            return self._below(node.part, cohort, negate(wanted), size)
        parts = (self._below(part, cohort, wanted, size) for part in node.parts)
        return _some_of(_needed(node, wanted), len(node.parts), parts, size)

    def _leaf(self, leaf: Leaf, cohort: Standing, wanted: Verdict) -> set[_Way]:
        if cohort.verdict_of(leaf) is wanted:
            return {_NOTHING_NEEDED}
        if not _is_open(cohort, leaf):
            return set()
        asked = asked_by(leaf)
        return {frozenset({(asked, self.questions[asked].bits(leaf.condition, wanted))})}


def asked_by(leaf: Leaf) -> Asked:
    """Return the question that a leaf hangs on."""
    return Asked(leaf.fact, about_of(leaf))


def _is_open(cohort: Standing, leaf: Leaf) -> bool:
    return cohort.verdict_of(leaf) is Verdict.UNKNOWN and leaf.id not in cohort.closed


def _some_of(needed: int, count: int, parts: Iterable[set[_Way]], size: int) -> set[_Way]:
    """Return the ways in which ``needed`` of ``count`` parts come about."""
    reached: dict[int, set[_Way]] = {0: {_NOTHING_NEEDED}}
    for left, part in zip(range(count - 1, -1, -1), parts, strict=True):
        after: dict[int, set[_Way]] = defaultdict(set)
        for have, ways in reached.items():
            if have + left >= needed:
                after[have] |= ways
            if have < needed:
                after[have + 1].update(_joined(ways, part, size))
        reached = {have: _kept(ways) for have, ways in after.items() if ways}
        if not reached:
            return set()
    return reached.get(needed, set())


def _joined(first: set[_Way], second: set[_Way], size: int) -> Iterator[_Way]:
    for one in first:
        for other in second:
            bits = dict(one)
            for asked, mask in other:
                bits[asked] = bits.get(asked, mask) & mask
            if len(bits) <= size and all(bits.values()):
                yield frozenset(bits.items())


def _kept(ways: set[_Way]) -> set[_Way]:
    """Leave out what needs answers where none is needed; of far too many keep the shortest, always the same."""
    if _NOTHING_NEEDED in ways:
        return {_NOTHING_NEEDED}
    if len(ways) <= _WAYS_KEPT:
        return ways
    return set(sorted(ways, key=lambda way: (len(way), sorted(way)))[:_WAYS_KEPT])
