"""Charts as SVG text, the same on a screen, on paper and in a letter.

x runs in per cent and y in pixels: bars stretch from a phone to a wide screen while the text keeps
its size. Every shape carries a class for the stylesheet, which knows light and dark, and a fill for
the letter, whose renderer applies no stylesheet inside an SVG. There is no ``style`` attribute,
which the content security policy would refuse.

A chart never stands alone: the page prints the same numbers as a table beside or below it
(``components/_chart_frame.html``). What is not known gets no bar and never a zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DAYS_PER_MONTH = 30.4375
"""Mean length of a month of the Gregorian calendar, in days."""

INK, SOFT, LINE, TRACK = "#1c2730", "#4b5963", "#d5dbe0", "#e8ecef"
EVENT = "#b3261e"
FILLS = {
    "positive": "#0f766e",
    "chemotherapy": "#4f75a0",
    "targeted": "#0f766e",
    "immunotherapy": "#0f766e",
    "cell": "#8a5fb0",
    "radiation": "#b45309",
    "supportive": "#7a8793",
}
OTHER_FILL = "#84919b"
# From strongly against to strongly for; orange and teal stay apart for eyes that confuse red and green.
VOTES = (
    ("strongly-against", "#b45309"),
    ("against", "#dfa06a"),
    ("neutral", "#84919b"),
    ("for", "#6db3ab"),
    ("strongly-for", "#0f766e"),
)

# Bold text of 12.5 px takes about 7.5 px a sign; the narrowest card on a phone leaves 310 px.
_SIGNS_ACROSS_A_PHONE = 41
# On a wide screen and on paper there is room for more; a phone cuts at its edge, the table has all.
_LONGEST_LABEL = 80
_MIN_BAR = 0.9
_ROW, _BAR, _AXIS = 42, 14, 26
_ANTIGEN_ROW = 34


@dataclass(frozen=True)
class Antigen:
    """One bar: ``percent`` positive of whatever ``note`` says, 0 to 100; None when not quantified."""

    name: str
    percent: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Treatment:
    """One line of therapy, in days from the initial diagnosis; ``stop_on_day`` None means still running.

    ``kind`` is one of the keys of ``FILLS``; anything else is drawn in grey.
    """

    label: str
    start_on_day: int
    stop_on_day: int | None
    kind: str = ""
    response: str = ""


@dataclass(frozen=True)
class Event:
    """A dashed line across the treatment chart, such as a relapse."""

    on_day: int
    label: str


def vaf_bar(vaf: Decimal | None) -> SafeString:
    """A bar of 72 by 8 pixels for a variant allele fraction from 0 to 1, with a mark at one half.

    The number stands beside it, so the bar is hidden from screen readers. Empty when ``vaf`` is
    None or not a fraction: no bar is better than a false one.
    """
    share = _share(vaf, whole=1)
    if share is None:
        return SafeString("")
    return format_html(
        '<svg class="chart chart-vaf" width="72" height="8" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="8" rx="2" fill="{}"/>'
        '<rect class="bar positive" width="{}%" height="8" rx="2" fill="{}"/>'
        '<line class="tick" x1="50%" x2="50%" y1="0" y2="8" stroke="#ffffff"/></svg>',
        TRACK,
        _number(share),
        FILLS["positive"],
    )


def antigen_bars(antigens: Sequence[Antigen]) -> SafeString:
    """One bar for each antigen, in the order given; no common threshold is drawn.

    A threshold belongs to the therapy that states it, so a bar has one colour from 0 to 100.
    """
    rows = []
    for index, antigen in enumerate(antigens):
        top = index * _ANTIGEN_ROW
        share = _share(antigen.percent, whole=100)
        shown = _("not quantified") if share is None else f"{_number(share)}\N{NO-BREAK SPACE}%"
        rows.append(_text(0, top + 12, antigen.name, css="name", weight="600"))
        rows.append(_text(100, top + 12, f"{shown}, {antigen.note}" if antigen.note else shown, anchor="end"))
        if share is not None:
            bars = '<rect class="track" y="{0}" width="100%" height="8" rx="2" fill="{1}"/>'
            bars += '<rect class="bar positive" y="{0}" width="{2}%" height="8" rx="2" fill="{3}"/>'
            rows.append(format_html(bars, top + 17, TRACK, _number(share), FILLS["positive"]))
    label = _("Antigens, per cent positive")
    return _svg("chart-antigens", height=_ANTIGEN_ROW * len(antigens), label=label, parts=rows)


def vote_bar(counts: Sequence[int], *, label: str) -> SafeString:
    """One bar for five counts from strongly against to strongly for, the neutral ones astride its middle.

    Whatever the number of voters, the whole width is twice theirs, so bars of one ballot can be compared. Empty when
    nobody took a position.
    """
    total = sum(counts)
    if not total:
        return SafeString("")
    unit = 50 / total
    left = 50 - (counts[0] + counts[1] + counts[2] / 2) * unit
    parts = []
    for count, (name, fill) in zip(counts, VOTES, strict=True):
        if count:
            bar = '<rect class="bar vote-{}" x="{}%" y="18" width="{}%" height="16" fill="{}"/>'
            parts.append(format_html(bar, name, _number(left), _number(count * unit), fill))
            parts.append(_text(left + count * unit / 2, 12, str(count), css="name", anchor="middle", weight="600"))
        left += count * unit
    middle = '<line class="axis-middle" x1="50%" x2="50%" y1="14" y2="38" stroke="{}"/>'
    parts.append(format_html(middle, INK))
    return _svg("chart-votes", height=40, label=label, parts=parts)


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
    bottom = _ROW * len(treatments) + 8
    parts = [_axis(scale, bottom)]
    parts += [_event(scale, event, bottom) for event in events if first <= event.on_day <= last]
    parts += [_line(scale, line, index) for index, line in enumerate(treatments)]
    label = _("Earlier treatment in months since diagnosis")
    return _svg("chart-treatment", height=bottom + _AXIS, label=label, parts=parts)


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int

    def x(self, day: int) -> float:
        """Position of ``day`` in per cent."""
        return (day - self.first) / (self.last - self.first) * 100

    def months(self) -> list[int]:
        """Months for the grid: at most six steps, of 1, 2, 3, 6, 12, 24 ... months."""
        start, stop = self.first / DAYS_PER_MONTH, self.last / DAYS_PER_MONTH
        step = next((step for step in (1, 2, 3, 6, 12, 24, 36, 60) if (stop - start) / step <= 6), 120)
        return [month for month in range(0, int(stop) + 1, step) if month >= start]


def _axis(scale: _Scale, bottom: int) -> SafeString:
    parts = []
    for month in scale.months():
        x = scale.x(round(month * DAYS_PER_MONTH))
        anchor = "start" if x < 4 else "end" if x > 94 else "middle"
        line = '<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="{1}" stroke="{2}"/>'
        parts.append(format_html(line, _number(x), bottom, LINE))
        words = _("%(month)s mo") % {"month": month}
        parts.append(_text(x, bottom + 17, words, css="axis", anchor=anchor, fill=SOFT))
    return format_html_join("", "{}", ((part,) for part in parts))


def _event(scale: _Scale, event: Event, bottom: int) -> SafeString:
    x = scale.x(event.on_day)
    return format_html(
        '<line class="event" x1="{0}%" x2="{0}%" y1="0" y2="{1}" stroke="{2}" stroke-opacity="0.6"'
        ' stroke-dasharray="3 3"/>'
        '<circle class="event-mark" cx="{0}%" cy="{1}" r="4" fill="{2}"><title>{3}</title></circle>',
        _number(x),
        bottom,
        EVENT,
        event.label,
    )


def _line(scale: _Scale, line: Treatment, index: int) -> SafeString:
    stop = scale.last if line.stop_on_day is None else line.stop_on_day
    left = scale.x(line.start_on_day)
    width = max(scale.x(stop) - left, _MIN_BAR)
    left = min(left, 100 - width)
    top = index * _ROW + 20
    kind = line.kind if line.kind in FILLS else ""
    bar = format_html(
        '<rect class="bar {}" x="{}%" y="{}" width="{}%" height="{}" rx="3" fill="{}"/>',
        kind,
        _number(left),
        top,
        _number(width),
        _BAR,
        FILLS.get(kind, OTHER_FILL),
    )
    return bar + _words(line, left, left + width, top)


def _words(line: Treatment, left: float, right: float, top: int) -> SafeString:
    """The name above its bar and the response beside it, where a phone shows both."""
    label = line.label if len(line.label) <= _LONGEST_LABEL else line.label[: _LONGEST_LABEL - 1].rstrip() + "…"
    response = line.response or _("response not given")
    beside = _room_for(response)
    if right + beside <= 100:
        x, anchor, dx = right, "start", 6
    elif left - beside >= 0:
        x, anchor, dx = left, "end", -6
    else:
        return _name(label, left, right, top, after=response)
    answer = _text(x, top + 11, response, css="response", anchor=anchor, fill=SOFT, dx=dx)
    return _name(label, left, right, top) + answer


def _name(label: str, left: float, right: float, top: int, *, after: str = "") -> SafeString:
    share = _room_for(f"{label} {after}")
    x, anchor = 0.0, "start"
    if left + share <= 100:
        x = left
    elif right - share >= 0:
        x, anchor = right, "end"
    return _text(x, top - 5, label, css="name", anchor=anchor, weight="600", after=after)


def _room_for(words: str) -> float:
    """The width of ``words`` on a phone, in per cent of the chart."""
    return len(words) / _SIGNS_ACROSS_A_PHONE * 100


def _text(  # noqa: PLR0913 -- one small element with its attributes
    x: float,
    y: int,
    words: str,
    *,
    css: str = "",
    anchor: str = "start",
    weight: str = "400",
    fill: str = INK,
    after: str = "",
    dx: int = 0,
) -> SafeString:
    tail: SafeString | str = ""
    if after:
        span = '<tspan class="response" dx="6" font-weight="400" fill="{}">{}</tspan>'
        tail = format_html(span, SOFT, after)
    return format_html(
        '<text class="{}" x="{}%" dx="{}" y="{}" text-anchor="{}" font-size="12.5" font-weight="{}" fill="{}">'
        "{}{}</text>",
        css,
        _number(x),
        dx,
        y,
        anchor,
        weight,
        fill,
        words,
        tail,
    )


def _svg(name: str, *, height: int, label: str, parts: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg class="chart {}" width="100%" height="{}" role="img" aria-label="{}"'
        ' font-family="IBM Plex Sans, sans-serif">{}</svg>',
        name,
        height,
        label,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _share(value: Decimal | None, *, whole: int) -> float | None:
    """``value`` in per cent of ``whole``; None for None, NaN, infinity and anything outside."""
    if value is None or not value.is_finite() or not 0 <= value <= whole:
        return None
    return float(value) / whole * 100


def _number(value: float) -> str:
    """At most two decimals and no trailing zeros, with a point in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
