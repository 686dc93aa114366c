"""Explanations word by word, and where each criterion stands in its tree."""

import pytest

from tests.trials.documents import age, aged, antigen, facts, leaf, specimen
from trials.matching.criteria import parse
from trials.matching.evaluate import Outcome, answers_of, evaluate_tree
from trials.matching.explain import about_of, explain, places
from trials.matching.kleene import Verdict

YOUNG, OLD = age("<", 18, id="young"), age(">=", 18, id="old")
LVEF = leaf("lvef", ">=", 50, unit="percent", id="lvef")
CD19 = leaf("antigen", "expressed", of="CD19", id="CD19", ref="5.1", recoverable=True)


def again(document, name):
    return document | {"id": name}


def criteria(document, case=None):
    return explain(parse(document), case or aged(120)).criteria


def test_a_stored_explanation_of_a_finding_says_where_it_was_seen():
    case = facts(specimen("S2", 700, antigens=[antigen("CD19", "2", "negative")]))

    assert explain(parse(CD19), case).to_json() == {
        "outcome": "not_now",
        "criteria": [
            {
                "id": "CD19",
                "ref": "5.1",
                "text": "About antigen.",
                "kind": "inclusion",
                "verdict": "not_met",
                "state": "tested_not_found",
                "fact": "antigen",
                "about": "CD19",
                "turned": False,
                "found": "CD19 2 %, negative",
                "specimen": "S2",
                "day": 700,
                "reason": "",
                "question": "",
                "recoverable": True,
                "choice": "",
                "choice_verdict": "",
                "blocking": True,
            }
        ],
        "valid_for_days": None,
    }


def test_a_stored_explanation_tells_how_long_it_holds():
    assert explain(parse(YOUNG), aged(215)).to_json()["valid_for_days"] == 1


def test_an_open_exclusion_names_reason_and_question():
    (found,) = criteria({"not": LVEF | {"kind": "exclusion"}})

    assert (found.verdict, found.state, found.kind) == ("unknown", "unknown", "exclusion")
    assert (found.reason, found.turned, found.blocking) == ("not_given", True, False)
    assert found.question.endswith("?")


@pytest.mark.parametrize(
    ("document", "turned"),
    [
        ({"not": {"all": [YOUNG, {"any": [OLD, LVEF]}]}}, [True, True, True]),
        ({"all": [YOUNG, {"not": OLD}, LVEF]}, [False, True, False]),
        ({"not": {"at_least": {"n": 1, "of": [YOUNG, {"not": OLD}]}}}, [True, False]),
        ({"not": {"not": {"not": YOUNG}}}, [True]),
    ],
)
def test_below_an_odd_number_of_exclusions_a_fact_must_not_hold(document, turned):
    assert [place.turned for place in places(parse(document))] == turned


@pytest.mark.parametrize(
    ("document", "choices"),
    [
        ({"any": [YOUNG, OLD]}, ["$", "$"]),
        ({"all": [YOUNG, {"any": [OLD, LVEF]}]}, ["", "$[1]", "$[1]"]),
        ({"not": {"all": [YOUNG, OLD]}}, ["$.not", "$.not"]),
        ({"all": [YOUNG, {"not": {"all": [OLD, LVEF]}}]}, ["", "$[1].not", "$[1].not"]),
        ({"any": [YOUNG, {"not": {"all": [OLD, LVEF]}}]}, ["$", "$", "$"]),
        ({"any": [YOUNG, {"not": OLD}]}, ["$", "$"]),
        ({"any": [YOUNG]}, [""]),
        ({"any": [{"any": [YOUNG, OLD]}]}, ["$[0]", "$[0]"]),
        ({"at_least": {"n": 2, "of": [YOUNG, OLD]}}, ["$", "$"]),
        ({"not": {"any": [YOUNG, OLD]}}, ["", ""]),
        ({"not": {"at_least": {"n": 2, "of": [YOUNG, OLD]}}}, ["$.not", "$.not"]),
    ],
)
def test_alternatives_are_named_by_the_path_of_the_outermost_group(document, choices):
    assert [place.choice for place in places(parse(document))] == choices


