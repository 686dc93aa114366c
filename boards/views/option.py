"""Put an option before the panel, or correct one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.forms import OptionForm, add_refusal
from boards.models import Option, Review
from boards.services.assessing import change_option, propose_option
from boards.views.base import UNPROCESSABLE, review_for_deed
from iltb.accounts.permissions import require
from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import InvalidInput
from trials.models import Arm, Match, MatchRun

_METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(_METHODS)
def option_new(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The form for a new option, and its sending."""
    review = review_for_deed(request.user, pk, "propose_option")
    form = OptionForm(
        request.POST or None,
        arms=_arms(request, review),
        instance=Option(review=review, proposed_by=request.user),
        initial={"version": 0},
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose_option(review=review, actor=request.user, values=form.values())
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("boards:review", review.pk)
    return _show(request, form, review)


@login_required
@require_http_methods(_METHODS)
def option_edit(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The form with an option's texts, and its sending."""
    visible = Option.objects.visible_to(request.user).select_related("review__case", "review__revision")
    option = get_object_or_404(visible, pk=pk)
    review = option.review
    require(request.user, "propose_option", review)
    form = OptionForm(
        request.POST or None,
        arms=_arms(request, review, option),
        instance=option,
        initial={"version": option.version},
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_option(option=option, actor=request.user, values=form.values(), version=version)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("boards:review", review.pk)
    return _show(request, form, review, option)


def _arms(request: AuthenticatedRequest, review: Review, option: Option | None = None) -> QuerySet[Arm]:
    """The cohorts that were compared with the revision, as far as this person may see them."""
    runs = MatchRun.objects.visible_to(request.user).filter(revision=review.revision_id).order_by("-created_at")[:1]
    compared = Match.objects.filter(run__in=list(runs)).values("arm")
    kept = [option.arm_id] if option and option.arm_id else []
    arms = Arm.objects.filter(pk__in=compared) | Arm.objects.filter(pk__in=kept)
    return arms.select_related("version__trial").order_by("version__trial__title", "position")


def _show(
    request: AuthenticatedRequest, form: OptionForm, review: Review, option: Option | None = None
) -> HttpResponse:
    context = {"form": form, "review": review, "option": option}
    return render(request, "boards/option.html", context, status=UNPROCESSABLE if form.errors else 200)
