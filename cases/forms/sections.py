"""The sections of the dossier that are one form each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.enums import DiseaseGroup, Urgency
from cases.forms.base import SectionForm, field_of
from cases.forms.fields import EntityChoiceField
from cases.models import Case, Consent, Diagnosis, DiseaseStatus, Patient

# Below this many months the assent of a child is not asked for, above it an adult consents.
_ASSENT_FROM_MONTHS, _ASSENT_BELOW_MONTHS = 144, 216


class QuestionForm(SectionForm):
    """What the board is asked, how urgent it is, and why no standard is left."""

    section = Section.QUESTION
    side_by_side = frozenset({"no_standard_of_care"})
    blocks: ClassVar = {
        Case: (
            "case",
            (
                "question_text",
                "question_types",
                "treatment_intent",
                "urgency",
                "urgency_reasons",
                "next_decision_day",
                "no_standard_of_care",
                "no_standard_of_care_reason",
                "submission_type",
            ),
        ),
    }
    required_to_submit = frozenset(
        {
            "question_text",
            "question_types",
            "treatment_intent",
            "urgency",
            "urgency_reasons",
            "no_standard_of_care",
            "no_standard_of_care_reason",
            "submission_type",
        },
    )

    def clean(self) -> dict[str, Any]:
        """Reasons for urgency belong to an urgent case only; on a routine one they would contradict it."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("urgency") == Urgency.ROUTINE and answers.get("urgency_reasons"):
            self.add_error("urgency_reasons", _("The urgency is routine. Choose a higher one or untick the reasons."))
        return answers


class PatientForm(SectionForm):
    """The patient, as far as an anonymised dossier may know."""

    section = Section.PATIENT
    side_by_side = frozenset({"sex", "down_syndrome"})
    blocks: ClassVar = {
        Patient: (
            "patient",
            (
                "age_months_at_submission",
                "age_months_at_diagnosis",
                "sex",
                "country",
                "weight_kg",
                "height_cm",
                "down_syndrome",
            ),
        ),
    }
    required_to_submit = frozenset(
        {
            "age_months_at_submission",
            "age_months_at_diagnosis",
            "sex",
            "country",
            "weight_kg",
            "down_syndrome",
        },
    )

    def clean(self) -> dict[str, Any]:
        """Nobody was diagnosed later than now."""
        answers: dict[str, Any] = super().clean() or {}
        now, then = answers.get("age_months_at_submission"), answers.get("age_months_at_diagnosis")
        if now is not None and then is not None and then > now:
            message = _("The age at diagnosis (%(then)s months) is above the age now (%(now)s months).")
            self.add_error("age_months_at_diagnosis", forms.ValidationError(message, params={"then": then, "now": now}))
        return answers


class DiseaseForm(SectionForm):
    """The first diagnosis and how the disease stands now."""

    section = Section.DISEASE
    headings: ClassVar = {"diagnosis": _("At first diagnosis"), "status": _("Now")}
    side_by_side = frozenset({"sites", "classification_used"})
    blocks: ClassVar = {
        Diagnosis: (
            "diagnosis",
            (
                "disease_group",
                "entity",
                "classification_used",
                "initial_wbc",
                "initial_cns_status",
                "frontline_protocol",
            ),
        ),
        DiseaseStatus: (
            "status",
            (
                "status_now",
                "relapse_number",
                "time_to_first_relapse_months",
                "sites",
                "bm_blasts_morphology_pct_of_cells",
                "bm_blasts_flow_pct_of_cells",
                "cns_status",
            ),
        ),
    }
    required_to_submit = frozenset(
        {
            "disease_group",
            "entity",
            "classification_used",
            "status_now",
            "relapse_number",
            "time_to_first_relapse_months",
            "sites",
            "cns_status",
        },
    )

    def field(self, column: Any) -> forms.Field:
        """The entity as a list grouped by disease group."""
        if column.name != "entity":
            return field_of(column)
        return EntityChoiceField(
            groups=DiseaseGroup.choices,
            label=_("Disease entity"),
            help_text=column.help_text,
            required=False,
        )


class ConsentForm(SectionForm):
    """What was agreed to. That identifiers were removed is confirmed with the last button, not here."""

    section = Section.CONSENT
    side_by_side = frozenset({"registry_follow_up", "secondary_research", "given_by"})
    blocks: ClassVar = {
        Consent: (
            "consent",
            ("board_discussion", "registry_follow_up", "secondary_research", "given_by", "assent", "form_version"),
        ),
    }
    required_to_submit = frozenset({"registry_follow_up", "secondary_research", "given_by"})

    def __init__(self, case: Case, data: Any = None) -> None:
        """Ask for the child's assent as mandatory only at the age where it is."""
        super().__init__(case, data)
        patient = getattr(case, "patient", None)
        age = patient.age_months_at_submission if patient else None
        if age is not None and _ASSENT_FROM_MONTHS <= age < _ASSENT_BELOW_MONTHS:
            self.required_to_submit = self.required_to_submit | {"assent"}


SECTION_FORMS: Final[Mapping[Section, type[SectionForm]]] = MappingProxyType(
    {form.section: form for form in (QuestionForm, PatientForm, DiseaseForm, ConsentForm)},
)
