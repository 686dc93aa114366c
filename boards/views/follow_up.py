"""Sixty seconds on what became of the advice."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.forms import FollowUpForm, add_refusal
from boards.models import FollowUp
from boards.queries import follow_up_page
from boards.services.following_up import answer_follow_up
from boards.views.base import UNPROCESSABLE
from iltb.accounts.permissions import require
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from iltb.core.errors import InvalidInput


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The question with its form, or the answer that was given."""
    page = follow_up_page(request.user, pk)
    record_opening("follow_up.opened", subject=page.follow_up, actor=request.user)
    form = FollowUpForm(options=page.options) if page.may_answer else None
    if request.method == "POST":
        require(request.user, "answer_follow_up", page.follow_up.signed.advice.review.case)
        form = FollowUpForm(request.POST, options=page.options, instance=FollowUp(signed=page.follow_up.signed))
        if form.is_valid():
            try:
                answer_follow_up(follow_up=page.follow_up, actor=request.user, values=form.cleaned_data)
            except InvalidInput as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Thank you. Your answer is saved."))
                return redirect("boards:case", page.code)
    failed = form is not None and bool(form.errors)
    return render(
        request,
        "boards/follow_up.html",
        {"page": page, "form": form},
        status=UNPROCESSABLE if failed else 200,
    )
