"""Earlier treatment, transplants and cells: each fact with its words, or the reason why there is none."""

import math

import pytest

from tests.trials.matching.facts.shown import (
    IMATINIB,
    NO_OTHERS,
    YES,
    at_least,
    because,
    between,
    drug,
    exactly,
    fact,
    line,
    no,
    yes,
)
from trials.matching.answers import Reason
from trials.matching.facts import facts_of
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.intervals import Interval


@pytest.mark.parametrize(
    ("name", "about", "lines", "expected"),
    [
        ("cycles_of_class", "abl inhibitor", [line(1, IMATINIB)], exactly(2, "2")),
        ("cycles_of_class", "abl inhibitor", [line(1, IMATINIB), line(2, IMATINIB)], exactly(4, "4")),
        ("cycles_of_class", "abl inhibitor", [line(1, IMATINIB, IMATINIB)], between(2, 4, "2 to 4")),
        ("cycles_of_class", "abl inhibitor", [line(1, drug("imatinib", "ABL inhibitor"))], at_least(1, "at least 1")),
        ("cycles_of_class", "asparaginase", [line(1, IMATINIB)], exactly(0, "0")),
        ("cumulative_dose", "imatinib", [line(1, IMATINIB)], exactly(300, "300 mg/m²")),
        ("cumulative_dose", "imatinib", [line(1, IMATINIB), line(2, IMATINIB)], between(300, 600, "300 to 600 mg/m²")),
        (
            "cumulative_dose",
            "imatinib",
            [line(1, IMATINIB), line(2, drug("imatinib", "ABL inhibitor"))],
            at_least(300, "at least 300 mg/m²"),
        ),
        ("cumulative_dose", "imatinib", [line(1, drug("imatinib", "ABL inhibitor"))], NOT_GIVEN),
        ("cumulative_dose", "venetoclax", [line(1, IMATINIB)], exactly(0, "0 mg/m²")),
        (
            "cumulative_dose",
            "imatinib",
            [line(1, IMATINIB | {"equivalence_table": "COG"})],
            NOT_GIVEN,
        ),
        ("days_since_drug", "venetoclax", [line(1, IMATINIB)], Fact(Interval(math.inf, math.inf), "never given")),
        ("days_since_class", "asparaginase", [line(1, IMATINIB)], Fact(Interval(math.inf, math.inf), "never given")),
        ("days_since_drug", "venetoclax", [line(1)], because(Reason.FREE_TEXT_REGIMEN)),
        ("days_since_class", "asparaginase", [line(1, drug("x"))], because(Reason.DRUG_CLASS)),
        ("cumulative_anthracycline", "", [line(1, IMATINIB)], exactly(0, "0 mg/m²")),
        ("cumulative_anthracycline", "", [line(1)], because(Reason.FREE_TEXT_REGIMEN)),
        (
            "cumulative_anthracycline",
            "",
            [line(1, drug("doxorubicin", "anthracycline", cumulative_dose_mg_m2="100"))],
            because(Reason.EQUIVALENT, "Doxorubicin"),
        ),
        (
            "cumulative_anthracycline",
            "",
            [line(1, drug("doxorubicin", "anthracycline", cumulative_dose_mg_m2="100", equivalence_table="COG"))],
            exactly(100, "100 mg/m² (COG)"),
        ),
        ("lines", "", [line(1, IMATINIB), line(2, IMATINIB, setting="bridging")], exactly(1, "1")),
        ("days_since_treatment", "", [line(1, IMATINIB)], because(Reason.NO_DAY)),
        ("resistant_to_class", "abl inhibitor", [line(1, IMATINIB, best_response="PD")], yes("PD, line 1")),
        ("resistant_to_class", "abl inhibitor", [line(1, IMATINIB, best_response="CR")], because(Reason.DEFINITION)),
        (
            "resistant_to_class",
            "abl inhibitor",
            [line(1, IMATINIB, drug("vincristine", "vinca alkaloid"), best_response="PD")],
            because(Reason.DEFINITION),
        ),
        ("resistant_to_class", "asparaginase", [line(1, IMATINIB)], no("never given")),
        ("intolerant_to_class", "asparaginase", [line(1, IMATINIB)], no("never given")),
        ("intolerant_to_class", "abl inhibitor", [line(1, IMATINIB)], because(Reason.DEFINITION)),
        ("insufficient_response", "", [line(1, IMATINIB, best_response="NR/TF")], yes("NR/TF")),
        ("insufficient_response", "", [line(1, IMATINIB, best_response="CRi")], no("CRi")),
        ("insufficient_response", "", [line(1, IMATINIB, best_response="PR")], because(Reason.DEFINITION, "PR")),
        ("insufficient_response", "", [line(1, IMATINIB, best_response="not_evaluated")], NOT_GIVEN),
        (
            "insufficient_response",
            "",
            [line(1, IMATINIB, best_response="CR", stop_reason="progression")],
            because(Reason.DEFINITION, "CR"),
        ),
        (
            "refractory_lines",
            "",
            [line(1, IMATINIB, best_response="CR"), line(2, IMATINIB, best_response="PD")],
            at_least(1, "at least 1", Reason.DEFINITION),
        ),
        ("refractory_lines", "", [line(1, IMATINIB, best_response="CR")], exactly(0, "0")),
        ("refractory_lines", "", [line(1, IMATINIB, best_response="PR")], because(Reason.DEFINITION)),
        ("refractory_lines", "", [], NOT_GIVEN),
        ("insufficient_response", "", [line(1, IMATINIB, best_response="unknown")], NOT_GIVEN),
        ("insufficient_response", "", [line(1, IMATINIB)], NOT_GIVEN),
        ("insufficient_response", "", [], NOT_GIVEN),
    ],
)
def test_earlier_treatment(name, about, lines, expected):
    assert fact(name, about, therapy_lines=lines, **NO_OTHERS) == expected


