"""The ballot: one form for each option, sent by itself, with script and without."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from boards.forms import VoteForm
from boards.models import Option
from boards.queries import BallotItem, own_item, review_page
from boards.services.assigning import step_off_option
from boards.services.voting import cast_vote
from boards.views.base import UNPROCESSABLE
from iltb.accounts.permissions import require
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from iltb.core.http import is_fragment_request, render_fragment


@dataclass(frozen=True)
class Entry:
    """One option on the ballot with its form."""

    item: BallotItem
    form: VoteForm


def entries_of(items: Sequence[BallotItem]) -> list[Entry]:
    """A form for each option, with one's own vote where there is one, and nothing preselected else."""
    return [Entry(item, _form(item)) for item in items]


@login_required
@require_safe
def ballot(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The options of one review to vote on, made for a phone. Who opens them is noted."""
    page = review_page(request.user, pk)
    record_opening("ballot.opened", subject=page.review, actor=request.user)
    context = {"page": page, "entries": entries_of(page.ballot_items)}
    return render(request, "boards/ballot.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Vote on one option, change the vote, or step off the option."""
    visible = Option.objects.visible_to(request.user).select_related("review__case", "review__revision")
    option = get_object_or_404(visible, pk=pk)
    back = f"{reverse('boards:ballot', args=[option.review_id])}#ballot-{option.pk}"
    if request.method != "POST":
        return redirect(back)
    require(request.user, "cast_vote", option.review)
    form = VoteForm(request.POST, auto_id=_ids(option.pk))
    if "step_off" in request.POST:
        step_off_option(option=option, actor=request.user)
    elif form.is_valid():
        cast_vote(option=option, expert=request.user, **form.cleaned_data)
    else:
        item = own_item(option=option, user=request.user)
        context = {"item": item, "form": form, "page_title": option.title, "back_url": back}
        return render_fragment(request, "boards/_ballot.html", context, status=UNPROCESSABLE)
    if not is_fragment_request(request):
        return redirect(back)
    item = own_item(option=option, user=request.user)
    return render_fragment(request, "boards/_ballot.html", {"item": item, "form": _form(item)})


def _form(item: BallotItem) -> VoteForm:
    return VoteForm(initial={"position": item.position, "comment": item.comment}, auto_id=_ids(item.option.pk))


def _ids(option_id: UUID) -> str:
    """Several ballots share a page, so each needs ids of its own."""
    return f"vote-{option_id.hex[:8]}-%s"
