from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from boards.letters import wording


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_days_are_spelled_so_that_nobody_takes_the_month_for_the_day():
    assert plain(wording.calendar_day(date(2026, 4, 3))) == "3 April 2026"


def test_times_name_their_zone():
    assert plain(wording.utc_time(datetime(2026, 11, 22, 9, 5, tzinfo=UTC))) == "22 November 2026, 09:05 UTC"


def test_a_time_elsewhere_is_printed_in_utc():
    in_boston = datetime(2026, 11, 21, 22, 30, tzinfo=timezone(timedelta(hours=-5)))

    assert plain(wording.utc_time(in_boston)) == "22 November 2026, 03:30 UTC"


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((5, 0, 0, 0), "5 of 5 for"),
        ((5, 0, 1, 0), "5 of 6 for, 1 against"),
        ((4, 1, 1, 2), "4 of 6 for, 1 neutral, 1 against, 2 abstained"),
        ((0, 0, 3, 0), "0 of 3 for, 3 against"),
        ((0, 0, 0, 5), "no votes, 5 abstained"),
        ((0, 0, 0, 0), "no votes"),
    ],
)
def test_votes_are_counts_and_abstentions_stand_apart(counts, text):
    votes_for, neutral, against, abstained = counts

    assert wording.votes(votes_for=votes_for, neutral=neutral, against=against, abstained=abstained) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([21, 90, 180, 365, 545, 730], "3 weeks, 3, 6, 12, 18 and 24 months"),
        ([90], "3 months"),
        ([21, 42], "3 and 6 weeks"),
        ([730, 21], "3 weeks and 24 months"),
    ],
)
def test_intervals_are_said_as_people_say_them(days, text):
    assert plain(wording.intervals(days)) == text


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_read_as_sentences(parts, text):
    assert wording.joined(parts) == text


@pytest.mark.parametrize(("count", "text"), [(1, "1 week"), (4, "4 weeks")])
def test_weeks_are_counted_in_words(count, text):
    assert wording.weeks(count) == text


@pytest.mark.parametrize(("day", "text"), [(662, "day 662"), (0, "day 0"), (None, "day not stated")])
def test_a_specimen_is_told_with_material_time_point_and_day(day, text):
    content = {"label": "S2", "tissue": "BM", "time_point": "current_relapse", "taken_on_day": day}

    assert wording.specimen(content) == f"S2, bone marrow, current relapse, {text}"
