"""What staff fill in for the public pages: contact, forms for patients, dates of review.

Read once from ``site.yaml`` in the folder ``settings.ILTB_SITE_DIR`` (default: ``data`` beside this
file). A mistake in the file stops the start of the server with a sentence that names the entry.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_PACKAGED = Path(__file__).parent / "data"
PAGES = ("home", "families", "doctors", "privacy", "accessibility")


@dataclass(frozen=True)
class Review:
    """When a person last read a page, and who answers for it."""

    on: dt.date
    by: str


@dataclass(frozen=True)
class Contact:
    """How to reach the board's office."""

    telephone: str
    hours: str
    email: str
    postal_address: str
    privacy_email: str
    controller: str
    placeholder: bool

    @property
    def telephone_link(self) -> str:
        """The number as a ``tel:`` address takes it."""
        return "".join(sign for sign in self.telephone if sign in "+0123456789")


@dataclass(frozen=True)
class PatientForm:
    """One information or consent form that doctors may download."""

    title: str
    country: str
    language: str
    file: str
    version: str
    last_checked: dt.date
    placeholder: bool


@dataclass(frozen=True)
class Site:
    """All of ``site.yaml``."""

    reviewed: Mapping[str, Review]
    contact: Contact
    forms: tuple[PatientForm, ...]
    folder: Path

    def path_of(self, file: str) -> Path | None:
        """The listed form called ``file``; None for anything that is not listed."""
        listed = any(form.file == file for form in self.forms)
        return self.folder / "forms" / file if listed else None


def site() -> Site:
    """The content of ``site.yaml``; raises ``ImproperlyConfigured`` when it cannot be used."""
    return _read(Path(getattr(settings, "ILTB_SITE_DIR", "") or _PACKAGED))


@cache
def _read(folder: Path) -> Site:
    path = folder / "site.yaml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        reviewed = {
            page: Review(_date(raw["reviewed"][page]["date"]), str(raw["reviewed"][page]["by"])) for page in PAGES
        }
        contact = Contact(**{"placeholder": False, **raw["contact"]})
        forms = tuple(_form(entry) for entry in raw.get("forms") or ())
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise ImproperlyConfigured(message) from error
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        message = f"{path} has a wrong or missing entry: {error}."
        raise ImproperlyConfigured(message) from error
    for form in forms:
        if Path(form.file).name != form.file or not (folder / "forms" / form.file).is_file():
            message = f"{path} lists the form {form.file!r}, which is not a file in {folder / 'forms'}."
            raise ImproperlyConfigured(message)
    return Site(reviewed=reviewed, contact=contact, forms=forms, folder=folder)


def _form(entry: Mapping[str, Any]) -> PatientForm:
    return PatientForm(
        title=str(entry["title"]),
        country=str(entry["country"]),
        language=str(entry["language"]),
        file=str(entry["file"]),
        version=str(entry["version"]),
        last_checked=_date(entry["last_checked"]),
        placeholder=bool(entry.get("placeholder", False)),
    )


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        message = f"{value!r} is not a date like 2026-11-22"
        raise ValueError(message)  # noqa: TRY004 -- one kind of error for every wrong entry
    return value
