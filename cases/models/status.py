"""How the disease stands now."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    BlockStatus,
    CnsStatus,
    Comparator,
    CsfFlow,
    GrowthRate,
    RefractoryDefinition,
    RelapseTiming,
    Site,
    StatusNow,
    Testicular,
    YesNoUnknown,
)
from cases.models.case import Case
from cases.models.fields import (
    all_known,
    choice_field,
    comparator_field,
    decimal_field,
    in_range,
    known,
    known_or_empty,
    percent_field,
    ranges,
    required_choice,
    tri_field,
    whole_field,
)


class DiseaseStatus(models.Model):
    """How the disease stands at submission.

    Blasts are per cent of nucleated cells. ``wbc``, ``anc`` and ``platelets`` are ×10⁹/L, haemoglobin is g/dL. Each
    comparator belongs to the number of the same name.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="status")
    status_now = models.CharField(
        _("disease status now"),
        max_length=30,
        choices=StatusNow,
        blank=True,
        help_text=_("As it stands today."),
    )
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
    relapse_timing_class = choice_field(
        _("timing of the relapse"),
        RelapseTiming,
        _("Very early: below 18 months from diagnosis. Late: from 6 months after the end of first-line treatment."),
    )
    refractory_definition = choice_field(
        _("refractory by which definition"),
        RefractoryDefinition,
        _("Needed for refractory disease: trials define it differently."),
    )
    sites = ArrayField(
        models.CharField(max_length=40, choices=Site),
        verbose_name=_("sites of disease"),
        default=list,
        blank=True,
        help_text=_("All sites that are involved now."),
    )
    bm_blasts_status = choice_field(
        _("marrow examination"),
        BlockStatus,
        _("“Not done” is an answer; leave it empty where you give a number."),
    )
    bm_blasts_morphology_comparator = comparator_field(_("marrow blasts by morphology: meant as"))
    bm_blasts_morphology_pct_of_cells = percent_field(
        _("marrow blasts by morphology, %"),
        _("Per cent of nucleated cells."),
    )
    bm_blasts_flow_comparator = comparator_field(_("marrow blasts by flow: meant as"))
    bm_blasts_flow_pct_of_cells = percent_field(_("marrow blasts by flow, %"), _("Per cent of nucleated cells."))
    pb_blasts_comparator = comparator_field(_("blood blasts: meant as"))
    pb_blasts_pct_of_cells = percent_field(_("blood blasts, %"), _("Per cent of nucleated cells."))
    wbc_comparator = comparator_field(_("white cells: meant as"))
    wbc = decimal_field(_("white cells, ×10⁹/L"), _("0 to 2,000."), 0, 2000, places=2)
    anc_comparator = comparator_field(_("neutrophils: meant as"))
    anc = decimal_field(_("neutrophils, ×10⁹/L"), _("0 to 500."), 0, 500, places=2)
    hb_g_dl = decimal_field(_("haemoglobin, g/dL"), _("1 to 25 g/dL; mmol/L times 1.611."), 1, 25, places=2)
    platelets_comparator = comparator_field(_("platelets: meant as"))
    platelets = decimal_field(_("platelets, ×10⁹/L"), _("0 to 3,000."), 0, 3000, places=1)
    growth_rate = choice_field(_("how fast it grows"), GrowthRate, _("From the last two counts or images."))
    cns_status = models.CharField(
        _("CNS status now"),
        max_length=20,
        choices=CnsStatus,
        blank=True,
        help_text=_("As your centre reports it."),
    )
    csf_wbc_per_ul = whole_field(_("white cells in CSF, per µL"), _("0 to 20,000."), 0, 20_000)
    csf_flow = choice_field(_("CSF by flow"), CsfFlow, _("Blasts in the cerebrospinal fluid by flow cytometry."))
    testicular = choice_field(_("testes"), Testicular, _("Asked for boys and men; “not examined” is an answer."))
    extramedullary_biopsy_confirmed = tri_field(
        _("extramedullary disease proven by biopsy"),
        _("Whether tissue was taken from a site outside the marrow."),
    )

    class Meta:
        constraints: ClassVar = [
            in_range("status_relapse_number_range", "relapse_number", 0, 8),
            in_range("status_first_relapse_range", "time_to_first_relapse_months", 0, 240),
            in_range("status_blasts_morphology_range", "bm_blasts_morphology_pct_of_cells", 0, 100),
            in_range("status_blasts_flow_range", "bm_blasts_flow_pct_of_cells", 0, 100),
            *ranges(
                "status",
                pb_blasts_pct_of_cells=(0, 100),
                wbc=(0, 2000),
                anc=(0, 500),
                hb_g_dl=(1, 25),
                platelets=(0, 3000),
                csf_wbc_per_ul=(0, 20_000),
            ),
            *known(
                "status",
                bm_blasts_morphology_comparator=Comparator,
                bm_blasts_flow_comparator=Comparator,
                pb_blasts_comparator=Comparator,
                wbc_comparator=Comparator,
                anc_comparator=Comparator,
                platelets_comparator=Comparator,
            ),
            *known_or_empty(
                "status",
                status_now=StatusNow,
                relapse_timing_class=RelapseTiming,
                refractory_definition=RefractoryDefinition,
                bm_blasts_status=BlockStatus,
                growth_rate=GrowthRate,
                cns_status=CnsStatus,
                csf_flow=CsfFlow,
                testicular=Testicular,
                extramedullary_biopsy_confirmed=YesNoUnknown,
            ),
            *all_known("status", sites=Site),
        ]

    def __str__(self) -> str:
        return f"status of {self.case}"


class DiseaseMass(models.Model):
    """A mass or lymph node of lymphoma: site, greatest diameter in cm, Deauville score (1 to 5), SUVmax."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="masses")
    site = required_choice(_("site"), Site, _("Where the mass lies."))
    size_cm = decimal_field(_("greatest diameter, cm"), _("0 to 40 cm."), 0, 40, places=1)
    deauville = whole_field(_("Deauville score"), _("1 to 5, from the last PET."), 1, 5)
    suv_max = decimal_field(_("SUVmax"), _("0 to 60."), 0, 60, places=1)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("mass", size_cm=(0, 40), deauville=(1, 5), suv_max=(0, 60)),
            *known("mass", site=Site),
        ]

    def __str__(self) -> str:
        return self.get_site_display()
