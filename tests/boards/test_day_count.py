"""How long the board has had a case."""

from datetime import UTC, datetime

import pytest

from boards.queries.clock import day_count, is_late, working_days

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "days"),
    [(20, 0), (21, 0), (22, 0), (23, 1), (27, 5), (28, 5), (29, 5), (30, 6)],
)
def test_weekends_do_not_count(until, days):
    assert working_days(FRIDAY, datetime(2026, 11, until, 9, tzinfo=UTC)) == days


def test_the_day_of_submission_is_the_first():
    assert day_count(urgency="routine", since=FRIDAY, until=FRIDAY) == "working day 1 of 10"


def test_an_emergency_is_counted_in_hours():
    until = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)

    assert day_count(urgency="emergency", since=FRIDAY, until=until) == "hour 20 of 72"


@pytest.mark.parametrize(("urgency", "day"), [("routine", 4), ("expedited", 27)])
def test_late_begins_when_the_promised_days_are_over(urgency, day):
    month = 12 if urgency == "routine" else 11
    until = datetime(2026, month, day, 15, tzinfo=UTC)

    assert is_late(urgency=urgency, since=FRIDAY, until=until)
    assert not is_late(urgency=urgency, since=FRIDAY, until=until.replace(day=day - 1))
