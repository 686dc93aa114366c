"""Three-valued logic after Kleene: what is not known neither meets nor fails a criterion."""

from collections.abc import Iterable
from enum import IntEnum


class Verdict(IntEnum):
    """What the submitted data say about one criterion or group; ordered so that min is *and*, max is *or*."""

    NOT_MET = 0
    UNKNOWN = 1
    MET = 2


def negate(verdict: Verdict) -> Verdict:
    """Return *not* of a verdict; unknown stays unknown."""
    return Verdict(2 - verdict)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return *and*: not met as soon as one is not met (the rest is not asked), met only if all are."""
    lowest = Verdict.MET
    for verdict in verdicts:
        if verdict is Verdict.NOT_MET:
            return verdict
        lowest = min(lowest, verdict)
    return lowest


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return *or*: met as soon as one is met (the rest is not asked), not met only if none can be."""
    highest = Verdict.NOT_MET
    for verdict in verdicts:
        if verdict is Verdict.MET:
            return verdict
        highest = max(highest, verdict)
    return highest


def at_least(n: int, verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether ``n`` or more are met: met if surely, not met if no longer possible."""
    seen = tuple(verdicts)
    met = sum(verdict is Verdict.MET for verdict in seen)
    possible = met + sum(verdict is Verdict.UNKNOWN for verdict in seen)
    if met >= n:
        return Verdict.MET
    return Verdict.UNKNOWN if possible >= n else Verdict.NOT_MET


def agree(first: Verdict, second: Verdict) -> Verdict:
    """Return the common verdict of two readings of one sentence, unknown where they differ."""
    return first if first is second else Verdict.UNKNOWN
