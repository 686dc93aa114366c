"""How the disease and the patient took earlier treatment."""

import math

import pytest

from tests.trials.documents import stated
from trials.matching.answers import Reason
from trials.matching.intervals import Interval

NO = Reason.NOT_GIVEN
DASATINIB = {"code": "dasatinib", "display": "dasatinib", "classes": ["ABL inhibitor", "SRC inhibitor"]}
VINCRISTINE = {"code": "vincristine", "display": "vincristine", "classes": ["vinca alkaloid"]}


def lines(*responses: str, drugs: tuple[dict, ...] = (), **more: object) -> list[dict[str, object]]:
    return [{"setting": "frontline", "best_response": one, "drugs": list(drugs), **more} for one in responses]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (lines("CR", "NR/TF"), Interval(1, math.inf)),
        (lines("NR/TF", "PD"), Interval(2, math.inf)),
        (lines("NR/TF", "CR_MRDpos"), Interval(0, 0)),
        (lines("NR/TF", "CR_MRDpos", stop_reason="refractory"), Reason.DEFINITION),
        (lines("PR"), Reason.DEFINITION),
        ([], NO),
    ],
)
def test_courses_without_response_are_at_least_the_last_lines(given, expected):
    assert stated("refractory_lines", therapy_lines=given) == expected


def course(setting: str, response: str, stop: str = "") -> dict[str, object]:
    return {"setting": setting, "best_response": response, "stop_reason": stop, "drugs": []}


@pytest.mark.parametrize(
    ("given", "courses", "insufficient"),
    [
        ([course("frontline", "CR"), course("bridging", "PD")], Reason.DEFINITION, True),
        ([course("frontline", "CR"), course("consolidation", "")], Reason.DEFINITION, NO),
        ([course("frontline", "CR"), course("consolidation", "CR_MRDneg")], Interval(0, 0), False),
        ([course("salvage_1", "NR/TF"), course("bridging", "CR")], Interval(0, 0), False),
        ([course("salvage_1", "NR/TF"), course("bridging", "PD")], Interval(1, math.inf), True),
        ([course("salvage_1", "PD"), course("bridging", "CR"), course("salvage_2", "PD")], Interval(1, math.inf), True),
        ([course("salvage_1", "PD"), course("bridging", ""), course("salvage_2", "PD")], Interval(1, math.inf), True),
        (
            [course("salvage_1", "PD"), course("bridging", "NR/TF"), course("salvage_2", "PD")],
            Interval(2, math.inf),
            True,
        ),
        ([course("frontline", "CR", "progression")], Reason.DEFINITION, Reason.DEFINITION),
        ([course("frontline", "CR", "refractory")], Reason.DEFINITION, Reason.DEFINITION),
    ],
)
def test_what_bridging_and_consolidation_brought_counts_though_they_are_no_lines(given, courses, insufficient):
    assert stated("refractory_lines", therapy_lines=given) == courses
    assert stated("insufficient_response", therapy_lines=given) == insufficient


@pytest.mark.parametrize("now", ["primary_refractory", "refractory_relapse"])
def test_refractory_disease_has_a_course_without_response_though_none_is_listed(now):
    assert stated("refractory_lines", status={"status_now": now}, therapy_lines=lines("CR")) is Reason.DEFINITION


def test_two_rescue_treatments_are_three_lines():
    given = [course("frontline", "CR"), course("salvage_1", "CR"), course("consolidation", "CR")]

    assert stated("lines", therapy_lines=given) == Interval(2, 2)
    assert stated("lines", therapy_lines=[*given, course("salvage_2", "PR")]) == Interval(3, 3)


def test_two_courses_of_the_aml_definition_are_two():
    status = {"refractory_definition": "AML_no_CR_after_2_courses"}

    assert stated("refractory_lines", status=status, therapy_lines=lines("NR/TF")) == Interval(2, math.inf)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (lines("CR", "NR/TF"), True),
        (lines("NR/TF", "CR"), False),
        (lines("PR"), Reason.DEFINITION),
        (lines("not_evaluated"), NO),
        ([], NO),
    ],
)
def test_a_response_is_insufficient_without_remission(given, expected):
    assert stated("insufficient_response", therapy_lines=given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (lines("NR/TF", drugs=(DASATINIB,)), True),
        (lines("NR/TF", drugs=(DASATINIB, VINCRISTINE)), Reason.DEFINITION),
        (lines("CR", drugs=(DASATINIB,)), Reason.DEFINITION),
        (lines("NR/TF", drugs=(VINCRISTINE,)), False),
        (lines("NR/TF"), Reason.FREE_TEXT_REGIMEN),
    ],
)
def test_resistance_is_blamed_on_a_class_given_alone(given, expected):
    assert stated("resistant_to_class", "abl inhibitor", therapy_lines=given) == expected


def test_intolerance_is_open_unless_the_class_was_never_given():
    assert stated("intolerant_to_class", "abl inhibitor", therapy_lines=lines("CR", drugs=(DASATINIB,))) == (
        Reason.DEFINITION
    )
    assert stated("intolerant_to_class", "abl inhibitor", therapy_lines=lines("CR", drugs=(VINCRISTINE,))) is False


def test_an_allergy_to_asparaginase_is_an_intolerance():
    asparaginase = {"code": "pegaspargase", "display": "pegaspargase", "classes": ["asparaginase"]}
    given = lines("CR", drugs=(asparaginase,))

    assert stated("intolerant_to_class", "asparaginase", therapy_lines=given, exposure={"asparaginase_allergy": "yes"})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"contraindications": [DASATINIB]}, True),
        ({"contraindications": [VINCRISTINE]}, False),
        ({"contraindications": [{"name": "a drug", "classes": []}]}, Reason.DRUG_CLASS),
        ({"no_contraindications": True}, False),
        ({}, Reason.NONE_LISTED),
    ],
)
def test_a_contraindication_is_listed_or_denied_or_open(condition, expected):
    assert stated("contraindicated_class", "abl inhibitor", condition=condition) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("anthracyclines", False), ("doxorubicin", Reason.DEFINITION), ("", Reason.DEFINITION)]
)
def test_more_anthracycline_is_never_claimed_to_be_possible(name, expected):
    assert stated("anthracycline_possible", condition={"contraindications": [{"name": name}]}) == expected


@pytest.mark.parametrize(("none_yet", "expected"), [(True, Interval(0, 0)), (False, Reason.DEFINITION)])
def test_what_an_intensive_cycle_is_is_for_the_trial_team(none_yet, expected):
    assert stated("intensive_cycles", no_therapy_yet=none_yet) == expected


def test_fitness_is_a_judgement_that_no_dossier_holds():
    assert stated("fit_for_intensive") is Reason.NOT_IN_DOSSIER


@pytest.mark.parametrize(
    ("doses", "expected"),
    [(["12"], Interval(12, 12)), (["12", None], Interval(12, math.inf)), ([None], NO), ([], Reason.NONE_LISTED)],
)
def test_total_body_irradiation_is_that_of_the_transplants(doses, expected):
    assert stated("total_body_irradiation", transplants=[{"tbi_gy": dose} for dose in doses]) == expected


@pytest.mark.parametrize(("dose", "expected"), [("0", Interval(0, 0)), ("18", Interval(18, 18)), (None, NO)])
def test_irradiation_of_the_skull_is_known_as_stated(dose, expected):
    assert stated("cranial_radiotherapy", exposure={"cranial_radiotherapy_gy": dose}) == expected
