"""Reads single values of the frozen content; what says nothing is unknown, never absent."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.facts.specs import DAYS_PER_MONTH
from trials.matching.intervals import Interval, measured

Block: TypeAlias = Mapping[str, Any]

# Calendar months differ in length; over any span their sum stays within three days of the mean.
CALENDAR_SLACK_DAYS: Final = 3
_SAYS_NOTHING: Final = frozenset({"", "unknown", "not_examined", "pending", "not_done", "nd"})
_STATES: Final = {
    "not_done": Reason.NOT_TESTED,
    "nd": Reason.NOT_TESTED,
    "pending": Reason.PENDING,
    "failed": Reason.FAILED,
}
_MONTHS_SHOWN_BELOW: Final = 24
_SIGNS: Final = {"<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ "}


def block(content: Block, name: str) -> Block:
    """Return a block, empty where the content has none: older revisions lack some."""
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}


def rows(content: Block, name: str) -> list[Block]:
    """Return the rows of a list, none where the content has no such list."""
    found = content.get(name)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def said_none(content: Block, tick: str) -> bool:
    """Return whether the dossier says that there was none: no treatment at all, or the tick above the list."""
    return bool(content.get("no_therapy_yet") or block(content, "exposure").get(tick))


def codes(content: Block, name: str) -> frozenset[str]:
    """Return a list of codes, none where nothing was chosen."""
    found = content.get(name)
    return frozenset(str(code) for code in found) if isinstance(found, list) else frozenset()


def number(value: object) -> float | None:
    """Return a finite number, ``None`` for anything else."""
    try:
        read = float(str(value))
    except ValueError:
        return None
    return read if math.isfinite(read) else None


def day_of(row: Block, name: str) -> int | None:
    """Return a day counted from the first diagnosis."""
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def amount(value: object, unit: str = "", comparator: object = "", most: float = math.inf) -> Fact:
    """Return a number with its unit, honouring a comparator such as "<"."""
    read = number(value)
    if read is None:
        return NOT_GIVEN
    sign = _SIGNS.get(str(comparator), "")
    return Fact(measured(read, comparator, most), f"{sign}{value} {unit}".strip(), Reason.DETAIL if sign else None)


def code(value: object) -> Fact:
    """Return a code; one that says why there is none becomes that reason."""
    read = value.get("code", "") if isinstance(value, Mapping) else value
    if not isinstance(read, str) or read.lower() in _SAYS_NOTHING:
        return without_value(read)
    display = value.get("display") if isinstance(value, Mapping) else None
    return Fact(read, str(display or read))


def several(content: Block, name: str) -> Fact:
    """Return a list of codes of which "all that apply" were chosen."""
    found = codes(content, name)
    if not found or "unknown" in found:
        return NOT_GIVEN
    return Fact(found, ", ".join(sorted(found)))


def flag(value: object) -> Fact:
    """Return yes or no from a truth value or from the words "yes" and "no"."""
    read = {"yes": True, "no": False}.get(value) if isinstance(value, str) else value
    return yes_or_no(read) if isinstance(read, bool) else without_value(value)


def yes_or_no(value: bool, text: str = "") -> Fact:  # noqa: FBT001 -- the value itself, not a switch
    """Return a flag with what it was read from."""
    return Fact(value=value, text=text or ("yes" if value else "no"))


def not_found(text: str = "no") -> Fact:
    """Return the "no" of a test: looked for, and not found."""
    return Fact(value=False, text=text, tested=True)


def without_value(state: object) -> Fact:
    """Return why there is no value: not done, pending, failed, or simply not given."""
    return Fact(reason=_STATES.get(str(state), Reason.NOT_GIVEN))


def undecided(reason: Reason, text: str = "") -> Fact:
    """Return a fact that cannot be derived, with what there is and why it is not enough."""
    return Fact(text=text, reason=reason)


def age(value: object, elapsed_days: int = 0) -> Fact:
    """Compare in months; show years from two years on, as everywhere on the portal."""
    months = number(value)
    if months is None:
        return NOT_GIVEN
    text = f"{months:.0f} months" if months < _MONTHS_SHOWN_BELOW else f"{months // 12:.0f} years"
    return Fact(age_after(months, elapsed_days), text)


def age_after(months_at_submission: float, elapsed_days: int) -> Interval:
    """Return the age in months some days after a number of completed months was stated.

    Birth dates are never stored, so the result spans a month, and three days more on either side once time passes.
    """
    if elapsed_days <= 0:
        return Interval.completed(months_at_submission)
    passed, slack = elapsed_days / DAYS_PER_MONTH, 0.1
    low = max(months_at_submission, months_at_submission + passed - slack)
    return Interval(low, months_at_submission + 1 + passed + slack, high_open=True)


def hull(intervals: Iterable[Interval]) -> Interval:
    """Return the smallest interval that holds all of these; at least one is given."""
    found = list(intervals)
    high = max(interval.high for interval in found)
    open_there = all(interval.high_open for interval in found if interval.high == high)
    return Interval(min(interval.low for interval in found), high, high_open=open_there)
