"""Register records: data become data, text becomes numbered lines, and nothing is guessed."""

import json
from contextlib import suppress
from copy import deepcopy
from datetime import date
from random import Random

import pytest

from tests.trials.importers.ctml import spoil
from trials.enums import TrialStatus
from trials.importers.drafts import country_code, identifiers_of, phase_of, status_of
from trials.importers.registers import UnknownFormat, read_files, read_record, to_draft
from trials.matching.criteria import CriterionKind, leaves, parse

TODAY = date(2026, 11, 22)
TEXT = "Inclusion Criteria:\n\n* Relapse\n\nExclusion Criteria:\n\n* Pregnancy"


def v2(**eligibility):
    return {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A trial"},
            "statusModule": {"overallStatus": "ACTIVE_NOT_RECRUITING", "lastUpdateSubmitDate": "2026-01-02"},
            "designModule": {"phases": ["PHASE1", "PHASE2"]},
            "armsInterventionsModule": {
                "interventions": [{"type": "DRUG", "name": "revumenib"}, {"type": "PROCEDURE", "name": "biopsy"}]
            },
            "eligibilityModule": {"eligibilityCriteria": TEXT, **eligibility},
            "contactsLocationsModule": {"locations": [{"country": "Germany", "city": "Bonn", "status": "RECRUITING"}]},
        }
    }


def ctis(**more):
    criteria = {
        "principalInclusionCriteria": [{"number": 1, "principalInclusionCriteria": "Relapse"}],
        "principalExclusionCriteria": [{"number": 1, "principalExclusionCriteria": "Pregnancy"}],
    }
    names = {"publicTitle": "A trial", "secondaryIdentifyingNumbers": {"nctNumber": {"number": "NCT00000001"}}}
    details = {"trialInformation": {"eligibilityCriteria": criteria}, "clinicalTrialIdentifiers": names}
    application = {
        "authorizedPartI": {"trialDetails": details},
        "authorizedPartsII": [{"mscInfo": {"countryName": "Spain"}}],
    }
    return {"ctNumber": "2023-505613-24-00", "authorizedApplication": application, **more}


def ages(record):
    found = leaves(parse(to_draft(record).document["arms"][0]["criteria"]))
    return [
        {name: leaf.document[name] for name in ("op", "value", "unit", "wording") if name in leaf.document}
        for leaf in found
        if leaf.fact == "age_at_submission"
    ]


def test_data_of_api_v2_are_read():
    record = read_record(v2(sex="FEMALE", minimumAge="6 Months"))

    assert (record.number, record.phase, record.status) == ("NCT00000001", "1/2", TrialStatus.ACTIVE_NOT_RECRUITING)
    assert (record.sex, record.minimum_age, record.countries) == ("Female", "6 Months", ("DE",))
    assert (record.interventions, record.updated_on) == (("revumenib",), date(2026, 1, 2))
    assert [(site.city, site.status) for site in record.sites] == [("Bonn", TrialStatus.RECRUITING)]


def test_eligibility_becomes_open_criteria_with_their_sentences():
    found = list(leaves(parse(to_draft(read_record(v2())).document["arms"][0]["criteria"])))

    assert [(leaf.id, leaf.fact, leaf.text, leaf.kind) for leaf in found] == [
        ("I-01", "unread_criteria", "Relapse", CriterionKind.INCLUSION),
        ("E-01", "unread_criteria", "Pregnancy", CriterionKind.EXCLUSION),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"minimumAge": "6 Months"}, [{"op": ">=", "value": 6, "unit": "months"}]),
        ({"minimumAge": "1 Day"}, [{"op": ">=", "value": 1, "unit": "days"}]),
        ({"maximumAge": "18 Years"}, [{"op": "<=", "value": 18, "unit": "years", "wording": "unclear"}]),
        ({"maximumAge": "30 Days"}, [{"op": "<=", "value": 30, "unit": "days"}]),
        ({"minimumAge": "N/A"}, []),
        ({"minimumAge": "12 Hours"}, []),
    ],
)
def test_ages_of_the_register_become_criteria(words, expected):
    assert ages(read_record(v2(**words))) == expected


def test_an_age_in_another_unit_stays_open_and_is_told():
    draft = to_draft(read_record(v2(minimumAge="12 Hours")))

    assert draft.notices == (("$.eligibility", "the minimum age '12 Hours' is no age in years, months, weeks or days"),)


