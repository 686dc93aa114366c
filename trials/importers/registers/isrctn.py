"""Records of the ISRCTN registry."""

from collections.abc import Iterator, Mapping
from typing import Any

from trials.importers.drafts import country_code, phase_of, status_of
from trials.importers.lines import Line, split_criteria
from trials.importers.registers.record import RegisterRecord, Site, with_countries
from trials.importers.registers.values import at, day, long_text, rows, text, texts

_NOTHING = frozenset({"nil known", "not applicable", "n/a"})


def read_isrctn(document: Mapping[str, Any]) -> RegisterRecord:
    """Read a study as the ISRCTN API gives it.

    Its recruitment is a pair of planned days, which say nothing about today; only an override is a status.
    """
    people = at(document, "participants")
    number = f"ISRCTN{text(document, 'isrctn').removeprefix('ISRCTN')}"
    words = text(people, "recruitmentStatusOverride")
    treatments = rows(document, "interventions", "intervention")
    record = RegisterRecord(
        register="ISRCTN",
        number=number,
        title=text(document, "trialDescription", "title"),
        other_numbers=tuple(_numbers(document)),
        phase=phase_of(*(text(row, "phase") for row in treatments)),
        status=status_of(words),
        status_words=words,
        updated_on=day(document, "lastUpdated"),
        conditions=tuple(text(row, "description") for row in rows(document, "conditions", "condition")),
        interventions=tuple(_drugs(treatments)),
        sex=text(people, "gender"),
        minimum_age=text(people, "lowerAgeLimit"),
        maximum_age=text(people, "upperAgeLimit"),
        sites=tuple(_site(row) for row in rows(people, "trialCentres", "trialCentre")),
        lines=tuple(_lines(people)),
        address=f"https://www.isrctn.com/{number}",
    )
    return with_countries(record, texts(people, "recruitmentCountries", "country"))


def _numbers(document: object) -> Iterator[str]:
    for key in ("eudraCTNumber", "clinicalTrialsGovNumber"):
        found = text(document, "externalRefs", key)
        if found and found.lower() not in _NOTHING:
            yield found


def _drugs(treatments: list[Any]) -> Iterator[str]:
    for row in treatments:
        yield from (name for name in (part.strip() for part in text(row, "drugNames").split(",")) if name)


def _site(row: object) -> Site:
    return Site(country_code(text(row, "country")), text(row, "name"), text(row, "city"))


def _lines(people: object) -> Iterator[Line]:
    for heading, key in (("Inclusion Criteria", "inclusion"), ("Exclusion Criteria", "exclusion")):
        whole = long_text(people, key)
        if whole.strip():
            yield from split_criteria(f"{heading}:\n\n{whole}")
