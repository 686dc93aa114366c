"""Explanations: every criterion once, with the fact used or the question that would settle it."""

import json

import pytest

from tests.trials.documents import age, aged, antigen, facts, leaf, specimen, variant
from trials.matching.criteria import parse
from trials.matching.evaluate import Outcome, outcome_of
from trials.matching.explain import explain, valid_for_days
from trials.matching.facts import facts_of

YOUNG, OLD = age("<", 18, id="young"), age(">=", 18, id="old")
PERFORMANCE = leaf("performance_ecog", "<=", 2, unit="grade", id="ps", recoverable=True)


def explained(document: dict, case=None):
    return explain(parse(document), case or aged(120))


def results(document: dict, case=None) -> dict[str, str]:
    return {found.id: found.verdict for found in explained(document, case).criteria}


def test_every_leaf_is_listed_once_in_the_order_of_the_document():
    found = explained({"all": [YOUNG, {"any": [PERFORMANCE, {"not": OLD}]}]})

    assert [criterion.id for criterion in found.criteria] == ["young", "ps", "old"]


def test_an_exclusion_that_does_not_apply_is_met():
    found = explained({"not": {**OLD, "kind": "exclusion"}}).criteria[0]

    assert (found.verdict, found.kind, found.turned) == ("met", "exclusion", True)


def test_a_double_negation_is_read_as_none():
    assert results({"not": {"not": YOUNG}}) == {"young": "met"}


def test_a_met_criterion_names_the_fact_and_asks_nothing():
    found = explained(YOUNG).criteria[0]

    assert (found.found, found.reason, found.question, found.blocking) == ("10 years", "", "", False)


def test_an_unknown_criterion_names_the_reason_and_the_question():
    found = explained(PERFORMANCE).criteria[0]

    assert (found.verdict, found.reason) == ("unknown", "not_given")
    assert found.question == "What is the ECOG performance status?"


@pytest.mark.parametrize(
    ("document", "about"),
    [
        (leaf("antigen", "expressed", of="CD19"), "CD19"),
        (leaf("variant", "present", "FLT3-ITD"), "FLT3-ITD"),
        (leaf("variant", "present", {"gene": "NRAS", "hgvs_p": "p.G12D"}), "NRAS p.G12D"),
        (leaf("pathway", "altered", "MAPK"), "RAS-RAF-MAPK"),
        (leaf("prior_drug", "given", of="imatinib"), "imatinib"),
        (age("<", 3), ""),
    ],
)
def test_a_criterion_says_what_its_fact_is_about(document, about):
    assert explained(document).criteria[0].about == about


def test_what_makes_a_cohort_fail_is_marked_and_nothing_else():
    found = explained({"all": [YOUNG, OLD, {"any": [age("<", 5, id="baby"), age(">=", 20, id="adult")]}]})

    assert [criterion.id for criterion in found.criteria if criterion.blocking] == ["old", "baby", "adult"]


def test_nothing_blocks_a_cohort_that_does_not_fail():
    found = explained({"all": [PERFORMANCE, {"any": [YOUNG, OLD]}]})

    assert [criterion.id for criterion in found.criteria if criterion.blocking] == []


def test_a_blocking_exclusion_is_found_through_the_negation():
    found = explained({"not": {"any": [YOUNG, OLD]}})

    assert [criterion.id for criterion in found.criteria if criterion.blocking] == ["young"]


def test_alternatives_share_their_group_and_its_verdict():
    found = explained({"all": [OLD, {"any": [YOUNG, {"all": [OLD | {"id": "x"}, PERFORMANCE]}]}]}).criteria

    assert [(criterion.choice, criterion.choice_verdict) for criterion in found] == [("", "")] + [("$[1]", "met")] * 3


def test_not_all_is_a_choice_and_not_any_is_none():
    both = explained({"not": {"all": [YOUNG, OLD]}}).criteria
    neither = explained({"not": {"any": [YOUNG, OLD]}}).criteria

    assert [criterion.choice_verdict for criterion in both] == ["met", "met"]
    assert [criterion.choice for criterion in neither] == ["", ""]


def test_at_least_is_a_choice():
    found = explained({"at_least": {"n": 1, "of": [YOUNG, OLD]}})

    assert {criterion.choice_verdict for criterion in found.criteria} == {"met"}


def test_alternatives_count_as_one_requirement():
    found = explained({"all": [OLD, PERFORMANCE, {"any": [YOUNG, OLD | {"id": "x"}]}]})

    assert [found.count(verdict) for verdict in ("met", "not_met", "unknown")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("document", "outcome"),
    [
        (YOUNG, Outcome.NO_CRITERION_FAILS),
        ({"all": [YOUNG, PERFORMANCE]}, Outcome.POSSIBLE),
        ({"all": [YOUNG, OLD]}, Outcome.CRITERION_NOT_MET),
        ({"all": [YOUNG, {**OLD, "recoverable": True}]}, Outcome.NOT_NOW),
        ({"all": [{**OLD, "recoverable": True}, {**OLD, "id": "wall"}]}, Outcome.CRITERION_NOT_MET),
        ({"not": {**YOUNG, "recoverable": True}}, Outcome.NOT_NOW),
    ],
)
def test_the_outcome_tells_walls_from_what_may_recover(document, outcome):
    assert explained(document).outcome is outcome
    assert outcome_of(parse(document), aged(120)) is outcome


def test_the_same_inputs_give_the_same_bytes():
    content = {"specimens": [specimen(variants=[variant("NRAS")], antigens=[antigen("CD19", "9")])]}
    tree = {"all": [leaf("pathway", "altered", "MAPK"), leaf("antigen", "expressed", of="CD19")]}
    texts = {json.dumps(explain(parse(tree), facts_of(content)).to_json(), sort_keys=True) for _ in range(2)}

    assert len(texts) == 1


@pytest.mark.parametrize(
    ("months", "document", "days"),
    [
        (120, YOUNG, range(2880, 2900)),
        (215, YOUNG, range(1, 2)),
        (216, YOUNG, None),
        (120, PERFORMANCE, None),
        (120, {"all": [age("<", 11), YOUNG]}, range(325, 340)),
    ],
)
def test_a_result_is_valid_until_the_next_age_border(months, document, days):
    found = valid_for_days(parse(document), aged(months))

    assert found is None if days is None else found in days


def test_a_result_without_an_age_has_no_border():
    assert valid_for_days(parse(YOUNG), facts()) is None


def test_age_at_diagnosis_never_changes():
    limit = leaf("age_at_diagnosis", "<", 18, unit="years")

    assert (
        valid_for_days(parse(limit), facts(patient={"age_months_at_submission": 120, "age_months_at_diagnosis": 100}))
        is None
    )
