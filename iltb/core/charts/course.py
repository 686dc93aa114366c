"""Charts along the time since diagnosis: treatment and minimal residual disease."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from textwrap import wrap
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iltb.core.charts.base import (
    EVENT,
    FILLS,
    LINE,
    MIN_BAR,
    OTHER_FILL,
    PAPER,
    SIGNS_ACROSS_A_PHONE,
    SOFT,
    drawn,
    joined,
    number,
    room_for,
    svg,
    text,
)

DAYS_PER_MONTH: Final = 30.4375
"""Mean length of a month of the Gregorian calendar, in days."""

# Two lines on a phone; the table has all.
_LONGEST_LABEL: Final = 80
_ROW, _BAR, _AXIS = 42, 14, 26
_NAME_LINE: Final = 16
_DECADE: Final = 30
_MRD_HEAD: Final = 18
# Powers of ten stand left of the first 11 per cent.
_MRD_LEFT, _MRD_RIGHT = 11.0, 98.0
_SERIES: Final = ("positive", "chemotherapy", "cell", "supportive")
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Treatment:
    """One line of therapy, in days from the initial diagnosis; ``stop_on_day`` None means still running.

    ``kind`` is one of the keys of ``FILLS``; anything else is drawn in grey. ``is_point`` is for what was given on one
    day, such as a transplant: a disc instead of a bar.
    """

    label: str
    start_on_day: int
    stop_on_day: int | None
    kind: str = ""
    response: str = ""
    is_point: bool = False


@dataclass(frozen=True)
class Event:
    """A dashed line across the treatment chart, such as a relapse."""

    on_day: int
    label: str


@dataclass(frozen=True)
class Residual:
    """One measurement of residual disease as a fraction of cells; ``is_below`` for "less than", drawn open."""

    on_day: int
    fraction: Decimal
    is_below: bool
    shown: str
    series: int = 0


def series_class(index: int) -> str:
    """The class and colour of the ``index``-th series of a chart; after the last it begins again."""
    return _SERIES[index % len(_SERIES)]


def treatment_chart(
    treatments: Sequence[Treatment],
    events: Iterable[Event] = (),
    *,
    until_day: int,
) -> SafeString:
    """Earlier treatment along the months since diagnosis, one row for each line of therapy.

    ``until_day`` is the day of the question; a line without a stop runs up to it. Short lines get a
    bar that can still be seen, so its width is no measure below about ten days a year shown.
    """
    days = [until_day, 1, *(line.start_on_day for line in treatments)]
    days += [line.stop_on_day for line in treatments if line.stop_on_day is not None]
    first, last = min([0, *days]), max(days)
    scale = _Scale(first, last)
    bottom, lines = 0, []
    for treatment in treatments:
        line, height = _line(scale, treatment, bottom)
        lines.append(line)
        bottom += height
    bottom += 8
    parts = [_axis(scale, bottom)]
    parts += [_event(scale, event, bottom) for event in events if first <= event.on_day <= last]
    parts += lines
    label = _("Earlier treatment in months since diagnosis")
    return svg("chart-treatment", height=bottom + _AXIS, label=label, parts=parts)


def mrd_chart(points: Sequence[Residual], events: Iterable[Event] = (), *, until_day: int) -> SafeString:
    """Residual disease on a logarithmic axis along the months since diagnosis.

    A value below a limit is an open mark at that limit with a tick downwards: the truth lies anywhere below. Zero has
    no place on such an axis and is left out; the table has it. Lines join the measurements of one series.
    """
    drawn = sorted((point for point in points if 0 < point.fraction <= 1), key=lambda point: point.on_day)
    powers = [log10(point.fraction) for point in drawn] or [-1.0]
    highest, lowest = min(0, ceil(max(powers) + 0.01)), min(-4, floor(min(powers) - 0.01))
    days = [until_day, 1, *(point.on_day for point in drawn)]
    scale = _Scale(min(0, *days), max(days), _MRD_LEFT, _MRD_RIGHT)
    bottom = _MRD_HEAD + (highest - lowest) * _DECADE
    spots = [
        (point, scale.x(point.on_day), _MRD_HEAD + (highest - power) * _DECADE)
        for point, power in zip(drawn, (log10(point.fraction) for point in drawn), strict=True)
    ]
    parts = [_decades(highest, lowest), _axis(scale, bottom)]
    parts += [_event(scale, event, bottom) for event in events if scale.first <= event.on_day <= scale.last]
    parts += _joins(spots)
    parts += [_residual(*spot) for spot in spots]
    parts += _values(spots)
    label = _("Residual disease in months since diagnosis")
    return svg("chart-mrd", height=bottom + _AXIS, label=label, parts=parts)


_Spot = tuple[Residual, float, float]


def _decades(highest: int, lowest: int) -> SafeString:
    parts = []
    for index, power in enumerate(range(highest, lowest - 1, -1)):
        y = _MRD_HEAD + index * _DECADE
        place = f'x1="{_MRD_LEFT}%" x2="{_MRD_RIGHT}%" y1="{y}" y2="{y}"'
        parts.append(drawn(f'<line class="grid" {place} stroke="{LINE}"/>'))
        words = "1" if power == 0 else f"10{str(power).translate(_SUPERSCRIPT)}"
        parts.append(text(0, y + 4, words, css="axis", fill=SOFT))
    return joined(parts)


def _joins(spots: Sequence[_Spot]) -> list[SafeString]:
    parts = []
    last: dict[int, _Spot] = {}
    for spot in spots:
        point, x, y = spot
        if point.series in last:
            _point, left, top = last[point.series]
            css = series_class(point.series)
            place = f'x1="{number(left)}%" y1="{number(top)}" x2="{number(x)}%" y2="{number(y)}"'
            parts.append(drawn(f'<line class="join {css}" {place} stroke="{FILLS[css]}" stroke-width="1.5"/>'))
        last[point.series] = spot
    return parts


def _residual(point: Residual, x: float, y: float) -> SafeString:
    css = series_class(point.series)
    at, ink = number(x), FILLS[css]
    place = f'cx="{at}%" cy="{number(y)}" r="5"'
    if not point.is_below:
        return drawn(f'<circle class="mark {css}" {place} fill="{ink}" stroke="{ink}" stroke-width="2"/>')
    down = f'x1="{at}%" x2="{at}%" y1="{number(y + 5)}" y2="{number(y + 14)}"'
    return drawn(
        f'<line class="join {css}" {down} stroke="{ink}" stroke-width="1.5"/>'
        f'<circle class="mark {css} open" {place} fill="{PAPER}" stroke="{ink}" stroke-width="2"/>',
    )


def _values(spots: Sequence[_Spot]) -> list[SafeString]:
    """The numbers at their marks, above or, where another one stands close before it, below."""
    parts: list[SafeString] = []
    placed: list[tuple[float, float]] = []
    for point, x, y in spots:
        is_taken = any(abs(x - left) < room_for(point.shown) and abs(y - 10 - top) < 14 for left, top in placed)
        at = y + (28 if point.is_below else 20) if is_taken else y - 10
        anchor, dx = ("end", 6) if x > 84 else ("start", -6) if x < 20 else ("middle", 0)
        parts.append(text(x, at, point.shown, css="name", anchor=anchor, dx=dx, weight="600"))
        placed.append((x, at))
    return parts


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int
    left: float = 0.0
    right: float = 100.0

    def x(self, day: int) -> float:
        """Position of ``day`` in per cent."""
        return self.left + (day - self.first) / (self.last - self.first) * (self.right - self.left)

    def months(self) -> list[int]:
        """Months for the grid: at most six steps, of 1, 2, 3, 6, 12, 24 ... months."""
        start, stop = self.first / DAYS_PER_MONTH, self.last / DAYS_PER_MONTH
        step = next((step for step in (1, 2, 3, 6, 12, 24, 36, 60) if (stop - start) / step <= 6), 120)
        return [month for month in range(0, int(stop) + 1, step) if month >= start]


def _axis(scale: _Scale, bottom: int) -> SafeString:
    parts = []
    for month in scale.months():
        x = scale.x(round(month * DAYS_PER_MONTH))
        at, anchor = number(x), "start" if x < 4 else "end" if x > 94 else "middle"
        parts.append(drawn(f'<line class="grid" x1="{at}%" x2="{at}%" y1="0" y2="{bottom}" stroke="{LINE}"/>'))
        # The unit once: on a phone six of them would run into each other.
        words = str(month) if month else _("%(month)s mo") % {"month": month}
        parts.append(text(x, bottom + 17, words, css="axis", anchor=anchor, fill=SOFT))
    return joined(parts)


def _event(scale: _Scale, event: Event, bottom: int) -> SafeString:
    x, title = number(scale.x(event.on_day)), escape(event.label)
    return drawn(
        f'<line class="event" x1="{x}%" x2="{x}%" y1="0" y2="{bottom}" stroke="{EVENT}" stroke-opacity="0.6"'
        ' stroke-dasharray="3 3"/>'
        f'<circle class="event-mark" cx="{x}%" cy="{bottom}" r="4" fill="{EVENT}"><title>{title}</title></circle>',
    )


def _line(scale: _Scale, line: Treatment, above: int) -> tuple[SafeString, int]:
    """One line of therapy below ``above`` pixels, and its height."""
    stop = scale.last if line.stop_on_day is None else line.stop_on_day
    left = scale.x(line.start_on_day)
    width = max(scale.x(stop) - left, MIN_BAR)
    left = min(left, 100 - width)
    # The disc is wider than the shortest bar, so words keep off it by about its radius on a phone.
    ends = (max(left - 2, 0), min(left + width + 2, 100)) if line.is_point else (left, left + width)
    response = line.response or ("" if line.is_point else _("response not given"))
    beside = _beside(response, *ends)
    names, after = _names(line, "" if beside else response)
    top = above + 20 + _NAME_LINE * (len(names) - 1)
    kind = line.kind if line.kind in FILLS else ""
    fill = FILLS.get(kind, OTHER_FILL)
    if line.is_point:
        place = f'cx="{number(left + width / 2)}%" cy="{top + _BAR // 2}" r="7"'
        parts = [drawn(f'<circle class="bar {kind}" {place} fill="{fill}"/>')]
    else:
        place = f'x="{number(left)}%" y="{top}" width="{number(width)}%" height="{_BAR}" rx="3"'
        parts = [drawn(f'<rect class="bar {kind}" {place} fill="{fill}"/>')]
    x, anchor = _place(names, after, *ends)
    for index, name in enumerate(names):
        is_last = index == len(names) - 1
        y = top - 5 - _NAME_LINE * (len(names) - 1 - index)
        parts.append(text(x, y, name, css="name", anchor=anchor, weight="600", after=after if is_last else ""))
    if beside:
        at, side, dx = beside
        parts.append(text(at, top + 11, response, css="response", anchor=side, fill=SOFT, dx=dx))
    return joined(parts), _ROW + _NAME_LINE * (len(names) - 1)


def _beside(response: str, left: float, right: float) -> tuple[float, str, int] | None:
    """Where the response stands beside its bar, None where a phone has no room on either side."""
    share = room_for(response)
    if right + share <= 100:
        return right, "start", 6
    return (left, "end", -6) if left - share >= 0 else None


def _names(line: Treatment, response: str) -> tuple[list[str], str]:
    """The name in as many lines as a phone needs, the last of them with room for the response behind it."""
    label = line.label if len(line.label) <= _LONGEST_LABEL else line.label[: _LONGEST_LABEL - 1].rstrip() + "…"
    names = wrap(label, SIGNS_ACROSS_A_PHONE) or [""]
    if response and len(names[-1]) + len(response) >= SIGNS_ACROSS_A_PHONE:
        names.append("")
    return names, response


def _place(names: Sequence[str], after: str, left: float, right: float) -> tuple[float, str]:
    """The name above its bar: from its left end, else up to its right end, else from the margin."""
    widest = max(*names, f"{names[-1]} {after}", key=len)
    share = room_for(widest)
    if left + share <= 100:
        return left, "start"
    return (right, "end") if right - share >= 0 else (0.0, "start")
