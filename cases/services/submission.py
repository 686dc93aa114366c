"""Submit, send news, answer, withdraw: what the physician does with a dossier."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.completeness import blocking
from cases.enums import CaseState, QueryState
from cases.events import case_frozen, case_submitted
from cases.models import Case, CaseRevision, Query
from cases.plausibility import Grade, doubts
from cases.services.access import open_to_board
from cases.services.freezing import content_of, freeze, sha256_of
from cases.workflow import CASE_WORKFLOW, QUERY_WORKFLOW
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput


def submit_case(*, case: Case, actor: User) -> CaseRevision:
    """Freeze the dossier as its next revision and hand it to triage.

    Raises ``InvalidInput`` with every mandatory answer that is missing, ``TransitionNotAllowed`` when the case is
    not with its physician, ``Conflict`` while a query is unanswered.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "submit_case", case)
        before = case.state
        CASE_WORKFLOW.require(current=before, to=CaseState.SUBMITTED)
        if case.queries.open().exists():
            raise Conflict(_("Answer the board's question first."))
        content = content_of(case)
        require_complete(case, content)

        revision = freeze(case=case, content=content, author=actor)
        case.state, case.submitted_by, case.submitted_at = CaseState.SUBMITTED, actor, timezone.now()
        case.save(update_fields=["state", "submitted_by", "submitted_at"])
        open_to_board(case)
        record(
            "case.submitted",
            subject=case,
            actor=actor,
            state_before=before,
            state_after=case.state,
            revision=revision.number,
        )
        case_submitted.send(sender=Case, revision=revision)
    return revision


def send_news(*, case: Case, actor: User) -> CaseRevision:
    """Freeze what changed while the case is with the board; its state stays."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "submit_case", case)
        if case.state not in (CaseState.SUBMITTED, CaseState.ACCEPTED):
            raise Conflict(_("News can be sent only while the case is with the board."))
        last, content = case.revisions.latest("number"), content_of(case)
        if last.sha256 == sha256_of(content):
            raise Conflict(_("Nothing has changed since revision %(number)s.") % {"number": last.number})
        require_complete(case, content)
        revision = freeze(case=case, content=content, author=actor)
        record("case.news_sent", subject=case, actor=actor, revision=revision.number)
        case_submitted.send(sender=Case, revision=revision)
    return revision


def require_complete(case: Case, content: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` with one sentence for each thing that ``content`` misses or that contradicts another.

    Raises ``Conflict`` while something typed from a report is not confirmed: what is sent is the physician's word.
    """
    if case.transcriptions.filter(confirmed_at=None).exists():
        raise Conflict(_("Confirm on the task list what was typed from a report; then send the dossier."))
    errors: dict[str, list[str]] = {}
    for gap in blocking(content):
        errors.setdefault(gap.field, []).append(str(gap.sentence))
    for doubt in doubts(content):
        if doubt.grade is Grade.ERROR:
            errors.setdefault(doubt.field, []).append(str(doubt.sentence))
    if errors:
        raise InvalidInput(errors)


def answer_query(*, query: Query, actor: User, answer: str) -> Query:
    """Answer the board's question; submitting the dossier again is a step of its own."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=query.case_id)
        require(actor, "answer_query", case)
        query = Query.objects.select_for_update().get(pk=query.pk)
        QUERY_WORKFLOW.require(current=query.state, to=QueryState.ANSWERED)
        if not answer.strip():
            raise InvalidInput({"answer": [_("Write an answer.")]})
        query.state, query.answer = QueryState.ANSWERED, answer.strip()
        query.answered_by, query.answered_at = actor, timezone.now()
        query.save()
        record(
            "query.answered",
            subject=query,
            actor=actor,
            state_before=QueryState.OPEN,
            state_after=query.state,
        )
    return query


def withdraw_case(*, case: Case, actor: User, reason: str = "physician") -> Case:
    """Freeze the case for good: consent withdrawn, patient died, or the question is settled.

    ``reason`` is a code. Reviews, mails and follow-ups under way are cancelled by their apps.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "withdraw_case", case)
        before = case.state
        CASE_WORKFLOW.require(current=before, to=CaseState.WITHDRAWN)
        case.state = CaseState.WITHDRAWN
        case.save(update_fields=["state"])
        for query in case.queries.open().select_for_update():
            query.state = QueryState.WITHDRAWN
            query.save(update_fields=["state"])
            record("query.withdrawn", subject=query, state_before=QueryState.OPEN, state_after=query.state)
        record(
            "case.withdrawn",
            subject=case,
            actor=actor,
            state_before=before,
            state_after=case.state,
            reason=reason,
        )
        case_frozen.send(sender=Case, case=case)
    return case
