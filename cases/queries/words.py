"""How a stated value reads on a page: words for codes, units beside numbers, "not stated" for nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from math import floor, log10
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as translated

NBSP: Final = "\N{NO-BREAK SPACE}"
MONTHS_SHOWN_BELOW: Final = 24
_SIGNS: Final = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


_LANGUAGE: Final[ContextVar[str | None]] = ContextVar("language", default=None)


@contextmanager
def one_language() -> Iterator[None]:
    """Ask for the reader's language once: a dossier says a thousand words, and each would ask again."""
    token = _LANGUAGE.set(get_language())
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def language() -> str | None:
    """The language that is spoken now."""
    return _LANGUAGE.get() or get_language()


def gettext(message: str) -> str:
    """``message``, which is a constant, in the language that is spoken now; looked up once for each language."""
    return _translated(message, language())


_ = gettext


@cache
def _translated(message: str, _language: str | None) -> str:
    return translated(message)


def not_stated() -> str:
    """What stands where nothing was said; never a zero and never "no"."""
    return _("not stated")


def label(choices: type[TextChoices], code: str | None) -> str:
    """The word for ``code``, "not stated" for none, and the code itself where the vocabulary has since dropped it."""
    return _label(choices, code, language()) if code else not_stated()


@lru_cache(maxsize=4096)
def _label(choices: type[TextChoices], code: str, _language: str | None) -> str:
    """Kept for each language: a dossier asks for some hundred labels."""
    return str(choices(code).label) if code in choices.values else code


def labels(choices: type[TextChoices], codes: Iterable[str] | None) -> str:
    """The words for several codes, joined by commas."""
    return ", ".join(label(choices, code) for code in codes or ()) or not_stated()


def number(value: Decimal | str | int | None, unit: str = "") -> str:
    """A number with its unit behind a space that does not break, e.g. ``27.4 kg``."""
    if value is None or value == "":
        return not_stated()
    shown = format(Decimal(value).normalize(), "f")
    return f"{shown}{NBSP}{unit}" if unit else shown


def percent(value: Decimal | str | None) -> str:
    """A value that is stored in per cent (0 to 100)."""
    return number(value, "%")


def percent_of_fraction(value: Decimal | str | None) -> str:
    """A fraction (0 to 1) in per cent: ``0.39`` reads ``39 %``."""
    return not_stated() if value is None else percent(Decimal(value) * 100)


def compared(comparator: str | None, shown: str) -> str:
    """A value behind its comparator: ``< 5 %``; nothing is added for "=" and for what is not stated."""
    sign = _SIGNS.get(comparator or "", "")
    return f"{sign}{NBSP}{shown}" if sign and shown != not_stated() else shown


def power_of_ten(fraction: Decimal | str | None) -> str:
    """A small fraction as laboratories write residual disease: ``0.0004`` reads ``4 × 10⁻⁴``."""
    if fraction is None or fraction == "":
        return not_stated()
    value = Decimal(fraction)
    if not value:
        return "0"
    power = floor(log10(value))
    factor = (value / Decimal(10) ** power).quantize(Decimal("0.01")).normalize()
    ten = f"10{str(power).translate(_SUPERSCRIPT)}" if power else "1"
    return ten if factor == 1 else f"{format(factor, 'f')}{NBSP}×{NBSP}{ten}" if power else format(factor, "f")


def capitalised(words: str) -> str:
    """``words`` with a capital letter at the beginning; the rest stays, because of names such as pH and mTOR."""
    return words[:1].upper() + words[1:]


def age(months: int | None) -> str:
    """Years, and months below two years, where the difference decides on treatment."""
    if months is None:
        return not_stated()
    if months < MONTHS_SHOWN_BELOW:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s year", "%(count)s years", months // 12) % {"count": months // 12}


def text(value: str | None) -> str:
    """Free text, or "not stated"."""
    return (value or "").strip() or not_stated()


def named(coded: dict[str, Any] | None) -> str:
    """The display of a coded thing."""
    return str(coded["display"]) if coded else not_stated()


def yes_no(value: bool | None) -> str:  # noqa: FBT001 -- the value itself, not a switch
    """Three answers: yes, no, not stated."""
    return not_stated() if value is None else _("yes") if value else _("no")


def count(value: int | None) -> str:
    """A whole number; 0 is an answer."""
    return not_stated() if value is None else str(value)


def day(value: int | None) -> str:
    """A day since the first diagnosis."""
    return not_stated() if value is None else _("day %(number)s") % {"number": value}


def moment(value: datetime) -> str:
    """Platform time as a day and an hour in UTC, e.g. ``Thu 26 Nov 2026, 16:00 UTC``."""
    return f"{date_format(value.astimezone(UTC), 'D j M Y, H:i')}{NBSP}UTC"
