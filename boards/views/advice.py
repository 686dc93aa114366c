"""Draft the advice, hand it to the chair, sign it, wait for the letter."""

from datetime import UTC, datetime
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.forms import AdviceForm, add_refusal
from boards.letters.compose import compose
from boards.models import Advice
from boards.queries import AdvicePage, advice_for, advice_page, letter_status
from boards.services.advising import FRESH, edit_advice, edit_and_hand_to_chair, return_to_draft, sign_advice
from boards.views.base import UNPROCESSABLE, deed
from iltb.accounts.permissions import require
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from iltb.core.errors import InvalidInput, StaleVersion
from iltb.core.http import render_fragment


@login_required
@require_safe
def advice(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """One advice: to write, to read and sign, or to look up. Who opens it is noted."""
    page = advice_page(advice_for(request.user, pk))
    record_opening("advice.opened", subject=page.advice, actor=request.user)
    return _show(request, page)


@deed("boards:advice")
def edit(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Save the texts; with the second button also hand them to the chair."""
    row = _advice(request, pk, "draft_advice")
    hands = "hand" in request.POST
    form = AdviceForm(request.POST, instance=Advice(), is_for_chair=hands)
    if form.is_valid():
        values, version = form.values(), form.cleaned_data["version"]
        save = edit_and_hand_to_chair if hands else edit_advice
        try:
            save(advice=row, actor=request.user, values=values, version=version)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
    if not form.is_valid():
        return _show(request, advice_page(row), form)
    messages.success(request, _("The chair was asked to read and sign.") if hands else _("The draft is saved."))
    return redirect("boards:advice", pk)


@deed("boards:advice")
def return_advice(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Give the advice back to the coordinator."""
    return_to_draft(advice=_advice(request, pk, "sign_advice"), actor=request.user)
    messages.success(request, _("The advice is with the coordinator again."))
    return redirect("boards:advice", pk)


@deed("boards:advice")
def sign(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Sign. Who has not proved who they are in the last 300 s is asked first, and comes back to the page."""
    row = _advice(request, pk, "sign_advice")
    authenticated_at = last_authenticated_at(request)
    if authenticated_at is None or timezone.now() - authenticated_at > FRESH:
        back = urlencode({"next": f"{reverse('boards:advice', args=[pk])}#sign"})
        return redirect(f"{reverse('account_reauthenticate')}?{back}")
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise StaleVersion(_("Open the advice and read it before signing."))
    sign_advice(advice=row, actor=request.user, version=int(version), authenticated_at=authenticated_at)
    messages.success(request, _("The advice is signed."))
    return redirect("boards:advice", pk)


@login_required
@require_safe
def letter_state(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Whether the letter is there; asked every three seconds by the page while it waits."""
    status = letter_status(advice_for(request.user, pk))
    context = {"letter": status, "page_title": _("Letter"), "back_url": reverse("boards:advice", args=[pk])}
    return render_fragment(request, "boards/_letter.html", context)


def last_authenticated_at(request: AuthenticatedRequest) -> datetime | None:
    """When this person last proved who they are in this session; None when that is not on record."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if isinstance(record.get("at"), int | float)]
    return datetime.fromtimestamp(max(times), tz=UTC) if times else None


def _advice(request: AuthenticatedRequest, pk: UUID, codename: str) -> Advice:
    row = advice_for(request.user, pk)
    require(request.user, codename, row.review)
    return row


def _show(request: AuthenticatedRequest, page: AdvicePage, form: AdviceForm | None = None) -> HttpResponse:
    """The page; the chair reads exactly what would be signed."""
    if form is None and page.may_edit:
        form = AdviceForm(instance=page.advice, initial={"version": page.advice.version})
    preview = None
    if page.may_return:
        preview = compose(page.advice, signed_by=request.user, signed_at=timezone.now())
    authenticated_at = last_authenticated_at(request)
    is_fresh = authenticated_at is not None and timezone.now() - authenticated_at < FRESH
    context = {"page": page, "form": form, "preview": preview, "is_fresh": is_fresh}
    failed = form is not None and bool(form.errors)
    return render(request, "boards/advice.html", context, status=UNPROCESSABLE if failed else 200)
