"""Patient, disease, status and burden: each fact with its words, or the reason why there is none."""

import math

import pytest

from tests.trials.matching.facts.shown import NO, NO_TEST, YES, at_least, because, between, exactly, fact, no, yes
from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.intervals import Interval


@pytest.mark.parametrize(
    ("name", "patient", "expected"),
    [
        ("sex", {"sex": "female"}, Fact("female", "female")),
        ("country", {"country": {"code": "NL", "display": "Netherlands"}}, Fact("NL", "Netherlands")),
        ("weight", {"weight_kg": "27.4"}, exactly(27.4, "27.4 kg")),
        ("height", {"height_cm": "130"}, exactly(130, "130 cm")),
        ("body_surface", {"bsa_m2": "0.99"}, exactly(0.99, "0.99 m²")),
        ("down_syndrome", {"down_syndrome": "no"}, NO),
        ("syndromes", {"other_syndromes": ["noonan", "NF1"]}, Fact(frozenset({"NF1", "noonan"}), "NF1, noonan")),
        ("age_at_diagnosis", {"age_months_at_diagnosis": 18}, Fact(Interval(18, 19, high_open=True), "18 months")),
        ("age_at_submission", {"age_months_at_submission": 30}, Fact(Interval(30, 31, high_open=True), "2 years")),
        ("pregnancy", {"fertility_or_pregnancy": "pregnant", "sex": "female"}, YES),
        ("pregnancy", {"fertility_or_pregnancy": "pregnancy_excluded", "sex": "female"}, NO_TEST),
        ("pregnancy", {"fertility_or_pregnancy": "not_applicable", "sex": "female"}, NO),
        ("pregnancy", {"fertility_or_pregnancy": "not_tested", "sex": "male"}, because(Reason.NOT_TESTED)),
        ("pregnancy", {"fertility_or_pregnancy": "", "sex": "male"}, NO),
        ("pregnancy", {"fertility_or_pregnancy": "", "sex": "female"}, NOT_GIVEN),
    ],
)
def test_the_patient(name, patient, expected):
    assert fact(name, patient=patient) == expected


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("relapse_number", {"status_now": "relapse_untreated", "relapse_number": 2}, exactly(2, "2")),
        (
            "relapse_number",
            {"status_now": "MRD_relapse", "relapse_number": 2},
            between(1, 2, "2 (molecular relapse)", Reason.MRD_RELAPSE),
        ),
        (
            "relapse_number",
            {"status_now": "MRD_relapse", "relapse_number": 1},
            between(0, 1, "1 (molecular relapse)", Reason.MRD_RELAPSE),
        ),
        ("relapse_number", {"status_now": "MRD_relapse", "relapse_number": 0}, exactly(0, "0")),
        ("relapse_high_risk", {"relapse_number": 0}, no("no relapse")),
        ("relapse_high_risk", {"relapse_number": 1}, because(Reason.DEFINITION)),
        ("relapse_high_risk", {}, NOT_GIVEN),
        ("in_relapse", {"status_now": "relapse_on_treatment"}, yes("relapse_on_treatment")),
        ("in_relapse", {"status_now": "refractory_relapse"}, yes("refractory_relapse")),
        ("in_relapse", {"status_now": "MRD_relapse"}, because(Reason.MRD_RELAPSE, "MRD_relapse")),
        (
            "in_relapse",
            {"status_now": "MRD_relapse", "bm_blasts_flow_pct_of_cells": "5"},
            yes("MRD_relapse"),
        ),
        (
            "in_relapse",
            {"status_now": "MRD_relapse", "bm_blasts_morphology_pct_of_cells": "4.9"},
            because(Reason.MRD_RELAPSE, "MRD_relapse"),
        ),
        ("in_relapse", {"status_now": "primary_refractory"}, no("primary_refractory")),
        (
            "in_relapse",
            {"status_now": "primary_refractory", "relapse_number": 1},
            because(Reason.CONTRADICTORY, "primary_refractory"),
        ),
        ("in_relapse", {"status_now": "MRD_persistent", "relapse_number": 0}, no("MRD_persistent")),
        (
            "in_relapse",
            {"status_now": "remission_high_risk", "relapse_number": 1},
            because(Reason.DEFINITION, "remission_high_risk"),
        ),
        ("in_relapse", {"status_now": "MRD_persistent"}, because(Reason.NOT_GIVEN, "MRD_persistent")),
        ("in_relapse", {"status_now": "transformation"}, because(Reason.NOT_GIVEN, "transformation")),
        ("refractory", {"status_now": "refractory_relapse"}, yes("refractory_relapse")),
        ("refractory", {"status_now": "primary_refractory"}, yes("primary_refractory")),
        ("refractory", {"status_now": "relapse_untreated"}, no("relapse_untreated")),
        ("refractory", {"status_now": "MRD_persistent"}, because(Reason.DEFINITION, "MRD_persistent")),
        ("refractory", {"status_now": "MRD_relapse"}, because(Reason.NOT_GIVEN, "MRD_relapse")),
        ("newly_diagnosed", {"relapse_number": 1}, NO),
        ("newly_diagnosed", {"relapse_number": 0}, NOT_GIVEN),
        ("sites", {"sites": ["testis", "CNS"]}, Fact(frozenset({"CNS", "testis"}), "CNS, testis")),
        ("sites", {"sites": []}, NOT_GIVEN),
        (
            "sites",
            {"sites": ["bone_marrow"], "testicular": "bilateral"},
            Fact(frozenset({"bone_marrow", "testis"}), "bone_marrow, testis"),
        ),
        ("extramedullary_disease", {"sites": ["bone_marrow", "blood"]}, no("blood, bone_marrow")),
        ("extramedullary_disease", {"sites": ["bone_marrow", "skin"]}, yes("bone_marrow, skin")),
        ("extramedullary_disease", {"sites": ["liver", "spleen"]}, because(Reason.DEFINITION, "liver, spleen")),
        (
            "extramedullary_disease",
            {"sites": ["bone_marrow"], "cns_status": "CNS2a"},
            because(Reason.DEFINITION, "CNS2a"),
        ),
        ("extramedullary_disease", {"sites": ["bone_marrow"], "cns_status": "CNS1"}, no("bone_marrow")),
        ("isolated_extramedullary", {"sites": ["bone_marrow", "skin"]}, no("bone_marrow, skin")),
        ("isolated_extramedullary", {"sites": ["skin"]}, yes("skin")),
        ("isolated_extramedullary", {"sites": [], "testicular": "unilateral"}, NOT_GIVEN),
        ("cns_disease", {"cns_status": "CNS3a"}, yes("CNS3a")),
        ("cns_disease", {"cns_status": "positive"}, yes("positive")),
        ("cns_disease", {"cns_status": "CNS1"}, no("CNS1")),
        ("cns_disease", {"cns_status": "negative"}, no("negative")),
        ("cns_disease", {"cns_status": "CNS2b"}, because(Reason.DEFINITION, "CNS2b")),
        ("cns_disease", {"cns_status": "unknown"}, NOT_GIVEN),
        ("cns_disease", {"cns_status": "CNS1", "sites": ["CNS"]}, yes("CNS1")),
        ("testicular", {"testicular": "not_examined"}, NOT_GIVEN),
    ],
)
def test_the_status(name, status, expected):
    assert fact(name, status=status) == expected


