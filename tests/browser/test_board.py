"""The board at work in a real browser: declare, assess, vote, close, draft, sign, letter."""

import pytest
from django.test import Client
from django.urls import reverse

from boards.models import Advice, Letter, Vote
from boards.services.advising import render_letter
from tests.browser.looks import faults_of, sideways
from tests.factories.accounts import sign_in
from tests.factories.boards import ASSESSMENT, open_ballot, seated_review, voted_review

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def open_as(browser, live_server):
    """Opens a page as somebody who is signed in; notes every breach of the content security policy."""
    contexts = []

    def open_(user, url, *, size=DESK, theme="light", script=True):
        context = browser.new_context(
            viewport=size,
            color_scheme=theme,
            java_script_enabled=script,
            base_url=live_server.url,
        )
        contexts.append(context)
        key = sign_in(Client(), user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


def review_url(panel, name="review"):
    return reverse(f"boards:{name}", args=[panel.review.pk])


def test_an_expert_declares_then_assesses(open_as):
    panel = seated_review()
    page = open_as(panel.experts[0], review_url(panel))
    assert page.locator("#dossier").count() == 0

    page.get_by_label("I have no interest in this case").check()
    page.get_by_role("button", name="Declare and continue").click()
    page.get_by_label("The findings that matter, and why").fill(ASSESSMENT["findings"])
    page.get_by_label("Options, best first, with the reason").fill(ASSESSMENT["options"])
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Save my assessment").click()

    page.get_by_text("Your assessment is saved.").wait_for()
    assert panel.seat(0).assessment.confidence == 4


def test_a_vote_on_a_phone_takes_two_taps_and_no_page_load(open_as):
    panel, _ballot = open_ballot(options=3)
    page = open_as(panel.experts[0], review_url(panel, "ballot"), size=PHONE)
    loads = []
    page.on("load", lambda _page: loads.append(page.url))

    first = page.locator(".ballot-card").first
    first.get_by_label("strongly for", exact=True).check()
    first.get_by_role("button", name="Cast vote").click()
    page.get_by_text("Your vote is saved").wait_for()

    assert loads == []
    assert list(Vote.objects.values_list("position", flat=True)) == ["strongly_for"]


def test_three_options_take_about_one_screen_of_a_phone(open_as):
    panel, _ballot = open_ballot(options=3)
    page = open_as(panel.experts[0], review_url(panel, "ballot"), size=PHONE)

    top = page.locator("main").bounding_box()["y"]
    last = page.locator(".ballot-card").last.bounding_box()

    assert last["y"] + last["height"] - top <= 1.2 * PHONE["height"]
    assert sideways(page) == 0


def test_a_vote_works_without_script(open_as):
    panel, _ballot = open_ballot(options=1)
    page = open_as(panel.experts[0], review_url(panel, "ballot"), script=False)

    page.get_by_label("abstain", exact=True).check()
    page.get_by_role("button", name="Cast vote").click()

    page.get_by_text("Your vote is saved").wait_for()
    assert Vote.objects.get().position == "abstain"


def test_a_vote_that_comes_too_late_is_told_in_place(open_as):
    panel, _ballot = open_ballot(options=1)
    page = open_as(panel.experts[0], review_url(panel, "ballot"), size=PHONE)
    open_as(panel.chair, review_url(panel)).get_by_role("button", name="Close the voting").click()

    page.get_by_label("against", exact=True).check()
    page.get_by_role("button", name="Cast vote").click()

    page.locator("#notices").get_by_text("The voting was closed; your vote was not counted.").wait_for()
    assert not Vote.objects.exists()


def test_the_ballot_is_voted_on_by_keyboard_alone(open_as):
    panel, _ballot = open_ballot(options=1)
    page = open_as(panel.experts[0], review_url(panel, "ballot"))

    page.locator(".ballot-step input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    page.get_by_text("Your vote is saved").wait_for()
    assert Vote.objects.get().position == "against"


def test_from_the_tally_to_the_letter(open_as):
    panel, _ballot = voted_review()
    office = open_as(panel.coordinator, review_url(panel))
    office.get_by_role("button", name="Draft the advice from the tally").click()
    office.get_by_label("Summary of advice").fill("A bridge with ruxolitinib, then transplant.")
    office.get_by_label("First step to take now").fill("Call the trial office.")
    office.get_by_role("button", name="Save and hand to the chair").click()
    office.get_by_text("The chair was asked to read and sign.").wait_for()

    chair = open_as(panel.chair, reverse("boards:advice", args=[Advice.objects.get().pk]))
    chair.get_by_role("button", name="I have read this advice and sign it").click()
    chair.get_by_text("The letter is being made").wait_for()
    render_letter(str(Letter.objects.get().pk))

    with chair.expect_download() as download:
        chair.get_by_role("link", name="Letter of advice on").click(timeout=10_000)
    assert download.value.suggested_filename == f"{panel.case.code}.pdf"


def test_the_boards_pages_are_accessible_and_never_scroll_sideways(open_as):
    panel, _ballot = open_ballot(options=2)
    # Inboxes, case, ballot and advice are looked at where their pictures are made.
    pages = [
        (panel.coordinator, reverse("boards:cases")),
        (panel.coordinator, reverse("boards:meetings")),
        (panel.chair, review_url(panel)),
    ]

    for user, url in pages:
        assert faults_of(open_as(user, url)) == {}, url
