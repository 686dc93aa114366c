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
    "initial_risk_group": ("standard", "high"),
    "initial_stage": ("IPNHLSS_III", "IPNHLSS_IV"),
    "secondary_disease": ("de_novo", "therapy_related"),
    "refractory_definition": ("ALL_no_CR_end_induction", "AML_no_CR_after_2_courses", "ALL_MRD_not_cleared"),
    "relapse_timing": ("very_early", "late", "post_HSCT"),
    "testicular": ("not_involved", "unilateral"),
    "gvhd_chronic": ("none", "mild", "severe"),
    "willing_to_travel": ("none", "national", "EU"),
    "sites": SITES,
    "syndromes": ("none", "NF1", "noonan", "unknown"),
    "mrd_method": ("flow", "IG_TR_qPCR"),
    "organ_history": ("none", "SOS_VOD", "pancreatitis"),
    "neurological": ("none", "seizures", "neuropathy"),
    "family_wishes": ("trial_willing", "no_travel", "oral_only"),
}
TRI: Final = ("yes", "no", "unknown", "")
STUDIES: Final = ("a study", "APAL2020SC")
_MOST: Final = {"age_at_submission": 25, "age_at_diagnosis": 25, "time_to_first_relapse": 10}


def lesion_text(random: Random) -> str:
    """Return one shorthand of any form, about few enough genes that cases are hit."""
    gene, other = random.choice(GENES), random.choice(GENES)
    of_class = (f"{gene}-ITD", f"{gene}-del", f"{gene} p.Gly12Asp")
    return random.choice((gene, gene, gene, *of_class, f"{gene}-r", f"{gene}::{other}X", "ABL-class"))


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
            "other_syndromes": _some(random, "syndromes"),
            "fertility_or_pregnancy": random.choice(("", "pregnancy_excluded", "pregnant", "not_tested")),
        },
        "case": {"treatment_intent": random.choice(("curative_bridge_to_HSCT", "palliative"))},
        "diagnosis": {
            "disease_group": group,
            "entity": {"code": entity, "display": entity},
            "secondary_disease": random.choice(CODES["secondary_disease"]),
        },
        "status": {
            "status_now": random.choice(STATUSES),
            "relapse_number": _maybe(random, random.randint(0, 3)),
            "time_to_first_relapse_months": _maybe(random, random.randint(3, 60)),
            "sites": random.sample(SITES, random.randint(0, 3)),
            "bm_blasts_morphology_pct_of_cells": _maybe(random, str(random.randint(0, 100))),
            "bm_blasts_flow_pct_of_cells": _maybe(random, str(random.randint(0, 9))),
            "bm_blasts_flow_comparator": random.choice(("=", "<", ">=")),
            "cns_status": random.choice(CODES["cns_status"]),
            "refractory_definition": random.choice(("", *CODES["refractory_definition"])),
            "relapse_timing_class": random.choice(("", *CODES["relapse_timing"])),
            "anc": _maybe(random, str(random.randint(0, 9))),
            "masses": [{"size_cm": _maybe(random, "2.5")} for _ in range(random.randint(0, 2))],
        },
        "specimens": [_specimen(random, label) for label in ("S1", "S2")],
        "therapy_lines": [_line(random, number) for number in range(1, random.randint(1, 4))],
        "no_therapy_yet": random.random() < 0.1,
        **random_blocks(random),
    }


