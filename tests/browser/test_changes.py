"""What changed between two revisions, and what becomes of text typed after the session ended, in a real browser."""

import os
import re
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services.drafting import LineRow, save_blocks, save_specimen, save_therapy
from cases.services.submission import answer_query, submit_case
from cases.services.triage import accept_case, query_case
from tests.browser.looks import faults_of
from tests.factories.accounts import PASSWORD
from tests.factories.boards import declared_review
from tests.factories.cases import blocks, complete_case, line_rows, specimen_rows

pytestmark = pytest.mark.django_db(transaction=True)


def kept(page, name, width, scheme):
    """A picture into the folder that the environment names."""
    if folder := os.environ.get("ILTB_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)


@pytest.fixture
def news():
    """The panel read revision 1; revision 2 has another answer, another specimen and another line."""
    panel = declared_review()
    query = query_case(case=panel.case, actor=panel.coordinator, text="How many blasts are there today?")
    case, changed = Case.objects.get(pk=panel.case.pk), blocks()
    changed["status"]["bm_blasts_morphology_pct_of_cells"] = 31
    changed["case"]["question_text"] = "Which target first, now that venetoclax has failed as well?"
    save_blocks(case=case, actor=case.author, version=case.version, blocks=changed)
    save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows("S3"))
    third = LineRow(values={**line_rows()[1].values, "regimen_name": "Venetoclax", "start_on_day": 700}, drugs=[])
    third.values["stop_on_day"] = 720
    save_therapy(case=case, actor=case.author, version=case.version, lines=[*line_rows(), third])
    answer_query(query=query, actor=case.author, answer="31 %.")
    submit_case(case=case, actor=case.author)
    accept_case(case=Case.objects.get(pk=case.pk), actor=panel.coordinator)
    return panel


@pytest.mark.parametrize("who", ["physician", "expert"])
def test_what_changed_is_accessible_and_fits_the_screen(page, live_server, signed_in, news, who):
    reader = news.physician if who == "physician" else news.experts[0]
    signed_in(reader, 1280)
    page.goto(live_server.url + reverse("boards:case", args=[news.case.code]))

    page.get_by_role("link", name="What changed since revision 1").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "What changed since revision 1"
    assert faults_of(page, seen=partial(kept, page, f"changes-{who}")) == {}


def test_the_save_line_says_that_the_session_ended_and_the_text_is_back_after_the_sign_in(
    page, live_server, signed_in, transactional_db
):
    case = complete_case()
    signed_in(case.author, 390)
    page.goto(live_server.url + reverse("cases:section", args=[case.code, "question"]))
    page.context.clear_cookies(name="sessionid")
    box = page.locator("[name=question_text]")

    box.fill("Which target first, now that venetoclax has failed?")
    box.blur()
    page.get_by_text("your session has ended").wait_for()
    kept(page, "signed-out", 390, "light")
    page.get_by_role("link", name="Sign in and go on").click()
    page.locator("[name=login]").fill(case.author.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/edit/question/"))

    assert box.input_value() == "Which target first, now that venetoclax has failed?"
    assert page.get_by_text("Your session had ended.").is_visible()
