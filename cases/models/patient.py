"""The patient, as far as an anonymised dossier may know."""

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import OtherSyndrome, Pregnancy, Sex, YesNoUnknown
from cases.models.case import Case
from cases.models.fields import all_known, choice_field, choices_field, in_range, known_or_empty, rule, text_field
from iltb.terminology.models import Concept

AGE_LIMIT_MONTHS: Final = 300  # 25 years; the board takes younger patients only


class Patient(models.Model):
    """Ages in completed months (0 to 299), weight in kg (1.0 to 250.0), height in cm (30 to 230)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="patient")
    age_months_at_submission = models.PositiveSmallIntegerField(
        _("age now, in months"),
        null=True,
        blank=True,
        validators=[
            MaxValueValidator(AGE_LIMIT_MONTHS - 1, _("The board takes patients younger than 25 years (300 months).")),
        ],
        help_text=_("Completed months. 12 years and 3 months is 147."),
    )
    age_months_at_diagnosis = models.PositiveSmallIntegerField(
        _("age at first diagnosis, in months"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(AGE_LIMIT_MONTHS - 1, _("This must be below 300 months (25 years)."))],
        help_text=_("Completed months. Some trials ask for it."),
    )
    sex = models.CharField(
        _("sex"),
        max_length=30,
        choices=Sex,
        blank=True,
        help_text=_("It decides which further questions are asked."),
    )
    country = models.ForeignKey(
        Concept,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"system": "country"},
        verbose_name=_("country of treatment"),
        help_text=_("It decides which trials and drugs can be reached."),
    )
    weight_kg = models.DecimalField(
        _("weight in kg"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text=_("1.0 to 250.0 kg. Some trials have a lower limit."),
    )
    height_cm = models.DecimalField(
        _("height in cm"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(30), MaxValueValidator(230)],
        help_text=_("30 to 230 cm."),
    )
    down_syndrome = models.CharField(
        _("Down syndrome"),
        max_length=10,
        choices=YesNoUnknown,
        blank=True,
        help_text=_("It changes doses and eligibility."),
    )
    other_syndromes = choices_field(
        _("other syndromes"),
        OtherSyndrome,
        _("Predispositions that are known; “none” is an answer."),
    )
    other_syndrome_text = text_field(_("which other syndrome"), _("At most 120 characters."), 120)
    fertility_or_pregnancy = choice_field(
        _("pregnancy"),
        Pregnancy,
        _("Asked for girls and women from 10 years."),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="patient_under_25",
                condition=Q(age_months_at_submission__isnull=True) | Q(age_months_at_submission__lt=AGE_LIMIT_MONTHS),
            ),
            rule(
                "patient_diagnosed_before_now",
                Q(age_months_at_submission__isnull=True)
                | Q(age_months_at_diagnosis__isnull=True)
                | Q(age_months_at_diagnosis__lte=F("age_months_at_submission")),
                "age_months_at_diagnosis",
                _("The age at diagnosis is above the age now."),
            ),
            in_range("patient_weight_range", "weight_kg", 1, 250),
            in_range("patient_height_range", "height_cm", 30, 230),
            *known_or_empty("patient", sex=Sex, down_syndrome=YesNoUnknown, fertility_or_pregnancy=Pregnancy),
            *all_known("patient", other_syndromes=OtherSyndrome),
        ]

    def __str__(self) -> str:
        return f"patient of {self.case}"
