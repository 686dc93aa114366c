"""The dossier of vignette V2 as rows, submitted by nobody yet."""

from datetime import UTC, datetime

from cases.models import Case
from cases.services.drafting import LineRow, SpecimenRows, create_case, save_blocks, save_specimen, save_therapy
from iltb.terminology.models import Concept
from tests.factories.accounts import centre, physician
from tests.factories.cases import CONSENT

MET = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
ABSENT = ("NUP214::ABL1", "KMT2A-r", "PICALM::MLLT10", "NRAS", "KRAS", "HRAS", "PTPN11", "NF1", "CBL", "FLT3", "BRAF")

QUESTION = {
    "question_text": "T-ALL relapse refractory to nelarabine-based block, 62 percent blasts. JAK route or dasatinib route?",
    "question_types": ["trial_options", "interpretation_of_ex_vivo", "target_prioritisation"],
    "treatment_intent": "curative_bridge_to_HSCT",
    "urgency": "emergency",
    "urgency_reasons": ["rapidly_rising_blasts"],
    "next_decision_day": 4,
    "no_standard_of_care": True,
    "no_standard_of_care_reason": "Refractory to first line and to a nelarabine-based block; no licensed option is left.",
}


def dossier_of_vignette_two(*, urgency: str = "emergency", registry: bool = True) -> Case:
    author = physician(at=centre("University Children’s Hospital, Utrecht", "NL"), name="Dr. Maarten van der Wijk")
    case = create_case(actor=author, centre=author.memberships.get().centre)
    save_blocks(case=case, actor=author, version=case.version, blocks=_blocks(urgency, registry=registry))
    for rows in (_at_diagnosis(), _at_relapse()):
        save_specimen(case=case, actor=author, version=Case.objects.get(pk=case.pk).version, rows=rows)
    save_therapy(case=case, actor=author, version=Case.objects.get(pk=case.pk).version, lines=_lines())
    Case.objects.filter(pk=case.pk).update(state="accepted", submitted_at=MET, submitted_by=author)
    return Case.objects.get(pk=case.pk)


def _blocks(urgency: str, *, registry: bool) -> dict[str, dict]:
    country = Concept.objects.get(system="country", code="NL")
    return {
        "case": {
            **QUESTION,
            "urgency": urgency,
            "urgency_reasons": [] if urgency == "routine" else ["rapidly_rising_blasts"],
        },
        "patient": {
            "age_months_at_submission": 171,
            "age_months_at_diagnosis": 149,
            "sex": "male",
            "country": country,
            "weight_kg": 56,
            "down_syndrome": "no",
        },
        "diagnosis": {
            "disease_group": "T_ALL",
            "entity": Concept.objects.get(system="entity", code="TALL_NOS"),
            "classification_used": "ICC_2022",
            "initial_wbc": 188,
            "initial_cns_status": "CNS2a",
            "frontline_protocol": "ALLTogether1",
        },
        "status": {
            "status_now": "refractory_relapse",
            "relapse_number": 1,
            "time_to_first_relapse_months": 17,
            "sites": ["bone_marrow", "mediastinum"],
            "bm_blasts_morphology_pct_of_cells": 62,
            "bm_blasts_flow_pct_of_cells": 66,
            "cns_status": "CNS1",
        },
        "consent": {**CONSENT, "registry_follow_up": registry},
    }


def _variants() -> list[dict]:
    return [
        {
            "gene_symbol": "IL7R",
            "transcript": "NM_002185.5",
            "hgvs_c": "c.726_727insAACCCATGC",
            "hgvs_p": "p.(Leu242_Leu243insAsnProCys)",
            "vaf": "0.39",
            "origin": "somatic",
            "oncogenicity": "oncogenic",
        },
        {
            "gene_symbol": "NOTCH1",
            "transcript": "NM_017617.5",
            "hgvs_c": "c.4799T>C",
            "hgvs_p": "p.(Leu1600Pro)",
            "vaf": "0.42",
            "origin": "somatic",
            "oncogenicity": "oncogenic",
        },
    ]


def _at_diagnosis() -> SpecimenRows:
    return SpecimenRows(
        values={
            "label": "S1",
            "tissue": "BM",
            "time_point": "initial_diagnosis",
            "taken_on_day": 0,
            "blasts_pct_of_cells": 88,
        },
        assays=[{"assay_type": "targeted_panel_DNA", "status": "done"}, {"assay_type": "WGS", "status": "not_done"}],
        variants=_variants()[:1],
    )


def _at_relapse() -> SpecimenRows:
    antigens = (
        ("CD7", "99.6", "bright"),
        ("cyCD3", "98", "bright"),
        ("CD5", "91", "moderate"),
        ("CD38", "97", "bright"),
        ("CD1a", "3", "negative"),
    )
    return SpecimenRows(
        values={
            "label": "S2",
            "tissue": "BM",
            "time_point": "current_relapse",
            "taken_on_day": 662,
            "blasts_pct_of_cells": 66,
        },
        assays=[
            {"assay_type": "RNAseq_WTS", "status": "done"},
            {"assay_type": "targeted_panel_DNA", "status": "done"},
            {"assay_type": "SNP_array", "status": "done"},
            {"assay_type": "karyotype", "status": "failed"},
            {"assay_type": "methylation_array", "status": "pending"},
        ],
        variants=_variants(),
        fusions=[
            {"five_prime_gene": "STIL", "three_prime_gene": "TAL1", "in_frame": "unknown", "driver_class": "defining"}
        ],
        antigens=[
            {"antigen": name, "percent_positive": share, "intensity": how, "pattern": "homogeneous"}
            for name, share, how in antigens
        ],
        absences=[{"target": target} for target in ABSENT],
    )


def _lines() -> list[LineRow]:
    return [
        LineRow(
            values={
                "setting": "frontline",
                "regimen_name": "ALLTogether1, high risk",
                "start_on_day": 0,
                "stop_on_day": 520,
                "stop_reason": "progression",
                "best_response": "CR_MRDpos",
            },
            drugs=["vincristine", "dexamethasone", "pegaspargase", "methotrexate"],
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
