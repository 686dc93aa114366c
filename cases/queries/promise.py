"""By when the board promises its advice."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.enums import Urgency

_WORKING_DAYS: Final = {Urgency.ROUTINE: 10, Urgency.EXPEDITED: 5}
_EMERGENCY_HOURS: Final = 72
_SATURDAY: Final = 5


def promised_by(urgency: str, submitted_at: datetime) -> datetime:
    """The end of the promise: 72 hours for an emergency, 5 or 10 working days otherwise.

    Working days are Monday to Friday in UTC; public holidays are not known here, so they count as working days. The
    time that a question to the physician waits for its answer is not counted by the board, but is here.
    """
    if urgency == Urgency.EMERGENCY:
        return submitted_at + timedelta(hours=_EMERGENCY_HOURS)
    moment, left = submitted_at.astimezone(UTC), _WORKING_DAYS.get(Urgency(urgency), _WORKING_DAYS[Urgency.ROUTINE])
    while left:
        moment += timedelta(days=1)
        left -= moment.weekday() < _SATURDAY
    return moment


def promise(urgency: str, submitted_at: datetime) -> str:
    """The promise in words: a day, and for an emergency also the hour."""
    moment = promised_by(urgency, submitted_at)
    day = date_format(moment, "l j F Y")
    if urgency == Urgency.EMERGENCY:
        return _("%(day)s, %(time)s UTC") % {"day": day, "time": date_format(moment, "H:i")}
    return day
