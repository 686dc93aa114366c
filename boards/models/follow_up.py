"""What became of the advice."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.enums import Followed, FollowUpState, PatientStatus, ReasonNotFollowed
from boards.models.advice import SignedAdvice
from cases.models import Case
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import RandomKeyModel, known_states


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups by who may read them."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """Follow-ups on cases that ``user`` may open."""
        return self.filter(signed__advice__review__case__in=Case.objects.visible_to(user))

    def due(self) -> Self:
        """Not yet answered."""
        return self.filter(state=FollowUpState.DUE)


class FollowUp(RandomKeyModel):
    """One question after ``interval_days`` days from the signature."""

    signed = models.ForeignKey(SignedAdvice, on_delete=models.PROTECT, related_name="follow_ups")
    interval_days = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=FollowUpState, default=FollowUpState.DUE, editable=False)
    followed = models.CharField(_("was the advice followed?"), max_length=10, choices=Followed, blank=True)
    option_chosen = models.PositiveSmallIntegerField(
        _("which option was chosen?"),
        null=True,
        blank=True,
        help_text=_("Its number in the letter."),
    )
    other_treatment = models.CharField(
        _("treatment actually given, if another"),
        max_length=300,
        blank=True,
        help_text=_("Names of drugs or regimen, no dates, no names of people."),
    )
    reasons_not_followed = ArrayField(
        models.CharField(max_length=50, choices=ReasonNotFollowed),
        verbose_name=_("if not fully: why"),
        default=list,
        blank=True,
    )
    patient_status = models.CharField(_("how is the patient?"), max_length=20, choices=PatientStatus, blank=True)
    comment = models.TextField(_("comment"), max_length=1500, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = FollowUpQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at"]
        constraints: ClassVar = [
            known_states("follow_up_state_known", FollowUpState),
            models.UniqueConstraint(fields=["signed", "interval_days"], name="follow_up_once"),
            models.CheckConstraint(
                name="answered_follow_up_has_answer",
                condition=~Q(state=FollowUpState.ANSWERED) | (~Q(followed="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up after {self.interval_days} days"
