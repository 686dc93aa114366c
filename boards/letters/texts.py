"""The fixed phrases of a letter: data with a version, an owner and the day they were last checked.

Staff edit the files in ``data``; what was signed keeps the words it was signed with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.core.exceptions import ImproperlyConfigured

from boards.letters.context import Scale, Term, TextSource
from boards.letters.wording import calendar_day

FOLDER: Final = Path(__file__).parent / "data"
FILES: Final = ("cautions", "disclaimer", "follow_up", "glossary", "limitations", "scales")


@dataclass(frozen=True)
class LetterText:
    """One file of ``data``: paragraphs, scales or terms, with where they come from."""

    source: TextSource
    paragraphs: tuple[str, ...]
    scales: tuple[Scale, ...]
    terms: tuple[Term, ...]


def letter_texts() -> Mapping[str, LetterText]:
    """Every fixed text by the name of its file; raises ``ImproperlyConfigured`` naming the entry that is wrong."""
    return _read(FOLDER)


@cache
def _read(folder: Path) -> Mapping[str, LetterText]:
    return {name: read_text(folder / f"{name}.yaml") for name in FILES}


def read_text(path: Path) -> LetterText:
    """One file; raises ``ImproperlyConfigured`` with the file and what is wrong in it."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return LetterText(
            source=TextSource(
                name=_words(raw["name"]),
                version=_words(raw["version"]),
                owner=_words(raw["owner"]),
                last_checked=calendar_day(_day(raw["last_checked"])),
                review=_words(raw["legal_review"]),
            ),
            paragraphs=tuple(_words(paragraph) for paragraph in raw.get("paragraphs", ())),
            scales=tuple(
                Scale(name=_words(scale["name"]), note=_words(scale["note"]), levels=_terms(scale["levels"]))
                for scale in raw.get("scales", ())
            ),
            terms=_terms(raw.get("terms", {})),
        )
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise ImproperlyConfigured(message) from error
    except (KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        message = f"{path} has a wrong or missing entry: {error}."
        raise ImproperlyConfigured(message) from error


def _terms(raw: Mapping[Any, Any]) -> tuple[Term, ...]:
    return tuple(Term(term=_words(term), meaning=_words(meaning)) for term, meaning in raw.items())


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        message = f"{value!r} is not a text"
        raise ValueError(message)
    return " ".join(value.split())


def _day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        message = f"{value!r} is not a date like 2026-11-22"
        raise ValueError(message)  # noqa: TRY004 -- one kind of error for every wrong entry
    return value