def test_nobody_is_refractory_to_a_treatment_that_was_never_given():
    assert fact("refractory_lines", no_therapy_yet=True) == exactly(0, "0")


@pytest.mark.parametrize(("allergy", "expected"), [("yes", YES), ("no", because(Reason.DEFINITION))])
def test_an_allergy_is_an_intolerance_of_asparaginase_and_of_nothing_else(allergy, expected):
    lines = [line(1, drug("pegaspargase", "asparaginase"), IMATINIB)]
    content = {"therapy_lines": lines, "exposure": {"asparaginase_allergy": allergy}}

    assert fact("intolerant_to_class", "asparaginase", **content) == expected
    assert fact("intolerant_to_class", "abl inhibitor", **content) == because(Reason.DEFINITION)


@pytest.mark.parametrize(
    ("names", "where", "keys"),
    [
        ({"code": "imatinib", "display": "Glivec", "name": "STI"}, "Glivec", {"imatinib", "glivec"}),
        ({"code": "imatinib", "display": ""}, "imatinib", {"imatinib"}),
        ({"code": "", "display": "", "name": "STI"}, "STI", set()),
    ],
)
def test_a_drug_goes_by_code_and_display_and_is_shown_by_the_first_name_there_is(names, where, keys):
    therapy = facts_of({"therapy_lines": [line(1, {**names, "classes": ["ABL inhibitor"]})]}).therapy

    assert therapy.drugs == dict.fromkeys(keys, f"{where}, line 1")
    assert therapy.classes["abl inhibitor"] == f"{where}, line 1"


@pytest.mark.parametrize(
    ("row", "drugs", "classes"),
    [
        (line(1, drug("x", "ABL inhibitor")), None, None),
        (line(1, drug("x")), None, Reason.DRUG_CLASS),
        (line(1, drug("", "ABL inhibitor")), Reason.DRUG_NAME, Reason.DRUG_NAME),
        (line(1), Reason.FREE_TEXT_REGIMEN, Reason.FREE_TEXT_REGIMEN),
    ],
)
def test_what_a_line_leaves_unclear_is_named(row, drugs, classes):
    therapy = facts_of({"therapy_lines": [row]}).therapy

    assert (therapy.drugs_unclear, therapy.classes_unclear) == (drugs, classes)


def test_without_a_line_it_is_not_said_what_was_given_unless_nothing_was():
    assert facts_of({}).therapy.drugs_unclear is Reason.NOT_GIVEN
    assert facts_of({"no_therapy_yet": True}).therapy.drugs_unclear is None


