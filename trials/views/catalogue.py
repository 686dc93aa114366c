"""The catalogue."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from iltb.accounts.requests import AuthenticatedRequest
from trials.queries import trial_list_page, trial_page

LONGEST_SEARCH: Final = 100


@login_required
@require_safe
def trial_list(request: AuthenticatedRequest) -> HttpResponse:
    """All trials, searched by ``?q=``."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    page = trial_list_page(request.user, search=search, page=request.GET.get("page", 1))
    context = {"trials": page, "query": urlencode({"q": search}) if search else ""}
    return render(request, "trials/list.html", context)


@login_required
@require_safe
def trial_detail(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """One trial with its criteria."""
    page = trial_page(request.user, key)
    if page is None:
        raise Http404
    return render(request, "trials/detail.html", {"trial": page})
