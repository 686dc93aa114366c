"""Opening what holds something of a patient is a deed, and is noted."""

import pytest
from django.urls import reverse

from boards.models import FollowUp
from iltb.audit.models import ReadEvent
from tests.boards.views.pages import as_
from tests.factories.boards import advice_with_chair, open_ballot, signed_letter

pytestmark = pytest.mark.django_db


def noted(user, url):
    assert as_(user).get(url).status_code == 200
    return list(ReadEvent.objects.filter(actor_key=str(user.pk)).values_list("verb", flat=True))


def test_who_reads_an_advice_is_noted():
    panel, advice = advice_with_chair()

    assert noted(panel.chair, reverse("boards:advice", args=[advice.pk])) == ["advice.opened"]


def test_who_reads_a_ballot_is_noted():
    panel, _ballot = open_ballot()

    assert noted(panel.experts[0], reverse("boards:ballot", args=[panel.review.pk])) == ["ballot.opened"]


def test_who_opens_a_follow_up_is_noted():
    panel, _letter = signed_letter()
    follow_up = FollowUp.objects.earliest("due_at")

    assert noted(panel.physician, reverse("boards:follow_up", args=[follow_up.pk])) == ["follow_up.opened"]
