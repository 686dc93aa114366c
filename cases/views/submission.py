"""Look over, send, answer, withdraw."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.enums import CaseState
from cases.forms.deeds import AnswerForm, WithdrawForm
from cases.models import Case, CaseRevision
from cases.queries.check import check_page, submitted_page
from cases.queries.hub import CONFIRMED_LAST
from cases.services.contents import standing_content
from cases.services.drafting import save_block
from cases.services.freezing import sha256_of
from cases.services.submission import answer_query, send_news, submit_case, withdraw_case
from cases.views.common import (
    case_for,
    editable_case,
    has_changed,
    has_open_query,
    hub_url,
    last_number,
    typed_in,
    version_of,
)
from cases.views.kept import render_form, signed_in, user_of
from cases.workflow import CASE_WORKFLOW
from iltb.core.errors import Conflict, InvalidInput, NotFound


@signed_in
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything once more; the last button confirms that identifiers were removed and sends."""
    case = editable_case(request, code)
    if request.method == "GET":
        return _check(request, case)
    if request.POST.get("state") != case.state:
        raise Conflict(_("This dossier was already sent, as revision %(number)s.") % {"number": last_number(case)})
    try:
        _send(request, case)
    except InvalidInput as refusal:
        return _check(request, case, refusal)
    return redirect("cases:submitted", code=case.code)


def _send(request: HttpRequest, case: Case) -> CaseRevision:
    """One deed: confirm and freeze, or neither."""
    user, deed = user_of(request), send_news if case.state in _WITH_BOARD else submit_case
    with transaction.atomic():
        save_block(
            case=case,
            actor=user,
            version=version_of(request),
            block="consent",
            values={CONFIRMED_LAST: True},
        )
        return deed(case=case, actor=user)


_WITH_BOARD = (CaseState.SUBMITTED, CaseState.ACCEPTED)


def _check(request: HttpRequest, case: Case, refusal: InvalidInput | None = None) -> HttpResponse:
    content = standing_content(case)
    content["consent"][CONFIRMED_LAST] = True
    page = check_page(
        case,
        content,
        has_news=case.state not in _WITH_BOARD or has_changed(case, sha256_of(content)),
        has_open_query=has_open_query(case),
        revision=last_number(case) + 1,
    )
    context = {"page": page, "refused": bool(refusal)}
    return render_form(request, "cases/check.html", context, status=422 if refusal else 200)


@signed_in
@require_safe
def submitted(request: HttpRequest, code: str) -> HttpResponseBase:
    """The receipt: reference, promised day, what happens next."""
    case = case_for(request, code, "submit_case")
    revision = case.revisions.order_by("-number").first()
    if revision is None:
        raise NotFound
    return render(request, "cases/submitted.html", {"page": submitted_page(case, revision)})


@signed_in
@require_http_methods(["GET", "POST"])
def query_answer(request: HttpRequest, code: str) -> HttpResponseBase:
    """The board's question and the form to answer it."""
    case = case_for(request, code, "answer_query")
    query = case.queries.open().first()
    if query is None:
        raise Conflict(_("There is no open question of the board on this case."))
    typed = typed_in(request)
    form = AnswerForm(typed)
    if request.method == "POST" and form.is_valid():
        try:
            answer_query(query=query, actor=user_of(request), answer=form.cleaned_data["answer"])
        except InvalidInput as refusal:
            form.show_refusal(refusal)
        else:
            messages.success(request, _("Your answer is saved. Change the dossier where needed, then send it again."))
            return redirect(hub_url(case))
    is_kept = request.method == "GET" and typed is not None
    if is_kept:
        form.as_typed()
    context = {"code": case.code, "query": query, "form": form, "back_url": hub_url(case), "is_kept": is_kept}
    return render_form(request, "cases/query_answer.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask for a reason once, then end the case for good."""
    case = case_for(request, code, "withdraw_case")
    CASE_WORKFLOW.require(current=case.state, to=CaseState.WITHDRAWN)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_case(case=case, actor=user_of(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("The case %(code)s is withdrawn.") % {"code": case.code})
        return redirect("boards:case", case.code)
    context = {
        "code": case.code,
        "form": form,
        "is_draft": case.state == CaseState.DRAFT,
        "back_url": reverse("boards:case", args=[case.code]),
    }
    return render_form(request, "cases/withdraw.html", context, status=422 if request.method == "POST" else 200)
