"""Consent, as facts; the signed forms stay at the hospital."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Assent, ConsentGivenBy, SecondaryResearch
from cases.models.case import Case


class Consent(models.Model):
    """What was agreed to. Nothing is submitted without ``board_discussion`` and ``deidentification_confirmed``."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="consent")
    board_discussion = models.BooleanField(
        _("there is written consent to discuss this case on the board"),
        default=False,
    )
    registry_follow_up = models.BooleanField(
        _("there is consent to follow-up in the registry"),
        null=True,
        blank=True,
        help_text=_("“No” limits the case to the advice alone."),
    )
    secondary_research = models.CharField(
        _("consent to further research"),
        max_length=12,
        choices=SecondaryResearch,
        default=SecondaryResearch.NOT_ASKED,
    )
    given_by = ArrayField(
        models.CharField(max_length=20, choices=ConsentGivenBy),
        verbose_name=_("given by"),
        default=list,
        blank=True,
    )
    assent = models.CharField(
        _("assent of the child"),
        max_length=25,
        choices=Assent,
        blank=True,
        help_text=_("Needed from 12 to 17 years."),
    )
    form_version = models.CharField(_("version of the consent form"), max_length=40, blank=True)
    deidentification_confirmed = models.BooleanField(
        _("I removed what directly identifies the patient: names, dates, numbers, hospital"),
        default=False,
    )

    def __str__(self) -> str:
        return f"consent of {self.case}"
