"""When something is allowed: one small table for each kind of object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from iltb.core.errors import TransitionNotAllowed

S = TypeVar("S", bound=TextChoices)


@dataclass(frozen=True)
class Workflow(Generic[S]):
    """The allowed moves of a state: from each state to the states that may follow."""

    name: str
    moves: Mapping[S, frozenset[S]]

    def allows(self, *, current: str, to: S) -> bool:
        """Whether the table has a move from ``current`` to ``to``."""
        return any(state == current and to in targets for state, targets in self.moves.items())

    def require(self, *, current: str, to: S) -> None:
        """Raise ``TransitionNotAllowed`` with both states in words unless the table has the move."""
        if not self.allows(current=current, to=to):
            labels = {state.value: str(state.label) for state in self.moves}
            raise TransitionNotAllowed(
                _("%(name)s: from “%(current)s” it cannot become “%(to)s”.")
                % {"name": self.name, "current": labels.get(str(current), current), "to": to.label},
            )
