"""What all charts share: colours, text that does not collide on a phone, and the frame of the picture."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString

INK, SOFT, LINE, TRACK, PAPER = "#1c2730", "#4b5963", "#d5dbe0", "#e8ecef", "#ffffff"
EVENT = "#b3261e"
FILLS: Final = {
    "positive": "#0f766e",
    "resistant": "#b45309",
    "chemotherapy": "#4f75a0",
    "targeted": "#0f766e",
    "immunotherapy": "#0f766e",
    "cell": "#8a5fb0",
    "radiation": "#b45309",
    "supportive": "#7a8793",
}
OTHER_FILL: Final = "#84919b"
# From strongly against to strongly for; orange and teal stay apart for eyes that confuse red and green.
VOTES: Final = (
    ("strongly-against", "#b45309"),
    ("against", "#dfa06a"),
    ("neutral", "#84919b"),
    ("for", "#6db3ab"),
    ("strongly-for", "#0f766e"),
)
# Bold text of 12.5 px takes about 7.5 px a sign; the narrowest card on a phone leaves 310 px.
SIGNS_ACROSS_A_PHONE: Final = 41
# Text of normal weight takes about 6.5 px a sign.
PLAIN_SIGNS_ACROSS_A_PHONE: Final = 46
MIN_BAR: Final = 0.9


def room_for(words: str) -> float:
    """The width of ``words`` on a phone, in per cent of the chart."""
    return len(words) / SIGNS_ACROSS_A_PHONE * 100


def text(  # noqa: PLR0913 -- one small element with its attributes
    x: float,
    y: float,
    words: str,
    *,
    css: str = "",
    anchor: str = "start",
    weight: str = "400",
    fill: str = INK,
    after: str = "",
    dx: int = 0,
) -> SafeString:
    """``words`` at ``x`` per cent and ``y`` pixels; ``after`` follows in a soft colour."""
    tail = f'<tspan class="response" dx="6" font-weight="400" fill="{SOFT}">{escape(after)}</tspan>' if after else ""
    return drawn(
        f'<text class="{css}" x="{number(x)}%" dx="{dx}" y="{number(y)}" text-anchor="{anchor}" font-size="12.5"'
        f' font-weight="{weight}" fill="{fill}">{escape(words)}{tail}</text>',
    )


def drawn(markup: str) -> SafeString:
    """A piece of a picture made of numbers, colours and class names alone; words of people are escaped before.

    Escaping the numbers as well, as ``format_html`` does, would take most of the time of a chart.
    """
    return SafeString(markup)


def svg(name: str, *, height: int, label: str, parts: Sequence[SafeString]) -> SafeString:
    """The picture; ``label`` is its name for those who cannot see it."""
    return drawn(
        f'<svg class="chart {name}" width="100%" height="{height}" role="img" aria-label="{escape(label)}"'
        f' font-family="IBM Plex Sans, sans-serif">{joined(parts)}</svg>',
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Parts of a picture one after the other; the last covers the first."""
    return drawn("".join(parts))


def share(value: Decimal | None, *, whole: int) -> float | None:
    """``value`` in per cent of ``whole``; None for None, NaN, infinity and anything outside."""
    if value is None or not value.is_finite() or not 0 <= value <= whole:
        return None
    return float(value) / whole * 100


def number(value: float) -> str:
    """At most two decimals and no trailing zeros, with a point in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
