"""What a content holds today: every block and row with all its keys, nothing answered.

A revision that was frozen before a block or a column existed reads as if nobody had answered it: "not stated", never
"not done" and never "no".
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models import (
    AccessNeeds,
    AntigenFinding,
    Assay,
    BoardAnswer,
    Case,
    CellTherapy,
    Clone,
    Comedication,
    Condition,
    Consent,
    Contraindication,
    CopyNumberFinding,
    Diagnosis,
    DiseaseMass,
    DiseaseStatus,
    DrugAccess,
    DrugResponse,
    Exposure,
    ExpressionOutlier,
    ExVivoPanel,
    FishFinding,
    FusionFinding,
    Germline,
    GermlineVariant,
    Karyotype,
    MethylationResult,
    MolecularSignature,
    MrdMeasurement,
    Patient,
    Specimen,
    TherapyDrug,
    TherapyLine,
    Toxicity,
    Transplant,
    TrialConsidered,
    VariantFinding,
)
from cases.models.frozen import NOT_FROZEN_OF_CASE, frozen_columns

Content = Mapping[str, Any]

_DRUG: Final[Content] = {"code": None, "display": "", "classes": []}


def whole(content: Content) -> dict[str, Any]:
    """``content`` with every block, row and key of today; what it says stays as it is."""
    filled: dict[str, Any] = _filled(content, _shape())
    return filled


class _OneOrNone(dict[str, Any]):
    """The shape of something that there is at most one of; absent it is null."""


_PARTS: Final = (dict, list)


def _filled(value: Any, shape: Any) -> Any:
    if isinstance(shape, list):
        return [_filled(row, shape[0]) for row in value or ()] if shape else list(value or ())
    if isinstance(shape, _OneOrNone) and value is None:
        return None
    given = value if isinstance(value, Mapping) else {}
    inner = {key: _filled(given.get(key), part) for key, part in shape.items() if isinstance(part, _PARTS)}
    return {**shape, **given, **inner}


def _empty(model: type[models.Model]) -> dict[str, Any]:
    return {
        "gene" if column.name == "gene_symbol" else column.name: _unanswered(column) for column in frozen_columns(model)
    }


def _unanswered(column: Any) -> Any:
    """A default that stands for an answer ("physician") was not given by who was not asked; "=" is none."""
    if isinstance(column, ArrayField):
        return []
    if column.name.endswith("comparator"):
        return str(column.get_default())
    if isinstance(column, models.BooleanField) and not column.null:
        return False
    return "" if isinstance(column, models.CharField | models.TextField) and not column.null else None


@cache
def _shape() -> dict[str, Any]:
    case = {name: value for name, value in _empty(Case).items() if name not in NOT_FROZEN_OF_CASE}
    return {
        "schema": None,
        "case": {**case, "parent_code": None},
        "patient": {**_empty(Patient), "country": None, "bsa_m2": None},
        "diagnosis": {**_empty(Diagnosis), "entity": None, "icdo": ""},
        "status": {**_empty(DiseaseStatus), "masses": [_empty(DiseaseMass)]},
        "mrd": [_empty(MrdMeasurement)],
        "specimens": [_specimen()],
        "germline": {**_empty(Germline), "variants": [_empty(GermlineVariant)]},
        "ex_vivo": [{**_empty(ExVivoPanel), "specimen": "", "responses": [{**_empty(DrugResponse), **_DRUG}]}],
        "therapy_lines": [
            {**_empty(TherapyLine), "drugs": [{**_empty(TherapyDrug), **_DRUG}], "toxicities": [_empty(Toxicity)]}
        ],
        "no_therapy_yet": False,
        "transplants": [_empty(Transplant)],
        "cell_therapies": [_empty(CellTherapy)],
        "exposure": _empty(Exposure),
        "condition": {
            **_empty(Condition),
            "comedications": [{**_empty(Comedication), **_DRUG}],
            "contraindications": [{**_empty(Contraindication), **_DRUG}],
        },
        "access": {
            **_empty(AccessNeeds),
            "trials_considered": [_empty(TrialConsidered)],
            "drug_access": [{**_empty(DrugAccess), **_DRUG}],
        },
        "consent": {**dict.fromkeys(_empty(Consent)), "is_confirmed": False},
        "board_questions": [{**_empty(BoardAnswer), "key": "", "version": None, "kind": ""}],
        "transcriptions": [{"section": "", "specimen": "", "is_confirmed": False}],
    }


def _specimen() -> dict[str, Any]:
    rows = {
        "assays": Assay,
        "variants": VariantFinding,
        "fusions": FusionFinding,
        "antigens": AntigenFinding,
        "fish": FishFinding,
        "copy_numbers": CopyNumberFinding,
        "expression_outliers": ExpressionOutlier,
        "methylation": MethylationResult,
        "clones": Clone,
    }
    return {
        **_empty(Specimen),
        "is_current_disease": False,
        **{kind: [_empty(model)] for kind, model in rows.items()},
        "karyotype": _OneOrNone(_empty(Karyotype)),
        "signature": _OneOrNone(_empty(MolecularSignature)),
        "tested_absent": [],
    }
