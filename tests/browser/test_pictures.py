"""The main pages as pictures: free of axe violations in light and dark on desk and phone, and shown in the README."""

import os
import subprocess
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse

from boards.demo import PASSWORD, seed
from boards.models import Advice, Letter, Review
from boards.services.advising import render_letter
from cases.models import Case
from tests.browser.looks import faults_of

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
IN_README = {
    "inbox-physician-1280-light",
    "task-list-1280-light",
    "review-1280-light",
    "ballot-390-dark",
    "home-1280-light",
}


@pytest.fixture
def demo(transactional_db):
    """The demonstration, with its letters made."""
    seed()
    for letter in Letter.objects.all():
        render_letter(str(letter.pk))


def pages():
    """Whose page, what it is called, where it is."""
    voting = Review.objects.get(ballots__state="open")
    sent = Letter.objects.earliest("created_at").signed.advice.review.case.code
    draft, queried, new = (Case.objects.get(state=state).code for state in ("draft", "queried", "submitted"))
    signing = Advice.objects.get(state="in_review")
    return {
        "": {"home": reverse("pages:home"), "families": reverse("pages:families")},
        "physician": {
            "inbox-physician": reverse("boards:inbox"),
            "task-list": reverse("cases:edit", args=[draft]),
            "query": reverse("cases:query_answer", args=[queried]),
            "case": reverse("boards:case", args=[sent]),
        },
        "coordinator": {
            "inbox-coordinator": reverse("boards:inbox"),
            "triage": reverse("cases:triage", args=[new]),
            "matches": reverse("trials:matches", args=[sent]),
            "trials": reverse("trials:list"),
        },
        "expert1": {
            "inbox-expert": reverse("boards:inbox"),
            "review": reverse("boards:review", args=[voting.pk]),
            "ballot": reverse("boards:ballot", args=[voting.pk]),
        },
        "chair": {
            "inbox-chair": reverse("boards:inbox"),
            "advice": reverse("boards:advice", args=[signing.pk]),
        },
    }


def sign_in(page, live_server, login):
    page.goto(live_server.url + reverse("account_login"))
    page.fill("input[name=login]", f"{login}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/inbox/")


def test_the_main_pages_are_accessible_and_fit_the_screen(browser, live_server, demo):
    found, loud = {}, []
    for login, addresses in pages().items():
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.on("console", lambda message: loud.append(message.text) if message.type == "error" else None)
        if login:
            sign_in(page, live_server, login)
        for name, address in addresses.items():
            response = page.goto(live_server.url + address)
            assert (name, response.status) == (name, 200)
            faults = faults_of(page, seen=partial(keep, page, name))
            found |= {name: faults} if faults else {}
        context.close()

    assert (found, loud) == ({}, [])


def keep(page, name, width, scheme):
    """Write the README's pictures when they are asked for; every picture into the folder named by the environment."""
    folder, name = os.environ.get("ILTB_SCREENSHOTS"), f"{name}-{width}-{scheme}"
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
        if name in IN_README:
            page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.skipif("not os.environ.get('ILTB_SCREENSHOTS')", reason="pictures are made on request: make screenshots")
def test_the_first_page_of_a_letter_as_a_picture(demo, settings):
    letter = Letter.objects.earliest("created_at")
    command = ["pdftoppm", "-r", "70", "-png", "-singlefile", "-f", "1", settings.MEDIA_ROOT / letter.path]

    subprocess.run([*command, PICTURES / "letter"], check=True)
