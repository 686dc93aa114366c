"""Meetings."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.enums import MeetingState, ReviewMode
from boards.models import Board, Meeting, Review
from boards.models.review import OPEN_REVIEW_STATES
from boards.services.assigning import lock_review
from boards.workflow import MEETING_WORKFLOW
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed


def plan_meeting(*, board: Board, starts_at: datetime, actor: User) -> Meeting:
    """A meeting in the future; ``starts_at`` is aware."""
    if not actor.has_role(Role.COORDINATOR):
        raise NotAllowed(_("Coordinators plan meetings."))
    if starts_at <= timezone.now():
        raise InvalidInput({"starts_at": [_("The meeting must lie in the future.")]})
    with transaction.atomic():
        meeting = Meeting.objects.create(board=board, starts_at=starts_at)
        record("meeting.planned", subject=meeting, actor=actor, state_after=meeting.state)
    return meeting


def move_meeting(*, meeting: Meeting, to: MeetingState, actor: User) -> Meeting:
    """Invite, open, close or cancel a meeting."""
    if not actor.has_role(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(_("Coordinators and chairs run meetings."))
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        MEETING_WORKFLOW.require(current=meeting.state, to=to)
        before, meeting.state = meeting.state, to
        meeting.save(update_fields=["state"])
        record("meeting.moved", subject=meeting, actor=actor, state_before=before, state_after=to)
    return meeting


def put_on_meeting(*, review: Review, meeting: Meeting | None, actor: User) -> Review:
    """Put a review on a meeting, or with ``None`` let the panel work without one."""
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="manage_review")
        if review.state not in OPEN_REVIEW_STATES:
            raise Conflict(_("This review is over."))
        if meeting is not None and meeting.state in (MeetingState.CLOSED, MeetingState.CANCELLED):
            raise Conflict(_("This meeting is over."))
        review.meeting = meeting
        review.mode = ReviewMode.ASYNCHRONOUS if meeting is None else ReviewMode.MEETING
        review.save(update_fields=["meeting", "mode"])
        record(
            "review.scheduled",
            subject=review,
            actor=actor,
            meeting=str(meeting.pk) if meeting else None,
        )
    return review
