"""Read a case in the YAML of the data dictionary (the form of the demo's vignettes).

``MAPPING`` names for each key of the file the answer that takes it; what is not named is reported, never dropped
silently.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.models import Case
from cases.services.drafting import LineRow, SpecimenRows, create_case, save_blocks, save_specimen, save_therapy
from iltb.accounts.models import Centre, User
from iltb.core.errors import InvalidInput
from iltb.terminology.models import Concept

Values = Mapping[str, Any]

MAPPING: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "case": {
        "submission_type": ("case", "submission_type"),
        "urgency": ("case", "urgency"),
        "urgency_reason": ("case", "urgency_reasons"),
        "treatment_intent": ("case", "treatment_intent"),
        "question_type": ("case", "question_types"),
        "next_decision_day": ("case", "next_decision_day"),
        "question_text": ("case", "question_text"),
    },
    "demographics": {
        "age_months_at_submission": ("patient", "age_months_at_submission"),
        "age_months_at_diagnosis": ("patient", "age_months_at_diagnosis"),
        "sex": ("patient", "sex"),
        "country": ("patient", "country"),
        "weight_kg": ("patient", "weight_kg"),
        "height_cm": ("patient", "height_cm"),
        "down_syndrome": ("patient", "down_syndrome"),
    },
    "diagnosis": {
        "disease_group": ("diagnosis", "disease_group"),
        "entity_code": ("diagnosis", "entity"),
        "classification_used": ("diagnosis", "classification_used"),
        "initial_wbc": ("diagnosis", "initial_wbc"),
        "initial_cns_status": ("diagnosis", "initial_cns_status"),
        "frontline_protocol": ("diagnosis", "frontline_protocol"),
    },
    "status": {
        "status_now": ("status", "status_now"),
        "relapse_number": ("status", "relapse_number"),
        "time_to_first_relapse": ("status", "time_to_first_relapse_months"),
        "sites": ("status", "sites"),
        "bm_blasts_morphology_pct": ("status", "bm_blasts_morphology_pct_of_cells"),
        "bm_blasts_flow_pct": ("status", "bm_blasts_flow_pct_of_cells"),
        "cns_status": ("status", "cns_status"),
    },
}
CODED: Final = {"country": "country", "entity": "entity"}
DECIMALS: Final = frozenset(
    {"weight_kg", "height_cm", "initial_wbc", "bm_blasts_morphology_pct_of_cells", "bm_blasts_flow_pct_of_cells"},
)
SPECIMEN: Final = {
    "id": "label",
    "tissue": "tissue",
    "time_point": "time_point",
    "day_offset": "taken_on_day",
    "blast_pct": "blasts_pct_of_cells",
}
LINE: Final = ("setting", "regimen_name", "stop_reason", "best_response")
ANTIGEN: Final = ("antigen", "percent_positive", "intensity", "pattern", "negative_subclone_pct", "method")
VARIANT: Final = ("transcript", "hgvs_c", "hgvs_p", "length_bp", "allelic_ratio", "origin", "oncogenicity")
FUSION: Final = ("five_prime_gene", "three_prime_gene", "in_frame", "driver_class")
CYTOPLASMIC_PREFIX: Final = "cy"


@dataclass
class Imported:
    """The draft, and the path of every key of the file that it has no place for yet."""

    case: Case
    not_held: list[str] = field(default_factory=list)


def import_case(document: Values, *, actor: User, centre: Centre) -> Imported:
    """Make a draft of ``document``. Raises ``InvalidInput`` when the document is not of this form."""
    if not isinstance(document, Mapping) or not {"case", "demographics", "diagnosis", "status"} <= set(document):
        raise InvalidInput({"": [_("This is not a case: it needs case, demographics, diagnosis and status.")]})
    case = create_case(actor=actor, centre=centre)
    imported = Imported(case)
    blocks = _blocks(document, imported)
    save_blocks(case=case, actor=actor, version=case.version, blocks=blocks)
    for rows in _specimens(document, imported):
        save_specimen(case=case, actor=actor, version=case.version, rows=rows)
    lines = [_line(row, f"lines.{number}", imported) for number, row in enumerate(document.get("lines", []), 1)]
    save_therapy(case=case, actor=actor, version=case.version, lines=lines, none_yet=not lines)
    imported.not_held += _whole_blocks(document)
    imported.case = Case.objects.get(pk=case.pk)
    return imported


def _whole_blocks(document: Values) -> Iterator[str]:
    known = {*MAPPING, "vignette", "samples", "immunophenotype", "molecular", "lines"}
    for key, value in document.items():
        if key not in known:
            yield from _paths(key, value)


def _paths(prefix: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(f"{prefix}.{key}", inner)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, inner in enumerate(value, 1):
            yield from _paths(f"{prefix}.{number}", inner)
    else:
        yield prefix


def _blocks(document: Values, imported: Imported) -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = {"case": {}, "patient": {}, "diagnosis": {}, "status": {}, "consent": {}}
    for part, mapping in MAPPING.items():
        for key, value in document[part].items():
            if key in mapping:
                block, name = mapping[key]
                blocks[block][name] = _value(name, value)
            else:
                imported.not_held += _paths(f"{part}.{key}", value)
    blocks["case"]["no_standard_of_care"] = True
    blocks["case"]["no_standard_of_care_reason"] = _("See the treatment lines: no standard treatment is left.")
    blocks["consent"] = _consent(blocks["patient"]["age_months_at_submission"])
    return blocks


def _value(name: str, value: Any) -> Any:
    if name in CODED:
        return Concept.objects.get(system=CODED[name], code=value)
    return Decimal(str(value)) if name in DECIMALS else value


def _consent(age_months: int) -> dict[str, Any]:
    """The vignettes' general statement: parents; both from 12 years; the patient alone from 18."""
    givers = ["parent_or_guardian"] if age_months < 144 else ["parent_or_guardian", "patient"]
    return {
        "board_discussion": True,
        "registry_follow_up": True,
        "secondary_research": "yes",
        "given_by": ["patient"] if age_months >= 216 else givers,
        "assent": "no_too_young" if age_months < 144 else "not_applicable_adult" if age_months >= 216 else "yes",
        "deidentification_confirmed": True,
    }


