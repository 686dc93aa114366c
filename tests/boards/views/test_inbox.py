"""The inbox."""

import pytest
from django.urls import reverse

from tests.factories.accounts import sign_in
from tests.factories.boards import seated_review

pytestmark = pytest.mark.django_db


def test_smoke(client):
    panel = seated_review()
    for user in (panel.physician, panel.coordinator, panel.chair, panel.experts[0]):
        sign_in(client, user)
        for url in (
            reverse("boards:inbox"),
            reverse("boards:cases"),
            reverse("boards:case", args=[panel.case.code]),
            reverse("boards:review", args=[panel.review.pk]),
            reverse("boards:ballot", args=[panel.review.pk]),
            reverse("boards:meetings"),
        ):
            print(user, url, client.get(url).status_code)
