"""Read a case in the YAML of the data dictionary (the form of the demo's vignettes).

``MAPPING`` names for each key of the file the place in the dossier that takes it; what is not named is reported, never
dropped silently.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from cases.importers.vignette_mapping import MAPPING, NOT_ABOUT_THE_CASE
from cases.models import (
    AccessNeeds,
    AntigenFinding,
    Assay,
    Case,
    CellTherapy,
    Comedication,
    Condition,
    Contraindication,
    CopyNumberFinding,
    Diagnosis,
    DiseaseStatus,
    DrugAccess,
    DrugResponse,
    ExpressionOutlier,
    ExVivoPanel,
    FusionFinding,
    Germline,
    Karyotype,
    MethylationResult,
    MolecularSignature,
    MrdMeasurement,
    Patient,
    Specimen,
    TherapyLine,
    Toxicity,
    Transplant,
    TrialConsidered,
    VariantFinding,
)
from cases.services.drafting import (
    LineRow,
    PanelRow,
    SpecimenRows,
    create_case,
    save_ex_vivo,
    save_section,
    save_specimen,
    save_therapy,
)
from iltb.accounts.models import Centre, User
from iltb.core.errors import InvalidInput
from iltb.terminology.models import Concept

Values = Mapping[str, Any]

_NEEDED: Final = frozenset({"case", "demographics", "diagnosis", "status"})
_CODED: Final = {"country": "country", "entity": "entity"}
_IN_WORDS: Final = frozenset({"term", "conditioning_text"})
_CYTOPLASMIC: Final = frozenset({"MPO", "TdT", "CD79a"})
_FROM_12_YEARS, _FROM_18_YEARS = 144, 216


@dataclass
class Imported:
    """The draft, and the path of every key of the file that it has no place for."""

    case: Case
    not_held: list[str] = field(default_factory=list)


def import_case(document: Values, *, actor: User, centre: Centre) -> Imported:
    """Make a draft of ``document``. Raises ``InvalidInput`` when the document is not of this form."""
    if not isinstance(document, Mapping) or not set(document) >= _NEEDED:
        raise InvalidInput({"": [_("This is not a case: it needs case, demographics, diagnosis and status.")]})
    case = create_case(actor=actor, centre=centre)
    save_section(case=case, actor=actor, version=case.version, blocks=_blocks(document), rows=_rows(document))
    for rows in _specimens(document):
        save_specimen(case=case, actor=actor, version=case.version, rows=rows)
    if panel := _panel(document):
        save_ex_vivo(case=case, actor=actor, version=case.version, panels=[panel])
    lines = [_line(row) for row in document.get("lines") or []]
    save_therapy(case=case, actor=actor, version=case.version, lines=lines, none_yet=not lines)
    return Imported(Case.objects.get(pk=case.pk), [path for path in leaf_paths(document) if not _has_place(path)])


def leaf_paths(value: Any, prefix: str = "") -> Iterator[str]:
    """The path of every value of a document; a list of plain values is one value."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from leaf_paths(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, inner in enumerate(value, 1):
            yield from leaf_paths(inner, f"{prefix}.{number}")
    elif value not in ({}, []):
        yield prefix


def pattern_of(path: str) -> str:
    """The path as ``MAPPING`` writes it: ``*`` for the number of a row."""
    return re.sub(r"\.\d+(?=\.|$)", ".*", path)


def _has_place(path: str) -> bool:
    return path in NOT_ABOUT_THE_CASE or pattern_of(path) in MAPPING


def _picked(model: type[models.Model], row: Values, prefix: str) -> dict[str, Any]:
    """The columns of ``model`` that the keys of ``row`` go to, with their values as the columns take them."""
    columns = {column.name for column in model._meta.concrete_fields}
    picked = {}
    for key, value in row.items():
        target = MAPPING.get(f"{prefix}.{key}", "").rpartition(".")[2]
        name = "gene_symbol" if target == "gene" else target
        if name in columns:
            picked[name] = _value(model._meta.get_field(name), value)
    return picked


def _value(column: Any, value: Any) -> Any:
    """Floats become decimals as written, true and false the words yes and no, one code a list of one."""
    if column.name in _CODED:
        return Concept.objects.get(system=_CODED[column.name], code=value)
    if isinstance(column, ArrayField):
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]
    if isinstance(value, bool) and not isinstance(column, models.BooleanField):
        return "yes" if value else "no"
    if column.name in _IN_WORDS:
        return str(value).replace("_", " ")
    return Decimal(str(value)) if isinstance(value, float) else value


