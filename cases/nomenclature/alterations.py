"""One line of a molecular report, whatever kind of finding it is."""

import re
from dataclasses import dataclass
from typing import Literal

from cases.nomenclature import SymbolOf, Unparsed, absence, events, fusions, hgvs, iscn

Kind = Literal["variant", "fusion", "class_event", "karyotype"]

_GENE = r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
_LED_BY_GENE = re.compile(rf"(?P<gene>{_GENE})[\s:,]+(?P<rest>\S.*)", re.DOTALL)
_TWO_LEVELS = re.compile(r"(?P<coding>\S*c\.[^\s(,;]+)[\s,;]*\(?(?P<protein>p\.(?:\([^\s()]+\)|[^\s()]+))\)?")
_TAIL = re.compile(r"\s+(?:mutation|mutated|variant|positive|detected|somatic)$|\+$", re.IGNORECASE)


@dataclass(frozen=True)
class Alteration:
    """What a line says: exactly the part named by ``kind`` is filled; a variant has ``coding``, ``protein`` or both.

    ``gene`` is the approved symbol of a variant or class of changes, "" where only an accession names it.
    """

    original: str
    kind: Kind
    gene: str = ""
    coding: hgvs.Hgvs | None = None
    protein: hgvs.Hgvs | None = None
    fusion: fusions.Fusion | None = None
    event: events.ClassEvent | None = None
    karyotype: iscn.Karyotype | None = None


def parse(text: str, symbol: SymbolOf) -> Alteration | Unparsed:
    """Read ``text`` as class of changes, fusion, gene with HGVS change or karyotype, in this order. Never raises."""
    if not text.strip():
        return Unparsed(text, "There is no text.")
    if iscn.is_not_done(text):
        return Unparsed(text, "This says that nothing was examined.")
    return absence(text) or _finding(text, symbol)


def _finding(text: str, symbol: SymbolOf) -> Alteration | Unparsed:
    event, fusion = events.parse(text, symbol), fusions.parse(text, symbol)
    if isinstance(event, events.ClassEvent):
        return Alteration(text, "class_event", gene=event.gene, event=event)
    if isinstance(fusion, fusions.Fusion):
        return Alteration(text, "fusion", fusion=fusion)
    variant = _variant(text, symbol)
    if isinstance(variant, Alteration):
        return variant
    if (karyotype := iscn.parse(text)).clones:
        return Alteration(text, "karyotype", karyotype=karyotype)
    plain = Unparsed(text, "This is not a change, fusion, class of changes or karyotype that is read here.")
    return next((tried for tried in (variant, event, fusion) if _is_telling(tried)), plain)


def _is_telling(tried: Unparsed) -> bool:
    """Whether a refusal says more than that the text is of another kind."""
    is_of_that_kind = re.search(r"\b[pcgnmr]\.", tried.original) is not None and "HGVS" in tried.reason
    return is_of_that_kind or not tried.reason.startswith(("This is not a", "This names no"))


def _variant(text: str, symbol: SymbolOf) -> Alteration | Unparsed:
    """A gene with a change on one or two levels, or a change whose accession or prefix names the gene."""
    plain = _TAIL.sub("", text.strip())
    whole = _levels(plain)
    if not isinstance(whole, Unparsed):
        return _of_gene(text, whole, "", symbol)
    led = _LED_BY_GENE.fullmatch(plain)
    if led is None:
        return Unparsed(text, whole.reason)
    changes = _levels(led["rest"].strip())
    if isinstance(changes, Unparsed):
        return Unparsed(text, changes.reason)
    return _of_gene(text, changes, led["gene"], symbol)


def _levels(text: str) -> list[hgvs.Hgvs] | Unparsed:
    """One change, or the same change written for cDNA and protein."""
    one = hgvs.parse(text)
    if isinstance(one, hgvs.Hgvs):
        return [one]
    if two := _TWO_LEVELS.fullmatch(text):
        coding, protein = hgvs.parse(two["coding"]), hgvs.parse(two["protein"])
        if isinstance(coding, hgvs.Hgvs) and isinstance(protein, hgvs.Hgvs):
            return [coding, protein]
    return one


def _of_gene(text: str, changes: list[hgvs.Hgvs], written: str, symbol: SymbolOf) -> Alteration | Unparsed:
    name = written or next((change.gene for change in changes if change.gene), "")
    gene = symbol(name) if name else ""
    if gene is None:
        return Unparsed(text, f"“{name}” is not a gene that is known here, or it means several genes.")
    if not gene and not changes[0].accession:
        return Unparsed(text, "The gene is missing, as in KRAS p.Gly12Asp.")
    protein = next((change for change in changes if change.kind == "p"), None)
    coding = next((change for change in changes if change.kind != "p"), None)
    return Alteration(text, "variant", gene=gene, coding=coding, protein=protein)
