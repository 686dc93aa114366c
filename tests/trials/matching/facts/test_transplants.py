"""Transplants, cells, donors and GVHD: an empty list does not say that there was none."""

import math

import pytest

from tests.trials.documents import antigen, facts, leaf, specimen, stated, verdict
from trials.matching.answers import Reason
from trials.matching.intervals import Interval

OPEN, NO = Reason.NONE_LISTED, Reason.NOT_GIVEN
FACTS = ("hsct_count", "prior_allogeneic_hsct", "prior_autologous_hsct", "days_since_hsct", "prior_cell_therapy")


@pytest.mark.parametrize("fact", FACTS)
def test_an_empty_list_is_open(fact):
    assert stated(fact, transplants=[], cell_therapies=[]) is OPEN


@pytest.mark.parametrize(
    ("fact", "expected"),
    tuple(zip(FACTS, (Interval(0, 0), False, False, Interval(math.inf, math.inf), False), strict=True)),
)
def test_without_any_treatment_or_by_the_tick_there_was_none(fact, expected):
    assert stated(fact, no_therapy_yet=True) == expected
    assert stated(fact, exposure={"no_transplant": True, "no_cell_therapy": True}) == expected


def test_each_tick_speaks_for_its_own_list():
    assert stated("prior_cell_therapy", exposure={"no_transplant": True}) is OPEN
    assert stated("hsct_count", exposure={"no_cell_therapy": True}) is OPEN
    assert stated("relapse_after_hsct", exposure={"no_transplant": True}, status={"relapse_number": 1}) is False
    assert stated("total_body_irradiation", exposure={"no_transplant": True}) == Interval(0, 0)


@pytest.mark.parametrize(
    ("donors", "allogeneic", "autologous"),
    [
        (["haplo"], True, False),
        (["autologous"], False, True),
        (["autologous", "MUD_10_10"], True, True),
        (["MSD", ""], True, NO),
        ([""], NO, NO),
    ],
)
def test_the_donor_tells_the_kind_of_transplant(donors, allogeneic, autologous):
    rows = [{"donor": donor} for donor in donors]

    assert stated("prior_allogeneic_hsct", transplants=rows) == allogeneic
    assert stated("prior_autologous_hsct", transplants=rows) == autologous


@pytest.mark.parametrize(
    ("rows", "status", "expected", "allogeneic"),
    [
        ([{"donor": "MSD", "relapse_on_day": 430}], {"relapse_number": 1}, True, True),
        ([{"donor": "autologous", "relapse_on_day": 430}], {"relapse_number": 1}, True, NO),
        ([{"donor": "MSD"}], {"relapse_number": 2}, NO, NO),
        ([{"donor": "MSD"}], {"relapse_number": 1, "relapse_timing_class": "post_HSCT"}, True, NO),
        ([], {"relapse_number": 0}, False, False),
        ([], {"relapse_number": 1}, OPEN, OPEN),
    ],
)
def test_a_relapse_after_a_transplant_has_a_day_or_a_class(rows, status, expected, allogeneic):
    assert stated("relapse_after_hsct", transplants=rows, status=status) == expected
    assert stated("relapse_after_allogeneic_hsct", transplants=rows, status=status) == allogeneic


@pytest.mark.parametrize(
    ("status", "donor", "related"),
    [
        ("MSD_available", True, True),
        ("MUD_10_10_identified", True, NO),
        ("haplo_available", True, NO),
        ("none_found", False, False),
        ("search_running", Reason.DONOR_SEARCH, Reason.DONOR_SEARCH),
        ("second_donor_search_running", Reason.DONOR_SEARCH, Reason.DONOR_SEARCH),
        ("not_needed", NO, NO),
        ("", NO, NO),
    ],
)
def test_a_donor_is_named_or_not_found_or_sought(status, donor, related):
    assert stated("donor_available", access={"donor_status": status}) == donor
    assert stated("related_donor_available", access={"donor_status": status}) == related


@pytest.mark.parametrize(
    ("acute", "chronic", "suppressed", "expected"),
    [
        (1, "none", "yes", True),
        (0, "mild", "yes", True),
        (0, "none", "no", False),
        (0, "none", "yes", Reason.DEFINITION),
        (2, "none", "no", Reason.DEFINITION),
        (1, "none", "", NO),
        (None, "", "yes", NO),
    ],
)
def test_immunosuppression_treats_gvhd_only_where_there_is_gvhd(acute, chronic, suppressed, expected):
    condition = {"gvhd_acute_grade": acute, "gvhd_chronic": chronic, "systemic_immunosuppression": suppressed}

    assert stated("gvhd_treated", condition=condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, NO),
        ({"gvhd_chronic": ""}, False),
        ({"systemic_immunosuppression": "yes"}, False),
        ({"gvhd_acute_grade": 2}, NO),
        ({"gvhd_acute_grade": 2, "systemic_immunosuppression": "yes"}, True),
    ],
)
def test_without_a_transplant_no_gvhd_is_treated_unless_the_dossier_states_some(condition, expected):
    assert stated("gvhd_treated", condition=condition, exposure={"no_transplant": True}) == expected
    assert stated("gvhd_treated", condition={}, transplants=[{"donor": "MSD"}]) is NO


