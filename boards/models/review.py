"""A review of one revision, and the experts seated on it."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from boards.enums import InterestLevel, ReviewMode, ReviewState, SeatState
from boards.models.board import Board
from boards.models.meeting import Meeting
from cases.models import Case, CaseRevision, Recusal
from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import Membership, User
from iltb.accounts.querysets import GrantedQuerySet, compiled_once
from iltb.core.models import RandomKeyModel, VersionedModel, known_states

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

OPEN_REVIEW_STATES = (ReviewState.ASSIGNED, ReviewState.ASSESSING, ReviewState.READY)


class ReviewQuerySet(GrantedQuerySet["Review"]):
    """Reviews by who may see them."""

    @compiled_once
    def granted(self, user: User, codename: str) -> Self:
        """As the grants say, minus the cases that the person is recused from."""
        recused = Recusal.objects.filter(case=OuterRef("case"), user=user, lifted_at=None)
        return super().granted(user, codename).exclude(Exists(recused))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Reviews that ``user`` takes part in or runs."""
        return self.granted(user, "view_review")

    def open(self) -> Self:
        """Under way."""
        return self.filter(state__in=OPEN_REVIEW_STATES)


class Review(RandomKeyModel, VersionedModel):
    """The board's work on one case. ``revision`` is the released dossier that is before the experts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(CaseRevision, on_delete=models.PROTECT, related_name="reviews")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.ASSIGNED, editable=False)
    mode = models.CharField(_("mode"), max_length=14, choices=ReviewMode, default=ReviewMode.MEETING)
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = ReviewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [
            ("view_review", "Open the review"),
            ("manage_review", "Seat and schedule"),
            ("declare_interest", "Declare interests"),
            ("assess", "Assess"),
            ("propose_option", "Propose an option"),
            ("cast_vote", "Vote"),
            ("close_voting", "Close the voting"),
            ("draft_advice", "Draft the advice"),
            ("sign_advice", "Sign the advice"),
        ]
        constraints: ClassVar = [
            known_states("review_state_known", ReviewState),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=OPEN_REVIEW_STATES),
                name="one_open_review_for_each_case",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.case}"


class ReviewUserPermission(UserObjectPermissionBase):
    """A grant on one review to one person."""

    content_object = models.ForeignKey(Review, on_delete=models.CASCADE)


class ReviewGroupPermission(GroupObjectPermissionBase):
    """A grant on one review to a group."""

    content_object = models.ForeignKey(Review, on_delete=models.CASCADE)


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats by who may know of them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Seats on reviews that ``user`` may see."""
        return self.filter(review__in=Review.objects.visible_to(user))

    def taken(self) -> Self:
        """Neither declined nor passed on."""
        return self.filter(state__in=[SeatState.INVITED, SeatState.ACCEPTED])

    def silent(self) -> Self:
        """Asked for interests and not answered yet. One that was never answered is no more once its review is over."""
        return self.taken().filter(declared_at=None, review__state__in=OPEN_REVIEW_STATES)

    def of_experts(self) -> Self:
        """Taken, by who is an expert still: a seat opens nothing to others."""
        return self.taken().filter(Exists(Membership.objects.filter(user=OuterRef("user"), role=Role.EXPERT)))

    def that_open(self) -> Self:
        """For each case and expert the seat that opens it: of the newest declaration, and none while asked anew.

        What an earlier seat was asked for counts no longer. A recusal leaves none.
        """
        silent = Seat.objects.silent().filter(user=OuterRef("user"), review__case=OuterRef("review__case"))
        recused = Recusal.objects.filter(user=OuterRef("user"), case=OuterRef("review__case"), lifted_at=None)
        declared = self.of_experts().filter(~Exists(silent), ~Exists(recused), state=SeatState.ACCEPTED)
        one_each = ("review__case_id", "user_id")
        return declared.order_by(*one_each, "-declared_at").distinct(*one_each)


class Seat(RandomKeyModel):
    """One expert on one review, with the interests declared before its content opened."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    expertise = models.CharField(_("asked for"), max_length=20, choices=Expertise)
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.INVITED, editable=False)
    may_vote = models.BooleanField(default=True)
    interest_level = models.CharField(_("interest"), max_length=15, choices=InterestLevel, blank=True)
    interest_text = models.CharField(_("what it is"), max_length=500, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = SeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            known_states("seat_state_known", SeatState),
            models.UniqueConstraint(fields=["review", "user"], name="one_seat_for_each_person"),
            models.CheckConstraint(
                name="accepted_seat_has_declared",
                condition=~Q(state=SeatState.ACCEPTED) | Q(declared_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_expertise_display()})"
