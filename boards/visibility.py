"""Who sees what of a review, and when: one table. Querysets and pages read it, nothing else decides.

One's own declaration, assessment, option and vote are always shown to oneself and stand in no row. Votes are tied to
their ballot (``Vote.objects.visible_to``): the moment it is closed is the moment the review is discussed.

``VOTERS`` is one number, how many experts have answered every option. The chair must know whether the quorum is there
before an act that cannot be undone. Voting, abstaining and stepping off an option count alike, and who it was is not
said, so the number tells nothing about anybody's choice.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from boards.enums import ReviewState


class Viewer(StrEnum):
    """How somebody who may open a review stands to it."""

    UNDECLARED = "undeclared"  # holds a seat, has not declared interests
    DECLARED = "declared"  # holds a seat, own assessment not saved
    ASSESSED = "assessed"  # holds a seat, own assessment saved
    BOARD = "board"  # coordinator or chair without a seat


class Content(StrEnum):
    """What a review holds of other people's making."""

    DOSSIER = "dossier"  # the revision and its trial matches
    INTERESTS = "interests"  # what the others declared
    PARTICIPATION = "participation"  # whose assessment is in
    ASSESSMENTS = "assessments"
    OPTIONS = "options"
    VOTERS = "voters"  # how many have answered every option
    VOTES = "votes"  # choices, comments, who stepped off what, the tally


_ALWAYS: Final = frozenset(ReviewState)
_NEVER: Final[frozenset[ReviewState]] = frozenset()
_OPENED: Final = frozenset({ReviewState.READY, ReviewState.DISCUSSED})
_CLOSED: Final = frozenset({ReviewState.DISCUSSED})

SHOWN: Final[Mapping[Content, Mapping[Viewer, frozenset[ReviewState]]]] = {
    content: dict(zip(Viewer, states, strict=True))
    for content, states in {
        #                      undeclared declared  assessed  board
        Content.DOSSIER:       (_NEVER,   _ALWAYS,  _ALWAYS,  _ALWAYS),
        Content.INTERESTS:     (_NEVER,   _ALWAYS,  _ALWAYS,  _ALWAYS),
        Content.PARTICIPATION: (_NEVER,   _NEVER,   _ALWAYS,  _ALWAYS),
        Content.ASSESSMENTS:   (_NEVER,   _NEVER,   _ALWAYS,  _OPENED),
        Content.OPTIONS:       (_NEVER,   _OPENED,  _ALWAYS,  _ALWAYS),
        Content.VOTERS:        (_NEVER,   _NEVER,   _NEVER,   _OPENED),
        Content.VOTES:         (_NEVER,   _CLOSED,  _CLOSED,  _CLOSED),
    }.items()
}  # fmt: skip


def viewer_of(*, has_seat: bool, has_declared: bool, has_assessed: bool) -> Viewer:
    """How somebody stands to a review; a seat counts before any role, a chair's too."""
    if not has_seat:
        return Viewer.BOARD
    if not has_declared:
        return Viewer.UNDECLARED
    return Viewer.ASSESSED if has_assessed else Viewer.DECLARED


def is_shown(content: Content, *, viewer: Viewer, state: str) -> bool:
    """Whether ``viewer`` sees ``content`` of others while the review is in ``state``."""
    return state in SHOWN[content][viewer]


def states_in_which(viewer: Viewer, content: Content) -> frozenset[ReviewState]:
    """The states of a review in which ``viewer`` sees ``content`` of others."""
    return SHOWN[content][viewer]
