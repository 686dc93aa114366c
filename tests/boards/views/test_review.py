"""The review page: seats, schedule, interests, assessments, phases."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.enums import ReviewMode, ReviewState, SeatState
from boards.models import Assessment, Option, Seat
from boards.services.scheduling import plan_meeting
from iltb.audit.models import ReadEvent
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import expert, physician
from tests.factories.boards import (
    ASSESSMENT,
    OPTION,
    assessed_review,
    board,
    declared_review,
    open_ballot,
    opened_review,
    seated_review,
)

pytestmark = pytest.mark.django_db


def url(panel, name="review"):
    return reverse(f"boards:{name}", args=[panel.review.pk])


def page(user, panel):
    return text_of(as_(user).get(url(panel)))


def test_an_expert_is_first_asked_for_interests():
    panel = seated_review()

    text = page(panel.experts[0], panel)

    assert "Do you have an interest in this case?" in text
    assert 'id="dossier"' not in text


def test_declaring_opens_the_dossier():
    panel = seated_review()
    browser = as_(panel.experts[0])

    answer = browser.post(url(panel, "declare"), {"interest_level": "none"})

    assert answer.status_code == 302
    assert "IL7R" in text_of(browser.get(url(panel)))
    assert browser.get(reverse("boards:case", args=[panel.case.code])).status_code == 200


def test_an_interest_must_be_named_and_nothing_typed_is_lost():
    panel = seated_review()

    answer = as_(panel.experts[0]).post(
        url(panel, "declare"),
        {"interest_level": "financial", "interest_text": "J&J"},
    )

    assert answer.status_code == 422
    assert "Say which drug, company or trial." in text_of(answer)
    assert "J&amp;J" in text_of(answer)
    assert "IL7R" not in text_of(answer)


def test_who_treats_the_patient_steps_back_and_never_sees_the_case():
    panel = seated_review()
    browser = as_(panel.experts[0])

    answer = browser.post(url(panel, "declare"), {"interest_level": "own_patient"}, follow=True)

    assert "You stepped back from this case" in text_of(answer)
    assert browser.get(url(panel)).status_code == 404
    assert browser.get(reverse("boards:case", args=[panel.case.code])).status_code == 404


def test_an_assessment_is_saved_and_can_be_changed():
    panel = declared_review()
    browser = as_(panel.experts[0])

    browser.post(url(panel, "assess"), {**ASSESSMENT, "version": 0})
    browser.post(url(panel, "assess"), {**ASSESSMENT, "confidence": 2, "version": 1})

    saved = Assessment.objects.get()
    assert (saved.version, saved.confidence, saved.findings) == (2, 2, ASSESSMENT["findings"])


def test_cannot_assess_is_a_complete_answer():
    panel = declared_review()

    as_(panel.experts[0]).post(url(panel, "assess"), {"cannot_assess": "on", "version": 0})

    assert Assessment.objects.get().cannot_assess


def test_an_assessment_with_gaps_is_refused_and_nothing_typed_is_lost():
    panel = declared_review()

    answer = as_(panel.experts[0]).post(url(panel, "assess"), {"findings": "Only this.", "version": 0})

    assert answer.status_code == 422
    text = text_of(answer)
    assert "Only this." in text
    assert "Error:" in text.partition("</title>")[0]
    assert "Say how confident you are, 1 to 5." in text


def test_an_assessment_from_an_old_window_is_refused_with_what_was_written():
    panel = declared_review()
    browser = as_(panel.experts[0])
    browser.post(url(panel, "assess"), {**ASSESSMENT, "version": 0})

    answer = browser.post(url(panel, "assess"), {**ASSESSMENT, "findings": "From the old window.", "version": 0})

    assert answer.status_code == 409
    assert "From the old window." in text_of(answer)


def test_the_coordinator_seats_an_expert():
    panel = opened_review()
    asked = expert(name="Dr Asked")

    as_(panel.coordinator).post(url(panel, "seat_expert"), {"user": str(asked.pk), "expertise": "biology"})

    seat = Seat.objects.get()
    assert (seat.user, seat.expertise, seat.state) == (asked, "biology", SeatState.INVITED)


def test_an_expert_of_the_submitting_hospital_is_listed_greyed_out_and_refused():
    panel = opened_review()
    own = expert(name="Dr Own Hospital", at=panel.case.centre)

    text = page(panel.coordinator, panel)
    answer = as_(panel.coordinator).post(url(panel, "seat_expert"), {"user": str(own.pk), "expertise": "disease"})

    assert f'<option value="{own.pk}" disabled>Dr Own Hospital – submitting hospital, not possible</option>' in text
    assert answer.status_code == 403
    assert not Seat.objects.exists()


def test_a_seat_without_an_expert_is_refused_on_the_page():
    panel = opened_review()

    answer = as_(panel.coordinator).post(url(panel, "seat_expert"), {"expertise": "disease"})

    assert answer.status_code == 422
    assert "Choose an answer for “Expert”." in text_of(answer)


def test_a_review_is_put_on_a_meeting_and_taken_off_again():
    panel = opened_review()
    meeting = plan_meeting(
        board=board(),
        starts_at=timezone.now() + timedelta(days=3),
        actor=panel.coordinator,
    )
    browser = as_(panel.coordinator)

    browser.post(url(panel, "schedule"), {"meeting": str(meeting.pk)})
    assert (panel.fresh().meeting, panel.fresh().mode) == (meeting, ReviewMode.MEETING)

    browser.post(url(panel, "schedule"), {"meeting": ""})
    assert (panel.fresh().meeting, panel.fresh().mode) == (None, ReviewMode.ASYNCHRONOUS)


def test_the_coordinator_leads_the_review_to_the_ballot():
    panel = seated_review()
    office = as_(panel.coordinator)
    expert_ = as_(panel.experts[0])
    expert_.post(url(panel, "declare"), {"interest_level": "none"})
    expert_.post(url(panel, "assess"), {**ASSESSMENT, "version": 0})

    office.post(url(panel, "open_to_panel"))
    office.post(url(panel, "option_new"), {**OPTION, "direction": "for", "version": 0})
    office.post(url(panel, "open_voting"))

    assert panel.fresh().state == ReviewState.READY
    assert panel.fresh().ballots.get().state == "open"
    assert "0 of 1 experts have answered every option; the quorum is 4." in page(panel.chair, panel)


def test_the_assessments_start_once_somebody_is_seated():
    panel = opened_review()
    browser = as_(panel.coordinator)

    assert browser.post(url(panel, "start_assessing")).status_code == 409
    browser.post(url(panel, "seat_expert"), {"user": str(expert().pk), "expertise": "flow"})
    browser.post(url(panel, "start_assessing"))

    assert panel.fresh().state == ReviewState.ASSESSING


def test_only_the_chair_closes_the_voting():
    panel, ballot = open_ballot()

    assert as_(panel.coordinator).post(url(panel, "close_voting")).status_code == 403
    assert as_(panel.chair).post(url(panel, "close_voting")).status_code == 302

    ballot.refresh_from_db()
    assert ballot.closed_by == panel.chair


def test_closing_a_voting_that_was_never_opened_is_refused():
    panel = assessed_review()

    assert as_(panel.chair).post(url(panel, "close_voting")).status_code == 409


@pytest.mark.parametrize("deed", ["open_to_panel", "open_voting", "start_assessing", "seat_expert", "schedule"])
def test_experts_do_not_run_the_review(deed):
    panel = declared_review()

    assert as_(panel.experts[0]).post(url(panel, deed)).status_code == 403


@pytest.mark.parametrize("deed", ["assess", "declare"])
def test_the_office_neither_assesses_nor_declares(deed):
    panel = declared_review()

    assert as_(panel.coordinator).post(url(panel, deed)).status_code == 403


@pytest.mark.parametrize("deed", ["declare", "assess", "open_to_panel", "close_voting", "draft_advice"])
def test_a_get_of_a_deed_leads_to_the_page_and_changes_nothing(deed):
    panel = declared_review()

    answer = as_(panel.coordinator).get(url(panel, deed))

    assert answer.status_code == 302
    assert answer.url == url(panel)
    assert panel.fresh().state == ReviewState.ASSESSING


def test_opening_the_dossier_is_noted_and_opening_the_declaration_is_not():
    panel = seated_review()
    browser = as_(panel.experts[0])

    browser.get(url(panel))
    assert not ReadEvent.objects.filter(verb="dossier.opened").exists()

    browser.post(url(panel, "declare"), {"interest_level": "none"})
    browser.get(url(panel))
    opened = ReadEvent.objects.get(verb="dossier.opened")
    assert opened.actor_name == panel.experts[0].full_name


def test_a_foreign_review_is_as_unknown_as_any():
    panel = seated_review()
    stranger = as_(physician())

    foreign = stranger.get(url(panel))
    unknown = stranger.get(reverse("boards:review", args=[panel.case.pk]))

    assert foreign.status_code == unknown.status_code == 404
    assert text_of(foreign) == text_of(unknown)


def test_an_option_is_corrected_until_the_voting_opens():
    panel = assessed_review()
    option = Option.objects.get()
    edit = reverse("boards:option_edit", args=[option.pk])
    browser = as_(panel.coordinator)
    sent = {**OPTION, "direction": "against", "title": "Venetoclax alone", "version": option.version}

    assert OPTION["rationale"] in text_of(browser.get(edit))
    browser.post(edit, sent)

    option.refresh_from_db()
    assert (option.title, option.direction, option.version) == ("Venetoclax alone", "against", 2)
    assert browser.post(edit, sent).status_code == 409


def test_an_option_is_changed_by_its_author_or_the_office_alone():
    panel = assessed_review()
    edit = reverse("boards:option_edit", args=[Option.objects.get().pk])
    sent = {**OPTION, "direction": "for", "version": 1}

    assert as_(panel.experts[0]).post(edit, sent).status_code == 403


def test_an_option_without_a_reason_is_refused_and_nothing_typed_is_lost():
    panel = assessed_review(options=0)
    sent = {**OPTION, "direction": "for", "rationale": "", "version": 0}

    answer = as_(panel.coordinator).post(url(panel, "option_new"), sent)

    assert answer.status_code == 422
    assert "Fill in “Why”." in text_of(answer)
    assert OPTION["title"] in text_of(answer)


def test_a_coordinator_who_may_not_draft_twice_is_led_to_the_advice():
    panel, _ballot = open_ballot()
    as_(panel.chair).post(url(panel, "close_voting"))
    browser = as_(panel.coordinator)

    answer = browser.post(url(panel, "draft_advice"))

    assert answer.url == reverse("boards:advice", args=[panel.fresh().advices.get().pk])
    assert browser.post(url(panel, "draft_advice")).status_code == 409
    assert "Open the advice" in page(panel.coordinator, panel)