def _blocks(document: Values) -> dict[str, dict[str, Any]]:
    parts: dict[str, tuple[str, type[models.Model]]] = {
        "case": ("case", Case),
        "demographics": ("patient", Patient),
        "diagnosis": ("diagnosis", Diagnosis),
        "status": ("status", DiseaseStatus),
        "germline": ("germline", Germline),
    }
    blocks = {
        block: _picked(model, document[part], part) for part, (block, model) in parts.items() if document.get(part)
    }
    blocks["case"]["no_standard_of_care"] = True
    blocks["case"]["no_standard_of_care_reason"] = _("See the treatment lines: no standard treatment is left.")
    blocks["consent"] = _consent(blocks["patient"]["age_months_at_submission"])
    if "condition" in document:
        blocks["condition"] = _condition(document["condition"])
    if "access" in document:
        values = _picked(AccessNeeds, document["access"], "access")
        blocks["access"] = {**values, "no_trials_considered": document["access"].get("trials_already_considered") == []}
    return blocks


def _consent(age_months: int) -> dict[str, Any]:
    """The vignettes' general statement: parents; both from 12 years; the patient alone from 18."""
    givers = ["parent_or_guardian"] if age_months < _FROM_12_YEARS else ["parent_or_guardian", "patient"]
    is_adult = age_months >= _FROM_18_YEARS
    return {
        "board_discussion": True,
        "registry_follow_up": True,
        "secondary_research": "yes",
        "given_by": ["patient"] if is_adult else givers,
        "assent": "no_too_young" if age_months < _FROM_12_YEARS else "not_applicable_adult" if is_adult else "yes",
        "deidentification_confirmed": True,
    }


def _condition(row: Values) -> dict[str, Any]:
    """The condition; ``neuropathy_grade_2`` is a kind and a grade, ``SOS_moderate`` a kind and its words."""
    plain = {key: value for key, value in row.items() if key not in ("neuro", "organ_history")}
    values = _picked(Condition, plain, "condition")
    values |= _picked(Condition, row.get("gvhd_now", {}), "condition.gvhd_now")
    values["no_comedication"] = row.get("comedication") == []
    if neuro := re.fullmatch(r"(\w+?)(?:_grade_(\d))?", str(row.get("neuro", ""))):
        values["neuro"], values["neuropathy_grade"] = [neuro[1]], int(neuro[2]) if neuro[2] else None
    if history := [str(item) for item in row.get("organ_history", [])]:
        values["organ_history"] = sorted({"SOS_VOD" if item.startswith("SOS") else item for item in history})
        values["organ_history_text"] = ", ".join(history).replace("_", " ")
    return values


def _rows(document: Values) -> dict[str, list[dict[str, Any]]]:
    condition, access = document.get("condition", {}), document.get("access", {})
    rows: dict[str, tuple[type[models.Model], str, Sequence[Values]]] = {
        "comedications": (Comedication, "condition.comedication.*", condition.get("comedication", [])),
        "contraindications": (
            Contraindication,
            "condition.contraindications.*",
            condition.get("contraindications", []),
        ),
        "cell_therapies": (CellTherapy, "cell_therapy.*", document.get("cell_therapy", [])),
        "trials_considered": (
            TrialConsidered,
            "access.trials_already_considered.*",
            access.get("trials_already_considered", []),
        ),
        "drug_access": (DrugAccess, "access.drug_access_local.*", access.get("drug_access_local", [])),
    }
    found = {kind: [_picked(model, row, prefix) for row in given] for kind, (model, prefix, given) in rows.items()}
    found["transplants"] = [_transplant(row) for row in document.get("hsct", [])]
    if mrd := document["status"].get("mrd_current"):
        values = _picked(MrdMeasurement, mrd, "status.mrd_current")
        found["mrd"] = [{**values, "is_current": True, "after": "line" if "after_line" in mrd else ""}]
    return found


def _transplant(row: Values) -> dict[str, Any]:
    """``TBI_based 12 Gy MAC`` keeps its words and gives kind, dose and intensity where they stand in it."""
    words = str(row.get("conditioning", ""))
    kinds = [kind for kind in ("TBI_based", "busulfan", "treosulfan", "melphalan") if kind in words]
    dose, intensity = re.search(r"(\d+(?:\.\d+)?) Gy", words), re.search(r"\b(MAC|RIC)\b", words)
    return {
        **_picked(Transplant, row, "hsct.*"),
        "conditioning": kinds[0] if kinds else "other" if words else "",
        "tbi_gy": Decimal(dose[1]) if dose else None,
        "intensity": intensity[1] if intensity else "",
    }


