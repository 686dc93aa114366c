"""One line as a curator types it, and the leaf of a criterion document that it means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trials.curation.codes import Words
from trials.matching.criteria import CriterionKind
from trials.matching.intervals import COMPARISONS
from trials.matching.registry import FACTS, UNITS, FactKind, FactSpec
from trials.matching.vocabulary import antigen_names

NOT_COMPARED: Final = "unread_criteria"
_OPEN: Final[FactSpec] = FACTS[NOT_COMPARED]
_ABOUT: Final = (gettext_noop("drug"), gettext_noop("drug class"), gettext_noop("antigen"), gettext_noop("study"))
_LIMITS: Final = frozenset({FactKind.QUANTITY, FactKind.AGE, FactKind.ANTIGEN_PERCENT})
_ONLY_OPERATOR: Final = {
    FactKind.CODE: "in",
    FactKind.CODES: "any_of",
    FactKind.DISEASE: "in",
    FactKind.FLAG: "is",
    FactKind.EXPOSURE: "given",
    FactKind.VARIANT: "present",
    FactKind.FUSION: "present",
    FactKind.PATHWAY: "altered",
    FactKind.ANTIGEN: "expressed",
    FactKind.UNREAD: "unread",
}
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_AMBIGUOUS: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
_VARIANT_KEYS: Final = ("gene", "class", "hgvs_p", "origin")


class Unclear(Exception):
    """What a line does not say clearly: ``column`` of the line, ``reason`` as a sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Line:
    """One criterion as a row of the editor: all in words, as typed.

    ``fact`` is the fact's name or code, empty for what people read and nobody compares. ``negated`` marks what must
    not hold. ``group`` is the letter of the group that the line belongs to, empty for one that stands alone.
    """

    id: str
    text: str
    kind: str = CriterionKind.INCLUSION.value
    ref: str = ""
    fact: str = ""
    about: str = ""
    op: str = ""
    value: str = ""
    unit: str = ""
    wording: str = ""
    negated: bool = False
    recoverable: bool = False
    group: str = ""
    curator: str = ""


@cache
def _ambiguous_labels() -> frozenset[str]:
    labels = [spec.label for spec in FACTS.values()]
    return frozenset(label for label in labels if labels.count(label) > 1)


def fact_name(spec: FactSpec) -> str:
    """Return the words under which a curator finds a fact; no two facts share them."""
    label = _(spec.label)
    return f"{label} ({_(spec.about)})" if spec.label in _ambiguous_labels() else label


def fact_named(typed: str) -> FactSpec | None:
    """Return the fact of this name or code, ``None`` for no known one."""
    wanted = " ".join(typed.split()).casefold()
    by_code = FACTS.get(wanted)
    return by_code or next((spec for spec in FACTS.values() if fact_name(spec).casefold() == wanted), None)


def takes_limit(spec: FactSpec) -> bool:
    """Whether a fact is compared with a number by an operator that the curator chooses."""
    return spec.kind in _LIMITS


def leaf_of(line: Line, words: Words) -> dict[str, Any]:
    """Return the leaf that a line means, still to be judged by the engine.

    Raises ``Unclear`` for an unknown fact, a missing or unfitting operator, and a value that is no number or no code.
    """
    spec = _fact(line)
    leaf: dict[str, Any] = {"id": line.id.strip(), "kind": line.kind}
    if line.ref.strip():
        leaf["ref"] = line.ref.strip()
    leaf |= {"text": line.text.strip(), "fact": spec.name}
    if line.about.strip():
        leaf["of"] = _about(spec, line.about.strip())
    leaf["op"] = _operator(spec, line)
    value = _value(spec, line, words)
    if value is not None:
        leaf["value"] = value
    if unit := line.unit.strip() or _only_unit(spec):
        leaf["unit"] = unit
    if line.wording and line.wording != "exact":
        leaf["wording"] = line.wording
    if line.recoverable:
        leaf["recoverable"] = True
    if line.curator:
        leaf["curator"] = line.curator
    return leaf


def line_of(leaf: Mapping[str, Any], words: Words, *, negated: bool, group: str) -> Line:
    """Return a leaf as a row of the editor."""
    spec = FACTS.get(str(leaf.get("fact")))
    operator = str(leaf.get("op", ""))
    is_open = spec is not None and spec.kind is FactKind.UNREAD
    return Line(
        id=str(leaf.get("id", "")),
        text=str(leaf.get("text", "")),
        kind=str(leaf.get("kind", "")),
        ref=str(leaf.get("ref", "")),
        fact="" if is_open else (fact_name(spec) if spec else str(leaf.get("fact", ""))),
        about=str(leaf.get("of", "")),
        op=operator if operator in COMPARISONS else "",
        value=_in_words(spec, leaf.get("value"), words),
        unit=str(leaf.get("unit", "")),
        wording=str(leaf.get("wording", "")),
        negated=negated,
        recoverable=bool(leaf.get("recoverable")),
        group=group,
        curator=str(leaf.get("curator", "")),
    )


