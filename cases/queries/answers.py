"""The answers of each block as pairs of a label and words, for dossier and check alike."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases import enums
from cases.queries import words

Content = Mapping[str, Any]
Row = tuple[str, str]


def question_rows(case: Content) -> list[Row]:
    """The question and its frame; the text first."""
    decide = case.get("next_decision_day")
    return [
        (_("Question"), words.text(case.get("question_text"))),
        (_("About"), words.labels(enums.QuestionType, case.get("question_types"))),
        (_("Aim of treatment"), words.label(enums.TreatmentIntent, case.get("treatment_intent"))),
        (_("Urgency"), words.label(enums.Urgency, case.get("urgency"))),
        *(
            [(_("Why urgent"), words.labels(enums.UrgencyReason, reasons))]
            if (reasons := case.get("urgency_reasons"))
            else []
        ),
        (_("Decision needed in"), words.number(decide, _("days"))),
        (_("No standard treatment left"), words.yes_no(case.get("no_standard_of_care"))),
        (_("Why none is left"), words.text(case.get("no_standard_of_care_reason"))),
        (_("Kind of question"), words.label(enums.SubmissionType, case.get("submission_type"))),
    ]


def patient_rows(patient: Content) -> list[Row]:
    """The patient as far as the dossier knows."""
    return [
        (_("Age now"), words.age(patient.get("age_months_at_submission"))),
        (_("Age at first diagnosis"), words.age(patient.get("age_months_at_diagnosis"))),
        (_("Sex"), words.label(enums.Sex, patient.get("sex"))),
        (_("Country of treatment"), words.named(patient.get("country"))),
        (_("Weight"), words.number(patient.get("weight_kg"), "kg")),
        (_("Height"), words.number(patient.get("height_cm"), "cm")),
        (_("Down syndrome"), words.label(enums.YesNoUnknown, patient.get("down_syndrome"))),
    ]


def disease_rows(diagnosis: Content, status: Content) -> list[Row]:
    """The first diagnosis and how it stands now."""
    return [
        (_("Disease group"), words.label(enums.DiseaseGroup, diagnosis.get("disease_group"))),
        (_("Entity"), words.named(diagnosis.get("entity"))),
        (_("Classification"), words.label(enums.Classification, diagnosis.get("classification_used"))),
        (_("White cells at diagnosis"), words.number(diagnosis.get("initial_wbc"), "×10⁹/L")),
        (_("CNS at diagnosis"), words.label(enums.CnsStatus, diagnosis.get("initial_cns_status"))),
        (_("First-line protocol"), words.text(diagnosis.get("frontline_protocol"))),
        (_("Status now"), words.label(enums.StatusNow, status.get("status_now"))),
        (_("Number of relapses"), words.count(status.get("relapse_number"))),
        (_("Diagnosis to first relapse"), words.number(status.get("time_to_first_relapse_months"), _("months"))),
        (_("Sites of disease"), words.labels(enums.Site, status.get("sites"))),
        (_("Marrow blasts, morphology"), words.percent(status.get("bm_blasts_morphology_pct_of_cells"))),
        (_("Marrow blasts, flow"), words.percent(status.get("bm_blasts_flow_pct_of_cells"))),
        (_("CNS now"), words.label(enums.CnsStatus, status.get("cns_status"))),
    ]


def consent_rows(consent: Content) -> list[Row]:
    """What was agreed to."""
    return [
        (_("Discussion on the board"), words.yes_no(consent.get("board_discussion"))),
        (_("Follow-up in the registry"), words.yes_no(consent.get("registry_follow_up"))),
        (_("Further research"), words.label(enums.SecondaryResearch, consent.get("secondary_research"))),
        (_("Given by"), words.labels(enums.ConsentGivenBy, consent.get("given_by"))),
        (_("Assent of the child"), words.label(enums.Assent, consent.get("assent"))),
        (_("Version of the form"), words.text(consent.get("form_version"))),
        (_("Direct identifiers removed"), words.yes_no(consent.get("deidentification_confirmed"))),
    ]