def random_blocks(random: Random) -> dict[str, Any]:
    """Return the blocks that older revisions lack, each row sometimes without a value."""
    return {
        "mrd": [_mrd(random) for _ in range(random.randint(0, 3))],
        "germline": {"status": random.choice(("done", "pending", "")), "result": "no_pathogenic_variant"},
        "ex_vivo": [_panel(random) for _ in range(random.randint(0, 2))],
        "transplants": [_transplant(random, number) for number in range(random.choice((0, 0, 1, 2)))],
        "cell_therapies": [_cells(random) for _ in range(random.choice((0, 0, 1)))],
        "exposure": {"asparaginase_allergy": random.choice(TRI), "inotuzumab_sos": random.choice(("", "none", "mild"))},
        "condition": _the_condition(random),
        "access": {
            "donor_status": random.choice(("", "MSD_available", "haplo_available", "search_running", "none_found")),
            "willing_to_travel": random.choice(CODES["willing_to_travel"]),
            "trials_considered": [{"trial": random.choice(STUDIES), "outcome": random.choice(("pending", "declined"))}],
        },
    }


def _the_condition(random: Random) -> dict[str, Any]:
    return {
        "performance_scale": random.choice(("Lansky", "Karnofsky", "ECOG", "")),
        "performance_score": _maybe(random, random.choice((1, 2, 50, 80))),
        **{name: _maybe(random, str(random.randint(0, 60))) for name in ("alt_x_uln", "lvef_pct", "qtcf_ms")},
        "qtc_formula": random.choice(("fridericia", "bazett", "")),
        "not_done": random.choice(([], ["alt_x_uln", "sf_pct"])),
        "active_infection": random.choice(("none", "controlled", "uncontrolled", "unknown", "")),
        "hepatitis_hiv": random.choice(([], ["negative"], ["nd"], ["HIV+"], ["antiHBc+"], ["negative", "HBsAg+"])),
        "gvhd_acute_grade": _maybe(random, random.randint(0, 4)),
        "gvhd_chronic": random.choice(("", *CODES["gvhd_chronic"])),
        "systemic_immunosuppression": random.choice(TRI),
        "organ_history": _some(random, "organ_history"),
        "neuro": _some(random, "neurological"),
        "can_swallow": random.choice(("tablets", "liquid_only", "")),
        "no_comedication": random.random() < 0.5,
        "no_contraindications": random.random() < 0.5,
        "comedications": [_comedication(random) for _ in range(random.randint(0, 2))],
        "contraindications": [{"display": "a drug", "classes": random.sample(CLASSES, random.randint(0, 1))}],
    }


def _comedication(random: Random) -> dict[str, Any]:
    effect = random.choice(("strong_inhibitor", "moderate_inducer", "none", "unknown", ""))
    return {"display": "a drug", "cyp3a4": effect, "pgp_inhibitor": random.choice(TRI)}


def _mrd(random: Random) -> dict[str, Any]:
    return {
        "is_current": random.random() < 0.7,
        "status": random.choice(("done", "done", "pending", "not_done")),
        "tissue": random.choice(("BM", "BM", "PB")),
        "method": random.choice(CODES["mrd_method"]),
        "comparator": random.choice(("=", "<", ">=")),
        "mrd_fraction": _maybe(random, str(random.choice((0.00001, 0.0001, 0.02)))),
        "quantifiable": random.choice(("yes", "no", "")),
        "measured_on_day": _maybe(random, random.randint(0, 900)),
    }


def _panel(random: Random) -> dict[str, Any]:
    words = ("sensitive", "intermediate", "resistant", "not_evaluable")
    drugs = random.sample(DRUGS, 3)
    return {
        "status": random.choice(("done", "done", "pending", "failed")),
        "specimen": random.choice(("S1", "S2", "")),
        "qc": random.choice(("pass", "borderline", "fail")),
        "responses": [{"code": drug, "display": drug, "interpretation": random.choice(words)} for drug in drugs],
    }


def _transplant(random: Random, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "on_day": _maybe(random, random.randint(0, 900)),
        "donor": random.choice(("MSD", "haplo", "autologous", "")),
        "conditioning": random.choice(("busulfan", "TBI_based", "other")),
        "sos": random.choice(("", "none", "mild")),
        "relapse_on_day": _maybe(random, random.randint(0, 900)),
    }