AGES = {"patient": {"age_months_at_diagnosis": 0, "age_months_at_submission": 0}, "specimens": [{"taken_on_day": 60}]}


@pytest.mark.parametrize(
    ("row", "low", "high"),
    [
        (line(0, IMATINIB | {"last_given_on_day": 20}, stop_on_day=40), 40, 40),
        (line(0, IMATINIB | {"last_given_on_day": 20}), 0, 40),
        (line(0, IMATINIB, stop_on_day=40), 20, 60),
        (line(0, IMATINIB), 0, 60),
        (line(0, IMATINIB, start_on_day=None, stop_on_day=40), 20, 60),
    ],
)
def test_the_last_dose_lies_on_its_day_or_within_its_line(row, low, high):
    content = {**AGES, **NO_OTHERS, "therapy_lines": [row]}

    for name, about in (("days_since_drug", "imatinib"), ("days_since_class", "abl inhibitor")):
        assert fact(name, about, **content) == Fact(Interval(low, high), f"{low} to {high} days", moves=True)


CELLS = line(1, drug("cd19-car-t-cells", "CD19 CAR T cells"))


def test_cells_in_a_line_are_a_cell_therapy_of_an_unknown_day():
    content = {"therapy_lines": [CELLS], **NO_OTHERS}

    assert fact("prior_cell_therapy", **content) == fact("prior_car_t", "CD19", **content)
    assert fact("prior_car_t", "CD19", **content) == yes("Cd19-Car-T-Cells, line 1")
    assert fact("prior_car_t", "CD22", **content) == because(Reason.DETAIL)
    assert fact("days_since_cell_therapy", **content) == because(Reason.NO_DAY, "Cd19-Car-T-Cells, line 1")


@pytest.mark.parametrize(
    "more",
    [
        {"therapy_lines": [line(0, IMATINIB, stop_on_day=40), line(1)]},
        {"exposure": {}, "transplants": [{"number": 1, "conditioning": "imatinib", "donor": "MSD"}]},
    ],
)
def test_a_later_dose_may_hide_in_words_or_beside_the_lines(more):
    content = {**AGES, **NO_OTHERS, "therapy_lines": [line(0, BUSULFAN, stop_on_day=40)], **more}
    about = "imatinib" if "transplants" not in more else "busulfan"

    assert fact("days_since_drug", about, **content).value.low == 0


BUSULFAN = drug("busulfan", "alkylating agent")


def test_the_days_since_treatment_count_from_the_end_of_the_last_line():
    lines = [line(0, IMATINIB, stop_on_day=10), line(0, IMATINIB, stop_on_day=45), line(0, IMATINIB, stop_on_day=30)]

    assert fact("days_since_treatment", therapy_lines=lines, **AGES).value == Interval(15, 15)
    assert fact("days_since_treatment", therapy_lines=[]) == NOT_GIVEN


def test_a_drug_was_given_where_its_first_line_says():
    therapy = facts_of({"therapy_lines": [line(1, IMATINIB), line(2, IMATINIB)]}).therapy

    assert therapy.drugs == {"imatinib": "Imatinib, line 1"}
    assert therapy.classes == dict.fromkeys(
        ("abl inhibitor", "tyrosine kinase inhibitor", "targeted agent"), "Imatinib, line 1"
    )


def test_conditioning_and_cells_name_drugs_and_classes_beside_the_lines():
    therapy = facts_of(
        {
            "transplants": [{"number": 1, "conditioning": "busulfan"}],
            "cell_therapies": [{"number": 2, "product": "obe-cel", "target_antigens": ["CD19"]}],
        }
    ).therapy

    assert therapy.drugs["busulfan"] == "busulfan, conditioning of transplant 1"
    assert therapy.classes["alkylating agent"] == "busulfan, conditioning of transplant 1"
    assert therapy.drugs["obecabtagene autoleucel"] == "obe-cel, cell therapy 2"
    assert therapy.classes["cd19 car t cells"] == therapy.classes["immunotherapy"] == "cell therapy 2"


