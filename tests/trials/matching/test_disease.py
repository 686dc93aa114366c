"""Diagnoses: finer satisfies coarser, coarser decides nothing, others fail."""

import pytest

from tests.trials.documents import answer, facts, leaf, verdict
from trials.matching.answers import Reason
from trials.matching.vocabulary import diseases


def diagnosed(group: str, entity: str = ""):
    return facts(diagnosis={"disease_group": group, "entity": {"code": entity, "display": entity} if entity else None})


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("ETP_ALL", "met"),
        ("T_ALL", "met"),
        ("ALL_LBL", "met"),
        ("ACUTE_LEUKAEMIA", "met"),
        ("TALL_NOS", "not_met"),
        ("BCP_ALL", "not_met"),
        ("AML", "not_met"),
    ],
)
def test_a_fine_diagnosis_meets_everything_above_it_and_nothing_else(wanted, expected):
    assert verdict(leaf("disease", "in", [wanted]), diagnosed("T_ALL", "ETP_ALL")) == expected


@pytest.mark.parametrize("entity", ["", "TALL_NOS"])
def test_a_coarse_diagnosis_leaves_a_finer_criterion_open(entity):
    found = answer(leaf("disease", "in", ["ETP_ALL"]), diagnosed("T_ALL", entity))

    assert (found.verdict.name, found.reason) == ("UNKNOWN", Reason.GENERAL_DIAGNOSIS)


def test_a_coarse_diagnosis_still_fails_another_disease():
    assert verdict(leaf("disease", "in", ["BURKITT"]), diagnosed("T_ALL")) == "not_met"


def test_other_disease_without_an_entity_decides_nothing():
    assert verdict(leaf("disease", "in", ["AML"]), diagnosed("OTHER")) == "unknown"


def test_the_group_follows_from_the_entity():
    assert verdict(leaf("disease", "in", ["AML"]), facts(diagnosis={"entity": {"code": "AML_NPM1"}})) == "met"


@pytest.mark.parametrize(("group", "entity"), [("APL", ""), ("AML", "APL"), ("ML_DS", "ML_DS"), ("AML", "ML_DS")])
def test_a_kind_of_aml_that_protocols_name_apart_is_open_unless_it_is_named(group, entity):
    found = answer(leaf("disease", "in", ["AML"]), diagnosed(group, entity))

    assert (found.verdict.name, found.reason) == ("UNKNOWN", Reason.DEFINITION)
    assert verdict(leaf("disease", "in", ["AML", entity or group]), diagnosed(group, entity)) == "met"
    assert verdict(leaf("disease", "in", ["ALL"]), diagnosed(group, entity)) == "not_met"


def test_no_diagnosis_is_unknown():
    assert answer(leaf("disease", "in", ["AML"]), facts()).reason is Reason.NOT_GIVEN


def test_families_name_groups_only():
    tree = diseases()

    assert [name for name, members in tree.families.items() if not members <= tree.groups] == []
    assert set(tree.family_labels) == set(tree.families)
