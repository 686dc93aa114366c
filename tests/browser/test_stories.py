"""A physician between two patients: paste, import, lose the session, let a colleague go on."""

import openpyxl
import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from cases.enums import CaseState
from cases.models import Case
from iltb.mail.models import OutboundMail
from tests.browser import hands
from tests.browser.hands import Keyboard, Mouse
from tests.browser.looks import faults_of
from tests.factories.accounts import PASSWORD, centre_of, physician
from tests.factories.cases import complete_case, draft

pytestmark = pytest.mark.django_db(transaction=True)

TWELVE_MINUTES = 12 * 60
REPORT = """NOTCH1 p.Leu1600Pro 41 %
FBXW7 p.Arg465His 30 %
STIL::TAL1
CD7 99 % bright
BCR::ABL1 not detected
the laboratory wishes you a good day"""
TABLE = (
    ("Gene", "HGVSp", "HGVSc", "Transcript", "VAF", "Patient"),
    ("IL7R", "p.(Leu242_Leu243insAsnProCys)", "", "NM_002185.5", "39 %", "Anna Example"),
    ("NOTCH1", "p.(Leu1600Pro)", "c.4799T>C", "NM_017617.5", "42 %", "Anna Example"),
    ("PTEN", "p.(Arg130Ter)", "c.388C>T", "NM_000314.8", "18 %", "Anna Example"),
)


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(path := tmp_path / "panel.xlsx")
    return path


@pytest.fixture
def loud(page):
    """What the browser complains about, breaches of the content security policy among it."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    return said


def place_new_specimen(hand):
    """The preview asks on which specimen it was found."""
    hand.choose("Material", "bone marrow")
    hand.choose("Time point", "current relapse")
    hand.type("Taken on day (optional)", "662")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_report_is_pasted_looked_at_and_taken_by_keyboard_alone(signed_in, live_server, loud, width):
    case = draft()
    page = signed_in(case.author, width)
    page.goto(live_server.url + reverse("cases:edit", args=[case.code]))
    hand = Keyboard(page)

    hand.press("Paste or import findings", role="link")
    hand.go_to(page.get_by_label("Paste findings here"))
    page.keyboard.insert_text(REPORT)
    hand.press("Read and show")
    assert page.get_by_role("heading", name="5 findings were understood").is_visible()
    assert "the laboratory wishes you a good day" in page.get_by_role("table").nth(1).inner_text()
    faults = faults_of(page)
    page.set_viewport_size({"width": width, "height": 900})
    place_new_specimen(hand)
    hand.press("Add the ticked findings")

    specimen = Case.objects.get(pk=case.pk).specimens.get()
    assert page.get_by_text("5 findings were added to S1.").is_visible()
    assert sorted(specimen.variants.values_list("gene_symbol", flat=True)) == ["FBXW7", "NOTCH1"]
    assert (faults, loud) == ({}, [])


def test_a_case_with_an_imported_table_is_sent_within_twelve_minutes(signed_in, live_server, workbook, loud, capsys):
    page = signed_in(physician(), 1280)
    hand = Mouse(page)
    page.goto(live_server.url + reverse("cases:new"))
    hand.press("Begin")
    code = page.url.split("/cases/")[1].split("/")[0]
    hand.press("Question", role="link")
    hands.question(hand)
    hands.patient(hand)
    hands.disease(hand)

    hand.press("Paste or import findings", role="link")
    hand.upload("Or choose a file", workbook)
    hand.press("Read and show")
    place_new_specimen(hand)
    hand.press("Add the ticked findings")
    hand.press("Continue", role="link")
    for section in (hands.functional, hands.therapy, hands.condition, hands.access, hands.consent):
        section(hand)
    hand.press("I removed what directly identifies the patient")

    case = Case.objects.get(code=code)
    assert (case.state, case.specimens.get().variants.count()) == (CaseState.SUBMITTED, 3)
    assert "Anna" not in str(case.revisions.get().content)
    with capsys.disabled():
        print(f"\na core case with one imported table, by the keystroke-level model: {hand.seconds / 60:.1f} minutes")
    assert hand.seconds <= TWELVE_MINUTES
    assert loud == []


def test_who_loses_the_session_in_mid_form_signs_in_and_finds_the_text(signed_in, live_server):
    case = complete_case()
    page = signed_in(case.author, 390)
    page.goto(live_server.url + reverse("cases:section", args=[case.code, "question"]))
    Session.objects.all().delete()

    page.get_by_label("Your question to the board").fill("Third relapse. Is there a trial with a bispecific antibody?")
    page.get_by_role("button", name="Save and continue").click()
    page.locator("[name=login]").fill(case.author.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.get_by_text("What you typed is back on this page").wait_for()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/edit/patient/")
    assert Case.objects.get(pk=case.pk).question_text.startswith("Third relapse.")


def test_a_colleague_is_asked_goes_on_and_the_first_one_confirms(signed_in, live_server, browser):
    author = physician()
    colleague = physician(at=centre_of(author), name="Dr Second Reader")
    case = complete_case(author)
    page = signed_in(author, 1280)
    page.goto(live_server.url + reverse("cases:edit", args=[case.code]))

    page.get_by_role("link", name="Ask a colleague to fill in").click()
    page.get_by_label("Dr Second Reader").check()
    page.get_by_label("Treatment", exact=True).check()
    page.get_by_role("button", name="Ask by e-mail").click()
    page.get_by_text("Dr Second Reader was asked by e-mail.").wait_for()

    context = browser.new_context(viewport={"width": 390, "height": 844})
    other = context.new_page()
    other.goto(live_server.url + OutboundMail.objects.get(recipient=colleague).context["path"])
    other.locator("[name=login]").fill(colleague.email)
    other.locator("[name=password]").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="Sign in").click()
    other.get_by_role("button", name="It is right").click()
    other.get_by_text("Confirmed.").wait_for()
    context.close()
    assert case.transcriptions.get().confirmed_by == colleague