@pytest.mark.parametrize(("sex", "expected"), [("ALL", []), ("", []), ("FEMALE", [["female"]]), ("MALE", [["male"]])])
def test_a_single_sex_becomes_a_criterion(sex, expected):
    found = leaves(parse(to_draft(read_record(v2(sex=sex))).document["arms"][0]["criteria"]))

    assert [leaf.document["value"] for leaf in found if leaf.fact == "sex"] == expected


def test_the_older_format_of_clinicaltrials_gov_is_read():
    record = read_record(
        {
            "id_info": {"nct_id": "NCT00000001", "secondary_id": "2017-001365-24"},
            "overall_status": "Recruiting",
            "phase": "Phase 1/Phase 2",
            "last_update_submitted": "May 27, 2021",
            "eligibility": {"criteria": {"textblock": TEXT}, "gender": "All", "maximum_age": "21 Years"},
            "location_countries": {"country": ["Czechia", "Atlantis"]},
            "location": {"facility": {"name": "Clinic", "address": {"city": "Brno", "country": "Czechia"}}},
        }
    )

    assert (record.phase, record.updated_on, record.other_numbers) == ("1/2", date(2021, 5, 27), ("2017-001365-24",))
    assert (record.countries, record.unknown_countries) == (("CZ",), ("Atlantis",))
    assert [site.name for site in record.sites] == ["Clinic"]


def test_an_extract_marks_its_exclusions():
    lines = ["Inclusion Criteria:", "* Relapse", "Exclude - * Pregnancy"]
    record = read_record({"nct_id": "NCT00000001", "brief_title": "A trial", "eligibility": lines, "phase": "PHASE1"})

    assert [(line.label, line.text) for line in record.lines] == [("I-01", "Relapse"), ("E-01", "Pregnancy")]


def test_interventions_of_an_extract_lose_their_type():
    row = {"nct_id": "NCT00000001", "brief_title": "T", "interventions": ["Drug: Venetoclax", "Procedure: biopsy"]}

    assert read_record(row).interventions == ("Venetoclax",)


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"ctPublicStatusCode": 4}, TrialStatus.RECRUITING, "Ongoing, recruiting"),
        ({"ctPublicStatusCode": 8}, TrialStatus.COMPLETED, "Ended"),
        ({"ctPublicStatusCode": 99}, TrialStatus.UNKNOWN, "CTIS status code 99"),
        (
            {"trialCountries": "DE:Authorised, not started"},
            TrialStatus.NOT_YET_RECRUITING,
            "Authorised, not started",
        ),
        (
            {"trialCountries": "DE:Authorised, not started, FR:Ended", "ctStatus": "Authorised"},
            TrialStatus.UNKNOWN,
            "Authorised",
        ),
    ],
)
def test_recruitment_in_ctis_is_a_code_or_a_word_for_each_country(more, status, words):
    record = read_record(ctis(**more))

    assert (record.status, record.status_words) == (status, words)


def test_criteria_of_ctis_keep_their_order_and_kind():
    record = read_record(ctis())

    assert [(line.label, line.text) for line in record.lines] == [("I-01", "Relapse"), ("E-01", "Pregnancy")]
    assert (record.countries, record.other_numbers) == (("ES",), ("NCT00000001",))


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("0-17 years", [{"op": "<", "value": 18, "unit": "years"}]),
        ("65+ years, 18-64 years", [{"op": ">=", "value": 18, "unit": "years"}]),
        ("0-17 years, 18-64 years", [{"op": "<", "value": 65, "unit": "years"}]),
        ("In utero, 0-17 years", []),
    ],
)
def test_age_groups_span_ages_unless_one_is_not_known(groups, expected):
    assert ages(read_record(ctis(ageGroup=groups))) == expected


def test_a_protocol_of_the_eu_register_is_read():
    record = read_record(
        {
            "a2_eudract_number": "2013-000615-24",
            "a3_full_title_of_the_trial": "A trial",
            "a1_member_state_concerned": "Belgium - FPS Health-DGM",
            "e3_principal_inclusion_criteria": "1. Relapse",
            "e4_principal_exclusion_criteria": "1. Pregnancy",
            "e72_therapeutic_exploratory_phase_ii": "Yes",
            "f11_trial_has_subjects_under_18": "Yes",
            "f21_female": "Yes",
            "f22_male": "No",
            "p_end_of_trial_status": "Prematurely Ended",
        }
    )

    assert (record.phase, record.sex, record.countries) == ("2", "Female", ("BE",))
    assert (record.status, record.maximum_age) == (TrialStatus.TERMINATED, "18 Years")
    assert [line.label for line in record.lines] == ["I-01", "E-01"]