def test_steroids_are_immunosuppression():
    assert stated("immunosuppression", condition={"steroid_mg_kg_day": "0.5"}) is True
    assert stated("steroid_dose", condition={"steroid_mg_kg_day": "0.5"}) == Interval(0.5, 0.5)
    assert stated("immunosuppression", condition={"steroid_mg_kg_day": "0"}) is NO


@pytest.mark.parametrize(("intent", "expected"), [("curative_bridge_to_HSCT", True), ("palliative", NO), ("", NO)])
def test_a_planned_transplant_is_an_intent(intent, expected):
    assert stated("hsct_planned", case={"treatment_intent": intent}) == expected


def cells(*targets: str, **more: object) -> dict[str, object]:
    return {"target_antigens": list(targets), "product": "academic", "on_day": 500, **more}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([cells("CD19")], True),
        ([cells("CD19", "CD22")], True),
        ([cells("CD22")], False),
        ([cells()], Reason.DETAIL),
        ([cells("CD19", product="NK")], Reason.DETAIL),
        ([cells("CD19", manufacturing_failed="yes", on_day=None)], OPEN),
        ([cells("CD19", manufacturing_failed="yes")], True),
        ([], OPEN),
    ],
)
def test_car_t_against_an_antigen_is_listed_or_open(rows, expected):
    assert stated("prior_car_t", "CD19", cell_therapies=rows) == expected


TISAGENLECLEUCEL = {"code": "tisagenlecleucel", "display": "tisagenlecleucel", "classes": ["CD19 CAR T cells"]}
NO_CELLS = {"exposure": {"no_cell_therapy": True}}


@pytest.mark.parametrize(
    ("antigen_of_it", "blocks", "expected"),
    [
        ("CD19", {}, True),
        ("CD19", NO_CELLS, True),
        ("CD22", {}, Reason.DETAIL),
        ("CD22", {"cell_therapies": [cells("CD19")]}, False),
        ("CD22", {"cell_therapies": [cells()]}, Reason.DETAIL),
        ("CD19", {"cell_therapies": [cells("CD22")]}, True),
    ],
)
def test_car_t_may_stand_as_a_drug_of_a_line(antigen_of_it, blocks, expected):
    lines = [{"line_number": 2, "drugs": [TISAGENLECLEUCEL]}]

    assert stated("prior_car_t", antigen_of_it, therapy_lines=lines, **blocks) == expected
    assert stated("prior_cell_therapy", therapy_lines=lines, **blocks) is True


def test_car_t_of_a_line_against_an_antigen_that_is_not_named_leaves_every_antigen_open():
    lines = [{"line_number": 2, "drugs": [{"code": "car", "display": "CAR-T", "classes": ["CAR T cells"]}]}]

    assert stated("prior_car_t", "CD19", therapy_lines=lines, **NO_CELLS) is Reason.DETAIL
    assert stated("days_since_cell_therapy", therapy_lines=lines, **NO_CELLS) is Reason.NO_DAY


def test_donor_lymphocytes_in_a_line_are_no_car_t():
    lines = [{"line_number": 2, "drugs": [{"code": "dli", "display": "DLI", "classes": ["donor lymphocytes"]}]}]

    assert stated("prior_cell_therapy", therapy_lines=lines, **NO_CELLS) is False


@pytest.mark.parametrize(("day", "expected"), [(100, "met"), (800, "unknown"), (None, "unknown")])
def test_an_antigen_measured_before_cells_against_it_is_open(day, expected):
    case = facts(specimen(day=700, antigens=[antigen("CD19", "99")]), cell_therapies=[cells("CD19", on_day=day)])

    assert verdict(leaf("antigen", "expressed", of="CD19"), case) == expected


def test_donor_cells_are_those_after_the_last_transplant():
    rows = [{"donor_chimerism_pct": "100"}, {"donor_chimerism_pct": "45"}]

    assert stated("donor_chimerism", transplants=rows) == Interval(45, 45)
