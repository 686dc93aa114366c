"""The order of a list is a visible vector."""

from tests.trials.documents import age, aged, leaf
from trials.matching.criteria import parse
from trials.matching.explain import explain
from trials.matching.order import Cohort, order_vector

AGE = age("<", 18)
WALL = age(">=", 18)
GENE = leaf("variant", "present", "NPM1")
ITD = leaf("variant", "present", "FLT3-ITD")
FUSION = leaf("fusion", "present", "KMT2A::AFF1")
PATHWAY = leaf("pathway", "altered", "MAPK")


def vector(*documents: dict, availability: str = "recruiting", phase: int = 0, days: int | None = 3, key: str = "a"):
    tree = parse({"all": list(documents)})
    return order_vector(tree, explain(tree, aged(120)), Cohort(key, availability, phase, days))


def test_what_fails_comes_after_what_may_fit():
    assert vector(AGE) < vector(AGE, GENE) < vector({**WALL, "recoverable": True}) < vector(WALL)


def test_recruiting_comes_before_closed_within_one_outcome():
    order = ("recruiting", "recruiting_unconfirmed", "recruiting_elsewhere", "not_yet_recruiting", "unknown", "closed")
    vectors = [vector(AGE, availability=name) for name in order]

    assert vectors == sorted(vectors)


def test_closed_but_fitting_comes_before_open_but_failing():
    assert vector(AGE, availability="closed") < vector(WALL)


def test_precise_lesions_come_before_genes_pathways_and_diseases():
    disease = leaf("disease", "in", ["AML"])
    vectors = [vector(document) for document in (ITD, GENE, PATHWAY, disease)]

    assert [found[2] for found in vectors] == [0, 1, 2, 3]
    assert vector(FUSION)[2] == 0


def test_named_entities_come_before_groups_and_groups_before_families():
    diseases = (["BURKITT"], ["T_ALL"], ["ACUTE_LEUKAEMIA"])

    assert [vector(leaf("disease", "in", names))[3] for names in diseases] == [0, 1, 2]
    assert vector(AGE)[3] == 3


def test_fewer_missing_facts_then_later_phase_then_newer_check_then_key():
    assert vector(GENE) < vector(GENE, ITD | {"fact": "variant", "value": "WT1"})
    assert vector(AGE, phase=3) < vector(AGE, phase=1)
    assert vector(AGE, days=1) < vector(AGE, days=40) < vector(AGE, days=None)
    assert vector(AGE, key="a") < vector(AGE, key="b")
