"""What people type into the board's pages."""

from boards.forms.advice import AdviceForm, FollowUpForm
from boards.forms.base import add_refusal
from boards.forms.meeting import MeetingForm
from boards.forms.option import OptionForm, VoteForm
from boards.forms.review import AssessForm, DeclareForm, ScheduleForm, SeatForm

__all__ = (
    "AdviceForm",
    "AssessForm",
    "DeclareForm",
    "FollowUpForm",
    "MeetingForm",
    "OptionForm",
    "ScheduleForm",
    "SeatForm",
    "VoteForm",
    "add_refusal",
)
