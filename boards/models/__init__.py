"""The board's work on a revision, from the seat to the follow-up."""

from boards.models.advice import Advice, AdviceOption, SignedAdvice
from boards.models.assessment import Assessment
from boards.models.board import Board
from boards.models.follow_up import FollowUp
from boards.models.letter import Letter
from boards.models.meeting import Meeting
from boards.models.option import Option, OptionRecusal
from boards.models.review import Review, ReviewGroupPermission, ReviewUserPermission, Seat
from boards.models.vote import Ballot, Vote

__all__ = (
    "Advice",
    "AdviceOption",
    "Assessment",
    "Ballot",
    "Board",
    "FollowUp",
    "Letter",
    "Meeting",
    "Option",
    "OptionRecusal",
    "Review",
    "ReviewGroupPermission",
    "ReviewUserPermission",
    "Seat",
    "SignedAdvice",
    "Vote",
)
