"""A treating physician fills in and submits a whole case with the keyboard alone."""

import pytest
from django.urls import reverse

from cases.completeness import Section
from cases.enums import CaseState
from cases.models import Case
from tests.browser import hands
from tests.browser.hands import Keyboard
from tests.browser.looks import faults_of, violations
from tests.factories.accounts import physician
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_whole_case_is_submitted_with_the_keyboard_alone(signed_in, live_server):
    page, loud = signed_in(physician(), 1280), []
    page.on("console", lambda message: loud.append(message.text) if message.type == "error" else None)
    hand = Keyboard(page)

    page.goto(live_server.url + reverse("cases:new"))
    hand.press("Begin")
    hand.press("Question", role="link")
    for section in hands.SECTIONS:
        section(hand)
    hand.press("I removed what directly identifies the patient")

    case = Case.objects.get()
    assert page.get_by_role("heading", level=1).inner_text() == "Your case is with the board"
    assert (case.state, str(case.specimens.get().variants.get().vaf)) == (CaseState.SUBMITTED, "0.40000")
    assert [words for words in loud if "422" not in words] == []


def test_htmx_adds_a_row_and_puts_the_keyboard_into_it(signed_in, live_server):
    case = complete_case()
    page = signed_in(case.author, 1280)
    page.goto(live_server.url + reverse("cases:specimen_new", args=[case.code]))

    page.get_by_label("Gene", exact=True).fill("NRAS")
    page.get_by_role("button", name="Add another variant").click()

    new = page.locator("#id_variants-1-gene_symbol")
    new.wait_for()
    assert new.evaluate("element => element === document.activeElement")
    assert page.locator("#id_variants-0-gene_symbol").input_value() == "NRAS"


def test_what_is_typed_saves_itself_and_another_tab_is_not_overwritten(signed_in, live_server):
    case = complete_case()
    page = signed_in(case.author, 1280)
    page.goto(live_server.url + reverse("cases:section", args=[case.code, "patient"]))
    other = page.context.new_page()
    other.goto(page.url)

    page.get_by_label("Weight in kg").fill("57")
    page.get_by_label("Weight in kg").blur()
    page.wait_for_function("version => document.querySelector('#case-version').value > version", arg=case.version)
    other.get_by_label("Weight in kg").fill("75")
    other.get_by_label("Weight in kg").blur()

    other.get_by_role("heading", name="Not saved: the case changed meanwhile").wait_for()
    assert "Draft saved" in page.locator("#save-state").inner_text()
    assert Case.objects.get(pk=case.pk).patient.weight_kg == 57
    other.get_by_role("button", name="Save what I typed").click()
    other.wait_for_url("**/edit/")
    assert Case.objects.get(pk=case.pk).patient.weight_kg == 75


def test_a_new_specimen_that_saved_itself_goes_on_at_its_own_address(signed_in, live_server):
    case = complete_case()
    page = signed_in(case.author, 1280)
    page.goto(live_server.url + reverse("cases:specimen_new", args=[case.code]))

    page.get_by_label("Material").select_option("BM")
    page.get_by_label("Time point").select_option("current_relapse")
    page.wait_for_url("**/findings/*-*-*-*-*/")
    page.get_by_role("button", name="Save specimen").click()

    page.wait_for_url("**/edit/findings/")
    assert case.specimens.count() == 2


def test_every_page_of_the_form_is_accessible_and_fits_the_screen(signed_in, live_server):
    case, faults = complete_case(), {}
    page = signed_in(case.author, 1280)
    names = ("edit", *(f"edit/{section.value}" for section in Section))

    for name in (*names, f"edit/findings/{case.specimens.get().pk}", "check", "withdraw"):
        page.goto(f"{live_server.url}/cases/{case.code}/{name}/")
        faults |= {name: found} if (found := faults_of(page)) else {}

    assert faults == {}


def test_a_page_with_errors_is_accessible_and_tells_them_first(signed_in, live_server):
    case = complete_case()
    page = signed_in(case.author, 390)
    page.goto(live_server.url + reverse("cases:section", args=[case.code, "patient"]))

    page.get_by_label("Weight in kg").fill("2500")
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("Error:")
    assert violations(page) == []
