"""A trial's contact in a real browser: from the mail to the answer, without account and without script."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from iltb.mail.models import OutboundMail
from iltb.mail.services import deliver
from tests.browser.looks import faults_of
from tests.factories.accounts import coordinator
from tests.trials.services.test_contacts import asked, loaded, place
from trials.models import ContactAsk, Trial
from trials.services.contacts import withdraw_ask

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("ILTB_SCREENSHOTS", "")


@pytest.fixture
def trial(tmp_path) -> Trial:
    return loaded(tmp_path, title="A T-ALL trial", last_checked_on="2026-10-02")


@pytest.fixture
def stranger(browser, live_server):
    """A browser of somebody without an account; without script unless asked for."""
    contexts = []

    def open_(url, *, script=False):
        context = browser.new_context(java_script_enabled=script, base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.loud = []
        page.on("console", lambda message: page.loud.append(message.text) if message.type == "error" else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


def link_in_mail() -> str:
    """The path of the link in the mail that has just left."""
    deliver(str(OutboundMail.objects.latest("created_at").pk))
    return re.search(r"/trials/contact/\S+/", mail.outbox[-1].body).group()


def look(page, name: str) -> None:
    def seen(width, scheme):
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)

    assert faults_of(page, seen) == {}, name


def test_a_contact_answers_without_account_and_without_script(stranger, trial):
    asked(trial, site=place(trial))
    page = stranger(link_in_mail())

    page.get_by_role("button", name="Send the answer").click()
    assert "There is a problem" in page.get_by_role("alert").inner_text()
    page.get_by_role("group", name="Does it still take patients?").get_by_label("it is paused").check()
    page.get_by_role("group", name="Are there free places now?").get_by_label("no", exact=True).check()
    page.get_by_label("Remark").fill("We open again in spring.")
    page.get_by_role("button", name="Send the answer").click()

    assert "Thank you, your answer is in force." in page.get_by_role("main").inner_text()
    trial.refresh_from_db()
    assert (trial.status, ContactAsk.objects.get().remark) == ("suspended", "We open again in spring.")


def test_every_page_of_a_contact_is_free_of_faults(stranger, trial):
    ask = asked(trial, site=place(trial))
    page = stranger(link_in_mail(), script=True)
    look(page, "contact")

    page.get_by_role("button", name="Send the answer").click()
    look(page, "contact-problem")
    page.get_by_label("yes, it recruits").check()
    page.get_by_label("I do not know").check()
    page.get_by_role("button", name="Send the answer").click()
    look(page, "contact-thanks")
    assert page.loud == ["Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"]

    other = asked(trial, site=place(trial, "Gent", "BE"), actor=ask.asked_by)
    link = link_in_mail()
    withdraw_ask(ask=other, actor=ask.asked_by)
    page.goto(link)
    look(page, "contact-withdrawn")


def test_a_coordinator_asks_withdraws_and_downloads(open_as, trial):
    page = open_as(coordinator(), reverse("trials:detail", args=[trial.key]))
    page.get_by_role("link", name="Ask the trial contact").click()
    page.get_by_label("Name of the contact").fill("Dr Trial Office")
    page.get_by_label("E-mail address of the contact").fill("office@trial.example")
    page.get_by_role("button", name="Ask by e-mail").click()
    look(page, "contacts")

    page.get_by_role("button", name="Withdraw the link").click()
    assert "The link is withdrawn." in page.get_by_role("main").inner_text()
    page.goto(reverse("trials:detail", args=[trial.key]))
    page.get_by_role("link", name="Download as CTML").click()
    look(page, "export")
    assert page.loud == []
