"""Which verdicts one answer can give together: none that can happen is forgotten, none that cannot is named."""

from itertools import product

import pytest

from tests.trials.documents import age, leaf
from tests.trials.matching.engine.cases import MET, NOT_MET, UNKNOWN
from trials.matching.criteria import parse
from trials.matching.possible import patterns


def found(*documents) -> set:
    return set(patterns([parse(document).condition for document in documents]))


def lvef(operator: str, percent: float):
    return leaf("lvef", operator, percent, unit="percent")


def lines(operator: str, count: float):
    return leaf("lines", operator, count, unit="count")


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([lvef("<", 40)], {(MET,), (NOT_MET,)}),
        ([lvef(">", 50)], {(MET,), (NOT_MET,)}),
        ([lvef(">", 40), lvef("<", 50)], {(MET, MET), (NOT_MET, MET), (MET, NOT_MET)}),
        ([lvef("<", 40), lvef(">", 50)], {(MET, NOT_MET), (NOT_MET, NOT_MET), (NOT_MET, MET)}),
        ([lvef("==", 40)], {(MET,), (NOT_MET,)}),
        ([lvef(">", 100)], {(NOT_MET,)}),
        ([lvef("<", 0)], {(NOT_MET,)}),
        ([lvef(">", 0)], {(MET,), (NOT_MET,)}),
        ([leaf("mrd", ">", 1, unit="fraction")], {(NOT_MET,)}),
        ([lvef(">", 99.5)], {(MET,), (NOT_MET,)}),
        ([leaf("mrd", ">=", 0.5, unit="fraction")], {(MET,), (NOT_MET,)}),
        ([leaf("mrd", ">", 0.5, unit="fraction")], {(MET,), (NOT_MET,)}),
        ([leaf("wbc", ">", 100, unit="10^9/L")], {(MET,), (NOT_MET,)}),
    ],
)
def test_numbers_lie_below_at_between_and_above_the_limits(documents, expected):
    assert found(*documents) == expected


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([lines(">", 1), lines("<", 2)], {(MET, NOT_MET), (NOT_MET, MET)}),
        ([lines(">", 1), lines("<", 3)], {(MET, NOT_MET), (MET, MET), (NOT_MET, MET)}),
        ([lines(">", 1.2), lines("<", 1.8)], {(MET, NOT_MET), (NOT_MET, MET)}),
        ([lines("==", 1.5)], {(NOT_MET,)}),
        ([lines("<", 0)], {(NOT_MET,)}),
        ([lines(">=", 0)], {(MET,)}),
        ([lines("<", 1)], {(MET,), (NOT_MET,)}),
        ([lines(">", 4)], {(MET,), (NOT_MET,)}),
    ],
)
def test_what_is_counted_is_whole(documents, expected):
    assert found(*documents) == expected


def test_an_age_in_an_unclear_wording_can_stay_open_at_its_border():
    assert found(age("<=", 18, wording="unclear")) == {(MET,), (UNKNOWN,), (NOT_MET,)}


def test_limits_about_one_drug_class_go_together():
    documents = [leaf("days_since_class", op, 14, unit="days", of="asparaginase") for op in (">=", "<")]

    assert found(*documents) == {(MET, NOT_MET), (NOT_MET, MET)}


def test_an_answer_may_be_none_of_the_codes():
    assert found(leaf("sex", "in", ["female"]), leaf("sex", "in", ["male"])) == {
        (MET, NOT_MET),
        (NOT_MET, MET),
        (NOT_MET, NOT_MET),
    }


def test_a_list_may_hold_every_code_some_or_none():
    documents = [leaf("sites", "any_of", [site]) for site in ("CNS", "testis", "skin")]

    assert found(*documents) == set(product((MET, NOT_MET), repeat=3))


def test_a_list_cannot_hold_a_part_without_what_contains_it():
    documents = [leaf("sites", "any_of", ["CNS"]), leaf("sites", "any_of", ["CNS", "testis"])]

    assert found(*documents) == {(MET, MET), (NOT_MET, MET), (NOT_MET, NOT_MET)}


def test_an_entity_is_also_of_its_group():
    documents = [leaf("disease", "in", codes) for codes in (["BALL_PH_LIKE"], ["BCP_ALL"], ["ALL"])]

    assert found(*documents) == {(MET, MET, MET), (NOT_MET, MET, MET), (NOT_MET, NOT_MET, MET), (NOT_MET,) * 3}


def test_yes_and_no_exclude_each_other():
    assert found(*(leaf("hiv", "is", value=value) for value in (True, False))) == {(MET, NOT_MET), (NOT_MET, MET)}


@pytest.mark.parametrize(("count", "ways"), [(1, 2), (4, 16), (5, 2)])
def test_a_few_findings_are_independent_and_very_many_are_taken_together(count, ways):
    documents = [leaf("variant", "present", f"GENE{number}") for number in range(count)]

    assert len(found(*documents)) == ways


def test_no_pattern_is_named_twice():
    conditions = [parse(lvef(">=", percent)).condition for percent in (40, 50)]

    assert len(patterns(conditions)) == len(set(patterns(conditions))) == 3