def _cells(random: Random) -> dict[str, Any]:
    return {
        "product": random.choice(("tisagenlecleucel", "academic", "NK", "")),
        "target_antigens": random.sample(ANTIGENS, random.randint(0, 2)),
        "on_day": _maybe(random, random.randint(0, 900)),
        "manufacturing_failed": random.choice(TRI),
    }


def _some(random: Random, fact: str) -> list[str]:
    return random.sample(CODES[fact], random.randint(0, 2))


def _maybe(random: Random, value: object) -> object:
    return None if random.random() < 0.15 else value


def _abouts(spec: FactSpec) -> tuple[str, ...]:
    return {"drug": DRUGS, "drug class": CLASSES, "antigen": ANTIGENS}.get(spec.about, STUDIES)


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
            return {"op": "any_of", "value": random.sample(CODES[spec.name], 2)}
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
        "tissue": random.choice(("BM", "PB", "")),
        "taken_on_day": random.choice((None, 0, 200, 700)),
        "is_current_disease": random.random() < 0.6,
        "assays": [
            {"assay_type": "WES", "status": random.choice(("done", "not_done", "pending", "failed", "unknown"))}
        ],
        "donor_chimerism_pct": random.choice((None, "0", "45")),
        "copy_numbers": [{"gene": random.choice(REAL_GENES), "change": random.choice(("loss_hom", "gain"))}],
        "signature": {"ph_like_signature": random.choice(("yes", "no", "nd", "unknown"))},
        "variants": [_variant(random) for _ in range(random.randint(0, 12))],
        "fusions": [_fusion(random) for _ in range(random.randint(0, 3))],
        "antigens": [_antigen(random, antigen) for antigen in random.choices(ANTIGENS, k=random.randint(0, 9))],
        "tested_absent": [lesion_text(random) for _ in range(random.randint(0, 40))],
    }


def _variant(random: Random) -> dict[str, Any]:
    return {
        "gene": random.choice(GENES),
        "variant_class": random.choice(("small_variant", "small_variant", "ITD", "PTD", "other")),
        "hgvs_p": random.choice(("p.(Gly12Asp)", "p.(Arg882His)", "")),
        "oncogenicity": random.choice(("oncogenic", "likely_oncogenic", "vus", "benign", "unknown")),
        "origin": random.choice(("somatic", "somatic", "germline", "uncertain")),
    }


def _fusion(random: Random) -> dict[str, Any]:
    return {
        "five_prime_gene": random.choice(GENES),
        "three_prime_gene": random.choice((*GENES[:5], "AFF1X", "")),
        "in_frame": random.choice(("yes", "no", "unknown")),
    }


def _antigen(random: Random, antigen: str) -> dict[str, Any]:
    return {
        "antigen": antigen,
        "percent_positive": _maybe(random, str(random.randint(0, 100))),
        "percent_of": random.choice(("blasts", "blasts", "nucleated_cells", "unknown")),
        "intensity": random.choice(("negative", "dim", "moderate", "bright", "heterogeneous", "unknown")),
        "compartment": random.choice(("surface", "surface", "cytoplasmic", "unknown")),
        "method": random.choice(("flow", "IHC")),
    }


def _line(random: Random, number: int) -> dict[str, Any]:
    drugs = [
        {
            "code": random.choice(DRUGS),
            "display": "",
            "classes": random.sample(CLASSES, random.randint(0, 2)),
            "n_cycles": _maybe(random, random.randint(1, 6)),
            "cumulative_dose_mg_m2": _maybe(random, str(random.randint(50, 400))),
        }
        for _ in range(random.randint(0, 5))
    ]
    setting = random.choice(("frontline", "salvage_1", "bridging"))
    days = {"start_on_day": number * 100, "stop_on_day": _maybe(random, number * 100 + 60)}
    response = random.choice(("CR", "PR", "NR/TF", "PD", ""))
    return {"line_number": number, "setting": setting, "drugs": drugs, "best_response": response, **days}
