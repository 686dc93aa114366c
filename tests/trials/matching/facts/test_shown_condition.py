"""Condition and other drugs: each fact with its words, or the reason why there is none."""

import pytest

from tests.trials.matching.facts.shown import NO, YES, because, exactly, fact, no, yes
from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact


@pytest.mark.parametrize(
    ("name", "about", "condition", "expected"),
    [
        ("performance_ecog", "", {"performance_scale": "ECOG", "performance_score": 1}, exactly(1, "ECOG 1")),
        (
            "performance_ecog",
            "",
            {"performance_scale": "Lansky", "performance_score": 80},
            because(Reason.INSTRUMENT, "Lansky 80"),
        ),
        ("performance_ecog", "", {"performance_score": 1}, because(Reason.NOT_GIVEN, "1")),
        (
            "performance_lansky_karnofsky",
            "",
            {"performance_scale": "Lansky", "performance_score": 80},
            exactly(80, "Lansky 80"),
        ),
        ("performance_ecog", "", {"performance_not_assessable": True}, because(Reason.NOT_ASSESSABLE)),
        ("performance_ecog", "", {"not_done": ["performance_score"]}, because(Reason.NOT_TESTED)),
        ("lvef", "", {"lvef_pct": "60"}, exactly(60, "60 %")),
        ("lvef", "", {"not_done": ["lvef_pct"]}, because(Reason.NOT_TESTED)),
        ("qtcf", "", {"qtcf_ms": "440", "qtc_formula": "fridericia"}, exactly(440, "440 ms")),
        ("qtcf", "", {"qtcf_ms": "440", "qtc_formula": "bazett"}, because(Reason.FORMULA, "440 ms bazett")),
        ("qtcf", "", {"qtcf_ms": "440"}, because(Reason.FORMULA, "440 ms")),
        ("qtcf", "", {"qtc_formula": "bazett"}, NOT_GIVEN),
        ("active_infection", "", {"active_infection": "uncontrolled"}, yes("uncontrolled")),
        ("active_infection", "", {"active_infection": "controlled"}, no("controlled")),
        ("active_infection", "", {"active_infection": "none"}, no("none")),
        ("active_infection", "", {"active_infection": "unknown"}, NOT_GIVEN),
        ("hiv", "", {"hepatitis_hiv": ["HIV+"]}, yes("HIV+")),
        ("hiv", "", {"hepatitis_hiv": ["negative"]}, Fact(value=False, text="negative", tested=True)),
        ("hiv", "", {"hepatitis_hiv": ["negative", "HBsAg+"]}, because(Reason.CONTRADICTORY, "HBsAg+, negative")),
        ("hiv", "", {"hepatitis_hiv": ["nd"]}, because(Reason.NOT_TESTED, "nd")),
        ("hiv", "", {"hepatitis_hiv": ["HCV+"]}, because(Reason.NOT_GIVEN, "HCV+")),
        ("hepatitis_c", "", {"hepatitis_hiv": ["HCV+"]}, yes("HCV+")),
        ("hepatitis_b", "", {"hepatitis_hiv": ["HBsAg+", "antiHBc+"]}, yes("HBsAg+, antiHBc+")),
        ("hepatitis_b", "", {"hepatitis_hiv": ["antiHBc+"]}, because(Reason.DEFINITION, "antiHBc+")),
        ("hepatitis_c", "", {"hepatitis_hiv": ["antiHBc+"]}, because(Reason.NOT_GIVEN, "antiHBc+")),
        ("hiv", "", {"hepatitis_hiv": []}, NOT_GIVEN),
        ("sos_history", "", {"organ_history": ["SOS_VOD"]}, YES),
        ("sos_history", "", {"organ_history": ["pancreatitis"]}, NO),
        ("sos_history", "", {}, NOT_GIVEN),
        ("neuropathy_grade", "", {"neuropathy_grade": 2}, exactly(2, "2")),
        ("neuropathy_grade", "", {"neuro": ["seizures"]}, exactly(0, "0")),
        ("neuropathy_grade", "", {"neuro": ["neuropathy"]}, NOT_GIVEN),
        ("neuropathy_grade", "", {}, NOT_GIVEN),
        ("swallows_capsules", "", {"can_swallow": "tablets"}, yes("tablets")),
        ("swallows_capsules", "", {"can_swallow": "liquid_only"}, no("liquid_only")),
        ("swallows_capsules", "", {}, NOT_GIVEN),
        ("transfusion_dependence", "", {"transfusion_dependence": "yes"}, YES),
        ("transfusion_acceptance", "", {"transfusion_acceptance": "no"}, NO),
        ("organ_history", "", {"organ_history": ["SOS_VOD"]}, Fact(frozenset({"SOS_VOD"}), "SOS_VOD")),
        ("neurological", "", {"neuro": ["none"]}, Fact(frozenset({"none"}), "none")),
        ("gvhd_acute", "", {"gvhd_acute_grade": 2}, exactly(2, "2")),
        ("gvhd_chronic", "", {"gvhd_chronic": "none"}, Fact("none", "none")),
        ("immunosuppression", "", {"systemic_immunosuppression": "no"}, NO),
        ("immunosuppression", "", {"steroid_mg_kg_day": "0.5"}, yes("0.5 mg/kg/day")),
        ("immunosuppression", "", {"steroid_mg_kg_day": "0"}, NOT_GIVEN),
        ("immunosuppression", "", {"systemic_immunosuppression": "no", "steroid_mg_kg_day": "0.5"}, NO),
        ("steroid_dose", "", {"steroid_mg_kg_day": "0.5"}, exactly(0.5, "0.5 mg/kg/day")),
        ("gvhd_treated", "", {"gvhd_acute_grade": 1, "systemic_immunosuppression": "yes"}, YES),
        ("gvhd_treated", "", {"gvhd_chronic": "mild", "systemic_immunosuppression": "yes"}, YES),
        ("gvhd_treated", "", {"gvhd_chronic": "mild", "systemic_immunosuppression": "no"}, because(Reason.DEFINITION)),
        (
            "gvhd_treated",
            "",
            {"gvhd_acute_grade": 0, "gvhd_chronic": "none", "systemic_immunosuppression": "no"},
            NO,
        ),
        (
            "gvhd_treated",
            "",
            {"gvhd_acute_grade": 0, "gvhd_chronic": "none", "systemic_immunosuppression": "yes"},
            because(Reason.DEFINITION),
        ),
        ("gvhd_treated", "", {"gvhd_acute_grade": 0, "systemic_immunosuppression": "no"}, NOT_GIVEN),
        ("gvhd_treated", "", {"gvhd_acute_grade": 1}, NOT_GIVEN),
        ("strong_cyp3a4_inhibitor", "", {"no_comedication": True}, no("no other drugs")),
        ("strong_cyp3a4_inhibitor", "", {}, because(Reason.NONE_LISTED)),
        (
            "strong_cyp3a4_inhibitor",
            "",
            {"comedications": [{"display": "A", "cyp3a4": "strong_inhibitor"}, {"name": "B", "cyp3a4": "none"}]},
            yes("A"),
        ),
        (
            "strong_cyp3a4_inhibitor",
            "",
            {"comedications": [{"display": "A", "cyp3a4": "strong_inducer"}, {"name": "B", "cyp3a4": "none"}]},
            no("A, B"),
        ),
        (
            "strong_cyp3a4_inducer",
            "",
            {"comedications": [{"display": "A", "cyp3a4": "none"}, {"name": "B"}, {"name": "C", "cyp3a4": "unknown"}]},
            because(Reason.DRUG_ROLE, "B, C"),
        ),
        ("cyp3a4_modifier", "", {"comedications": [{"name": "A", "cyp3a4": "moderate_inducer"}]}, yes("A")),
        ("strong_cyp3a4_modifier", "", {"comedications": [{"name": "A", "cyp3a4": "moderate_inducer"}]}, no("A")),
        ("pgp_inhibitor", "", {"comedications": [{"name": "A", "pgp_inhibitor": "yes"}]}, yes("A")),
        ("pgp_inhibitor", "", {"comedications": [{"name": "A", "pgp_inhibitor": "no"}]}, no("A")),
        ("qt_prolonging_drug", "", {"comedications": [{"name": "A"}]}, because(Reason.DRUG_ROLE, "A")),
        ("acid_suppressant", "", {"comedications": [{"name": "A", "acid_suppressant": "yes"}]}, yes("A")),
        ("family_wishes", "", {"family_wishes": ["oral_only"]}, Fact(frozenset({"oral_only"}), "oral_only")),
        ("anthracycline_possible", "", {"contraindications": [{"name": " Anthracyclines "}]}, no("contraindicated")),
        ("anthracycline_possible", "", {"contraindications": [{"display": "anthracycline"}]}, no("contraindicated")),
        ("anthracycline_possible", "", {"contraindications": [{"name": "daunorubicin"}]}, because(Reason.DEFINITION)),
        (
            "contraindicated_class",
            "asparaginase",
            {"contraindications": [{"display": "Oncaspar", "classes": ["asparaginase"]}]},
            yes("Oncaspar"),
        ),
        (
            "contraindicated_class",
            "anthracycline",
            {"contraindications": [{"display": "Oncaspar", "classes": ["asparaginase"]}]},
            NO,
        ),
        (
            "contraindicated_class",
            "anthracycline",
            {"contraindications": [{"display": "X", "classes": []}]},
            because(Reason.DRUG_CLASS),
        ),
        ("contraindicated_class", "anthracycline", {"no_contraindications": True}, NO),
        ("contraindicated_class", "anthracycline", {}, because(Reason.NONE_LISTED)),
    ],
)
def test_the_condition_and_other_drugs(name, about, condition, expected):
    assert fact(name, about, condition=condition) == expected


@pytest.mark.parametrize(
    ("transplant", "inotuzumab", "expected"),
    [
        ("severe", "", yes("severe")),
        ("none", "mild", yes("mild")),
        ("mild", "severe", yes("mild, severe")),
        ("none", "none", NOT_GIVEN),
    ],
)
def test_obstructed_veins_of_the_liver_are_read_wherever_they_are_noted(transplant, inotuzumab, expected):
    exposure = {"inotuzumab_sos": inotuzumab}

    assert fact("sos_history", transplants=[{"sos": transplant}], exposure=exposure) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("declined", no("declined")), ("no_slot", no("no_slot")), ("pending", because(Reason.PENDING, "pending"))],
)
def test_a_trial_that_was_considered(outcome, expected):
    access = {"trials_considered": [{"trial": " APAL2020SC ", "outcome": outcome}]}

    assert fact("enrolled_in", "apal2020sc", access=access) == expected
    assert fact("enrolled_in", "another", access=access) == NOT_GIVEN
