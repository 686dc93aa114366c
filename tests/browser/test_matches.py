"""The match list in a real browser: what to ask, the answer in the dossier, the trial decided, the page on paper."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from cases.models import Case
from tests.browser.looks import faults_of
from tests.factories.accounts import coordinator
from tests.trials.dossiers import case_without_values, run_newest, run_of
from trials.services.matching import release_matches

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("ILTB_SCREENSHOTS", "")
PERFORMANCE = "What is the performance score (Lansky or Karnofsky)?"
ALT = "What is ALT as a multiple of the upper limit of normal?"


def list_url(case) -> str:
    return reverse("trials:matches", args=[case.code])


def match_url(case, trial: str) -> str:
    match = run_of(case).matches.filter(arm__version__trial__key=trial).first()
    return reverse("trials:match", args=[case.code, match.pk])


def picture(page, name: str):
    def taken(width, scheme):
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)

    return taken


def row_of(page, trial: str) -> str:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=trial)).first.inner_text()


def asks_two_questions(page) -> None:
    page.get_by_label(PERFORMANCE).check()
    page.get_by_label(ALT).check()
    page.get_by_role("button", name="Ask the physician").click()
    text = page.get_by_label("Your question to the physician")
    text.fill(f"{text.input_value()}\nThank you.")
    page.get_by_role("button", name="Send to the physician").click()
    page.get_by_text("The question is on its way to the physician.").wait_for()


def answers_in_the_dossier(page, case) -> None:
    page.get_by_role("link", name="Read it and answer").click()
    page.get_by_label("Your answer").fill("Both are known by now and stand in the dossier.")
    page.get_by_role("button", name="Save the answer").click()
    page.goto(list_url(case))
    page.get_by_role("link", name=PERFORMANCE).click()
    assert page.url.endswith("/edit/condition/#id_performance_scale")
    page.locator("[name=performance_scale][value=Lansky]").check()
    page.locator("[name=performance_score]").fill("40")
    page.locator("[name=not_done][value=alt_x_uln]").uncheck()
    page.locator("[name=alt_x_uln]").fill("1.2")
    page.get_by_role("button", name="Save and continue").click()
    page.goto(reverse("cases:check", args=[case.code]))
    page.get_by_role("button", name="I removed what directly identifies the patient").click()
    page.wait_for_url("**/submitted/")


@pytest.mark.parametrize("script", [True, False])
def test_two_answers_decide_a_trial(open_as, script):
    case, board = case_without_values(), coordinator()
    release_matches(run=run_of(case), actor=board)
    asking = open_as(board, list_url(case), script=script)
    assert "some facts are missing" in row_of(asking, "HEM-iSMART C")

    asks_two_questions(asking)
    answering = open_as(case.author, list_url(case), script=script)
    answers_in_the_dossier(answering, case)
    run_newest(case)

    asking.goto(list_url(case) + "?all=1")
    assert asking.get_by_text("Revision 2, compared on").is_visible()
    assert "not now: what fails may recover" in row_of(asking, "HEM-iSMART C")
    assert PERFORMANCE not in asking.get_by_role("main").inner_text()
    assert Case.objects.get(pk=case.pk).queries.get().text.endswith("Thank you.")
    assert (asking.loud, answering.loud) == ([], [])


def test_the_pages_hold_on_desk_and_phone(open_as):
    case, board = case_without_values(), coordinator()
    ask = reverse("trials:ask", args=[case.code], query={"question": ["alt|", "performance_lansky_karnofsky|"]})
    urls = {
        "list": list_url(case),
        "open": match_url(case, "hem-ismart-c"),
        "failed": match_url(case, "advl1521"),
        "ask": ask,
    }
    page = open_as(board, urls["list"])

    faults = {}
    for name, url in urls.items():
        page.goto(url)
        faults[name] = faults_of(page, picture(page, f"matches-{name}"))
    assert faults == {name: {} for name in urls}
    assert page.loud == []


def test_list_and_explanation_fit_on_a4(open_as):
    case = case_without_values()
    page = open_as(coordinator(), list_url(case) + "?all=1")

    for name, url in {"list": page.url, "open": match_url(case, "hem-ismart-c")}.items():
        page.goto(url)
        page.emulate_media(media="print", color_scheme="light")
        page.set_viewport_size({"width": 703, "height": 1000})  # A4 less its margins, at 96 dots an inch
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, name
        assert not page.get_by_role("button").filter(visible=True).count(), name
        if PICTURES:
            page.pdf(path=Path(PICTURES) / f"matches-{name}.pdf", format="A4", prefer_css_page_size=True)
