"""From a template and its values to a PDF that can be archived and read aloud."""

from collections.abc import Mapping
from typing import Any, Final

from iltb.documents.strict import render_strictly

LETTER_STYLE: Final = "css/letter.css"


def render_pdf(template: str, context: Mapping[str, Any], *, stylesheet: str = LETTER_STYLE) -> bytes:
    """Render ``template`` from ``context`` as tagged PDF/A-3a; the same input gives the same bytes.

    ``context`` holds texts, numbers, lists, mappings, and SVG of our own as ``SafeString``. Texts print literally;
    signs that the packaged fonts lack are printed as their names in brackets. Only the packaged fonts and
    ``stylesheet`` are read. Raises ``UndefinedVariable``, ``RefusedAddress`` and
    ``IncompleteDocument``; all three are mistakes in a template.
    """
    from iltb.documents import engine  # noqa: PLC0415 -- needs pango, which the web process does without

    html = render_strictly(template, context, clean=engine.printable)
    return engine.html_to_pdf(html, stylesheet=stylesheet)
