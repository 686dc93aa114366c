"""Material of one time point, and what was done with it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import AssayType, BlockStatus, TimePoint, Tissue
from cases.models.case import Case
from cases.models.fields import in_range, percent_field
from iltb.core.models import RandomKeyModel


class Specimen(RandomKeyModel):
    """``taken_on_day`` counts days from the first diagnosis (day 0), 0 to 9,125; blasts are per cent of cells."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="specimens")
    label = models.CharField(
        _("label"),
        max_length=10,
        help_text=_("S1, S2 … Never the number of your laboratory."),
    )
    tissue = models.CharField(_("material"), max_length=20, choices=Tissue)
    time_point = models.CharField(_("time point"), max_length=30, choices=TimePoint)
    taken_on_day = models.PositiveSmallIntegerField(
        _("taken on day"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(9125)],
        help_text=_("Days since the first diagnosis; the day of diagnosis is 0."),
    )
    blasts_pct_of_cells = percent_field(_("blasts in this specimen, %"), _("Per cent of nucleated cells."))

    class Meta:
        ordering: ClassVar = ["taken_on_day", "label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "label"], name="specimen_label_once"),
            in_range("specimen_day_range", "taken_on_day", 0, 9125),
            in_range("specimen_blasts_range", "blasts_pct_of_cells", 0, 100),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.get_time_point_display()}"


class Assay(models.Model):
    """One laboratory method on one specimen with its state: not done is not negative."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="assays")
    assay_type = models.CharField(_("method"), max_length=30, choices=AssayType)
    status = models.CharField(_("state"), max_length=10, choices=BlockStatus)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["specimen", "assay_type"], name="assay_once_for_each_specimen"),
        ]

    def __str__(self) -> str:
        return f"{self.get_assay_type_display()}: {self.get_status_display()}"
