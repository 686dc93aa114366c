"""Match clauses of CTML as neutral trees: what they say, before any of it is compared with a patient.

The language is described in the CTML documentation of MatchMiner: https://matchminer.gitbook.io/matchminer
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from trials.matching.criteria import MAX_DEPTH, MAX_NODES

_GROUP: Final = re.compile(r"(and|or)\d*")
_CATEGORY: Final = re.compile(r"(clinical|genomic|prior_treatment)\d*")
_DIGITS: Final = re.compile(r"\d+\Z")
CLINICAL_KEYS: Final = frozenset(
    {"age_numerical", "oncotree_primary_diagnosis", "gender", "tmb_numerical", "tmb", "disease_status", "er_status"}
    | {"pr_status", "her2_status", "mmr_status", "ms_status", "pdl1_status"}
)
SIGNATURES: Final = {
    "mmr_status": "MMR_STATUS",
    "ms_status": "MMR_STATUS",
    "apobec_signature": "APOBEC_STATUS",
    "pole_signature": "POLE_STATUS",
    "tobacco_signature": "TOBACCO_STATUS",
    "temozolomide_signature": "TEMOZOLOMIDE_STATUS",
    "uva_signature": "UVA_STATUS",
}
GENOMIC_KEYS: Final = frozenset(SIGNATURES) | {
    "hugo_symbol",
    "variant_category",
    "protein_change",
    "wildcard_protein_change",
    "variant_classification",
    "cnv_call",
    "exon",
    "fusion_partner_hugo_symbol",
    "wildtype",
    "molecular_function",
    "match_all",
    "display_name",
}
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "clinical": CLINICAL_KEYS,
    "genomic": GENOMIC_KEYS,
    "prior_treatment": frozenset({"prior_treatment_agent", "drug"}),
}
_NUMERIC: Final = frozenset({"age_numerical", "tmb_numerical", "tmb"})
COMPARISON: Final = re.compile(r"(>=|<=|==|>|<|=)\s*(\d{1,6}(?:\.\d{1,6})?)")
_SHOWN: Final = 1500

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | tuple[Scalar, ...]


class CtmlError(Exception):
    """A document that cannot be used: ``path`` is the place in it, ``reason`` a sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CtmlLeaf:
    """One clinical, genomic or prior-treatment criterion.

    A genomic leaf stays whole, since its fields speak of one event; a clinical leaf has one field. ``negated`` is set
    when a value began with "!", which ``fields`` then lack. A leaf with a ``problem`` was not understood and stays
    unknown. ``source`` is the leaf as written, as JSON.
    """

    category: str
    fields: tuple[tuple[str, Value], ...]
    negated: bool
    source: str
    path: str
    problem: str = ""

    def get(self, key: str) -> Value | None:
        """Return the value of a field, ``None`` where the leaf does not name it."""
        return dict(self.fields).get(key)

    @property
    def key(self) -> str:
        """What the leaf says, the same for equal leaves anywhere."""
        return json.dumps([self.category, self.fields, self.negated, self.problem and self.source])


@dataclass(frozen=True, slots=True)
class CtmlAll:
    """Met when every part is met."""

    parts: tuple["CtmlNode", ...]


@dataclass(frozen=True, slots=True)
class CtmlAny:
    """Met when one part is met."""

    parts: tuple["CtmlNode", ...]


CtmlNode: TypeAlias = CtmlAll | CtmlAny | CtmlLeaf


def parse_match(document: object, path: str = "$") -> CtmlNode:
    """Read one match clause or a list of clauses, which is an *and*.

    Raises ``CtmlError`` for trees that are too deep or too large and for what is no tree at all. Keys, values and
    empty leaves that CTML does not know become leaves with a ``problem``.
    """
    return _Parser().clause(document, path)


def leaves(node: CtmlNode) -> Iterator[CtmlLeaf]:
    """Yield every leaf in the order of the document."""
    if isinstance(node, CtmlLeaf):
        yield node
        return
    for part in node.parts:
        yield from leaves(part)


