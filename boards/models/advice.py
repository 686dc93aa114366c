"""What the board advises, and what the chair signed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.enums import AdviceState, SeatState
from boards.models.option import Option
from boards.models.review import Review, Seat
from cases.models import Case
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import RandomKeyModel, VersionedModel, known_states


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Advice by who may read it."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """All of it for who drafts or signs; experts who have declared read it once it is signed."""
        makers = Review.objects.granted(user, "draft_advice") | Review.objects.granted(user, "sign_advice")
        signed = Q(state__in=[AdviceState.SIGNED, AdviceState.SENT, AdviceState.SUPERSEDED])
        seats = Seat.objects.filter(user__in=[user.pk], state=SeatState.ACCEPTED)
        reviews = Review.objects.visible_to(user).filter(seats__in=seats, case__in=Case.objects.visible_to(user))
        return self.filter(Q(review__in=makers) | (signed & Q(review__in=reviews)))


class Advice(RandomKeyModel, VersionedModel):
    """The advice on one review. ``number`` 1 is the letter, each further one an addendum that supersedes it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="advices")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AdviceState, default=AdviceState.DRAFTING, editable=False)
    summary = models.TextField(
        _("summary of advice"),
        max_length=1200,
        blank=True,
        help_text=_("At most five lines; page 1 of the letter."),
    )
    first_step = models.CharField(
        _("first step to take now"),
        max_length=300,
        blank=True,
        help_text=_("Who does what next, and whom to contact."),
    )
    cautions = models.TextField(_("cautions"), max_length=3000, blank=True)
    diagnostics = models.TextField(_("further diagnostics and referral"), max_length=2000, blank=True)
    discordance = models.TextField(_("split opinion"), max_length=2000, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = AdviceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            known_states("advice_state_known", AdviceState),
            models.UniqueConstraint(fields=["review", "number"], name="advice_number_once"),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state__in=[AdviceState.DRAFTING, AdviceState.IN_REVIEW]),
                name="one_advice_in_work_for_each_review",
            ),
        ]

    def __str__(self) -> str:
        return f"advice {self.number} on {self.review.case}"


class AdviceOption(models.Model):
    """An option as it stands in the advice: adopted (with its rank), split, or considered and not advised."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("advised")
        SPLIT = "split", _("split opinion")
        NOT_ADVISED = "not_advised", _("considered, not advised")

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="options")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_neutral = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    votes_abstained = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["outcome", "rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advice", "option"], name="option_once_in_advice"),
            models.CheckConstraint(
                name="only_an_adopted_option_has_a_rank",
                condition=Q(rank__isnull=True) | Q(outcome="adopted"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} ({self.get_outcome_display()})"


class SignedAdvice(RandomKeyModel):
    """What was signed: insert-only. ``content`` is the letter's context with its template version."""

    advice = models.OneToOneField(Advice, on_delete=models.PROTECT, related_name="signed")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    meaning = models.CharField(max_length=200)

    app_privileges: ClassVar = ("SELECT", "INSERT")

    def __str__(self) -> str:
        return f"signed {self.advice}"
