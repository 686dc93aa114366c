"""What the coordinator decides on a submitted case: accept, ask, decline."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.enums import CaseState, NotEligibleReason
from cases.events import case_accepted, case_queried
from cases.models import Case, CaseRevision, Query
from cases.workflow import CASE_WORKFLOW
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import InvalidInput, NotAllowed, StaleVersion


def accept_case(*, case: Case, actor: User, revision_number: int | None = None) -> CaseRevision:
    """Release the newest revision to the board. Nobody screens a case that they submitted themselves.

    ``revision_number`` is the one that was read; raises ``StaleVersion`` when a newer one has arrived since.
    """
    with transaction.atomic():
        case = _locked(case, actor, "triage_case", CaseState.ACCEPTED)
        if actor.pk in (case.submitted_by_id, case.author_id):
            raise NotAllowed(_("A second person must screen the case that you submitted."))
        revision = case.revisions.latest("number")
        if revision_number not in (None, revision.number):
            raise StaleVersion(
                _("The physician sent revision %(number)s after you opened the page. Read it before you accept.")
                % {"number": revision.number},
            )
        revision.released_at, revision.released_by = timezone.now(), actor
        revision.save(update_fields=["released_at", "released_by"])
        _move(case, actor, CaseState.ACCEPTED, verb="case.accepted")
        case_accepted.send(sender=Case, case=case, revision=revision)
    return revision


def query_case(*, case: Case, actor: User, text: str) -> Query:
    """Ask the physician; the clock of the board stops until the answer."""
    with transaction.atomic():
        case = _locked(case, actor, "query_case", CaseState.QUERIED)
        if len(text.strip()) < 10:
            raise InvalidInput({"text": [_("Write a question of at least 10 characters.")]})
        query = Query.objects.create(case=case, text=text.strip(), asked_by=actor)
        _move(case, actor, CaseState.QUERIED, verb="case.queried")
        case_queried.send(sender=Case, query=query)
    return query


def decline_case(*, case: Case, actor: User, reason: str, note: str) -> Case:
    """Declare the case not eligible, with a coded reason and a courteous note to the physician."""
    with transaction.atomic():
        case = _locked(case, actor, "triage_case", CaseState.NOT_ELIGIBLE)
        if reason not in NotEligibleReason.values:
            raise InvalidInput({"reason": [_("Choose a reason.")]})
        if len(note.strip()) < 10:
            raise InvalidInput({"note": [_("Write a note to the physician of at least 10 characters.")]})
        case.not_eligible_reason, case.decision_note = reason, note.strip()
        case.save(update_fields=["not_eligible_reason", "decision_note"])
        _move(case, actor, CaseState.NOT_ELIGIBLE, verb="case.declined", reason=reason)
    return case


def close_case(*, case: Case, actor: User) -> Case:
    """End a case after its advice and follow-up."""
    with transaction.atomic():
        case = _locked(case, actor, "close_case", CaseState.CLOSED)
        _move(case, actor, CaseState.CLOSED, verb="case.closed")
    return case


def _locked(case: Case, actor: User, codename: str, to: CaseState) -> Case:
    locked = Case.objects.select_for_update().get(pk=case.pk)
    require(actor, codename, locked)
    CASE_WORKFLOW.require(current=locked.state, to=to)
    return locked


def _move(case: Case, actor: User, to: CaseState, *, verb: str, reason: str = "") -> None:
    before, case.state = case.state, to
    case.save(update_fields=["state"])
    record(verb, subject=case, actor=actor, state_before=before, state_after=to, reason=reason)
