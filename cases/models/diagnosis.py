"""The disease: what it was called first, and how it stands now."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Classification, CnsStatus, DiseaseGroup, Site, StatusNow
from cases.models.case import Case
from cases.models.fields import in_range, percent_field
from iltb.terminology.models import Concept


class Diagnosis(models.Model):
    """The first diagnosis; day 0 of every ``…_on_day`` is its day."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="diagnosis")
    disease_group = models.CharField(_("disease group"), max_length=30, choices=DiseaseGroup, blank=True)
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
    initial_cns_status = models.CharField(_("CNS status at diagnosis"), max_length=20, choices=CnsStatus, blank=True)
    frontline_protocol = models.CharField(
        _("first-line protocol"),
        max_length=80,
        blank=True,
        help_text=_("e.g. ALLTogether1"),
    )

    class Meta:
        constraints: ClassVar = [in_range("diagnosis_wbc_range", "initial_wbc", 0, 2000)]

    def __str__(self) -> str:
        return f"diagnosis of {self.case}"


class DiseaseStatus(models.Model):
    """How the disease stands at submission. Blasts are per cent of nucleated cells, by morphology and by flow."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="status")
    status_now = models.CharField(_("disease status now"), max_length=30, choices=StatusNow, blank=True)
    relapse_number = models.PositiveSmallIntegerField(
        _("number of relapses"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(8)],
        help_text=_("0 to 8. 0 means never in complete remission, or no relapse yet."),
    )
    time_to_first_relapse_months = models.PositiveSmallIntegerField(
        _("months from diagnosis to first relapse"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(240)],
        help_text=_("0 to 240 months. Needed when there was a relapse."),
    )
    sites = ArrayField(
        models.CharField(max_length=40, choices=Site),
        verbose_name=_("sites of disease"),
        default=list,
        blank=True,
    )
    bm_blasts_morphology_pct_of_cells = percent_field(
        _("marrow blasts by morphology, %"),
        _("Per cent of nucleated cells."),
    )
    bm_blasts_flow_pct_of_cells = percent_field(_("marrow blasts by flow, %"), _("Per cent of nucleated cells."))
    cns_status = models.CharField(
        _("CNS status now"),
        max_length=20,
        choices=CnsStatus,
        blank=True,
        help_text=_("As your centre reports it."),
    )

    class Meta:
        constraints: ClassVar = [
            in_range("status_relapse_number_range", "relapse_number", 0, 8),
            in_range("status_first_relapse_range", "time_to_first_relapse_months", 0, 240),
            in_range("status_blasts_morphology_range", "bm_blasts_morphology_pct_of_cells", 0, 100),
            in_range("status_blasts_flow_range", "bm_blasts_flow_pct_of_cells", 0, 100),
        ]

    def __str__(self) -> str:
        return f"status of {self.case}"
