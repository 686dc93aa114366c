"""Charts as SVG text, the same on a screen, on paper and in a letter.

x runs in per cent and y in pixels: bars stretch from a phone to a wide screen while the text keeps
its size. Every shape carries a class for the stylesheet, which knows light and dark, and a fill for
the letter, whose renderer applies no stylesheet inside an SVG. There is no ``style`` attribute,
which the content security policy would refuse.

A chart never stands alone: the page prints the same numbers as a table beside or below it
(``components/_chart_frame.html``). What is not known gets no bar and never a zero.
"""

from iltb.core.charts.bars import Antigen, Response, antigen_bars, response_chart, vaf_bar, vote_bar
from iltb.core.charts.base import FILLS, VOTES
from iltb.core.charts.course import (
    DAYS_PER_MONTH,
    Event,
    Residual,
    Treatment,
    mrd_chart,
    series_class,
    treatment_chart,
)

__all__ = (
    "DAYS_PER_MONTH",
    "FILLS",
    "VOTES",
    "Antigen",
    "Event",
    "Residual",
    "Response",
    "Treatment",
    "antigen_bars",
    "mrd_chart",
    "response_chart",
    "series_class",
    "treatment_chart",
    "vaf_bar",
    "vote_bar",
)
