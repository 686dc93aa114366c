"""The dossier in the form that is frozen: every block is there with all its keys.

Columns freeze under their own names, so a column that a model gains is frozen without a change here. Decimals are
strings, what is not stated is null, "" or []. Names of people never go in.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.db import models

from cases.enums import StatusNow, TimePoint
from cases.models import (
    AccessNeeds,
    Case,
    Condition,
    Consent,
    Diagnosis,
    DiseaseStatus,
    Exposure,
    ExVivoPanel,
    Germline,
    Patient,
    Specimen,
    StandingDossier,
    TherapyLine,
)
from cases.models.frozen import NOT_FROZEN_OF_CASE, frozen_columns
from iltb.terminology.models import Concept

SCHEMA = 1

Content = dict[str, Any]

_BLOCKS: Final = (
    "parent_case",
    "patient__country",
    "diagnosis__entity",
    "status",
    "consent",
    "germline",
    "exposure",
    "condition",
    "access_needs",
)
_SPECIMEN_ROWS: Final = (
    "assays",
    "variants",
    "fusions",
    "antigens",
    "fish",
    "copy_numbers",
    "expression_outliers",
    "methylation",
    "clones",
)
_CASE_ROWS: Final = (
    "masses",
    "mrd",
    "germline_variants",
    "transplants",
    "cell_therapies",
    "comedications",
    "contraindications",
    "trials_considered",
    "drug_access",
)
_WITH_DRUGS: Final = frozenset({"comedications", "contraindications", "drug_access"})
_WITH_GENES: Final = frozenset({"germline_variants"})
_IN_RELAPSE: Final = frozenset(
    {
        StatusNow.RELAPSE_UNTREATED,
        StatusNow.RELAPSE_ON_TREATMENT,
        StatusNow.REFRACTORY_RELAPSE,
        StatusNow.MRD_RELAPSE,
    }
)


def standing_content(case: Case) -> Content:
    """The dossier as it stood at ``case.version``, gathered once for each version and then read from one row.

    For pages. What is frozen comes from ``content_of``.
    """
    kept = StandingDossier.objects.filter(case=case, version=case.version).first()
    if kept is not None:
        content: Content = kept.content
        return content
    content = content_of(case)
    # Not newer than the case: an edit in between made a version of its own.
    newest = Case.objects.filter(pk=case.pk, version=case.version)
    if newest.exists():
        StandingDossier.objects.update_or_create(case=case, defaults={"version": case.version, "content": content})
    return content


def content_of(case: Case) -> Content:
    """The dossier of ``case`` as it stands in the database; at most 31 queries, however many rows there are."""
    case = Case.objects.select_related(*_BLOCKS).get(pk=case.pk)
    patient, diagnosis = _block(case, "patient", Patient), _block(case, "diagnosis", Diagnosis)
    status, consent = _block(case, "status", DiseaseStatus), getattr(case, "consent", None)
    rows = {kind: _rows(case, kind) for kind in _CASE_ROWS}
    specimens = case.specimens.select_related("karyotype", "signature").prefetch_related(*_SPECIMEN_ROWS, "absences")
    lines = case.therapy_lines.prefetch_related("drugs__concept", "toxicities")
    return {
        "schema": SCHEMA,
        "case": _question(case),
        "patient": {**columns(patient), "country": _coded(patient.country), "bsa_m2": bsa_m2(patient)},
        "diagnosis": {**columns(diagnosis), "entity": _coded(diagnosis.entity), "icdo": _icdo(diagnosis.entity)},
        "status": {**columns(status), "masses": rows["masses"]},
        "mrd": rows["mrd"],
        "specimens": [_specimen(specimen, status) for specimen in specimens],
        "germline": {**columns(_block(case, "germline", Germline)), "variants": rows["germline_variants"]},
        "ex_vivo": [_panel(panel) for panel in _panels(case)],
        "therapy_lines": [_line(line) for line in lines],
        "no_therapy_yet": case.no_therapy_yet,
        "transplants": rows["transplants"],
        "cell_therapies": rows["cell_therapies"],
        "exposure": columns(_block(case, "exposure", Exposure)),
        "condition": {
            **columns(_block(case, "condition", Condition)),
            "comedications": rows["comedications"],
            "contraindications": rows["contraindications"],
        },
        "access": {
            **columns(_block(case, "access_needs", AccessNeeds)),
            "trials_considered": rows["trials_considered"],
            "drug_access": rows["drug_access"],
        },
        "consent": _consent(consent),
        "board_questions": _board_answers(case),
        "transcriptions": _transcriptions(case),
    }


def bsa_m2(patient: Patient) -> str | None:
    """Body surface in m² with two decimals: the square root of height (cm) times weight (kg) over 3600.

    Source: Mosteller RD. N Engl J Med 1987;317:1098. doi:10.1056/NEJM198710223171717
    """
    if patient.weight_kg is None or patient.height_cm is None:
        return None
    area = (Decimal(patient.weight_kg) * Decimal(patient.height_cm) / 3600).sqrt()
    return str(area.quantize(Decimal("0.01")))


def columns(row: models.Model) -> Content:
    """What a row states, by the names of its columns; keys to other rows and stamps are left out."""
    return {column.name: plain(getattr(row, column.name)) for column in frozen_columns(type(row))}


def plain(value: object) -> object:
    """Decimals as the shortest string that says the same: ``27.40`` and ``27.4`` freeze alike."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value) if isinstance(value, str) else value


