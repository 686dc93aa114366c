"""Small CTML documents and patients, and a plain evaluator to compare the engine with."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from trials.importers.ctml import CtmlAll, CtmlAny, CtmlNode
from trials.importers.ctml.patients import CtmlPatient, verdict_of
from trials.matching.kleene import Verdict

AS_OF = date(2026, 1, 1)
NAMES = {"Leukemia": frozenset({"Leukemia", "B-ALL", "T-ALL"}), "B-ALL": frozenset({"B-ALL"})}
GENES = ("KMT2A", "NRAS", "FLT3", "ABL1")
FIELDS = {
    "age_numerical": (">=18", "<1", ">0.083", "<=21", "==10", "0.5"),
    "oncotree_primary_diagnosis": ("Leukemia", "!B-ALL", "T-ALL", "!Myeloid"),
    "gender": ("Female", "!Male", "Male"),
    "tmb_numerical": (">=10", "<3.5"),
    "disease_status": (["Recurrent"], ["Untreated", "Refractory"]),
    "mmr_status": ("MMR-Deficient", "!MMR-Deficient"),
    "colour": ("blue", "!blue"),
}


def clinical(**fields: object) -> dict[str, Any]:
    return {"clinical": fields}


def genomic(gene: str = "KMT2A", category: str = "Mutation", **fields: object) -> dict[str, Any]:
    return {"genomic": {"hugo_symbol": gene, "variant_category": category, **fields}}


def patient(*events: Mapping[str, Any], **clinical_record: Any) -> CtmlPatient:
    return CtmlPatient(clinical_record, events, AS_OF, NAMES)


def mutation(gene: str = "KMT2A", **more: object) -> dict[str, Any]:
    return {"VARIANT_CATEGORY": "MUTATION", "HARMONIZED_HUGO_SYMBOL": gene, **more}


def fusion(left: str | None, right: str | None, **more: object) -> dict[str, Any]:
    partners = {"HARMONIZED_LEFT_PARTNER_GENE": left, "HARMONIZED_RIGHT_PARTNER_GENE": right}
    return {"VARIANT_CATEGORY": "SV", **partners, **more}


def trial_document(match: object = None, **more: Any) -> dict[str, Any]:
    arm = {"arm_code": "A", "arm_suspended": "N", "match": [clinical(gender="Female")] if match is None else match}
    return {"protocol_no": "T-1", "treatment_list": {"step": [{"step_code": "1", "arm": [arm]}]}, **more}


def by_recursion(node: CtmlNode, someone: CtmlPatient, *, closed_world: bool) -> Verdict:
    """Walk the tree as a person would: the least of all, the greatest of any."""
    if isinstance(node, CtmlAll | CtmlAny):
        parts = [by_recursion(part, someone, closed_world=closed_world) for part in node.parts]
        return min(parts) if isinstance(node, CtmlAll) else max(parts)
    return verdict_of(node, someone, closed_world=closed_world)


def random_tree(random: Random, depth: int = 3) -> dict[str, Any]:
    if depth and random.random() < 0.6:
        kind = random.choice(("and", "or", "and1", "or2"))
        return {kind: [random_tree(random, depth - 1) for _ in range(random.randint(1, 4))]}
    if random.random() < 0.5:
        chosen = random.sample(list(FIELDS), random.randint(1, 2))
        return clinical(**{key: random.choice(FIELDS[key]) for key in chosen})
    sign = random.choice(("", "", "!"))
    category = random.choice(("Mutation", "Structural Variation", "Any Variation", "Copy Number Variation"))
    more = (
        {"fusion_partner_hugo_symbol": random.choice((*GENES, "any_gene", "intergenic"))}
        if random.random() < 0.2
        else {}
    )
    return genomic(random.choice(GENES), sign + category, **more)


def random_patient(random: Random) -> CtmlPatient:
    record = {
        "BIRTH_DATE_INT": random.choice((None, 20251201, 20080101, 20160515, 19700101)),
        "ONCOTREE_PRIMARY_DIAGNOSIS_NAME": random.choice((None, "B-ALL", "T-ALL", "Sarcoma")),
        "GENDER": random.choice((None, "Female", "Male")),
        "TUMOR_MUTATIONAL_BURDEN_PER_MEGABASE": random.choice((None, 0.5, 12.0)),
    }
    makers = (
        lambda: mutation(random.choice(GENES)),
        lambda: {**mutation(random.choice(GENES)), "VARIANT_CATEGORY": "CNV"},
        lambda: fusion(random.choice((*GENES, None)), random.choice((*GENES, None))),
    )
    return patient(*(random.choice(makers)() for _ in range(random.randint(0, 4))), **record)


def spoil(random: Random, value: Any) -> Any:
    """Change one place of a document into something that nobody expects there."""
    if isinstance(value, dict) and value and random.random() < 0.8:
        key = random.choice(list(value))
        value[key] = spoil(random, value[key])
        return value
    if isinstance(value, list) and value and random.random() < 0.8:
        place = random.randrange(len(value))
        value[place] = spoil(random, value[place])
        return value
    return random.choice(
        [None, "", 7, 1.5, True, [], {}, "!", ["x"], {"and": None}, {"clinical": [1]}, [[]], clinical()]
    )
