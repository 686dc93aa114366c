"""Writes trials as CTML as far as it can say what we ask, with a list of what was lost.

What is lost never excludes anybody: a criterion that CTML cannot say counts as met, so the written trial is wider.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from typing import Any, Final, TypeAlias

from trials.enums import IdentifierSystem, TrialStatus
from trials.exporters.oncotree import names_for
from trials.importers.own import TrialRecord
from trials.matching.conditions import (
    Condition,
    Exposure,
    Flag,
    HasLesion,
    KindOfDisease,
    Limit,
    OneOf,
    Reading,
)
from trials.matching.criteria import AllOf, AnyOf, AtLeast, Leaf, Node, Not, parse
from trials.matching.lesions import Fusion, GeneVariant, Rearrangement

Document: TypeAlias = dict[str, Any]
_MONTHS: Final = 12
_MOST_COMBINATIONS: Final = 40
_TURNED: Final = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
_STATUSES: Final = {"in_relapse": "Recurrent", "refractory": "Refractory", "newly_diagnosed": "Untreated"}


@dataclass(frozen=True, slots=True)
class Lost:
    """A criterion that the written trial lacks or states in a wider sense: arm, criterion, sentence."""

    arm: str
    criterion: str
    reason: str


@dataclass(slots=True)
class CtmlExport:
    """A CTML document and what of the trial is not in it."""

    document: Document
    lost: list[Lost] = field(default_factory=list)


def to_ctml(record: TrialRecord) -> CtmlExport:
    """Return a trial as CTML: one step, one arm for each arm."""
    lost: list[Lost] = []
    arms = []
    for number, row in enumerate(record.arms, start=1):
        writer = _Writer(row.key, lost)
        match = writer.node(parse(row.criteria), negated=False)
        arm: Document = {
            "arm_internal_id": number,
            "arm_code": row.key,
            "arm_description": row.title,
            "arm_suspended": "Y" if _is_shut(row.status) else "N",
            "dose_level": [],
        }
        if match is None:
            lost.append(Lost(row.key, "", "nothing of this arm can be said in CTML, so it has no match clause"))
        else:
            arm["match"] = [match if set(match) & {"and", "or"} else {"and": [match]}]
        arms.append(arm)
    status = "open to accrual" if record.status is TrialStatus.RECRUITING else "closed to accrual"
    nct = [row.value for row in record.identifiers if row.system is IdentifierSystem.NCT]
    document: Document = {
        "protocol_no": record.key,
        **({"nct_id": nct[0]} if nct else {}),
        "short_title": record.title,
        "phase": record.phase,
        "status": status,
        "_summary": {"status": [{"value": status}]},
        "drug_list": {"drug": [{"drug_name": name} for name in record.agents]},
        "sponsor_list": {"sponsor": [{"sponsor_name": record.sponsor}] if record.sponsor else []},
        "treatment_list": {
            "step": [{"step_internal_id": 1, "step_code": "1", "step_type": "Registration", "arm": arms}]
        },
    }
    return CtmlExport(document, lost)


def _is_shut(status: TrialStatus | None) -> bool:
    return status not in (None, TrialStatus.RECRUITING, TrialStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one arm; *not* is moved down to the leaves, as CTML has it only there."""

    arm: str
    lost: list[Lost]

    def node(self, node: Node, *, negated: bool) -> Document | None:
        """Return a group or criterion, ``None`` for one that counts as met."""
        match node:
            case Leaf():
                return self.leaf(node, negated=negated)
            case Not():
                return self.node(node.part, negated=not negated)
            case AllOf():
                return self.group("or" if negated else "and", node.parts, negated=negated)
            case AnyOf():
                return self.group("and" if negated else "or", node.parts, negated=negated)
            case AtLeast():
                return self.at_least(node, negated=negated)

    def group(self, kind: str, parts: Sequence[Node], *, negated: bool) -> Document | None:
        written = [self.node(part, negated=negated) for part in parts]
        kept = [part for part in written if part is not None]
        if not kept or (kind == "or" and len(kept) < len(written)):
            if kept:
                self.lost.append(Lost(self.arm, "", "alternatives are left out, since one of them cannot be said"))
            return None
        return kept[0] if len(kept) == 1 else {kind: kept}

    def at_least(self, node: AtLeast, *, negated: bool) -> Document | None:
        """Write out the combinations; not at least n is at least all but n - 1 of the opposites."""
        needed = len(node.parts) - node.n + 1 if negated else node.n
        if comb(len(node.parts), needed) > _MOST_COMBINATIONS:
            self.lost.append(Lost(self.arm, "", f"at least {node.n} of {len(node.parts)}: too many combinations"))
            return None
        chosen = [self.group("and", parts, negated=negated) for parts in combinations(node.parts, needed)]
        if None in chosen:
            return None
        kept = [part for part in chosen if part is not None]
        return kept[0] if len(kept) == 1 else {"or": kept}

    def leaf(self, leaf: Leaf, *, negated: bool) -> Document | None:
        writer = next((write for kind, write in _WRITERS if isinstance(leaf.condition, kind)), None)
        document, remark = writer(leaf, leaf.condition, negated) if writer else (None, "CTML has no field for it")
        if remark:
            self.lost.append(Lost(self.arm, leaf.id, f"{remark}: {leaf.text}"))
        return document


