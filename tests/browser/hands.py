"""Hands that fill in a case: by keyboard alone, or by mouse with every movement counted."""


class Keyboard:
    """Somebody who never touches the mouse."""

    def __init__(self, page):
        self.page = page

    def think(self, keys=0):
        """A decision, and how many keys it takes; here nobody counts."""

    def go_to(self, locator):
        """Move on by Tab until the control has the focus."""
        for _step in range(200):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never reaches {locator}")

    def type(self, label, text, exact=True):
        self.think(len(text))
        self.go_to(self.page.get_by_label(label, exact=exact))
        self.page.keyboard.type(text)

    def choose(self, label, option):
        """Pick from a list by typing what one looks for."""
        self.type(label, option)
        control = self.page.get_by_label(label, exact=True)
        assert control.evaluate("element => element.selectedOptions[0].label").startswith(option)

    def tick(self, group, option):
        self.think()
        self.go_to(self.page.get_by_role("group", name=group).get_by_label(option, exact=True))
        self.page.keyboard.press("Space")

    def pick(self, group, option):
        """One of several radio buttons: reach the group, then move by arrow."""
        self.think()
        buttons = self.page.get_by_role("group", name=group).get_by_role("radio")
        wanted = self.page.get_by_role("group", name=group).get_by_label(option, exact=True)
        self.go_to(buttons.first)
        for _step in range(buttons.count()):
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
        self.think()
        self.go_to(self.page.get_by_role("main").get_by_role(role, name=name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


class Mouse(Keyboard):
    """Somebody who points and types; ``seconds`` by the keystroke-level model of Card, Moran and Newell.

    A key 0.28 s, a pointing 1.1 s, a decision 1.35 s (doi:10.1145/358886.358895; figures for a person who types rarely).
    """

    KEY, POINT, DECIDE = 0.28, 1.1, 1.35

    def __init__(self, page):
        super().__init__(page)
        self.seconds = 0.0

    def think(self, keys=0):
        self.seconds += self.DECIDE + keys * self.KEY

    def go_to(self, locator):
        self.seconds += self.POINT
        locator.focus()

    def upload(self, label, file):
        """Choose a file: the button, its folder, the file."""
        self.think()
        self.seconds += 3 * self.POINT
        self.page.get_by_label(label).set_input_files(file)


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
    hand.choose("Disease status now", "relapse, not yet treated")
    hand.type("Number of relapses", "1")
    hand.type("Months from diagnosis to first relapse", "12")
    hand.tick("Sites of disease", "bone marrow")
    hand.type("Marrow blasts by morphology", "62 %")
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


def functional(hand):
    hand.pick("Germline testing", "not done")
    hand.choose("State", "not done")
    hand.press("Save and continue")


def therapy(hand):
    hand.type("Regimen", "ALLTogether1")
    hand.choose("Setting", "first line")
    hand.type("Begun on day", "0")
    hand.type("Ended on day (optional)", "360")
    hand.choose("Why it ended", "progression")
    hand.choose("Best response", "CR, MRD positive")
    hand.press("Save and continue")


def condition(hand):
    hand.pick("Performance scale", "Lansky")
    hand.type("Performance score", "80")
    hand.type("ALT, × upper limit", "1,4")
    hand.type("Total bilirubin, × upper limit", "0.8")
    hand.type("Creatinine clearance, mL/min/1.73 m²", "96")
    hand.type("Ejection fraction", "58 %")
    hand.pick("Active infection", "none")
    hand.press("Save and continue")


def access(hand):
    hand.go_to(hand.page.get_by_label("No trial was considered yet"))
    hand.page.keyboard.press("Space")
    hand.press("Save and continue")


def consent(hand):
    hand.go_to(hand.page.get_by_label("There is written consent to discuss this case on the board"))
    hand.page.keyboard.press("Space")
    hand.pick("There is consent to follow-up in the registry", "Yes")
    hand.tick("Given by", "parent or guardian")
    hand.press("Save and continue")


SECTIONS = (question, patient, disease, findings, functional, therapy, condition, access, consent)
