"""Random trials and cases, the same for the same seed: for equality with the reference and for the benchmark."""

from random import Random
from typing import Any, Final

from trials.matching.registry import FACTS, UNITS, FactKind, FactSpec
from trials.matching.vocabulary import diseases, drug_classes, drug_names, pathways

REAL_GENES: Final = [
    "NRAS",
    "KRAS",
    "FLT3",
    "KMT2A",
    "NUP98",
    "NPM1",
    "ABL1",
    "BCR",
    "PDGFRB",
    "JAK2",
    "IL7R",
    "PTEN",
    "AFF1",
    "MLLT3",
]
GENES: Final = (*(f"GENE{number}" for number in range(400)), *REAL_GENES)
ANTIGENS: Final = ("CD19", "CD22", "CD7", "CD33", "CD123", "CD38", "CD20", "CD30")
DRUGS: Final = tuple(sorted(drug_names()))
CLASSES: Final = tuple(sorted(drug_classes()))
SITES: Final = ("bone_marrow", "CNS", "testis", "skin", "mediastinum")
STATUSES: Final = (
    "primary_refractory",
    "relapse_untreated",
    "relapse_on_treatment",
    "refractory_relapse",
    "MRD_relapse",
    "MRD_persistent",
    "remission_high_risk",
    "transformation",
)
CODES: Final = {
    "sex": ("female", "male"),
    "country": ("NL", "DE", "FR", "ES", "IT", "US", "PL", "GB"),
    "status_now": STATUSES,
    "cns_status": ("CNS1", "CNS2a", "CNS3a", "unknown"),
    "initial_cns_status": ("CNS1", "CNS2a", "CNS3a"),
}
_MOST: Final = {"age_at_submission": 25, "age_at_diagnosis": 25, "time_to_first_relapse": 10}


def lesion_text(random: Random) -> str:
    """Return one shorthand of any form, about few enough genes that cases are hit."""
    gene, other = random.choice(GENES), random.choice(GENES)
    forms = (gene, gene, gene, f"{gene}-ITD", f"{gene}-r", f"{gene}::{other}X", f"{gene} p.Gly12Asp", "ABL-class")
    return random.choice(forms)


def random_leaf(random: Random, name: str) -> dict[str, Any]:
    """Return a valid leaf on any fact of the registry."""
    spec = FACTS[random.choice(tuple(FACTS))]
    leaf = {"id": name, "fact": spec.name, "text": "A sentence.", "kind": random.choice(("inclusion", "exclusion"))}
    if spec.about:
        leaf["of"] = random.choice(_abouts(spec))
    if random.random() < 0.2:
        leaf["recoverable"] = True
    return leaf | _condition(random, spec)


