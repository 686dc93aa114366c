"""What the forms of the board accept and how they refuse."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from boards.forms import DeclareForm, FollowUpForm, MeetingForm, ScheduleForm, SeatForm, VoteForm
from boards.forms.meeting import ClockTimeField
from boards.queries.panel import ExpertChoice

AMSTERDAM = ClockTimeField(zone="Europe/Amsterdam")
ASKED = ExpertChoice(pk="1", name="Dr A", expertise="disease", is_of_own_hospital=False)
BARRED = ExpertChoice(pk="2", name="Dr B", expertise="biology", is_of_own_hospital=True)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("2026-11-26T16:00", 15), ("2026-07-02 16:00", 14), ("2026-03-29T03:00", 1), ("2026-10-25T03:00", 2)],
)
def test_a_time_on_the_boards_clock_is_kept_in_utc(typed, hour):
    read = AMSTERDAM.clean(typed)

    assert (read.hour, read.tzinfo) == (hour, UTC)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(ValidationError, match="On 29 March 2026 the clocks in Amsterdam skip 02:30"):
        AMSTERDAM.clean("2026-03-29T02:30")


def test_a_time_that_the_clocks_show_twice_is_refused():
    with pytest.raises(ValidationError, match="On 25 October 2026 the clocks in Amsterdam show 02:30 twice"):
        AMSTERDAM.clean("2026-10-25T02:30")


@pytest.mark.parametrize("typed", ["26/11/2026 16:00", "tomorrow", "2026-02-30T10:00", "2026-11-26"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="Give the day and the time"):
        AMSTERDAM.clean(typed)


def test_a_zone_without_summer_time_refuses_nothing():
    assert ClockTimeField(zone="Asia/Tokyo").clean("2026-03-29T02:30") == datetime(2026, 3, 28, 17, 30, tzinfo=UTC)


def test_the_hint_names_the_city():
    assert "America/New_York" not in str(MeetingForm(zone="America/New_York"))
    assert "On the clock in New York." in str(MeetingForm(zone="America/New_York"))


def test_an_expert_of_the_submitting_hospital_is_shown_and_greyed_out():
    options = str(SeatForm(experts=[ASKED, BARRED])["user"])

    assert '<option value="1">Dr A – disease</option>' in options
    assert '<option value="2" disabled>Dr B – submitting hospital, not possible</option>' in options


def test_a_seat_needs_an_expert_and_what_is_asked():
    form = SeatForm({"user": "3", "expertise": ""}, experts=[ASKED])

    assert set(form.errors) == {"user", "expertise"}


def test_a_review_can_be_scheduled_without_a_meeting():
    form = ScheduleForm({"meeting": ""}, meetings=[("1", "Thursday")])

    assert form.is_valid()
    assert form.cleaned_data == {"meeting": ""}


def test_an_interest_must_be_one_of_the_list():
    assert not DeclareForm({"interest_level": "friend"}).is_valid()


@pytest.mark.parametrize("position", ["", "maybe", "2"])
def test_only_a_position_of_the_scale_is_a_vote(position):
    assert set(VoteForm({"position": position}).errors) == {"position"}


def test_the_scale_runs_from_against_to_for():
    values = [value for value, _label in VoteForm()["position"].field.choices]

    assert values == ["strongly_against", "against", "neutral", "for", "strongly_for", "abstain"]


def test_a_comment_has_an_end():
    assert set(VoteForm({"position": "for", "comment": "x" * 501}).errors) == {"comment"}


def test_a_follow_up_names_an_option_of_the_letter():
    answer = {"followed": "fully", "patient_status": "unknown", "option_chosen": "2"}

    assert set(FollowUpForm(answer, options=[(1, "Ruxolitinib")]).errors) == {"option_chosen"}
    assert FollowUpForm({**answer, "option_chosen": "1"}, options=[(1, "Ruxolitinib")]).is_valid()


def test_unknown_is_an_answer_and_a_blank_is_not():
    assert set(FollowUpForm({}, options=[]).errors) == {"followed", "patient_status"}
