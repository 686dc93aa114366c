"""Freeze the dossier: canonical JSON and its SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cases.enums import StatusNow, TimePoint
from cases.models import Case, CaseRevision, Specimen, TherapyLine
from cases.models.diagnosis import Diagnosis, DiseaseStatus
from cases.models.patient import Patient
from iltb.accounts.models import User
from iltb.terminology.models import Concept

SCHEMA = 1

Content = dict[str, Any]


def canonical_bytes(content: Mapping[str, Any]) -> bytes:
    """The one byte string of a content: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def freeze(*, case: Case, author: User) -> CaseRevision:
    """Write the next revision of ``case``; the caller holds the case's row lock."""
    content = content_of(case)
    last = case.revisions.order_by("-number").first()
    return CaseRevision.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=sha256_of(content),
        author=author,
    )


def content_of(case: Case) -> Content:
    """The dossier as it stands, in the form that is frozen. Decimals are strings, what is not stated is null."""
    patient = getattr(case, "patient", None) or Patient(case=case)
    diagnosis = getattr(case, "diagnosis", None) or Diagnosis(case=case)
    status = getattr(case, "status", None) or DiseaseStatus(case=case)
    specimens = case.specimens.prefetch_related("assays", "variants", "fusions", "antigens", "absences")
    lines = case.therapy_lines.prefetch_related("drugs__concept")
    return {
        "schema": SCHEMA,
        "case": _question(case),
        "patient": {
            **_values(patient, "age_months_at_submission", "age_months_at_diagnosis", "sex"),
            "country": _coded(patient.country),
            **_values(patient, "weight_kg", "height_cm", "down_syndrome"),
        },
        "diagnosis": {
            **_values(diagnosis, "disease_group", "classification_used", "initial_wbc", "initial_cns_status"),
            "entity": _coded(diagnosis.entity),
            "frontline_protocol": diagnosis.frontline_protocol,
        },
        "status": _values(
            status,
            "status_now",
            "relapse_number",
            "time_to_first_relapse_months",
            "sites",
            "bm_blasts_morphology_pct_of_cells",
            "bm_blasts_flow_pct_of_cells",
            "cns_status",
        ),
        "specimens": [_specimen(specimen, status) for specimen in specimens],
        "therapy_lines": [_line(line) for line in lines],
        "no_therapy_yet": case.no_therapy_yet,
        "consent": _consent(case),
    }


def _question(case: Case) -> Content:
    return _values(
        case,
        "code",
        "submission_type",
        "urgency",
        "urgency_reasons",
        "treatment_intent",
        "question_types",
        "question_text",
        "next_decision_day",
        "no_standard_of_care",
        "no_standard_of_care_reason",
    )


def _consent(case: Case) -> Content:
    consent = getattr(case, "consent", None)
    names = (
        "board_discussion",
        "registry_follow_up",
        "secondary_research",
        "given_by",
        "assent",
        "form_version",
        "deidentification_confirmed",
    )
    return _values(consent, *names) if consent else dict.fromkeys(names)


def _is_current(specimen: Specimen, status: DiseaseStatus) -> bool:
    """Whether there was no remission since; where the answers leave it open, no."""
    if specimen.time_point == TimePoint.FIRST_RELAPSE:
        return status.relapse_number == 1
    if specimen.time_point == TimePoint.INITIAL_DIAGNOSIS:
        return status.status_now == StatusNow.PRIMARY_REFRACTORY and status.relapse_number == 0
    return specimen.time_point != TimePoint.REMISSION


def _specimen(specimen: Specimen, status: DiseaseStatus) -> Content:
    return {
        **_values(specimen, "label", "tissue", "time_point", "taken_on_day", "blasts_pct_of_cells"),
        "is_current_disease": _is_current(specimen, status),
        "assays": [_values(assay, "assay_type", "status") for assay in specimen.assays.all()],
        "variants": [
            {
                "gene": variant.gene_symbol,
                **_values(
                    variant,
                    "variant_class",
                    "transcript",
                    "hgvs_c",
                    "hgvs_p",
                    "vaf",
                    "length_bp",
                    "allelic_ratio",
                    "origin",
                    "oncogenicity",
                ),
            }
            for variant in specimen.variants.all()
        ],
        "fusions": [
            _values(fusion, "five_prime_gene", "three_prime_gene", "in_frame", "driver_class")
            for fusion in specimen.fusions.all()
        ],
        "antigens": [
            _values(
                antigen,
                "antigen",
                "compartment",
                "percent_positive",
                "percent_of",
                "intensity",
                "pattern",
                "negative_subclone_pct",
                "method",
            )
            for antigen in specimen.antigens.all()
        ],
        "tested_absent": [absence.target for absence in specimen.absences.all()],
    }


def _line(line: TherapyLine) -> Content:
    return {
        **_values(
            line,
            "line_number",
            "setting",
            "regimen_name",
            "start_on_day",
            "stop_on_day",
            "stop_reason",
            "best_response",
        ),
        "drugs": [
            {
                "code": drug.concept.code if drug.concept else None,
                "display": drug.concept.display if drug.concept else drug.name,
                "classes": _classes(drug.concept),
            }
            for drug in line.drugs.all()
        ],
    }


def _classes(concept: Concept | None) -> list[str]:
    return list(concept.attributes.get("classes", [])) if concept else []


def _coded(concept: Concept | None) -> Content | None:
    return {"code": concept.code, "display": concept.display} if concept else None


def _values(row: object, *names: str) -> Content:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    """Decimals as the shortest string that says the same: ``27.40`` and ``27.4`` freeze alike."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value) if isinstance(value, str) else value
