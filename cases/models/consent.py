"""Consent, as facts; the signed forms stay at the hospital."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Assent, ConsentGivenBy, SecondaryResearch
from cases.models.case import Case
from cases.models.fields import all_known, choice_field, known, known_or_empty
from iltb.accounts.models import User


class Consent(models.Model):
    """What was agreed to. Nothing is submitted without ``board_discussion`` and ``deidentification_confirmed``.

    ``confirmed_by`` and ``confirmed_at`` say who last stated that the signed form is there; readers of a dossier see
    only that somebody did.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="consent")
    board_discussion = models.BooleanField(
        _("there is written consent to discuss this case on the board"),
        default=False,
        help_text=_("The signed form stays at your hospital."),
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
        help_text=_("Leave “not asked” where the form has no such question."),
    )
    germline_return = choice_field(
        _("wish to learn inherited findings"),
        SecondaryResearch,
        _("Whether the family wants to be told of a finding that can be inherited."),
        default=SecondaryResearch.NOT_ASKED,
    )
    given_by = ArrayField(
        models.CharField(max_length=20, choices=ConsentGivenBy),
        verbose_name=_("given by"),
        default=list,
        blank=True,
        help_text=_("Choose both where parents and patient signed."),
    )
    assent = models.CharField(
        _("assent of the child"),
        max_length=25,
        choices=Assent,
        blank=True,
        help_text=_("Needed from 12 to 17 years."),
    )
    form_version = models.CharField(
        _("version of the consent form"),
        max_length=40,
        blank=True,
        help_text=_("As printed on the form. No date of signature."),
    )
    deidentification_confirmed = models.BooleanField(
        _("I removed what directly identifies the patient: names, dates, numbers, hospital"),
        default=False,
        help_text=_("Free text and file names count too."),
    )
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("Who stated last that the consent is there; never shown outside the centre."),
    )
    confirmed_at = models.DateTimeField(
        _("confirmed at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When that was."),
    )

    class Meta:
        constraints: ClassVar = [
            *known("consent", secondary_research=SecondaryResearch, germline_return=SecondaryResearch),
            *known_or_empty("consent", assent=Assent),
            *all_known("consent", given_by=ConsentGivenBy),
            models.CheckConstraint(
                name="consent_confirmed_by_and_at",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.case}"
