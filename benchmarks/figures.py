"""How a benchmark measures and prints its figures."""

import sys
from collections.abc import Callable, Iterable
from time import process_time


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """The processor's time for ``work``, which waiting for others does not change; or that of another clock."""
    started = clock()
    work()
    return (clock() - started) * 1000


def percentile(values: Iterable[float], percent: int) -> float:
    """The value that ``percent`` per cent of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[len(ordered) * percent // 100]


def print_table(rows: list[tuple[str, str]]) -> None:
    """Names and figures below each other."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        sys.stdout.write(f"{name:<{width}}  {value:>10}\n")
