"""Reads one trial of the catalogue from YAML."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from trials.enums import IdentifierSystem, TrialStatus, Verification
from trials.matching.criteria import MAX_DEPTH, CriterionError, parse

MAX_BYTES: Final = 1_000_000
IDENTIFIER_FORMS: Final = {
    IdentifierSystem.NCT: re.compile(r"NCT\d{8}"),
    IdentifierSystem.EU_CT: re.compile(r"20\d\d-5\d{5}-\d\d-\d\d"),
    IdentifierSystem.EUDRACT: re.compile(r"(19|20)\d\d-\d{6}-\d\d"),
    IdentifierSystem.ISRCTN: re.compile(r"ISRCTN\d{8}"),
    IdentifierSystem.OTHER: re.compile(r"\S.{0,38}\S"),
}
RESERVED_KEYS: Final = frozenset({"contact", "facts", "match", "new"})  # addresses of pages beside those of trials
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_ADDRESS: Final = re.compile(r"https?://[^\s]{4,480}")
_PHASE: Final = re.compile(r"[1-4](/[1-4])?")
_TRIAL_KEYS: Final = frozenset(
    {
        "key",
        "title",
        "identifiers",
        "agents",
        "sponsor",
        "phase",
        "countries",
        "countries_complete",
        "sites",
        "status",
        "status_note",
        "status_as_of",
        "status_source",
        "verification",
        "sources",
        "last_checked_on",
        "remarks",
        "arms",
    }
)
_DEEPEST: Final = 3 * MAX_DEPTH
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ARM_KEYS: Final = frozenset({"key", "title", "status", "criteria"})
_IDENTIFIER_KEYS: Final = frozenset({"system", "value", "confirmed"})
_SITE_KEYS: Final = frozenset({"country", "name"})
MOST_SITES: Final = 500


class CatalogueError(Exception):
    """A trial file that cannot be used: ``path`` is the place in it, ``reason`` a sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IdentifierRecord:
    """A register number; ``confirmed`` is false for one written from memory."""

    system: IdentifierSystem
    value: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """A place where a trial can be entered: the code of its country, and its name."""

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class ArmRecord:
    """A cohort with its criterion tree; ``status`` is empty when it follows the trial."""

    key: str
    title: str
    status: TrialStatus | None
    criteria: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """One trial as a file describes it; ``fingerprint`` changes with any part of it."""

    key: str
    title: str
    identifiers: tuple[IdentifierRecord, ...]
    agents: tuple[str, ...]
    sponsor: str
    phase: str
    countries: tuple[str, ...]
    countries_complete: bool
    status: TrialStatus
    status_note: str
    status_as_of: date | None
    status_source: str
    verification: Verification
    sources: tuple[str, ...]
    last_checked_on: date | None
    remarks: str
    arms: tuple[ArmRecord, ...]
    fingerprint: str
    sites: tuple[SiteRecord, ...] = ()


def read_file(path: Path, *, today: date) -> TrialRecord:
    """Read one trial file.

    Raises ``CatalogueError`` for files that are too large, no YAML, too deep, or not a valid trial. Dates after
    ``today`` are refused.
    """
    if path.stat().st_size > MAX_BYTES:
        raise CatalogueError("$", f"larger than {MAX_BYTES // 1000} kB")
    try:
        document = _read_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError("$", f"not readable as YAML: {' '.join(str(error).split())}") from error
    return read_document(document, today=today)


