"""What the story's people write. An invented case: no advice for anybody, and nobody real is described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.pages import Value

    Answers = Mapping[str, Value]

QUESTION = (
    "T-ALL in first relapse, refractory to one salvage line, with an NRAS variant and a STIL::TAL1 fusion. "
    "Which trial or targeted combination could bridge to a transplant?"
)
HOSPITAL = "Noordhaven"


@dataclass(frozen=True)
class Section:
    """One section that is a single form: its address, answers, and what the portal says while they are missing."""

    name: str
    answers: Answers
    gaps: tuple[str, ...]


ABOUT_QUESTION = Section(
    "question",
    {
        "question_text": QUESTION,
        "question_types": ["trial_options", "target_prioritisation"],
        "treatment_intent": "curative_bridge_to_HSCT",
        "urgency": "expedited",
        "urgency_reasons": ["rapidly_rising_blasts", "bridging_window_before_HSCT_or_CART"],
        "next_decision_day": "10",
        "no_standard_of_care": "yes",
        "no_standard_of_care_reason": "Refractory to the salvage line; no further standard line is left.",
        "submission_type": "first",
    },
    (
        "Write your question to the board in at least 20 characters.",
        "Choose how urgent it is.",
        "Say whether a standard treatment is left.",
    ),
)
ABOUT_PATIENT = Section(
    "patient",
    {
        "age_months_at_submission": "147",
        "age_months_at_diagnosis": "131",
        "sex": "female",
        "country": "Netherlands",
        "weight_kg": "38.5",
        "height_cm": "151",
        "down_syndrome": "no",
        "fertility_or_pregnancy": "pregnancy_excluded",
    },
    ("Give the age now, in months.", "Choose the country of treatment.", "Give the weight in kg."),
)
ABOUT_DISEASE = Section(
    "disease",
    {
        "disease_group": "T_ALL",
        "entity": "TALL_NOS",
        "classification_used": "WHO_HAEM5_2022",
        "initial_wbc": "112.5",
        "initial_cns_status": "CNS1",
        "frontline_protocol": "ALLTogether1-like",
        "status_now": "refractory_relapse",
        "relapse_number": "1",
        "refractory_definition": "ALL_no_CR_after_reinduction",
        "time_to_first_relapse_months": "14",
        "sites": ["bone_marrow", "blood"],
        "bm_blasts_morphology_pct_of_cells": "81 %",
        "cns_status": "CNS1",
    },
    ("Choose the disease entity.", "Choose how the disease stands now.", "Choose the sites of disease."),
)
ABOUT_RESPONSE = Section(
    "functional",
    {"status": "not_done", "panels-0-status": "pending", "panels-0-expected_day": "12"},
    ("Was the germline tested? “Not done” is an answer.", "Was drug response tested? “Not done” is an answer."),
)
ABOUT_CONDITION = Section(
    "condition",
    {
        "performance_scale": "Lansky",
        "performance_score": "80",
        "alt_x_uln": "1.4",
        "bilirubin_total_x_uln": "0.8",
        "crcl_ml_min_1_73": "96",
        "lvef_pct": "58 %",
        "qtcf_ms": "428",
        "qtc_formula": "fridericia",
        "active_infection": "none",
    },
    (
        "Give the performance score, or say that it cannot be assessed.",
        "Say whether there is an active infection; “none” is an answer.",
    ),
)
ABOUT_ACCESS = Section(
    "access",
    {"no_trials_considered": True, "willing_to_travel": "EU", "donor_status": "haplo_available"},
    ("List the trials that you considered, or say that there were none.",),
)
ABOUT_CONSENT = Section(
    "consent",
    {
        "board_discussion": True,
        "registry_follow_up": "yes",
        "secondary_research": "not_asked",
        "given_by": ["parent_or_guardian"],
        "assent": "yes",
        "form_version": "2026-1",
    },
    ("Without consent the board cannot discuss the case.", "Say who gave the consent."),
)

NO_SPECIMEN = "Add at least one specimen."
SPECIMEN: Answers = {
    "label": "S1",
    "tissue": "BM",
    "time_point": "current_relapse",
    "taken_on_day": "452",
    "blasts_pct_of_cells": "81 %",
    "variants-0-gene_symbol": "NRAS",
    "variants-0-vaf": "38 %",
    "variants-0-hgvs_p": "p.(Gly12Asp)",
    "variants-0-hgvs_c": "c.35G>A",
    "variants-0-transcript": "NM_002524.5",
    "variants-0-variant_class": "small_variant",
    "variants-0-origin": "somatic",
    "variants-0-oncogenicity": "oncogenic",
    "fusions-0-five_prime_gene": "STIL",
    "fusions-0-three_prime_gene": "TAL1",
    "fusions-0-in_frame": "no",
    "fusions-0-driver_class": "defining",
    "antigens-0-antigen": "CD7",
    "antigens-0-percent_positive": "99 %",
    "antigens-0-intensity": "bright",
    "antigens-0-percent_of": "blasts",
    "targets": "KMT2A-r, FLT3-ITD, BCR::ABL1, ABL-class",
    "assays-0-assay_type": "targeted_panel_DNA",
    "assays-0-status": "done",
}
SECOND_ANTIGEN: Answers = {
    "antigens-1-antigen": "CD38",
    "antigens-1-percent_positive": "92 %",
    "antigens-1-intensity": "moderate",
    "antigens-1-percent_of": "blasts",
}
MORE_METHODS: tuple[Answers, ...] = (
    {"assays-1-assay_type": "immunophenotype", "assays-1-status": "done"},
    {"assays-2-assay_type": "RNAseq_WTS", "assays-2-status": "pending"},
)
NEW_RESULT: Answers = {"assays-2-status": "done"}

NO_LINE = "Add the treatment lines, or say that none was given yet."
FIRST_LINE: Answers = {
    "lines-0-regimen_name": "ALLTogether1-like",
    "lines-0-setting": "frontline",
    "lines-0-drugs": "vincristine, dexamethasone, daunorubicin, pegaspargase, methotrexate",
    "lines-0-start_on_day": "0",
    "lines-0-stop_on_day": "396",
    "lines-0-stop_reason": "completed",
    "lines-0-best_response": "CR_MRDneg",
}
SECOND_LINE: Answers = {
    "lines-1-regimen_name": "Nelarabine block",
    "lines-1-setting": "salvage_1",
    "lines-1-drugs": "nelarabine, cyclophosphamide, etoposide",
    "lines-1-start_on_day": "428",
    "lines-1-stop_on_day": "450",
    "lines-1-stop_reason": "refractory",
    "lines-1-best_response": "NR/TF",
}

QUERY = "Was the fusion seen in the relapse sample, and is the RNA sequencing back?"
ANSWER = "Yes, by FISH on the marrow of the relapse; the RNA sequencing confirms it and shows nothing else."


@dataclass(frozen=True)
class Expert:
    """One expert of the panel: what they are asked for, declare, assess, vote and comment."""

    login: str
    full_name: str
    expertise: str
    findings: str
    options: str
    votes: tuple[str, str]
    comment: str
    interest: str = "none"
    interest_text: str = ""


EXPERTS = (
    Expert(
        "expert1",
        "Dr Ingrid Aalto",
        "disease",
        "Refractory relapse with a short first remission; time matters more than the best target.",
        "1. A trial with a MEK inhibitor. 2. Transplant as soon as the marrow allows.",
        ("strongly_for", "for"),
        "Ask for the place before anything else is begun.",
    ),
    Expert(
        "expert2",
        "Dr Paolo Ferri",
        "biology",
        "NRAS p.(Gly12Asp) at 38 % is in the main clone; the STIL::TAL1 fusion defines the group.",
        "1. HEM-iSMART D for the RAS pathway. 2. BCL2 dependence should be tested.",
        ("for", "for"),
        "The variant fraction fits a main clone.",
    ),
    Expert(
        "expert3",
        "Dr Noor Haddad",
        "early_phase",
        "The criteria that can be read are met; the heart is fit for a MEK inhibitor.",
        "1. HEM-iSMART D, if the wash-out fits.",
        ("strongly_for", "for"),
        "Screening takes a week at least.",
        "investigator",
        "Investigator of HEM-iSMART at one site",
    ),
    Expert(
        "expert4",
        "Dr Jan Kovář",
        "cell_therapy",
        "CD7 on 99 % of blasts and bright: a target for cells, where a protocol is open.",
        "1. Debulking within a trial. 2. Keep CD7-directed cells in mind.",
        ("for", "strongly_for"),
        "Search a donor now.",
    ),
    Expert(
        "expert5",
        "Dr Maeve Quinn",
        "functional",
        "No drug-response profile was sent; fresh blasts would be enough for one.",
        "1. A MEK inhibitor with a backbone. 2. An ex-vivo profile in parallel.",
        ("for", "against"),
        "A profile takes five days.",
    ),
)

TRIAL = "HEM-iSMART D"
OPTIONS: tuple[Answers, ...] = (
    {
        "type": "clinical_trial",
        "direction": "for",
        "title": "HEM-iSMART D: trametinib with dexamethasone, cyclophosphamide and cytarabine",
        "targets": "NRAS",
        "rationale": "A RAS-pathway variant in the main clone of the current relapse. Organ function and wash-out have "
        "to be cleared with the trial team.",
        "strength": "conditional",
        "evidence": "intermediate",
        "access_route": "trial",
        "cautions": "Cardiac function before a MEK inhibitor: see the protocol.",
        "fallback": "Conventional salvage by the local protocol",
        "references": "NCT05658640",
    },
    {
        "type": "further_diagnostics",
        "direction": "for",
        "title": "Ex-vivo drug-response profile of the current blasts",
        "targets": "BCL2 dependence",
        "rationale": "It costs no time, and it would say whether a BCL2 inhibitor belongs into the bridge.",
        "strength": "conditional",
        "evidence": "not_graded",
        "access_route": "standard",
    },
)

ADVICE: Answers = {
    "summary": "Ask for a place in HEM-iSMART D for the NRAS variant of the relapse.\n"
    "Send fresh blasts for a drug-response profile on the same day.\n"
    "Begin the donor search now; the aim is a transplant.",
    "first_step": "Call the HEM-iSMART office with this letter and ask about wash-out after nelarabine.",
    "cautions": "Doses must be checked against the current protocol and label.",
    "diagnostics": "Repeat CD7 by flow before any CD7-directed cells.",
}
FOLLOW_UP: Answers = {
    "followed": "partly",
    "option_chosen": "1",
    "reasons_not_followed": ["trial_closed_or_full"],
    "patient_status": "alive_with_disease",
    "comment": "The place came two weeks later.",
}
