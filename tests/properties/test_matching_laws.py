"""More knowledge only ever decides what was unknown."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.trials.generator import random_content, random_tree
from trials.matching.criteria import CriterionError, Leaf, Node, leaves, parse
from trials.matching.evaluate import Outcome, evaluate_tree, fold, outcome_of
from trials.matching.explain import explain
from trials.matching.facts import facts_of
from trials.matching.kleene import Verdict

seeds = st.integers(min_value=0, max_value=10**9)


def a_tree(random: Random, size: int = 10) -> Node:
    while True:
        try:
            return parse(random_tree(random, size))
        except CriterionError:
            continue


def refined(first: Verdict, second: Verdict) -> bool:
    """Whether ``second`` says the same, or decides what ``first`` left open."""
    return first is Verdict.UNKNOWN or first is second


@given(seeds)
def test_deciding_an_unknown_leaf_never_turns_a_decided_tree(seed):
    random = Random(seed)
    tree = a_tree(random)
    before = {leaf.id: random.choice(list(Verdict)) for leaf in leaves(tree)}
    after = {
        name: random.choice(list(Verdict)) if verdict is Verdict.UNKNOWN else verdict
        for name, verdict in before.items()
    }

    assert refined(fold(tree, lambda leaf: before[leaf.id]), fold(tree, lambda leaf: after[leaf.id]))


@given(seeds)
def test_taking_facts_away_never_turns_a_decided_tree(seed):
    random = Random(seed)
    tree, content = a_tree(random), random_content(random)
    lost = random.sample(sorted(content["patient"]), 3)
    thinner = {**content, "patient": {key: value for key, value in content["patient"].items() if key not in lost}}

    assert refined(evaluate_tree(tree, facts_of(thinner)), evaluate_tree(tree, facts_of(content)))


@given(seeds)
def test_a_case_that_says_nothing_fails_no_criterion_and_meets_none(seed):
    tree = a_tree(Random(seed))

    assert {leaf.condition.answer(facts_of({})).verdict for leaf in leaves(tree)} == {Verdict.UNKNOWN}
    assert outcome_of(tree, facts_of({})) is Outcome.POSSIBLE


@given(seeds)
def test_an_explanation_agrees_with_the_verdict_and_lists_each_leaf_once(seed):
    random = Random(seed)
    tree, facts = a_tree(random), facts_of(random_content(random))
    found = explain(tree, facts)

    assert [criterion.id for criterion in found.criteria] == [leaf.id for leaf in leaves(tree)]
    failed = found.outcome in (Outcome.CRITERION_NOT_MET, Outcome.NOT_NOW)
    assert any(criterion.blocking for criterion in found.criteria) is failed
    assert found.outcome is outcome_of(tree, facts)


@given(seeds)
def test_blocking_criteria_alone_make_a_cohort_fail(seed):
    random = Random(seed)
    tree, facts = a_tree(random), facts_of(random_content(random))
    kept = {criterion.id for criterion in explain(tree, facts).criteria if criterion.blocking}

    def only_blocking(leaf: Leaf) -> Verdict:
        return leaf.condition.answer(facts).verdict if leaf.id in kept else Verdict.UNKNOWN

    assert fold(tree, only_blocking) is (Verdict.NOT_MET if kept else Verdict.UNKNOWN)