def is_current(specimen: Specimen, status: DiseaseStatus) -> bool:
    """Whether there was no remission since; where the answers leave it open, no. The physician's word wins.

    "Later relapse" means any from the second on: it is the present one where there were two. Of three it may be the
    second, and only "current relapse" or the physician's word tells. "Refractory" may be the first disease or a
    relapse, and a remission may have followed either, as long as the status does not say that it did not.
    """
    if specimen.is_current_override is not None:
        return bool(specimen.is_current_override)
    now, relapses = status.status_now, status.relapse_number
    in_relapse, never_in_remission = now in _IN_RELAPSE, now == StatusNow.PRIMARY_REFRACTORY and relapses == 0
    answers = {
        TimePoint.INITIAL_DIAGNOSIS: never_in_remission,
        TimePoint.REFRACTORY: never_in_remission or now == StatusNow.REFRACTORY_RELAPSE,
        TimePoint.FIRST_RELAPSE: in_relapse and relapses == 1,
        TimePoint.LATER_RELAPSE: in_relapse and relapses == 2,
        TimePoint.CURRENT_RELAPSE: now != StatusNow.REMISSION_HIGH_RISK,
        TimePoint.CURRENT: True,
    }
    return answers.get(TimePoint(specimen.time_point), False)


def _block(case: Case, name: str, model: type[models.Model]) -> Any:
    """The block, or an empty one: what nobody answered freezes as "not answered"."""
    return getattr(case, name, None) or model(case=case)


def _question(case: Case) -> Content:
    return {
        **{name: value for name, value in columns(case).items() if name not in NOT_FROZEN_OF_CASE},
        "parent_code": case.parent_case.code if case.parent_case else None,
    }


def _consent(consent: Consent | None) -> Content:
    if consent is None:
        return {**dict.fromkeys(columns(Consent())), "is_confirmed": False}
    return {**columns(consent), "is_confirmed": consent.confirmed_by_id is not None}


def _specimen(specimen: Specimen, status: DiseaseStatus) -> Content:
    rows = {kind: [_found(row) for row in getattr(specimen, kind).all()] for kind in _SPECIMEN_ROWS}
    karyotype, signature = getattr(specimen, "karyotype", None), getattr(specimen, "signature", None)
    return {
        **columns(specimen),
        "is_current_disease": is_current(specimen, status),
        **rows,
        "karyotype": columns(karyotype) if karyotype else None,
        "signature": columns(signature) if signature else None,
        "tested_absent": [absence.target for absence in specimen.absences.all()],
    }


def _found(row: models.Model) -> Content:
    """A finding; its gene is named by the symbol."""
    values = columns(row)
    if "gene_symbol" in values:
        values["gene"] = values.pop("gene_symbol")
    return values


def _rows(case: Case, kind: str) -> list[Content]:
    rows = getattr(case, kind).all()
    if kind in _WITH_DRUGS:
        return [{**columns(row), **_drug(row.concept, row.name)} for row in rows.select_related("concept")]
    return [_found(row) if kind in _WITH_GENES else columns(row) for row in rows]


def _panels(case: Case) -> Iterable[ExVivoPanel]:
    return case.ex_vivo_panels.select_related("specimen").prefetch_related("responses__concept")


def _panel(panel: ExVivoPanel) -> Content:
    return {
        **columns(panel),
        "specimen": panel.specimen.label if panel.specimen else "",
        "responses": [{**columns(row), **_drug(row.concept, row.name)} for row in panel.responses.all()],
    }


def _line(line: TherapyLine) -> Content:
    return {
        **columns(line),
        "drugs": [{**columns(drug), **_drug(drug.concept, drug.name)} for drug in line.drugs.all()],
        "toxicities": [columns(toxicity) for toxicity in line.toxicities.all()],
    }


def _board_answers(case: Case) -> list[Content]:
    return [
        {
            **columns(answer),
            "key": answer.question.key,
            "version": answer.question.version,
            "kind": answer.question.kind,
        }
        for answer in case.board_answers.select_related("question")
    ]


def _transcriptions(case: Case) -> list[Content]:
    return [
        {
            "section": row.section,
            "specimen": row.specimen.label if row.specimen else "",
            "is_confirmed": row.confirmed_by_id is not None,
        }
        for row in case.transcriptions.select_related("specimen")
    ]


def _drug(concept: Concept | None, name: str) -> Content:
    return {
        "code": concept.code if concept else None,
        "display": concept.display if concept else name,
        "classes": list(concept.attributes.get("classes", [])) if concept else [],
    }


def _coded(concept: Concept | None) -> Content | None:
    return {"code": concept.code, "display": concept.display} if concept else None


def _icdo(entity: Concept | None) -> str:
    return str(entity.attributes.get("icd_o", "") or "") if entity else ""
