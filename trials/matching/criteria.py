"""Criterion trees: *all*, *any*, *not*, *at least n* over leaves, read from and written to JSON."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Any, Final, TypeAlias

from trials.matching.conditions import Condition, Limit
from trials.matching.reading import Unreadable, condition_for
from trials.matching.registry import FACTS

MAX_DEPTH: Final = 30
MAX_NODES: Final = 2000
MAX_TEXT: Final = 2000
_GROUPS: Final = ("all", "any", "not", "at_least")
_LEAF_KEYS: Final = frozenset(
    {"id", "fact", "of", "op", "value", "unit", "wording", "text", "kind", "ref", "recoverable", "curator"}
)


class CriterionError(Exception):
    """A criterion document that cannot be used: ``path`` is the place in it, ``reason`` a sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class CriterionKind(StrEnum):
    """Where the protocol lists the sentence; the logic is in the tree alone."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One criterion with its source sentence.

    ``recoverable`` marks what may change while the patient waits (a low platelet count, not a wrong diagnosis).
    ``document`` is the leaf as it was written.
    """

    id: str
    fact: str
    condition: Condition
    text: str
    kind: CriterionKind
    ref: str
    recoverable: bool
    curator: str
    document: Mapping[str, Any] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met when every part is met."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met when one part is met."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Met when ``n`` parts are met."""

    n: int
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Met when its part is not met."""

    part: "Node"


Node: TypeAlias = AllOf | AnyOf | AtLeast | Not | Leaf


def parse(document: object) -> Node:
    """Read a criterion tree.

    Raises ``CriterionError`` with path and reason for trees that are too deep or too large, empty groups, unknown
    keys or facts, operators, values and units that do not fit, missing source sentences and repeated ids.
    """
    return _Parser().node(document, "$", 0)


def parse_text(text: str) -> Node:
    """Read a criterion tree from JSON text; raises ``CriterionError`` like ``parse``."""
    try:
        document = json.loads(text)
    except RecursionError:
        raise CriterionError("$", f"nested deeper than {MAX_DEPTH} levels") from None
    except ValueError as error:
        raise CriterionError("$", f"not readable as JSON: {error}") from error
    return parse(document)