@pytest.mark.parametrize(
    ("diagnosis", "expected"),
    [
        ({"disease_group": "AML", "entity": {"code": "APL", "display": "APL"}}, Fact(("APL", "APL"), "APL")),
        ({"disease_group": "T_ALL", "entity": {"code": ""}}, Fact(("", "T_ALL"), "T_ALL")),
        (
            {"entity": {"code": "BALL_PH_LIKE", "display": "Ph-like"}},
            Fact(("BALL_PH_LIKE", "BCP_ALL"), "Ph-like"),
        ),
        ({}, NOT_GIVEN),
    ],
)
def test_the_disease_is_an_entity_and_its_group(diagnosis, expected):
    assert fact("disease", diagnosis=diagnosis) == expected


@pytest.mark.parametrize("name", ["initial_cns_status", "initial_risk_group", "initial_stage", "secondary_disease"])
def test_what_was_known_at_diagnosis(name):
    column = "lymphoma_stage_initial" if name == "initial_stage" else name

    assert fact(name, diagnosis={column: "a code"}) == Fact("a code", "a code")


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("bm_blasts", {"bm_blasts_morphology_pct_of_cells": "40"}, exactly(40, "40 % of cells")),
        ("bm_blasts", {"bm_blasts_flow_pct_of_cells": "30"}, exactly(30, "30 % of cells")),
        (
            "bm_blasts",
            {"bm_blasts_morphology_pct_of_cells": "40", "bm_blasts_flow_pct_of_cells": "30"},
            between(30, 40, "40 % of cells, by flow 30 % of cells"),
        ),
        (
            "bm_blasts_flow",
            {"bm_blasts_flow_pct_of_cells": "90", "bm_blasts_flow_comparator": ">"},
            between(90, 100, "> 90 % of cells", Reason.DETAIL),
        ),
        ("bm_blasts_morphology", {"bm_blasts_status": "pending"}, because(Reason.PENDING)),
        ("pb_blasts", {"pb_blasts_pct_of_cells": "3"}, exactly(3, "3 % of cells")),
        ("wbc", {"wbc": "3"}, exactly(3, "3 x 10^9/L")),
        ("neutrophils", {"anc": "0.5", "anc_comparator": ">="}, at_least(0.5, "≥ 0.5 x 10^9/L", Reason.DETAIL)),
        ("platelets", {"platelets": "30"}, exactly(30, "30 x 10^9/L")),
        ("haemoglobin", {"hb_g_dl": "8.1"}, exactly(8.1, "8.1 g/dL")),
        ("largest_mass", {"masses": [{"size_cm": "2"}, {"size_cm": "3.5"}]}, exactly(3.5, "3.5 cm")),
        ("largest_mass", {"masses": [{"size_cm": "2"}, {}]}, at_least(2, "at least 2 cm")),
        ("largest_mass", {"masses": [{}]}, NOT_GIVEN),
        ("largest_mass", {"masses": []}, because(Reason.NONE_LISTED)),
        ("measurable_disease", {"masses": [{"size_cm": "1.6"}]}, yes("1.6 cm")),
        ("measurable_disease", {"masses": [{"size_cm": "1.5"}]}, because(Reason.DEFINITION, "1.5 cm")),
        ("measurable_disease", {"masses": []}, because(Reason.NONE_LISTED)),
    ],
)
def test_the_burden_of_disease(name, status, expected):
    assert fact(name, status=status) == expected