_Written: TypeAlias = tuple[Document | None, str]
_Write: TypeAlias = Callable[[Leaf, Any, bool], _Written]


def _age(leaf: Leaf, condition: Limit, negated: bool) -> _Written:  # noqa: FBT001 -- one signature for all writers
    if leaf.fact != "age_at_submission":
        return None, "CTML has no field for it"
    reading = _widest(condition, negated=negated)
    if reading.limit != int(reading.limit) or reading.operator not in _TURNED:
        return None, "CTML reckons ages in whole months"
    operator = _TURNED[reading.operator] if negated else reading.operator
    years, months = divmod(int(reading.limit), _MONTHS)
    number = f"{years + months / _MONTHS:.3f}".rstrip("0").rstrip(".")
    remark = "of two readings of the wording the wider one is written" if len(condition.readings) > 1 else ""
    return {"clinical": {"age_numerical": f"{operator}{number}"}}, remark


def _widest(condition: Limit, *, negated: bool) -> Reading:
    """Return the reading that lets in the most patients."""
    is_upper = condition.readings[0].operator in ("<", "<=")
    return (max if is_upper is not negated else min)(condition.readings, key=lambda reading: reading.limit)


def _disease(_leaf: Leaf, condition: KindOfDisease, negated: bool) -> _Written:  # noqa: FBT001
    names, is_exact = names_for(condition.codes)
    if not names or (negated and not is_exact):
        return None, "OncoTree has no name for exactly this"
    sign = "!" if negated else ""
    rows = [{"clinical": {"oncotree_primary_diagnosis": f"{sign}{name}"}} for name in names]
    document = rows[0] if len(rows) == 1 else {"and" if negated else "or": rows}
    return document, "" if is_exact else "written with a wider name of OncoTree"


def _code(leaf: Leaf, condition: OneOf, negated: bool) -> _Written:  # noqa: FBT001
    codes = condition.codes & {"male", "female"}
    if leaf.fact != "sex" or len(codes) != 1 or codes != condition.codes:
        return None, "CTML has no field for it"
    return {"clinical": {"gender": f"{'!' if negated else ''}{next(iter(codes)).capitalize()}"}}, ""


def _flag(leaf: Leaf, condition: Flag, negated: bool) -> _Written:  # noqa: FBT001
    word = _STATUSES.get(leaf.fact)
    if word is None or condition.wanted is negated:
        return None, "CTML has no field for it"
    return {"clinical": {"disease_status": [word]}}, ""


def _lesion(_leaf: Leaf, condition: HasLesion, negated: bool) -> _Written:  # noqa: FBT001
    sign, lesion = "!" if negated else "", condition.lesion
    if isinstance(lesion, Fusion):
        first, second = sorted(lesion.genes) if len(lesion.genes) > 1 else [*lesion.genes, *lesion.genes]
        fields = {"hugo_symbol": first, "fusion_partner_hugo_symbol": second}
        return {"genomic": {**fields, "variant_category": f"{sign}Structural Variation"}}, ""
    if isinstance(lesion, Rearrangement):
        (gene,) = lesion.genes
        return {"genomic": {"hugo_symbol": gene, "variant_category": f"{sign}Structural Variation"}}, ""
    if not isinstance(lesion, GeneVariant):
        return None, "CTML has no shorthand for a class of lesions"
    narrower = [part for part in (lesion.variant_class, "somatic" if lesion.somatic else "") if part]
    if narrower and negated:
        return None, "CTML cannot say this class or origin of a variant"
    category = "Mutation" if negated or lesion.protein or lesion.variant_class else "Any Variation"
    fields = {"hugo_symbol": lesion.gene, "variant_category": f"{sign}{category}"}
    if lesion.protein:
        fields["protein_change"] = f"p.{lesion.protein}"
    return {"genomic": fields}, f"written without {', '.join(narrower)}" if narrower else ""


def _drug(leaf: Leaf, condition: Exposure, negated: bool) -> _Written:  # noqa: FBT001
    if leaf.fact != "prior_drug":
        return None, "CTML has no classes of drugs"
    return {"prior_treatment": {"prior_treatment_agent": f"{'!' if negated else ''}{condition.key}"}}, ""


_WRITERS: Final[Sequence[tuple[type[Condition], _Write]]] = (
    (Limit, _age),
    (KindOfDisease, _disease),
    (OneOf, _code),
    (Flag, _flag),
    (HasLesion, _lesion),
    (Exposure, _drug),
)


def summary(lost: Sequence[Lost]) -> Mapping[str, int]:
    """Return how often each reason occurs, without the sentences."""
    found: dict[str, int] = {}
    for row in lost:
        reason = row.reason.partition(":")[0]
        found[reason] = found.get(reason, 0) + 1
    return found
