"""What could be offered to one patient, and why."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from trials.models import MatchRun
from trials.queries import match_list_page, match_page
from trials.services.matching import release_matches


@login_required
@require_safe
def match_list(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The match list of a case."""
    page = match_list_page(request.user, code, page=request.GET.get("page", 1))
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


@login_required
@require_POST
def release(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Show the newest list to the treating physician."""
    runs = MatchRun.objects.visible_to(request.user).filter(revision__case__code=code)
    run = get_object_or_404(runs, pk=_run_id(request))
    release_matches(run=run, actor=request.user)
    messages.success(request, _("The treating physician can see the list now."))
    return redirect("trials:matches", code=code)


def _run_id(request: AuthenticatedRequest) -> UUID:
    try:
        return UUID(request.POST.get("run", ""))
    except ValueError:
        raise Http404 from None
