"""Single values of a dossier: what says nothing is unknown, never absent."""

import math

import pytest

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.facts.values import (
    age,
    age_after,
    amount,
    block,
    code,
    codes,
    day_of,
    flag,
    hull,
    not_found,
    number,
    rows,
    said_none,
    several,
    undecided,
    without_value,
    yes_or_no,
)
from trials.matching.intervals import Interval


@pytest.mark.parametrize("content", [{}, {"status": None}, {"status": []}, {"status": "text"}])
def test_a_block_that_is_missing_or_of_the_wrong_kind_is_empty(content):
    assert (block(content, "status"), rows(content, "mrd"), codes(content, "sites")) == ({}, [], frozenset())


def test_blocks_rows_and_codes_are_read_and_strange_rows_left_out():
    content = {"status": {"wbc": "3"}, "mrd": [{"tissue": "BM"}, None, "text"], "sites": ["CNS", "testis"]}

    assert block(content, "status") == {"wbc": "3"}
    assert rows(content, "mrd") == [{"tissue": "BM"}]
    assert codes(content, "sites") == {"CNS", "testis"}
    assert (rows({"mrd": {"tissue": "BM"}}, "mrd"), codes({"sites": "CNS"}, "sites")) == ([], frozenset())


@pytest.mark.parametrize(
    ("content", "none"),
    [
        ({}, False),
        ({"no_therapy_yet": True}, True),
        ({"no_therapy_yet": False, "exposure": {"no_transplant": True}}, True),
        ({"exposure": {"no_transplant": False}}, False),
        ({"exposure": {"no_cell_therapy": True}}, False),
    ],
)
def test_a_list_is_said_to_be_empty_by_its_tick_or_by_no_treatment_at_all(content, none):
    assert said_none(content, "no_transplant") is none


@pytest.mark.parametrize(
    ("value", "read"),
    [("27.4", 27.4), (3, 3.0), ("", None), (None, None), ("many", None), ("inf", None), ("nan", None), ("-1", -1.0)],
)
def test_only_finite_numbers_are_numbers(value, read):
    assert number(value) == read


@pytest.mark.parametrize(("value", "day"), [(0, 0), (700, 700), (None, None), ("700", None), (True, None), (1.5, None)])
def test_a_day_is_a_whole_number(value, day):
    assert day_of({"on_day": value}, "on_day") == day


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("5", "g/L"), Fact(Interval(5, 5), "5 g/L")),
        (("5",), Fact(Interval(5, 5), "5")),
        (("5", "%", "="), Fact(Interval(5, 5), "5 %")),
        (("5", "%", "<"), Fact(Interval(0, 5, high_open=True), "< 5 %", Reason.DETAIL)),
        (("5", "%", "<="), Fact(Interval(0, 5), "≤ 5 %", Reason.DETAIL)),
        (("5", "%", ">", 100), Fact(Interval(5, 100), "> 5 %", Reason.DETAIL)),
        (("5", "%", ">="), Fact(Interval(5, math.inf), "≥ 5 %", Reason.DETAIL)),
        ((None, "%", "<"), NOT_GIVEN),
        (("", "%"), NOT_GIVEN),
    ],
)
def test_an_amount_keeps_its_unit_and_its_sign(arguments, expected):
    assert amount(*arguments) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("CNS1", Fact("CNS1", "CNS1")),
        ({"code": "DE", "display": "Germany"}, Fact("DE", "Germany")),
        ({"code": "DE", "display": ""}, Fact("DE", "DE")),
        ({"code": "", "display": "Germany"}, NOT_GIVEN),
        ({}, NOT_GIVEN),
        ("unknown", NOT_GIVEN),
        ("Unknown", NOT_GIVEN),
        ("not_examined", NOT_GIVEN),
        ("", NOT_GIVEN),
        (None, NOT_GIVEN),
        (3, NOT_GIVEN),
        ("pending", Fact(reason=Reason.PENDING)),
        ("not_done", Fact(reason=Reason.NOT_TESTED)),
        ("nd", Fact(reason=Reason.NOT_TESTED)),
    ],
)
def test_a_code_is_a_value_or_says_why_there_is_none(value, expected):
    assert code(value) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (["testis", "CNS"], Fact(frozenset({"CNS", "testis"}), "CNS, testis")),
        (["CNS", "unknown"], NOT_GIVEN),
        ([], NOT_GIVEN),
        (None, NOT_GIVEN),
    ],
)
def test_a_list_that_names_the_unknown_says_nothing(chosen, expected):
    assert several({"sites": chosen}, "sites") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("yes", Fact(value=True, text="yes")),
        ("no", Fact(value=False, text="no")),
        (True, Fact(value=True, text="yes")),
        (False, Fact(value=False, text="no")),
        ("unknown", NOT_GIVEN),
        ("", NOT_GIVEN),
        (None, NOT_GIVEN),
        (1, NOT_GIVEN),
        ("failed", Fact(reason=Reason.FAILED)),
        ("pending", Fact(reason=Reason.PENDING)),
    ],
)
def test_a_flag_is_yes_no_or_says_why_there_is_none(value, expected):
    assert flag(value) == expected


def test_a_flag_may_say_what_it_was_read_from():
    assert yes_or_no(value=True, text="two lines") == Fact(value=True, text="two lines")
    assert not_found() == Fact(value=False, text="no", tested=True)
    assert not_found("HIV negative") == Fact(value=False, text="HIV negative", tested=True)


@pytest.mark.parametrize(
    ("state", "reason"),
    [("not_done", "not_tested"), ("nd", "not_tested"), ("failed", "failed"), ("", "not_given"), (None, "not_given")],
)
def test_what_has_no_value_has_a_reason(state, reason):
    assert without_value(state) == undecided(Reason(reason))


def test_what_cannot_be_derived_tells_what_there_is():
    assert undecided(Reason.DEFINITION, "first relapse") == Fact(text="first relapse", reason=Reason.DEFINITION)


@pytest.mark.parametrize(
    ("months", "text"), [(0, "0 months"), (23, "23 months"), (24, "2 years"), (35, "2 years"), (36, "3 years")]
)
def test_ages_read_in_months_up_to_two_years(months, text):
    assert age(months) == Fact(Interval(months, months + 1, high_open=True), text)


def test_an_age_that_is_not_given_is_none():
    assert age(None) == age("", 30) == NOT_GIVEN


def test_an_age_grows_with_the_days_by_a_month_and_a_slack():
    after = age_after(120, 61)  # 2.004 mean months

    assert (round(after.low, 3), round(after.high, 3), after.high_open) == (121.904, 123.104, True)
    assert age("120", 61).value == after


@pytest.mark.parametrize("elapsed", [-5, 0])
def test_no_time_passes_before_the_submission(elapsed):
    assert age_after(120, elapsed) == Interval(120, 121, high_open=True)


def test_a_day_makes_nobody_younger():
    assert age_after(120, 1).low == 120
    assert age_after(120, 1).high > 121


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([Interval(1, 2)], Interval(1, 2)),
        ([Interval(3, 4), Interval(1, 2)], Interval(1, 4)),
        ([Interval(0, 5, high_open=True), Interval(1, 2)], Interval(0, 5, high_open=True)),
        ([Interval(0, 5, high_open=True), Interval(1, 5)], Interval(0, 5)),
        ([Interval(0, 5), Interval(1, 3, high_open=True)], Interval(0, 5)),
    ],
)
def test_the_hull_ends_where_the_last_of_its_ranges_ends(intervals, expected):
    assert hull(iter(intervals)) == expected