class _Parser:
    """Counts the nodes of one clause while reading it."""

    def __init__(self) -> None:
        self.count = 0

    def clause(self, document: object, path: str) -> CtmlNode:
        if isinstance(document, list):
            return self.group(CtmlAll, document, path, 0)
        return self.item(document, path, 0)

    def group(self, kind: type[CtmlAll] | type[CtmlAny], body: object, path: str, depth: int) -> CtmlNode:
        items = body if isinstance(body, list) else [body]
        if not items:
            return self.unresolved({}, path, "an empty group says nothing")
        parts = tuple(self.item(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(items))
        return parts[0] if len(parts) == 1 else kind(parts)

    def item(self, item: object, path: str, depth: int) -> CtmlNode:
        if depth > MAX_DEPTH:
            raise CtmlError(path, f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(item, list):
            return self.group(CtmlAll, item, path, depth)
        if not isinstance(item, Mapping) or not item:
            return self.unresolved(item, path, "a group or a criterion is missing here")
        parts = tuple(self.keyed(str(key), value, f"{path}.{key}", depth) for key, value in item.items())
        return parts[0] if len(parts) == 1 else CtmlAll(parts)

    def keyed(self, key: str, value: object, path: str, depth: int) -> CtmlNode:
        if _GROUP.fullmatch(key):
            return self.group(CtmlAny if key.startswith("or") else CtmlAll, value, path, depth)
        if not _CATEGORY.fullmatch(key):
            return self.unresolved({key: value}, path, f"unknown key {key!r}", category=key)
        category = _DIGITS.sub("", key)
        if not isinstance(value, Mapping) or not value:
            return self.unresolved({key: value}, path, f"{key!r} states nothing", category=category)
        if category == "genomic":
            return self.leaf(category, value, path)
        parts = tuple(self.leaf(category, {name: one}, f"{path}.{name}") for name, one in value.items())
        return parts[0] if len(parts) == 1 else CtmlAll(parts)

    def leaf(self, category: str, document: Mapping[Any, Any], path: str) -> CtmlLeaf:
        for name, value in document.items():
            if problem := _problem(category, str(name), value):
                return self.unresolved({category: dict(document)}, path, problem, category=category)
        self.step(path)
        negated = any(isinstance(value, str) and value.startswith("!") for value in document.values())
        fields = tuple((str(name), _plain(value)) for name, value in document.items() if name != "display_name")
        return CtmlLeaf(category, fields, negated, _source({category: dict(document)}), path)

    def unresolved(self, document: object, path: str, problem: str, *, category: str = "") -> CtmlLeaf:
        self.step(path)
        return CtmlLeaf(category, (), _is_negated(document), _source(document), path, problem)

    def step(self, path: str) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise CtmlError(path, f"more than {MAX_NODES} criteria in one clause")


def _problem(category: str, name: str, value: object) -> str:
    """Say why a field is not understood, nothing where it is."""
    if name not in _KEYS[category]:
        return f"unknown key {name!r}"
    if name == "disease_status":
        words = value if isinstance(value, list) else [value]
        return "" if words and all(isinstance(word, str) for word in words) else f"{name!r} is no list of words"
    if isinstance(value, str) and value.removeprefix("!").strip():
        numeric = name in _NUMERIC and not COMPARISON.fullmatch(value.strip())
        return f"{value!r} is no comparison with a number" if numeric else ""
    if isinstance(value, bool | int | float) and name not in _NUMERIC:
        return ""
    return f"{name!r} has no value that can be compared"


def _plain(value: object) -> Value:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if isinstance(value, str):
        return value.removeprefix("!").strip()
    return value if isinstance(value, bool | int | float) else str(value)


def _is_negated(document: object) -> bool:
    """Whether some field of a leaf that was not understood is negated."""
    if not isinstance(document, Mapping):
        return isinstance(document, str) and document.startswith("!")
    inner = [value for value in document.values() if isinstance(value, Mapping)]
    values = [value for mapping in (document, *inner) for value in mapping.values()]
    return any(isinstance(value, str) and value.startswith("!") for value in values)


def _source(document: object) -> str:
    text = json.dumps(document, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
