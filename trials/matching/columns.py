"""Evaluates all distinct conditions of a catalogue on one case, kind by kind.

Each column fills its own positions of one verdict array, which starts as *unknown* everywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trials.matching.conditions import (
    Condition,
    Exposure,
    Expressed,
    ExpressedPercent,
    Flag,
    HasLesion,
    HasPathway,
    KindOfDisease,
    Limit,
    LimitAbout,
    OneOf,
    Reading,
)
from trials.matching.facts import Facts
from trials.matching.intervals import Interval
from trials.matching.kleene import Verdict

Verdicts: TypeAlias = NDArray[np.int8]
Positions: TypeAlias = NDArray[np.intp]
Rows: TypeAlias = Sequence[tuple[int, Condition]]

_REMEMBERED: Final = 512


class Column(Protocol):
    """Fills the verdicts of its conditions into ``into``."""

    def fill(self, facts: Facts, into: Verdicts) -> None:
        """Write what ``facts`` decide."""


def columns_for(conditions: Sequence[Condition]) -> list[Column]:
    """Group conditions into columns."""
    by_kind: dict[tuple[str, str], list[tuple[int, Condition]]] = defaultdict(list)
    for position, condition in enumerate(conditions):
        by_kind[type(condition).__name__, _shelf(condition)].append((position, condition))
    built = (_column(rows) for rows in by_kind.values())
    return [column for column in built if column is not None]


def _shelf(condition: Condition) -> str:
    if isinstance(condition, Flag):
        return condition.fact if condition.about else ""
    return condition.fact if isinstance(condition, Limit | LimitAbout | OneOf | KindOfDisease) else ""


def _column(rows: Rows) -> Column | None:
    kinds: tuple[tuple[type[Any] | tuple[type[Any], ...], Callable[[Rows], Column]], ...] = (
        (Limit, _Limits),
        ((OneOf, KindOfDisease), _Codes),
        (Exposure, _Exposures),
        ((HasLesion, HasPathway), _ByGene),
        (Expressed, _ByAntigen),
        (ExpressedPercent, _ByAntigenPercent),
        (LimitAbout, _LimitsAbout),
        (Flag, _flags),
    )
    return next((column(rows) for kind, column in kinds if isinstance(rows[0][1], kind)), None)


def _flags(rows: Rows) -> Column:
    first = rows[0][1]
    return _FlagsAbout(rows) if isinstance(first, Flag) and first.about else _OneByOne(rows)


def _positions(rows: Rows) -> Positions:
    return np.array([position for position, _ in rows])


class _Limits:
    """All limits on one number, compared at once."""

    def __init__(self, rows: Rows) -> None:
        limits = [condition for _, condition in rows if isinstance(condition, Limit)]
        self.fact = limits[0].fact
        self.positions = _positions(rows)
        self.first = _Readings([limit.readings[0] for limit in limits])
        self.last = _Readings([limit.readings[-1] for limit in limits])
        self.several = any(len(limit.readings) > 1 for limit in limits)

    def fill(self, facts: Facts, into: Verdicts) -> None:
        interval = facts.get(self.fact).value
        if not isinstance(interval, Interval):
            return
        verdicts = self.first.verdicts(interval)
        if self.several:
            last = self.last.verdicts(interval)
            verdicts = np.where(verdicts == last, verdicts, np.int8(Verdict.UNKNOWN))
        into[self.positions] = verdicts


class _Readings:
    """Operators and limits as arrays: below a limit, inclusive or not, turned round for *greater*."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.limit = np.array([reading.limit for reading in readings])
        self.inclusive = np.array([reading.operator in ("<=", ">") for reading in readings])
        self.turned = np.array([reading.operator in (">", ">=") for reading in readings])
        self.equal = np.array([reading.operator == "==" for reading in readings])

    def verdicts(self, interval: Interval) -> Verdicts:
        low, high, limit = interval.low, interval.high, self.limit
        at_high, at_low = limit == high, limit == low
        met = (high < limit) | (at_high & (self.inclusive | interval.high_open))
        fails = (low > limit) | (at_low & ~self.inclusive)
        below = 1 + met - fails
        verdicts: Verdicts = np.where(self.turned, 2 - below, below)
        if self.equal.any():
            same = at_low & at_high
            apart = (limit < low) | (limit > high) | (at_high & interval.high_open)
            verdicts = np.where(self.equal, 1 + same - apart, verdicts)
        return verdicts.astype(np.int8, copy=False)


class _Codes:
    """All conditions on one coded fact; the verdicts for a code are computed once and remembered."""

    def __init__(self, rows: Rows) -> None:
        self.fact = rows[0][1].fact
        self.positions = _positions(rows)
        self.conditions = [condition for _, condition in rows]
        self.remembered: dict[Hashable, Verdicts] = {}

    def fill(self, facts: Facts, into: Verdicts) -> None:
        value = facts.get(self.fact).value
        if value is None:
            return
        verdicts = self.remembered.get(value)
        if verdicts is None:
            verdicts = np.array([condition.answer(facts).verdict for condition in self.conditions])
            if len(self.remembered) < _REMEMBERED:
                self.remembered[value] = verdicts
        into[self.positions] = verdicts


