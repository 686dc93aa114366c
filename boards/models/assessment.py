"""What one expert thinks before seeing what the others think."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.models.review import Review, Seat
from boards.visibility import Content, Viewer, states_in_which
from cases.models import CaseRevision
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import RandomKeyModel, VersionedModel


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Blindness is a queryset."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """One's own; others' only after one's own is saved, or for who holds no seat after the phase is over."""
        reviews = Review.objects.visible_to(user)
        own = Assessment.objects.filter(seat__user=user, seat__review=OuterRef("seat__review"))
        seated = Seat.objects.taken().filter(user=user, review=OuterRef("seat__review"))
        over = Q(seat__review__state__in=states_in_which(Viewer.BOARD, Content.ASSESSMENTS))
        return self.filter(
            Q(seat__user=user) | Exists(own) | (over & ~Exists(seated)),
            seat__review__in=reviews,
        )


class Assessment(RandomKeyModel, VersionedModel):
    """One expert's assessment of one revision. "Outside my expertise" is an answer."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="assessment")
    revision = models.ForeignKey(CaseRevision, on_delete=models.PROTECT, related_name="+")
    cannot_assess = models.BooleanField(_("I cannot assess this: it is outside my expertise"), default=False)
    findings = models.TextField(
        _("the findings that matter, and why"),
        max_length=4000,
        blank=True,
        help_text=_("Which alterations, antigens or drug responses decide? Read by the panel, never by the family."),
    )
    options = models.TextField(
        _("options, best first, with the reason"),
        max_length=4000,
        blank=True,
        help_text=_("Trials by number, drugs by INN, references by PMID or DOI. No doses."),
    )
    data_gaps = models.TextField(
        _("data that would change the advice"),
        max_length=2000,
        blank=True,
        help_text=_("e.g. repeat CD22 by flow"),
    )
    confidence = models.PositiveSmallIntegerField(
        _("confidence, 1 (low) to 5 (high)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = AssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assessment_confidence_range",
                condition=Q(confidence__isnull=True) | Q(confidence__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return f"assessment by {self.seat}"
