"""What a trial register says about one trial, and the draft that a curator starts from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from trials.enums import TrialStatus
from trials.importers.drafts import (
    Description,
    Draft,
    all_of,
    arm,
    country_code,
    draft_document,
    open_leaf,
    open_lines,
    shortened,
)
from trials.importers.lines import Line
from trials.importers.own import MOST_SITES
from trials.matching.criteria import MAX_NODES, CriterionKind

_AGE: Final = re.compile(r"(\d{1,3}(?:\.\d+)?) (year|month|week|day)s?", re.IGNORECASE)
_NO_LIMIT: Final = frozenset({"", "n/a", "none", "no limit"})
_SEXES: Final = {"female": "female", "f": "female", "male": "male", "m": "male"}
_MOST_LINES: Final = MAX_NODES // 4


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a trial is run; ``country`` is a code, empty for a name that is not known."""

    country: str
    name: str = ""
    city: str = ""
    status: TrialStatus = TrialStatus.UNKNOWN


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """One register entry; ages, sex and status in the register's own words, empty where it says nothing.

    ``countries`` are codes; ``unknown_countries`` are names that no code was found for.
    """

    register: str
    number: str
    title: str
    other_numbers: tuple[str, ...] = ()
    phase: str = ""
    status: TrialStatus = TrialStatus.UNKNOWN
    status_words: str = ""
    updated_on: date | None = None
    sponsor: str = ""
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    sex: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    maximum_is_exclusive: bool = False
    countries: tuple[str, ...] = ()
    unknown_countries: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()
    lines: tuple[Line, ...] = ()
    address: str = ""


def with_countries(record: RegisterRecord, names: Sequence[str]) -> RegisterRecord:
    """Return the record with the codes of these countries and with the names that have none."""
    known = {name: country_code(name) for name in names}
    codes = tuple(sorted({code for code in known.values() if code}))
    return replace(record, countries=codes, unknown_countries=tuple(name for name, code in known.items() if not code))


def to_draft(record: RegisterRecord) -> Draft:
    """Return a draft with the structured ages and sex as criteria and every line of text as an open criterion."""
    notices = [("$.countries", f"{name!r} is no known country") for name in record.unknown_countries]
    structured, more = _structured(record)
    notices.extend(more)
    if len(record.lines) > _MOST_LINES:
        notices.append(("$.eligibility", f"only the first {_MOST_LINES} of {len(record.lines)} lines were taken"))
    criteria = all_of([*structured, *open_lines(record.lines[:_MOST_LINES])])
    if not record.lines:
        notices.append(("$.eligibility", "the record holds no eligibility text"))
    about = Description(
        name=record.number,
        title=record.title,
        numbers=(record.number, *record.other_numbers),
        phase=record.phase,
        status=record.status,
        status_note=record.status_words,
        status_as_of=record.updated_on,
        sponsor=record.sponsor,
        agents=record.interventions,
        countries=record.countries,
        sites=_places(record),
        address=record.address,
        remarks=_remarks(record),
    )
    return Draft(draft_document(about, [arm("main", record.title or record.number, criteria)]), tuple(notices))


def _places(record: RegisterRecord) -> tuple[tuple[str, str], ...]:
    """Return the sites that have a name and a known country; the others are counted in the remarks alone."""
    named = ((site.country, ", ".join(filter(None, (site.name.strip(), site.city.strip())))) for site in record.sites)
    return tuple((country, shortened(name)) for country, name in named if country and name)[:MOST_SITES]


def _remarks(record: RegisterRecord) -> str:
    parts = [f"Read from {record.register}; the criteria await a curator."]
    if record.conditions:
        parts.append(f"Conditions: {', '.join(record.conditions)}.")
    if record.sites:
        parts.append(f"{len(record.sites)} sites in the record.")
    return " ".join(parts)


def _structured(record: RegisterRecord) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the criteria that the register holds as data; a limit in another unit stays open."""
    nodes, notices = [], []
    operator = "<" if record.maximum_is_exclusive else "<="
    for name, label, words, sign in (
        ("R-01", "Minimum age", record.minimum_age, ">="),
        ("R-02", "Maximum age", record.maximum_age, operator),
    ):
        if words.lower() in _NO_LIMIT:
            continue
        leaf = _age(name, f"{label}: {words}", words, sign)
        if leaf["fact"] == "unread_criteria":
            notices.append(
                ("$.eligibility", f"the {label.lower()} {words!r} is no age in years, months, weeks or days")
            )
        nodes.append(leaf)
    if sex := _SEXES.get(record.sex.lower()):
        fact = {"fact": "sex", "op": "in", "value": [sex]}
        nodes.append({"id": "R-03", "kind": "inclusion", "ref": record.register, "text": f"Sex: {record.sex}", **fact})
    return nodes, notices


def _age(name: str, sentence: str, words: str, operator: str) -> dict[str, Any]:
    """Return an age limit; whether "up to 18 years" ends at the birthday is left open."""
    found = _AGE.fullmatch(words.strip())
    if found is None:
        return open_leaf(name, sentence, CriterionKind.INCLUSION)
    value, unit = float(found[1]), f"{found[2].lower()}s"
    whole = value == int(value)
    unclear = {"wording": "unclear"} if operator == "<=" and unit == "years" and whole else {}
    fact = {"fact": "age_at_submission", "op": operator, "value": int(value) if whole else value, "unit": unit}
    return {"id": name, "kind": "inclusion", "text": sentence, **fact, **unclear}