@pytest.mark.parametrize(
    "cells",
    [
        {"product": "NK", "target_antigens": ["CD19"]},
        {"product": "obe-cel", "target_antigens": ["CD19"], "manufacturing_failed": "yes"},
    ],
)
def test_natural_killer_cells_and_products_never_made_name_no_class(cells):
    assert "cd19 car t cells" not in facts_of({"cell_therapies": [cells]}).therapy.classes


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ({}, {"busulfan": Reason.NONE_LISTED, "tisagenlecleucel": Reason.NONE_LISTED}),
        (NO_OTHERS, {}),
        ({"no_therapy_yet": True}, {}),
        ({"exposure": {"no_cell_therapy": True}}, {"busulfan": Reason.NONE_LISTED}),
        (
            {"exposure": {"no_transplant": True}},
            {"busulfan": Reason.NONE_LISTED, "tisagenlecleucel": Reason.NONE_LISTED},
        ),
        (
            {"transplants": [{"donor": "MSD", "dli_number": 0}], "exposure": {"no_cell_therapy": True}},
            {"busulfan": Reason.CONDITIONING},
        ),
        (
            {"transplants": [{"donor": "MSD"}], "exposure": {"no_cell_therapy": True}},
            {"busulfan": Reason.CONDITIONING, "donor lymphocytes": Reason.DETAIL, "donor-lymphocytes": Reason.DETAIL},
        ),
        (
            {"transplants": [{"donor": "autologous"}], "exposure": {"no_cell_therapy": True}},
            {"busulfan": Reason.CONDITIONING},
        ),
        (
            {"cell_therapies": [{"product": "academic", "target_antigens": ["CD19"]}]},
            {"busulfan": Reason.CONDITIONING},
        ),
        (
            {"cell_therapies": [{"product": "academic", "target_antigens": []}]},
            {"busulfan": Reason.CONDITIONING, "tisagenlecleucel": Reason.DETAIL},
        ),
    ],
)
def test_what_transplants_and_cells_may_hide(content, hidden):
    names = ("busulfan", "tisagenlecleucel", "donor lymphocytes", "donor-lymphocytes")
    found = facts_of(content).therapy.hidden

    if "donor lymphocytes" not in hidden and "tisagenlecleucel" in hidden:
        names = names[:2]
    assert {name: found[name] for name in names if name in found} == hidden


