"""A coordinator asks, the physician answers and submits again, the revision is matched, the case is accepted."""

from __future__ import annotations

import re

from launcher.pages import PageError
from launcher.scenes import words
from launcher.scenes.dossier import SUBMIT, open_case
from launcher.story import Stage, Step

COUNTS = re.compile(r"(\d+) met, (\d+) not met, (\d+) unknown")
TOTAL = re.compile(r"(\d+) cohorts?\.")
SECONDS_TO_MATCH = 60.0
FEWEST_TRIALS = 12
FORBIDDEN, NOT_FOUND = 403, 404


def ask(stage: Stage) -> None:
    """The case is in the coordinator's inbox; a query sends it back."""
    coordinator = stage.person("coordinator")
    page = coordinator.open(coordinator.open("/inbox/").link(text=stage.known["code"]))
    page.must_say("Checklist", words.QUESTION)
    coordinator.submit(page.form(button="Send the question"), {"text": words.QUERY}, button="Send the question")


def answer(stage: Stage) -> None:
    """The question waits in the physician's inbox; the answer and the new results make revision 2."""
    physician, code = stage.person("physician"), stage.known["code"]
    page = physician.open(physician.open("/inbox/").link(text=code, address=r"/answer/$")).must_say(words.QUERY)
    physician.submit(page.form(field="answer"), {"answer": words.ANSWER})
    page = physician.open(open_case(stage, "physician", "edit/findings/").link(text="Open S1"))
    physician.submit(page.form(button="Save specimen"), words.NEW_RESULT, button="Save specimen")
    page = physician.submit(open_case(stage, "physician", "check/").form(button=SUBMIT))
    page.must_say("Your new revision is with the board", "Revision 2")


def read_matches(stage: Stage) -> None:
    """The broker's worker has compared revision 2 with the catalogue; every criterion says why."""
    coordinator = stage.person("coordinator")
    page = coordinator.wait_for(
        f"/trials/match/{stage.known['code']}/",
        lambda page: "Revision 2, compared" in page.text and bool(COUNTS.search(page.text)),
        seconds=SECONDS_TO_MATCH,
        what="The comparison of revision 2 with the trials",
    )
    total = TOTAL.search(page.text)
    verdicts = zip(*COUNTS.findall(page.text), strict=True)
    if total is None or int(total[1]) < FEWEST_TRIALS or not all(any(map(int, counts)) for counts in verdicts):
        message = f"met, not met and unknown were expected for {FEWEST_TRIALS} cohorts or more: {page.text}"
        raise PageError(message)
    match = coordinator.open(page.link(begins=words.TRIAL, address="/trials/match/"))
    match.must_say("Criterion by criterion", "RAS-RAF-MAPK alteration", "NRAS")
    counts = COUNTS.search(match.text)
    stage.remark(f"{total[1]} cohorts were compared; {words.TRIAL}: {counts[0] if counts else 'no counts'}.")


def release_matches(stage: Stage) -> None:
    """The physician sees the list once the coordinator shows it."""
    address = f"/trials/match/{stage.known['code']}/"
    physician, coordinator = stage.person("physician"), stage.person("coordinator")
    physician.open(address, status=NOT_FOUND)
    coordinator.submit(coordinator.open(address).form(action="/release/"))
    physician.open(address).must_say("Revision 2, compared")


def accept(stage: Stage) -> None:
    """Only a coordinator accepts; the review is open then."""
    coordinator = stage.person("coordinator")
    open_case(stage, "physician", "triage/", status=FORBIDDEN)
    page = open_case(stage, "coordinator", "triage/").must_say(words.QUERY, words.ANSWER)
    page = coordinator.submit(page.form(button="Accept the case"), button="Accept the case")
    stage.known["review"] = page.link(text="Open the review")


STEPS = (
    Step("A coordinator reads the case and asks the physician", ask),
    Step("The physician answers, adds the new results and submits revision 2", answer),
    Step("The revision is compared with the trials, criterion by criterion", read_matches),
    Step("The coordinator shows the list to the physician, who could not see it before", release_matches),
    Step("The coordinator accepts; the review opens", accept),
)
