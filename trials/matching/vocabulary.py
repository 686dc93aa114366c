"""Curated lists that matching reads: kinds of disease, lesion shorthand, pathways, expression threshold."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from trials.matching.lesions import DELETION, ClassOfRearrangements, Lesion, Rearrangement, parse_lesion

_ROOT: Final = Path(__file__).resolve().parents[2]
_FOLDER: Final = _ROOT / "trials" / "data" / "vocabulary"
_TERMINOLOGY: Final = _ROOT / "iltb" / "terminology" / "data"
_IN_CONDITIONING: Final = frozenset({"cytotoxic agent", "immunosuppressant", "cd52 antibody"})
_CELL_THERAPY: Final = frozenset({"cell therapy"})
_CAR_T_PRODUCTS: Final = {
    "tisagenlecleucel": ("tisagenlecleucel",),
    "obe-cel": ("obecabtagene-autoleucel", "obecabtagene autoleucel"),
    "brexu-cel": ("brexucabtagene-autoleucel", "brexucabtagene autoleucel"),
    "axi-cel": ("axicabtagene-ciloleucel", "axicabtagene ciloleucel"),
}


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return document


@dataclass(frozen=True, slots=True)
class Diseases:
    """Which diagnosis is a kind of which; every set holds groups and entities."""

    families: Mapping[str, frozenset[str]]
    group_of: Mapping[str, str]
    groups: frozenset[str]
    unspecified: frozenset[str]
    family_labels: Mapping[str, str]
    named_apart: Mapping[str, str]

    def knows(self, code: str) -> bool:
        """Whether ``code`` is a family, group or entity."""
        return code in self.families or code in self.groups or code in self.group_of

    def spread(self, codes: frozenset[str]) -> frozenset[str]:
        """Return ``codes`` with each family replaced by its groups."""
        return frozenset(part for code in codes for part in self.families.get(code, {code}))


@dataclass(frozen=True, slots=True)
class RearrangementClass:
    """A shorthand such as ABL-class: its member genes, and the fusions that it does not mean."""

    name: str
    genes: frozenset[str]
    exempt: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pathway:
    """A pathway: one altered member alters it, all of them have to be looked for before it is not found."""

    name: str
    label: str
    members: tuple[str, ...]


@cache
def diseases() -> Diseases:
    """Return the disease tree of ``diseases.yaml``."""
    data = _read("diseases.yaml")
    groups: dict[str, list[str]] = data["groups"]
    return Diseases(
        families=MappingProxyType({name: frozenset(members) for name, members in data["families"].items()}),
        group_of=MappingProxyType({entity: group for group, entities in groups.items() for entity in entities}),
        groups=frozenset(groups),
        unspecified=frozenset(data["unspecified"]),
        family_labels=MappingProxyType(dict(data["family_labels"])),
        named_apart=MappingProxyType(dict(data["named_apart"])),
    )


@cache
def rearrangement_classes() -> Mapping[str, RearrangementClass]:
    """Return the shorthand classes of ``lesions.yaml`` by name."""
    classes = {}
    for name, row in _read("lesions.yaml")["classes"].items():
        members = [parse_lesion(text) for text in row["members"]]
        exempt = [parse_lesion(text) for text in row["except"]]
        classes[name] = RearrangementClass(
            name=name,
            genes=frozenset(gene for lesion in members for gene in lesion.genes),
            exempt=frozenset(lesion.genes for lesion in exempt),
        )
    return MappingProxyType(classes)


@cache
def pathways() -> Mapping[str, Pathway]:
    """Return the pathways of ``lesions.yaml`` by name."""
    rows = _read("lesions.yaml")["pathways"]
    return MappingProxyType({name: Pathway(name, row["label"], tuple(row["members"])) for name, row in rows.items()})


@cache
def class_defining() -> frozenset[Lesion]:
    """Return the founding lesions that stay valid after a remission."""
    return frozenset(parse_lesion(text) for text in _read("lesions.yaml")["class_defining"])


@cache
def class_defining_genes() -> frozenset[str]:
    """Return genes of which any rearrangement is class-defining, so that a leukaemia carries one partner only."""
    return frozenset(gene for lesion in class_defining() if isinstance(lesion, Rearrangement) for gene in lesion.genes)


def readable_lesion(text: str) -> Lesion | None:
    """Read one shorthand; ``None`` for what is no shorthand or names a class that the list does not hold."""
    try:
        lesion = parse_lesion(text)
    except ValueError:
        return None
    if isinstance(lesion, ClassOfRearrangements) and lesion.name not in rearrangement_classes():
        return None
    return lesion


def is_class_defining(genes: frozenset[str]) -> bool:
    """Whether a rearrangement of these genes is one of the founding lesions."""
    return bool(genes & class_defining_genes()) or any(
        lesion.genes == genes for lesion in class_defining() if not isinstance(lesion, Rearrangement)
    )


def _rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a curated terminology file, so that criteria and case form speak of the same codes."""
    lines = (_TERMINOLOGY / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("# ")))


