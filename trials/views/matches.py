"""What could be offered to one patient, why, and what to ask."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.enums import CaseState
from cases.forms.deeds import QueryForm
from cases.models import Case
from cases.services.triage import query_case
from cases.views.common import case_for, typed_in
from cases.views.kept import render_form, signed_in, user_of
from cases.workflow import CASE_WORKFLOW
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from iltb.core.errors import InvalidInput
from trials.models import MatchRun
from trials.queries import match_list_page, match_page, newest_run, query_text
from trials.services.matching import release_matches


@login_required
@require_safe
def match_list(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The match list of a case; ``?all=1`` is the whole of it, to be printed."""
    page = match_list_page(request.user, code, page=request.GET.get("page", 1), is_whole=request.GET.get("all") == "1")
    if page is None:
        raise Http404
    record_opening("matches.opened", subject=page.case, actor=request.user)
    return render(request, "trials/match_list.html", {"matches": page})


@login_required
@require_safe
def match_detail(request: AuthenticatedRequest, code: str, match_id: UUID) -> HttpResponse:
    """One cohort with every criterion and its reason."""
    page = match_page(request.user, code, match_id)
    if page is None:
        raise Http404
    record_opening("match.opened", subject=page.case, actor=request.user)
    return render(request, "trials/match.html", {"match": page})


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """The ticked questions as the text of a query, to be changed before it is sent."""
    case = case_for(request, code, "triage_case")
    CASE_WORKFLOW.require(current=case.state, to=CaseState.QUERIED)
    ticked = request.POST.getlist("question") if "text" not in request.POST else []
    typed = None if ticked else typed_in(request)
    form = QueryForm(typed) if typed is not None else QueryForm(initial={"text": _composed(request, case, ticked)})
    if typed is not None and request.method == "POST" and form.is_valid():
        try:
            query_case(case=case, actor=user_of(request), text=form.cleaned_data["text"])
        except InvalidInput as refusal:
            form.show_refusal(refusal)
        else:
            messages.success(request, _("The question is on its way to the physician."))
            return redirect("trials:matches", code=code)
    is_kept = request.method == "GET" and typed is not None
    if is_kept:
        form.as_typed()
    context = {"code": code, "form": form, "is_kept": is_kept}
    is_refused = request.method == "POST" and typed is not None
    return render_form(request, "trials/ask.html", context, status=422 if is_refused else 200)


@login_required
@require_POST
def release(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Show the newest list to the treating physician."""
    runs = MatchRun.objects.visible_to(request.user).filter(revision__case__code=code)
    run = get_object_or_404(runs, pk=_run_id(request))
    release_matches(run=run, actor=request.user)
    messages.success(request, _("The treating physician can see the list now."))
    return redirect("trials:matches", code=code)


def _composed(request: HttpRequest, case: Case, ticked: list[str]) -> str:
    run = newest_run(user_of(request), case)
    return query_text(run, ticked) if run else ""


def _run_id(request: AuthenticatedRequest) -> UUID:
    try:
        return UUID(request.POST.get("run", ""))
    except ValueError:
        raise Http404 from None
