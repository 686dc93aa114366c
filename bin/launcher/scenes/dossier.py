"""A physician signs in, begins a case, fills every section, sees what is missing go away, and submits."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from launcher.pages import PageError
from launcher.scenes import words
from launcher.story import Stage, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.browser import Browser
    from launcher.pages import Page, Value

CODE = re.compile(r"/cases/(ILTB-[0-9A-Z]{4}-[0-9A-Z]{3})/")
SUBMIT = "I removed what directly identifies the patient – submit to the board"
SECTIONS = (
    words.ABOUT_QUESTION,
    words.ABOUT_PATIENT,
    words.ABOUT_DISEASE,
    words.ABOUT_RESPONSE,
    words.ABOUT_CONDITION,
    words.ABOUT_ACCESS,
    words.ABOUT_CONSENT,
)
GAPS = (*(gap for section in SECTIONS for gap in section.gaps), words.NO_SPECIMEN, words.NO_LINE)
CONFLICT = 409


def begin(stage: Stage) -> None:
    """The address of the new draft tells its code."""
    physician = stage.person("physician")
    draft = physician.submit(physician.open("/cases/new/").form(button="Begin"))
    found = CODE.search(draft.address)
    if found is None:
        message = f"no draft was begun, but {draft.address} was shown"
        raise PageError(message)
    stage.known["code"] = found[1]
    stage.remark(f"Its code is {found[1]}.")


def see_all_that_is_missing(stage: Stage) -> None:
    """An empty dossier names its gaps and offers nothing to press."""
    page = open_case(stage, "physician", "check/").must_say(*GAPS, "It cannot be sent yet.")
    if any(text == SUBMIT for form in page.forms for _, _, text in form.buttons):
        message = "an empty dossier can be sent"
        raise PageError(message)


def fill_section(section: words.Section, stage: Stage) -> None:
    """Afterwards the section's gaps are gone. Some questions are asked only once another is answered."""
    open_case(stage, "physician", "check/").must_say(*section.gaps)
    rest = dict(section.answers)
    while rest:
        form = open_case(stage, "physician", f"edit/{section.name}/").form(button="Save and continue")
        asked = {name: rest.pop(name) for name in tuple(rest) if name in form.fields}
        if not asked:
            message = f"{section.name} never asks for {', '.join(rest)}"
            raise PageError(message)
        stage.person("physician").submit(form, asked, button="Save and continue")
    open_case(stage, "physician", "check/").must_not_say(*section.gaps)


def fill_specimen(stage: Stage) -> None:
    """One specimen with a variant, a fusion, two antigens, what was tested and not found, and the methods."""
    physician = stage.person("physician")
    page = open_case(stage, "physician", "edit/findings/new/")
    page = press_to_add_a_row(physician, page, words.SPECIMEN, "Add another antigen")
    answers = dict(words.SECOND_ANTIGEN)
    for method in words.MORE_METHODS:
        page = press_to_add_a_row(physician, page, answers, "Add another method")
        answers = dict(method)
    page = physician.submit(page.form(button="Save specimen"), answers, button="Save specimen")
    page.must_say("Saved: specimen S1.")
    open_case(stage, "physician", "check/").must_not_say(words.NO_SPECIMEN)


def fill_treatment(stage: Stage) -> None:
    """Two lines; the second one was refractory."""
    physician = stage.person("physician")
    page = open_case(stage, "physician", "edit/therapy/")
    page = press_to_add_a_row(physician, page, words.FIRST_LINE, "Add another line")
    physician.submit(page.form(button="Save and continue"), words.SECOND_LINE, button="Save and continue")
    open_case(stage, "physician", "check/").must_not_say(words.NO_LINE)


def press_to_add_a_row(person: Browser, page: Page, answers: Mapping[str, Value], button: str) -> Page:
    """The page with one row more and everything that was typed; nothing is saved by this."""
    return person.submit(page.form(button=button), answers, button=button)


def submit(stage: Stage) -> None:
    """Nothing is missing; the receipt shows revision 1, and the same page cannot be sent twice."""
    physician = stage.person("physician")
    open_case(stage, "physician", "edit/").must_say("9 of 9 sections completed.")
    page = open_case(stage, "physician", "check/").must_not_say("What is missing", "It cannot be sent yet.")
    form = page.form(button=SUBMIT)
    physician.submit(form).must_say("Your case is with the board", "Revision 1", stage.known["code"])
    physician.submit(form, status=CONFLICT)


def open_case(stage: Stage, person: str, part: str = "", *, status: int = 200) -> Page:
    """A page of the story's case, as ``person`` gets it."""
    return stage.person(person).open(f"/cases/{stage.known['code']}/{part}", status=status)


STEPS = (
    Step("A physician signs in and begins a case", begin),
    Step("An empty dossier says what is missing and cannot be sent", see_all_that_is_missing),
    Step("The physician writes the question", partial(fill_section, words.ABOUT_QUESTION)),
    Step("… the patient", partial(fill_section, words.ABOUT_PATIENT)),
    Step("… the disease", partial(fill_section, words.ABOUT_DISEASE)),
    Step("… one specimen with variant, fusion, antigens and what was tested and not found", fill_specimen),
    Step("… the treatment lines", fill_treatment),
    Step("… germline and drug response, which are not there yet", partial(fill_section, words.ABOUT_RESPONSE)),
    Step("… the condition", partial(fill_section, words.ABOUT_CONDITION)),
    Step("… access to treatment", partial(fill_section, words.ABOUT_ACCESS)),
    Step("… the consent", partial(fill_section, words.ABOUT_CONSENT)),
    Step("Nothing is missing; the physician submits, once", submit),
)
