"""A revision that was frozen before a block existed still reads."""

import pytest
from django.template.loader import render_to_string

from cases.queries import dossier_from
from cases.queries.changes import changes_between
from cases.queries.germline import READ, WITHHELD
from cases.queries.shape import whole
from cases.services.contents import content_of
from tests.factories.cases import draft
from tests.factories.dossier import full_case
from trials.matching.facts import facts_of

pytestmark = pytest.mark.django_db

OLD = {
    "schema": 1,
    "case": {
        "code": "ILTB-7K3Q-M2P",
        "submission_type": "first",
        "urgency": "routine",
        "urgency_reasons": [],
        "treatment_intent": "disease_control",
        "question_types": ["trial_options"],
        "question_text": "Which trial is open for this child?",
        "next_decision_day": None,
        "no_standard_of_care": True,
        "no_standard_of_care_reason": "Two lines failed.",
    },
    "patient": {
        "age_months_at_submission": 100,
        "age_months_at_diagnosis": 80,
        "sex": "female",
        "country": {"code": "NL", "display": "Netherlands"},
        "weight_kg": "27.4",
        "height_cm": None,
        "down_syndrome": "no",
    },
    "diagnosis": {
        "disease_group": "T_ALL",
        "entity": {"code": "TALL_NOS", "display": "T-ALL"},
        "classification_used": "ICC_2022",
        "initial_wbc": None,
        "initial_cns_status": "CNS1",
        "frontline_protocol": "",
    },
    "status": {
        "status_now": "relapse",
        "relapse_number": 1,
        "time_to_first_relapse_months": 20,
        "sites": ["bone_marrow"],
        "bm_blasts_morphology_pct_of_cells": "62",
        "bm_blasts_flow_pct_of_cells": None,
        "cns_status": "CNS1",
    },
    "specimens": [
        {
            "label": "S2",
            "tissue": "BM",
            "time_point": "current_relapse",
            "taken_on_day": 600,
            "blasts_pct_of_cells": "66",
            "is_current_disease": True,
            "assays": [{"assay_type": "RNAseq_WTS", "status": "done"}],
            "variants": [{"gene": "IL7R", "hgvs_p": "p.(Thr244Ile)", "vaf": "0.39", "origin": "somatic"}],
            "fusions": [{"five_prime_gene": "STIL", "three_prime_gene": "TAL1"}],
            "antigens": [{"antigen": "CD7", "percent_positive": "99", "intensity": "bright"}],
            "tested_absent": ["KMT2A-r"],
        },
    ],
    "therapy_lines": [
        {
            "line_number": 1,
            "setting": "frontline",
            "regimen_name": "ALLTogether1",
            "drugs": [{"code": None, "display": "Wonderdrug", "classes": []}],
            "start_on_day": 0,
            "stop_on_day": None,
            "stop_reason": "progression",
            "best_response": "CR",
        },
    ],
    "no_therapy_yet": False,
    "consent": {"board_discussion": True, "registry_follow_up": True, "given_by": ["patient"]},
}


def keys(value):
    """Every way that leads to a key, rows of a list alike."""
    if isinstance(value, list):
        return {way for row in value for way in keys(row)}
    if not isinstance(value, dict):
        return set()
    return set(value) | {f"{key}.{way}" for key, inner in value.items() for way in keys(inner)}


def test_what_is_whole_stays_as_it_is():
    content = content_of(full_case())

    assert whole(content) == content


def test_every_key_of_today_is_there_after_reading_nothing():
    assert keys(content_of(draft())) <= keys(whole({})) | {"schema"}


def test_every_key_of_a_row_is_there_after_reading_its_name():
    full = content_of(full_case())
    specimen = {kind: [{}] for kind, rows in full["specimens"][1].items() if isinstance(rows, list) and rows}
    specimen |= {"karyotype": {}, "signature": {}, "tested_absent": []}

    filled = whole({"specimens": [specimen]})["specimens"]

    assert keys(full["specimens"]) == keys(filled)


def test_what_was_not_asked_is_neither_no_nor_not_done():
    read = whole(OLD)

    assert (read["germline"]["status"], read["exposure"]["asparaginase_allergy"]) == ("", "")
    assert (read["condition"]["lvef_pct"], read["case"]["submitter_role"]) == (None, "")
    assert [read["mrd"], read["transplants"], read["exposure"]["no_transplant"]] == [[], [], False]


def test_the_profile_of_an_old_revision_opens():
    page = render_to_string("cases/_dossier.html", {"dossier": dossier_from(OLD)})

    assert "ALLTogether1" in page
    assert "No transplant so far" not in page


def told(before, after, right=WITHHELD):
    blocks = changes_between(before, after, right)
    return [(change.before, change.after) for block in blocks for change in block.changes]


def test_an_old_revision_is_compared_with_a_new_one():
    rows = told(OLD, content_of(full_case()), READ)

    assert ("not stated", "yes") in rows


def test_two_old_revisions_differ_in_what_they_say_alone():
    changed = {**OLD, "patient": {**OLD["patient"], "weight_kg": "28"}}

    assert told(OLD, changed) == [("27.4", "28")]


def test_matching_reads_an_old_revision_as_it_reads_the_whole_of_it():
    assert facts_of(OLD, elapsed_days=0).flat == facts_of(whole(OLD), elapsed_days=0).flat
