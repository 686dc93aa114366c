"""Shorthand for molecular findings: FLT3-ITD, NF1-del, KMT2A-r, BCR::ABL1, NPM1, ABL1 p.Thr315Ile."""

import re
from dataclasses import dataclass
from typing import Final

DELETION: Final = "del"
_AMINO_ACIDS: Final = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_THREE_LETTERS: Final = re.compile("|".join(_AMINO_ACIDS))
_GENE: Final = r"[A-Z0-9][A-Za-z0-9.]*(?:-[A-Z0-9]+)*?"
_PATTERNS: Final = (
    ("fusion", re.compile(rf"({_GENE})::({_GENE})")),
    ("class", re.compile(r"([A-Z0-9]+)-class")),
    ("variant_class", re.compile(rf"({_GENE})-(ITD|PTD|TD|del)")),
    ("rearrangement", re.compile(rf"({_GENE})-r")),
    ("protein", re.compile(rf"({_GENE}) (p\.\S+)")),
    ("gene", re.compile(rf"({_GENE})")),
)


@dataclass(frozen=True, slots=True)
class Lesion:
    """Something a laboratory finds or does not find; ``genes`` are all genes it names."""

    genes: frozenset[str]


@dataclass(frozen=True, slots=True)
class GeneVariant(Lesion):
    """A variant inside one gene, of any class or of ``variant_class``, at any place or with ``protein``.

    ``somatic`` where a criterion insists on it.
    """

    variant_class: str = ""
    protein: str = ""
    somatic: bool = False

    @property
    def gene(self) -> str:
        """The one gene."""
        (gene,) = self.genes
        return gene


@dataclass(frozen=True, slots=True)
class Rearrangement(Lesion):
    """Any fusion or rearrangement of one gene, whatever the partner."""


@dataclass(frozen=True, slots=True)
class Fusion(Lesion):
    """A fusion of two named genes; the order carries no meaning here."""


@dataclass(frozen=True, slots=True)
class ClassOfRearrangements(Lesion):
    """A shorthand for several rearrangements, such as ABL-class; its members are data."""

    name: str = ""


def protein_key(text: str) -> str:
    """Return the one-letter form of a protein change without ``p.`` and brackets: p.(Gly12Asp) gives G12D."""
    bare = text.strip().removeprefix("p.").replace("(", "").replace(")", "")
    return _THREE_LETTERS.sub(lambda found: _AMINO_ACIDS[found.group()], bare)


def parse_lesion(text: str) -> Lesion:
    """Read one shorthand.

    Raises ``ValueError`` when it is none.
    """
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(text.strip())
        if found is None:
            continue
        first = frozenset({found.group(1)})
        match kind:
            case "fusion":
                return Fusion(frozenset(found.groups()))
            case "class":
                return ClassOfRearrangements(frozenset(), text.strip())
            case "variant_class":
                return GeneVariant(first, found.group(2))
            case "rearrangement":
                return Rearrangement(first)
            case "protein":
                return GeneVariant(first, protein=protein_key(found.group(2)))
            case _:
                return GeneVariant(first)
    raise ValueError(f"{text!r} is no shorthand for a lesion")