class _Exposures:
    """All conditions on earlier drugs and classes: one look-up for each drug that was given."""

    def __init__(self, rows: Rows) -> None:
        self.of: dict[str, dict[str, int]] = {"prior_drug": {}, "prior_class": {}}
        for position, condition in rows:
            if isinstance(condition, Exposure):
                self.of[condition.fact][condition.key] = position
        self.all_of = {fact: np.array(list(by_key.values()), dtype=np.intp) for fact, by_key in self.of.items()}

    def fill(self, facts: Facts, into: Verdicts) -> None:
        therapy = facts.therapy
        for fact, given, unclear in (
            ("prior_drug", therapy.drugs, therapy.drugs_unclear),
            ("prior_class", therapy.classes, therapy.classes_unclear),
        ):
            if unclear is None:
                into[self.all_of[fact]] = Verdict.NOT_MET
                self._set(fact, therapy.hidden, Verdict.UNKNOWN, into)
            self._set(fact, given, Verdict.MET, into)

    def _set(self, fact: str, keys: Mapping[str, object], verdict: Verdict, into: Verdicts) -> None:
        positions = self.of[fact]
        for key in keys:
            position = positions.get(key)
            if position is not None:
                into[position] = verdict


class _LimitsAbout:
    """All limits on one number about something named: those that hold for every name at once, then name by name."""

    def __init__(self, rows: Rows) -> None:
        limits = [condition for _, condition in rows if isinstance(condition, LimitAbout)]
        self.fact = limits[0].fact
        self.positions = _positions(rows)
        self.readings = _Readings([limit.reading for limit in limits])
        by_name: dict[str, list[int]] = defaultdict(list)
        for index, limit in enumerate(limits):
            by_name[limit.about].append(index)
        self.of_name = {
            name: (self.positions[indices], _Readings([limits[index].reading for index in indices]))
            for name, indices in by_name.items()
        }

    def fill(self, facts: Facts, into: Verdicts) -> None:
        topics = facts.topics[self.fact]
        if isinstance(topics.otherwise.value, Interval):
            into[self.positions] = self.readings.verdicts(topics.otherwise.value)
        for name, fact in topics.found.items():
            if name in self.of_name:
                positions, readings = self.of_name[name]
                value = fact.value
                into[positions] = readings.verdicts(value) if isinstance(value, Interval) else Verdict.UNKNOWN


class _FlagsAbout:
    """All flags about something named, like ``_LimitsAbout``."""

    def __init__(self, rows: Rows) -> None:
        flags = [condition for _, condition in rows if isinstance(condition, Flag)]
        self.fact = flags[0].fact
        self.positions = _positions(rows)
        self.wanted = np.array([flag.wanted for flag in flags])
        self.of_name: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for (position, _), flag in zip(rows, flags, strict=True):
            self.of_name[flag.about].append((position, flag.wanted))

    def fill(self, facts: Facts, into: Verdicts) -> None:
        topics = facts.topics[self.fact]
        if isinstance(topics.otherwise.value, bool):
            into[self.positions] = np.where(self.wanted == topics.otherwise.value, Verdict.MET, Verdict.NOT_MET)
        for name, fact in topics.found.items():
            for position, wanted in self.of_name.get(name, ()):
                into[position] = _flag_verdict(fact.value, wanted=wanted)


def _flag_verdict(value: object, *, wanted: bool) -> Verdict:
    if not isinstance(value, bool):
        return Verdict.UNKNOWN
    return Verdict.MET if value is wanted else Verdict.NOT_MET


class _ByGene:
    """Lesions and pathways: only those are asked whose genes the case says anything about."""

    def __init__(self, rows: Rows) -> None:
        self.conditions = dict(rows)
        self.of_gene: dict[str, list[int]] = defaultdict(list)
        for position, condition in rows:
            if isinstance(condition, HasLesion | HasPathway):
                for gene in condition.genes():
                    self.of_gene[gene].append(position)

    def fill(self, facts: Facts, into: Verdicts) -> None:
        touched = {position for gene in facts.molecular.by_gene for position in self.of_gene.get(gene, ())}
        for position in touched:
            into[position] = self.conditions[position].answer(facts).verdict


class _ByAntigen:
    """Antigens called positive: only those are asked that were measured."""

    def __init__(self, rows: Rows) -> None:
        self.of_antigen: dict[str, list[tuple[int, Condition]]] = defaultdict(list)
        for position, condition in rows:
            if isinstance(condition, Expressed):
                self.of_antigen[condition.antigen].append((position, condition))

    def fill(self, facts: Facts, into: Verdicts) -> None:
        for antigen in facts.antigens:
            for position, condition in self.of_antigen.get(antigen, ()):
                into[position] = condition.answer(facts).verdict


class _ByAntigenPercent:
    """Antigens with a cut-off: all limits on one antigen at once."""

    def __init__(self, rows: Rows) -> None:
        by_antigen: dict[str, list[tuple[int, Reading]]] = defaultdict(list)
        for position, condition in rows:
            if isinstance(condition, ExpressedPercent):
                by_antigen[condition.antigen].append((position, condition.reading))
        self.of_antigen = {
            antigen: (np.array([position for position, _ in pairs]), _Readings([reading for _, reading in pairs]))
            for antigen, pairs in by_antigen.items()
        }

    def fill(self, facts: Facts, into: Verdicts) -> None:
        for antigen, seen in facts.antigens.items():
            if antigen in self.of_antigen and seen.percent is not None and not seen.stale:
                positions, readings = self.of_antigen[antigen]
                into[positions] = readings.verdicts(seen.percent)


class _OneByOne:
    """Conditions of which a catalogue holds few distinct ones."""

    def __init__(self, rows: Rows) -> None:
        self.rows = tuple(rows)

    def fill(self, facts: Facts, into: Verdicts) -> None:
        for position, condition in self.rows:
            into[position] = condition.answer(facts).verdict
