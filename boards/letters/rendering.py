"""From signed values to the PDF. No database, no settings, no clock: the same values give the same bytes."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from boards.letters.context import SCHEMA, LetterContext, Synopsis
from cases.services.freezing import sha256_of
from iltb.core.charts import Event, Treatment, treatment_chart
from iltb.documents.rendering import render_pdf

TEMPLATES: Final[Mapping[str, str]] = {"advice-1": "letters/advice.html"}


class UnsignedContent(ValueError):
    """What was to be printed is not what was signed."""


def render_advice_letter(content: dict[str, Any], *, sha256: str) -> bytes:
    """The PDF of a signed content, whose hash ``sha256`` it prints (a file cannot contain its own).

    Raises ``UnsignedContent`` when the content does not have that hash, and ``ValueError`` when its form is unknown.
    """
    if sha256_of(content) != sha256:
        raise UnsignedContent("The content of the letter is not the content that was signed.")
    letter = LetterContext.from_json(content)
    if letter.schema != SCHEMA or letter.template not in TEMPLATES:
        raise ValueError(f"There is no template {letter.template!r} of schema {letter.schema}.")
    with translation.override("en"):
        context = {**content, "sha256": sha256, "chart": timeline(letter.synopsis)}
        return render_pdf(TEMPLATES[letter.template], context)


def timeline(synopsis: Synopsis) -> SafeString | str:
    """Earlier treatment along the months since diagnosis, with a title for readers that cannot see it."""
    if not synopsis.lines:
        return ""
    treatments = [
        Treatment(
            label=f"{line.number}. {line.regimen}",
            start_on_day=line.start_on_day,
            stop_on_day=line.stop_on_day,
            kind=line.kind,
            response=line.response,
        )
        for line in synopsis.lines
    ]
    events = [Event(mark.on_day, mark.label) for mark in synopsis.marks]
    svg = treatment_chart(treatments, events, until_day=synopsis.until_day)
    opening, rest = svg.split(">", 1)
    title = "Earlier treatment in months since diagnosis; the table below states the same."
    return format_html("{}><title>{}</title>{}", SafeString(opening), title, SafeString(rest))