def _fact(line: Line) -> FactSpec:
    if not line.fact.strip():
        if any(part.strip() for part in (line.about, line.op, line.value, line.unit)):
            raise Unclear("fact", _("Name the fact that is compared, or leave the whole comparison empty."))
        return _OPEN
    spec = fact_named(line.fact)
    if spec is None:
        raise Unclear("fact", _("“%(typed)s” is no fact that can be compared.") % {"typed": line.fact.strip()})
    return spec


def _about(spec: FactSpec, typed: str) -> str:
    if spec.about != "antigen":
        return typed
    return next((name for name in antigen_names() if name.casefold() == typed.casefold()), typed)


def _operator(spec: FactSpec, line: Line) -> str:
    if takes_limit(spec):
        if line.op not in COMPARISONS:
            raise Unclear("op", _("Choose how “%(fact)s” is compared.") % {"fact": fact_name(spec)})
        return line.op
    if line.op:
        raise Unclear("op", _("“%(fact)s” is not compared with a number.") % {"fact": fact_name(spec)})
    return _ONLY_OPERATOR[spec.kind]


def _only_unit(spec: FactSpec) -> str:
    units = list(UNITS.get(spec.dimension, ()))
    return units[0] if len(units) == 1 else ""


def _value(spec: FactSpec, line: Line, words: Words) -> Any:
    typed = " ".join(line.value.split())
    if takes_limit(spec):
        return _number(typed)
    if spec.kind in (FactKind.CODE, FactKind.CODES, FactKind.DISEASE):
        return _codes(spec, typed, words)
    readers: dict[FactKind, Callable[[], Any]] = {
        FactKind.FLAG: lambda: _yes_or_no(typed),
        FactKind.PATHWAY: lambda: _code(typed, words.of(spec)) or typed,
        FactKind.VARIANT: lambda: _variant(typed),
        FactKind.FUSION: lambda: typed,
    }
    return readers[spec.kind]() if spec.kind in readers else typed or None


def _number(typed: str) -> float | int:
    if not _NUMBER.fullmatch(typed) or _AMBIGUOUS.fullmatch(typed):
        raise Unclear("value", _("“%(typed)s” is not a number. Write it like 0.41 or 0,41.") % {"typed": typed})
    number = float(typed.replace(",", "."))
    return int(number) if number.is_integer() else number


def _yes_or_no(typed: str) -> bool:
    if typed.casefold() in ("", "yes", "true", _("yes").casefold()):
        return True
    if typed.casefold() in ("no", "false", _("no").casefold()):
        return False
    raise Unclear("value", _("Write yes or no, not “%(typed)s”.") % {"typed": typed})


def _code(typed: str, codes: Mapping[str, str]) -> str | None:
    wanted = typed.casefold()
    return next((code for code, word in codes.items() if wanted in (code.casefold(), word.casefold())), None)


def _codes(spec: FactSpec, typed: str, words: Words) -> list[str]:
    codes = words.of(spec)
    whole = _code(typed, codes)
    if whole is not None:
        return [whole]
    found = []
    for part in filter(None, (part.strip() for part in typed.split(";"))):
        code = _code(part, codes) if codes else part
        if code is None:
            sentence = _("“%(typed)s” is no answer to “%(fact)s”; possible: %(codes)s")
            some = "; ".join(list(codes.values())[:12])
            raise Unclear("value", sentence % {"typed": part, "fact": fact_name(spec), "codes": some})
        found.append(code)
    if not found:
        raise Unclear("value", _("Write at least one answer; several are set apart by semicolons."))
    return found


def _variant(typed: str) -> str | dict[str, str]:
    """Read "gene: NRAS; origin: somatic" as columns, anything else as shorthand for the engine."""
    if ":" not in typed:
        return typed
    pairs = [part.partition(":") for part in typed.split(";") if part.strip()]
    columns = {name.strip(): value.strip() for name, _colon, value in pairs}
    return columns if set(columns) <= set(_VARIANT_KEYS) else typed


def _in_words(spec: FactSpec | None, value: Any, words: Words) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, list):
        codes = words.of(spec) if spec else {}
        return "; ".join(codes.get(str(code), str(code)) for code in value)
    return "" if value is None else str(value)