@cache
def drug_names() -> frozenset[str]:
    """Return codes and names of all known drugs in lower case."""
    return frozenset(row[key].lower() for row in _rows("drug.csv") for key in ("code", "display"))


@cache
def drug_classes() -> Mapping[str, frozenset[str]]:
    """Return each drug class in lower case with itself and all wider classes."""
    parents = {
        row["code"].lower(): [name for name in (row["parent"], *row["also_in[]"].split("|")) if name]
        for row in _rows("drug_class.csv")
    }
    return MappingProxyType({name: _with_ancestors(name, parents) for name in parents})


def with_wider_classes(names: Iterable[str]) -> frozenset[str]:
    """Return classes in lower case with all wider ones; a name that no list holds stays alone."""
    known = drug_classes()
    return frozenset(wider for name in names for wider in known.get(str(name).lower(), {str(name).lower()}))


@cache
def _classes_by_drug() -> Mapping[str, tuple[str, ...]]:
    return {
        row[key].lower(): tuple(name for name in row["classes[]"].split("|") if name)
        for row in _rows("drug.csv")
        for key in ("code", "display")
    }


def classes_of_drug(name: str) -> tuple[str, ...]:
    """Return the classes of a known drug as the list names them."""
    return _classes_by_drug().get(name.lower(), ())


@cache
def hidden_in_conditioning() -> frozenset[str]:
    """Return drugs and classes that conditioning or lymphodepletion may contain, with all wider classes."""
    return _hidden_below(_IN_CONDITIONING)


@cache
def hidden_in_cell_therapy() -> frozenset[str]:
    """Return products and classes of cell therapy, with all wider classes."""
    return _hidden_below(_CELL_THERAPY)


def _hidden_below(roots: frozenset[str]) -> frozenset[str]:
    """Return every class below ``roots`` with its wider ones, and every drug of a class below them."""
    below = {name for name, wider in drug_classes().items() if wider & roots}
    drugs = {name for name, classes in _classes_by_drug().items() if with_wider_classes(classes) & roots}
    return with_wider_classes(below) | drugs


@cache
def car_t_products() -> Mapping[str, frozenset[str]]:
    """Return the drugs of the list behind each code of a commercial CAR-T product."""
    return MappingProxyType({code: frozenset({code, *names}) for code, names in _CAR_T_PRODUCTS.items()})


def _with_ancestors(name: str, parents: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop().lower()
        if current not in found:
            found.add(current)
            waiting.extend(parents.get(current, ()))
    return frozenset(found)


@cache
def antigen_names() -> frozenset[str]:
    """Return the antigens that the case form offers."""
    return frozenset(row["code"] for row in _rows("antigen.csv"))


def antigen_called(name: str) -> str:
    """Return the antigen as the case form names it, whatever its hyphens and capitals; an unknown name stays."""
    return _antigens_by_spelling().get(_squeezed(name), name)


@cache
def _antigens_by_spelling() -> Mapping[str, str]:
    synonyms = {
        _squeezed(name): row["code"] for row in _rows("antigen.csv") for name in row["synonyms[]"].split("|") if name
    }
    return synonyms | {_squeezed(row["code"]): row["code"] for row in _rows("antigen.csv")}


def _squeezed(name: str) -> str:
    return name.lower().replace("-", "").replace(" ", "")


@cache
def inside_the_cell() -> frozenset[str]:
    """Return the antigens that are looked for in the cytoplasm or the nucleus."""
    return frozenset(
        row["code"] for row in _rows("antigen.csv") if row["usual_compartment"] in ("cytoplasmic", "nuclear")
    )


@cache
def needs_own_word() -> Mapping[str, frozenset[str]]:
    """Return the classes of alteration of a gene of which a "not found" for the gene alone does not speak."""
    return MappingProxyType({gene: frozenset(kinds) for gene, kinds in _read("lesions.yaml")["needs_own_word"].items()})


@cache
def lost_when_deleted() -> frozenset[str]:
    """Return genes of which the loss of both copies is an alteration like a damaging variant."""
    return frozenset(gene for gene, kinds in needs_own_word().items() if DELETION in kinds)


@cache
def need_a_frame() -> frozenset[str]:
    """Return genes that act as fusion proteins only, so that a fusion out of frame is no alteration."""
    return frozenset(_read("lesions.yaml")["need_a_frame"])


@cache
def positive_from_percent() -> float:
    """Return the share of blasts from which an antigen without a cut-off in the protocol reads as expressed."""
    return float(_read("lesions.yaml")["expression"]["positive_from_percent"])
