"""What decides, what is asked next and what stands first in a list."""

from itertools import product

import pytest

from tests.trials.documents import age, aged, facts, leaf
from tests.trials.matching.engine.cases import MET, NOT_MET
from trials.matching.criteria import parse
from trials.matching.decide import (
    Asked,
    asked_by,
    can_be_answered,
    certificate,
    deciding_sets,
    decisive,
    rank,
    standing_of,
)
from trials.matching.explain import explain
from trials.matching.order import Cohort, order_vector

YOUNG, OLD = age("<", 18, id="young"), age(">=", 18, id="old")
LVEF = leaf("lvef", ">=", 50, unit="percent", id="lvef")
ALT = leaf("alt", "<=", 5, unit="xULN", id="alt")
HIV = leaf("hiv", "is", value=False, id="hiv")
CD19, CD22, CD7 = (leaf("antigen", "expressed", of=name, id=name) for name in ("CD19", "CD22", "CD7"))
UNREAD = leaf("unread_criteria", "unread", id="unread")


def stands(document, case=None):
    tree = parse(document)
    return standing_of(tree, explain(tree, case or aged(120)).to_json()["criteria"])


def again(document, name):
    return document | {"id": name}


def test_of_two_ways_to_be_met_the_certificate_names_the_shorter():
    long = {"all": [YOUNG, again(YOUNG, "young-2")]}

    assert certificate(stands({"any": [long, again(YOUNG, "young-3")]})) == ("young-3",)


def test_of_two_ways_to_fail_the_certificate_names_the_shorter():
    long = {"any": [OLD, again(OLD, "old-2")]}

    assert certificate(stands({"all": [long, again(OLD, "old-3")]})) == ("old-3",)


def test_parts_of_a_certificate_stand_in_the_order_of_the_document():
    long = {"all": [YOUNG, again(YOUNG, "b")]}
    tree = {"at_least": {"n": 2, "of": [long, again(YOUNG, "c"), OLD]}}

    assert certificate(stands(tree)) == ("young", "b", "c")


@pytest.mark.parametrize(("n", "names"), [(1, ("old", "old-2", "old-3")), (2, ("old", "old-2")), (3, ("old",))])
def test_at_least_fails_by_as_many_as_leave_too_few(n, names):
    olds = [OLD, again(OLD, "old-2"), again(OLD, "old-3")]

    assert certificate(stands({"at_least": {"n": n, "of": olds}})) == names


def test_an_exclusion_is_shown_by_what_is_absent():
    assert certificate(stands({"not": {"any": [OLD, again(OLD, "b")]}})) == ("old", "b")


def test_a_failure_that_may_recover_only_in_part_is_shown_by_the_lasting_part():
    tree = {"all": [{"any": [OLD | {"recoverable": True}, again(OLD, "b")]}, again(OLD, "c")]}

    assert certificate(stands(tree)) == ("c",)


def test_a_criterion_that_may_recover_is_needed_where_the_cohort_meets_all():
    assert certificate(stands({"all": [YOUNG | {"recoverable": True}, again(YOUNG, "b")]})) == ("young", "b")


def test_two_of_three_open_criteria_are_decided_by_two_answers():
    two = stands({"at_least": {"n": 2, "of": [CD19, CD22, CD7]}})
    named = [Asked("antigen", name) for name in ("CD19", "CD22", "CD7")]

    assert decisive(two) == ()
    assert deciding_sets(two) == ((named[0], named[1]), (named[0], named[2]), (named[1], named[2]))


def test_two_of_three_are_decided_by_one_answer_where_one_is_met():
    found = decisive(stands({"at_least": {"n": 2, "of": [YOUNG, OLD, LVEF]}}))

    assert [(one.asked.fact, one.leads_to, one.always) for one in found] == [("lvef", {MET, NOT_MET}, True)]


def test_sets_may_be_asked_for_in_another_size():
    one = stands({"all": [UNREAD, {"any": [LVEF, ALT, CD19, CD22]}]})

    assert deciding_sets(one, largest=4) == (
        (Asked("alt"), Asked("antigen", "CD19"), Asked("antigen", "CD22"), Asked("lvef")),
    )
    assert deciding_sets(one, largest=3) == ()


def test_a_decided_tree_asks_nothing():
    assert (decisive(stands(YOUNG)), deciding_sets(stands(YOUNG))) == ((), ())
    assert deciding_sets(stands({"any": [YOUNG, LVEF]})) == ()


def test_the_same_question_in_two_places_is_one_question():
    found = decisive(stands({"all": [LVEF, {"any": [again(LVEF, "b"), ALT]}]}))

    assert [(one.asked.fact, one.always) for one in found] == [("lvef", True)]


def test_one_answer_cannot_be_used_both_ways():
    both = stands({"all": [LVEF, {"not": again(LVEF, "b")}]})

    assert [(one.leads_to, one.always) for one in decisive(both)] == [({NOT_MET}, True)]


def test_an_open_leaf_that_nobody_can_answer_blocks_the_way_to_met_only():
    assert [one.leads_to for one in decisive(stands({"any": [{"all": [UNREAD, LVEF]}, ALT]}))] == [{MET}]


