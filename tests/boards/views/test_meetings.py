"""Meetings on the board's own clock."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from boards.enums import MeetingState
from boards.models import Meeting
from boards.services.scheduling import plan_meeting, put_on_meeting
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import chair, coordinator, expert, physician
from tests.factories.boards import board, declared_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return plan_meeting(board=board(), starts_at=datetime(2027, 1, 14, 15, tzinfo=UTC), actor=coordinator())


def test_a_meeting_is_planned_on_the_boards_clock_and_kept_in_utc():
    board()

    answer = as_(coordinator()).post(reverse("boards:meetings"), {"starts_at": "2027-07-08T16:00"}, follow=True)

    assert Meeting.objects.get().starts_at == datetime(2027, 7, 8, 14, tzinfo=UTC)
    assert "Thu 8 July 2027, 16:00 (Amsterdam)" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2027-03-28T02:30", "On 28 March 2027 the clocks in Amsterdam skip 02:30."),
        ("2027-10-31T02:30", "On 31 October 2027 the clocks in Amsterdam show 02:30 twice."),
        ("2020-01-01T10:00", "The meeting must lie in the future."),
        ("soon", "Give the day and the time"),
        ("", "Fill in “Begins”."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_a_sentence(typed, sentence):
    board()

    answer = as_(coordinator()).post(reverse("boards:meetings"), {"starts_at": typed})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Meeting.objects.exists()


def test_only_coordinators_plan():
    board()

    for user in (chair(), expert(), physician()):
        answer = as_(user).post(reverse("boards:meetings"), {"starts_at": "2027-07-08T16:00"})
        assert answer.status_code == 403


def test_without_a_board_nothing_can_be_planned():
    browser = as_(coordinator())

    assert "No meetings" in text_of(browser.get(reverse("boards:meetings")))
    assert browser.post(reverse("boards:meetings"), {"starts_at": "2027-07-08T16:00"}).status_code == 409


def test_the_agenda_holds_the_reviews_that_one_may_see(meeting):
    panel = declared_review()
    put_on_meeting(review=panel.review, meeting=meeting, actor=panel.coordinator)
    agenda = reverse("boards:meeting", args=[meeting.pk])

    assert "0 of 5 assessments in" in text_of(as_(panel.coordinator).get(agenda))
    seen_by_expert = text_of(as_(panel.experts[0]).get(agenda))
    assert panel.case.code in seen_by_expert
    assert "assessments in" not in seen_by_expert
    assert panel.case.code not in text_of(as_(expert()).get(agenda))


def test_a_meeting_moves_as_the_table_says(meeting):
    browser = as_(coordinator())
    move = reverse("boards:meeting_move", args=[meeting.pk])

    for state in (MeetingState.INVITED, MeetingState.OPEN, MeetingState.CLOSED):
        assert browser.post(move, {"to": state}).status_code == 302
    assert browser.post(move, {"to": MeetingState.OPEN}).status_code == 409

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED


def test_a_move_that_is_none_is_refused(meeting):
    assert as_(coordinator()).post(reverse("boards:meeting_move", args=[meeting.pk]), {"to": "x"}).status_code == 422


def test_experts_do_not_move_a_meeting(meeting):
    move = reverse("boards:meeting_move", args=[meeting.pk])

    assert as_(expert()).post(move, {"to": MeetingState.INVITED}).status_code == 403


def test_a_physician_knows_of_no_meeting(meeting):
    browser = as_(physician())

    assert "No meetings" in text_of(browser.get(reverse("boards:meetings")))
    assert browser.get(reverse("boards:meeting", args=[meeting.pk])).status_code == 404
