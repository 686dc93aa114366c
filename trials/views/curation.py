"""What the pages on which trials are written share."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from iltb.accounts.enums import Role
from iltb.accounts.permissions import require
from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_refusal
from iltb.core.errors import StaleVersion
from trials.curation.comparing import Change
from trials.enums import VersionState
from trials.models import Arm, Trial, TrialVersion
from trials.services.editing import cohort_is_gone, draft_is_gone

FORM_METHODS: Final = ["GET", "HEAD", "POST"]
UNPROCESSABLE: Final = 422
_NOT_CARRIED: Final = ("csrfmiddlewaretoken", "edits")
Difference = tuple[str, Any, Any]


def trial_for(request: AuthenticatedRequest, key: str, codename: str) -> Trial:
    """Return a trial on which this person may do ``codename``: 404 for an invisible one, 403 for all others."""
    trial = get_object_or_404(Trial.objects.visible_to(request.user), key=key)
    require(request.user, codename, trial)
    return trial


def draft_of(trial: Trial) -> TrialVersion | None:
    """Return the draft of a trial."""
    return trial.versions.filter(state=VersionState.DRAFT).first()


def draft_or_404(request: AuthenticatedRequest, key: str) -> TrialVersion:
    """Return the draft that this person may edit; 404 where a trial has none.

    Who was writing in one that is gone, with its trial where that had nothing else, is told so.
    """
    is_writing = request.method == "POST" and request.user.has_role(Role.COORDINATOR)
    if is_writing and not Trial.objects.filter(key=key).exists():
        raise draft_is_gone()
    trial = trial_for(request, key, "edit_trial")
    draft = draft_of(trial)
    if draft is None:
        raise draft_is_gone() if request.method == "POST" else Http404
    draft.trial = trial
    return draft


def cohort_or_404(request: AuthenticatedRequest, draft: TrialVersion, key: str) -> Arm:
    """Return a cohort of a draft; who was writing in one that is gone is told so and shown what they typed."""
    arm = draft.arms.filter(key=key).first()
    if arm is None:
        raise cohort_is_gone() if request.method == "POST" else Http404
    arm.version = draft
    return arm


def edits_of(request: HttpRequest) -> int:
    """Return the save that a page was made from; -1, which never fits, where the request does not name one."""
    edits = request.POST.get("edits", "")
    return int(edits) if edits.isdecimal() and len(edits) <= 9 else -1


def stale_page(
    request: AuthenticatedRequest,
    refusal: StaleVersion,
    *,
    edits: int,
    differences: Sequence[Difference] = (),
    changes: Sequence[Change] = (),
) -> HttpResponse:
    """Show both texts when somebody else was faster; what was typed can be saved over it, or dropped."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    record_refusal(view, actor=request.user, status=refusal.http_status)
    typed = [(name, value) for name, values in request.POST.lists() if name not in _NOT_CARRIED for value in values]
    context = {
        "message": refusal.message,
        "differences": [row for row in differences if row[1] != row[2]],
        "changes": changes,
        "typed": typed,
        "edits": edits,
    }
    return render(request, "trials/stale.html", context, status=refusal.http_status)
