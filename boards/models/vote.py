"""Voting: secret until the chair closes it, unchangeable ever after."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.enums import BallotState, Position
from boards.models.option import Option
from boards.models.review import Review, Seat
from cases.models import CaseRevision
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import RandomKeyModel, known_states


class Ballot(RandomKeyModel):
    """One round of voting. ``result`` is the tally stored at closing."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=BallotState, default=BallotState.OPEN, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    result = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            known_states("ballot_state_known", BallotState),
            models.UniqueConstraint(fields=["review", "round"], name="ballot_round_once"),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state=BallotState.OPEN),
                name="one_open_ballot_for_each_review",
            ),
            models.CheckConstraint(
                name="closed_ballot_is_complete",
                condition=Q(state=BallotState.OPEN)
                | Q(closed_at__isnull=False, closed_by__isnull=False, result__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.round} on {self.review}"


class VoteQuerySet(models.QuerySet["Vote"]):
    """Secret until closed."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """One's own votes; everybody's once the ballot is closed, to those who may see the review."""
        reviews = Review.objects.visible_to(user)
        return self.filter(
            Q(seat__user_id=user.pk) | Q(ballot__state=BallotState.CLOSED),
            ballot__review__in=reviews,
        )


class Vote(RandomKeyModel):
    """One voter's position on one option in one round; a trigger refuses any change once the ballot is closed."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="votes")
    revision = models.ForeignKey(CaseRevision, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=20, choices=Position)
    comment = models.CharField(max_length=500, blank=True)
    cast_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = VoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "option", "seat"], name="one_vote_for_each_option"),
        ]

    def __str__(self) -> str:
        return f"vote on {self.option}"
