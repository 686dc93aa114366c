"""How times read on the board's pages."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def city_of(zone: str) -> str:
    """The city of an IANA zone; names of zones differ between languages, cities do not."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def moment(at: datetime, zone: str) -> str:
    """A time with its city, e.g. ``Thu 26 November 2026, 16:00 (Amsterdam)``."""
    shown = date_format(at.astimezone(ZoneInfo(zone)), "D j F Y, H:i")
    return _("%(time)s (%(city)s)") % {"time": shown, "city": city_of(zone)}


def day(at: datetime) -> str:
    """A day with the month in letters: 3/4 is two different days in two countries."""
    return date_format(timezone.localtime(at), "j F Y")


def clock(at: datetime) -> str:
    """The day and the minute, in UTC, for "saved at" lines."""
    return _("%(time)s UTC") % {"time": date_format(timezone.localtime(at), "j F Y, H:i")}
