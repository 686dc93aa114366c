"""The disease as it was called first."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Classification, CnsStatus, DiseaseGroup, LymphomaStage, RiskGroup, SecondaryDisease
from cases.models.case import Case
from cases.models.fields import choice_field, in_range, known, known_or_empty
from iltb.terminology.models import Concept


class Diagnosis(models.Model):
    """The first diagnosis; day 0 of every ``…_on_day`` is its day."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="diagnosis")
    disease_group = models.CharField(
        _("disease group"),
        max_length=30,
        choices=DiseaseGroup,
        blank=True,
        help_text=_("It follows from the entity where you leave it empty."),
    )
    entity = models.ForeignKey(
        Concept,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"system": "entity"},
        verbose_name=_("disease entity"),
        help_text=_("The most exact name that is proven."),
    )
    classification_used = models.CharField(
        _("classification"),
        max_length=20,
        choices=Classification,
        default=Classification.WHO_HAEM5,
        help_text=_("The one that the entity was named after."),
    )
    icd10 = models.CharField(
        _("ICD-10 code"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]\d{2}(\.\d{1,2})?$", _("An ICD-10 code looks like C91.0."))],
        help_text=_("Only where your centre needs it, e.g. C91.0."),
    )
    initial_risk_group = choice_field(
        _("risk group at diagnosis"),
        RiskGroup,
        _("As the first-line protocol assigned it."),
    )
    initial_wbc = models.DecimalField(
        _("white cells at diagnosis, ×10⁹/L"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2000)],
        help_text=_("0 to 2,000."),
    )
    initial_cns_status = models.CharField(
        _("CNS status at diagnosis"),
        max_length=20,
        choices=CnsStatus,
        blank=True,
        help_text=_("As your centre reported it."),
    )
    lymphoma_stage_initial = choice_field(
        _("stage at diagnosis"),
        LymphomaStage,
        _("For lymphoma: IPNHLSS or Ann Arbor."),
    )
    secondary_disease = choice_field(
        _("origin of the disease"),
        SecondaryDisease,
        _("De novo, or after another disease or treatment."),
    )
    frontline_protocol = models.CharField(
        _("first-line protocol"),
        max_length=80,
        blank=True,
        help_text=_("e.g. ALLTogether1"),
    )

    class Meta:
        constraints: ClassVar = [
            in_range("diagnosis_wbc_range", "initial_wbc", 0, 2000),
            *known("diagnosis", classification_used=Classification),
            *known_or_empty(
                "diagnosis",
                disease_group=DiseaseGroup,
                initial_risk_group=RiskGroup,
                initial_cns_status=CnsStatus,
                lymphoma_stage_initial=LymphomaStage,
                secondary_disease=SecondaryDisease,
            ),
        ]

    def __str__(self) -> str:
        return f"diagnosis of {self.case}"
