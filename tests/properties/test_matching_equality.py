"""The compiled catalogue says what plain recursion says, on random trees and cases."""

from random import Random

import pytest

from tests.trials.generator import random_content, random_tree
from trials.matching.compile import compile_catalogue
from trials.matching.criteria import CriterionError, Node, parse
from trials.matching.evaluate import evaluate_tree, outcome_of
from trials.matching.facts import facts_of

TREES, CASES = 250, 20


def random_trees(random: Random) -> list[Node]:
    trees: list[Node] = []
    while len(trees) < TREES:
        try:
            trees.append(parse(random_tree(random, random.randint(1, 14))))
        except CriterionError:  # an age above its own limit
            continue
    return trees


@pytest.mark.parametrize("seed", range(4))
def test_compiled_verdicts_and_outcomes_equal_plain_recursion(seed):
    random = Random(seed)
    trees = random_trees(random)
    catalogue = compile_catalogue(trees)

    for _ in range(CASES):
        facts = facts_of(random_content(random), elapsed_days=random.choice((0, 0, 30, 400)))
        assert catalogue.verdicts(facts).tolist() == [evaluate_tree(tree, facts) for tree in trees]
        assert catalogue.outcomes(facts) == [outcome_of(tree, facts) for tree in trees]


def test_equal_conditions_are_evaluated_once():
    tree = parse(random_tree(Random(7), 12))

    assert compile_catalogue([tree] * 50).distinct_conditions == compile_catalogue([tree]).distinct_conditions


def test_an_empty_catalogue_answers_nothing():
    assert compile_catalogue([]).outcomes(facts_of({})) == []
