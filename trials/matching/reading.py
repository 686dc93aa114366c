"""Turns the fact, operator, value and unit of one criterion into a condition, or says what is wrong with them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from trials.matching.conditions import (
    Condition,
    Exposure,
    Expressed,
    ExpressedPercent,
    Flag,
    HasLesion,
    HasPathway,
    KindOfDisease,
    Limit,
    LimitAbout,
    OneOf,
    Reading,
    Unread,
)
from trials.matching.intervals import COMPARISONS
from trials.matching.lesions import GeneVariant, Lesion, protein_key
from trials.matching.registry import UNITS, FactKind, FactSpec
from trials.matching.vocabulary import antigen_names, diseases, drug_classes, drug_names, pathways, readable_lesion

WORDINGS: Final = ("exact", "completed_years", "unclear")
_MONTHS_PER_YEAR: Final = 12
_LARGEST: Final = 1e9


class Unreadable(Exception):
    """What is wrong with one criterion, without its place in the tree."""


def condition_for(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    """Return the condition that ``leaf`` puts on the fact.

    Raises ``Unreadable`` when operator, value, unit, ``of`` or wording do not fit the fact.
    """
    if spec.about and not str(leaf.get("of") or "").strip():
        raise Unreadable(f"'{spec.name}' needs 'of': the {spec.about} that is meant")
    if spec.about:
        _require_known(spec, str(leaf["of"]).strip())
    if not spec.about and "of" in leaf:
        raise Unreadable(f"'{spec.name}' takes no 'of'")
    if "wording" in leaf and spec.kind is not FactKind.AGE:
        raise Unreadable("'wording' belongs to ages only")
    if "unit" in leaf and not spec.dimension:
        raise Unreadable(f"'{spec.name}' has no unit")
    return _READERS[spec.kind](spec, leaf)


def _require_known(spec: FactSpec, name: str) -> None:
    """Refuse a drug, class or antigen that no case can hold: it would read as absent for ever."""
    known = {
        "drug": (name.lower(), drug_names()),
        "drug class": (name.lower(), drug_classes()),
        "antigen": (name, antigen_names()),
    }
    key, names = known.get(spec.about, (name, {name}))
    if key not in names:
        raise Unreadable(f"{name!r} is no known {spec.about}")


def _key(spec: FactSpec, leaf: Mapping[str, Any]) -> str:
    """Return what the fact is about as the facts name it: antigens as written, all else in lower case."""
    name = str(leaf.get("of", "")).strip()
    return name if spec.about == "antigen" else name.lower()


def _operator(leaf: Mapping[str, Any], *allowed: str) -> str:
    operator = leaf.get("op")
    if operator not in allowed:
        raise Unreadable(f"operator {operator!r} does not fit; allowed: {', '.join(allowed)}")
    return str(operator)


def _limit_value(spec: FactSpec, leaf: Mapping[str, Any]) -> float:
    value, unit = leaf.get("value"), leaf.get("unit")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable(f"value {value!r} is not a number")
    if not 0 <= value <= _LARGEST:
        raise Unreadable(f"value {value!r} is negative or beyond any measurement")
    units = UNITS[spec.dimension]
    if unit not in units:
        raise Unreadable(f"unit {unit!r} does not fit '{spec.name}'; possible: {', '.join(units)}")
    return float(value) * units[unit]


def _quantity(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    reading = Reading(_operator(leaf, *COMPARISONS), _limit_value(spec, leaf))
    if spec.about:
        return LimitAbout(spec.name, _key(spec, leaf), reading)
    return Limit(spec.name, (reading,))


def _age(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    """Read an age limit; "up to 18 years" may end at the 18th birthday or with the 18th completed year."""
    exact = Reading(_operator(leaf, "<", "<=", ">", ">="), _limit_value(spec, leaf))
    wording = leaf.get("wording", "exact")
    if wording not in WORDINGS:
        raise Unreadable(f"wording {wording!r} is none of {', '.join(WORDINGS)}")
    if wording == "exact":
        return Limit(spec.name, (exact,))
    if leaf.get("unit") != "years" or leaf.get("value") != int(leaf["value"]):
        raise Unreadable("only limits in whole years can be read as completed years")
    completed = _in_completed_years(exact)
    return Limit(spec.name, (completed,) if wording == "completed_years" else (exact, completed))


def _in_completed_years(reading: Reading) -> Reading:
    match reading.operator:
        case "<=":
            return Reading("<", reading.limit + _MONTHS_PER_YEAR)
        case ">":
            return Reading(">=", reading.limit + _MONTHS_PER_YEAR)
    return reading


def _codes_of(leaf: Mapping[str, Any]) -> frozenset[str]:
    value = leaf.get("value")
    if not isinstance(value, list) or not value or not all(isinstance(code, str) and code for code in value):
        raise Unreadable("value must be a list of codes with at least one entry")
    return frozenset(value)


def _codes(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "in" if spec.kind is FactKind.CODE else "any_of")
    return OneOf(spec.name, _codes_of(leaf))


def _disease(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "in")
    codes = _codes_of(leaf)
    for code in sorted(codes):
        if not diseases().knows(code):
            raise Unreadable(f"{code!r} is no known family, group or entity of disease")
    return KindOfDisease(spec.name, diseases().spread(codes))


def _flag(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "is")
    value = leaf.get("value")
    if not isinstance(value, bool):
        raise Unreadable(f"value {value!r} is neither true nor false")
    return Flag(spec.name, value, _key(spec, leaf))


def _exposure(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "given")
    _no_value(leaf)
    return Exposure(spec.name, _key(spec, leaf))


def _no_value(leaf: Mapping[str, Any]) -> None:
    if leaf.get("value") is not None:
        raise Unreadable(f"operator {leaf['op']!r} takes no value")


def _lesion(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    """Read a variant or fusion, in shorthand or as gene, class and protein change."""
    _operator(leaf, "present")
    value = leaf.get("value")
    lesion = _variant_from(value) if isinstance(value, Mapping) else readable_lesion(str(value))
    if lesion is None:
        raise Unreadable(f"{value!r} is no known way to write a lesion")
    if isinstance(lesion, GeneVariant) is not (spec.kind is FactKind.VARIANT):
        raise Unreadable(f"{value!r} is not a {spec.kind}")
    return HasLesion(spec.name, lesion)


def _variant_from(value: Mapping[str, Any]) -> Lesion:
    gene = value.get("gene")
    if not isinstance(gene, str) or not gene or not set(value) <= {"gene", "class", "hgvs_p", "origin"}:
        raise Unreadable("a variant is written as gene, and optionally class, hgvs_p and origin")
    origin = str(value.get("origin", ""))
    if origin not in ("", "somatic"):
        raise Unreadable(f"origin {origin!r} is not somatic, and no other can be compared")
    protein = protein_key(str(value.get("hgvs_p", "")))
    return GeneVariant(frozenset({gene}), str(value.get("class", "")), protein, somatic=bool(origin))


def _pathway(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "altered")
    pathway = pathways().get(str(leaf.get("value")))
    if pathway is None:
        raise Unreadable(f"{leaf.get('value')!r} is none of the pathways {', '.join(pathways())}")
    return HasPathway(spec.name, pathway.name, _lesions(pathway.members))


def _lesions(texts: tuple[str, ...]) -> tuple[Lesion, ...]:
    return tuple(lesion for text in texts if (lesion := readable_lesion(text)) is not None)


def _antigen(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "expressed")
    _no_value(leaf)
    return Expressed(spec.name, str(leaf["of"]))


def _antigen_percent(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    limit = _limit_value(spec, leaf)
    if limit > 100:
        raise Unreadable(f"{limit} per cent of blasts is impossible")
    return ExpressedPercent(spec.name, str(leaf["of"]), Reading(_operator(leaf, *COMPARISONS), limit))


def _unread(spec: FactSpec, leaf: Mapping[str, Any]) -> Condition:
    _operator(leaf, "unread")
    _no_value(leaf)
    return Unread(spec.name)


_READERS: Final[Mapping[FactKind, Callable[[FactSpec, Mapping[str, Any]], Condition]]] = {
    FactKind.QUANTITY: _quantity,
    FactKind.AGE: _age,
    FactKind.CODE: _codes,
    FactKind.CODES: _codes,
    FactKind.DISEASE: _disease,
    FactKind.FLAG: _flag,
    FactKind.EXPOSURE: _exposure,
    FactKind.VARIANT: _lesion,
    FactKind.FUSION: _lesion,
    FactKind.PATHWAY: _pathway,
    FactKind.ANTIGEN: _antigen,
    FactKind.ANTIGEN_PERCENT: _antigen_percent,
    FactKind.UNREAD: _unread,
}
