"""Relapse, refractoriness, lines and the other plain facts."""

import pytest

from tests.trials.documents import answer, facts, leaf, verdict
from trials.matching.answers import FactState, Reason

RELAPSE, REFRACTORY = leaf("in_relapse", "is", value=True), leaf("refractory", "is", value=True)


def with_status(now: str, number: int = 1, **more: object):
    return facts(status={"status_now": now, "relapse_number": number, **more})


@pytest.mark.parametrize(
    ("now", "number", "relapse", "refractory"),
    [
        ("primary_refractory", 0, "not_met", "met"),
        ("relapse_untreated", 1, "met", "not_met"),
        ("relapse_on_treatment", 1, "met", "unknown"),
        ("refractory_relapse", 1, "met", "met"),
        ("MRD_persistent", 0, "not_met", "unknown"),
        ("MRD_persistent", 1, "unknown", "unknown"),
        ("remission_high_risk", 0, "not_met", "unknown"),
        ("remission_high_risk", 1, "unknown", "unknown"),
        ("MRD_persistent", None, "unknown", "unknown"),
        ("remission_high_risk", None, "unknown", "unknown"),
        ("primary_refractory", None, "not_met", "met"),
        ("primary_refractory", 1, "unknown", "met"),
        ("transformation", 0, "unknown", "unknown"),
        ("lineage_switch", 1, "unknown", "unknown"),
        ("", 1, "unknown", "unknown"),
    ],
)
def test_each_status_says_only_what_it_says(now, number, relapse, refractory):
    case = with_status(now, number)

    assert (verdict(RELAPSE, case), verdict(REFRACTORY, case)) == (relapse, refractory)


@pytest.mark.parametrize("now", ["remission_high_risk", "MRD_persistent"])
def test_whether_a_remission_after_a_relapse_counts_as_relapsed_is_for_the_trial_team(now):
    assert answer(RELAPSE, with_status(now, 2)).reason is Reason.DEFINITION


def test_a_relapse_in_disease_that_was_never_in_remission_is_a_contradiction():
    assert answer(RELAPSE, with_status("primary_refractory", 1)).reason is Reason.CONTRADICTORY


def test_a_molecular_relapse_is_unknown_as_a_relapse():
    found = answer(RELAPSE, with_status("MRD_relapse", bm_blasts_flow_pct_of_cells="1.1"))

    assert (found.verdict.name, found.reason) == ("UNKNOWN", Reason.MRD_RELAPSE)


def test_a_molecular_relapse_with_overt_blasts_is_a_relapse():
    assert verdict(RELAPSE, with_status("MRD_relapse", bm_blasts_flow_pct_of_cells="5")) == "met"


@pytest.mark.parametrize(("op", "value", "expected"), [(">=", 1, "met"), (">=", 2, "unknown"), (">=", 3, "not_met")])
def test_a_molecular_relapse_may_or_may_not_be_counted(op, value, expected):
    assert verdict(leaf("relapse_number", op, value, unit="count"), with_status("MRD_relapse", 2)) == expected


def test_the_number_of_relapses_is_compared():
    second = leaf("relapse_number", "==", 2, unit="count")

    assert [verdict(second, with_status("relapse_untreated", number)) for number in (1, 2, 3)] == [
        "not_met", "met", "not_met",
    ]  # fmt: skip


def test_bridging_and_maintenance_are_no_lines():
    lines = [{"setting": name} for name in ("frontline", "maintenance", "salvage_1", "bridging")]

    assert verdict(leaf("lines", "==", 2, unit="count"), facts(therapy_lines=lines)) == "met"


@pytest.mark.parametrize(("none_given", "expected"), [(True, "met"), (False, "unknown")])
def test_no_lines_are_zero_only_when_the_physician_says_so(none_given, expected):
    assert verdict(leaf("lines", "==", 0, unit="count"), facts(no_therapy_yet=none_given)) == expected


def test_treated_disease_is_not_newly_diagnosed():
    case = facts(therapy_lines=[{"setting": "frontline"}])

    assert verdict(leaf("newly_diagnosed", "is", value=True), case) == "not_met"


@pytest.mark.parametrize(("stated", "expected"), [("yes", "met"), ("no", "not_met"), ("unknown", "unknown")])
def test_yes_no_and_unknown_are_three_answers(stated, expected):
    assert verdict(leaf("down_syndrome", "is", value=True), facts(patient={"down_syndrome": stated})) == expected


@pytest.mark.parametrize(
    ("morphology", "flow", "expected"),
    [("2", "9", "unknown"), ("9", "2", "unknown"), ("2", "3", "not_met"), ("7", "9", "met"), (None, "9", "met")],
)
def test_a_limit_between_morphology_and_flow_stays_open(morphology, flow, expected):
    status = {"bm_blasts_morphology_pct_of_cells": morphology, "bm_blasts_flow_pct_of_cells": flow}

    assert verdict(leaf("bm_blasts", ">=", 5, unit="percent"), facts(status=status)) == expected


@pytest.mark.parametrize(("sites", "expected"), [(["CNS", "skin"], "met"), (["skin"], "not_met"), ([], "unknown")])
def test_sites_are_compared_as_a_list(sites, expected):
    assert verdict(leaf("sites", "any_of", ["CNS", "testis"]), facts(status={"sites": sites})) == expected


@pytest.mark.parametrize("empty", ["unknown", "not_examined", "pending", "", None])
def test_codes_that_say_nothing_are_unknown(empty):
    assert verdict(leaf("cns_status", "in", ["CNS1"]), facts(status={"cns_status": empty})) == "unknown"


def test_a_country_is_read_from_its_code():
    assert (
        verdict(leaf("country", "in", ["NL"]), facts(patient={"country": {"code": "NL", "display": "Netherlands"}}))
        == "met"
    )


def test_weights_are_compared_in_the_unit_of_the_criterion():
    case = facts(patient={"weight_kg": "6.9"})

    assert [verdict(leaf("weight", ">=", 7, unit="kg"), case), verdict(leaf("weight", "<", 7000, unit="g"), case)] == [
        "not_met",
        "met",
    ]


def test_what_the_dossier_has_no_place_for_is_unknown_for_that_reason():
    found = answer(leaf("dlco", ">=", 50, unit="percent"), facts())

    assert (found.verdict.name, found.state, found.reason) == ("UNKNOWN", FactState.UNKNOWN, Reason.NOT_IN_DOSSIER)


def test_criteria_that_nobody_read_stay_open():
    assert answer(leaf("unread_criteria", "unread"), facts()).reason is Reason.UNREAD


def test_a_value_that_cannot_be_read_is_unknown():
    assert verdict(leaf("weight", ">=", 7, unit="kg"), facts(patient={"weight_kg": "heavy"})) == "unknown"


def test_blocks_of_the_wrong_kind_leave_everything_unknown():
    assert verdict(RELAPSE, facts(status=[], patient=None)) == "unknown"
