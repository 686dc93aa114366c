"""What the answer to one question could do to all criteria that hang on it, taken together.

"Below 40 %" settles "at least 40 %" and "at least 50 %" at once; both can never be met and failed the wrong way round.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import Final, TypeAlias

from trials.matching.conditions import (
    Condition,
    ExpressedPercent,
    Flag,
    KindOfDisease,
    Limit,
    LimitAbout,
    OneOf,
    Reading,
)
from trials.matching.intervals import Interval, compare
from trials.matching.kleene import Verdict, agree
from trials.matching.registry import FACTS, FactKind
from trials.matching.vocabulary import diseases

Pattern: TypeAlias = tuple[Verdict, ...]

_SEPARATE_AT_MOST: Final = 4
_LARGEST: Final = {"percent": 100.0, "fraction": 1.0}
_WHOLE: Final = frozenset({"count", "grade", "points"})
_NONE_OF_THEM: Final = ""


def patterns(conditions: Sequence[Condition]) -> tuple[Pattern, ...]:
    """Return every combination of verdicts that one answer can give to these conditions on the same fact."""
    first = conditions[0]
    found: Iterable[Sequence[Verdict]]
    match first:
        case Limit() | LimitAbout() | ExpressedPercent():
            found = _of_numbers(conditions)
        case OneOf() if FACTS[first.fact].kind is FactKind.CODES:
            found = _of_lists(conditions)
        case OneOf():
            found = _of_codes(conditions)
        case KindOfDisease():
            found = _of_diseases(conditions)
        case Flag():
            found = ([_is(c, yes=yes) for c in conditions] for yes in (True, False))
        case _:
            found = _of_findings(len(conditions))
    return tuple(dict.fromkeys(tuple(pattern) for pattern in found))


def _is(condition: Condition, *, yes: bool) -> Verdict:
    return _verdict(isinstance(condition, Flag) and condition.wanted is yes)


def _verdict(holds: bool) -> Verdict:  # noqa: FBT001 -- the one thing that is turned into a verdict
    return Verdict.MET if holds else Verdict.NOT_MET


def _of_findings(count: int) -> Iterable[Sequence[Verdict]]:
    """Findings under one name, such as two ways to write a lesion: each by itself, of very many all alike."""
    either = (Verdict.MET, Verdict.NOT_MET)
    return product(either, repeat=count) if count <= _SEPARATE_AT_MOST else ([verdict] * count for verdict in either)


def _of_numbers(conditions: Sequence[Condition]) -> Iterator[Sequence[Verdict]]:
    for number in _numbers(conditions):
        value = Interval.exactly(number)
        verdicts = []
        for condition in conditions:
            first, *others = (compare(value, reading.operator, reading.limit) for reading in _readings(condition))
            for other in others:
                first = agree(first, other)
            verdicts.append(first)
        yield verdicts


def _readings(condition: Condition) -> tuple[Reading, ...]:
    if isinstance(condition, Limit):
        return condition.readings
    return (condition.reading,) if isinstance(condition, LimitAbout | ExpressedPercent) else ()


def _numbers(conditions: Sequence[Condition]) -> list[float]:
    """Return one number below, at and above each limit, among those that can be measured."""
    limits = sorted({reading.limit for condition in conditions for reading in _readings(condition)})
    dimension = FACTS[conditions[0].fact].dimension
    largest = _LARGEST.get(dimension, math.inf)
    near: set[float]
    if dimension in _WHOLE:
        near = {
            whole + step for limit in limits for whole in (math.floor(limit), math.ceil(limit)) for step in (-1, 0, 1)
        }
    else:
        beyond = min(limits[-1] + 1, largest)
        near = {limits[0] / 2, *limits, *((low + high) / 2 for low, high in pairwise(limits)), beyond}
    return sorted(number for number in near if 0 <= number <= largest)


def _of_codes(conditions: Sequence[Condition]) -> Iterator[Sequence[Verdict]]:
    for code in (*sorted(_codes(conditions)), _NONE_OF_THEM):
        yield [_verdict(code in _own(condition)) for condition in conditions]


def _own(condition: Condition) -> frozenset[str]:
    return condition.codes if isinstance(condition, OneOf | KindOfDisease) else frozenset()


def _codes(conditions: Iterable[Condition]) -> frozenset[str]:
    return frozenset[str]().union(*(_own(condition) for condition in conditions))


def _of_lists(conditions: Sequence[Condition]) -> set[Pattern]:
    """A list may hold several codes: every union of what single codes do."""
    single = {tuple(pattern) for pattern in _of_codes(conditions)}
    found = set(single)
    while True:
        more = {tuple(max(pair) for pair in zip(one, other, strict=True)) for one in found for other in single}
        if more <= found:
            return found
        found |= more


def _of_diseases(conditions: Sequence[Condition]) -> Iterator[Sequence[Verdict]]:
    """Answer with every diagnosis that is asked for: an entity in its group, or a group that has no entities."""
    codes, tree = _codes(conditions), diseases()
    entities = sorted((entity, group) for entity, group in tree.group_of.items() if {entity, group} & codes)
    groups = sorted((group, group) for group in tree.groups.difference(tree.group_of.values()) & codes)
    for diagnosis in (*entities, *groups, (_NONE_OF_THEM, _NONE_OF_THEM)):
        yield [_verdict(not _own(condition).isdisjoint(diagnosis)) for condition in conditions]
