"""What is still missing, and how much it matters. One rule for form, submission, triage and API.

Plain functions on the content of a dossier (see ``freezing.content_of``). Levels are those of the data dictionary:
M must be answered before submission, C likewise when its condition holds, R is recommended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    """How much a missing answer matters."""

    MANDATORY = "M"
    RECOMMENDED = "R"


class Section(StrEnum):
    """The parts of the form."""

    QUESTION = "question"
    PATIENT = "patient"
    DISEASE = "disease"
    FINDINGS = "findings"
    THERAPY = "therapy"
    CONSENT = "consent"


@dataclass(frozen=True)
class Missing:
    """One missing answer: its section, the field's name there, and a sentence for the physician."""

    section: Section
    field: str
    sentence: str | Promise
    level: Level = Level.MANDATORY


Content = Mapping[str, Any]


def missing(content: Content) -> list[Missing]:
    """Everything that is missing, in the order of the form."""
    return [*_question(content), *_patient(content), *_disease(content), *_findings(content), *_rest(content)]


def blocking(content: Content) -> list[Missing]:
    """What keeps the dossier from being submitted."""
    return [item for item in missing(content) if item.level is Level.MANDATORY]


def _question(content: Content) -> Iterator[Missing]:
    case, section = content["case"], Section.QUESTION
    if len((case["question_text"] or "").strip()) < 20:
        yield Missing(section, "question_text", _("Write your question to the board in at least 20 characters."))
    if not case["question_types"]:
        yield Missing(section, "question_types", _("Choose what the question is about."))
    if not case["treatment_intent"]:
        yield Missing(section, "treatment_intent", _("Choose the aim of treatment."))
    if not case["urgency"]:
        yield Missing(section, "urgency", _("Choose how urgent it is."))
    if case["urgency"] not in ("", None, "routine") and not case["urgency_reasons"]:
        yield Missing(section, "urgency_reasons", _("Say why it is urgent."))
    if case["no_standard_of_care"] is None:
        yield Missing(section, "no_standard_of_care", _("Say whether a standard treatment is left."))
    if case["no_standard_of_care"] is False:
        yield Missing(
            section,
            "no_standard_of_care",
            _("The board takes questions only when no standard treatment is left."),
        )
    if case["no_standard_of_care"] and not (case["no_standard_of_care_reason"] or "").strip():
        yield Missing(section, "no_standard_of_care_reason", _("Say why no standard treatment is left."))
    if case["next_decision_day"] is None:
        yield Missing(
            section,
            "next_decision_day",
            _("Until when do you have to decide? It helps to plan the meeting."),
            Level.RECOMMENDED,
        )


def _patient(content: Content) -> Iterator[Missing]:
    patient, section = content["patient"], Section.PATIENT
    wanted = {
        "age_months_at_submission": _("Give the age now, in months."),
        "age_months_at_diagnosis": _("Give the age at first diagnosis, in months."),
        "sex": _("Choose the sex."),
        "country": _("Choose the country of treatment."),
        "weight_kg": _("Give the weight in kg."),
        "down_syndrome": _("Say whether the patient has Down syndrome, or that it is unknown."),
    }
    for field, sentence in wanted.items():
        if patient[field] in (None, ""):
            yield Missing(section, field, sentence)
    if patient["height_cm"] is None:
        yield Missing(section, "height_cm", _("The height is not stated."), Level.RECOMMENDED)


def _disease(content: Content) -> Iterator[Missing]:
    diagnosis, status, section = content["diagnosis"], content["status"], Section.DISEASE
    if not diagnosis["disease_group"]:
        yield Missing(section, "disease_group", _("Choose the disease group."))
    if diagnosis["entity"] is None:
        yield Missing(section, "entity", _("Choose the disease entity."))
    if not status["status_now"]:
        yield Missing(section, "status_now", _("Choose how the disease stands now."))
    if status["relapse_number"] is None:
        yield Missing(section, "relapse_number", _("Give the number of relapses; 0 is an answer."))
    if status["relapse_number"] and status["time_to_first_relapse_months"] is None:
        yield Missing(
            section,
            "time_to_first_relapse_months",
            _("Give the months from diagnosis to the first relapse."),
        )
    if not status["sites"]:
        yield Missing(section, "sites", _("Choose the sites of disease."))
    if not status["cns_status"]:
        yield Missing(section, "cns_status", _("Give the CNS status; “not examined” is an answer."))
    blasts = (status["bm_blasts_morphology_pct_of_cells"], status["bm_blasts_flow_pct_of_cells"])
    if blasts == (None, None):
        yield Missing(section, "bm_blasts_morphology_pct_of_cells", _("No marrow blasts stated."), Level.RECOMMENDED)


def _findings(content: Content) -> Iterator[Missing]:
    specimens, section = content["specimens"], Section.FINDINGS
    if not specimens:
        yield Missing(section, "specimens", _("Add at least one specimen."))
        return
    if not any(_has_result(specimen) for specimen in specimens):
        yield Missing(
            section,
            "specimens",
            _("Add at least one finding, or one that was looked for and not found, to a specimen."),
        )
    current = [specimen for specimen in specimens if specimen["is_current_disease"]]
    if not any(_has_result(specimen) for specimen in current):
        yield Missing(
            section,
            "specimens",
            _("There is no result on the current disease: a profile from diagnosis may be out of date."),
            Level.RECOMMENDED,
        )


def _has_result(specimen: Content) -> bool:
    return any(specimen[kind] for kind in ("variants", "fusions", "antigens", "tested_absent"))


def _rest(content: Content) -> Iterator[Missing]:
    if not content["therapy_lines"] and not content["no_therapy_yet"]:
        yield Missing(Section.THERAPY, "lines", _("Add the treatment lines, or say that none was given yet."))
    consent, section = content["consent"], Section.CONSENT
    if not consent["board_discussion"]:
        yield Missing(section, "board_discussion", _("Without consent the board cannot discuss the case."))
    if consent["registry_follow_up"] is None:
        yield Missing(section, "registry_follow_up", _("Say whether there is consent to follow-up."))
    if not consent["given_by"]:
        yield Missing(section, "given_by", _("Say who gave the consent."))
    age = content["patient"]["age_months_at_submission"]
    if age is not None and 144 <= age < 216 and not consent["assent"]:
        yield Missing(section, "assent", _("From 12 to 17 years the assent of the child is asked for."))
    if not consent["deidentification_confirmed"]:
        yield Missing(
            section,
            "deidentification_confirmed",
            _("Confirm that nothing in the dossier directly identifies the patient."),
        )
