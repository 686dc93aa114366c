"""A treating physician fills in and submits a whole case with the keyboard alone."""

import pytest
from django.urls import reverse

from cases.enums import CaseState
from cases.models import Case
from tests.browser.looks import faults_of, violations
from tests.factories.accounts import PASSWORD, physician
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db(transaction=True)


class Keyboard:
    """Somebody who never touches the mouse."""

    def __init__(self, page):
        self.page = page

    def go_to(self, locator):
        """Move on by Tab until the control has the focus."""
        for _step in range(200):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never reaches {locator}")

    def type(self, label, text, exact=True):
        self.go_to(self.page.get_by_label(label, exact=exact))
        self.page.keyboard.type(text)

    def choose(self, label, option):
        """Pick from a list by typing what one looks for."""
        control = self.page.get_by_label(label, exact=True)
        self.go_to(control)
        self.page.keyboard.type(option)
        assert control.evaluate("element => element.selectedOptions[0].label").startswith(option)

    def tick(self, group, option):
        self.go_to(self.page.get_by_role("group", name=group).get_by_label(option, exact=True))
        self.page.keyboard.press("Space")

    def pick(self, group, option):
        """One of several radio buttons: reach the group, then move by arrow."""
        buttons = self.page.get_by_role("group", name=group).get_by_role("radio")
        self.go_to(buttons.first)
        for _step in range(buttons.count()):
            wanted = self.page.get_by_role("group", name=group).get_by_label(option, exact=True)
            if wanted.is_checked():
                return
            self.page.keyboard.press("Space" if not buttons.locator(":checked").count() else "ArrowDown")
            if not wanted.is_checked():
                self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked()

    def complete(self, label, text, option):
        """Type into a box with matches and take one."""
        self.type(label, text)
        self.page.get_by_role("option", name=option).first.wait_for()
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def press(self, name, role="button"):
        self.go_to(self.page.get_by_role("main").get_by_role(role, name=name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.fixture
def signed_in(page, live_server):
    """Sign in by hand and open the new case page."""

    def go(doctor, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + reverse("account_login"))
        page.locator("[name=login]").fill(doctor.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/inbox/")
        return page

    return go


def question(hand):
    hand.type("Your question to the board", "Second relapse, refractory to nelarabine. Which target first?")
    hand.tick("What the question is about", "trial options")
    hand.pick("Aim of treatment", "cure: bridge to transplant")
    hand.pick("Urgency", "Routine: advice within 10 working days")
    hand.pick("No standard treatment is left", "Yes")
    hand.type("Why no standard treatment is left", "Refractory to two lines.")
    hand.press("Save and continue")


def patient(hand):
    hand.type("Age now, in months", "99")
    hand.type("Age at first diagnosis, in months", "80")
    hand.pick("Sex", "female")
    hand.complete("Country of treatment", "Netherl", "Netherlands")
    hand.type("Weight in kg", "27,4")
    hand.pick("Down syndrome", "no")
    hand.press("Save and continue")


def disease(hand):
    hand.choose("Disease group", "T-cell ALL")
    hand.choose("Disease entity", "T-ALL, not otherwise")
    hand.choose("Disease status now", "refractory relapse")
    hand.type("Number of relapses", "1")
    hand.type("Months from diagnosis to first relapse", "12")
    hand.tick("Sites of disease", "bone marrow")
    hand.choose("CNS status now", "CNS1")
    hand.press("Save and continue")


def findings(hand):
    hand.press("Add a specimen", role="link")
    hand.choose("Material", "bone marrow")
    hand.choose("Time point", "current relapse")
    hand.complete("Gene", "NRA", "NRAS")
    hand.type("VAF (optional)", "0,4")
    hand.press("Save specimen")
    assert "0.4 % or 40 %?" in hand.page.get_by_role("alert").inner_text()
    hand.type("VAF (optional)", "40 %")
    hand.press("Save specimen")
    hand.press("Continue", role="link")


def therapy(hand):
    hand.type("Regimen", "ALLTogether1")
    hand.choose("Setting", "first line")
    hand.type("Begun on day", "0")
    hand.type("Ended on day (optional)", "360")
    hand.choose("Why it ended", "progression")
    hand.choose("Best response", "CR, MRD positive")
    hand.press("Save and continue")


def consent(hand):
    hand.go_to(hand.page.get_by_label("There is written consent to discuss this case on the board"))
    hand.page.keyboard.press("Space")
    hand.pick("There is consent to follow-up in the registry", "Yes")
    hand.tick("Given by", "parent or guardian")
    hand.press("Save and continue")


def test_a_whole_case_is_submitted_with_the_keyboard_alone(signed_in, live_server):
    page, loud = signed_in(physician(), 1280), []
    page.on("console", lambda message: loud.append(message.text) if message.type == "error" else None)
    hand = Keyboard(page)

    page.goto(live_server.url + reverse("cases:new"))
    hand.press("Begin")
    hand.press("Question", role="link")
    for section in (question, patient, disease, findings, therapy, consent):
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


def test_every_page_of_the_form_is_accessible_and_fits_the_screen(signed_in, live_server):
    case, faults = complete_case(), {}
    page = signed_in(case.author, 1280)
    names = ("edit", "edit/question", "edit/patient", "edit/disease", "edit/findings", "edit/therapy", "edit/consent")

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
