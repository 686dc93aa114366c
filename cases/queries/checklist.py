"""Was it looked for? What a reader asks first in a disease, in three states.

"Found" and "tested, not found" need a statement of the dossier. Everything else is "not tested as far as stated": a
sequencing that was done does not say what it covered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from cases.nomenclature import iscn

Content = Mapping[str, Any]

_FILE: Final = Path(__file__).parents[1] / "data" / "checklists.yaml"
_GENE: Final = re.compile(r"[A-Z][A-Z0-9-]{2,}")
_SEPARATED: Final = re.compile("break|fusion|separat|rearrang", re.IGNORECASE)
_CLASSES: Final = {"ITD": "ITD", "PTD": "PTD"}
_DUPLICATION: Final = re.compile(r"\bTD\b|tandem duplication", re.IGNORECASE)
_KINASE_DOMAIN: Final = re.compile(r"\bTKD\b|kinase domain", re.IGNORECASE)
_ENOUGH_METAPHASES: Final = 20
_VISIBLE_LOSSES: Final = ("-5", "-7", "del(5q)")
_ANSWERED: Final = ("yes", "no")
_NO_PLOIDY: Final = (None, "", "unknown")


@dataclass(frozen=True)
class Item:
    """One line of a checklist and the names that answer it."""

    name: str
    by: frozenset[str]


@dataclass(frozen=True)
class Evidence:
    """What the specimens found and excluded, by name, each with the labels of its specimens."""

    found: Mapping[str, Sequence[str]]
    absent: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """One line answered: on which specimens it was found, on which it was excluded."""

    name: str
    found_on: Sequence[str]
    absent_on: Sequence[str]


@dataclass(frozen=True)
class Checklist:
    """The three states; an item that one specimen has and another lacks stands under "found"."""

    found: Sequence[Answer]
    absent: Sequence[Answer]
    not_tested: Sequence[str]


def checklist(content: Content) -> Checklist | None:
    """The list of the disease group, answered; None for a group that has no list."""
    group = (content.get("diagnosis") or {}).get("disease_group") or ""
    items = items_for(group)
    if not items:
        return None
    evidence = evidence_of(content.get("specimens") or [])
    answers = [_answer(item, evidence) for item in items]
    return Checklist(
        found=[answer for answer in answers if answer.found_on],
        absent=[answer for answer in answers if answer.absent_on and not answer.found_on],
        not_tested=[answer.name for answer in answers if not (answer.found_on or answer.absent_on)],
    )


def _answer(item: Item, evidence: Evidence) -> Answer:
    def on(names: Mapping[str, Sequence[str]]) -> list[str]:
        return list(dict.fromkeys(label for name in sorted(item.by) for label in names.get(name, ())))

    found = on(evidence.found)
    return Answer(item.name, found, [label for label in on(evidence.absent) if label not in found])


def evidence_of(specimens: Iterable[Content]) -> Evidence:
    """Every name that a specimen answers, with yes or with no."""
    found: dict[str, list[str]] = {}
    absent: dict[str, list[str]] = {}
    for specimen in specimens:
        for names, into in ((found_on(specimen), found), (excluded_on(specimen), absent)):
            for name in names:
                into.setdefault(name, []).append(specimen["label"])
    return Evidence(found, absent)


def found_on(specimen: Content) -> set[str]:
    """The names of everything found on one specimen."""
    names: set[str] = set()
    for variant in specimen.get("variants") or []:
        names |= names_of_variant(variant)
    for fusion in specimen.get("fusions") or []:
        names |= names_of_fusion(fusion)
    for change in specimen.get("copy_numbers") or []:
        names |= names_of_copy_number(change)
    for probe in specimen.get("fish") or []:
        names |= _probe(probe) if probe.get("result") == "positive" else set()
    return names | set(_profile(specimen))


def excluded_on(specimen: Content) -> set[str]:
    """The names of everything that was looked for on one specimen and not found."""
    said = set(specimen.get("tested_absent") or [])
    for probe in specimen.get("fish") or []:
        said |= _probe(probe) if probe.get("result") == "negative" else set()
    return said | {other for name in said for other in covers().get(name, ())} | _not_in_karyotype(specimen)


def _not_in_karyotype(specimen: Content) -> set[str]:
    """Losses that twenty metaphases would show; not the cryptic ones, and none where a part could not be read."""
    karyotype = specimen.get("karyotype") or {}
    if (karyotype.get("n_metaphases") or 0) < _ENOUGH_METAPHASES:
        return set()
    read = iscn.parse(karyotype.get("iscn") or "")
    return {name for name in _VISIBLE_LOSSES if name not in read.facts} if read.status == "parsed" else set()


def names_of_variant(variant: Content) -> set[str]:
    """``FLT3`` and ``FLT3-ITD``; a duplication of a gene is also named by it."""
    gene, words = variant["gene"], f"{variant.get('original_text') or ''} {variant.get('hgvs_p') or ''}"
    names = {gene}
    if kind := _CLASSES.get(variant.get("variant_class") or ""):
        names.add(f"{gene}-{kind}")
    if _DUPLICATION.search(words):
        names.add(f"{gene}-TD")
    if _KINASE_DOMAIN.search(words) or (gene == "FLT3" and re.search(r"Asp835|D835|Ile836|I836", words)):
        names.add(f"{gene}-TKD")
    return names


def names_of_fusion(fusion: Content) -> set[str]:
    """``KMT2A::AFF1``, ``KMT2A-r`` and ``AFF1-r``."""
    first, second = fusion["five_prime_gene"], fusion.get("three_prime_gene") or ""
    return {f"{gene}-r" for gene in (first, second) if gene} | ({f"{first}::{second}"} if second else set())


def names_of_copy_number(change: Content) -> set[str]:
    """The gene, the region as written, and the arm that a loss of a region lies on."""
    region = change.get("region") or ""
    names = {name for name in (change.get("gene"), region) if name}
    arm = re.match(r"(\d+|X|Y)[pq]", region)
    if arm and str(change.get("change", "")).startswith(("loss", "biallelic")):
        names.add(f"del({arm[0]})")
    return names


def _probe(probe: Content) -> set[str]:
    """Only a probe for a rearrangement answers for one; a deletion probe says nothing about variants."""
    text = probe.get("probe") or ""
    pairs = {f"{first}::{second}" for first, second in re.findall(r"([A-Z0-9-]{3,})(?:::|/)([A-Z0-9-]{3,})", text)}
    if not (pairs or _SEPARATED.search(text)):
        return set()
    return pairs or {f"{gene}-r" for gene in _GENE.findall(text)}


def _profile(specimen: Content) -> Iterator[str]:
    karyotype, signature = specimen.get("karyotype") or {}, specimen.get("signature") or {}
    if karyotype:
        facts = iscn.parse(karyotype.get("iscn") or "").facts
        yield from facts
        if facts or karyotype.get("ploidy_class") not in _NO_PLOIDY:
            yield "@ploidy"
    if signature.get("ploidy_class") not in _NO_PLOIDY:
        yield "@ploidy"
    if signature.get("ph_like_signature") in _ANSWERED:
        yield "@ph_like"
    if specimen.get("methylation"):
        yield "@methylation"
    if specimen.get("is_current_disease"):
        yield from (f"%{antigen['antigen']}" for antigen in specimen.get("antigens") or [])


def items_for(group: str) -> Sequence[Item]:
    """The checklist of a disease group; empty when the data has none."""
    data = _data()
    rows = data["lists"].get(data["same"].get(group, group), ())
    return [Item(row["name"], frozenset(row["by"])) for row in rows]


def covers() -> Mapping[str, Sequence[str]]:
    """What an excluded finding excludes with it."""
    return _data()["covers"]  # type: ignore[no-any-return]  # the shape of the file is tested


@lru_cache
def _data() -> Mapping[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded
