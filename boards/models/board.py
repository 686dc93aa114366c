"""The board and the numbers it works by, all of them correctable by its office."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iltb.accounts.enums import Expertise
from iltb.core.models import RandomKeyModel

BOARD_NAME = "international Leukemia/Lymphoma Target Board"
DEFAULT_EXPERTISE = (Expertise.DISEASE, Expertise.BIOLOGY, Expertise.EARLY_PHASE)
DEFAULT_FOLLOW_UP_DAYS = (21, 90, 180, 365, 545, 730)


def default_expertise() -> list[str]:
    """What a quorum must hold unless the board decides otherwise."""
    return [expertise.value for expertise in DEFAULT_EXPERTISE]


def default_follow_up_days() -> list[int]:
    """Days after the letter: three weeks, then 3, 6, 12, 18 and 24 months."""
    return list(DEFAULT_FOLLOW_UP_DAYS)


class Board(RandomKeyModel):
    """Voting rules are proposals of the field (Delphi practice), not published rules of the board."""

    name = models.CharField(max_length=200, unique=True)
    time_zone = models.CharField(max_length=60, default="Europe/Amsterdam", help_text=_("IANA name"))
    quorum_experts = models.PositiveSmallIntegerField(default=4, help_text=_("Voting experts beside the chair."))
    quorum_expertise = ArrayField(
        models.CharField(max_length=20, choices=Expertise),
        default=default_expertise,
        blank=True,
        help_text=_("Each must be present among the voters."),
    )
    adoption_numerator = models.PositiveSmallIntegerField(default=2)
    adoption_denominator = models.PositiveSmallIntegerField(
        default=3,
        help_text=_("Adopted when “for” reaches numerator / denominator of the votes that do not abstain."),
    )
    advice_valid_weeks = models.PositiveSmallIntegerField(default=8)
    advice_valid_weeks_fast = models.PositiveSmallIntegerField(
        default=4,
        help_text=_("For expedited and emergency cases."),
    )
    follow_up_days = ArrayField(models.PositiveIntegerField(), default=default_follow_up_days)
    last_checked_on = models.DateField(default=timezone.localdate)
    owner = models.CharField(max_length=100, default="board office")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="board_threshold_is_fraction",
                condition=models.Q(adoption_numerator__gte=1, adoption_denominator__gte=models.F("adoption_numerator")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
