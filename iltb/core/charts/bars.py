"""Bars from 0 to 100: allele fractions, antigens, votes, drug response."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iltb.core.charts.base import (
    FILLS,
    INK,
    LINE,
    MIN_BAR,
    PAPER,
    PLAIN_SIGNS_ACROSS_A_PHONE,
    SOFT,
    TRACK,
    VOTES,
    drawn,
    number,
    share,
    svg,
    text,
)

_ANTIGEN_ROW: Final = 34
_NOTE_LINE: Final = 16
_RESPONSE_ROW: Final = 42
_RESPONSE_HEAD: Final = 22
_AXIS: Final = 26
_MIDDLE: Final = 50


@dataclass(frozen=True)
class Antigen:
    """One bar: ``percent`` positive of whatever ``note`` says, 0 to 100; None when not quantified.

    ``before`` is the value of an earlier specimen, drawn as a mark; None when there is none to compare with.
    """

    name: str
    percent: Decimal | None
    note: str = ""
    before: Decimal | None = None
    shown: str = ""


@dataclass(frozen=True)
class Response:
    """One drug: its percentile in the laboratory's cohort, 0 to 100, where 100 is the most sensitive.

    ``shown`` is the readout with the laboratory's own interpretation, ``cohort`` says how many samples were compared,
    ``is_doubtful`` hatches the bar.
    """

    name: str
    percentile: Decimal | None
    shown: str
    cohort: str
    is_doubtful: bool = False


def vaf_bar(vaf: Decimal | None) -> SafeString:
    """A bar of 72 by 8 pixels for a variant allele fraction from 0 to 1, with a mark at one half.

    The number stands beside it, so the bar is hidden from screen readers. Empty when ``vaf`` is
    None or not a fraction: no bar is better than a false one.
    """
    width = share(vaf, whole=1)
    if width is None:
        return SafeString("")
    return drawn(
        '<svg class="chart chart-vaf" width="72" height="8" aria-hidden="true" focusable="false">'
        f'<rect class="track" width="100%" height="8" rx="2" fill="{TRACK}"/>'
        f'<rect class="bar positive" width="{number(width)}%" height="8" rx="2" fill="{FILLS["positive"]}"/>'
        '<line class="tick" x1="50%" x2="50%" y1="0" y2="8" stroke="#ffffff"/></svg>',
    )


def antigen_bars(antigens: Sequence[Antigen], *, label: str = "") -> SafeString:
    """One bar for each antigen, in the order given; no common threshold is drawn.

    A threshold belongs to the therapy that states it, so a bar has one colour from 0 to 100. A note that has no room
    beside the number stands below its bar.
    """
    parts: list[SafeString] = []
    top = 0
    for antigen in antigens:
        rows, height = _antigen(antigen, top)
        parts += rows
        top += height
    return svg("chart-antigens", height=top, label=label or _("Antigens, per cent positive"), parts=parts)


def _antigen(antigen: Antigen, top: int) -> tuple[list[SafeString], int]:
    width = share(antigen.percent, whole=100)
    shown = antigen.shown or (_("not quantified") if width is None else f"{number(width)}\N{NO-BREAK SPACE}%")
    together = f"{shown}, {antigen.note}" if antigen.note else shown
    is_short = len(antigen.name) + len(together) < PLAIN_SIGNS_ACROSS_A_PHONE - 4
    parts = [
        text(0, top + 12, antigen.name, css="name", weight="600"),
        text(100, top + 12, together if is_short else shown, anchor="end"),
    ]
    height = _ANTIGEN_ROW
    if width is None:
        height -= 14
    else:
        bar, fill = number(width), FILLS["positive"]
        parts.append(
            drawn(
                f'<rect class="track" y="{top + 17}" width="100%" height="8" rx="2" fill="{TRACK}"/>'
                f'<rect class="bar positive" y="{top + 17}" width="{bar}%" height="8" rx="2" fill="{fill}"/>',
            )
        )
    before = share(antigen.before, whole=100)
    if before is not None and width is not None:
        x, y1, y2 = number(before), top + 14, top + 28
        mark = f'<line class="before" x1="{x}%" x2="{x}%" y1="{y1}" y2="{y2}" stroke="{INK}" stroke-width="2"/>'
        parts.append(drawn(mark))
    for line in [] if is_short else wrap(antigen.note, PLAIN_SIGNS_ACROSS_A_PHONE):
        parts.append(text(0, top + height + 4, line, css="response", fill=SOFT))
        height += _NOTE_LINE
    return parts, height if is_short else height + 6


def response_chart(responses: Sequence[Response], *, label: str) -> SafeString:
    """One row for each drug that has a percentile, in the order given, drawn from the middle of the cohort.

    To the right is more sensitive than half of the laboratory's cohort, to the left less; the percentile stands on the
    other side of the middle. Nothing here says "sensitive": that word is the laboratory's. A drug without a percentile
    is left out, because its value has no place on this axis.
    """
    shown = [(row, width) for row in responses if (width := share(row.percentile, whole=100)) is not None]
    tops, bottom = [], _RESPONSE_HEAD
    for row, _width in shown:
        tops.append(bottom)
        bottom += _RESPONSE_ROW if _fits(row) else _RESPONSE_ROW + _NOTE_LINE
    parts = [_percentile_axis(bottom)]
    for top, (row, width) in zip(tops, shown, strict=True):
        parts += _response(row, width, top)
    return svg("chart-response", height=bottom + _AXIS, label=label, parts=parts)


def _fits(row: Response) -> bool:
    return len(row.name) + len(row.shown) + len(row.cohort) < PLAIN_SIGNS_ACROSS_A_PHONE - 6


def _percentile_axis(bottom: int) -> SafeString:
    head = text(0, 10, _("less sensitive"), css="axis", fill=SOFT)
    head += text(100, 10, _("more sensitive →"), css="axis", anchor="end", fill=SOFT)
    for at in (0, 25, _MIDDLE, 75, 100):
        css, ink = ("axis-middle", SOFT) if at == _MIDDLE else ("grid", LINE)
        line = f'<line class="{css}" x1="{at}%" x2="{at}%" y1="{_RESPONSE_HEAD - 4}" y2="{bottom}" stroke="{ink}"/>'
        head += drawn(line)
        anchor = "start" if at == 0 else "end" if at == 100 else "middle"
        head += text(at, bottom + 17, str(at), css="axis", anchor=anchor, fill=SOFT)
    return head


def _response(row: Response, width: float, top: int) -> list[SafeString]:
    fits = _fits(row)
    parts = [
        text(0, top + 13, row.name, css="name", weight="600", after=row.shown if fits else ""),
        text(100, top + 13, row.cohort, css="axis", anchor="end", fill=SOFT),
    ]
    if not fits:
        parts.append(text(0, top + 13 + _NOTE_LINE, row.shown, css="response", fill=SOFT))
        top += _NOTE_LINE
    is_more = width >= _MIDDLE
    left, length = min(width, _MIDDLE), max(abs(width - _MIDDLE), MIN_BAR)
    css = "positive" if is_more else "resistant"
    place = f'x="{number(left)}%" y="{top + 19}" width="{number(length)}%" height="14"'
    parts.append(drawn(f'<rect class="bar {css}" {place} fill="{FILLS[css]}"/>'))
    if row.is_doubtful:
        place = f'x1="{number(left)}%" x2="{number(left + length)}%" y1="{top + 26}" y2="{top + 26}"'
        parts.append(drawn(f'<line class="hatch" {place} stroke="{PAPER}" stroke-width="14" stroke-dasharray="3 3"/>'))
    anchor, dx = ("end", -6) if is_more else ("start", 6)
    parts.append(text(_MIDDLE, top + 31, number(width), css="name", anchor=anchor, dx=dx, weight="600"))
    return parts


def vote_bar(counts: Sequence[int], *, label: str) -> SafeString:
    """One bar for five counts from strongly against to strongly for, the neutral ones astride its middle.

    Whatever the number of voters, the whole width is twice theirs, so bars of one ballot can be compared. Empty when
    nobody took a position.
    """
    total = sum(counts)
    if not total:
        return SafeString("")
    unit = _MIDDLE / total
    left = _MIDDLE - (counts[0] + counts[1] + counts[2] / 2) * unit
    parts = []
    for count, (name, fill) in zip(counts, VOTES, strict=True):
        if count:
            place = f'x="{number(left)}%" y="18" width="{number(count * unit)}%" height="16"'
            parts.append(drawn(f'<rect class="bar vote-{name}" {place} fill="{fill}"/>'))
            parts.append(text(left + count * unit / 2, 12, str(count), css="name", anchor="middle", weight="600"))
        left += count * unit
    parts.append(drawn(f'<line class="axis-middle" x1="50%" x2="50%" y1="14" y2="38" stroke="{INK}"/>'))
    return svg("chart-votes", height=40, label=label, parts=parts)
