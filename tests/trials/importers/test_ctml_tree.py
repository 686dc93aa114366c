"""Match clauses: every way to write a tree is understood, and what is not understood stays open."""

import pytest

from tests.trials.importers.ctml import clinical, genomic
from trials.importers.ctml import CtmlAll, CtmlAny, CtmlError, leaves, parse_match
from trials.matching.criteria import MAX_DEPTH, MAX_NODES


def only_leaf(document):
    (leaf,) = leaves(parse_match([document]))
    return leaf


def test_a_list_is_an_and():
    tree = parse_match([clinical(gender="Male"), genomic()])

    assert isinstance(tree, CtmlAll)
    assert [leaf.category for leaf in leaves(tree)] == ["clinical", "genomic"]


def test_several_keys_in_one_item_are_an_and():
    tree = parse_match([{"or": [{**clinical(gender="Male"), **genomic()}, clinical(gender="Female")]}])

    assert isinstance(tree, CtmlAny)
    assert isinstance(tree.parts[0], CtmlAll)


@pytest.mark.parametrize(("key", "kind"), [("and", CtmlAll), ("and1", CtmlAll), ("or", CtmlAny), ("or12", CtmlAny)])
def test_groups_may_be_numbered(key, kind):
    assert isinstance(parse_match({key: [genomic(), genomic("NRAS")]}), kind)


def test_two_numbered_groups_of_one_item_both_count():
    tree = parse_match({"or1": [genomic("A"), genomic("B")], "or2": [genomic("C"), genomic("D")]})

    assert [type(part) for part in tree.parts] == [CtmlAny, CtmlAny]


def test_a_clinical_criterion_is_read_field_by_field():
    tree = parse_match([clinical(gender="!Male", age_numerical=">=18")])

    assert [(leaf.fields, leaf.negated) for leaf in leaves(tree)] == [
        ((("gender", "Male"),), True),
        ((("age_numerical", ">=18"),), False),
    ]


def test_a_genomic_criterion_speaks_of_one_event():
    leaf = only_leaf(genomic("RPA1", "Mutation", protein_change="!p.A466G"))

    assert (leaf.negated, leaf.get("protein_change"), leaf.get("hugo_symbol")) == (True, "p.A466G", "RPA1")


def test_a_numbered_leaf_is_read_like_one_without():
    assert only_leaf({"genomic2": {"hugo_symbol": "NRAS"}}).category == "genomic"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"clinical": None}, "'clinical' states nothing"),
        ({"genomic": {}}, "'genomic' states nothing"),
        ({"genomic": "KMT2A"}, "'genomic' states nothing"),
        (None, "is missing here"),
        ({}, "is missing here"),
        (7, "is missing here"),
        ({"and": []}, "an empty group says nothing"),
        ({"or": None}, "is missing here"),
        ({"g1": {"a": "b"}}, "unknown key 'g1'"),
        (clinical(colour="blue"), "unknown key 'colour'"),
        (clinical(gender=None), "no value that can be compared"),
        (clinical(gender=["Male"]), "no value that can be compared"),
        (clinical(gender="!"), "no value that can be compared"),
        (clinical(age_numerical="18"), "'18' is no comparison"),
        (clinical(age_numerical=18), "no value that can be compared"),
        (clinical(age_numerical="!>=18"), "is no comparison"),
        (clinical(disease_status=[]), "is no list of words"),
        (clinical(disease_status=[3]), "is no list of words"),
        (genomic(colour="blue"), "unknown key 'colour'"),
        (genomic(exon={"from": 1}), "no value that can be compared"),
        ({"prior_treatment": {"cycles": 3}}, "unknown key 'cycles'"),
    ],
)
def test_what_is_not_understood_is_kept_with_its_problem(document, problem):
    leaf = only_leaf(document)

    assert problem in leaf.problem
    assert leaf.path.startswith("$[0]")


def test_one_unknown_field_leaves_the_others_of_a_clinical_criterion_in_force():
    tree = parse_match([clinical(gender="Male", colour="!blue")])

    assert [(bool(leaf.problem), leaf.negated) for leaf in leaves(tree)] == [(False, False), (True, True)]


def test_equal_leaves_have_equal_keys_wherever_they_stand():
    first, second = leaves(parse_match([genomic(), {"or": [genomic()]}]))

    assert (first.key == second.key, first.path == second.path) == (True, False)


def test_a_tree_that_is_too_deep_is_refused_with_its_place():
    document = genomic()
    for _ in range(MAX_DEPTH + 1):
        document = {"and": [document]}

    with pytest.raises(CtmlError, match=f"nested deeper than {MAX_DEPTH} levels") as error:
        parse_match(document)
    assert error.value.path.startswith("$.and[0].and[0]")


def test_a_tree_that_is_too_large_is_refused():
    with pytest.raises(CtmlError, match=f"more than {MAX_NODES} criteria"):
        parse_match([{"or": [genomic(f"G{number}") for number in range(MAX_NODES + 1)]}])
