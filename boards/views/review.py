"""The review page and what is done on it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.enums import SeatState
from boards.forms import AssessForm, DeclareForm, ScheduleForm, SeatForm, add_refusal
from boards.models import Assessment, Ballot, Meeting, Seat
from boards.queries import ReviewPage, review_page
from boards.queries.panel import expert_choices, meeting_choices
from boards.services import advising, assessing, assigning, scheduling, voting
from boards.views.ballot import entries_of
from boards.views.base import UNPROCESSABLE, deed, review_for_deed
from iltb.accounts.models import User
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from iltb.core.errors import Conflict, InvalidInput


@login_required
@require_safe
def review(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """One review. Who reads its dossier is noted."""
    page = review_page(request.user, pk)
    if page.profile is not None:
        record_opening("dossier.opened", subject=page.review.revision, actor=request.user)
    return _show(request, page)


@deed("boards:review")
def declare(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Declare one's interests, before anything of the case is shown."""
    review = review_for_deed(request.user, pk, "declare_interest")
    seat = get_object_or_404(Seat, review=review, user=request.user)
    form = DeclareForm(request.POST)
    if form.is_valid():
        level, text = form.cleaned_data["interest_level"], form.cleaned_data["interest_text"]
        try:
            seat = assigning.declare_interest(seat=seat, actor=request.user, level=level, text=text)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
    if not form.is_valid():
        return _show(request, review_page(request.user, pk), declare_form=form)
    if seat.state == SeatState.DECLINED:
        messages.info(request, _("Thank you. You stepped back from this case; it is closed to you now."))
        return redirect("boards:inbox")
    return redirect("boards:review", pk)


@deed("boards:review")
def assess(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Save one's own assessment; from then on the others' can be read."""
    review = review_for_deed(request.user, pk, "assess")
    seat = assessing.declared_seat(review, request.user)
    form = AssessForm(request.POST, instance=Assessment())
    if form.is_valid():
        values, version = form.values(), form.cleaned_data["version"]
        try:
            assessing.assess(seat=seat, actor=request.user, values=values, version=version)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
    if not form.is_valid():
        return _show(request, review_page(request.user, pk), assess_form=form)
    messages.success(request, _("Your assessment is saved. You can change it until the voting is closed."))
    return redirect("boards:review", pk)


@deed("boards:review")
def seat_expert(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Ask one more expert."""
    review = review_for_deed(request.user, pk, "manage_review")
    form = SeatForm(request.POST, experts=expert_choices(review))
    if form.is_valid():
        expert = get_object_or_404(User, pk=form.cleaned_data["user"])
        expertise = form.cleaned_data["expertise"]
        try:
            assigning.seat_expert(review=review, user=expert, expertise=expertise, actor=request.user)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
    if not form.is_valid():
        return _show(request, review_page(request.user, pk), seat_form=form)
    messages.success(request, _("%(name)s was asked by e-mail.") % {"name": expert.full_name})
    return redirect("boards:review", pk)


@deed("boards:review")
def schedule(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Put the review on a meeting, or let the panel work without one."""
    review = review_for_deed(request.user, pk, "manage_review")
    form = ScheduleForm(request.POST, meetings=meeting_choices(review))
    if not form.is_valid():
        return _show(request, review_page(request.user, pk), schedule_form=form)
    key = form.cleaned_data["meeting"]
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=key) if key else None
    scheduling.put_on_meeting(review=review, meeting=meeting, actor=request.user)
    return redirect("boards:review", pk)


@deed("boards:review")
def start_assessing(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Open the assessment phase."""
    review = review_for_deed(request.user, pk, "manage_review")
    assigning.start_assessing(review=review, actor=request.user)
    return redirect("boards:review", pk)


@deed("boards:review")
def open_to_panel(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """End the blind phase."""
    review = review_for_deed(request.user, pk, "manage_review")
    assessing.open_to_panel(review=review, actor=request.user)
    return redirect("boards:review", pk)


@deed("boards:review")
def open_voting(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Open the ballot on the options."""
    review = review_for_deed(request.user, pk, "manage_review")
    voting.open_voting(review=review, actor=request.user)
    messages.success(request, _("The voting is open. The experts were told by e-mail."))
    return redirect("boards:review", pk)


@deed("boards:review")
def close_voting(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Close the ballot for good and show the result."""
    review = review_for_deed(request.user, pk, "close_voting")
    ballot = Ballot.objects.filter(review=review).order_by("-round").first()
    if ballot is None:
        raise Conflict(_("The voting is not open yet."))
    voting.close_voting(ballot=ballot, actor=request.user)
    return redirect("boards:review", pk)


@deed("boards:review")
def draft_advice(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Begin the advice from the tally."""
    review = review_for_deed(request.user, pk, "draft_advice")
    advice = advising.draft_advice(review=review, actor=request.user)
    return redirect("boards:advice", advice.pk)


def _show(request: AuthenticatedRequest, page: ReviewPage, **bound: forms.BaseForm) -> HttpResponse:
    """The page with the form that was refused in its place, and fresh ones for the others."""
    fresh: dict[str, forms.BaseForm] = {}
    if page.may.declare:
        fresh["declare_form"] = DeclareForm()
    if page.may.assess:
        own = page.own_assessment
        fresh["assess_form"] = AssessForm(instance=own, initial={"version": own.version if own else 0})
    if page.may.seat:
        fresh["seat_form"] = SeatForm(experts=page.experts)
    if page.may.schedule:
        fresh["schedule_form"] = ScheduleForm(
            meetings=page.meetings,
            initial={"meeting": page.review.meeting_id or ""},
        )
    refused = next(iter(bound.values()), None)
    context = {**fresh, **bound, "page": page, "form": refused, "entries": entries_of(page.ballot_items)}
    return render(request, "boards/review.html", context, status=UNPROCESSABLE if refused else 200)
