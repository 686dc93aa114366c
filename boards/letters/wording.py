"""How times, votes and specimens read in a letter. British English, months spelled, the zone named."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import enums
from cases.queries import words

Content = Mapping[str, Any]
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def calendar_day(day: date) -> str:
    """A day of the platform, never of the patient: ``22 November 2026``."""
    return f"{day.day}{words.NBSP}{_MONTHS[day.month - 1]}{words.NBSP}{day.year}"


def utc_day(moment: datetime) -> str:
    """The day of ``moment`` in UTC."""
    return calendar_day(moment.astimezone(UTC).date())


def utc_time(moment: datetime) -> str:
    """``22 November 2026, 10:41 UTC``."""
    return f"{utc_day(moment)}, {moment.astimezone(UTC):%H:%M}{words.NBSP}UTC"


def weeks(count: int) -> str:
    """``4 weeks``."""
    return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": count}


def intervals(days: list[int]) -> str:
    """Days as people say them: ``3 weeks, 3, 6 and 12 months``."""
    spoken = [(day // 7, _("weeks")) if day < 60 else (round(day / 30.4375), _("months")) for day in sorted(days)]
    parts: list[str] = []
    for index, (count, unit) in enumerate(spoken):
        last_of_unit = index + 1 == len(spoken) or spoken[index + 1][1] != unit
        parts.append(f"{count}{words.NBSP}{unit}" if last_of_unit else str(count))
    return joined(parts)


def joined(parts: list[str]) -> str:
    """``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def votes(*, votes_for: int, neutral: int, against: int, abstained: int) -> str:
    """``5 of 6 for, 1 abstained``; abstentions do not count towards the share."""
    counted = votes_for + neutral + against
    said = (
        [_("%(count)s of %(counted)s for") % {"count": votes_for, "counted": counted}] if counted else [_("no votes")]
    )
    if neutral:
        said.append(_("%(count)s neutral") % {"count": neutral})
    if against:
        said.append(_("%(count)s against") % {"count": against})
    if abstained:
        said.append(_("%(count)s abstained") % {"count": abstained})
    return ", ".join(said)


def specimen(content: Content) -> str:
    """``S2, bone marrow, current relapse, day 662``."""
    parts = [
        content["label"],
        words.label(enums.Tissue, content.get("tissue")),
        words.label(enums.TimePoint, content.get("time_point")),
        words.day(content["taken_on_day"]) if content.get("taken_on_day") is not None else _("day not stated"),
    ]
    return ", ".join(parts)


def sentence(text: str) -> str:
    """``text`` with a capital at the beginning."""
    return text[:1].upper() + text[1:]
