"""When the board meets, in the clock time of its city."""

from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_EXAMPLE: Final = gettext_lazy("Give the day and the time, e.g. 2026-11-26 16:00.")
_FORMS: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


class ClockTimeField(forms.DateTimeField):
    """A date and time on the clock of one place; the value is UTC.

    A time that this clock skips or shows twice, when summer time begins or ends, is refused: nobody could say when
    the meeting is.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "width-3"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, *, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        self.city = zone.rsplit("/", 1)[-1].replace("_", " ")
        kwargs.setdefault(
            "error_messages", {"invalid": gettext_lazy("Give the day and the time, e.g. 2026-11-26 16:00.")}
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Read the clock. Raises ``ValidationError`` in the gap and in the double hour."""
        if not isinstance(value, str) or value in self.empty_values:
            return None
        shown = self._read(value)
        first, second = (shown.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        words = {"city": self.city, "time": f"{shown:%H:%M}", "day": f"{shown:%d %B %Y}"}
        if first.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != shown:
            message = _("On %(day)s the clocks in %(city)s skip %(time)s. Choose another time.")
            raise ValidationError(message, code="gap", params=words)
        if first.utcoffset() != second.utcoffset():
            message = _("On %(day)s the clocks in %(city)s show %(time)s twice. Choose another time.")
            raise ValidationError(message, code="twice", params=words)
        return first.astimezone(UTC)

    def _read(self, value: str) -> datetime:
        for form in _FORMS:
            try:
                return datetime.strptime(value.strip(), form)  # noqa: DTZ007 -- the zone follows
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class MeetingForm(forms.Form):
    """Plan a meeting."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = ClockTimeField(zone=zone)
        field.label = _("Begins")
        field.help_text = _("On the clock in %(city)s.") % {"city": field.city}
        self.fields["starts_at"] = field