def _specimens(document: Values, imported: Imported) -> Iterator[SpecimenRows]:
    molecular, immuno = document.get("molecular", {}), document.get("immunophenotype", {})
    samples: Sequence[Values] = document.get("samples", [])
    for sample in samples:
        imported.not_held += [f"samples.{sample['id']}.{key}" for key in sample if key not in SPECIMEN]
    imported.not_held += _rest_of_profile(molecular, immuno)
    main = _main_specimen(document)
    for sample in samples:
        label = sample["id"]
        yield SpecimenRows(
            values={SPECIMEN[key]: _percent(value) for key, value in sample.items() if key in SPECIMEN},
            assays=_assays(molecular, immuno, label, last=samples[-1]["id"]),
            variants=[
                _variant(row, with_vaf=label == _vaf_specimen(row, main))
                for row in molecular.get("small_variants", [])
                if label in row.get("present_at", [main])
            ],
            fusions=[_picked(row, FUSION) for row in molecular.get("fusions", [])] if label == main else [],
            antigens=[_antigen(row) for row in immuno.get("markers", [])] if label == immuno.get("sample_ref") else [],
            absences=[{"target": name} for name in molecular.get("tested_absent", [])] if label == main else [],
        )


def _main_specimen(document: Values) -> str:
    """The specimen that molecular results without one of their own belong to: that of the last assay done."""
    done = [assay for assay in document["molecular"].get("assays", []) if assay.get("status") == "done"]
    return str((done or [{"sample_ref": document["samples"][-1]["id"]}])[-1]["sample_ref"])


def _vaf_specimen(row: Values, main: str) -> str:
    """A VAF was measured where the assay was made; elsewhere the variant is known to be present, no more."""
    present = row.get("present_at", [main])
    return main if main in present else str(present[-1])


def _rest_of_profile(molecular: Values, immuno: Values) -> Iterator[str]:
    for key, value in molecular.items():
        if key not in ("assays", "fusions", "small_variants", "tested_absent"):
            yield from _paths(f"molecular.{key}", value)
    kept = {"assays": ("assay_type", "status", "sample_ref"), "fusions": FUSION}
    kept["small_variants"] = (*VARIANT, "gene", "variant_class", "vaf_pct", "present_at")
    for part, names in kept.items():
        for number, row in enumerate(molecular.get(part, []), 1):
            yield from (f"molecular.{part}.{number}.{key}" for key in row if key not in names)
    yield from (f"immunophenotype.{key}" for key in immuno if key not in ("status", "sample_ref", "markers"))
    for number, row in enumerate(immuno.get("markers", []), 1):
        yield from (f"immunophenotype.markers.{number}.{key}" for key in row if key not in ANTIGEN)


def _assays(molecular: Values, immuno: Values, label: str, *, last: str) -> list[dict[str, str]]:
    """The assays of one specimen; one without a specimen (not done) stands with the last."""
    rows = [
        {"assay_type": assay["assay_type"], "status": assay["status"]}
        for assay in molecular.get("assays", [])
        if assay.get("sample_ref", last) == label
    ]
    if immuno.get("sample_ref") == label:
        rows.append({"assay_type": "immunophenotype", "status": immuno["status"]})
    return rows


def _variant(row: Values, *, with_vaf: bool) -> dict[str, Any]:
    values = {**_picked(row, VARIANT), "gene_symbol": row["gene"]}
    written = row.get("variant_class")
    if written in ("ITD", "PTD"):
        values["variant_class"] = written
    elif written:
        values["variant_class"], values["hgvs_p"] = "other", f"p.? ({written.replace('_', ' ')})"
    if with_vaf and "vaf_pct" in row:
        values["vaf"] = Decimal(str(row["vaf_pct"])) / 100
    return values


def _antigen(row: Values) -> dict[str, Any]:
    values = _picked(row, ANTIGEN)
    name = str(values["antigen"])
    cytoplasmic = name.startswith(CYTOPLASMIC_PREFIX) or name in ("MPO", "TdT", "CD79a")
    return {**values, "compartment": "cytoplasmic" if cytoplasmic else "surface"}


def _line(row: Values, path: str, imported: Imported) -> LineRow:
    values = {**_picked(row, LINE), "start_on_day": row["start_offset"], "stop_on_day": row.get("stop_offset")}
    kept = {*LINE, "line_number", "start_offset", "stop_offset", "drugs"}
    imported.not_held += [f"{path}.{key}" for key in row if key not in kept]
    return LineRow(values=values, drugs=[str(name) for name in row.get("drugs", [])])


def _picked(row: Values, names: Sequence[str]) -> dict[str, Any]:
    return {name: _percent(row[name]) for name in names if name in row}


def _percent(value: Any) -> Any:
    """Floats of YAML become decimals as they were written."""
    return Decimal(str(value)) if isinstance(value, float) else value