def test_an_excluded_criterion_stands_as_its_fact_does():
    standing = stands({"all": [{"not": OLD}, {"not": again(YOUNG, "b")}, {"not": again(HIV, "c")}]})

    assert {name: verdict.name for name, verdict in standing.verdicts.items()} == {
        "old": "NOT_MET",
        "b": "MET",
        "c": "UNKNOWN",
    }


def test_only_what_is_open_for_good_is_closed():
    assert stands({"all": [YOUNG, LVEF, UNREAD, {"not": again(UNREAD, "b")}]}).closed == {"unread", "b"}


def test_a_question_is_a_fact_and_what_it_is_about():
    assert asked_by(parse(LVEF)) == Asked("lvef")
    assert asked_by(parse(CD19)) == Asked("antigen", "CD19")
    assert asked_by(parse(leaf("variant", "present", {"gene": "NRAS", "hgvs_p": "p.G12D"}))).about == "NRAS p.G12D"


def test_questions_that_always_decide_come_before_those_that_may_then_the_first_trial():
    ranked = rank(
        {
            "one": [stands({"all": [ALT, LVEF]})],
            "two": [stands(HIV)],
            "three": [stands(CD19)],
        }
    )

    assert [one.asked.about or one.asked.fact for one in ranked] == ["hiv", "CD19", "alt", "lvef"]


def test_of_equal_questions_the_first_in_the_first_trial_comes_first():
    ranked = rank({"one": [stands({"all": [LVEF, ALT]})], "two": [stands({"all": [ALT, LVEF]})]})

    assert [(one.asked.fact, one.trials) for one in ranked] == [("lvef", ("one", "two")), ("alt", ("one", "two"))]


def vector(document, *, days: int | None = 3, phase: int = 0, case=None):
    tree = parse(document)
    return order_vector(tree, explain(tree, case or aged(120)), Cohort("key", "recruiting", phase, days))


def test_a_vector_shows_every_part_of_the_order():
    tree = {"all": [YOUNG, LVEF, CD19, leaf("disease", "in", ["T_ALL"])]}

    assert vector(tree, days=7, phase=2) == (1, 0, 2, 1, 3, -2, 7, "key")


def test_a_trial_that_nobody_checked_comes_after_all_others():
    assert vector(YOUNG, days=None)[6] > 365 * 100


@pytest.mark.parametrize(
    ("codes", "rank_of_disease"),
    [
        (["BALL_PH_LIKE"], 0),
        (["T_ALL"], 1),
        (["T_ALL", "BCP_ALL"], 1),
        (["T_ALL", "BCP_ALL", "AML"], 2),
        (["T_ALL", "BALL_PH_LIKE"], 1),
    ],
)
def test_one_or_two_groups_of_disease_are_narrower_than_three(codes, rank_of_disease):
    assert vector(leaf("disease", "in", codes))[3] == rank_of_disease


@pytest.mark.parametrize(
    ("document", "rank_of_lesion"),
    [
        (leaf("variant", "present", {"gene": "NRAS", "hgvs_p": "p.G12D"}), 0),
        (leaf("variant", "present", "FLT3-ITD"), 0),
        (leaf("fusion", "present", "BCR::ABL1"), 0),
        (leaf("fusion", "present", "KMT2A-r"), 1),
        (leaf("variant", "present", {"gene": "TP53", "origin": "somatic"}), 1),
        (leaf("antigen_percent", ">=", 20, unit="percent", of="CD19"), 2),
        (CD19, 2),
        (LVEF, 3),
    ],
)
def test_the_finest_molecular_criterion_ranks_the_cohort(document, rank_of_lesion):
    assert vector({"all": [YOUNG, document]}, case=facts())[2] == rank_of_lesion


def test_an_excluded_group_is_decided_by_its_parts():
    assert deciding_sets(stands({"not": {"all": [UNREAD, LVEF, {"any": [ALT, CD19]}]}})) == (
        (Asked("lvef"),),
        (Asked("alt"), Asked("antigen", "CD19")),
    )


def test_a_trial_without_cohorts_asks_nothing():
    assert rank({"trial": []}) == ()


def test_of_far_too_many_sets_the_smallest_and_first_by_name_are_kept():
    groups = [[leaf("variant", "present", f"GENE{side}{n:02}") for n in range(13)] for side in "ABC"]
    many = {"all": [{"any": group} for group in groups]}

    found = deciding_sets(stands({"any": [{"not": UNREAD}, again(CD19, "CD19"), many]}))
    expected = product(*([Asked("variant", one["value"]) for one in group] for group in groups))
    assert found == ((Asked("antigen", "CD19"),), *list(expected)[:1999])


@pytest.mark.parametrize(
    ("fact", "reason", "answerable"),
    [
        ("age_at_diagnosis", "not_given", True),
        ("age_at_diagnosis", "border", False),
        ("days_since_hsct", "border", True),
        ("prior_class", "drug_class", False),
        ("prior_class", "drug_name", True),
        ("dlco", "not_given", False),
        ("unread_criteria", "not_given", False),
    ],
)
def test_what_the_dossier_has_no_place_or_no_word_for_is_not_asked(fact, reason, answerable):
    assert can_be_answered(fact, reason) is answerable


def test_what_a_definition_leaves_open_is_closed():
    case = facts(status={"status_now": "relapse_untreated", "relapse_number": 1})

    assert stands(leaf("relapse_high_risk", "is", value=True, id="high"), case).closed == {"high"}
