"""The board's own questions: write a version, answer it."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.enums import QuestionKind
from cases.models import BoardAnswer, BoardQuestion, Case
from cases.services.editing import assign, editing
from cases.services.typists import Part
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.errors import InvalidInput, NotAllowed


def may_write_questions(user: User) -> bool:
    """Chairs and coordinators may."""
    return user.has_role(Role.CHAIR, Role.COORDINATOR)


def _require_writer(actor: User) -> None:
    if not may_write_questions(actor):
        raise NotAllowed(_("Only the chair and the coordinator write questions of the board."))


def write_board_question(*, actor: User, key: str, **values: Any) -> BoardQuestion:
    """Put a question into use, or a new version of one in its place. Chairs and coordinators may.

    ``values`` are columns of ``BoardQuestion``. Answers to earlier versions stay as they were given. Raises
    ``InvalidInput`` with the column at fault.
    """
    _require_writer(actor)
    with transaction.atomic():
        last = BoardQuestion.objects.select_for_update().filter(key=key).order_by("-version").first()
        BoardQuestion.objects.filter(key=key, is_active=True).update(is_active=False)
        question = BoardQuestion(key=key, version=last.version + 1 if last else 1)
        assign(question, values)
        record("board_question.written", subject=question, actor=actor, key=key, version=question.version)
    return question


def retire_board_question(*, actor: User, question: BoardQuestion) -> None:
    """Ask a question no longer; its answers stay."""
    _require_writer(actor)
    with transaction.atomic():
        BoardQuestion.objects.filter(pk=question.pk).update(is_active=False)
        record("board_question.retired", subject=question, actor=actor, key=question.key)


def save_board_answers(*, case: Case, actor: User, version: int, answers: Mapping[str, str]) -> None:
    """Answer the questions of the board by their keys; an empty answer takes one back.

    The words of the question are kept with the answer. Raises ``InvalidInput`` with the key at fault.
    """
    parts = [Part(Section.DISEASE)]
    with editing(case=case, actor=actor, version=version, what="board questions", parts=parts) as locked:
        asked = {question.key: question for question in BoardQuestion.objects.asked_of(locked)}
        unknown = sorted(set(answers) - set(asked))
        if unknown:
            raise InvalidInput({key: [_("The board does not ask this here.")] for key in unknown})
        for key, given in answers.items():
            question, answer = asked[key], str(given or "").strip()
            locked.board_answers.filter(question__key=key).delete()
            if answer:
                values = {"label": question.label, "help_text": question.help_text, "unit": question.unit}
                answered = _checked(question, answer)
                assign(BoardAnswer(case=locked, question=question), {**values, "answer": answered}, path=f"{key}-")


def _checked(question: BoardQuestion, answer: str) -> str:
    if question.kind == QuestionKind.CHOICE and answer not in question.choices:
        raise InvalidInput({question.key: [_("Choose one of the answers.")]})
    if question.kind != QuestionKind.NUMBER:
        return answer
    try:
        number = Decimal(answer)
    except InvalidOperation:
        raise InvalidInput({question.key: [_("Give a number, with a point for decimals.")]}) from None
    low, high = question.minimum, question.maximum
    if not number.is_finite() or (low is not None and number < low) or (high is not None and number > high):
        raise InvalidInput({question.key: [_("This number is outside the allowed range.")]})
    return format(number.normalize(), "f")
