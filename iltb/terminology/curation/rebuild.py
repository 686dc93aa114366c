"""Write the three files that are completed from references."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from iltb.terminology.curation import countries, drugs, genes
from iltb.terminology.curation.reference import LISTS
from iltb.terminology.files import Origin, write_vocabulary


class Recipe(NamedTuple):
    """How one file comes about."""

    origin: Origin
    columns: Sequence[str]
    rows: Callable[[Path, Path], list[Sequence[str]]]


RECIPES: Final[Mapping[str, Recipe]] = {
    "country": Recipe(countries.ORIGIN, countries.COLUMNS, countries.country_rows),
    "drug": Recipe(drugs.ORIGIN, drugs.COLUMNS, drugs.drug_rows),
    "gene": Recipe(genes.ORIGIN, genes.COLUMNS, genes.gene_rows),
}


def rebuild(references: Path, target: Path, lists: Path = LISTS) -> Mapping[str, int]:
    """Write gene.csv, drug.csv and country.csv to ``target``; returns the number of rows of each.

    The same lists and references give the same bytes. Raises ``NotInReference`` for a line that the references do
    not bear out and ``FileNotFoundError`` for a missing reference; then no file is written.
    """
    tables = {system: recipe.rows(references, lists) for system, recipe in RECIPES.items()}
    for system, rows in tables.items():
        recipe = RECIPES[system]
        write_vocabulary(target / f"{system}.csv", recipe.origin, recipe.columns, rows)
    return {system: len(rows) for system, rows in tables.items()}
