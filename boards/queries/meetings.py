"""Meetings and their agendas."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.enums import MeetingState
from boards.models import Board, Meeting, Review
from boards.queries.progress import progress_of, with_progress
from boards.queries.rows import Row
from boards.queries.words import moment
from boards.workflow import MEETING_WORKFLOW
from iltb.accounts.enums import Role
from iltb.accounts.models import User

SHOWN = 50
_TONES = {MeetingState.OPEN: "good", MeetingState.INVITED: "info"}


@dataclass(frozen=True)
class MeetingsPage:
    """The list; ``board`` is None before there is one, and then nothing can be planned."""

    rows: Sequence[Row]
    board: Board | None
    may_plan: bool


@dataclass(frozen=True)
class Move:
    """One button of the agenda page."""

    to: MeetingState
    label: str
    tone: str


@dataclass(frozen=True)
class MeetingPage:
    """The agenda."""

    meeting: Meeting
    title: str
    state: str
    tone: str
    agenda: Sequence[Row]
    moves: Sequence[Move]


def meetings_page(user: User) -> MeetingsPage:
    """Every meeting, the next ones first as long as they are not over."""
    over = (MeetingState.CLOSED, MeetingState.CANCELLED)
    meetings = Meeting.objects.visible_to(user).select_related("board").annotate(cases=Count("reviews"))
    ordered = sorted(meetings.order_by("-starts_at")[:SHOWN], key=lambda meeting: meeting.starts_at)
    open_first = [m for m in ordered if m.state not in over] + [m for m in reversed(ordered) if m.state in over]
    return MeetingsPage(
        rows=[_row(meeting) for meeting in open_first],
        board=Board.objects.order_by("name").first(),
        may_plan=user.has_role(Role.COORDINATOR),
    )


def _row(meeting: Meeting) -> Row:
    cases: int = getattr(meeting, "cases")  # noqa: B009 -- a column that the query computed
    return Row(
        title=moment(meeting.starts_at, meeting.board.time_zone),
        url=reverse("boards:meeting", args=[meeting.pk]),
        hint=ngettext("%(count)s case", "%(count)s cases", cases) % {"count": cases},
        status=str(meeting.get_state_display()),
        tone=_TONES.get(MeetingState(meeting.state), ""),
    )


def meeting_page(user: User, pk: object) -> MeetingPage:
    """The agenda with the reviews that ``user`` may see; ``Http404`` when unknown or not for these eyes."""
    meeting = get_object_or_404(Meeting.objects.visible_to(user).select_related("board"), pk=pk)
    reviews = with_progress(Review.objects.visible_to(user).filter(meeting=meeting)).select_related("case")
    runs_it = user.has_role(Role.COORDINATOR, Role.CHAIR)
    return MeetingPage(
        meeting=meeting,
        title=moment(meeting.starts_at, meeting.board.time_zone),
        state=str(meeting.get_state_display()),
        tone=_TONES.get(MeetingState(meeting.state), ""),
        agenda=[_agenda_row(review, tells_counts=runs_it) for review in reviews.order_by("opened_at")],
        moves=[move for move in _moves() if runs_it and MEETING_WORKFLOW.allows(current=meeting.state, to=move.to)],
    )


def _agenda_row(review: Review, *, tells_counts: bool) -> Row:
    progress = progress_of(review)
    counts = {"done": progress.seats_in, "all": progress.seats_taken}
    return Row(
        title=review.case.code,
        url=reverse("boards:review", args=[review.pk]),
        hint=_("%(done)s of %(all)s assessments in") % counts if tells_counts else review.case.get_urgency_display(),
        status=str(review.get_state_display()),
        tone="good" if review.state in ("ready", "discussed") else "",
    )


def _moves() -> list[Move]:
    return [
        Move(MeetingState.INVITED, _("Mark as invited"), "primary"),
        Move(MeetingState.OPEN, _("Open the meeting"), "primary"),
        Move(MeetingState.CLOSED, _("Close the meeting"), "primary"),
        Move(MeetingState.CANCELLED, _("Cancel the meeting"), "outline-danger"),
    ]
