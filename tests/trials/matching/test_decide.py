"""What decided a result, and which answers would decide an open one: small cases by hand, all others by brute force."""

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.trials.documents import age, aged, facts, leaf
from tests.trials.generator import random_content, random_tree
from trials.matching.criteria import CriterionError, Leaf, Node, leaves, parse
from trials.matching.decide import (
    Asked,
    Decisive,
    Standing,
    asked_by,
    can_be_answered,
    certificate,
    deciding_sets,
    decisive,
    rank,
    standing_of,
)
from trials.matching.evaluate import fold
from trials.matching.explain import explain
from trials.matching.facts import facts_of
from trials.matching.kleene import Verdict
from trials.matching.possible import patterns

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
YOUNG, OLD, BABY = age("<", 18, id="young"), age(">=", 18, id="old"), age("<", 1, id="baby")
LVEF = leaf("lvef", ">=", 50, unit="percent", id="lvef")
LOOSE = leaf("lvef", ">=", 40, unit="percent", id="loose")
ALT = leaf("alt", "<=", 5, unit="xULN", id="alt", recoverable=True)
HIV = leaf("hiv", "is", value=False, id="hiv")
CD19, CD22 = (leaf("antigen", "expressed", of=name, id=name) for name in ("CD19", "CD22"))
UNREAD = leaf("unread_criteria", "unread", id="unread")
seeds = st.integers(min_value=0, max_value=10**9)


def stands(document: dict, case=None) -> Standing:
    """A tree as its stored explanation tells it, for a patient of ten years of whom nothing else is known."""
    tree = parse(document)
    return standing_of(tree, explain(tree, case or aged(120)).to_json()["criteria"])


def asked(found) -> list[str]:
    return [one.asked.about or one.asked.fact for one in found]


def random_standing(seed: int, size: int = 10) -> Standing:
    random = Random(seed)
    while True:
        try:
            tree = parse(random_tree(random, size))
        except CriterionError:
            continue
        return standing_of(tree, explain(tree, facts_of(random_content(random))).to_json()["criteria"])


def test_of_many_failures_the_certificate_names_the_first():
    assert certificate(stands({"all": [YOUNG, BABY, BABY | {"id": "b"}]})) == ("baby",)


def test_where_alternatives_all_fail_the_certificate_names_each():
    assert certificate(stands({"all": [YOUNG, {"any": [OLD, BABY]}, ALT]})) == ("old", "baby")


def test_a_lasting_failure_is_shown_by_what_cannot_recover():
    assert certificate(stands({"all": [{**BABY, "id": "b", "recoverable": True}, BABY]})) == ("baby",)


def test_a_failure_that_may_recover_is_its_own_certificate():
    assert certificate(stands({"all": [YOUNG, {**OLD, "recoverable": True}]})) == ("old",)


def test_where_nothing_fails_every_requirement_is_needed_and_one_of_its_alternatives():
    tree = {"all": [YOUNG, {"any": [OLD, {"not": BABY}]}, {"not": {"any": [BABY | {"id": "b"}]}}]}

    assert certificate(stands(tree)) == ("young", "baby", "b")


def test_an_open_result_has_no_certificate():
    assert certificate(stands({"all": [YOUNG, LVEF]})) == ()


def test_at_least_two_are_shown_by_two():
    tree = {"at_least": {"n": 2, "of": [LVEF, YOUNG, OLD, {"not": BABY}]}}

    assert certificate(stands(tree)) == ("young", "baby")


@given(seeds)
def test_the_certificate_alone_gives_the_same_verdict(seed):
    standing = random_standing(seed)
    alone = {name: standing.verdicts[name] for name in certificate(standing)}

    assert Standing(standing.tree, alone).verdict is standing.verdict


@given(seeds)
def test_the_certificate_tells_lasting_failures_from_those_that_may_recover(seed):
    standing = random_standing(seed)
    alone = {name: standing.verdicts[name] for name in certificate(standing)}

    assert hoped(standing.tree, alone) is hoped(standing.tree, standing.verdicts) or standing.verdict is not NOT_MET


@given(seeds)
def test_no_smaller_certificate_exists(seed):
    standing = random_standing(seed, size=5)
    found = certificate(standing)
    assume(found and hoped(standing.tree, standing.verdicts) is not NOT_MET)

    smaller = combinations(standing.verdicts, len(found) - 1)
    assert not any(alone_gives(standing, names) for names in smaller)


def alone_gives(standing: Standing, names) -> bool:
    alone = {name: standing.verdicts[name] for name in names}
    return Standing(standing.tree, alone).verdict is standing.verdict


def hoped(tree: Node, verdicts) -> Verdict:
    return fold(tree, lambda leaf: UNKNOWN if leaf.recoverable else verdicts.get(leaf.id, UNKNOWN))