def _read_yaml(text: str) -> object:
    """Read YAML after one pass over its events, since depth and aliases can make a small file very expensive."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise CatalogueError("$", "aliases are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise CatalogueError("$", "nested too deeply")
    document: object = yaml.load(text, Loader=_LOADER)  # noqa: S506 -- a safe loader either way
    return document


def read_document(document: object, *, today: date) -> TrialRecord:
    """Read one trial from plain data; raises ``CatalogueError`` like ``read_file``."""
    trial = _mapping(document, "$", _TRIAL_KEYS)
    key = _matching(trial, "key", "$", _KEY)
    if key in RESERVED_KEYS:
        raise CatalogueError("$.key", f"{key!r} is the address of another page")
    return TrialRecord(
        key=key,
        title=_text(trial, "title", "$", limit=200),
        identifiers=_identifiers(trial),
        agents=_texts(trial, "agents"),
        sponsor=_text(trial, "sponsor", "$", limit=200, required=False),
        phase=_matching(trial, "phase", "$", _PHASE, required=False),
        countries=_texts(trial, "countries", _COUNTRY),
        countries_complete=_truth(trial, "countries_complete", "$"),
        status=_choice(trial, "status", "$", TrialStatus),
        status_note=_text(trial, "status_note", "$", limit=200, required=False),
        status_as_of=_day(trial, "status_as_of", today),
        status_source=_matching(trial, "status_source", "$", _ADDRESS, required=False),
        verification=_choice(trial, "verification", "$", Verification),
        sources=_texts(trial, "sources", _ADDRESS),
        last_checked_on=_day(trial, "last_checked_on", today),
        remarks=_text(trial, "remarks", "$", limit=1000, required=False),
        arms=_arms(trial),
        fingerprint=hashlib.sha256(json.dumps(trial, sort_keys=True, default=str).encode()).hexdigest(),
        sites=_sites(trial),
    )


def _mapping(value: object, path: str, keys: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CatalogueError(path, f"expected keys and values, found {type(value).__name__}")
    if extra := sorted(str(key) for key in value if key not in keys):
        raise CatalogueError(path, f"unknown key {extra[0]!r}")
    return value


def _text(source: Mapping[str, Any], key: str, path: str, *, limit: int, required: bool = True) -> str:
    value = source.get(key, "")
    if not isinstance(value, str):
        raise CatalogueError(f"{path}.{key}", f"expected text, found {value!r}")
    if required and not value.strip():
        raise CatalogueError(f"{path}.{key}", "is missing")
    if len(value) > limit:
        raise CatalogueError(f"{path}.{key}", f"longer than {limit} characters")
    return value.strip()


def _matching(source: Mapping[str, Any], key: str, path: str, form: re.Pattern[str], *, required: bool = True) -> str:
    value = _text(source, key, path, limit=500, required=required)
    if value and not form.fullmatch(value):
        raise CatalogueError(f"{path}.{key}", f"{value!r} does not have the expected form")
    return value


def _texts(source: Mapping[str, Any], key: str, form: re.Pattern[str] | None = None) -> tuple[str, ...]:
    values = source.get(key, [])
    if not isinstance(values, list):
        raise CatalogueError(f"$.{key}", "expected a list")
    for index, value in enumerate(values):
        if not isinstance(value, str) or not value.strip() or (form is not None and not form.fullmatch(value)):
            raise CatalogueError(f"$.{key}[{index}]", f"{value!r} does not have the expected form")
    return tuple(values)


def _truth(source: Mapping[str, Any], key: str, path: str) -> bool:
    value = source.get(key, False)
    if not isinstance(value, bool):
        raise CatalogueError(f"{path}.{key}", "must be true or false")
    return value


def _choice(source: Mapping[str, Any], key: str, path: str, choices: type[Any]) -> Any:
    value = source.get(key)
    if value not in choices.values:
        raise CatalogueError(f"{path}.{key}", f"{value!r} is none of {', '.join(choices.values)}")
    return choices(value)


def _day(source: Mapping[str, Any], key: str, today: date) -> date | None:
    value = _day_from_json(source.get(key))
    if value is None:
        return None
    if type(value) is not date:
        raise CatalogueError(f"$.{key}", f"{value!r} is no date such as 2026-11-22")
    if value > today:
        raise CatalogueError(f"$.{key}", f"{value} lies in the future")
    return value


def _day_from_json(value: object) -> object:
    """Return the day that a text such as "2026-11-22" names, since JSON has no days; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _identifiers(trial: Mapping[str, Any]) -> tuple[IdentifierRecord, ...]:
    rows = trial.get("identifiers", [])
    if not isinstance(rows, list):
        raise CatalogueError("$.identifiers", "expected a list")
    return tuple(_identifier(row, f"$.identifiers[{index}]") for index, row in enumerate(rows))


def _identifier(row: object, path: str) -> IdentifierRecord:
    data = _mapping(row, path, _IDENTIFIER_KEYS)
    system: IdentifierSystem = _choice(data, "system", path, IdentifierSystem)
    value = _matching(data, "value", path, IDENTIFIER_FORMS[system])
    return IdentifierRecord(system, value, _truth(data, "confirmed", path))


def _sites(trial: Mapping[str, Any]) -> tuple[SiteRecord, ...]:
    rows = trial.get("sites", [])
    if not isinstance(rows, list):
        raise CatalogueError("$.sites", "expected a list")
    if len(rows) > MOST_SITES:
        raise CatalogueError("$.sites", f"more than {MOST_SITES} sites")
    return tuple(_site(row, f"$.sites[{index}]") for index, row in enumerate(rows))


def _site(row: object, path: str) -> SiteRecord:
    data = _mapping(row, path, _SITE_KEYS)
    return SiteRecord(_matching(data, "country", path, _COUNTRY), _text(data, "name", path, limit=200))


def _arms(trial: Mapping[str, Any]) -> tuple[ArmRecord, ...]:
    rows = trial.get("arms")
    if not isinstance(rows, list) or not rows:
        raise CatalogueError("$.arms", "a trial needs at least one arm")
    arms = tuple(_arm(row, f"$.arms[{index}]") for index, row in enumerate(rows))
    keys = [arm.key for arm in arms]
    if repeated := next((key for key in keys if keys.count(key) > 1), None):
        raise CatalogueError("$.arms", f"arm {repeated!r} is listed twice")
    return arms


def _arm(row: object, path: str) -> ArmRecord:
    data = _mapping(row, path, _ARM_KEYS)
    try:
        parse(data.get("criteria"))
    except CriterionError as error:
        raise CatalogueError(f"{path}.criteria{error.path.removeprefix('$')}", error.reason) from error
    status = _choice(data, "status", path, TrialStatus) if data.get("status") is not None else None
    key = _matching(data, "key", path, _KEY)
    return ArmRecord(key, _text(data, "title", path, limit=200), status, data["criteria"])