@pytest.mark.parametrize(
    ("document", "verdicts"),
    [
        ({"any": [OLD, LVEF]}, {"unknown"}),
        ({"any": [OLD, again(OLD, "b")]}, {"not_met"}),
        ({"not": {"all": [YOUNG, again(YOUNG, "b")]}}, {"not_met"}),
        ({"not": {"all": [YOUNG, OLD]}}, {"met"}),
        ({"at_least": {"n": 2, "of": [YOUNG, OLD]}}, {"not_met"}),
        (YOUNG, {""}),
    ],
)
def test_alternatives_count_by_the_verdict_of_their_group(document, verdicts):
    assert {found.choice_verdict for found in criteria(document)} == verdicts


def test_a_criterion_counts_by_itself_or_by_its_alternatives():
    found = criteria({"all": [OLD, {"any": [YOUNG, again(OLD, "b")]}]})

    assert [one.counts_as for one in found] == ["not_met", "met", "met"]


def test_only_what_makes_a_cohort_fail_blocks():
    tree = {"all": [YOUNG, {"at_least": {"n": 2, "of": [OLD, again(YOUNG, "b"), {"not": again(YOUNG, "c")}]}}]}

    assert [found.id for found in criteria(tree) if found.blocking] == ["old", "c"]


def test_an_excluded_group_blocks_by_what_is_met_in_it():
    tree = {"not": {"any": [OLD, {"all": [YOUNG, again(YOUNG, "b")]}, LVEF]}}

    assert [found.id for found in criteria(tree) if found.blocking] == ["young", "b"]


@pytest.mark.parametrize(
    ("document", "about"),
    [
        (leaf("variant", "present", {"gene": "NRAS", "class": "ITD", "origin": "somatic"}), "NRAS ITD somatic"),
        (leaf("fusion", "present", "KMT2A-r"), "KMT2A-r"),
        (leaf("pathway", "altered", "PI3K_AKT"), "PI3K-AKT-PTEN"),
        (leaf("days_since_class", ">=", 14, unit="days", of="asparaginase"), "asparaginase"),
        (leaf("resistant_to_class", "is", value=True, of="asparaginase"), "asparaginase"),
        (LVEF, ""),
    ],
)
def test_a_criterion_is_about_the_lesion_pathway_drug_or_nothing(document, about):
    assert about_of(parse(document)) == about


@pytest.mark.parametrize(
    ("document", "verdict", "outcome"),
    [
        ({"at_least": {"n": 2, "of": [YOUNG, again(YOUNG, "b"), OLD]}}, Verdict.MET, Outcome.NO_CRITERION_FAILS),
        ({"at_least": {"n": 2, "of": [YOUNG, LVEF, OLD]}}, Verdict.UNKNOWN, Outcome.POSSIBLE),
        ({"at_least": {"n": 2, "of": [YOUNG, OLD]}}, Verdict.NOT_MET, Outcome.CRITERION_NOT_MET),
        ({"any": [OLD, LVEF]}, Verdict.UNKNOWN, Outcome.POSSIBLE),
        ({"not": {"any": [OLD, LVEF]}}, Verdict.UNKNOWN, Outcome.POSSIBLE),
        ({"all": [OLD, LVEF]}, Verdict.NOT_MET, Outcome.CRITERION_NOT_MET),
        ({"any": [OLD, again(OLD, "b") | {"recoverable": True}]}, Verdict.NOT_MET, Outcome.NOT_NOW),
        ({"all": [OLD | {"recoverable": True}, LVEF]}, Verdict.NOT_MET, Outcome.NOT_NOW),
    ],
)
def test_a_group_is_worth_what_its_parts_are(document, verdict, outcome):
    tree = parse(document)

    assert evaluate_tree(tree, aged(120)) is verdict
    assert explain(tree, aged(120)).outcome is outcome


def test_every_leaf_of_every_kind_of_group_is_answered():
    groups = {"all": [YOUNG, {"any": [OLD, {"not": LVEF}]}, {"at_least": {"n": 1, "of": [CD19]}}]}

    assert list(answers_of(parse(groups), aged(120))) == ["young", "old", "lvef", "CD19"]
