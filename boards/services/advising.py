"""Draft the advice from the tally, review it, sign it, make the letter."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import notices
from boards.enums import AdviceState, BallotState, ReviewState
from boards.letters.compose import MEANING, compose
from boards.letters.rendering import render_advice_letter
from boards.models import Advice, AdviceOption, FollowUp, Letter, Review, SignedAdvice
from boards.services.assessing import save_checked
from boards.services.assigning import lock_review, require_case_open
from boards.workflow import ADVICE_WORKFLOW
from cases.enums import CaseState
from cases.services.freezing import sha256_of
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record, record_opening
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, StaleVersion
from iltb.core.faults import fault_point
from iltb.core.jobs import enqueue_on_commit, run_job
from iltb.documents.storage import StoredFile, read_stored, store_once

FRESH: Final = timedelta(seconds=300)
ADVICE_FIELDS: Final = ("summary", "first_step", "cautions", "diagnostics", "discordance")
_OUTCOMES: Final = {
    "adopted": AdviceOption.Outcome.ADOPTED,
    "split": AdviceOption.Outcome.SPLIT,
}


def draft_advice(*, review: Review, actor: User) -> Advice:
    """Begin the advice from the closed ballot: adopted options in their rank, split and rejected ones beside."""
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="draft_advice")
        require_case_open(review)
        if review.state != ReviewState.DISCUSSED:
            raise Conflict(_("The advice is drafted after the voting is closed."))
        if review.advices.exists():
            raise Conflict(_("The advice on this review was begun already."))
        advice = Advice.objects.create(review=review, drafted_by=actor)
        result = review.ballots.get(state=BallotState.CLOSED).result or {}
        for counted in result["counts"]:
            AdviceOption.objects.create(
                advice=advice,
                option=review.options.get(pk=counted["option"]),
                outcome=_OUTCOMES.get(counted["outcome"], AdviceOption.Outcome.NOT_ADVISED),
                rank=counted["rank"],
                votes_for=counted["votes_for"],
                votes_neutral=counted["neutral"],
                votes_against=counted["against"],
                votes_abstained=counted["abstained"],
            )
        record("advice.drafted", subject=advice, actor=actor, state_after=advice.state)
    return advice


def edit_advice(*, advice: Advice, actor: User, values: Mapping[str, Any], version: int) -> Advice:
    """Write the texts of the advice while it is drafted."""
    with transaction.atomic():
        advice = _locked(advice, actor, "draft_advice")
        _edit(advice, actor, values, version)
    return advice


def hand_to_chair(*, advice: Advice, actor: User) -> Advice:
    """Ask the chair to read and sign; summary and first step must be written."""
    with transaction.atomic():
        advice = _locked(advice, actor, "draft_advice")
        _hand(advice, actor)
    return advice


def edit_and_hand_to_chair(*, advice: Advice, actor: User, values: Mapping[str, Any], version: int) -> Advice:
    """Write the texts and ask the chair, both or neither."""
    with transaction.atomic():
        advice = _locked(advice, actor, "draft_advice")
        _edit(advice, actor, values, version)
        _hand(advice, actor)
    return advice


def return_to_draft(*, advice: Advice, actor: User) -> Advice:
    """The chair gives the advice back to the coordinator."""
    with transaction.atomic():
        advice = _locked(advice, actor, "sign_advice")
        _move(advice, actor, AdviceState.DRAFTING, verb="advice.returned")
    return advice


def sign_advice(*, advice: Advice, actor: User, version: int, authenticated_at: datetime | None) -> SignedAdvice:
    """Sign: freeze the letter's content, queue the letter, schedule the follow-ups.

    ``authenticated_at`` is when the chair last proved who they are; older than 300 s is refused, as is a chair of
    the submitting hospital or on a seat of this review, and ``version`` other than the one read.
    """
    if authenticated_at is None or timezone.now() - authenticated_at > FRESH:
        raise NotAllowed(_("Confirm your password again before signing."))
    with transaction.atomic():
        advice = _locked(advice, actor, "sign_advice")
        case = advice.review.case
        if actor.memberships.filter(centre_id=case.centre_id).exists():
            raise NotAllowed(_("A chair of the submitting hospital cannot sign its advice."))
        if advice.review.seats.taken().filter(user=actor).exists():
            raise NotAllowed(_("Who sits on the panel of a review cannot sign its advice."))
        if advice.version != version:
            raise StaleVersion(_("The advice was changed after you opened it. Read it again before signing."))
        _move(advice, actor, AdviceState.SIGNED, verb="advice.signed")
        signed_at = timezone.now()
        content = compose(advice, signed_by=actor, signed_at=signed_at).as_json()
        signed = SignedAdvice.objects.create(
            advice=advice,
            content=content,
            sha256=sha256_of(content),
            signed_by=actor,
            signed_at=signed_at,
            meaning=MEANING,
        )
        _schedule_follow_ups(signed)
        letter = Letter.objects.create(signed=signed)
        enqueue_on_commit("boards.render_letter", letter_id=str(letter.pk))
    fault_point("sign.after_commit")
    return signed


def render_letter(letter_id: str) -> None:
    """Make the PDF of a signed advice and store it, exactly once."""
    run_job(Letter, letter_id, work=_render, finish=_deliver)


def open_letter(*, letter: Letter, actor: User) -> bytes:
    """The stored bytes, checked against their hash; the download is noted."""
    require(actor, "view_letter", letter.signed.advice.review.case)
    content = read_stored(StoredFile(path=letter.path, sha256=letter.sha256, size=letter.size))
    record_opening("letter.downloaded", subject=letter, actor=actor)
    return content


def _render(letter: Letter) -> StoredFile:
    fault_point("letter.before_render")
    pdf = render_advice_letter(letter.signed.content, sha256=letter.signed.sha256)
    fault_point("letter.after_render")
    stored = store_once(f"letters/{letter.pk}.pdf", pdf)
    fault_point("letter.after_file")
    return stored


def _deliver(letter: Letter, stored: StoredFile) -> None:
    letter.path, letter.sha256, letter.size = stored.path, stored.sha256, stored.size
    letter.save(update_fields=["path", "sha256", "size"])
    advice = Advice.objects.select_for_update().get(pk=letter.signed.advice_id)
    _move(advice, None, AdviceState.SENT, verb="letter.stored")
    if advice.review.case.state != CaseState.WITHDRAWN:
        notices.letter_ready(case=advice.review.case)
    fault_point("letter.before_commit")


def _schedule_follow_ups(signed: SignedAdvice) -> None:
    consent = signed.advice.review.revision.content["consent"]
    if not consent["registry_follow_up"]:
        return
    FollowUp.objects.bulk_create(
        FollowUp(signed=signed, interval_days=days, due_at=signed.signed_at + timedelta(days=days))
        for days in signed.advice.review.board.follow_up_days
    )


def _edit(advice: Advice, actor: User, values: Mapping[str, Any], version: int) -> None:
    if advice.state != AdviceState.DRAFTING:
        raise Conflict(_("The advice is with the chair; ask for it back to change it."))
    if advice.version != version:
        raise StaleVersion(_("Somebody else changed this advice. Nothing of theirs was overwritten."))
    advice.version += 1
    save_checked(advice, values, ADVICE_FIELDS)
    record("advice.edited", subject=advice, actor=actor, version=advice.version)


def _hand(advice: Advice, actor: User) -> None:
    missing = {
        "summary": _("Write the summary of advice."),
        "first_step": _("Say what the first step is."),
    }
    errors = {name: [text] for name, text in missing.items() if not getattr(advice, name).strip()}
    if errors:
        raise InvalidInput(errors)
    _move(advice, actor, AdviceState.IN_REVIEW, verb="advice.handed_to_chair")
    notices.advice_awaits_signature(advice=advice)


def _locked(advice: Advice, actor: User, codename: str) -> Advice:
    review = lock_review(review_id=advice.review_id, actor=actor, codename=codename)
    require_case_open(review)
    locked = Advice.objects.select_for_update().get(pk=advice.pk)
    locked.review = review
    return locked


def _move(advice: Advice, actor: User | None, to: AdviceState, *, verb: str) -> None:
    ADVICE_WORKFLOW.require(current=advice.state, to=to)
    before, advice.state = advice.state, to
    advice.save(update_fields=["state"])
    record(verb, subject=advice, actor=actor, state_before=before, state_after=to)
