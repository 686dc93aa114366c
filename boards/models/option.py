"""What the board may advise, or advise against."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.enums import AccessRoute, Direction, EvidenceGrade, OptionType, Strength
from boards.models.review import Review, Seat
from boards.visibility import Content, Viewer, states_in_which
from cases.models import Case
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import RandomKeyModel, VersionedModel
from trials.models import Arm


class OptionQuerySet(models.QuerySet["Option"]):
    """Options by who may see them."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """One's own; others' as ``boards.visibility`` says: they would anchor who has not yet assessed."""
        seats = Seat.objects.taken().filter(user_id=user.pk, review=OuterRef("review"))
        assessed = Exists(seats.filter(assessment__isnull=False))
        begun = Q(review__state__in=states_in_which(Viewer.DECLARED, Content.OPTIONS))
        return self.filter(
            Q(proposed_by_id=user.pk) | begun | assessed | ~Exists(seats),
            ~Exists(seats.filter(declared_at=None)),
            review__in=Review.objects.visible_to(user),
            review__case__in=Case.objects.visible_to(user),
        )


class Option(RandomKeyModel, VersionedModel):
    """One option of a review. ``arm`` names the cohort of a trial when the option is a trial."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="options")
    type = models.CharField(_("kind"), max_length=50, choices=OptionType)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.FOR)
    title = models.CharField(_("option"), max_length=200, help_text=_("Drugs by INN, trials by name. No doses."))
    arm = models.ForeignKey(Arm, on_delete=models.PROTECT, null=True, blank=True, related_name="options")
    targets = models.CharField(_("target findings"), max_length=300, blank=True, help_text=_("e.g. IL7R, CD7"))
    rationale = models.TextField(_("why"), max_length=3000)
    strength = models.CharField(_("strength"), max_length=12, choices=Strength, default=Strength.CONDITIONAL)
    evidence = models.CharField(
        _("evidence"),
        max_length=15,
        choices=EvidenceGrade,
        default=EvidenceGrade.NOT_GRADED,
        help_text=_("Seven levels, very high to very low, best single axis."),
    )
    access_route = models.CharField(
        _("access"),
        max_length=30,
        choices=AccessRoute,
        default=AccessRoute.NOT_APPLICABLE,
    )
    cautions = models.TextField(_("cautions"), max_length=2000, blank=True)
    fallback = models.CharField(_("if it cannot be reached"), max_length=300, blank=True)
    references = models.CharField(_("references"), max_length=500, blank=True, help_text=_("PMID, DOI, trial number"))
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    safety_veto = models.BooleanField(
        default=False, help_text=_("An unresolved safety concern of pharmacist or chair.")
    )

    objects: ClassVar = OptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="only_a_trial_option_names_an_arm",
                condition=Q(arm__isnull=True) | Q(type=OptionType.CLINICAL_TRIAL),
            ),
        ]

    def __str__(self) -> str:
        """Without the title: labels go into the audit trail, which holds no free text."""
        return f"option on {self.review.case}"


class OptionRecusal(models.Model):
    """A voter who does not vote on one option, for a financial interest."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="option_recusals")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["option", "seat"], name="one_recusal_for_each_option")]

    def __str__(self) -> str:
        return f"{self.seat} does not vote on {self.option}"
