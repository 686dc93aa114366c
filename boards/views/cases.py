"""Cases as everybody around them reads them, and the letters."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from boards.models import Letter
from boards.queries import case_list_page, case_page
from boards.services.advising import open_letter
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening


@login_required
@require_safe
def case_list(request: AuthenticatedRequest) -> HttpResponse:
    """The cases that this person may open."""
    page = case_list_page(
        request.user,
        code=request.GET.get("code", ""),
        state=request.GET.get("state", ""),
        number=request.GET.get("page", "1"),
    )
    return render(request, "boards/cases.html", {"page": page})


@login_required
@require_safe
def case(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One case. Who reads its dossier is noted."""
    page = case_page(request.user, code, revision=request.GET.get("revision", ""))
    if page.shown_revision is not None:
        record_opening("dossier.opened", subject=page.shown_revision, actor=request.user)
    return render(request, "boards/case.html", {"page": page})


@login_required
@require_safe
def letter(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The PDF as it was stored; the name of the file tells the code of the case and nothing else."""
    letters = Letter.objects.visible_to(request.user).done().select_related("signed__advice__review__case")
    stored = get_object_or_404(letters, pk=pk)
    response = HttpResponse(open_letter(letter=stored, actor=request.user), content_type="application/pdf")
    name = f"{stored.signed.advice.review.case.code}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