def test_the_only_missing_fact_decides_either_way():
    assert decisive(stands({"all": [YOUNG, LVEF]})) == (Decisive(Asked("lvef"), frozenset({MET, NOT_MET}), True),)


def test_one_of_several_missing_facts_can_only_end_it():
    found = decisive(stands({"all": [YOUNG, LVEF, ALT]}))

    assert [(one.asked.fact, one.leads_to, one.always) for one in found] == [
        ("lvef", frozenset({NOT_MET}), False),
        ("alt", frozenset({NOT_MET}), False),
    ]


def test_an_exclusion_is_decided_by_its_answer_turned():
    assert decisive(stands({"all": [UNREAD, {"not": HIV}]}))[0].leads_to == frozenset({NOT_MET})


def test_what_the_protocol_leaves_open_is_not_asked():
    assert decisive(stands({"all": [UNREAD]})) == ()


def test_two_limits_on_one_fact_are_one_question():
    found = decisive(stands({"any": [LVEF, {"not": LOOSE}]}))

    assert found == (Decisive(Asked("lvef"), frozenset({MET, NOT_MET}), True),)


def test_two_limits_that_no_number_breaks_the_wrong_way_round_do_not_decide():
    assert decisive(stands({"all": [{"any": [LVEF, ALT]}, {"any": [{"not": LOOSE}, ALT | {"id": "x"}]}]})) == (
        Decisive(Asked("alt"), frozenset({MET}), False),
    )


def test_each_drug_or_antigen_is_a_question_of_its_own():
    assert asked(decisive(stands({"all": [CD19, CD22]}))) == ["CD19", "CD22"]


def test_alternatives_end_only_together():
    assert deciding_sets(stands({"all": [UNREAD, {"any": [LVEF, ALT]}]})) == ((Asked("alt"), Asked("lvef")),)


def test_a_set_with_a_smaller_one_within_is_not_named():
    found = deciding_sets(stands({"all": [UNREAD, LVEF, {"any": [CD19, CD22]}]}))

    assert found == ((Asked("lvef"),), (Asked("antigen", "CD19"), Asked("antigen", "CD22")))


def test_more_than_three_answers_are_not_a_set_to_ask_for():
    assert deciding_sets(stands({"all": [UNREAD, {"any": [LVEF, ALT, CD19, CD22]}]})) == ()


def test_of_far_too_many_ways_the_same_ones_are_followed_each_time():
    genes = [[leaf("variant", "present", f"GENE{n}{side}") for n in range(14)] for side in "ABC"]
    standing = stands({"any": [{"not": UNREAD}, {"all": [{"any": group} for group in genes]}]})

    found = deciding_sets(standing)
    assert (len(found), found) == (2_000, deciding_sets(standing))


def test_a_diagnosis_without_finer_entities_can_be_the_answer():
    jmml = leaf("disease", "in", ["JMML"], id="jmml")

    assert decisive(stands(jmml)) == (Decisive(Asked("disease"), frozenset({MET, NOT_MET}), always=True),)


@pytest.mark.parametrize(
    ("fact", "reason", "answerable"),
    [
        ("lvef", "not_given", True),
        ("variant", "not_tested", True),
        ("age_at_submission", "border", False),
        ("platelets", "border", True),
        ("unread_criteria", "unread", False),
        ("dlco", "not_in_dossier", False),
        ("fit_for_intensive", "not_given", False),
        ("relapse_high_risk", "definition", False),
        ("performance_lansky", "not_assessable", False),
        ("a_fact_of_an_older_registry", "not_given", False),
    ],
)
def test_only_what_a_physician_can_write_into_the_dossier_is_asked(fact, reason, answerable):
    assert can_be_answered(fact, reason) is answerable


def test_questions_are_ranked_by_trials_not_by_cohorts():
    many = [stands({"all": [ALT]})] * 3
    ranked = rank({"one": many, "two": [stands({"all": [LVEF]})], "three": [stands({"all": [LVEF, CD19, UNREAD]})]})

    assert [(one.asked.fact, one.trials, one.always) for one in ranked] == [
        ("lvef", ("two", "three"), ("two",)),
        ("alt", ("one",), ("one",)),
        ("antigen", ("three",), ()),
    ]


def test_a_trial_is_decided_when_all_of_its_cohorts_are():
    both = rank({"trial": [stands({"all": [LVEF, UNREAD]}), stands({"all": [LVEF, CD19]})]})

    assert [one.asked.fact for one in both] == ["lvef"]


def test_one_cohort_that_fails_nothing_decides_its_trial():
    assert rank({"trial": [stands({"all": [YOUNG]}), stands({"all": [LVEF]})]}) == ()


