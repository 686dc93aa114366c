"""Records of ClinicalTrials.gov: API v2, the older XML written as JSON, and extracts with the same fields.

The fields of API v2 are described at https://clinicaltrials.gov/data-api/about-api/study-data-structure
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from trials.importers.drafts import country_code, phase_of, status_of
from trials.importers.lines import split_criteria
from trials.importers.registers.record import RegisterRecord, Site, with_countries
from trials.importers.registers.values import at, day, long_text, rows, text, texts

_REGISTER: Final = "ClinicalTrials.gov"
_TYPE_OF_INTERVENTION: Final = re.compile(r"[A-Za-z ]{3,30}: ")
_NOT_AN_AGENT: Final = re.compile(
    r"(?:Procedure|Radiation|Other|Behavioral|Device|Diagnostic Test|Dietary Supplement): "
)


def _address(number: str) -> str:
    return f"https://clinicaltrials.gov/study/{number}" if number else ""


def read_v2(document: Mapping[str, Any]) -> RegisterRecord:
    """Read a study of API v2 from its ``protocolSection``."""
    study = at(document, "protocolSection")
    number = text(study, "identificationModule", "nctId")
    status = text(study, "statusModule", "overallStatus")
    others = (text(row, "id") for row in rows(study, "identificationModule", "secondaryIdInfos"))
    places = rows(study, "contactsLocationsModule", "locations")
    record = RegisterRecord(
        register=_REGISTER,
        number=number,
        title=text(study, "identificationModule", "briefTitle"),
        other_numbers=tuple(other for other in others if other),
        phase=phase_of(*texts(study, "designModule", "phases")),
        status=status_of(status),
        status_words=status.replace("_", " ").capitalize(),
        updated_on=day(study, "statusModule", "lastUpdateSubmitDate"),
        sponsor=text(study, "sponsorCollaboratorsModule", "leadSponsor", "name"),
        conditions=texts(study, "conditionsModule", "conditions"),
        interventions=_agents(rows(study, "armsInterventionsModule", "interventions"), "type", "name"),
        sex=text(study, "eligibilityModule", "sex").capitalize(),
        minimum_age=text(study, "eligibilityModule", "minimumAge"),
        maximum_age=text(study, "eligibilityModule", "maximumAge"),
        sites=tuple(_site(place) for place in places),
        lines=tuple(split_criteria(long_text(study, "eligibilityModule", "eligibilityCriteria"))),
        address=_address(number),
    )
    return with_countries(record, _names_of_countries(places))


def _names_of_countries(places: list[Any]) -> list[str]:
    return list(dict.fromkeys(name for place in places if (name := text(place, "country"))))


def _site(place: Any) -> Site:
    code = country_code(text(place, "country"))
    return Site(code, text(place, "facility"), text(place, "city"), status_of(text(place, "status")))


def _agents(interventions: list[Any], kind: str, name: str) -> tuple[str, ...]:
    """Return drugs and biologicals once each; procedures and the like are no agents."""
    wanted = [row for row in interventions if text(row, kind).upper() in ("DRUG", "BIOLOGICAL", "GENETIC", "")]
    return tuple(dict.fromkeys(text(row, name) for row in wanted if text(row, name)))


def read_classic(document: Mapping[str, Any]) -> RegisterRecord:
    """Read a study in the format that was retired in 2024."""
    number = text(document, "id_info", "nct_id")
    status = text(document, "overall_status")
    places = rows(document, "location")
    record = RegisterRecord(
        register=_REGISTER,
        number=number,
        title=text(document, "brief_title"),
        other_numbers=texts(document, "id_info", "secondary_id"),
        phase=phase_of(text(document, "phase")),
        status=status_of(status),
        status_words=status,
        updated_on=day(document, "last_update_submitted"),
        sponsor=text(document, "sponsors", "lead_sponsor", "agency"),
        conditions=texts(document, "condition"),
        interventions=_agents(rows(document, "intervention"), "intervention_type", "intervention_name"),
        sex=text(document, "eligibility", "gender"),
        minimum_age=text(document, "eligibility", "minimum_age"),
        maximum_age=text(document, "eligibility", "maximum_age"),
        sites=tuple(_classic_site(place) for place in places),
        lines=tuple(split_criteria(long_text(document, "eligibility", "criteria", "textblock"))),
        address=_address(number),
    )
    return with_countries(record, texts(document, "location_countries", "country"))


def _classic_site(place: Any) -> Site:
    where = at(place, "facility", "address")
    return Site(
        country_code(text(where, "country")),
        text(place, "facility", "name"),
        text(where, "city"),
        status_of(text(place, "status")),
    )


def read_extract(document: Mapping[str, Any]) -> RegisterRecord:
    """Read an extract: register fields at the top level, eligibility as text or as a list of lines.

    A line that begins with "Exclude - " is an exclusion.
    """
    number, status = text(document, "nct_id"), text(document, "overall_status")
    names = (_TYPE_OF_INTERVENTION.sub("", name) for name in _drug_lines(document))
    return RegisterRecord(
        register=_REGISTER,
        number=number,
        title=text(document, "brief_title") or text(document, "official_title"),
        phase=phase_of(text(document, "phase")),
        status=status_of(status),
        status_words=status,
        updated_on=day(document, "last_update"),
        sponsor=", ".join(texts(document, "lead_sponsor")),
        interventions=tuple(dict.fromkeys(names)),
        lines=tuple(split_criteria(_eligibility(document))),
        address=_address(number),
    )


def _drug_lines(document: Mapping[str, Any]) -> list[str]:
    return [name for name in texts(document, "interventions") if not _NOT_AN_AGENT.match(name)]


def _eligibility(document: Mapping[str, Any]) -> str:
    """Return the lines as one text; exclusions come under a heading of their own."""
    whole = long_text(document, "eligibility_text") or long_text(document, "eligibility")
    if whole:
        return whole
    lines = [str(line) for line in rows(document, "eligibility")]
    kept = [line for line in lines if not line.startswith("Exclude - ")]
    excluded = [line.removeprefix("Exclude - ") for line in lines if line.startswith("Exclude - ")]
    has_heading = any("exclusion" in line.lower() for line in kept)
    heading = ["", "Exclusion Criteria:", ""] if excluded and not has_heading else [""]
    return "\n".join([*kept, *heading, *excluded])
