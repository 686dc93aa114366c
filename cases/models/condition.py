"""The patient's condition, other drugs, and what must not be given."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    CanSwallow,
    ConditionMeasure,
    Cyp3a4,
    FamilyWish,
    HepatitisHiv,
    InfectionState,
    Neuro,
    OrganHistory,
    Organism,
    PerformanceScale,
    QtcFormula,
    Severity,
    YesNoUnknown,
)
from cases.models.case import Case
from cases.models.fields import (
    all_known,
    choice_field,
    choices_field,
    decimal_field,
    known_or_empty,
    once,
    ranges,
    rule,
    states_something,
    text_field,
    tri_field,
    whole_field,
)
from iltb.terminology.models import Concept

ULN_BOUNDS = {
    "alt_x_uln": (0, 200),
    "ast_x_uln": (0, 200),
    "bilirubin_total_x_uln": (0, 60),
    "bilirubin_direct_x_uln": (0, 60),
    "creatinine_x_uln": (0, 30),
    "ldh_x_uln": (0, 200),
    "uric_acid_x_uln": (0, 50),
}


class Condition(models.Model):
    """How the patient is now.

    ``…_x_uln`` are multiples of the upper limit of normal of the reporting laboratory. Lansky and Karnofsky run from
    0 to 100 in steps of ten, ECOG from 0 to 4. ``not_done`` names measurements that were said to be not done.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="condition")
    performance_scale = choice_field(
        _("performance scale"),
        PerformanceScale,
        _("Lansky below 16 years, Karnofsky from 16, as a rule; trials switch at different ages."),
    )
    performance_score = models.PositiveSmallIntegerField(
        _("performance score"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("0 to 100 in steps of ten; ECOG 0 to 4."),
    )
    performance_not_assessable = models.BooleanField(
        _("performance cannot be assessed"),
        default=False,
        help_text=_("For infants."),
    )
    alt_x_uln = decimal_field(_("ALT, × upper limit"), _("0 to 200 times the upper limit."), 0, 200, places=2)
    ast_x_uln = decimal_field(_("AST, × upper limit"), _("0 to 200 times the upper limit."), 0, 200, places=2)
    bilirubin_total_x_uln = decimal_field(_("total bilirubin, × upper limit"), _("0 to 60."), 0, 60, places=2)
    bilirubin_direct_x_uln = decimal_field(_("direct bilirubin, × upper limit"), _("0 to 60."), 0, 60, places=2)
    creatinine_x_uln = decimal_field(_("creatinine, × upper limit"), _("0 to 30; or the clearance."), 0, 30, places=2)
    crcl_ml_min_1_73 = decimal_field(
        _("creatinine clearance, mL/min/1.73 m²"),
        _("0 to 300; or creatinine."),
        0,
        300,
        places=1,
    )
    lvef_pct = decimal_field(_("ejection fraction, %"), _("5 to 90 %; or the shortening fraction."), 5, 90, places=1)
    sf_pct = decimal_field(_("shortening fraction, %"), _("5 to 60 %; or the ejection fraction."), 5, 60, places=1)
    qtcf_ms = whole_field(_("QTc, ms"), _("250 to 700 ms."), 250, 700)
    qtc_formula = choice_field(_("QTc corrected by"), QtcFormula, _("The formula of the recording."))
    spo2_room_air_pct = decimal_field(_("oxygen saturation, %"), _("50 to 100 %, on room air."), 50, 100, places=1)
    not_done = choices_field(_("not done"), ConditionMeasure, _("Measurements that were not done; that is an answer."))
    active_infection = choice_field(_("active infection"), InfectionState, _("“None” is an answer."))
    infection_organisms = choices_field(_("kind of infection"), Organism, _("All that apply."))
    hepatitis_hiv = choices_field(_("hepatitis and HIV"), HepatitisHiv, _("All that apply; “not done” is an answer."))
    gvhd_acute_grade = whole_field(_("acute GVHD now, grade"), _("0 to 4; asked for after a transplant."), 0, 4)
    gvhd_chronic = choice_field(_("chronic GVHD now"), Severity, _("“None” is an answer."))
    systemic_immunosuppression = tri_field(_("systemic immunosuppression"), _("Whether it is given now."))
    steroid_mg_kg_day = decimal_field(
        _("steroids, mg/kg per day"),
        _("0 to 5, as prednisone."),
        0,
        5,
        places=2,
    )
    ldh_x_uln = decimal_field(_("LDH, × upper limit"), _("0 to 200."), 0, 200, places=2)
    albumin_g_l = decimal_field(_("albumin, g/L"), _("5 to 70 g/L."), 5, 70, places=1)
    uric_acid_x_uln = decimal_field(_("uric acid, × upper limit"), _("0 to 50."), 0, 50, places=2)
    spleen_cm = decimal_field(_("spleen, cm below the rib margin"), _("0 to 40 cm."), 0, 40, places=1)
    neuro = choices_field(_("nervous system"), Neuro, _("“None” is an answer."))
    neuropathy_grade = whole_field(_("neuropathy, grade"), _("CTCAE, 0 to 4."), 0, 4)
    organ_history = choices_field(_("earlier organ damage"), OrganHistory, _("“None” is an answer."))
    organ_history_text = text_field(_("earlier organ damage in words"), _("At most 200 characters."), 200)
    can_swallow = choice_field(_("can take by mouth"), CanSwallow, _("Some drugs exist as capsules only."))
    transfusion_dependence = tri_field(_("needs transfusions"), _("Within the last four weeks."))
    transfusion_acceptance = tri_field(_("accepts transfusions"), _("Patient and family."))
    family_wishes = choices_field(_("wishes of the family"), FamilyWish, _("All that apply."))
    no_comedication = models.BooleanField(
        _("no other drugs"),
        default=False,
        help_text=_("Tick when no other drug is given."),
    )
    no_contraindications = models.BooleanField(
        _("no known contraindications"),
        default=False,
        help_text=_("Tick when nothing is known that must not be given."),
    )

    class Meta:
        constraints: ClassVar = [
            *ranges(
                "condition",
                **ULN_BOUNDS,
                performance_score=(0, 100),
                crcl_ml_min_1_73=(0, 300),
                lvef_pct=(5, 90),
                sf_pct=(5, 60),
                qtcf_ms=(250, 700),
                spo2_room_air_pct=(50, 100),
                gvhd_acute_grade=(0, 4),
                steroid_mg_kg_day=(0, 5),
                albumin_g_l=(5, 70),
                spleen_cm=(0, 40),
                neuropathy_grade=(0, 4),
            ),
            *known_or_empty(
                "condition",
                performance_scale=PerformanceScale,
                qtc_formula=QtcFormula,
                active_infection=InfectionState,
                gvhd_chronic=Severity,
                systemic_immunosuppression=YesNoUnknown,
                can_swallow=CanSwallow,
                transfusion_dependence=YesNoUnknown,
                transfusion_acceptance=YesNoUnknown,
            ),
            *all_known(
                "condition",
                not_done=ConditionMeasure,
                infection_organisms=Organism,
                hepatitis_hiv=HepatitisHiv,
                neuro=Neuro,
                organ_history=OrganHistory,
                family_wishes=FamilyWish,
            ),
            rule(
                "condition_ecog_at_most_4",
                ~Q(performance_scale=PerformanceScale.ECOG)
                | Q(performance_score__isnull=True)
                | Q(performance_score__lte=4),
                "performance_score",
                _("ECOG runs from 0 to 4."),
            ),
            rule(
                "condition_score_in_tens",
                Q(performance_scale__in=["", PerformanceScale.ECOG])
                | Q(performance_score__isnull=True)
                | Q(performance_score__in=list(range(0, 101, 10))),
                "performance_score",
                _("Lansky and Karnofsky run from 0 to 100 in steps of ten."),
            ),
            rule(
                "condition_score_or_not_assessable",
                Q(performance_not_assessable=False) | Q(performance_score__isnull=True),
                "performance_not_assessable",
                _("Give a score, or say that it cannot be assessed."),
            ),
        ]

    def __str__(self) -> str:
        return f"condition of {self.case}"


class NamedDrug(models.Model):
    """A drug as written; ``concept`` is set where the name is known."""

    name = models.CharField(_("drug"), max_length=80, help_text=_("INN, e.g. posaconazole."))
    concept = models.ForeignKey(
        Concept,
        verbose_name=_("drug in the vocabulary"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Set where the name is known."),
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Comedication(NamedDrug):
    """A drug that is given besides. Its interaction roles are filled from the vocabulary where nothing is stated."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comedications")
    cyp3a4 = choice_field(_("effect on CYP3A4"), Cyp3a4, _("Strong and moderate inhibitors and inducers count."))
    pgp_inhibitor = tri_field(_("inhibits P-gp"), _("P-glycoprotein."))
    qt_prolonging = tri_field(_("prolongs QT"), _("With other such drugs the risk adds up."))
    acid_suppressant = tri_field(_("suppresses gastric acid"), _("It lowers the uptake of some kinase inhibitors."))

    class Meta(NamedDrug.Meta):
        constraints: ClassVar = [
            *known_or_empty(
                "comedication",
                cyp3a4=Cyp3a4,
                pgp_inhibitor=YesNoUnknown,
                qt_prolonging=YesNoUnknown,
                acid_suppressant=YesNoUnknown,
            ),
            once("comedication_once", "case", "name", _("This drug stands here twice.")),
            states_something("comedication_names_a_drug", "name"),
        ]


class Contraindication(NamedDrug):
    """A drug or class that must not be given, and why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contraindications")
    reason = text_field(_("reason"), _("At most 200 characters."), 200)

    class Meta(NamedDrug.Meta):
        constraints: ClassVar = [
            once("contraindication_once", "case", "name", _("This drug stands here twice.")),
            states_something("contraindication_names_a_drug", "name"),
        ]