@pytest.mark.parametrize(
    ("name", "column", "unit", "most"),
    [
        ("bm_blasts_morphology", "bm_blasts_morphology_pct_of_cells", "% of cells", 100),
        ("bm_blasts_flow", "bm_blasts_flow_pct_of_cells", "% of cells", 100),
        ("pb_blasts", "pb_blasts_pct_of_cells", "% of cells", 100),
        ("wbc", "wbc", "x 10^9/L", math.inf),
        ("neutrophils", "anc", "x 10^9/L", math.inf),
        ("platelets", "platelets", "x 10^9/L", math.inf),
        ("haemoglobin", "hb_g_dl", "g/dL", math.inf),
    ],
)
def test_every_count_honours_its_sign_and_the_largest_possible_number(name, column, unit, most):
    sign = f"{column.removesuffix('_pct_of_cells')}_comparator"

    assert fact(name, status={column: "7", sign: ">"}) == between(7, most, f"> 7 {unit}", Reason.DETAIL)


def mrd(fraction, method="flow", **more):
    return {"is_current": True, "status": "done", "tissue": "BM", "method": method, "mrd_fraction": fraction, **more}


@pytest.mark.parametrize(
    ("rows", "expected", "methods"),
    [
        ([mrd("0.001")], between(0.001, 0.001, "0.1 % (flow)", Reason.DETAIL), {"flow"}),
        (
            [mrd("0.001"), mrd("0.02", "IG_TR_qPCR")],
            between(0.001, 0.02, "0.1 % (flow); 2 % (IG_TR_qPCR)", Reason.DETAIL),
            {"flow", "IG_TR_qPCR"},
        ),
        (
            [mrd("0.0001", comparator="<")],
            Fact(Interval(0, 0.0001, high_open=True), "< 0.01 % (flow)", Reason.DETAIL),
            {"flow"},
        ),
        ([mrd("0.02"), mrd(None, quantifiable="no")], because(Reason.NOT_QUANTIFIABLE), {"flow"}),
        ([mrd("0.02", tissue="PB")], NOT_GIVEN, None),
        ([mrd("0.02", is_current=False)], NOT_GIVEN, None),
        ([mrd(None, status="pending")], because(Reason.PENDING), None),
        ([], NOT_GIVEN, None),
    ],
)
def test_residual_disease(rows, expected, methods):
    names = ", ".join(sorted(methods or ()))

    assert fact("mrd", mrd=rows) == expected
    assert fact("mrd_method", mrd=rows) == (Fact(frozenset(methods), names) if methods else NOT_GIVEN)
