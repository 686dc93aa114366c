"""Records of the two European registers: CTIS (EU CT numbers) and the EU Clinical Trials Register (EudraCT numbers)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from trials.enums import TrialStatus
from trials.importers.drafts import country_code, phase_of, status_of
from trials.importers.lines import Line, split_criteria
from trials.importers.registers.record import RegisterRecord, Site, with_countries
from trials.importers.registers.values import at, day, long_text, rows, text, texts
from trials.matching.criteria import CriterionKind

# Public status codes of the CTIS portal, the same for a trial and for a member state.
_STATUS_CODES: Final = {
    "2": "Authorised, recruitment pending",
    "3": "Authorised, recruiting",
    "4": "Ongoing, recruiting",
    "5": "Ongoing, recruitment ended",
    "6": "Temporarily halted",
    "7": "Suspended",
    "8": "Ended",
}
_AGE_GROUPS: Final = {"0-17 years": (0, 18), "18-64 years": (18, 65), "65+ years": (65, None)}
_NO_NAME: Final = frozenset({"", "n/a", "none", "not applicable"})
_ETHICS: Final = re.compile(r"\s+-\s+.*\Z")
_EUCTR_AGES: Final = (
    ("f11_trial_has_subjects_under_18", 0, 18),
    ("f12_adults_1864_years", 18, 65),
    ("f13_elderly_65_years", 65, None),
)


def read_ctis(document: Mapping[str, Any]) -> RegisterRecord:
    """Read a trial as the public CTIS portal gives it, in the form of before or after June 2024."""
    application = document.get("authorizedApplication")
    holder = application if isinstance(application, Mapping) else document
    details = at(holder, "authorizedPartI", "trialDetails")
    names, facts = at(details, "clinicalTrialIdentifiers"), at(details, "trialInformation")
    number, words = text(document, "ctNumber"), _ctis_status(document)
    parts = rows(holder, "authorizedPartsII")
    record = RegisterRecord(
        register="CTIS",
        number=number,
        title=text(names, "publicTitle") or text(names, "fullTitle") or text(document, "title"),
        other_numbers=tuple(_ctis_numbers(holder, names)),
        phase=phase_of(text(document, "trialPhase")),
        status=status_of(words),
        status_words=words,
        updated_on=day(document, "lastUpdated"),
        sponsor=_ctis_sponsor(document, holder),
        conditions=tuple(_conditions(facts)),
        interventions=tuple(_substances(holder)),
        sex=_one_sex(text(document, "gender")),
        sites=tuple(site for part in parts for site in _ctis_sites(part)),
        lines=tuple(_ctis_lines(facts)),
        address=f"https://euclinicaltrials.eu/ctis-public/view/{number}" if number else "",
    )
    groups = [group.strip() for group in text(document, "ageGroup").split(",")]
    record = _with_ages(record, [_AGE_GROUPS.get(group, (None, None)) for group in groups if group])
    return with_countries(record, _ctis_countries(document, parts, holder))


def _ctis_status(document: Mapping[str, Any]) -> str:
    """Return the public status in words; the older form names it for each country ("DE:Authorised, not started")."""
    code = text(document, "ctPublicStatusCode")
    if code:
        return _STATUS_CODES.get(code, f"CTIS status code {code}")
    found = {
        name.partition(":")[2].strip() for name in re.split(r",\s*(?=[A-Z]{2}:)", text(document, "trialCountries"))
    }
    return found.pop() if len(found) == 1 else text(document, "ctStatus")


def _ctis_numbers(holder: object, names: object) -> Iterator[str]:
    numbers = at(names, "secondaryIdentifyingNumbers")
    for key in ("nctNumber", "isrctnNumber"):
        if found := text(numbers, key, "number"):
            yield found
    if found := text(holder, "eudraCt", "eudraCtCode"):
        yield found


def _ctis_sponsor(document: object, holder: object) -> str:
    sponsors = rows(holder, "authorizedPartI", "sponsors")
    first = next((row for row in sponsors if at(row, "primary")), sponsors[0] if sponsors else None)
    return text(first, "organisation", "name") or text(document, "primarySponsor", "organisation", "name")


def _conditions(facts: object) -> Iterator[str]:
    for row in rows(facts, "medicalCondition", "partIMedicalConditions"):
        if found := text(row, "medicalCondition"):
            yield found


def _substances(holder: object) -> Iterator[str]:
    found: dict[str, None] = {}
    for row in rows(holder, "authorizedPartI", "products"):
        about = at(row, "productDictionaryInfo")
        name = text(about, "activeSubstanceName") or text(about, "prodName")
        found.setdefault(name.capitalize() if name.isupper() else name)
    yield from (name for name in found if name.lower() not in _NO_NAME)


def _one_sex(words: str) -> str:
    """Return the sex where only one is named."""
    named = [word.strip() for word in words.split(",") if word.strip()]
    return named[0] if len(named) == 1 else ""


def _ctis_sites(part: object) -> Iterator[Site]:
    status = TrialStatus.UNKNOWN
    for row in rows(part, "trialSites"):
        about = at(row, "organisationAddressInfo")
        country = text(about, "address", "countryName") or text(part, "mscInfo", "countryName")
        yield Site(country_code(country), text(about, "organisation", "name"), text(about, "address", "city"), status)


def _ctis_countries(document: object, parts: list[Any], holder: object) -> list[str]:
    names = [text(part, "mscInfo", "countryName") for part in parts]
    names += [name.split(":")[0] for name in texts(document, "trialCountries")]
    names += [text(row, "name") for row in rows(holder, "authorizedPartI", "rowCountriesInfo")]
    return list(dict.fromkeys(name for name in names if name))


def _ctis_lines(facts: object) -> Iterator[Line]:
    """Take the numbered criteria as they are; CTIS numbers them itself."""
    for kind, letter, name in (
        (CriterionKind.INCLUSION, "I", "principalInclusionCriteria"),
        (CriterionKind.EXCLUSION, "E", "principalExclusionCriteria"),
    ):
        found = (long_text(row, name).strip() for row in rows(facts, "eligibilityCriteria", name))
        for number, sentence in enumerate((one for one in found if one), start=1):
            yield Line(f"{letter}-{number:02d}", kind, sentence)


def _with_ages(record: RegisterRecord, groups: list[tuple[int | None, int | None]]) -> RegisterRecord:
    """Return the record with the ages that its groups span; nothing where one group is not known."""
    lows = [low for low, _ in groups]
    if not groups or None in lows:
        return record
    low, highs = min(low for low in lows if low is not None), [high for _, high in groups]
    high = None if None in highs else max(high for high in highs if high is not None)
    return replace(
        record,
        minimum_age=f"{low} Years" if low else "",
        maximum_age=f"{high} Years" if high else "",
        maximum_is_exclusive=True,
    )


def read_euctr(document: Mapping[str, Any]) -> RegisterRecord:
    """Read a protocol of the EU Clinical Trials Register, which is one for each member state."""
    number = text(document, "a2_eudract_number")
    words = text(document, "p_end_of_trial_status") or text(document, "x5_trial_status")
    record = RegisterRecord(
        register="EU Clinical Trials Register",
        number=number,
        title=text(document, "a3_full_title_of_the_trial"),
        other_numbers=(text(document, "a52_us_nct_clinicaltrials_gov_registry_number"),),
        phase=phase_of(*_euctr_phases(document)),
        status=status_of(words),
        status_words=words,
        updated_on=None,
        sponsor=text(next(iter(rows(document, "b1_sponsor")), None), "b11_name_of_sponsor"),
        conditions=texts(document, "e11_medical_conditions_being_investigated"),
        interventions=tuple(dict.fromkeys(_euctr_products(document))),
        sex=_euctr_sex(document),
        lines=tuple(_euctr_lines(document)),
        address=f"https://www.clinicaltrialsregister.eu/ctr-search/search?query={number}" if number else "",
    )
    spans = [(low, high) for key, low, high in _EUCTR_AGES if text(document, key) == "Yes"]
    record = _with_ages(record, list(spans))
    return with_countries(record, [_ETHICS.sub("", text(document, "a1_member_state_concerned"))])


def _euctr_phases(document: Mapping[str, Any]) -> Iterator[str]:
    for key, value in document.items():
        if re.match(r"e7[1-4]_.*_phase_i+v?\Z", str(key)) and value == "Yes":
            yield str(key).rsplit("_", 1)[-1]


def _euctr_products(document: object) -> Iterator[str]:
    for product in rows(document, "dimp"):
        details = rows(product, "d38_imp_identification_details")
        names = [text(row, "d38_inn__proposed_inn") for row in details]
        yield from ([name for name in names if name] or texts(product, "d31_product_name"))


def _euctr_sex(document: object) -> str:
    female, male = text(document, "f21_female"), text(document, "f22_male")
    return {("Yes", "No"): "Female", ("No", "Yes"): "Male"}.get((female, male), "")


def _euctr_lines(document: object) -> Iterator[Line]:
    """Split the two fields apart; a heading in them adds nothing to the kind that the field states."""
    for kind, key in (
        ("Inclusion Criteria", "e3_principal_inclusion_criteria"),
        ("Exclusion Criteria", "e4_principal_exclusion_criteria"),
    ):
        whole = long_text(document, key)
        if whole.strip():
            yield from split_criteria(f"{kind}:\n\n{whole}")
