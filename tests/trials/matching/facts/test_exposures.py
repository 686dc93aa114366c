"""What transplants and cell therapies bring beside the lines."""

import pytest

from tests.trials.documents import answer, facts, leaf
from trials.matching.answers import Reason

LISTED = {
    "therapy_lines": [{"drugs": [{"code": "venetoclax", "display": "venetoclax", "classes": ["BCL2 inhibitor"]}]}]
}
CAR = {"number": 1, "product": "tisagenlecleucel", "target_antigens": ["CD19"], "on_day": 5}
HSCT = {"number": 1, "conditioning": "busulfan"}


def given(name: str, kind: str = "prior_class", **blocks: object):
    found = answer(leaf(kind, "given", of=name), facts(**LISTED, **blocks))
    return found.reason or found.verdict.name.lower()


@pytest.mark.parametrize(
    ("name", "blocks", "expected"),
    [
        ("BCL2 inhibitor", {}, "met"),
        ("ABL inhibitor", {}, "not_met"),
        ("anthracycline", {}, Reason.NONE_LISTED),
        ("anthracycline", {"transplants": [HSCT]}, Reason.CONDITIONING),
        ("alkylating agent", {"transplants": [HSCT]}, "met"),
        ("CD19-directed therapy", {}, Reason.NONE_LISTED),
        ("CD19-directed therapy", {"cell_therapies": [CAR]}, "met"),
        ("CD22 CAR T cells", {"cell_therapies": [CAR]}, "not_met"),
        ("CD22 CAR T cells", {"cell_therapies": [{**CAR, "target_antigens": []}]}, Reason.DETAIL),
        ("CD19 CAR T cells", {"cell_therapies": [{**CAR, "product": "NK"}]}, "not_met"),
        ("anthracycline", {"no_therapy_yet": True}, "not_met"),
        ("anthracycline", {"exposure": {"no_transplant": True, "no_cell_therapy": True}}, "not_met"),
        ("anthracycline", {"exposure": {"no_transplant": True}}, Reason.NONE_LISTED),
        ("CD19-directed therapy", {"exposure": {"no_cell_therapy": True}}, "not_met"),
    ],
)
def test_a_class_is_absent_only_where_nothing_may_hide_it(name, blocks, expected):
    assert given(name, **blocks) == expected


@pytest.mark.parametrize(
    ("name", "blocks", "expected"),
    [
        ("busulfan", {}, Reason.NONE_LISTED),
        ("busulfan", {"transplants": [HSCT]}, "met"),
        ("melphalan", {"transplants": [HSCT]}, Reason.CONDITIONING),
        ("tisagenlecleucel", {"cell_therapies": [CAR]}, "met"),
        ("imatinib", {"transplants": [HSCT]}, "not_met"),
    ],
)
def test_a_drug_of_conditioning_is_given_or_open(name, blocks, expected):
    assert given(name, "prior_drug", **blocks) == expected


@pytest.mark.parametrize(("infusions", "expected"), [(2, Reason.DETAIL), (None, Reason.DETAIL), (0, "not_met")])
def test_donor_lymphocytes_of_a_transplant_are_not_overlooked(infusions, expected):
    transplant = {"number": 1, "donor": "haplo", "dli_number": infusions}
    none = {"exposure": {"no_cell_therapy": True}}

    assert given("donor lymphocytes", transplants=[transplant], **none) == expected
