"""Ranges of numbers against limits, by trying numbers inside."""

import math

import pytest

from tests.trials.matching.engine.cases import MET, NOT_MET, OPERATORS, RANGES, UNKNOWN
from trials.matching.intervals import Interval, compare, measured

HOLDS = {
    "<": float.__lt__,
    "<=": float.__le__,
    ">": float.__gt__,
    ">=": float.__ge__,
    "==": float.__eq__,
}


def numbers_in(known: Interval):
    steps = range(int(known.low * 4), int(known.high * 4) + 1)
    return [step / 4 for step in steps if not (known.high_open and step / 4 == known.high)]


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("known", RANGES, ids=str)
def test_a_limit_is_met_when_every_number_meets_it_and_failed_when_none_does(operator, known):
    for limit in (29.75, 30.0, 40.0, 42.5, 45.0, 50.0, 60.0, 60.25):
        holds = {HOLDS[operator](number, limit) for number in numbers_in(known)}
        expected = UNKNOWN if len(holds) == 2 else (MET if holds == {True} else NOT_MET)
        assert compare(known, operator, limit) is expected


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("=", Interval(5, 5)),
        (None, Interval(5, 5)),
        ("~", Interval(5, 5)),
        ("<", Interval(0, 5, high_open=True)),
        ("<=", Interval(0, 5)),
        (">", Interval(5, math.inf)),
        (">=", Interval(5, math.inf)),
    ],
)
def test_a_measured_value_says_as_much_as_its_sign(comparator, expected):
    assert measured(5, comparator) == expected


def test_above_a_value_ends_at_the_largest_possible_number():
    assert measured(90, ">", most=100) == Interval(90, 100)
    assert measured(120, ">=", most=100) == Interval(120, 120)


def test_below_nothing_is_nothing():
    assert measured(0, "<") == Interval(0, 0)


@pytest.mark.parametrize("value", [0.5, 1, 2])
def test_below_a_value_does_not_reach_it(value):
    assert compare(measured(value, "<"), "<", value) is MET


def test_completed_units_reach_up_to_the_next():
    assert Interval.completed(7) == Interval(7, 8, high_open=True)
    assert Interval.exactly(7) == Interval(7, 7)
