"""The one place that touches WeasyPrint. Imported late: it needs pango, and only the worker has to have it."""

import logging
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import CSS, HTML  # noqa: TID251 -- this module is its wrapper
from weasyprint.text.fonts import FontConfiguration  # noqa: TID251 -- as above
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: TID251 -- as above

from iltb.documents.errors import IncompleteDocument, RefusedAddress
from iltb.documents.finishing import finish

# Both tell every step of every page.
for chatty in ("weasyprint.progress", "fontTools"):
    logging.getLogger(chatty).setLevel(logging.WARNING)

VARIANT: Final = "pdf/a-3a"
FONTS: Final = tuple(f"vendor/ibm-plex-sans/IBMPlexSans-{face}.woff2" for face in ("Regular", "Italic", "SemiBold"))
STYLES: Final = ("css/letter.css",)
_TYPES: Final = {".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
_KEPT_CONTROLS: Final = frozenset("\n\t")


def html_to_pdf(html: str, *, stylesheet: str) -> bytes:
    """Render ``html`` with the packaged ``stylesheet`` and finish it.

    Raises ``RefusedAddress`` for any other file, and ``IncompleteDocument`` when WeasyPrint left something out.
    """
    fetcher = PackagedOnly()
    with _complaints() as complaints:
        try:
            document = HTML(string=html, base_url=str(packaged(stylesheet).parent), url_fetcher=fetcher)
            pdf = document.write_pdf(
                stylesheets=[_stylesheet(stylesheet)],
                font_config=_font_configuration(),
                pdf_variant=VARIANT,
            )
        except FatalURLFetchingError as error:
            raise RefusedAddress(str(error)) from error
    # Inside an SVG even a fatal refusal is swallowed and the picture left out.
    if fetcher.refused:
        raise RefusedAddress(f"a document asked for {fetcher.refused[0]!r}")
    if complaints:
        raise IncompleteDocument("; ".join(complaints))
    return finish(bytes(pdf))


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint logs as an error meanwhile; it then goes on without the piece."""
    found: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


class PackagedOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads packaged fonts and stylesheets; any other address, a ``data:`` one included, stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False, fail_on_errors=True)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 -- as in the base class
        """The file behind ``url``, if it is one of ours."""
        path = _allowed().get(url)
        if path is None:
            self.refused.append(url[:200])
            raise FatalURLFetchingError(f"a document asked for {url[:200]!r}")
        kind = EmailMessage()
        kind["Content-Type"] = _TYPES[path.suffix]
        return URLFetcherResponse(url, path.read_bytes(), kind)


def packaged(name: str) -> Path:
    """The file that is shipped as static file ``name``."""
    found = finders.find(name)
    if not isinstance(found, str):
        message = f"{name} is not shipped with this installation"
        raise FileNotFoundError(message)
    return Path(found).resolve()


def printable(text: str) -> str:
    """``text`` with every sign that our fonts lack replaced by its name in brackets, such as ``[grinning face]``.

    Invisible signs that steer the direction of writing are named too, so that no text can reorder itself in print.
    """
    return "".join(map(_printable_sign, text.replace("\r\n", "\n").replace("\r", "\n")))


def _printable_sign(sign: str) -> str:
    if sign in _KEPT_CONTROLS or (ord(sign) in _coverage() and unicodedata.category(sign) not in ("Cc", "Cf")):
        return sign
    if sign in "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}":
        return sign
    if sign in "\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}":
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


@cache
def _coverage() -> frozenset[int]:
    """Code points that every packaged face can print."""
    tables = [TTFont(packaged(name)).getBestCmap().keys() for name in FONTS]
    return frozenset.intersection(*map(frozenset, tables))


@cache
def _allowed() -> Mapping[str, Path]:
    return {packaged(name).as_uri(): packaged(name) for name in (*FONTS, *STYLES)}


@cache
def _font_configuration() -> Any:
    """Loaded once for each process: reading and unpacking the fonts costs more than a page."""
    return FontConfiguration()


@cache
def _stylesheet(name: str) -> Any:
    return CSS(url=packaged(name).as_uri(), url_fetcher=PackagedOnly(), font_config=_font_configuration())
