"""Coordinators who type from a report see what was not sent yet: both sides are told so, where the right begins."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.views.page import text_of
from tests.factories.accounts import coordinator, sign_in
from tests.factories.cases import complete_case, submitted_case

pytestmark = pytest.mark.django_db


def page(case, name: str, who=None) -> str:
    return text_of(sign_in(Client(), who or case.author).get(reverse(f"cases:{name}", args=[case.code])))


def test_before_sending_the_physician_reads_who_will_see_what_is_not_sent_yet():
    told = page(complete_case(), "check")

    assert "have not sent yet: your team, and coordinators, who may then type from a report for you." in told


def test_after_sending_the_task_list_says_so_again():
    told = page(submitted_case(), "edit")

    assert "only coordinators, who may type from a report for you, see it before" in told


def test_a_draft_that_was_never_sent_is_read_by_the_team_alone_and_says_nothing_of_coordinators():
    case = complete_case()

    assert "coordinators" not in page(case, "edit")
    assert sign_in(Client(), coordinator()).get(reverse("cases:transcribe", args=[case.code])).status_code == 404


def test_the_coordinator_reads_that_it_is_not_sent_yet():
    told = page(submitted_case(), "transcribe", coordinator())

    assert "You also see here what the physician has not sent yet: keep it to yourself." in told
