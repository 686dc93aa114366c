"""What a number with a comparator says about a limit."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.matching.intervals import COMPARISONS, Interval, compare, measured
from trials.matching.kleene import Verdict

amounts = st.integers(0, 50).map(float)


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("=", Interval(5, 5)),
        ("", Interval(5, 5)),
        ("<", Interval(0, 5, high_open=True)),
        ("<=", Interval(0, 5)),
        (">", Interval(5, 100)),
        (">=", Interval(5, 100)),
    ],
)
def test_a_comparator_makes_a_range(comparator, expected):
    assert measured(5, comparator, 100) == expected


def test_without_a_largest_number_the_range_is_open():
    assert measured(5, ">").high == math.inf


def test_below_nothing_is_nothing():
    assert measured(0, "<") == Interval(0, 0)


@given(amounts, st.sampled_from(["=", "<", "<=", ">", ">="]), amounts, st.sampled_from(COMPARISONS), amounts)
def test_a_verdict_holds_for_every_number_that_the_range_allows(value, comparator, true, operator, limit):
    allowed = {"=": true == value, "<": true < value, "<=": true <= value, ">": true > value, ">=": true >= value}
    verdict = compare(measured(value, comparator), operator, limit)

    if allowed[comparator] and verdict is not Verdict.UNKNOWN:
        assert verdict is compare(Interval.exactly(true), operator, limit)
