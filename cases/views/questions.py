"""The board's own questions, asked of physicians beside those of the data dictionary."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.questions import BoardQuestionForm
from cases.models import BoardQuestion
from cases.queries.board_questions import question_list
from cases.services.questioning import may_write_questions, retire_board_question, write_board_question
from cases.views.common import typed_in
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.errors import InvalidInput, NotAllowed


@signed_in
@require_safe
def questions(request: HttpRequest) -> HttpResponseBase:
    """Every question in use."""
    _require(request)
    return render_form(request, "cases/questions.html", {"rows": question_list()})


@signed_in
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, key: UUID | None = None) -> HttpResponseBase:
    """Write a question, or a new version of one, or ask it no longer."""
    _require(request)
    stored = get_object_or_404(BoardQuestion, pk=key, is_active=True) if key else None
    if stored and "retire" in request.POST:
        retire_board_question(actor=user_of(request), question=stored)
        messages.success(request, _("The question is asked no longer; its answers stay."))
        return redirect("cases:questions")
    form = BoardQuestionForm(stored, typed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            write_board_question(actor=user_of(request), **form.values())
        except InvalidInput as refusal:
            form.show_refusal(refusal)
        else:
            messages.success(request, _("Saved. Physicians are asked this from now on."))
            return redirect("cases:questions")
    if request.method == "GET":
        form.as_typed()
    failed = request.method == "POST"
    return render_form(
        request, "cases/question.html", {"form": form, "question": stored}, status=422 if failed else 200
    )


def _require(request: HttpRequest) -> None:
    if not may_write_questions(user_of(request)):
        raise NotAllowed(_("Only the chair and the coordinator write questions of the board."))
