"""A meeting of the board."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.enums import MeetingState
from boards.models.board import Board
from iltb.accounts.enums import Role
from iltb.core.models import RandomKeyModel, VersionedModel, known_states

if TYPE_CHECKING:
    from iltb.accounts.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by who may know of them."""

    def visible_to(self, user: "User") -> Self:
        """The board's people know its meetings; a treating physician the one her case is on."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.COORDINATOR, Role.CHAIR, Role.EXPERT, Role.OBSERVER):
            return self
        return self.none()


class Meeting(RandomKeyModel, VersionedModel):
    """When and where the board meets. ``starts_at`` is UTC; pages name the board's zone beside it."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("begins"))
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.PLANNED, editable=False)

    objects: ClassVar = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [known_states("meeting_state_known", MeetingState)]

    def __str__(self) -> str:
        return f"{self.board} {self.starts_at:%d %B %Y %H:%M} UTC"
