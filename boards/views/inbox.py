"""The inbox."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.queries import inbox_page
from iltb.accounts.requests import AuthenticatedRequest


@login_required
@require_safe
def inbox(request: AuthenticatedRequest) -> HttpResponse:
    """What needs this person now."""
    return render(request, "boards/inbox.html", {"page": inbox_page(request.user)})
