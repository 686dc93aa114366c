"""The inbox: what now, for every role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.models import FollowUp, Letter
from boards.services.advising import draft_advice
from boards.services.assessing import assess
from boards.services.assigning import declare_interest
from boards.services.voting import cast_vote
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import expert, physician
from tests.factories.boards import (
    ASSESSMENT,
    advice_with_chair,
    assessed_review,
    declared_review,
    open_ballot,
    opened_review,
    options_of,
    seated_review,
    signed_letter,
    stored_letter,
    voted_review,
)
from tests.factories.cases import draft, queried_case, submitted_case

pytestmark = pytest.mark.django_db


def inbox(user):
    return text_of(as_(user).get(reverse("boards:inbox")))


def now(user):
    """What stands under "Now", as one text."""
    _before, heading, after = inbox(user).partition('<h2 id="now">')
    return after.partition("</section>")[0] if heading else ""


def test_a_question_of_the_board_needs_the_physician_first():
    author = physician()
    draft(author)
    case = queried_case(author)

    assert "1 thing needs you" in inbox(author)
    assert reverse("cases:query_answer", args=[case.code]) in now(author)


def test_the_physician_sees_drafts_and_cases_under_way():
    author = physician()
    first, second = draft(author), submitted_case(author)

    text = inbox(author)

    assert "Nothing needs you now" in text
    assert reverse("cases:edit", args=[first.code]) in text
    assert second.code in text
    assert "being screened" in text


def test_the_letter_is_one_click_away():
    panel, letter = stored_letter()

    assert reverse("boards:letter", args=[letter.pk]) in inbox(panel.physician)


def test_a_follow_up_stands_there_from_the_day_it_is_due():
    panel, letter = signed_letter()
    assert "follow-up" not in inbox(panel.physician)

    FollowUp.objects.filter(interval_days=21).update(due_at=timezone.now() - timedelta(hours=1))

    assert reverse("boards:follow_up", args=[letter.signed.follow_ups.first().pk]) in now(panel.physician)
    assert "Follow-ups overdue" in inbox(panel.coordinator)


def test_an_expert_is_told_the_one_next_thing():
    panel = seated_review()
    me, seat = panel.experts[0], panel.seat(0)
    assert "declare interests" in now(me)

    declare_interest(seat=seat, actor=me, level="none")
    assert "assess" in now(me)

    assess(seat=seat, actor=me, values=dict(ASSESSMENT))
    assert now(me) == ""
    assert "waiting for the panel" in inbox(me)


def test_an_expert_is_asked_for_a_vote_until_every_option_is_answered():
    panel, _ballot = open_ballot(options=2)
    me = panel.experts[0]
    first, second = options_of(panel)

    cast_vote(option=first, expert=me, position="for")
    assert reverse("boards:ballot", args=[panel.review.pk]) in now(me)

    cast_vote(option=second, expert=me, position="abstain")
    assert now(me) == ""
    assert "you have voted" in inbox(me)


def test_a_discussed_review_is_done_for_its_experts():
    panel, _ballot = voted_review()

    assert "discussed" in inbox(panel.experts[0])


def test_the_coordinator_sees_what_to_triage_and_what_waits_for_a_physician():
    panel = opened_review()
    submitted, queried = submitted_case(), queried_case()

    text = now(panel.coordinator)

    assert reverse("cases:triage", args=[submitted.code]) in text
    assert queried.code not in text
    assert "Waiting for the physician" in inbox(panel.coordinator)


def test_the_coordinator_is_led_through_a_review():
    panel = opened_review()
    assert "seat experts" in now(panel.coordinator)

    panel = assessed_review()
    assert "options and voting" in now(panel.coordinator)

    panel, _ballot = voted_review()
    assert "draft the advice" in now(panel.coordinator)

    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)
    assert reverse("boards:advice", args=[advice.pk]) in now(panel.coordinator)


def test_counts_of_assessments_are_shown_to_who_runs_the_review():
    panel = declared_review()
    assess(seat=panel.seat(0), actor=panel.experts[0], values=dict(ASSESSMENT))

    assert "1 of 5 assessments in" in inbox(panel.coordinator)


def test_the_chair_closes_and_signs():
    panel, _ballot = open_ballot()
    assert "close the voting" in now(panel.chair)
    assert "0 of 5 have voted" in now(panel.chair)

    panel, advice = advice_with_chair()
    assert reverse("boards:advice", args=[advice.pk]) in now(panel.chair)
    assert "sign the advice" in now(panel.chair)


def test_a_letter_that_failed_alarms_the_coordinator():
    panel, letter = signed_letter()
    Letter.objects.filter(pk=letter.pk).update(state="failed")

    assert "The letter could not be made." in now(panel.coordinator)


def test_somebody_with_two_roles_sees_both():
    author = physician()
    queried = queried_case(author)
    panel = opened_review()
    give_role(user=author, role=Role.COORDINATOR)

    text = now(author)

    assert queried.code in text
    assert panel.case.code in text


def test_an_empty_inbox_offers_one_thing():
    text = inbox(expert())

    assert "Nothing is waiting" in text
    assert text.count("btn-primary") == 1


def test_somebody_who_is_not_signed_in_is_asked_to(client):
    answer = client.get(reverse("boards:inbox"))

    assert answer.url == f"{reverse('account_login')}?next={reverse('boards:inbox')}"