@pytest.mark.parametrize(
    ("name", "about", "content", "expected"),
    [
        ("hsct_count", "", {"transplants": [{}, {}]}, exactly(2, "2")),
        ("hsct_count", "", NO_OTHERS, exactly(0, "0")),
        ("hsct_count", "", {}, because(Reason.NONE_LISTED)),
        ("prior_allogeneic_hsct", "", {"transplants": [{"donor": "autologous"}, {"donor": "haplo"}]}, yes("haplo")),
        ("prior_allogeneic_hsct", "", {"transplants": [{"donor": "autologous"}]}, no("autologous")),
        ("prior_allogeneic_hsct", "", {"transplants": [{"donor": ""}]}, NOT_GIVEN),
        ("prior_allogeneic_hsct", "", NO_OTHERS, no("none was done")),
        ("prior_autologous_hsct", "", {"transplants": [{"donor": "MSD"}, {"donor": "cord"}]}, no("MSD, cord")),
        ("prior_autologous_hsct", "", {}, because(Reason.NONE_LISTED)),
        (
            "relapse_after_hsct",
            "",
            {"transplants": [{"relapse_on_day": 300}, {"relapse_on_day": 500}]},
            yes("day 500"),
        ),
        (
            "relapse_after_allogeneic_hsct",
            "",
            {"transplants": [{"donor": "MSD", "relapse_on_day": 300}, {"donor": "autologous", "relapse_on_day": 500}]},
            yes("day 300"),
        ),
        (
            "relapse_after_hsct",
            "",
            {"status": {"relapse_timing_class": "post_HSCT"}},
            yes("relapse after transplant"),
        ),
        (
            "relapse_after_allogeneic_hsct",
            "",
            {"status": {"relapse_timing_class": "post_HSCT"}},
            because(Reason.NONE_LISTED),
        ),
        ("relapse_after_hsct", "", {"status": {"relapse_number": 0}}, no("no relapse")),
        ("relapse_after_hsct", "", {"status": {"relapse_number": 1}, **NO_OTHERS}, no("none was done")),
        ("relapse_after_hsct", "", {"transplants": [{}], "status": {"relapse_number": 1}}, NOT_GIVEN),
        ("days_since_hsct", "", NO_OTHERS, Fact(Interval(math.inf, math.inf), "never given")),
        ("hsct_planned", "", {"case": {"treatment_intent": "curative_bridge_to_HSCT"}}, YES),
        ("hsct_planned", "", {"case": {"treatment_intent": "palliative"}}, NOT_GIVEN),
        ("donor_available", "", {"access": {"donor_status": "haplo_available"}}, yes("haplo_available")),
        ("related_donor_available", "", {"access": {"donor_status": "haplo_available"}}, NOT_GIVEN),
        ("related_donor_available", "", {"access": {"donor_status": "MSD_available"}}, yes("MSD_available")),
        ("donor_available", "", {"access": {"donor_status": "none_found"}}, no("none_found")),
        ("related_donor_available", "", {"access": {"donor_status": "none_found"}}, no("none_found")),
        (
            "donor_available",
            "",
            {"access": {"donor_status": "search_running"}},
            because(Reason.DONOR_SEARCH, "search_running"),
        ),
        ("donor_available", "", {}, NOT_GIVEN),
        ("donor_chimerism", "", {"transplants": [{}, {"donor_chimerism_pct": "98"}]}, exactly(98, "98 %")),
        ("prior_cell_therapy", "", {"cell_therapies": [{"product": "NK"}, {}]}, yes("NK, cells")),
        ("prior_cell_therapy", "", NO_OTHERS, no("none was given")),
        ("prior_cell_therapy", "", {}, because(Reason.NONE_LISTED)),
        (
            "prior_car_t",
            "CD19",
            {"cell_therapies": [{"product": "obe-cel", "target_antigens": ["CD19"]}]},
            yes("obe-cel"),
        ),
        (
            "prior_car_t",
            "CD22",
            {"cell_therapies": [{"product": "obe-cel", "target_antigens": ["CD19"]}]},
            no("obe-cel"),
        ),
        (
            "prior_car_t",
            "CD19",
            {"cell_therapies": [{"product": "NK", "target_antigens": ["CD19"]}]},
            because(Reason.DETAIL, "NK"),
        ),
        ("prior_car_t", "CD22", {"cell_therapies": [{"product": "academic"}]}, because(Reason.DETAIL)),
        ("prior_car_t", "CD22", NO_OTHERS, no("none was given")),
        (
            "days_since_cell_therapy",
            "",
            {"cell_therapies": [{"product": "obe-cel"}]},
            because(Reason.NO_DAY),
        ),
        ("days_since_cell_therapy", "", {}, because(Reason.NONE_LISTED)),
        ("total_body_irradiation", "", {"transplants": [{"tbi_gy": "12"}, {"tbi_gy": "2"}]}, exactly(14, "14 Gy")),
        ("total_body_irradiation", "", {"transplants": [{"tbi_gy": "12"}, {}]}, Fact(Interval(12, math.inf), "12 Gy")),
        ("total_body_irradiation", "", {"transplants": [{}]}, NOT_GIVEN),
        ("total_body_irradiation", "", NO_OTHERS, exactly(0, "0 Gy")),
        ("total_body_irradiation", "", {}, because(Reason.NONE_LISTED)),
        ("cranial_radiotherapy", "", {"exposure": {"cranial_radiotherapy_gy": "18"}}, exactly(18, "18 Gy")),
        ("intensive_cycles", "", {"no_therapy_yet": True}, exactly(0, "0")),
        ("intensive_cycles", "", {}, because(Reason.DEFINITION)),
        ("lines", "", {"no_therapy_yet": True}, exactly(0, "0")),
        ("lines", "", {}, NOT_GIVEN),
        ("fit_for_intensive", "", {}, because(Reason.NOT_IN_DOSSIER)),
        ("dlco", "", {}, because(Reason.NOT_IN_DOSSIER)),
        ("intolerant_to_class", "asparaginase", {"exposure": {"asparaginase_allergy": "yes"}}, NOT_GIVEN),
        ("willing_to_travel", "", {"access": {"willing_to_travel": "EU"}}, Fact("EU", "EU")),
    ],
)
def test_transplants_cells_donors_and_irradiation(name, about, content, expected):
    assert fact(name, about, **content) == expected
