"""Question, patient, disease and consent."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.completeness.base import (
    Content,
    Level,
    Question,
    Section,
    each_stated,
    is_lymphoma,
    is_overt,
    stated,
)

_RELAPSED = ("relapse_untreated", "relapse_on_treatment", "refractory_relapse", "MRD_relapse")


def question_asks(content: Content) -> Iterator[Question]:
    """The question to the board and its frame."""
    case, section = content["case"], Section.QUESTION
    yield Question(
        section,
        "question_text",
        _("Write your question to the board in at least 20 characters."),
        len((case["question_text"] or "").strip()) >= 20,
    )
    wanted = {
        "question_types": _("Choose what the question is about."),
        "treatment_intent": _("Choose the aim of treatment."),
        "urgency": _("Choose how urgent it is."),
    }
    yield from each_stated(section, case, wanted)
    if case["urgency"] not in ("", None, "routine"):
        yield Question(section, "urgency_reasons", _("Say why it is urgent."), stated(case["urgency_reasons"]))
    yield from _standard(content)
    yield Question(
        section,
        "next_decision_day",
        _("Until when do you have to decide? It helps to plan the meeting."),
        case["next_decision_day"] is not None,
        Level.RECOMMENDED,
    )
    yield Question(
        section,
        "national_board_discussed",
        _("Was it discussed on a national board?"),
        stated(case["national_board_discussed"]),
        Level.RECOMMENDED,
    )


def _standard(content: Content) -> Iterator[Question]:
    """Whether a standard is left is a judgement: its reason is the answer, yes or no follows from it."""
    case, section = content["case"], Section.QUESTION
    left = case["no_standard_of_care"] is False
    yield Question(
        section,
        "no_standard_of_care",
        _("The board takes questions only when no standard treatment is left.")
        if left
        else _("Say whether a standard treatment is left."),
        case["no_standard_of_care"] is True,
        is_derived=True,
    )
    if not left:
        reason = stated((case["no_standard_of_care_reason"] or "").strip())
        yield Question(section, "no_standard_of_care_reason", _("Say why no standard treatment is left."), reason)


def patient_asks(content: Content) -> Iterator[Question]:
    """The patient."""
    patient, section = content["patient"], Section.PATIENT
    wanted = {
        "age_months_at_submission": _("Give the age now, in months."),
        "age_months_at_diagnosis": _("Give the age at first diagnosis, in months."),
        "sex": _("Choose the sex."),
        "country": _("Choose the country of treatment."),
        "weight_kg": _("Give the weight in kg."),
        "down_syndrome": _("Say whether the patient has Down syndrome, or that it is unknown."),
    }
    yield from each_stated(section, patient, wanted)
    helpful = {
        "height_cm": _("The height is not stated."),
        "other_syndromes": _("Other syndromes are not stated; “none” is an answer."),
    }
    yield from each_stated(section, patient, helpful, Level.RECOMMENDED)
    age = patient["age_months_at_submission"]
    if patient["sex"] == "female" and age is not None and age >= 120:
        yield Question(
            section,
            "fertility_or_pregnancy",
            _("Say whether a pregnancy was excluded; “not tested” is an answer."),
            stated(patient["fertility_or_pregnancy"]),
            Level.RECOMMENDED,
        )


def disease_asks(content: Content) -> Iterator[Question]:
    """The first diagnosis and how it stands now."""
    diagnosis, status, section = content["diagnosis"], content["status"], Section.DISEASE
    group = stated(diagnosis["disease_group"])
    has_entity = diagnosis["entity"] is not None
    yield Question(section, "disease_group", _("Choose the disease group."), group, is_derived=has_entity)
    yield Question(section, "entity", _("Choose the disease entity."), has_entity)
    yield Question(section, "status_now", _("Choose how the disease stands now."), stated(status["status_now"]))
    yield Question(
        section,
        "relapse_number",
        _("Give the number of relapses; 0 is an answer."),
        status["relapse_number"] is not None,
    )
    if status["relapse_number"]:
        yield Question(
            section,
            "time_to_first_relapse_months",
            _("Give the months from diagnosis to the first relapse."),
            status["time_to_first_relapse_months"] is not None,
        )
    if status["status_now"] in ("primary_refractory", "refractory_relapse"):
        yield Question(
            section,
            "refractory_definition",
            _("Say by which definition the disease is refractory."),
            stated(status["refractory_definition"]),
        )
    yield Question(section, "sites", _("Choose the sites of disease."), stated(status["sites"]))
    yield Question(
        section,
        "cns_status",
        _("Give the CNS status; “not examined” is an answer."),
        stated(status["cns_status"]),
    )
    yield from _extent(content)
    yield from _course(content)


def _extent(content: Content) -> Iterator[Question]:
    diagnosis, status, section = content["diagnosis"], content["status"], Section.DISEASE
    if is_lymphoma(content):
        yield Question(
            section,
            "lymphoma_stage_initial",
            _("Give the stage at diagnosis; “unknown” is an answer."),
            stated(diagnosis["lymphoma_stage_initial"]),
        )
        yield Question(section, "masses", _("List the masses."), stated(status["masses"]), Level.RECOMMENDED)
    else:
        blasts = ("bm_blasts_status", "bm_blasts_morphology_pct_of_cells", "bm_blasts_flow_pct_of_cells")
        yield Question(
            section,
            "bm_blasts_morphology_pct_of_cells",
            _("Give the marrow blasts, or say that the marrow was not examined."),
            any(stated(status[name]) for name in blasts),
        )
    if not is_overt(content):
        yield Question(
            section,
            "mrd",
            _("Give the current measurement of residual disease; “not done” is an answer."),
            any(row["is_current"] for row in content["mrd"]),
            is_row=True,
        )
    if content["patient"]["sex"] == "male":
        yield Question(
            section,
            "testicular",
            _("Say whether the testes are involved; “not examined” is an answer."),
            stated(status["testicular"]),
            Level.RECOMMENDED,
        )


def _course(content: Content) -> Iterator[Question]:
    diagnosis, status = content["diagnosis"], content["status"]
    at_first = {
        "initial_wbc": _("The white cells at diagnosis are not stated."),
        "initial_cns_status": _("The CNS status at diagnosis is not stated."),
        "initial_risk_group": _("The risk group at diagnosis is not stated."),
        "frontline_protocol": _("The first-line protocol is not stated."),
        "secondary_disease": _("Say whether the disease is de novo or secondary."),
    }
    yield from each_stated(Section.DISEASE, diagnosis, at_first, Level.RECOMMENDED)
    now = {
        "growth_rate": _("Say how fast the disease grows."),
        "wbc": _("The white cells now are not stated."),
        "anc": _("The neutrophils are not stated."),
        "hb_g_dl": _("The haemoglobin is not stated."),
        "platelets": _("The platelets are not stated."),
    }
    if status["status_now"] in _RELAPSED:
        now["relapse_timing_class"] = _("The timing of the relapse is not stated.")
    yield from each_stated(Section.DISEASE, status, now, Level.RECOMMENDED)


def consent_asks(content: Content) -> Iterator[Question]:
    """What was agreed to."""
    consent, section = content["consent"], Section.CONSENT
    yield Question(
        section,
        "board_discussion",
        _("Without consent the board cannot discuss the case."),
        bool(consent["board_discussion"]),
    )
    yield Question(
        section,
        "registry_follow_up",
        _("Say whether there is consent to follow-up."),
        consent["registry_follow_up"] is not None,
    )
    yield Question(section, "given_by", _("Say who gave the consent."), stated(consent["given_by"]))
    age = content["patient"]["age_months_at_submission"]
    if age is not None and 144 <= age < 216:
        yield Question(
            section,
            "assent",
            _("From 12 to 17 years the assent of the child is asked for."),
            stated(consent["assent"]),
        )
    yield Question(
        section,
        "deidentification_confirmed",
        _("Confirm that nothing in the dossier directly identifies the patient."),
        bool(consent["deidentification_confirmed"]),
        is_derived=True,
    )
