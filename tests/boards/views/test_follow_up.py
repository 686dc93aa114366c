"""Sixty seconds on what became of the advice."""

import pytest
from django.urls import reverse

from boards.enums import FollowUpState
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import physician
from tests.factories.boards import signed_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    panel, letter = signed_letter()
    return panel, letter.signed.follow_ups.earliest("due_at")


def url(follow_up):
    return reverse("boards:follow_up", args=[follow_up.pk])


def test_two_answers_are_enough(asked):
    panel, follow_up = asked

    answer = as_(panel.physician).post(
        url(follow_up),
        {"followed": "fully", "patient_status": "alive_in_remission", "option_chosen": "1"},
    )

    follow_up.refresh_from_db()
    assert answer.url == reverse("boards:case", args=[panel.case.code])
    assert (follow_up.state, follow_up.option_chosen) == (FollowUpState.ANSWERED, 1)


def test_who_did_not_follow_says_why_and_loses_nothing(asked):
    panel, follow_up = asked
    sent = {"followed": "not", "patient_status": "dead", "comment": "It went fast."}
    browser = as_(panel.physician)

    answer = browser.post(url(follow_up), sent)
    assert answer.status_code == 422
    assert "Choose at least one reason." in text_of(answer)
    assert "It went fast." in text_of(answer)

    browser.post(url(follow_up), {**sent, "reasons_not_followed": ["clinical_deterioration", "other"]})
    follow_up.refresh_from_db()
    assert follow_up.reasons_not_followed == ["clinical_deterioration", "other"]


def test_nothing_is_preselected_and_the_options_are_those_of_the_letter(asked):
    panel, follow_up = asked

    text = text_of(as_(panel.physician).get(url(follow_up)))

    assert "checked" not in text
    assert "1. Ruxolitinib with venetoclax and dexamethasone 1" in text


def test_an_answer_stands_once_given(asked):
    panel, follow_up = asked
    browser = as_(panel.physician)
    sent = {"followed": "too_early", "patient_status": "unknown"}

    statuses = [browser.post(url(follow_up), sent).status_code for _time in range(2)]

    assert statuses == [302, 409]
    assert "Too early to say" in text_of(browser.get(url(follow_up)))


def test_the_board_reads_the_answer_and_gives_none(asked):
    panel, follow_up = asked
    browser = as_(panel.coordinator)

    assert "waits for the treating physician" in text_of(browser.get(url(follow_up)))
    assert browser.post(url(follow_up), {"followed": "fully", "patient_status": "dead"}).status_code == 403


def test_a_foreign_follow_up_is_as_unknown_as_any(asked):
    panel, follow_up = asked
    stranger = as_(physician())

    foreign = stranger.get(url(follow_up))
    unknown = stranger.get(reverse("boards:follow_up", args=[panel.case.pk]))

    assert foreign.status_code == unknown.status_code == 404
    assert text_of(foreign) == text_of(unknown)
