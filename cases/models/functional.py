"""Drug response of living cells outside the body."""

from decimal import Decimal
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    BlockStatus,
    Comparator,
    ExVivoPlatform,
    ExVivoSample,
    FreshOrFrozen,
    LaboratoryKind,
    Quality,
    Readout,
    ResponseUnit,
    Sensitivity,
    SynergyMetric,
    YesNoUnknown,
)
from cases.models.case import Case
from cases.models.fields import (
    choice_field,
    comparator_field,
    decimal_field,
    drug_field,
    known,
    known_or_empty,
    percent_field,
    ranges,
    required_choice,
    rule,
    states_something,
    text_field,
    tri_field,
    whole_field,
)
from cases.models.specimen import Specimen

# Lowest and highest value of each readout, in its own unit (data dictionary, part I).
READOUT_BOUNDS: Final = {
    Readout.IC50: (Decimal("0.001"), Decimal(1_000_000)),
    Readout.LC50: (Decimal("0.001"), Decimal(1_000_000)),
    Readout.EC50: (Decimal("0.001"), Decimal(1_000_000)),
    Readout.AUC: (Decimal(0), Decimal(1)),
    Readout.DSS: (Decimal(0), Decimal(50)),
    Readout.SDSS: (Decimal(-50), Decimal(50)),
    Readout.Z_SCORE: (Decimal(-20), Decimal(20)),
    Readout.VIABILITY: (Decimal(0), Decimal(200)),
}


class ExVivoPanel(models.Model):
    """One run of a drug-response assay, done or still to come; purity and viability are per cent at the start.

    Readouts are not comparable between laboratories; the laboratory's own interpretation is kept, never recomputed.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ex_vivo_panels")
    specimen = models.ForeignKey(
        Specimen,
        verbose_name=_("specimen"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ex_vivo_panels",
        help_text=_("Which of the specimens listed here."),
    )
    status = required_choice(_("state"), BlockStatus, _("“Not done” and “pending” are answers."))
    expected_day = whole_field(_("result expected in days"), _("0 to 180 days from today."), 0, 180)
    assay_platform = choice_field(_("kind of assay"), ExVivoPlatform, _("The platform decides how to read the values."))
    laboratory = choice_field(_("laboratory"), LaboratoryKind, _("Its kind, not its name."))
    sample_type = choice_field(_("material"), ExVivoSample, _("What the cells came from."))
    fresh_or_frozen = choice_field(_("fresh or frozen"), FreshOrFrozen, _("Thawed cells respond differently."))
    blast_purity_start_pct = percent_field(_("blasts at the start, %"), _("Below 70 % is doubtful."))
    viability_start_pct = percent_field(_("living cells at the start, %"), _("Below 60 % is doubtful."))
    exposure_hours = whole_field(_("exposure, hours"), _("4 to 240 hours."), 4, 240)
    qc = choice_field(_("quality"), Quality, _("The laboratory's own verdict."))
    z_prime = decimal_field(_("Z′ factor"), _("−1 to 1."), -1, 1, places=3)
    caveat = text_field(_("caveat"), _("At most 300 characters."), 300)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges(
                "ex_vivo",
                expected_day=(0, 180),
                blast_purity_start_pct=(0, 100),
                viability_start_pct=(0, 100),
                exposure_hours=(4, 240),
                z_prime=(-1, 1),
            ),
            *known("ex_vivo", status=BlockStatus),
            *known_or_empty(
                "ex_vivo",
                assay_platform=ExVivoPlatform,
                laboratory=LaboratoryKind,
                sample_type=ExVivoSample,
                fresh_or_frozen=FreshOrFrozen,
                qc=Quality,
            ),
            rule(
                "ex_vivo_expected_only_when_pending",
                Q(expected_day__isnull=True) | Q(status=BlockStatus.PENDING),
                "expected_day",
                _("Only a result that is pending can be expected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_assay_platform_display()}: {self.get_status_display()}"


def _within_readout() -> Q:
    free = [readout for readout in Readout if readout not in READOUT_BOUNDS]
    condition = Q(value__isnull=True) | Q(readout__in=free)
    for readout, bounds in READOUT_BOUNDS.items():
        condition |= Q(readout=readout, value__range=bounds)
    return condition


class DrugResponse(models.Model):
    """What one drug, or a combination, did to the cells.

    ``value`` has the ``unit`` of its ``readout``; ``percentile_in_cohort`` 100 is the most sensitive of the cohort.
    """

    panel = models.ForeignKey(ExVivoPanel, on_delete=models.CASCADE, related_name="responses")
    name = models.CharField(_("drug"), max_length=80, help_text=_("INN, e.g. venetoclax."))
    concept = drug_field()
    combination_partners = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("combined with"),
        default=list,
        blank=True,
        help_text=_("The other drugs of a combination."),
    )
    readout = required_choice(_("readout"), Readout, _("What the number is."))
    comparator = comparator_field(_("meant as"))
    value = models.DecimalField(
        _("value"),
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("As reported, in the unit beside it."),
    )
    unit = choice_field(_("unit"), ResponseUnit, _("nM for IC50, LC50 and EC50."))
    dose_nm = decimal_field(_("dose, nM"), _("For viability at a fixed dose."), 0, 1_000_000, places=3)
    synergy_metric = choice_field(_("synergy measured by"), SynergyMetric, _("For a combination."))
    synergy_score = decimal_field(_("synergy score"), _("−100 to 100."), -100, 100, places=2)
    reference_cohort_n = whole_field(_("size of the cohort"), _("Number of samples compared with."), 0, 1_000_000)
    reference_same_disease = tri_field(_("cohort of the same disease"), _("Whether the cohort has this disease only."))
    percentile_in_cohort = percent_field(_("percentile in the cohort"), _("0 to 100; 100 is the most sensitive."))
    interpretation = choice_field(_("interpretation"), Sensitivity, _("The laboratory's own words."))
    clinically_achievable = tri_field(_("reached in patients"), _("Whether such a level is reached in blood."))
    caveat = text_field(_("caveat"), _("At most 300 characters."), 300)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges(
                "response",
                dose_nm=(0, 1_000_000),
                synergy_score=(-100, 100),
                reference_cohort_n=(0, 1_000_000),
                percentile_in_cohort=(0, 100),
            ),
            *known("response", readout=Readout, comparator=Comparator),
            *known_or_empty(
                "response",
                unit=ResponseUnit,
                synergy_metric=SynergyMetric,
                reference_same_disease=YesNoUnknown,
                interpretation=Sensitivity,
                clinically_achievable=YesNoUnknown,
            ),
            rule(
                "response_value_within_readout",
                _within_readout(),
                "value",
                _("This value is outside what the readout can give."),
            ),
            rule(
                "response_value_has_unit",
                Q(value__isnull=True) | ~Q(unit=""),
                "unit",
                _("A value needs its unit."),
            ),
            states_something("response_names_a_drug", "name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.readout}"
