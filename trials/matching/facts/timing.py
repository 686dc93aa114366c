"""How long ago something was, without any date: days since diagnosis on one side, two ages in months on the other."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trials.matching.answers import Reason
from trials.matching.facts.model import Fact
from trials.matching.facts.specs import DAYS_PER_MONTH
from trials.matching.facts.values import CALENDAR_SLACK_DAYS, Block, block, day_of, number, rows, undecided
from trials.matching.intervals import Interval

_NOTED_DAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "specimens": ("taken_on_day",),
    "mrd": ("measured_on_day",),
    "therapy_lines": ("start_on_day", "stop_on_day"),
    "transplants": ("on_day", "relapse_on_day"),
    "cell_therapies": ("on_day",),
}
NEVER: Final = Interval.exactly(math.inf)


def today(content: Block, elapsed_days: int = 0) -> Interval:
    """Return today as a day since the first diagnosis.

    Two ages in completed months place the submission within two months; nothing noted can lie after it. Where the
    two disagree the noted days win.
    """
    patient = block(content, "patient")
    noted = max(_noted(content), default=0)
    at_diagnosis, now = number(patient.get("age_months_at_diagnosis")), number(patient.get("age_months_at_submission"))
    low, high = float(noted), math.inf
    if at_diagnosis is not None and now is not None:
        months = now - at_diagnosis
        low = max(low, (months - 1) * DAYS_PER_MONTH - CALENDAR_SLACK_DAYS)
        high = max(float(noted), (months + 1) * DAYS_PER_MONTH + CALENDAR_SLACK_DAYS)
    passed = max(0, elapsed_days)
    return Interval(low + passed, high + passed)


def since(days: Interval, now: Interval) -> Interval:
    """Return how many days have passed since something that happened between ``days``."""
    return Interval(max(0.0, now.low - days.high), max(0.0, now.high - days.low))


def time_since(interval: Interval) -> Fact:
    """Return a number of days that grows while the patient waits."""
    high = "" if interval.high == math.inf else f" to {math.ceil(interval.high)}"
    text = f"{math.floor(interval.low)}{high} days" if high else f"at least {math.floor(interval.low)} days"
    return Fact(interval, text, moves=True)


def time_since_last(found: list[Block], now: Interval) -> Fact:
    """Return the days since the last of these rows; a row without a day leaves it open."""
    days = [day for row in found if (day := day_of(row, "on_day")) is not None]
    if len(days) < len(found) or not days:
        return undecided(Reason.NO_DAY)
    return time_since(since(Interval.exactly(max(days)), now))


def _noted(content: Block) -> Iterator[int]:
    for name, columns in _NOTED_DAYS.items():
        for row in rows(content, name):
            yield from _days(row, columns)
            for drug in rows(row, "drugs"):
                yield from _days(drug, ("last_given_on_day",))


def _days(row: Mapping[str, Any], columns: tuple[str, ...]) -> Iterator[int]:
    yield from (day for column in columns if (day := day_of(row, column)) is not None)