def to_json(node: Node) -> dict[str, Any]:
    """Write a tree back as the document it was read from."""
    match node:
        case Leaf():
            return deepcopy(dict(node.document))
        case AllOf():
            return {"all": [to_json(part) for part in node.parts]}
        case AnyOf():
            return {"any": [to_json(part) for part in node.parts]}
        case AtLeast():
            return {"at_least": {"n": node.n, "of": [to_json(part) for part in node.parts]}}
        case Not():
            return {"not": to_json(node.part)}


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield every leaf in the order of the document."""
    match node:
        case Leaf():
            yield node
        case Not():
            yield from leaves(node.part)
        case AllOf() | AnyOf() | AtLeast():
            for part in node.parts:
                yield from leaves(part)


class _Parser:
    """Reads one document and remembers the ids and the number of nodes seen so far."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.count = 0

    def node(self, document: object, path: str, depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise CriterionError(path, f"nested deeper than {MAX_DEPTH} levels")
        if self.count > MAX_NODES:
            raise CriterionError(path, f"more than {MAX_NODES} nodes in one tree")
        if not isinstance(document, Mapping):
            raise CriterionError(path, f"expected a group or a criterion, found {type(document).__name__}")
        groups = [name for name in _GROUPS if name in document]
        if not groups:
            return self.leaf(document, path)
        if len(document) > 1:
            raise CriterionError(path, f"a group holds nothing but '{groups[0]}'")
        return self.group(groups[0], document[groups[0]], path, depth)

    def group(self, name: str, body: object, path: str, depth: int) -> Node:
        here = f"{path}.{name}"
        if name == "not":
            return Not(self.node(body, here, depth + 1))
        if name == "at_least":
            return self.at_least(body, here, depth)
        parts = self.parts(body, here, depth)
        if name == "any":
            return AnyOf(parts)
        _refuse_impossible_limits(parts, here)
        return AllOf(parts)

    def at_least(self, body: object, path: str, depth: int) -> AtLeast:
        if not isinstance(body, Mapping) or set(body) != {"n", "of"}:
            raise CriterionError(path, "needs 'n' and 'of' and nothing else")
        parts, n = self.parts(body["of"], f"{path}.of", depth), body["n"]
        if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= len(parts):
            raise CriterionError(f"{path}.n", f"must be a whole number from 1 to {len(parts)}")
        return AtLeast(n, parts)

    def parts(self, body: object, path: str, depth: int) -> tuple[Node, ...]:
        if not isinstance(body, list):
            raise CriterionError(path, "expected a list of groups and criteria")
        if not body:
            raise CriterionError(path, "an empty group says nothing")
        return tuple(self.node(part, f"{path}[{index}]", depth + 1) for index, part in enumerate(body))

    def leaf(self, document: Mapping[Any, Any], path: str) -> Leaf:
        if extra := sorted(str(key) for key in document if key not in _LEAF_KEYS):
            raise CriterionError(path, f"unknown key {extra[0]!r}")
        spec = FACTS.get(str(document.get("fact")))
        if spec is None:
            raise CriterionError(f"{path}.fact", f"unknown fact {document.get('fact')!r}")
        try:
            condition = condition_for(spec, document)
        except Unreadable as problem:
            raise CriterionError(path, str(problem)) from problem
        return Leaf(
            id=self.unique_id(document, path),
            fact=spec.name,
            condition=condition,
            text=_sentence(document, path),
            kind=_kind(document, path),
            ref=str(document.get("ref", "")),
            recoverable=_recoverable(document, path),
            curator=str(document.get("curator", "")),
            document=dict(document),
        )

    def unique_id(self, document: Mapping[Any, Any], path: str) -> str:
        name = document.get("id")
        if not isinstance(name, str) or not name.strip():
            raise CriterionError(f"{path}.id", "every criterion needs an id")
        if name in self.ids:
            raise CriterionError(f"{path}.id", f"id {name!r} is used before, at {self.ids[name]}")
        self.ids[name] = path
        return name


def _refuse_impossible_limits(parts: tuple[Node, ...], path: str) -> None:
    """Refuse an age or amount that would have to lie above its own upper limit."""
    limits = [
        (part.id, part.condition) for part in parts if isinstance(part, Leaf) and isinstance(part.condition, Limit)
    ]
    for (name, low), (other, high) in product(limits, repeat=2):
        if low.fact == high.fact and _exclude(low, high):
            raise CriterionError(path, f"{name!r} and {other!r} contradict each other")


def _exclude(low: Limit, high: Limit) -> bool:
    """Whether no value lies above ``low`` and below ``high`` in any reading."""
    above = [reading.limit for reading in low.readings if reading.operator in (">", ">=")]
    below = [reading.limit for reading in high.readings if reading.operator in ("<", "<=")]
    return bool(above and below) and min(above) > max(below)


def _sentence(document: Mapping[Any, Any], path: str) -> str:
    text = document.get("text")
    if not isinstance(text, str) or not text.strip():
        raise CriterionError(f"{path}.text", "every criterion needs its source sentence")
    if len(text) > MAX_TEXT:
        raise CriterionError(f"{path}.text", f"longer than {MAX_TEXT} characters")
    return text


def _kind(document: Mapping[Any, Any], path: str) -> CriterionKind:
    try:
        return CriterionKind(str(document.get("kind")))
    except ValueError:
        raise CriterionError(f"{path}.kind", "must be inclusion or exclusion") from None


def _recoverable(document: Mapping[Any, Any], path: str) -> bool:
    recoverable = document.get("recoverable", False)
    if not isinstance(recoverable, bool):
        raise CriterionError(f"{path}.recoverable", "must be true or false")
    return recoverable
