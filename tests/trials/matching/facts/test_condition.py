"""Performance, organ function, infection and earlier damage."""

import pytest

from tests.trials.documents import answer, facts, leaf, stated
from trials.matching.answers import FactState, Reason
from trials.matching.intervals import Interval

NO = Reason.NOT_GIVEN
OTHER = Reason.INSTRUMENT


@pytest.mark.parametrize(
    ("scale", "score", "either", "lansky", "karnofsky", "ecog"),
    [
        ("Lansky", 80, Interval(80, 80), Interval(80, 80), OTHER, OTHER),
        ("Karnofsky", 70, Interval(70, 70), OTHER, Interval(70, 70), OTHER),
        ("ECOG", 1, OTHER, OTHER, OTHER, Interval(1, 1)),
        ("", 80, NO, NO, NO, NO),
        ("Lansky", None, NO, NO, NO, NO),
    ],
)
def test_a_score_on_one_instrument_says_nothing_on_another(scale, score, either, lansky, karnofsky, ecog):
    condition = {"performance_scale": scale, "performance_score": score}
    names = ("lansky_karnofsky", "lansky", "karnofsky", "ecog")

    assert [stated(f"performance_{name}", condition=condition) for name in names] == [either, lansky, karnofsky, ecog]


def test_a_score_on_another_instrument_is_shown():
    case = facts(condition={"performance_scale": "ECOG", "performance_score": 1})
    found = answer(leaf("performance_lansky_karnofsky", ">=", 50, unit="points"), case)

    assert (found.verdict.name, found.found, found.reason) == ("UNKNOWN", "ECOG 1", OTHER)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"performance_not_assessable": True}, Reason.NOT_ASSESSABLE),
        ({"performance_scale": "Lansky", "not_done": ["performance_score"]}, Reason.NOT_TESTED),
    ],
)
def test_performance_may_be_missing_for_a_reason(condition, expected):
    assert stated("performance_lansky_karnofsky", condition=condition) == expected


@pytest.mark.parametrize(
    ("fact", "column"),
    [
        ("alt", "alt_x_uln"),
        ("ast", "ast_x_uln"),
        ("bilirubin_total", "bilirubin_total_x_uln"),
        ("bilirubin_direct", "bilirubin_direct_x_uln"),
        ("creatinine", "creatinine_x_uln"),
        ("gfr", "crcl_ml_min_1_73"),
        ("lvef", "lvef_pct"),
        ("shortening_fraction", "sf_pct"),
        ("qtc", "qtcf_ms"),
        ("spo2", "spo2_room_air_pct"),
        ("ldh", "ldh_x_uln"),
        ("albumin", "albumin_g_l"),
        ("uric_acid", "uric_acid_x_uln"),
        ("gvhd_acute", "gvhd_acute_grade"),
    ],
)
def test_a_measurement_is_a_number_or_not_done_or_not_given(fact, column):
    assert stated(fact, condition={column: "1.5"}) == Interval(1.5, 1.5)
    assert stated(fact, condition={column: None}) is NO
    assert stated(fact, condition={column: "much"}) is NO
    if fact != "gvhd_acute":
        assert stated(fact, condition={column: None, "not_done": [column]}) is Reason.NOT_TESTED


def test_what_was_not_done_reads_as_not_tested():
    found = answer(leaf("alt", "<=", 5, unit="xULN"), facts(condition={"not_done": ["alt_x_uln"]}))

    assert found.state is FactState.NOT_TESTED


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("fridericia", Interval(440, 440)), ("bazett", Reason.FORMULA), ("", Reason.FORMULA)],
)
def test_a_limit_by_fridericia_needs_that_formula(formula, expected):
    assert stated("qtcf", condition={"qtcf_ms": 440, "qtc_formula": formula}) == expected


@pytest.mark.parametrize(
    ("state", "expected"), [("none", False), ("controlled", False), ("uncontrolled", True), ("unknown", NO), ("", NO)]
)
def test_a_controlled_infection_is_not_an_uncontrolled_one(state, expected):
    assert stated("active_infection", condition={"active_infection": state}) == expected


@pytest.mark.parametrize(
    ("found", "hiv", "hepatitis_b", "hepatitis_c"),
    [
        (["negative"], False, False, False),
        (["HIV+"], True, NO, NO),
        (["HBsAg+", "HCV+"], NO, True, True),
        (["antiHBc+"], NO, Reason.DEFINITION, NO),
        (["nd"], Reason.NOT_TESTED, Reason.NOT_TESTED, Reason.NOT_TESTED),
        (["negative", "HCV+"], Reason.CONTRADICTORY, Reason.CONTRADICTORY, True),
        ([], NO, NO, NO),
    ],
)
def test_a_virus_is_excluded_only_by_a_negative_test(found, hiv, hepatitis_b, hepatitis_c):
    condition = {"hepatitis_hiv": found}

    assert stated("hiv", condition=condition) == hiv
    assert stated("hepatitis_b", condition=condition) == hepatitis_b
    assert stated("hepatitis_c", condition=condition) == hepatitis_c


def test_a_negative_virus_test_is_looked_for_and_not_found():
    found = answer(leaf("hiv", "is", value=True), facts(condition={"hepatitis_hiv": ["negative"]}))

    assert (found.verdict.name, found.state) == ("NOT_MET", FactState.NOT_FOUND)


@pytest.mark.parametrize(
    ("dossier", "expected"),
    [
        ({"transplants": [{"sos": "mild"}]}, True),
        ({"exposure": {"inotuzumab_sos": "severe"}}, True),
        ({"condition": {"organ_history": ["SOS_VOD"]}}, True),
        ({"condition": {"organ_history": ["pancreatitis"]}}, False),
        ({"condition": {"organ_history": ["none"]}, "transplants": [{"sos": "moderate"}]}, True),
        ({"transplants": [{"sos": "none"}], "exposure": {"inotuzumab_sos": "none"}}, NO),
        ({}, NO),
    ],
)
def test_an_earlier_sos_is_found_in_three_places_and_excluded_in_one(dossier, expected):
    assert stated("sos_history", **dossier) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"neuropathy_grade": 2, "neuro": ["neuropathy"]}, Interval(2, 2)),
        ({"neuro": ["none"]}, Interval(0, 0)),
        ({"neuro": ["neuropathy"]}, NO),
        ({}, NO),
    ],
)
def test_a_neuropathy_without_a_grade_is_open(condition, expected):
    assert stated("neuropathy_grade", condition=condition) == expected


@pytest.mark.parametrize(
    ("state", "expected"), [("tablets", True), ("liquid_only", False), ("NG_PEG", False), ("none", False), ("", NO)]
)
def test_tablets_stand_for_capsules(state, expected):
    assert stated("swallows_capsules", condition={"can_swallow": state}) == expected


@pytest.mark.parametrize(("fact"), ["transfusion_dependence", "transfusion_acceptance"])
@pytest.mark.parametrize(("stated_as", "expected"), [("yes", True), ("no", False), ("unknown", NO), ("", NO)])
def test_transfusions_are_answered_or_open(fact, stated_as, expected):
    assert stated(fact, condition={fact: stated_as}) == expected
