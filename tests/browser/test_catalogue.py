"""A trial in a real browser: entered from its text, published by a second person, seen in the match list of a case."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from iltb.core.models import JobState
from tests.browser.looks import faults_of
from tests.factories.accounts import coordinator
from tests.factories.cases import submitted_case
from trials.models import MatchRun, StandingCheck
from trials.services.matching import run_match
from trials.services.standing import run_check

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("ILTB_SCREENSHOTS", "")
PROTOCOL = """Key Inclusion Criteria:
1. Age 1 to 18 years at enrolment
2. Relapsed or refractory T-ALL
3. Lansky or Karnofsky performance score of at least 50
4. Able to comply with the visits
Key Exclusion Criteria:
1. Uncontrolled infection
2. Pregnancy
"""


def line(page, name: str):
    return page.get_by_role("group", name=name, exact=True)


def unfolded(page, name: str):
    """A line with its controls in sight."""
    row = line(page, name)
    if not row.get_by_label("Fact", exact=True).is_visible():
        row.locator("summary").click()
    return row


def compare(page, name: str, fact: str, **typed: str) -> None:
    """Open one line and type what is compared; the list behind the box helps, but typing is enough."""
    row = unfolded(page, name)
    row.get_by_label("Fact", exact=True).fill(fact)
    for label, text in typed.items():
        control = row.get_by_label({"op": "is"}.get(label, label.capitalize()), exact=True)
        control.select_option(text) if label == "op" else control.fill(text)


def enter(page) -> None:
    page.get_by_role("link", name="Enter a trial").click()
    page.get_by_label("Title", exact=True).fill("A new T-ALL trial")
    page.get_by_label("Age limits").fill("1 to 18 years at enrolment")
    page.get_by_label("How the criteria were read").select_option("verified")
    page.get_by_role("button", name="Save and enter criteria").click()
    page.get_by_label("Text to split into lines").fill(PROTOCOL)
    page.get_by_role("button", name="Split into lines and save").click()


def write(page) -> None:
    """Say what is compared; the first sentence asks two things, the second names alternatives."""
    for name in ("I-01", "I-02"):
        unfolded(page, name).get_by_role("button", name="one more line").click()
    compare(page, "I-01", "Age now", op=">=", value="1", unit="years")
    compare(page, "I-05", "Age now", op="<=", value="18", unit="years")
    compare(page, "I-02", "In relapse", group="A")
    compare(page, "I-06", "Refractory disease", group="A")
    compare(page, "I-03", "Performance, Lansky or Karnofsky", op=">=", value="50")
    compare(page, "E-01", "Uncontrolled infection")
    page.get_by_role("button", name="Save and check").click()


def look(page, name: str) -> None:
    """Free of faults on desk and phone, in light and dark; kept as a picture on demand."""

    def seen(width, scheme):
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)

    assert faults_of(page, seen) == {}, name
    page.set_viewport_size({"width": 1280, "height": 900})


def newest_run(case) -> MatchRun:
    return MatchRun.objects.filter(revision__case=case, state=JobState.PENDING).get()


def test_a_protocol_becomes_a_match_with_reasons(open_as):
    case = submitted_case()
    run_match(str(newest_run(case).pk))
    author, second = coordinator(), coordinator()
    page = open_as(author, reverse("trials:list"))
    enter(page)
    write(page)
    look(page, "criteria")
    unfolded(page, "I-03")
    look(page, "criteria-open")
    page.get_by_role("link", name="Which cases does it fit?").click()
    assert case.code in page.get_by_role("main").inner_text()
    look(page, "preview")

    page = open_as(second, reverse("trials:draft", args=["a-new-t-all-trial"]))
    look(page, "draft")
    page.get_by_role("button", name="Publish this version").click()
    page.get_by_text("Every open case is compared with it now").wait_for()
    run_check(str(StandingCheck.objects.get(state=JobState.PENDING).pk))
    run_match(str(newest_run(case).pk))
    page.goto(reverse("trials:matches", args=[case.code]))
    page.get_by_role("link", name="A new T-ALL trial").click()

    text = page.get_by_role("main").inner_text()
    assert "Age 1 to 18 years at enrolment" in text
    assert "Able to comply with the visits" in text
    assert page.loud == []


def test_everything_works_without_script(open_as):
    author = coordinator()
    page = open_as(author, reverse("trials:list"), script=False)

    enter(page)
    compare(page, "E-01", "Shoe size")
    page.get_by_role("button", name="Save and check").click()
    assert "E-01: $.all[4].not: “Shoe size” is no fact" in page.get_by_role("alert").inner_text()
    compare(page, "E-01", "Uncontrolled infection")
    page.get_by_role("button", name="Save and check").click()

    assert "Compared: not: Uncontrolled infection: yes" in line(page, "E-01").inner_text()


def order_of(page) -> list[str]:
    return page.locator(".criterion-line legend").all_text_contents()


@pytest.mark.parametrize("script", [True, False])
def test_lines_are_moved_by_the_keyboard(open_as, script):
    page = open_as(coordinator(), reverse("trials:list"), script=script)
    enter(page)
    line(page, "I-02").get_by_role("button", name="Up").press("Enter")
    page.wait_for_url("**#line-0")
    assert order_of(page)[:3] == ["I-02", "I-01", "I-03"]

    line(page, "I-01").get_by_role("button", name="Down").press("Enter")
    page.wait_for_url("**#line-2")

    assert order_of(page)[:3] == ["I-02", "I-03", "I-01"]
    assert page.loud == []


def test_the_other_pages_of_the_catalogue_are_accessible(open_as):
    page = open_as(coordinator(), reverse("trials:new"))
    look(page, "new")
    for name in ("recruitment", "draft", "history", "detail"):
        page.goto(reverse(f"trials:{name}", args=["hem-ismart-d"]))
        look(page, name if name != "draft" else "no-draft")
    page.goto(reverse("trials:facts"))
    look(page, "facts")
    page.goto(reverse("trials:draft", args=["hem-ismart-d"]))
    page.get_by_role("button", name="Begin the next version").click()
    page.goto(reverse("trials:criteria", args=["hem-ismart-d", "main"]))
    unfolded(page, "I-03").get_by_label("Value").fill("18")
    page.get_by_role("button", name="Save and check").click()
    look(page, "nested")
    page.goto(reverse("trials:compare", args=["hem-ismart-d", 1, 2]))
    look(page, "compare")
    assert page.loud == []
