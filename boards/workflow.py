"""The moves of the board's objects."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from boards.enums import AdviceState, BallotState, FollowUpState, MeetingState, ReviewState, SeatState
from iltb.core.workflow import Workflow

REVIEW_WORKFLOW: Final = Workflow[ReviewState](
    str(_("Review")),
    {
        ReviewState.ASSIGNED: frozenset({ReviewState.ASSESSING, ReviewState.DEFERRED, ReviewState.CANCELLED}),
        ReviewState.ASSESSING: frozenset({ReviewState.READY, ReviewState.DEFERRED, ReviewState.CANCELLED}),
        ReviewState.READY: frozenset({ReviewState.DISCUSSED, ReviewState.DEFERRED, ReviewState.CANCELLED}),
        ReviewState.DISCUSSED: frozenset(),
        ReviewState.DEFERRED: frozenset({ReviewState.ASSIGNED, ReviewState.CANCELLED}),
        ReviewState.CANCELLED: frozenset(),
    },
)

SEAT_WORKFLOW: Final = Workflow[SeatState](
    str(_("Seat")),
    {
        SeatState.INVITED: frozenset({SeatState.ACCEPTED, SeatState.DECLINED, SeatState.PASSED_ON}),
        SeatState.ACCEPTED: frozenset({SeatState.DECLINED, SeatState.PASSED_ON}),
        SeatState.DECLINED: frozenset(),
        SeatState.PASSED_ON: frozenset(),
    },
)

MEETING_WORKFLOW: Final = Workflow[MeetingState](
    str(_("Meeting")),
    {
        MeetingState.PLANNED: frozenset({MeetingState.INVITED, MeetingState.CANCELLED}),
        MeetingState.INVITED: frozenset({MeetingState.OPEN, MeetingState.CANCELLED}),
        MeetingState.OPEN: frozenset({MeetingState.CLOSED}),
        MeetingState.CLOSED: frozenset(),
        MeetingState.CANCELLED: frozenset(),
    },
)

BALLOT_WORKFLOW: Final = Workflow[BallotState](
    str(_("Ballot")),
    {BallotState.OPEN: frozenset({BallotState.CLOSED}), BallotState.CLOSED: frozenset()},
)

ADVICE_WORKFLOW: Final = Workflow[AdviceState](
    str(_("Advice")),
    {
        AdviceState.DRAFTING: frozenset({AdviceState.IN_REVIEW}),
        AdviceState.IN_REVIEW: frozenset({AdviceState.DRAFTING, AdviceState.SIGNED}),
        AdviceState.SIGNED: frozenset({AdviceState.SENT}),
        AdviceState.SENT: frozenset({AdviceState.SUPERSEDED}),
        AdviceState.SUPERSEDED: frozenset(),
    },
)

FOLLOW_UP_WORKFLOW: Final = Workflow[FollowUpState](
    str(_("Follow-up")),
    {
        FollowUpState.DUE: frozenset({FollowUpState.ANSWERED, FollowUpState.LAPSED, FollowUpState.CANCELLED}),
        FollowUpState.ANSWERED: frozenset(),
        FollowUpState.LAPSED: frozenset(),
        FollowUpState.CANCELLED: frozenset(),
    },
)
