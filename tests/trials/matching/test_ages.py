"""Limits on age: only completed months are known, and protocols word limits differently."""

import pytest

from tests.trials.documents import age, aged, answer, facts, leaf, verdict
from trials.matching.answers import Reason


@pytest.mark.parametrize(
    ("months", "expected"),
    [(215, "met"), (216, "unknown"), (227, "unknown"), (228, "not_met")],
)
def test_up_to_18_years_with_unclear_wording_is_open_in_the_nineteenth_year(months, expected):
    limit = leaf("age_at_diagnosis", "<=", 18, unit="years", wording="unclear")

    assert verdict(limit, facts(patient={"age_months_at_diagnosis": months})) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [(251, "met"), (252, "unknown"), (263, "unknown"), (264, "not_met")],
)
def test_up_to_21_years_with_unclear_wording_is_open_in_the_twenty_second_year(months, expected):
    assert verdict(age("<=", 21, wording="unclear"), aged(months)) == expected


@pytest.mark.parametrize(("months", "expected"), [(215, "met"), (227, "met"), (228, "not_met")])
def test_completed_years_count_the_whole_year(months, expected):
    assert verdict(age("<=", 18, wording="completed_years"), aged(months)) == expected


@pytest.mark.parametrize(("months", "expected"), [(227, "not_met"), (228, "met")])
def test_more_than_completed_years_begins_with_the_next_year(months, expected):
    assert verdict(age(">", 18, wording="completed_years"), aged(months)) == expected


@pytest.mark.parametrize(("months", "expected"), [(251, "met"), (252, "not_met")])
def test_younger_than_has_no_open_border(months, expected):
    assert verdict(age("<", 21), aged(months)) == expected


@pytest.mark.parametrize(("months", "expected"), [(143, "not_met"), (144, "met")])
def test_at_least_has_no_open_border(months, expected):
    assert verdict(age(">=", 12, wording="unclear"), aged(months)) == expected


@pytest.mark.parametrize(("months", "expected"), [(215, "met"), (216, "unknown"), (217, "not_met")])
def test_an_exact_upper_limit_is_open_in_the_month_of_the_birthday(months, expected):
    assert verdict(age("<=", 18), aged(months)) == expected


@pytest.mark.parametrize(("months", "expected"), [(0, "unknown"), (1, "met")])
def test_29_days_cannot_be_told_within_the_first_month_of_life(months, expected):
    assert verdict(age(">=", 29, "days"), aged(months)) == expected


def test_an_open_border_says_so():
    found = answer(age("<=", 18, wording="unclear"), aged(220))

    assert (found.reason, found.found) == (Reason.BORDER, "18 years")


@pytest.mark.parametrize(("months", "text"), [(0, "0 months"), (23, "23 months"), (24, "2 years"), (178, "14 years")])
def test_ages_are_shown_in_years_from_two_years_on(months, text):
    assert answer(age("<", 25), aged(months)).found == text


def test_a_missing_age_is_unknown():
    assert answer(age("<", 21), facts()).reason is Reason.NOT_GIVEN


def test_time_passes_after_submission():
    limit = age("<", 18)

    assert [verdict(limit, aged(214, elapsed_days=days)) for days in (0, 20, 45, 70)] == [
        "met", "met", "unknown", "not_met",
    ]  # fmt: skip


def test_time_to_relapse_is_compared_in_months():
    early = leaf("time_to_first_relapse", "<", 18, unit="months")

    assert verdict(early, facts(status={"time_to_first_relapse_months": 17})) == "met"