def test_a_study_of_isrctn_is_read_without_guessing_its_recruitment():
    people = {
        "inclusion": "1. Relapse",
        "recruitmentStart": "2020-01-01",
        "recruitmentCountries": {"country": "England"},
    }
    record = read_record(
        {
            "isrctn": "13281214",
            "participants": people,
            "externalRefs": {"eudraCTNumber": "Nil known"},
            "interventions": {"intervention": {"phase": "Phase III", "drugNames": "Ibuprofen, placebo"}},
        }
    )

    assert (record.number, record.status, record.phase) == ("ISRCTN13281214", TrialStatus.UNKNOWN, "3")
    assert (record.countries, record.other_numbers, record.interventions) == (("GB",), (), ("Ibuprofen", "placebo"))


@pytest.mark.parametrize("document", [[], {}, {"title": "x"}, {"protocolSection": {}}, {"isrctn": ""}, 7])
def test_what_no_register_wrote_is_refused(document):
    with pytest.raises(UnknownFormat):
        read_record(document)


@pytest.mark.parametrize("value", [None, 7, [], "x", {}, [[]], {"a": 1}])
def test_values_of_another_shape_read_as_nothing(value):
    section = {"identificationModule": {"nctId": "NCT00000001"}}
    names = ("statusModule", "designModule", "eligibilityModule", "contactsLocationsModule", "armsInterventionsModule")

    record = read_record({"protocolSection": {**section, **dict.fromkeys(names, value)}})

    to_draft(record).record(today=TODAY)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("written", [v2, ctis])
def test_spoilt_records_are_read_or_refused_but_never_fail(seed, written):
    random = Random(seed)
    for _ in range(50):
        with suppress(UnknownFormat):
            to_draft(read_record(spoil(random, deepcopy(written()))))


def test_a_very_long_sentence_takes_several_criteria():
    draft = to_draft(read_record(v2(eligibilityCriteria="Inclusion Criteria:\n* " + "word " * 1000)))
    found = list(leaves(parse(draft.document["arms"][0]["criteria"])))

    assert [leaf.id for leaf in found] == ["I-01", "I-01.2", "I-01.3"]
    assert sum(leaf.text.count("word") for leaf in found) == 1000


def test_a_number_that_came_before_is_refused(tmp_path):
    (tmp_path / "rows.jsonl").write_text(f"{json.dumps(v2())}\n{json.dumps(v2())}\n[3]")

    report = read_files([tmp_path / "rows.jsonl", tmp_path / "absent.json"])

    assert [row.source for row in report.refused] == ["rows.jsonl, record 2", "rows.jsonl, record 3", "absent.json"]


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("PHASE3", "3"),
        ("EARLY_PHASE1", "1"),
        ("Phase I/II", "1/2"),
        ("Phase 1b/2a", "1/2"),
        ("Therapeutic exploratory (Phase II)", "2"),
        ("N/A", ""),
        ("", ""),
        ("Phase 1, 2 and 3", ""),
    ],
)
def test_phases_are_read_from_words(text, phase):
    assert phase_of(text) == phase


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("RECRUITING", TrialStatus.RECRUITING),
        ("Active, not recruiting", TrialStatus.ACTIVE_NOT_RECRUITING),
        ("open to accrual", TrialStatus.RECRUITING),
        ("something else", TrialStatus.UNKNOWN),
        ("", TrialStatus.UNKNOWN),
    ],
)
def test_recruitment_is_read_from_words(words, status):
    assert status_of(words) is status


def test_everyday_names_of_countries_are_known():
    assert [country_code(name) for name in ("Czech Republic", "germany", "USA", "Korea, Republic of", "Mars")] == [
        "CZ",
        "DE",
        "US",
        "KR",
        "",
    ]


def test_register_numbers_are_told_apart_and_others_kept_only_without_one():
    rows = identifiers_of(["NCT00000001", "2017-001365-24", "2023-505613-24-00", "ISRCTN13281214", "ABC-1"])

    assert [row["system"] for row in rows] == ["nct", "eudract", "eu_ct", "isrctn"]
    assert [row["system"] for row in identifiers_of(["ABC-1"])] == ["other"]
