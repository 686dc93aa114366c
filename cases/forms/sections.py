"""Question, patient and consent: sections without rows."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.enums import Sex, Urgency
from cases.forms.base import SectionForm
from cases.models import Case, Consent, Patient

# Below this many months the assent of a child is not asked for, above it an adult consents.
_ASSENT_FROM_MONTHS, _ASSENT_BELOW_MONTHS = 144, 216
_PREGNANCY_FROM_MONTHS: Final = 120


class QuestionForm(SectionForm):
    """What the board is asked, how urgent it is, and why no standard is left.

    An emergency may tell treatment and findings in a few words; the tables follow later.
    """

    section = Section.QUESTION
    side_by_side = frozenset({"no_standard_of_care", "national_board_discussed", "submitter_role"})
    blocks: ClassVar = {
        Case: (
            "case",
            (
                "question_text",
                "question_types",
                "treatment_intent",
                "urgency",
                "urgency_reasons",
                "earlier_treatment_text",
                "decisive_finding_text",
                "no_standard_of_care",
                "no_standard_of_care_reason",
            ),
        ),
    }
    more: ClassVar = {Case: ("next_decision_day", "national_board_discussed", "submission_type", "submitter_role")}
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
            "submitter_role",
        },
    )

    def not_asked(self) -> set[str]:
        """The short texts belong to an emergency; elsewhere they stay where they already say something."""
        if self.known("urgency") == Urgency.EMERGENCY:
            return set()
        return {name for name in ("earlier_treatment_text", "decisive_finding_text") if not self.initial[name]}

    def clean(self) -> dict[str, Any]:
        """Reasons for urgency belong to an urgent case only; on a routine one they would contradict it."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("urgency") == Urgency.ROUTINE and answers.get("urgency_reasons"):
            self.add_error("urgency_reasons", _("The urgency is routine. Choose a higher one or untick the reasons."))
        return answers


class PatientForm(SectionForm):
    """The patient, as far as an anonymised dossier may know."""

    section = Section.PATIENT
    side_by_side = frozenset({"sex", "down_syndrome", "fertility_or_pregnancy"})
    blocks: ClassVar = {
        Patient: (
            "patient",
            (
                "age_months_at_submission",
                "age_months_at_diagnosis",
                "sex",
                "fertility_or_pregnancy",
                "country",
                "weight_kg",
                "down_syndrome",
            ),
        ),
    }
    more: ClassVar = {Patient: ("height_cm", "other_syndromes", "other_syndrome_text")}
    required_to_submit = frozenset(
        {
            "age_months_at_submission",
            "age_months_at_diagnosis",
            "sex",
            "country",
            "weight_kg",
            "down_syndrome",
            "fertility_or_pregnancy",
        },
    )

    def not_asked(self) -> set[str]:
        """Pregnancy is asked about from ten years on, for girls and women."""
        age = str(self.known("age_months_at_submission") or "")
        is_asked = self.known("sex") == Sex.FEMALE and age.isdecimal() and int(age) >= _PREGNANCY_FROM_MONTHS
        return set() if is_asked else {"fertility_or_pregnancy"}

    def clean(self) -> dict[str, Any]:
        """Nobody was diagnosed later than now, and "none" excludes every syndrome."""
        answers: dict[str, Any] = super().clean() or {}
        now, then = answers.get("age_months_at_submission"), answers.get("age_months_at_diagnosis")
        if now is not None and then is not None and then > now:
            message = _("The age at diagnosis (%(then)s months) is above the age now (%(now)s months).")
            self.add_error("age_months_at_diagnosis", forms.ValidationError(message, params={"then": then, "now": now}))
        self.exclude_none("other_syndromes")
        return answers


class ConsentForm(SectionForm):
    """What was agreed to. That identifiers were removed is confirmed with the last button, not here."""

    section = Section.CONSENT
    side_by_side = frozenset({"registry_follow_up", "secondary_research", "germline_return", "given_by"})
    blocks: ClassVar = {Consent: ("consent", ("board_discussion", "registry_follow_up", "given_by", "assent"))}
    more: ClassVar = {Consent: ("secondary_research", "germline_return", "form_version")}
    required_to_submit = frozenset({"registry_follow_up", "given_by", "secondary_research", "germline_return"})

    def __init__(self, case: Case, data: Any = None) -> None:
        """Ask for the child's assent as mandatory only at the age where it is."""
        super().__init__(case, data)
        patient = getattr(case, "patient", None)
        age = patient.age_months_at_submission if patient else None
        if age is not None and _ASSENT_FROM_MONTHS <= age < _ASSENT_BELOW_MONTHS:
            self.required_to_submit = self.required_to_submit | {"assent"}
