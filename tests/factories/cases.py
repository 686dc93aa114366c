"""Cases in the states that tests need, made through the services."""

from decimal import Decimal

from cases.models import Case
from cases.services.drafting import LineRow, SpecimenRows, create_case, save_blocks, save_specimen, save_therapy
from cases.services.submission import submit_case
from cases.services.triage import accept_case, query_case
from iltb.accounts.models import User
from iltb.terminology.models import Concept
from tests.factories.accounts import centre_of, coordinator, physician
from tests.factories.remembered import remembered

QUESTION = {
    "question_text": "T-ALL in first relapse, refractory to a nelarabine block. Which target first?",
    "question_types": ["trial_options", "target_prioritisation"],
    "treatment_intent": "curative_bridge_to_HSCT",
    "urgency": "expedited",
    "urgency_reasons": ["rapidly_rising_blasts"],
    "next_decision_day": 7,
    "no_standard_of_care": True,
    "no_standard_of_care_reason": "Refractory to two lines, no further standard exists.",
}
CONSENT = {
    "board_discussion": True,
    "registry_follow_up": True,
    "given_by": ["parent_or_guardian"],
    "assent": "yes",
    "deidentification_confirmed": True,
}
CONDITION = {
    "performance_scale": "Karnofsky",
    "performance_score": 70,
    "alt_x_uln": Decimal("2.2"),
    "bilirubin_total_x_uln": Decimal("0.9"),
    "creatinine_x_uln": Decimal("0.8"),
    "lvef_pct": 61,
    "active_infection": "none",
}


def blocks() -> dict[str, dict]:
    return {
        "case": dict(QUESTION),
        "patient": {
            "age_months_at_submission": 171,
            "age_months_at_diagnosis": 149,
            "sex": "male",
            "country": Concept.objects.get(system="country", code="NL"),
            "weight_kg": 56,
            "height_cm": 168,
            "down_syndrome": "no",
        },
        "diagnosis": {"disease_group": "T_ALL", "entity": Concept.objects.get(system="entity", code="TALL_NOS")},
        "status": {
            "status_now": "refractory_relapse",
            "relapse_number": 1,
            "time_to_first_relapse_months": 17,
            "sites": ["bone_marrow", "mediastinum"],
            "refractory_definition": "ALL_no_CR_after_reinduction",
            "bm_blasts_morphology_pct_of_cells": 62,
            "cns_status": "CNS1",
        },
        "condition": dict(CONDITION),
        "access": {"no_trials_considered": True},
        "consent": dict(CONSENT),
    }


def specimen_rows(label: str = "S2") -> SpecimenRows:
    return SpecimenRows(
        values={
            "label": label,
            "tissue": "BM",
            "time_point": "current_relapse",
            "taken_on_day": 662,
            "blasts_pct_of_cells": 66,
        },
        assays=[{"assay_type": "RNAseq_WTS", "status": "done"}, {"assay_type": "SNP_array", "status": "failed"}],
        variants=[
            {
                "gene_symbol": "IL7R",
                "hgvs_p": "p.(Leu242_Leu243insAsnProCys)",
                "vaf": "0.39",
                "origin": "somatic",
                "oncogenicity": "oncogenic",
            },
        ],
        fusions=[{"five_prime_gene": "STIL", "three_prime_gene": "TAL1", "driver_class": "defining"}],
        antigens=[{"antigen": "CD7", "percent_positive": "99.6", "intensity": "bright"}],
        absences=[{"target": "KMT2A-r"}],
    )


def line_rows() -> list[LineRow]:
    return [
        LineRow(
            values={
                "setting": "frontline",
                "regimen_name": "ALLTogether1",
                "start_on_day": 0,
                "stop_on_day": 520,
                "stop_reason": "progression",
                "best_response": "CR_MRDpos",
            },
        ),
        LineRow(
            values={
                "setting": "salvage_1",
                "regimen_name": "Nelarabine, cyclophosphamide, etoposide",
                "start_on_day": 535,
                "stop_on_day": 655,
                "stop_reason": "refractory",
                "best_response": "NR/TF",
            },
            drugs=["nelarabine", "cyclophosphamide", "etoposide"],
        ),
    ]


def draft(by: User | None = None) -> Case:
    author = by or physician()
    return create_case(actor=author, centre=centre_of(author))


@remembered
def complete_case(by: User | None = None) -> Case:
    """A draft with nothing missing."""
    case = draft(by)
    save_blocks(case=case, actor=case.author, version=case.version, blocks=blocks())
    save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows())
    save_therapy(case=case, actor=case.author, version=case.version, lines=line_rows())
    return Case.objects.get(pk=case.pk)


@remembered
def submitted_case(by: User | None = None) -> Case:
    case = complete_case(by)
    submit_case(case=case, actor=case.author)
    return Case.objects.get(pk=case.pk)


@remembered
def queried_case(by: User | None = None, asked_by: User | None = None) -> Case:
    case = submitted_case(by)
    query_case(case=case, actor=asked_by or coordinator(), text="Which method showed the fusion?")
    return Case.objects.get(pk=case.pk)


@remembered
def accepted_case(by: User | None = None, accepted_by: User | None = None) -> Case:
    case = submitted_case(by)
    accept_case(case=case, actor=accepted_by or coordinator())
    return Case.objects.get(pk=case.pk)
