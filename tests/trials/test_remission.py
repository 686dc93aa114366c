"""Trials that count relapses ask for disease in relapse too: a child in a second remission is not taken for one."""

import pytest

from tests.trials.documents import antigen, specimen
from tests.trials.test_expected_matches import TRIALS, WORDS
from trials.matching.criteria import parse
from trials.matching.explain import Explanation, explain
from trials.matching.facts import facts_of

# What each arm reads at best for a child that fits it: criteria that nobody read keep an arm open.
ARMS = [
    ("delphinus", "t-cell", "T_ALL", 1, "met"),
    ("delphinus", "b-cell", "BCP_ALL", 2, "met"),
    ("ainv18p1", "main", "T_ALL", 1, "met"),
    ("ainv18p1", "main", "BCP_ALL", 2, "met"),
    ("tagraxofusp-t2020-006", "part-1", "BCP_ALL", 2, "met"),
    ("glo-bnhl", "odronextamab", "MATURE_B_NHL", 1, "unk"),
    ("glo-bnhl", "loncastuximab", "MATURE_B_NHL", 1, "unk"),
    ("glo-bnhl", "car-t", "MATURE_B_NHL", 1, "unk"),
]
REFRACTORY_SUFFICES = ("ainv18p1", "tagraxofusp-t2020-006")
each_arm = pytest.mark.parametrize(("key", "arm", "group", "relapses", "at_best"), ARMS)


def held_against(key: str, arm: str, group: str, relapses: int, now: str) -> Explanation:
    content = {
        "patient": {"age_months_at_submission": 120},
        "diagnosis": {"disease_group": group},
        "status": {"status_now": now, "relapse_number": relapses},
        "specimens": [specimen(antigens=[antigen(name, "99", "bright") for name in ("CD19", "CD20", "CD38", "CD123")])],
        "therapy_lines": [{"setting": "frontline", "stop_on_day": 600, "best_response": "PD"}],
        "exposure": {"no_transplant": True},
        "condition": {"performance_scale": "Lansky", "performance_score": 90, "no_comedication": True},
    }
    criteria = next(one.criteria for one in TRIALS[key].arms if one.key == arm)
    return explain(parse(criteria), facts_of(content))


@each_arm
def test_a_child_in_relapse_fits(key, arm, group, relapses, at_best):
    assert WORDS[held_against(key, arm, group, relapses, "relapse_untreated").outcome] == at_best


@each_arm
@pytest.mark.parametrize("now", ["remission_high_risk", "MRD_persistent"])
def test_a_child_in_remission_after_a_relapse_is_left_to_the_trial_team(key, arm, group, relapses, at_best, now):
    found = held_against(key, arm, group, relapses, now)

    assert WORDS[found.outcome] == "unk"
    assert "definition" in {one.reason for one in found.criteria if one.fact == "in_relapse"}


@each_arm
def test_a_child_that_never_relapsed_does_not_fit_by_relapses(key, arm, group, relapses, at_best):
    found = held_against(key, arm, group, 0, "remission_high_risk")

    assert {one.verdict for one in found.criteria if one.fact in ("in_relapse", "relapse_number")} == {"not_met"}
    assert WORDS[found.outcome] == ("unk" if key in REFRACTORY_SUFFICES else "no")
