"""Meetings: list, plan, agenda."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from boards.enums import MeetingState
from boards.forms import MeetingForm, add_refusal
from boards.models import Meeting
from boards.queries import meeting_page, meetings_page
from boards.services.scheduling import move_meeting, plan_meeting
from boards.views.base import UNPROCESSABLE, deed
from iltb.accounts.enums import Role
from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import Conflict, InvalidInput, NotAllowed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meetings(request: AuthenticatedRequest) -> HttpResponse:
    """The meetings of the board, and the form to plan one."""
    page = meetings_page(request.user)
    form = MeetingForm(request.POST or None, zone=page.board.time_zone) if page.board and page.may_plan else None
    if request.method == "POST":
        if not request.user.has_role(Role.COORDINATOR):
            raise NotAllowed(_("Coordinators plan meetings."))
        if form is None or page.board is None:
            raise Conflict(_("There is no board yet."))
        if form.is_valid():
            try:
                meeting = plan_meeting(board=page.board, actor=request.user, **form.cleaned_data)
            except InvalidInput as refusal:
                add_refusal(form, refusal)
            else:
                return redirect("boards:meeting", meeting.pk)
    failed = form is not None and bool(form.errors)
    return render(
        request,
        "boards/meetings.html",
        {"page": page, "form": form},
        status=UNPROCESSABLE if failed else 200,
    )


@login_required
@require_safe
def meeting(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The agenda of one meeting."""
    return render(request, "boards/meeting.html", {"page": meeting_page(request.user, pk)})


@deed("boards:meeting")
def meeting_move(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Invite, open, close or cancel a meeting."""
    row = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    to = request.POST.get("to", "")
    if to not in MeetingState.values:
        raise InvalidInput({"to": [_("Choose what to do with the meeting.")]})
    move_meeting(meeting=row, to=MeetingState(to), actor=request.user)
    return redirect("boards:meeting", pk)
