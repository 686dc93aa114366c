"""Documents that cannot be used are refused with the place and the reason."""

import json

import pytest

from tests.trials.documents import age, leaf
from trials.matching.criteria import MAX_DEPTH, MAX_NODES, CriterionError, leaves, parse, parse_text, to_json

GOOD = age("<", 21)


def refusal(document: object) -> tuple[str, str]:
    with pytest.raises(CriterionError) as error:
        parse(document)
    return error.value.path, error.value.reason


def changed(**more: object) -> dict:
    return {**GOOD, **more}


def test_a_tree_is_written_back_as_it_was_read():
    document = {
        "all": [
            leaf("variant", "present", "NPM1"),
            {"not": age("<", 1)},
            {"at_least": {"n": 1, "of": [age("<", 9)]}},
            {"any": [age("<", 8)]},
        ]
    }

    assert to_json(parse(document)) == document
    assert parse(to_json(parse(document))) == parse(document)


def test_leaves_come_in_the_order_of_the_document():
    document = {"all": [age("<", 3, id="a"), {"any": [age("<", 2, id="b"), {"not": age("<", 1, id="c")}]}]}

    assert [found.id for found in leaves(parse(document))] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("document", "path", "reason"),
    [
        ({"all": []}, "$.all", "an empty group says nothing"),
        ({"any": [{"all": []}]}, "$.any[0].all", "an empty group says nothing"),
        ({"all": {}}, "$.all", "expected a list"),
        ({"all": [GOOD], "any": [GOOD]}, "$", "a group holds nothing but 'all'"),
        ({"not": []}, "$.not", "expected a group or a criterion, found list"),
        ({"at_least": {"n": 2, "of": [GOOD]}}, "$.at_least.n", "from 1 to 1"),
        ({"at_least": {"n": 0, "of": [GOOD]}}, "$.at_least.n", "from 1 to 1"),
        ({"at_least": {"n": True, "of": [GOOD]}}, "$.at_least.n", "whole number"),
        ({"at_least": {"n": 1}}, "$.at_least", "needs 'n' and 'of'"),
        ({"at_least": {"n": 1, "of": [], "to": 3}}, "$.at_least", "nothing else"),
        (None, "$", "found NoneType"),
        ([GOOD], "$", "found list"),
        ({"all": [GOOD, "age"]}, "$.all[1]", "found str"),
        ({}, "$.fact", "unknown fact None"),
    ],
)
def test_broken_groups_are_refused(document, path, reason):
    assert refusal(document)[0] == path
    assert reason in refusal(document)[1]


