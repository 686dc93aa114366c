"""Which pathway a finding belongs to, so that findings of one pathway stand together.

A heading for reading, not a statement about the patient. The table is data (``cases/data/pathways.csv``); a gene that
it does not name goes to "Other".
"""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FILE: Final = Path(__file__).parents[1] / "data" / "pathways.csv"
CHROMOSOMES: Final = "chromosomes"
OTHER: Final = "other"

# In the order of the page: what a drug may be directed at comes first.
TITLES: Final[Mapping[str, str | Promise]] = {
    "kinase_fusion": _("Kinase fusions"),
    "jak_stat": _("JAK-STAT"),
    "ras_mapk": _("RAS-MAPK"),
    "receptor_kinase": _("Receptor kinases"),
    "pi3k": _("PI3K-AKT-mTOR"),
    "notch": _("NOTCH"),
    "apoptosis": _("Apoptosis"),
    "receptor_signal": _("B-cell and T-cell receptor, NF-κB"),
    "immune": _("Antigens and escape from immunity"),
    "lineage": _("Transcription factors and lineage"),
    "cell_cycle": _("Cell cycle and TP53"),
    "epigenetic": _("Epigenetic regulators"),
    "dna_repair": _("DNA repair"),
    "nucleotide": _("Nucleotide metabolism"),
    "steroid": _("Response to steroids"),
    "splicing": _("Splicing and RNA"),
    "cohesin": _("Cohesin"),
    "ribosome": _("Ribosome"),
    CHROMOSOMES: _("Chromosomes and regions"),
    OTHER: _("Other"),
}


def of_gene(gene: str) -> str:
    """The pathway of a variant or copy-number change of ``gene``."""
    return table().get((gene, "gene"), OTHER)


def of_fusion(five_prime: str, three_prime: str) -> str:
    """The pathway of a fusion: a kinase among the partners comes before everything else."""
    found = {table().get((gene, "fusion")) for gene in (three_prime, five_prime)}
    order = [*TITLES]
    return min((path for path in found if path), key=order.index, default=OTHER)


def of_region(region: str) -> str:
    """The pathway of a region, ``17p13.1`` for instance; a chromosome or an arm stands on its own."""
    starts = (name for name, read_as in table() if read_as == "region" and region.startswith(name))
    return table().get((next(starts, ""), "region"), CHROMOSOMES)


@lru_cache
def table() -> Mapping[tuple[str, str], str]:
    """Pathways by name and by how the name is read (gene, fusion, region)."""
    with _FILE.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["name"], row["read_as"]): row["pathway"] for row in rows}
