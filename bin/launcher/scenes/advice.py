"""The advice is written and signed, the letter comes, the physician reads it and answers the follow-up."""

from __future__ import annotations

import hashlib
import json
import re
import time
from email import message_from_string
from email.policy import default
from typing import TYPE_CHECKING

from launcher.pages import PageError
from launcher.processes import wait_until
from launcher.scenes import words
from launcher.scenes.dossier import open_case
from launcher.scenes.panel import review
from launcher.scenes.triage import NOT_FOUND
from launcher.story import PASSWORD, Stage, Step

if TYPE_CHECKING:
    from pathlib import Path

SECONDS_TO_LETTER = 60.0
SECONDS_TO_NOTICE = 30.0
LETTER_NAME = "story-letter.pdf"
PROOFS = ("check_invariants", "verify_audit")
INVALID = 422
SHA256 = re.compile(r"SHA-256 ([0-9a-f]{64})")
BETWEEN_MAILS = re.compile(r"^-{79}$", re.MULTILINE)
CLINICAL = ("NRAS", "T-ALL", "T-cell", "relapse", "HEM-iSMART", words.HOSPITAL)


def write(stage: Stage) -> None:
    """The tally proposes both options; the texts go to the chair."""
    coordinator = stage.person("coordinator")
    page = coordinator.submit(review(stage, "coordinator").form(button="Draft the advice from the tally"))
    page.must_say(f"1. {words.OPTIONS[0]['title']}")
    stage.known["advice"] = page.address
    hand = "Save and hand to the chair"
    coordinator.submit(page.form(button=hand), words.ADVICE, button=hand).must_say("The chair was asked")


def sign(stage: Stage) -> None:
    """The chair reads what will be signed, and proves who they are when asked."""
    chair = stage.person("chair")
    page = chair.open(chair.open("/inbox/").link(text=stage.known["code"], address="/advice/"))
    page.must_say(words.QUESTION, *summary_lines(), "Investigator of HEM-iSMART at one site")
    page = chair.submit(page.form(action="/sign/"))
    if "/reauthenticate/" in page.address:
        page = chair.submit(page.form(field="password"), {"password": PASSWORD})
        page = chair.submit(page.form(action="/sign/"))
    found = SHA256.search(page.must_say("The advice is signed.").text)
    stage.known["sha256"] = found[1] if found else "not shown"
    stage.remark(f"SHA-256 of what was signed: {stage.known['sha256']}")


def wait_for_letter(stage: Stage) -> None:
    """The worker makes the letter; the page that waits for it says so."""
    began = time.monotonic()
    stage.person("chair").wait_for(
        f"{stage.known['advice']}letter/",
        lambda page: "The letter is ready" in page.text,
        seconds=SECONDS_TO_LETTER,
        what="The letter",
    )
    stage.remark(f"The letter was there {time.monotonic() - began:.1f} s after the signature was answered.")


def read_notice(stage: Stage) -> None:
    """The physician is told by e-mail; no mail on the case, to anybody, says anything about the patient."""
    folder, code = stage.folder / "mail", stage.known["code"]
    ready = f"the letter of the board on case {code} is ready"
    if not wait_until(lambda: any(ready in mail for mail in mails(folder, code)), seconds=SECONDS_TO_NOTICE, every=0.5):
        message = f"no mail in {folder} says that {ready}"
        raise PageError(message)
    for mail in mails(folder, code):
        if told := [word for word in CLINICAL if word in mail]:
            message = f"a mail says {', '.join(told)}: {mail}"
            raise PageError(message)
    stage.remark(f"Mails on the case that were read: {len(mails(folder, code))}")


def mails(folder: Path, code: str) -> list[str]:
    """Subject and text of the mails on the case ``code`` that the demo has written to ``folder``."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.log")))
    parts = (part.strip() for part in BETWEEN_MAILS.split(written))
    sent = (message_from_string(part, policy=default) for part in parts if part)
    texts = (f"{mail['Subject']}\n{mail.get_content()}" for mail in sent)
    return [text for text in texts if code in text]


def download(stage: Stage) -> None:
    """The physician gets the PDF whose hash the portal keeps, made from the content that was signed."""
    physician = stage.person("physician")
    page = open_case(stage, "physician").must_say("Letters", words.QUESTION)
    stage.known["letter"] = page.link(address="/letters/")
    letter = physician.open(stage.known["letter"])
    rows = json.loads(physician.open("/api/v1/letters/").body)["results"]
    kept: dict[str, object] = next((row for row in rows if row["id"] in stage.known["letter"]), {})
    hashes = (kept.get("sha256"), kept.get("content_sha256"))
    if hashes != (hashlib.sha256(letter.body).hexdigest(), stage.known["sha256"]):
        message = f"{letter.address} is not the letter that the portal keeps: {kept}"
        raise PageError(message)
    if letter.content_type != "application/pdf" or not letter.body.startswith(b"%PDF"):
        message = f"{letter.address} is no PDF but {letter.content_type}"
        raise PageError(message)
    path = stage.folder / LETTER_NAME
    path.write_bytes(letter.body)
    stage.remark(f"{path} ({len(letter.body) // 1024} kB)")


def keep_strangers_out(stage: Stage) -> None:
    """A physician of another hospital gets the answer for things that do not exist."""
    open_case(stage, "physician2", status=NOT_FOUND)
    for name in ("letter", "review", "advice"):
        stage.person("physician2").open(stage.known[name], status=NOT_FOUND)
    stage.person("physician2").open("/cases/").must_not_say(stage.known["code"])
    if stage.known["code"].encode() in stage.person("physician2").open("/api/v1/cases/").body:
        message = "the interface for programs tells a stranger of the case"
        raise PageError(message)


def follow_up(stage: Stage) -> None:
    """The first follow-up asks for a reason when the advice was not fully followed; then it is answered."""
    physician = stage.person("physician")
    form = physician.open(open_case(stage, "physician").link(address="/follow-up/")).form(field="followed")
    physician.submit(form, {**words.FOLLOW_UP, "reasons_not_followed": []}, status=INVALID)
    page = physician.submit(form, words.FOLLOW_UP).must_say("Thank you. Your answer is saved.")
    page.must_say("Partly", "alive, with disease")


def prove(stage: Stage) -> None:
    """What the data promise holds for this case and all others, and nobody has touched the audit trail."""
    for command in PROOFS:
        stage.manage(command)


def summary_lines() -> list[str]:
    """The lines of the summary of advice, as page 1 of the letter prints them."""
    return str(words.ADVICE["summary"]).splitlines()


STEPS = (
    Step("The coordinator drafts the advice from the tally and hands it to the chair", write),
    Step("The chair reads and signs", sign),
    Step("The letter is made", wait_for_letter),
    Step("The physician is told by e-mail, without a word on the patient", read_notice),
    Step("The physician downloads the letter", download),
    Step("A physician of another hospital finds neither case nor letter", keep_strangers_out),
    Step("The physician answers the follow-up", follow_up),
    Step("check_invariants and verify_audit hold", prove),
)
