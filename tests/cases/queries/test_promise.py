"""By when the board promises its advice."""

from datetime import UTC, datetime

import pytest

from cases.queries.promise import promise, promised_by

THURSDAY = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "submitted", "day"),
    [
        ("emergency", THURSDAY, datetime(2026, 11, 29, 16, 30, tzinfo=UTC)),
        ("expedited", THURSDAY, datetime(2026, 12, 3, 16, 30, tzinfo=UTC)),
        ("routine", THURSDAY, datetime(2026, 12, 10, 16, 30, tzinfo=UTC)),
        ("expedited", SATURDAY, datetime(2026, 12, 4, 9, 0, tzinfo=UTC)),
    ],
)
def test_hours_count_for_an_emergency_and_working_days_otherwise(urgency, submitted, day):
    assert promised_by(urgency, submitted) == day


def test_an_emergency_is_promised_by_the_hour():
    assert promise("emergency", THURSDAY) == "Sunday 29 November 2026, 16:30 UTC"


def test_everything_else_is_promised_by_the_day():
    assert promise("routine", THURSDAY) == "Thursday 10 December 2026"
