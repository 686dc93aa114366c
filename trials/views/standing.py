"""What changed for open and past cases since their last lists."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import NotAllowed
from trials.queries.standing import changes_page
from trials.services.changes import mark_seen, may_see_changes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: AuthenticatedRequest) -> HttpResponse:
    """List what changed, or note that it was looked at."""
    if not may_see_changes(request.user):
        raise NotAllowed(_("Coordinators and chairs look through what changed."))
    if request.method == "POST":
        return _mark(request)
    page = changes_page(
        request.user,
        cases=request.GET.get("cases", "all"),
        is_seen_shown=request.GET.get("seen") == "1",
        page=request.GET.get("page", 1),
    )
    return render(request, "trials/changes.html", {"changes": page})


def _mark(request: AuthenticatedRequest) -> HttpResponse:
    count = mark_seen(changes=list(_named(request)), actor=request.user)
    words = ngettext("%(count)s change is marked as seen.", "%(count)s changes are marked as seen.", count)
    messages.success(request, words % {"count": count})
    return redirect("trials:changes")


def _named(request: AuthenticatedRequest) -> Iterator[UUID]:
    """Yield the changes that a form names; what is no key names none."""
    for text in request.POST.getlist("change"):
        try:
            yield UUID(text)
        except ValueError:
            continue
