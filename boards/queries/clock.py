"""The day count of a case: how long the board has had it, against what the urgency promises."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from cases.enums import Urgency

PROMISED_WORKING_DAYS: Final[Mapping[str, int]] = {Urgency.ROUTINE: 10, Urgency.EXPEDITED: 5}
PROMISED_HOURS: Final = 72
_SATURDAY: Final = 5


def working_days(since: datetime, until: datetime) -> int:
    """Days from Monday to Friday after the day of ``since``, up to that of ``until``; public holidays count."""
    first, last = since.date(), until.date()
    weeks, rest = divmod(max((last - first).days, 0), 7)
    begun = (first + timedelta(days=step) for step in range(1, rest + 1))
    return weeks * 5 + sum(day.weekday() < _SATURDAY for day in begun)


def day_count(*, urgency: str, since: datetime, until: datetime) -> str:
    """For example "working day 3 of 10", or "hour 20 of 72" for an emergency."""
    if urgency == Urgency.EMERGENCY:
        hours = int((until - since) / timedelta(hours=1)) + 1
        return _("hour %(number)s of %(promised)s") % {"number": hours, "promised": PROMISED_HOURS}
    promised = PROMISED_WORKING_DAYS.get(urgency, PROMISED_WORKING_DAYS[Urgency.ROUTINE])
    number = working_days(since, until) + 1
    return _("working day %(number)s of %(promised)s") % {"number": number, "promised": promised}


def is_late(*, urgency: str, since: datetime, until: datetime) -> bool:
    """Whether the promised time is over."""
    if urgency == Urgency.EMERGENCY:
        return until - since > timedelta(hours=PROMISED_HOURS)
    return working_days(since, until) >= PROMISED_WORKING_DAYS.get(urgency, PROMISED_WORKING_DAYS[Urgency.ROUTINE])