def random_tree(random: Random, leaf_count: int, prefix: str = "c") -> dict[str, Any]:
    """Return a valid tree document with about ``leaf_count`` leaves."""
    if leaf_count <= 1:
        leaf = random_leaf(random, f"{prefix}-{random.randrange(10**9)}")
        return {"not": leaf} if random.random() < 0.25 else leaf
    width = min(leaf_count, random.randint(2, 5))
    parts = [random_tree(random, max(1, leaf_count // width), f"{prefix}{index}") for index in range(width)]
    kind = random.choice(("all", "all", "any", "any", "at_least", "not"))
    if kind == "at_least":
        return {"at_least": {"n": random.randint(1, width), "of": parts}}
    if kind == "not":
        return {"not": {"any": parts}}
    return {kind: parts}


def random_content(random: Random) -> dict[str, Any]:
    """Return frozen revision content with every block, each value sometimes missing."""
    group = random.choice(sorted(diseases().groups))
    entities = [entity for entity, parent in diseases().group_of.items() if parent == group]
    entity = random.choice([*entities, ""])
    age = random.randint(0, 299)
    return {
        "patient": {
            "age_months_at_submission": _maybe(random, age),
            "age_months_at_diagnosis": _maybe(random, random.randint(0, age)),
            "sex": random.choice(("female", "male", "other_or_undetermined")),
            "country": {"code": random.choice(CODES["country"]), "display": ""},
            "weight_kg": _maybe(random, str(random.randint(3, 90))),
            "down_syndrome": random.choice(("yes", "no", "unknown")),
        },
        "diagnosis": {"disease_group": group, "entity": {"code": entity, "display": entity}},
        "status": {
            "status_now": random.choice(STATUSES),
            "relapse_number": _maybe(random, random.randint(0, 3)),
            "time_to_first_relapse_months": _maybe(random, random.randint(3, 60)),
            "sites": random.sample(SITES, random.randint(0, 3)),
            "bm_blasts_morphology_pct_of_cells": _maybe(random, str(random.randint(0, 100))),
            "cns_status": random.choice(CODES["cns_status"]),
        },
        "specimens": [_specimen(random, label) for label in ("S1", "S2")],
        "therapy_lines": [_line(random, number) for number in range(1, random.randint(1, 4))],
        "no_therapy_yet": random.random() < 0.1,
    }


def _maybe(random: Random, value: object) -> object:
    return None if random.random() < 0.15 else value


def _abouts(spec: FactSpec) -> tuple[str, ...]:
    return {"drug": DRUGS, "drug class": CLASSES, "antigen": ANTIGENS}.get(spec.about, ("a study",))


def _condition(random: Random, spec: FactSpec) -> dict[str, Any]:  # noqa: C901, PLR0911 -- one case for each kind
    match spec.kind:
        case FactKind.QUANTITY | FactKind.ANTIGEN_PERCENT:
            unit = random.choice(tuple(UNITS[spec.dimension]))
            value = random.randint(0, 99) / (100 if unit == "fraction" else 1)
            return {"op": random.choice(("<", "<=", ">", ">=", "==")), "value": value, "unit": unit}
        case FactKind.AGE:
            wording = random.choice(("exact", "completed_years", "unclear"))
            years = random.randint(0, _MOST[spec.name])
            return {"op": random.choice(("<", "<=", ">", ">=")), "value": years, "unit": "years", "wording": wording}
        case FactKind.CODE:
            return {"op": "in", "value": random.sample(CODES[spec.name], 2)}
        case FactKind.CODES:
            return {"op": "any_of", "value": random.sample(SITES, 2)}
        case FactKind.DISEASE:
            pool = sorted((*diseases().families, *diseases().groups, *diseases().group_of))
            return {"op": "in", "value": random.sample(pool, random.randint(1, 4))}
        case FactKind.FLAG:
            return {"op": "is", "value": random.random() < 0.5}
        case FactKind.EXPOSURE:
            return {"op": "given"}
        case FactKind.VARIANT | FactKind.FUSION:
            return {"op": "present", "value": _lesion_of(random, spec.kind)}
        case FactKind.PATHWAY:
            return {"op": "altered", "value": random.choice(tuple(pathways()))}
        case FactKind.ANTIGEN:
            return {"op": "expressed"}
    return {"op": "unread"}


def _lesion_of(random: Random, kind: FactKind) -> str:
    while True:
        text = lesion_text(random)
        is_rearrangement = "::" in text or text.endswith(("-r", "-class"))
        if is_rearrangement is (kind is FactKind.FUSION):
            return text


def _specimen(random: Random, label: str) -> dict[str, Any]:
    return {
        "label": label,
        "taken_on_day": random.choice((None, 0, 200, 700)),
        "is_current_disease": random.random() < 0.6,
        "assays": [
            {"assay_type": "WES", "status": random.choice(("done", "not_done", "pending", "failed", "unknown"))}
        ],
        "variants": [_variant(random) for _ in range(random.randint(0, 12))],
        "fusions": [_fusion(random) for _ in range(random.randint(0, 3))],
        "antigens": [_antigen(random, antigen) for antigen in random.sample(ANTIGENS, random.randint(0, 6))],
        "tested_absent": [lesion_text(random) for _ in range(random.randint(0, 40))],
    }


def _variant(random: Random) -> dict[str, Any]:
    return {
        "gene": random.choice(GENES),
        "variant_class": random.choice(("small_variant", "small_variant", "ITD", "PTD", "other")),
        "hgvs_p": random.choice(("p.(Gly12Asp)", "p.(Arg882His)", "")),
        "oncogenicity": random.choice(("oncogenic", "likely_oncogenic", "vus", "benign", "unknown")),
    }


def _fusion(random: Random) -> dict[str, Any]:
    return {"five_prime_gene": random.choice(GENES), "three_prime_gene": random.choice((*GENES[:5], "AFF1X", ""))}


def _antigen(random: Random, antigen: str) -> dict[str, Any]:
    return {
        "antigen": antigen,
        "percent_positive": _maybe(random, str(random.randint(0, 100))),
        "percent_of": random.choice(("blasts", "blasts", "nucleated_cells", "unknown")),
        "intensity": random.choice(("negative", "dim", "moderate", "bright", "heterogeneous", "unknown")),
        "method": "flow",
    }


def _line(random: Random, number: int) -> dict[str, Any]:
    drugs = [
        {"code": random.choice(DRUGS), "display": "", "classes": random.sample(CLASSES, random.randint(0, 2))}
        for _ in range(random.randint(0, 5))
    ]
    setting = random.choice(("frontline", "salvage_1", "bridging"))
    return {"line_number": number, "setting": setting, "drugs": drugs, "start_on_day": number * 100}