def _specimens(document: Values) -> Iterator[SpecimenRows]:
    molecular, immuno = document.get("molecular", {}), document.get("immunophenotype", {})
    samples: Sequence[Values] = document.get("samples", [])
    main, last = _main_specimen(document), str(samples[-1]["id"]) if samples else ""
    for sample in samples:
        label = str(sample["id"])
        yield SpecimenRows(
            values=_picked(Specimen, sample, "samples.*"),
            assays=_assays(molecular, immuno, label, last=last),
            variants=[
                _variant(row, with_vaf=label == _vaf_specimen(row, main))
                for row in molecular.get("small_variants", [])
                if label in row.get("present_at", [main])
            ],
            antigens=[_antigen(row) for row in immuno.get("markers", [])] if label == immuno.get("sample_ref") else [],
            methylation=_of(MethylationResult, molecular, "methylation", label, _where(molecular, "methylation", main)),
            karyotype=_one(Karyotype, molecular, "karyotype", label, _where(molecular, "karyotype", main)),
            signature=_one(MolecularSignature, molecular, "signature", label, main),
            fusions=_of(FusionFinding, molecular, "fusions", label, main),
            copy_numbers=_of(CopyNumberFinding, molecular, "copy_number", label, main),
            expression_outliers=_of(ExpressionOutlier, molecular, "expression_outlier", label, main),
            absences=[{"target": name} for name in molecular.get("tested_absent", [])] if label == main else [],
        )


def _of(model: type[models.Model], molecular: Values, part: str, label: str, where: str) -> list[dict[str, Any]]:
    """The rows of one part of the profile, on the specimen that they belong to."""
    given = molecular.get(part) or []
    if label != where:
        return []
    if isinstance(given, Mapping):
        return [_picked(model, given, f"molecular.{part}")]
    return [_picked(model, row, f"molecular.{part}.*") for row in given]


def _one(model: type[models.Model], molecular: Values, part: str, label: str, where: str) -> dict[str, Any] | None:
    found = _of(model, molecular, part, label, where)
    return found[0] if found and molecular.get(part) else None


def _main_specimen(document: Values) -> str:
    """The specimen that molecular results without one of their own belong to: that of the last assay done."""
    samples: Sequence[Values] = document.get("samples") or [{"id": ""}]
    done = [assay for assay in document.get("molecular", {}).get("assays", []) if assay.get("status") == "done"]
    return str((done or [{}])[-1].get("sample_ref", samples[-1]["id"]))


def _where(molecular: Values, method: str, main: str) -> str:
    """The specimen that a method was done on, else the main one."""
    rows = [row for row in molecular.get("assays", []) if row["assay_type"].startswith(method)]
    return str(next((row["sample_ref"] for row in rows if row["status"] == "done"), main))


def _vaf_specimen(row: Values, main: str) -> str:
    """A VAF was measured where the assay was made; elsewhere the variant is known to be present, no more."""
    present = row.get("present_at", [main])
    return main if main in present else str(present[-1])


def _assays(molecular: Values, immuno: Values, label: str, *, last: str) -> list[dict[str, Any]]:
    """The assays of one specimen; one without a specimen (not done) stands with the last."""
    rows = [
        _picked(Assay, assay, "molecular.assays.*")
        for assay in molecular.get("assays", [])
        if assay.get("sample_ref", last) == label
    ]
    if immuno and immuno.get("sample_ref", last) == label:
        rows.append({"assay_type": "immunophenotype", **_picked(Assay, immuno, "immunophenotype")})
    return rows


def _variant(row: Values, *, with_vaf: bool) -> dict[str, Any]:
    """A variant; a kind that the vocabulary lacks stays as reported and in brackets behind ``p.?``."""
    values = _picked(VariantFinding, row, "molecular.small_variants.*")
    percent, written = values.pop("vaf", None), row.get("variant_class")
    if written in ("ITD", "PTD"):
        values["variant_class"] = written
    elif written:
        values["variant_class"], values["hgvs_p"] = "other", f"p.? ({written.replace('_', ' ')})"
    if with_vaf and percent is not None:
        values["vaf"] = Decimal(str(percent)) / 100
    return values


def _antigen(row: Values) -> dict[str, Any]:
    values = _picked(AntigenFinding, row, "immunophenotype.markers.*")
    name = str(values["antigen"])
    is_inside = name.startswith("cy") or name in _CYTOPLASMIC
    return {**values, "compartment": "cytoplasmic" if is_inside else "surface"}


def _panel(document: Values) -> PanelRow | None:
    given: Values = document.get("ex_vivo") or {}
    if not given:
        return None
    responses = [_picked(DrugResponse, row, "ex_vivo.results.*") for row in given.get("results", [])]
    return PanelRow(values=_picked(ExVivoPanel, given, "ex_vivo"), responses=responses)


def _line(row: Values) -> LineRow:
    values = _picked(TherapyLine, row, "lines.*")
    values.pop("line_number", None)
    return LineRow(
        values=values,
        drugs=[str(name) for name in row.get("drugs", [])],
        toxicities=[_picked(Toxicity, item, "lines.*.toxicities.*") for item in row.get("toxicities", [])],
    )
