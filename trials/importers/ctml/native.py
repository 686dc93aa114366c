"""Turns CTML into criteria over our own facts; what has no fact here becomes an open criterion with its source."""

import csv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from trials.enums import TrialStatus
from trials.importers.ctml.tree import COMPARISON, SIGNATURES, CtmlAll, CtmlAny, CtmlLeaf, CtmlNode
from trials.importers.ctml.trials import Clause, CtmlTrial, Notice
from trials.importers.drafts import Description, Draft, arm, draft_document, open_leaf, phase_of, status_of
from trials.matching.criteria import CriterionError, CriterionKind, parse

Document: TypeAlias = dict[str, Any]
NAMES: Final = Path(__file__).with_name("oncotree.csv")
_SOLID: Final = "_SOLID_"
_MONTHS: Final = 12
_STATUS_FACTS: Final = {
    "recurrent": "in_relapse",
    "relapsed": "in_relapse",
    "refractory": "refractory",
    "untreated": "newly_diagnosed",
}
_SEXES: Final = {"male": "male", "female": "female"}


@cache
def diagnoses() -> Mapping[str, tuple[tuple[str, ...], bool]]:
    """Return for each known OncoTree name our codes, and whether the name is narrower than these."""
    lines = (line for line in NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("# "))
    return {row["name"]: (tuple(row["codes"].split("|")), row["narrower"] == "yes") for row in csv.DictReader(lines)}


def to_draft(trial: CtmlTrial) -> Draft:
    """Return a trial as a draft in the own format: one arm for each step, arm or level that has criteria.

    Never raises; a clause that does not fit our limits becomes one open criterion, with a notice.
    """
    notices = [(notice.path, notice.reason) for notice in trial.notices]
    arms = []
    for number, clause in enumerate(trial.clauses):
        criteria, more = to_criteria(clause)
        notices.extend((notice.path, notice.reason) for notice in more)
        key = f"{clause.level}-{clause.code or number + 1}-{number + 1}" if len(trial.clauses) > 1 else "main"
        title = " ".join(part for part in (_LEVELS[clause.level], clause.code, clause.title) if part)
        arms.append(arm(key, title, criteria, TrialStatus.SUSPENDED if clause.suspended else None))
    about = Description(
        name=trial.name,
        title=trial.title,
        numbers=(trial.identifiers.get("nct_id", ""), trial.identifiers.get("protocol_no", ""), trial.name),
        phase=phase_of(trial.phase),
        status=status_of(trial.status),
        status_note=trial.status,
        sponsor=", ".join(trial.sponsors),
        agents=trial.drugs,
        remarks="Read from CTML; the criteria await a curator.",
    )
    return Draft(draft_document(about, arms or [arm("main", trial.title or trial.name, None)]), tuple(notices))


_LEVELS: Final = {"trial": "Trial", "step": "Step", "arm": "Arm", "dose_level": "Dose level"}


def to_criteria(clause: Clause) -> tuple[Document, list[Notice]]:
    """Return a clause as a criterion tree and what of it was left open."""
    writer = _Writer()
    tree = writer.node(clause.tree)
    try:
        parse(tree)
    except CriterionError as error:
        reason = f"not usable as criteria ({error.path}: {error.reason}); left open as a whole"
        text = "These criteria could not be read as a tree; see the CTML source."
        return open_leaf("C-001", text, CriterionKind.INCLUSION), [*writer.notices, Notice(clause.path, reason)]
    return tree, writer.notices


class _Writer:
    """Numbers the criteria of one clause."""

    def __init__(self) -> None:
        self.count = 0
        self.notices: list[Notice] = []

    def node(self, node: CtmlNode) -> Document:
        match node:
            case CtmlAll():
                return {"all": [self.node(part) for part in node.parts]}
            case CtmlAny():
                return {"any": [self.node(part) for part in node.parts]}
            case CtmlLeaf():
                return self.leaf(node)

    def leaf(self, leaf: CtmlLeaf) -> Document:
        """Write the facts that a leaf asks for; a part that we cannot ask keeps the whole from being met."""
        facts, complete = _facts(leaf)
        parts = [self.criterion(leaf, fact) for fact in facts]
        if any(part is None for part in parts):
            parts, complete = [], False
        whole: Document | None = None
        if parts:
            whole = parts[0] if len(parts) == 1 else {"any": parts}
        if not complete:
            what = "only in part among our facts" if parts else leaf.problem or "not among our facts"
            self.notices.append(Notice(leaf.path, f"left open, {what}: {leaf.source}"))
            left_open = open_leaf(self.name(), leaf.source, _kind(leaf), "CTML")
            whole = left_open if whole is None else {"all": [whole, left_open]}
        return {"not": whole} if leaf.negated else whole or {}

    def name(self) -> str:
        self.count += 1
        return f"C-{self.count:03d}"

    def criterion(self, leaf: CtmlLeaf, fact: Document) -> Document | None:
        """Return one criterion, or nothing where our matching does not know the drug, gene or value."""
        turned = bool(fact.pop("not", False))
        document = {"kind": _kind(leaf).value, "text": leaf.source, "ref": "CTML", **fact, "id": self.name()}
        try:
            parse(document)
        except CriterionError:
            return None
        return {"not": document} if turned else document


