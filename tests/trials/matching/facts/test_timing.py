"""How long ago something was, from two ages in months and days since the diagnosis."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trials.documents import facts, leaf, stated, verdict
from trials.matching.answers import Reason
from trials.matching.criteria import parse
from trials.matching.explain import valid_for_days
from trials.matching.facts.specs import DAYS_PER_MONTH
from trials.matching.facts.timing import today
from trials.matching.intervals import Interval

ages = st.integers(min_value=0, max_value=3600)


@given(ages, ages)
def test_today_always_lies_in_the_range_that_the_ages_allow(born_before, since_diagnosis):
    at_diagnosis, now = (int(days / DAYS_PER_MONTH) for days in (born_before, born_before + since_diagnosis))
    patient = {"age_months_at_diagnosis": at_diagnosis, "age_months_at_submission": now}

    found = today({"patient": patient})

    assert found.low <= since_diagnosis <= found.high


@given(ages, ages, ages)
def test_a_noted_day_only_narrows_the_range(months, noted, elapsed):
    patient = {"age_months_at_diagnosis": 0, "age_months_at_submission": months // 31}
    noting = {"patient": patient, "specimens": [{"taken_on_day": noted}]}

    found = today(noting, elapsed)

    assert noted + elapsed <= found.low <= found.high


def test_without_ages_only_the_last_noted_day_is_known():
    assert today({"therapy_lines": [{"start_on_day": 3, "drugs": [{"last_given_on_day": 40}]}]}) == Interval(
        40, math.inf
    )


TRANSPLANTED = {
    "patient": {"age_months_at_diagnosis": 19, "age_months_at_submission": 34},
    "transplants": [{"on_day": 290, "relapse_on_day": 430}],
}


@pytest.mark.parametrize(("days", "expected"), [(100, "met"), (140, "met"), (160, "unknown"), (210, "not_met")])
def test_the_days_since_a_transplant_are_a_range(days, expected):
    assert verdict(leaf("days_since_hsct", ">=", days, unit="days"), facts(**TRANSPLANTED)) == expected


def test_the_days_since_a_transplant_grow():
    assert verdict(leaf("days_since_hsct", ">=", 210, unit="days"), facts(elapsed_days=70, **TRANSPLANTED)) == "met"


def test_a_transplant_without_a_day_leaves_the_time_open():
    rows = [{"on_day": 290}, {"on_day": None}]

    assert stated("days_since_hsct", transplants=rows) is Reason.NO_DAY


@given(st.integers(1, 400), st.integers(0, 300), st.sampled_from(["<", "<=", ">", ">=", "=="]))
def test_a_list_is_valid_until_the_wash_out_may_change_it(limit, elapsed, operator):
    document = leaf("days_since_hsct", operator, limit, unit="days")
    days = valid_for_days(parse(document), facts(elapsed_days=elapsed, **TRANSPLANTED)) or 800
    now = verdict(document, facts(elapsed_days=elapsed, **TRANSPLANTED))

    assert {verdict(document, facts(elapsed_days=elapsed + day, **TRANSPLANTED)) for day in range(min(days, 60))} == {
        now
    }
    if days < 800:
        assert verdict(document, facts(elapsed_days=elapsed + days, **TRANSPLANTED)) != now
