"""Numbers known to lie between two bounds, and what that says about a limit."""

import math
from dataclasses import dataclass
from typing import Final

from trials.matching.kleene import Verdict, negate

COMPARISONS: Final = ("<", "<=", ">", ">=", "==")


@dataclass(frozen=True, slots=True)
class Interval:
    """A number between ``low`` (inclusive) and ``high`` (inclusive unless ``high_open``).

    An age of 215 completed months is [215, 216); a count of two is [2, 2].
    """

    low: float
    high: float
    high_open: bool = False

    @classmethod
    def exactly(cls, value: float) -> "Interval":
        """Return the interval that holds one number only."""
        return cls(value, value)

    @classmethod
    def completed(cls, units: float) -> "Interval":
        """Return what a number of completed units (months of age) says about the true value."""
        return cls(units, units + 1, high_open=True)


def measured(value: float, comparator: object, most: float = math.inf) -> Interval:
    """Return what "value", "below value" or "above value" say; nothing measured here is negative.

    ``comparator`` is "=", "<", "<=", ">" or ">="; anything else means "=". ``most`` is the largest possible number.
    """
    match comparator:
        case "<":
            return Interval(0.0, value, high_open=value > 0)
        case "<=":
            return Interval(0.0, value)
        case ">" | ">=":
            return Interval(value, max(value, most))
    return Interval.exactly(value)


def compare(interval: Interval, operator: str, limit: float) -> Verdict:
    """Say whether every, no or only some number of ``interval`` stands in that relation to ``limit``.

    ``operator`` is one of ``COMPARISONS``.
    """
    match operator:
        case "<":
            return _below(interval, limit, inclusive=False)
        case "<=":
            return _below(interval, limit, inclusive=True)
        case ">=":
            return negate(_below(interval, limit, inclusive=False))
        case ">":
            return negate(_below(interval, limit, inclusive=True))
        case _:
            return _equal(interval, limit)


def _below(interval: Interval, limit: float, *, inclusive: bool) -> Verdict:
    if interval.high < limit or (interval.high == limit and (inclusive or interval.high_open)):
        return Verdict.MET
    if interval.low > limit or (interval.low == limit and not inclusive):
        return Verdict.NOT_MET
    return Verdict.UNKNOWN


def _equal(interval: Interval, limit: float) -> Verdict:
    if interval.low == limit == interval.high:
        return Verdict.MET
    above = limit > interval.high or (limit == interval.high and interval.high_open)
    return Verdict.NOT_MET if limit < interval.low or above else Verdict.UNKNOWN
