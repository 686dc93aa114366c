from datetime import date, timedelta

import pytest

from trials.availability import Recruitment, availability_of
from trials.enums import Availability, TrialStatus
from trials.matching.order import AVAILABILITY_FIRST_TO_LAST

TODAY = date(2026, 11, 22)


def known(status, *, days=3, is_full=False) -> Recruitment:
    checked = None if days is None else TODAY - timedelta(days=days)
    read = Recruitment.of(status, note="", as_of=None, checked_on=checked, today=TODAY)
    return Recruitment(read.status, "", None, checked, read.is_confirmed, is_full)


def of(recruitment, *, country="NL", countries=("NL", "DE"), complete=True) -> str:
    return availability_of(recruitment, country=country, countries=countries, countries_complete=complete).value


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (TrialStatus.RECRUITING, "recruiting"),
        (TrialStatus.NOT_YET_RECRUITING, "not_yet_recruiting"),
        (TrialStatus.ACTIVE_NOT_RECRUITING, "closed"),
        (TrialStatus.NOT_RECRUITING, "closed"),
        (TrialStatus.SUSPENDED, "closed"),
        (TrialStatus.COMPLETED, "closed"),
        (TrialStatus.TERMINATED, "closed"),
        (TrialStatus.UNKNOWN, "unknown"),
    ],
)
def test_each_status_of_a_register_has_its_word(status, said):
    assert of(known(status)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "recruiting"), (30, "recruiting"), (31, "recruiting_unconfirmed"), (None, "recruiting_unconfirmed")],
)
def test_a_status_older_than_thirty_days_or_never_checked_is_not_confirmed(days, said):
    assert of(known(TrialStatus.RECRUITING, days=days)) == said


def test_the_number_of_days_is_a_setting(settings):
    settings.ILTB_TRIAL_STATUS_DAYS = 7

    assert of(known(TrialStatus.RECRUITING, days=8)) == "recruiting_unconfirmed"


def test_a_cohort_without_a_free_place_is_full_and_not_closed():
    assert of(known(TrialStatus.RECRUITING, is_full=True)) == "full"


def test_a_closed_cohort_is_closed_whatever_its_places():
    assert of(known(TrialStatus.SUSPENDED, is_full=True)) == "closed"


@pytest.mark.parametrize(
    ("country", "complete", "said"),
    [
        ("NL", True, "recruiting"),
        ("CZ", True, "recruiting_elsewhere"),
        ("CZ", False, "recruiting"),
        ("", True, "recruiting"),
    ],
)
def test_only_a_complete_list_of_countries_excludes_one(country, complete, said):
    assert of(known(TrialStatus.RECRUITING), country=country, complete=complete) == said


def test_every_availability_has_its_place_in_the_order():
    assert set(AVAILABILITY_FIRST_TO_LAST) == set(Availability.values)
