"""A revision that was frozen before a block existed: unknown, never an error, never absent."""

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.trials.generator import random_content, random_leaf
from trials.matching.criteria import parse
from trials.matching.evaluate import evaluate_tree
from trials.matching.facts import facts_of
from trials.matching.facts.timing import today
from trials.matching.kleene import Verdict
from trials.matching.registry import FACTS

OLD = {
    "schema": 1,
    "patient": {"sex": "female", "weight_kg": "27.4"},
    "diagnosis": {"disease_group": "BCP_ALL"},
    "status": {"status_now": "relapse_untreated", "relapse_number": 1, "sites": ["bone_marrow"]},
    "specimens": [{"label": "S1", "is_current_disease": True}],
    "therapy_lines": [{"line_number": 1, "drugs": []}],
    "no_therapy_yet": False,
}
NEW = ("mrd", "ex_vivo", "transplants", "cell_therapies", "condition", "access", "exposure", "germline")
BLOCKS = (*NEW, "patient", "diagnosis", "status", "specimens", "therapy_lines", "case")


def known(content: dict) -> set[str]:
    facts = facts_of(content)
    return {name for name, fact in facts.flat.items() if fact.value is not None}


def test_an_old_revision_says_only_what_its_blocks_say():
    assert known(OLD) == {
        "sex", "weight", "disease", "status_now", "in_relapse", "refractory", "newly_diagnosed", "relapse_number",
        "sites", "extramedullary_disease", "isolated_extramedullary", "lines",
    }  # fmt: skip


@pytest.mark.parametrize("block", NEW)
@pytest.mark.parametrize("empty", [None, {}, [], "", [None], 7])
def test_an_empty_or_broken_block_is_like_no_block(block, empty):
    assert known({**OLD, block: empty}) == known(OLD)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_the_wrong_kind_never_raises(block):
    for wrong in (None, [], {}, "text", 7, [7]):
        facts_of({**OLD, block: wrong})


def test_a_case_without_facts_leaves_every_fact_unknown():
    facts = facts_of({})

    assert known({}) == set()
    assert {topics.otherwise.value for topics in facts.topics.values()} == {None}
    assert set(facts.flat) | set(facts.topics) <= set(FACTS)


@given(st.integers(0, 10**9), st.sampled_from(["condition", "access", "mrd", "case", "ex_vivo"]))
def test_a_block_that_goes_only_takes_answers_with_it(seed, block):
    random = Random(seed)
    content = random_content(random)
    thinner = {name: rows for name, rows in content.items() if name != block}
    criteria = [parse(random_leaf(random, f"I-{number}")) for number in range(20)]

    assume(today(content).high <= today(thinner).high)  # a noted day beyond the ages outweighs them
    before, after = facts_of(content), facts_of(thinner)

    verdicts = [(evaluate_tree(leaf, after), evaluate_tree(leaf, before)) for leaf in criteria]

    assert [pair for pair in verdicts if pair[0] not in (Verdict.UNKNOWN, pair[1])] == []