def _kind(leaf: CtmlLeaf) -> CriterionKind:
    return CriterionKind.EXCLUSION if leaf.negated else CriterionKind.INCLUSION


def _facts(leaf: CtmlLeaf) -> tuple[list[Document], bool]:
    """Return the facts of which one must hold, and whether they say all that the leaf says."""
    if leaf.problem:
        return [], False
    if leaf.category == "clinical":
        (key, value), *_others = leaf.fields
        reader = _CLINICAL.get(key)
        return reader(value) if reader else ([], False)
    if leaf.category == "genomic":
        return _genomic(leaf)
    (_key, value), *_others = leaf.fields
    return [{"fact": "prior_drug", "of": str(value).lower(), "op": "given"}], True


def _age(value: object) -> tuple[list[Document], bool]:
    """Read an age; whether "up to 18" ends at the birthday is left open, as for other sources."""
    compared = COMPARISON.fullmatch(str(value))
    if compared is None or compared[1] in ("=", "=="):
        return [], False
    operator, years = compared[1], float(compared[2])
    fact: Document = {"fact": "age_at_submission", "op": operator}
    if years == int(years):
        unclear = {"wording": "unclear"} if operator in ("<=", ">") else {}
        return [{**fact, "value": int(years), "unit": "years", **unclear}], True
    return [{**fact, "value": round(years * _MONTHS), "unit": "months"}], True


def _diagnosis(value: object) -> tuple[list[Document], bool]:
    if value == _SOLID:
        codes, _narrower = diagnoses()["_LIQUID_"]
        return [{"fact": "disease", "op": "in", "value": list(codes), "not": True}], True
    codes, narrower = diagnoses().get(str(value), ((), True))
    return [{"fact": "disease", "op": "in", "value": list(codes)}] if codes else [], not narrower


def _sex(value: object) -> tuple[list[Document], bool]:
    sex = _SEXES.get(str(value).lower())
    return ([{"fact": "sex", "op": "in", "value": [sex]}], True) if sex else ([], False)


def _status(value: object) -> tuple[list[Document], bool]:
    """Read the state of the disease; it holds when one of its words does."""
    words = value if isinstance(value, tuple) else (value,)
    facts = [_STATUS_FACTS.get(str(word).lower()) for word in words]
    if None in facts:
        return [], False
    return [{"fact": fact, "op": "is", "value": True} for fact in dict.fromkeys(facts)], True


_CLINICAL: Final[Mapping[str, Callable[[object], tuple[list[Document], bool]]]] = {
    "age_numerical": _age,
    "oncotree_primary_diagnosis": _diagnosis,
    "gender": _sex,
    "disease_status": _status,
}


def _genomic(leaf: CtmlLeaf) -> tuple[list[Document], bool]:
    gene, category = leaf.get("hugo_symbol"), str(leaf.get("variant_category") or "").lower()
    named = isinstance(gene, str) and gene not in ("any_gene", "intergenic", "None")
    if not named or any(leaf.get(key) is not None for key in SIGNATURES):
        return [], False
    if category == "structural variation":
        return _fusion(leaf, str(gene))
    if category not in ("mutation", "any variation", "") or leaf.get("cnv_call") is not None:
        return [], False
    if leaf.get("wildtype") is not None:
        return [], False
    return _variant(leaf, str(gene), category)


def _fusion(leaf: CtmlLeaf, gene: str) -> tuple[list[Document], bool]:
    partner = leaf.get("fusion_partner_hugo_symbol")
    rest = {key for key, _ in leaf.fields} - {"hugo_symbol", "variant_category", "fusion_partner_hugo_symbol"}
    if partner in (None, "any_gene", "intergenic"):
        complete = not rest and partner != "intergenic"
        return [{"fact": "fusion", "op": "present", "value": f"{gene}-r"}], complete
    return [{"fact": "fusion", "op": "present", "value": f"{gene}::{partner}"}], not rest


def _variant(leaf: CtmlLeaf, gene: str, category: str) -> tuple[list[Document], bool]:
    value: Document = {"gene": gene}
    protein = leaf.get("protein_change")
    if isinstance(protein, str):
        value["hgvs_p"] = protein
    rest = {key for key, _ in leaf.fields} - {"hugo_symbol", "variant_category", "protein_change"}
    facts: list[Document] = [{"fact": "variant", "op": "present", "value": value}]
    if not category:
        facts.append({"fact": "fusion", "op": "present", "value": f"{gene}-r"})
    return facts, not rest
