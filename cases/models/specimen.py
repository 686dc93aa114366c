"""Material of one time point, and what was done with it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    AssayType,
    BlastMethod,
    BlockStatus,
    Comparator,
    LaboratoryStandard,
    ReferenceGenome,
    TimePoint,
    Tissue,
    YesNoUnknown,
)
from cases.models.case import Case
from cases.models.fields import (
    choice_field,
    comparator_field,
    in_range,
    known,
    known_or_empty,
    once,
    percent_field,
    ranges,
    rule,
    text_field,
    tri_field,
    whole_field,
)
from iltb.core.models import RandomKeyModel


class Specimen(RandomKeyModel):
    """Material of one time point.

    ``taken_on_day`` counts days from the first diagnosis (day 0), 0 to 9,125; blasts are per cent of nucleated cells.
    Whether it shows the current disease follows from time point and status; ``is_current_override`` wins over that.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="specimens")
    label = models.CharField(
        _("label"),
        max_length=10,
        help_text=_("S1, S2 … Never the number of your laboratory."),
    )
    tissue = models.CharField(_("material"), max_length=20, choices=Tissue, help_text=_("What was taken."))
    time_point = models.CharField(
        _("time point"),
        max_length=30,
        choices=TimePoint,
        help_text=_("At which stage of the disease."),
    )
    taken_on_day = models.PositiveSmallIntegerField(
        _("taken on day"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(9125)],
        help_text=_("Days since the first diagnosis; the day of diagnosis is 0."),
    )
    blasts_comparator = comparator_field(_("blasts: meant as"))
    blasts_pct_of_cells = percent_field(_("blasts in this specimen, %"), _("Per cent of nucleated cells."))
    blast_method = choice_field(_("blasts counted by"), BlastMethod, _("The method behind the number of blasts."))
    donor_chimerism_pct = percent_field(
        _("donor cells in this specimen, %"),
        _("After a transplant: a variant of the donor can look like one of the patient."),
    )
    is_current_override = models.BooleanField(
        _("shows the current disease"),
        null=True,
        blank=True,
        help_text=_("Leave empty: it follows from time point and status. Set it only where that is wrong."),
    )

    class Meta:
        ordering: ClassVar = ["taken_on_day", "label"]
        constraints: ClassVar = [
            once("specimen_label_once", "case", "label", _("Another specimen has this label.")),
            in_range("specimen_day_range", "taken_on_day", 0, 9125),
            in_range("specimen_blasts_range", "blasts_pct_of_cells", 0, 100),
            in_range("specimen_chimerism_range", "donor_chimerism_pct", 0, 100),
            *known("specimen", tissue=Tissue, time_point=TimePoint, blasts_comparator=Comparator),
            *known_or_empty("specimen", blast_method=BlastMethod),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.get_time_point_display()}"


class Assay(models.Model):
    """One laboratory method on one specimen with its state: not done is not negative.

    ``expected_day`` counts days from submission, 0 to 180, and is there only while the result is pending. The state
    of the immunophenotype as a whole is the row of that name.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="assays")
    assay_type = models.CharField(
        _("method"),
        max_length=30,
        choices=AssayType,
        help_text=_("One row for each method."),
    )
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=BlockStatus,
        help_text=_("“Not done” is not “negative”."),
    )
    expected_day = whole_field(_("result expected in days"), _("0 to 180 days from today."), 0, 180)
    tumour_content_pct = percent_field(_("tumour content, %"), _("As the laboratory estimated it."))
    matched_germline = tri_field(_("with a matched germline sample"), _("Whether inherited variants were subtracted."))
    reference_genome = choice_field(_("reference genome"), ReferenceGenome, _("As the report names it."))
    mean_coverage = whole_field(_("mean coverage"), _("1 to 100,000 reads."), 1, 100_000)
    lab_turnaround_days = whole_field(_("days from sample to report"), _("0 to 180."), 0, 180)
    laboratory_standard = choice_field(
        _("laboratory standard"),
        LaboratoryStandard,
        _("For the immunophenotype: which standard the laboratory follows."),
    )
    note = text_field(_("note"), _("At most 300 characters, e.g. two populations."), 300)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            once("assay_once_for_each_specimen", "specimen", "assay_type", _("This method stands here twice.")),
            rule(
                "assay_expected_only_when_pending",
                Q(expected_day__isnull=True) | Q(status=BlockStatus.PENDING),
                "expected_day",
                _("Only a result that is pending can be expected."),
            ),
            *ranges(
                "assay",
                expected_day=(0, 180),
                tumour_content_pct=(0, 100),
                mean_coverage=(1, 100_000),
                lab_turnaround_days=(0, 180),
            ),
            *known("assay", assay_type=AssayType, status=BlockStatus),
            *known_or_empty(
                "assay",
                matched_germline=YesNoUnknown,
                reference_genome=ReferenceGenome,
                laboratory_standard=LaboratoryStandard,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_assay_type_display()}: {self.get_status_display()}"
