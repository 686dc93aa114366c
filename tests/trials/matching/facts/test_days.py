"""Today as a day since the diagnosis, and how long ago something was."""

import math

import pytest

from trials.matching.answers import Reason
from trials.matching.facts.model import Fact
from trials.matching.facts.timing import since, time_since, time_since_last, today
from trials.matching.intervals import Interval


def patient(at_diagnosis, now):
    return {"age_months_at_diagnosis": at_diagnosis, "age_months_at_submission": now}


def test_two_ages_place_today_within_two_months_and_three_days_on_either_side():
    found = today({"patient": patient(19, 34)})  # 15 months of 30.436875 days

    assert (round(found.low, 2), round(found.high, 2)) == (423.12, 489.99)


def test_days_that_have_passed_move_both_ends():
    before, after = (today({"patient": patient(19, 34)}, days) for days in (0, 30))

    assert (after.low - before.low, after.high - before.high) == (30, 30)
    assert today({"patient": patient(19, 34)}, -30) == before


@pytest.mark.parametrize("known", [patient(None, 34), patient(19, None), {}])
def test_with_one_age_or_none_there_is_no_end(known):
    assert today({"patient": known, "specimens": [{"taken_on_day": 50}]}) == Interval(50, math.inf)


@pytest.mark.parametrize(
    "content",
    [
        {"specimens": [{"taken_on_day": 450}]},
        {"mrd": [{"measured_on_day": 450}]},
        {"therapy_lines": [{"start_on_day": 450}]},
        {"therapy_lines": [{"start_on_day": 3, "stop_on_day": 450}]},
        {"therapy_lines": [{"drugs": [{"last_given_on_day": 3}, {"last_given_on_day": 450}]}]},
        {"transplants": [{"on_day": 450}]},
        {"transplants": [{"on_day": 3, "relapse_on_day": 450}]},
        {"cell_therapies": [{"on_day": 3}, {"on_day": 450}]},
    ],
)
def test_nothing_noted_lies_after_today(content):
    found = today({"patient": patient(19, 34), **content})

    assert (found.low, round(found.high, 2)) == (450, 489.99)


def test_where_ages_and_noted_days_disagree_the_noted_day_wins():
    assert today({"patient": patient(19, 34), "mrd": [{"measured_on_day": 800}]}) == Interval(800, 800)


def test_the_diagnosis_itself_is_day_0():
    assert today({"patient": patient(20, 20)}).low == 0
    assert today({}) == Interval(0, math.inf)


@pytest.mark.parametrize(
    ("happened", "now", "expected"),
    [
        (Interval(10, 10), Interval(100, 130), Interval(90, 120)),
        (Interval(10, 20), Interval(100, 130), Interval(80, 120)),
        (Interval(90, 120), Interval(100, 110), Interval(0, 20)),
        (Interval(120, 120), Interval(100, 110), Interval(0, 0)),
        (Interval(10, 10), Interval(100, math.inf), Interval(90, math.inf)),
    ],
)
def test_the_time_since_is_a_range_and_never_negative(happened, now, expected):
    assert since(happened, now) == expected


@pytest.mark.parametrize(
    ("range_", "text"),
    [
        (Interval(9.7, 12.2), "9 to 13 days"),
        (Interval(0, 5), "0 to 5 days"),
        (Interval(9.7, math.inf), "at least 9 days"),
    ],
)
def test_a_time_since_is_told_in_whole_days_and_grows(range_, text):
    assert time_since(range_) == Fact(range_, text, moves=True)


def test_the_last_of_several_rows_counts():
    found = [{"on_day": 10}, {"on_day": 60}, {"on_day": 0}]

    assert time_since_last(found, Interval(100, 110)).value == Interval(40, 50)


@pytest.mark.parametrize("found", [[], [{"on_day": None}], [{"on_day": 60}, {}]])
def test_a_row_without_a_day_may_be_the_last(found):
    assert time_since_last(found, Interval(100, 110)) == Fact(reason=Reason.NO_DAY)
