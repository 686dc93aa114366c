"""Transplants, cell therapies, and what treatment left behind that the lines do not tell."""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    BestResponse,
    CellProduct,
    CellSource,
    Conditioning,
    ConditioningIntensity,
    Donor,
    LossReason,
    RemissionBefore,
    Severity,
    StemCellSource,
    TDepletion,
    YesNoUnknown,
)
from cases.models.case import Case
from cases.models.fields import (
    LAST_DAY,
    all_known,
    choice_field,
    choices_field,
    day_field,
    decimal_field,
    known,
    known_or_empty,
    percent_field,
    ranges,
    required_choice,
    rule,
    text_field,
    tri_field,
    whole_field,
)

LOWEST_CELL_DOSE = Decimal("0.01")


class Transplant(models.Model):
    """One stem cell transplant, numbered from 1; days count from the first diagnosis, irradiation is in Gy."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transplants")
    number = models.PositiveSmallIntegerField(_("transplant"), help_text=_("1 to 4, in the order given."))
    on_day = day_field(_("transplanted on day"))
    donor = required_choice(_("donor"), Donor, _("Relation and match."))
    stem_cell_source = choice_field(_("stem cells from"), StemCellSource, _("Marrow, blood or cord blood."))
    conditioning = choice_field(_("conditioning"), Conditioning, _("Its main element."))
    conditioning_text = text_field(_("conditioning in words"), _("All elements, at most 160 characters."), 160)
    tbi_gy = decimal_field(_("total body irradiation, Gy"), _("0 to 20 Gy."), 0, 20, places=1)
    intensity = choice_field(_("intensity"), ConditioningIntensity, _("Myeloablative or reduced."))
    t_depletion = choices_field(_("T-cell depletion"), TDepletion, _("“None” is an answer."))
    remission_before = choice_field(_("status before transplant"), RemissionBefore, _("Which remission, or disease."))
    agvhd_max_grade = whole_field(_("highest grade of acute GVHD"), _("0 to 4."), 0, 4)
    cgvhd = choice_field(_("chronic GVHD"), Severity, _("At its worst."))
    donor_chimerism_pct = percent_field(_("donor cells now, %"), _("The last value, per cent."))
    immunosuppression_now = tri_field(_("immunosuppression now"), _("Whether it is still given."))
    dli_number = whole_field(_("donor lymphocyte infusions"), _("0 to 20."), 0, 20)
    sos = choice_field(_("sinusoidal obstruction syndrome"), Severity, _("Veno-occlusive disease; at its worst."))
    relapse_on_day = day_field(_("relapse after it on day"), _("Days since the first diagnosis; empty for none."))

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="transplant_number_once"),
            *ranges(
                "transplant",
                number=(1, 4),
                on_day=(0, LAST_DAY),
                tbi_gy=(0, 20),
                agvhd_max_grade=(0, 4),
                donor_chimerism_pct=(0, 100),
                dli_number=(0, 20),
                relapse_on_day=(0, LAST_DAY),
            ),
            *known("transplant", donor=Donor),
            *known_or_empty(
                "transplant",
                stem_cell_source=StemCellSource,
                conditioning=Conditioning,
                intensity=ConditioningIntensity,
                remission_before=RemissionBefore,
                cgvhd=Severity,
                immunosuppression_now=YesNoUnknown,
                sos=Severity,
            ),
            *all_known("transplant", t_depletion=TDepletion),
            rule(
                "transplant_relapse_after_it",
                Q(relapse_on_day__isnull=True) | Q(on_day__isnull=True) | Q(relapse_on_day__gte=models.F("on_day")),
                "relapse_on_day",
                _("The relapse after a transplant comes after it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_donor_display()}"


class CellTherapy(models.Model):
    """One cell therapy, numbered from 1; the dose is 10⁶ cells per kg, grades are those of ASTCT (0 to 5)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="cell_therapies")
    number = models.PositiveSmallIntegerField(_("cell therapy"), help_text=_("1 to 9, in the order given."))
    target_antigens = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("directed at"),
        default=list,
        blank=True,
        help_text=_("One or more antigens, e.g. CD19."),
    )
    product = choice_field(_("product"), CellProduct, _("The product that was given."))
    product_text = text_field(_("product in words"), _("For an academic or other product."), 80)
    donor_source = choice_field(_("cells from"), CellSource, _("The patient or a donor."))
    on_day = day_field(_("given on day"))
    lymphodepletion = text_field(_("lymphodepletion"), _("Drugs, at most 120 characters."), 120)
    dose_10e6_per_kg = decimal_field(_("dose, 10⁶ cells per kg"), _("0.01 to 20."), 0.01, 20, places=3)
    crs_grade = whole_field(_("cytokine release syndrome, grade"), _("0 to 5."), 0, 5)
    icans_grade = whole_field(_("neurotoxicity (ICANS), grade"), _("0 to 5."), 0, 5)
    iec_hs = tri_field(_("hyperinflammation (IEC-HS)"), _("Haemophagocytic syndrome after cell therapy."))
    best_response = choice_field(_("best response"), BestResponse, _("The best that was reached."))
    aplasia_months = whole_field(_("B-cell or T-cell aplasia, months"), _("0 to 240 months."), 0, 240)
    loss_reason = choice_field(_("why it failed"), LossReason, _("Where disease came back."))
    manufacturing_failed = tri_field(_("manufacturing failed"), _("Whether a product could not be made."))
    leftover_product = tri_field(_("product left over"), _("Whether a further dose is in store."))

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cell_therapy_number_once"),
            *ranges(
                "cell_therapy",
                number=(1, 9),
                on_day=(0, LAST_DAY),
                dose_10e6_per_kg=(LOWEST_CELL_DOSE, 20),
                crs_grade=(0, 5),
                icans_grade=(0, 5),
                aplasia_months=(0, 240),
            ),
            *known_or_empty(
                "cell_therapy",
                product=CellProduct,
                donor_source=CellSource,
                iec_hs=YesNoUnknown,
                best_response=BestResponse,
                loss_reason=LossReason,
                manufacturing_failed=YesNoUnknown,
                leftover_product=YesNoUnknown,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {', '.join(self.target_antigens)}"


class Exposure(models.Model):
    """What earlier treatment left that cannot be derived from the lines; irradiation of the skull is in Gy."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="exposure")
    asparaginase_allergy = tri_field(_("allergy to asparaginase"), _("Clinical allergy or silent inactivation."))
    cranial_radiotherapy_gy = decimal_field(
        _("irradiation of the skull, Gy"),
        _("0 to 40 Gy; 0 means none was given."),
        0,
        40,
        places=1,
    )
    blinatumomab_cns_toxicity = tri_field(_("CNS toxicity of blinatumomab"), _("Grade 3 or higher."))
    inotuzumab_sos = choice_field(
        _("sinusoidal obstruction syndrome after inotuzumab"),
        Severity,
        _("“None” is an answer."),
    )
    no_transplant = models.BooleanField(
        _("no transplant so far"),
        default=False,
        help_text=_("Tick when no stem cell transplant was done. Neither ticked nor listed means not stated."),
    )
    no_cell_therapy = models.BooleanField(
        _("no cell therapy so far"),
        default=False,
        help_text=_("Tick when no CAR-T or other cell therapy was given. Neither ticked nor listed means not stated."),
    )

    class Meta:
        constraints: ClassVar = [
            *ranges("exposure", cranial_radiotherapy_gy=(0, 40)),
            *known_or_empty(
                "exposure",
                asparaginase_allergy=YesNoUnknown,
                blinatumomab_cns_toxicity=YesNoUnknown,
                inotuzumab_sos=Severity,
            ),
        ]

    def __str__(self) -> str:
        return f"exposures of {self.case}"
