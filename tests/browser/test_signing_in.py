"""The sign-in page of somebody whose session ended while they were typing."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from cases.models import Case
from tests.browser.looks import faults_of
from tests.factories.accounts import PASSWORD
from tests.factories.cases import draft

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("ILTB_SCREENSHOTS", "")
QUESTION = "Which target first, after a second refractory relapse?"


def test_a_session_that_ended_in_mid_form_loses_no_text_and_says_so(open_as):
    case = draft()
    page = open_as(case.author, reverse("cases:section", args=[case.code, "question"]), script=False)
    page.context.clear_cookies(name="sessionid")

    page.get_by_label("Your question to the board").fill(QUESTION)
    page.get_by_role("button", name="Save and continue").click()
    assert "What you typed is kept for 30 minutes" in page.get_by_role("main").inner_text()

    page.locator("[name=login]").fill(case.author.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert page.get_by_label("Your question to the board").input_value() == QUESTION
    assert Case.objects.get(pk=case.pk).question_text == ""


@pytest.mark.parametrize("text", ["kept", "lost"])
def test_the_notice_is_free_of_faults(page, live_server, text):
    page.goto(f"{live_server.url}{reverse('account_login')}?next=/cases/new/&text={text}")

    def seen(width, scheme):
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"sign-in-{text}-{width}-{scheme}.png", full_page=True)

    assert faults_of(page, seen) == {}
