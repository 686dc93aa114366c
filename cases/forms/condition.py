"""How the patient is, and what can be reached."""

from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.forms.base import SectionForm
from cases.forms.rows import RowForm, RowWords, rows_of
from cases.models import AccessNeeds, Comedication, Condition, Contraindication, DrugAccess, TrialConsidered

_ASKED: Final = (
    "performance_scale",
    "performance_score",
    "performance_not_assessable",
    "alt_x_uln",
    "ast_x_uln",
    "bilirubin_total_x_uln",
    "creatinine_x_uln",
    "crcl_ml_min_1_73",
    "lvef_pct",
    "sf_pct",
    "not_done",
    "active_infection",
    "infection_organisms",
    "gvhd_acute_grade",
)


class ConditionForm(SectionForm):
    """Performance, organs, infection, and what helps besides. A measurement that was not done is ticked as such."""

    section = Section.CONDITION
    is_dense = True
    side_by_side = frozenset(
        {"performance_scale", "not_done", "active_infection", "infection_organisms", "hepatitis_hiv", "gvhd_chronic"}
        | {"systemic_immunosuppression", "organ_history", "can_swallow", "family_wishes", "qtc_formula"}
        | {"transfusion_dependence", "transfusion_acceptance"},
    )
    blocks: ClassVar = {Condition: ("condition", _ASKED)}
    more: ClassVar = {
        Condition: (
            "qtcf_ms",
            "qtc_formula",
            "spo2_room_air_pct",
            "hepatitis_hiv",
            "gvhd_chronic",
            "systemic_immunosuppression",
            "steroid_mg_kg_day",
            "neuro",
            "neuropathy_grade",
            "organ_history",
            "organ_history_text",
            "can_swallow",
            "family_wishes",
            "bilirubin_direct_x_uln",
            "ldh_x_uln",
            "albumin_g_l",
            "uric_acid_x_uln",
            "spleen_cm",
            "transfusion_dependence",
            "transfusion_acceptance",
        ),
    }
    leads: ClassVar = {
        "no_comedication": "comedications",
        "no_contraindications": "contraindications",
    }
    required_to_submit = frozenset(_ASKED) - {"performance_not_assessable", "infection_organisms"}

    def not_asked(self) -> set[str]:
        """GVHD is asked about after a transplant from a donor, the kind of infection where there is one."""
        unasked = set()
        if self.initial["gvhd_acute_grade"] is None and not self.had_donor_cells():
            unasked.add("gvhd_acute_grade")
        if self.known("active_infection") in (None, "", "none") and not self.initial["infection_organisms"]:
            unasked.add("infection_organisms")
        return unasked

    def had_donor_cells(self) -> bool:
        """Whether a transplant from a donor stands in the dossier."""
        return any(row.donor != "autologous" for row in self.case.transplants.all())

    def clean(self) -> dict[str, Any]:
        """Nothing else stands beside "none"."""
        answers: dict[str, Any] = super().clean() or {}
        self.exclude_none("neuro", "organ_history")
        return answers


class ComedicationRow(RowForm):
    """Another drug that is given."""

    model = Comedication
    main = ("name",)
    more = ("cyp3a4", "pgp_inhibitor", "qt_prolonging", "acid_suppressant")
    offered: ClassVar = {"name": "drug"}


class ContraindicationRow(RowForm):
    """What must not be given."""

    model = Contraindication
    main = ("name", "reason")
    offered: ClassVar = {"name": "drug"}


class AccessForm(SectionForm):
    """How far the family goes, donor, money, language."""

    section = Section.ACCESS
    side_by_side = frozenset({"willing_to_travel", "funding_cross_border"})
    blocks: ClassVar = {AccessNeeds: ("access", ("willing_to_travel", "donor_status"))}
    more: ClassVar = {AccessNeeds: ("funding_cross_border", "family_language")}
    leads: ClassVar = {"no_trials_considered": "trials_considered"}


class TrialRow(RowForm):
    """A trial that was thought of."""

    model = TrialConsidered
    main = ("trial", "outcome", "reason")


class DrugAccessRow(RowForm):
    """A drug and how it can be reached here."""

    model = DrugAccess
    main = ("name", "access")
    offered: ClassVar = {"name": "drug"}


COMEDICATION_ROWS: Final = rows_of(
    ComedicationRow,
    RowWords(
        _("Drug"),
        _("Other drugs"),
        _("Add another drug"),
        _("Azoles, proton pump inhibitors, anticonvulsants above all."),
        _("Interactions: filled from the list where you leave them empty (optional)"),
    ),
)
CONTRAINDICATION_ROWS: Final = rows_of(
    ContraindicationRow,
    RowWords(_("Contraindication"), _("Must not be given"), _("Add a contraindication"), _("A drug or a class.")),
    blank=0,
)
TRIAL_ROWS: Final = rows_of(
    TrialRow,
    RowWords(_("Trial"), _("Trials considered"), _("Add a trial"), _("With what came of it.")),
)
DRUG_ACCESS_ROWS: Final = rows_of(
    DrugAccessRow,
    RowWords(_("Drug"), _("Drugs at your centre"), _("Add a drug"), _("Where you know how it can be reached.")),
    blank=0,
)