def test_a_failed_cohort_does_not_count():
    assert asked(rank({"trial": [stands({"all": [OLD]}), stands({"all": [LVEF]})]})) == ["lvef"]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([HIV], {(MET,), (NOT_MET,)}),
        ([HIV, {**HIV, "value": True}], {(MET, NOT_MET), (NOT_MET, MET)}),
        ([LVEF, LOOSE], {(NOT_MET, NOT_MET), (NOT_MET, MET), (MET, MET)}),
        ([leaf("lvef", "<=", 100, unit="percent")], {(MET,)}),
        ([leaf("lines", op, 1, unit="count") for op in ("<=", ">=")], {(MET, NOT_MET), (MET, MET), (NOT_MET, MET)}),
        ([leaf("lines", ">", 1, unit="count"), leaf("lines", "<", 2, unit="count")], {(MET, NOT_MET), (NOT_MET, MET)}),
        (
            [leaf("cns_status", "in", ["CNS1", "CNS2a"]), leaf("cns_status", "in", ["CNS2a"])],
            {(MET, NOT_MET), (MET, MET), (NOT_MET, NOT_MET)},
        ),
        (
            [leaf("sites", "any_of", ["CNS"]), leaf("sites", "any_of", ["testis"])],
            set(product((MET, NOT_MET), repeat=2)),
        ),
        ([leaf("disease", "in", ["T_ALL"]), leaf("disease", "in", ["AML"])], None),
        ([CD19], {(MET,), (NOT_MET,)}),
        ([leaf("variant", "present", gene) for gene in ("NRAS", "KRAS")], set(product((MET, NOT_MET), repeat=2))),
        ([leaf("variant", "present", f"GENE{n}") for n in range(6)], {(MET,) * 6, (NOT_MET,) * 6}),
        ([leaf("antigen_percent", ">=", 20, unit="percent", of="CD19")], {(MET,), (NOT_MET,)}),
    ],
)
def test_one_answer_gives_only_verdicts_that_go_together(documents, expected):
    found = set(patterns([parse(document).condition for document in documents]))

    assert found == (expected or {(MET, NOT_MET), (NOT_MET, MET), (NOT_MET, NOT_MET)})


@given(seeds)
def test_single_answers_equal_brute_force(seed):
    standing = random_standing(seed)
    assume(standing.verdict is UNKNOWN)
    found = {one.asked: (one.leads_to, one.always) for one in decisive(standing)}

    expected = {question: outcomes(standing, [question]) for question in questions_of(standing)}
    assert found == {
        question: (frozenset(seen) - {UNKNOWN}, UNKNOWN not in seen)
        for question, seen in expected.items()
        if seen != {UNKNOWN}
    }


@given(seeds)
def test_sets_of_answers_equal_brute_force(seed):
    standing = random_standing(seed, size=8)
    questions = questions_of(standing)
    assume(standing.verdict is UNKNOWN and len(questions) <= 10)

    found: list[set[Asked]] = []
    for size in (1, 2, 3):
        for chosen in combinations(sorted(questions), size):
            is_new = not any(smaller <= set(chosen) for smaller in found)
            if is_new and outcomes(standing, chosen) != {UNKNOWN}:
                found.append(set(chosen))
    assert [set(one) for one in deciding_sets(standing)] == found


def questions_of(standing: Standing) -> dict[Asked, list[Leaf]]:
    """The open leaves by the question that they hang on."""
    found: dict[Asked, list[Leaf]] = {}
    for one in leaves(standing.tree):
        if standing.verdict_of(one) is UNKNOWN and one.id not in standing.closed:
            found.setdefault(asked_by(one), []).append(one)
    return found


def outcomes(standing: Standing, chosen) -> set[Verdict]:
    """Every verdict of the tree that answers to ``chosen`` lead to, one after the other."""
    groups = [questions_of(standing)[question] for question in chosen]
    seen = set()
    for answer in product(*(patterns([one.condition for one in group]) for group in groups)):
        given = {
            one.id: verdict
            for group, row in zip(groups, answer, strict=True)
            for one, verdict in zip(group, row, strict=True)
        }
        seen.add(Standing(standing.tree, {**standing.verdicts, **given}).verdict)
    return seen


def test_a_leaf_that_an_explanation_does_not_know_is_unknown():
    standing = standing_of(parse({"all": [YOUNG, LVEF]}), [])

    assert (standing.verdict, asked(decisive(standing))) == (UNKNOWN, ["age_at_submission", "lvef"])


def test_a_case_without_facts_is_decided_by_nothing():
    assert certificate(stands({"any": [YOUNG, LVEF]}, facts())) == ()
