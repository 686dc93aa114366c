"""Five experts are seated, declare, assess blind and vote; the chair closes the voting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from launcher.scenes import words
from launcher.scenes.dossier import CONFLICT, open_case
from launcher.scenes.triage import NOT_FOUND
from launcher.story import Stage, Step

if TYPE_CHECKING:
    from launcher.pages import Form, Page

DAYS_TO_MEETING = 3
TALLY = "Result of the voting"
ALL_VOTED = "5 of 5 experts have answered every option"


def seat_experts(stage: Stage) -> None:
    """Disease, biology and early phase are among them, as the quorum asks."""
    coordinator = stage.person("coordinator")
    for expert in words.EXPERTS:
        form = review(stage, "coordinator").form(action="/seats/")
        values = {
            "user": form.find("user").choice(expert.full_name),
            "expertise": expert.expertise,
        }
        coordinator.submit(form, values).must_say(f"{expert.full_name} was asked by e-mail.")


def plan_meeting(stage: Stage) -> None:
    """The agenda of the new meeting holds the case."""
    coordinator, code = stage.person("coordinator"), stage.known["code"]
    starts_at = f"{datetime.now(UTC) + timedelta(days=DAYS_TO_MEETING):%Y-%m-%d}T15:00"
    page = coordinator.open("/meetings/")
    meeting = coordinator.submit(page.form(field="starts_at"), {"starts_at": starts_at}).address
    form = review(stage, "coordinator").form(action="/schedule/")
    coordinator.submit(form, {"meeting": meeting.rstrip("/").rpartition("/")[2]})
    coordinator.open(meeting).must_say(code)


def start_assessing(stage: Stage) -> None:
    """The phase begins; nobody has declared yet."""
    coordinator = stage.person("coordinator")
    coordinator.submit(review(stage, "coordinator").form(button="Start the assessments"))


def declare_interests(stage: Stage) -> None:
    """Before the declaration the review is empty and the case is not to be found; the hospital is never named."""
    for expert in words.EXPERTS:
        browser = stage.person(expert.login)
        page = browser.open(browser.open("/inbox/").link(text=stage.known["code"], address="/reviews/"))
        page.must_not_say(words.QUESTION, "NRAS", "Dossier")
        open_case(stage, expert.login, status=NOT_FOUND)
        form = page.form(field="interest_level")
        page = browser.submit(form, {"interest_level": expert.interest, "interest_text": expert.interest_text})
        page.must_say(words.QUESTION, "NRAS").must_not_say(words.HOSPITAL)
        open_case(stage, expert.login).must_say(words.QUESTION).must_not_say(words.HOSPITAL)


def assess(stage: Stage) -> None:
    """Nobody reads another assessment before the own one is saved; the coordinator not before they are opened."""
    saved: list[str] = []
    for expert in words.EXPERTS:
        page = review(stage, expert.login).must_not_say(*saved)
        values = {"findings": expert.findings, "options": expert.options, "confidence": "4"}
        page = stage.person(expert.login).submit(page.form(field="findings"), values)
        page.must_say("Your assessment is saved.", *saved, expert.findings)
        saved += [expert.findings, expert.options]
    review(stage, "coordinator").must_not_say(*saved)


def open_to_panel(stage: Stage) -> None:
    """Now the coordinator and everybody on the panel read all assessments."""
    coordinator = stage.person("coordinator")
    findings = [expert.findings for expert in words.EXPERTS]
    page = review(stage, "coordinator")
    coordinator.submit(page.form(button="Open the assessments to the panel")).must_say(*findings)
    review(stage, "expert1").must_say(*findings)


def propose_options(stage: Stage) -> None:
    """A trial, taken from the cohorts that were compared, and a test."""
    coordinator = stage.person("coordinator")
    for option in words.OPTIONS:
        page = coordinator.open(review(stage, "coordinator").link(text="Add an option"))
        form = page.form(field="rationale")
        if option["type"] == "clinical_trial":
            form.fill({"arm": form.find("arm").choice(words.TRIAL)})
        coordinator.submit(form, option).must_say(str(option["title"]), str(option["rationale"]))


def open_voting(stage: Stage) -> None:
    """The list of options is fixed from here on."""
    coordinator = stage.person("coordinator")
    page = coordinator.submit(review(stage, "coordinator").form(button="Open the voting"))
    page.must_say("The voting is open.", "0 of 5 experts have answered every option").must_not_say("Add an option")


def vote(stage: Stage) -> None:
    """Each expert votes on both options; nobody else learns what, not even the chair."""
    for expert in words.EXPERTS:
        browser = stage.person(expert.login)
        page = browser.open(browser.open("/inbox/").link(text=stage.known["code"], address="/ballot/"))
        stage.known["ballot"] = page.address
        for number, position in enumerate(expert.votes):
            page = browser.submit(ballots(page)[number], {"position": position, "comment": expert.comment})
        page.must_say("Your vote is saved", expert.comment)
    for login in ("coordinator", "chair", *(expert.login for expert in words.EXPERTS)):
        others = [expert.comment for expert in words.EXPERTS if expert.login != login]
        review(stage, login).must_not_say(TALLY, *others)
    review(stage, "chair").must_say(ALL_VOTED)


def close_voting(stage: Stage) -> None:
    """The tally is shown, and a vote that comes later is refused and not counted."""
    late = stage.person("expert1")
    form = ballots(late.open(stage.known["ballot"]))[0]
    chair = stage.person("chair")
    page = chair.submit(review(stage, "chair").form(button="Close the voting"))
    page.must_say(TALLY, *(expert.comment for expert in words.EXPERTS))
    late.submit(form, {"position": "against"}, status=CONFLICT).must_say("your vote was not counted")
    review(stage, "expert1").must_say(TALLY).must_not_say("Cast vote", "Change vote")


def review(stage: Stage, person: str) -> Page:
    """The page of the review as ``person`` gets it."""
    return stage.person(person).open(stage.known["review"])


def ballots(page: Page) -> list[Form]:
    """The ballots on a page, one for each option in their order."""
    return [form for form in page.forms if "position" in form.fields]


STEPS = (
    Step("The coordinator seats five experts", seat_experts),
    Step("… plans a meeting and puts the review on it", plan_meeting),
    Step("… starts the assessments", start_assessing),
    Step("Each expert declares interests; the dossier is closed before", declare_interests),
    Step("Each expert assesses without having read the others", assess),
    Step("The coordinator opens the assessments to the panel", open_to_panel),
    Step("… puts two options before the panel", propose_options),
    Step("… opens the voting", open_voting),
    Step("Five experts vote; nobody else sees what", vote),
    Step("The chair closes the voting; the tally is shown, a late vote is refused", close_voting),
)
