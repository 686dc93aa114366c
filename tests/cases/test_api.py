"""What the API shows of a case beyond the permission matrix."""

import pytest
from django.urls import reverse

from tests.factories.accounts import coordinator, physician, sign_in
from tests.factories.boards import declared_review
from tests.factories.cases import draft, submitted_case

pytestmark = pytest.mark.django_db


def content_for(client, user, case):
    response = sign_in(client, user).get(reverse("api:case-detail", args=[case.code]))
    return response.status_code, response.json().get("content")


def test_the_own_team_reads_its_working_copy(client):
    case = draft()

    status, content = content_for(client, physician(at=case.centre), case)

    assert (status, content["case"]["code"]) == (200, case.code)


def test_the_board_reads_what_was_frozen_and_never_the_working_copy(client):
    case = submitted_case()
    case.question_text = "Typed after the submission and not sent yet."
    case.save()

    _status, content = content_for(client, coordinator(), case)

    assert content == case.revisions.get().content


def test_an_expert_reads_the_released_revision_alone(client):
    panel = declared_review()

    _status, content = content_for(client, panel.experts[0], panel.case)

    assert content == {**panel.review.revision.content, "germline": {"is_withheld": True}}


def test_a_geneticist_of_the_panel_reads_all_of_it(client):
    panel = declared_review()

    _status, content = content_for(client, panel.experts[1], panel.case)

    assert content == panel.review.revision.content
