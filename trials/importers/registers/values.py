"""Reads single values of a register's record; a value of another shape than expected reads as nothing, never fails."""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%B %d, %Y")


def at(document: object, *keys: str) -> Any:
    """Return what lies under these keys, ``None`` where the way ends early."""
    for key in keys:
        if not isinstance(document, Mapping):
            return None
        document = document.get(key)
    return document


def text(document: object, *keys: str) -> str:
    """Return a text in one line, empty where there is none."""
    found = at(document, *keys)
    return " ".join(html.unescape(str(found)).split()) if isinstance(found, str | int | float) else ""


def long_text(document: object, *keys: str) -> str:
    """Return a text with its line ends, empty where there is none."""
    found = at(document, *keys)
    return found if isinstance(found, str) else ""


def rows(document: object, *keys: str) -> list[Any]:
    """Return a list; a single entry, as some registers write it, is a list of one."""
    found = at(document, *keys)
    if isinstance(found, list):
        return found
    return [found] if isinstance(found, str | Mapping) and found else []


def texts(document: object, *keys: str) -> tuple[str, ...]:
    """Return a list of texts, without empty ones."""
    found = (text({"value": row}, "value") for row in rows(document, *keys))
    return tuple(one for one in found if one)


def day(document: object, *keys: str) -> date | None:
    """Return a day as the registers write it, ``None`` for a month or a year alone."""
    words = re.sub(r"T[\d:.Z+-]*\Z", "", text(document, *keys))
    for form in _DAYS:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    return None
