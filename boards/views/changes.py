"""What changed between two revisions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.queries import changes_page
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening


@login_required
@require_safe
def changes(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Two revisions side by side. Whose words are read is noted."""
    page = changes_page(request.user, code, since=request.GET.get("since", ""), until=request.GET.get("until", ""))
    for revision in page.opened:
        record_opening("dossier.opened", subject=revision, actor=request.user)
    return render(request, "boards/changes.html", {"page": page})
