"""Earlier treatment: a drug that nobody listed is absent only when every line lists its drugs."""

import pytest

from tests.trials.documents import answer, facts, leaf, verdict
from trials.matching.answers import Reason

VENETOCLAX = {"code": "venetoclax", "display": "venetoclax", "classes": ["BCL2 inhibitor"]}
BLINATUMOMAB = {"code": "blinatumomab", "display": "blinatumomab", "classes": ["CD19 bispecific T-cell engager"]}


def given(*drugs: dict, regimen: str = ""):
    return facts(
        therapy_lines=[{"line_number": 1, "setting": "frontline", "regimen_name": regimen, "drugs": list(drugs)}]
    )


def drug(name: str) -> dict:
    return leaf("prior_drug", "given", of=name)


def drug_class(name: str) -> dict:
    return leaf("prior_class", "given", of=name)


def test_a_listed_drug_was_given():
    assert answer(drug("Venetoclax"), given(VENETOCLAX)).found == "venetoclax, line 1"


def test_a_drug_missing_from_complete_lists_was_not_given():
    assert verdict(drug("imatinib"), given(VENETOCLAX)) == "not_met"


def test_a_regimen_in_words_leaves_every_other_drug_open():
    case = facts(therapy_lines=[{"drugs": [VENETOCLAX]}, {"regimen_name": "IntReALL SR", "drugs": []}])

    assert verdict(drug("venetoclax"), case) == "met"
    assert answer(drug("imatinib"), case).reason is Reason.FREE_TEXT_REGIMEN


def test_a_drug_by_free_name_may_be_any_drug():
    case = given({"code": None, "display": "study drug", "classes": []})

    assert answer(drug("imatinib"), case).reason is Reason.DRUG_NAME


@pytest.mark.parametrize("name", ["CD19 bispecific T-cell engager", "CD19-directed therapy", "immunotherapy"])
def test_a_drug_belongs_to_its_class_and_to_all_wider_ones(name):
    assert verdict(drug_class(name), given(BLINATUMOMAB)) == "met"


def test_a_drug_without_a_class_leaves_classes_open():
    case = given({"code": "somethingelse", "display": "something else", "classes": []})

    assert answer(drug_class("BCL2 inhibitor"), case).reason is Reason.DRUG_CLASS
    assert verdict(drug("venetoclax"), case) == "not_met"


def test_nothing_said_about_treatment_is_unknown():
    assert answer(drug("venetoclax"), facts()).reason is Reason.NOT_GIVEN


def test_no_treatment_yet_excludes_every_drug():
    assert verdict(drug("venetoclax"), facts(no_therapy_yet=True)) == "not_met"