@pytest.mark.parametrize(
    ("more", "path", "reason"),
    [
        ({"fact": "shoe_size"}, "$.fact", "unknown fact 'shoe_size'"),
        ({"op": "in"}, "$", "operator 'in' does not fit; allowed: <, <=, >, >="),
        ({"op": "=="}, "$", "operator '==' does not fit"),
        ({"unit": "kg"}, "$", "unit 'kg' does not fit 'age_at_submission'; possible: months, years, weeks, days"),
        ({"unit": None}, "$", "unit None does not fit"),
        ({"value": "21"}, "$", "value '21' is not a number"),
        ({"value": True}, "$", "is not a number"),
        ({"value": -1}, "$", "negative or beyond"),
        ({"value": float("nan")}, "$", "negative or beyond"),
        ({"value": float("inf")}, "$", "negative or beyond"),
        ({"wording": "roughly"}, "$", "wording 'roughly' is none of"),
        ({"wording": "unclear", "value": 2.5}, "$", "whole years"),
        ({"wording": "unclear", "unit": "months"}, "$", "whole years"),
        ({"of": "CD19"}, "$", "takes no 'of'"),
        ({"text": " "}, "$.text", "source sentence"),
        ({"text": "x" * 2001}, "$.text", "longer than 2000"),
        ({"kind": "maybe"}, "$.kind", "inclusion or exclusion"),
        ({"recoverable": "yes"}, "$.recoverable", "true or false"),
        ({"id": ""}, "$.id", "needs an id"),
        ({"window": 3}, "$", "unknown key 'window'"),
    ],
)
def test_broken_criteria_are_refused(more, path, reason):
    assert refusal(changed(**more))[0] == path
    assert reason in refusal(changed(**more))[1]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (leaf("antigen", "expressed"), "needs 'of': the antigen"),
        (leaf("variant", "present", {"gene": "NRAS", "origin": "donor"}), "is not somatic"),
        (leaf("days_since_class", ">=", 14, of="wonder inhibitor", unit="days"), "no known drug class"),
        (leaf("antigen", "expressed", of="CD999"), "'CD999' is no known antigen"),
        (leaf("antigen", "expressed", 5, of="CD19"), "takes no value"),
        (leaf("antigen_percent", ">", 101, of="CD7", unit="percent"), "impossible"),
        (leaf("prior_drug", "given", of="aspirinol"), "no known drug"),
        (leaf("prior_class", "given", of="wonder inhibitor"), "no known drug class"),
        (leaf("disease", "in", ["T_ALLS"]), "no known family, group or entity"),
        (leaf("disease", "in", []), "at least one entry"),
        (leaf("sites", "any_of", "CNS"), "list of codes"),
        (leaf("sites", "in", ["CNS"]), "allowed: any_of"),
        (leaf("in_relapse", "is", 1), "neither true nor false"),
        (leaf("in_relapse", "is", value=True, unit="count"), "has no unit"),
        (leaf("weight", ">=", 7, unit="kg", wording="exact"), "ages only"),
        (leaf("variant", "present", "KMT2A-r"), "is not a variant"),
        (leaf("fusion", "present", "NPM1"), "is not a fusion"),
        (leaf("fusion", "present", "XYZ-class"), "no known way to write a lesion"),
        (leaf("variant", "present", {"gene": "NRAS", "codon": 12}), "written as gene"),
        (leaf("variant", "present", {"gene": ""}), "written as gene"),
        (leaf("pathway", "altered", "HEDGEHOG"), "none of the pathways MAPK"),
        (leaf("unread_criteria", "unread", value=True), "takes no value"),
    ],
)
def test_values_that_do_not_fit_their_fact_are_refused(document, reason):
    assert reason in refusal(document)[1]


def test_repeated_ids_are_refused_with_both_places():
    document = {"all": [age("<", 3, id="I-01"), {"any": [age("<", 2, id="I-01")]}]}

    assert refusal(document) == ("$.all[1].any[0].id", "id 'I-01' is used before, at $.all[0]")


def test_an_age_above_its_own_limit_is_refused():
    low, high = age(">=", 18, id="low"), age("<", 12, id="high")

    assert refusal({"all": [low, high]}) == ("$.all", "'low' and 'high' contradict each other")
    assert parse({"any": [low, high]})


def nested(depth: int) -> dict:
    document: dict = age("<", 1)
    for _ in range(depth):
        document = {"not": document}
    return document


def test_trees_as_deep_as_allowed_are_read():
    assert parse(nested(MAX_DEPTH))


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 10_000])
def test_deeper_trees_are_refused(depth):
    assert refusal(nested(depth))[1] == f"nested deeper than {MAX_DEPTH} levels"


def test_trees_with_too_many_nodes_are_refused():
    assert "nodes" in refusal({"any": [age("<", 1) for _ in range(MAX_NODES + 1)]})[1]


@pytest.mark.parametrize(("text", "reason"), [("{", "not readable as JSON"), ("[" * 100_000, "nested deeper")])
def test_text_that_is_no_json_is_refused(text, reason):
    with pytest.raises(CriterionError, match=reason):
        parse_text(text)


def test_json_text_is_read():
    assert to_json(parse_text(json.dumps(GOOD))) == GOOD
