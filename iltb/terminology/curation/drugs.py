"""drug.csv: our list of drugs and classes with identifiers, synonyms, codes and brand names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from iltb.terminology.curation.reference import LISTS, NotInReference, Table, table
from iltb.terminology.files import LIST_SEPARATOR, Origin, read_vocabulary
from iltb.terminology.names import fold

ORIGIN: Final = Origin(
    system="drug",
    source="DrugBank vocabulary (open part) and FDA UNII names 2025-06; selection and classes: iLTB",
    version="2025-06",
    licence="CC0 1.0 (DrugBank vocabulary), public domain (UNII)",
    retrieved_on=date(2026, 11, 22),
    last_checked_on=date(2026, 11, 22),
    owner="pharmacist of the board",
    verified=False,
    note="Ids and names equal the reference. Classes and interaction roles are hints and await a pharmacist's check.",
)
COLUMNS: Final = (
    "code",
    "display",
    "synonyms[]",
    "drugbank_id",
    "unii",
    "brands[]",
    "short_names[]",
    "ambiguous[]",
    "classes[]",
    "interaction_roles[]",
)
NO_REFERENCE: Final = "none"
_LONGEST_NAME: Final = 48
# Systematic names, parts of combination packs, impurities, makers and the like: nobody types them, some mislead.
_NOT_A_NAME: Final = re.compile(
    r"(?i)component|impurit|compound|veterinary|hydrous|hydrate|biosimilar|monoclonal|licen[sc]e|extract|flowering|herba|"
    r"recombina|transduced|conjugated|[(),\[\]]|\.(alpha|beta|gamma)\.|^[-+±/]|\d'|^dl?-|-\d.*-\d.*-"
)
_SYSTEMATIC: Final = re.compile(r"(yl|hydroxy|oxo|amino|methoxy)[- ]?[a-z]*-|^\d-[a-z]|^[Np]-|^(?=.*\d)[A-Z0-9]{10}$")
_ATC: Final = re.compile(r"^[A-Z]\d{2}[A-Z]{2}\d{2}")
_SHOUTED: Final = re.compile(r"^[A-Z]{5,}( [A-Z]{3,})*$")
_FREE_BASE: Final = re.compile(r"(?i) free ?base$")
_SUFFIXED: Final = re.compile(
    r"^(\w+) (ozogamicin|vedotin|tesirine|mafodotin|ravtansine|soravtansine|emtansine|pasudotox|talirine|sunirine|"
    r"tazevibulin|tiuxetan|diftitox|autoleucel|ciloleucel|maraleucel|vicleucel|mepesuccinate|mofetil|pegol)$"
)


def drug_rows(references: Path, lists: Path = LISTS) -> list[Sequence[str]]:
    """Return the rows of drug.csv, drug_list.csv completed from ``drugs/drug_synonyms.csv``.

    Raises ``NotInReference`` for a drug that the reference does not know, or not under the name that we use.
    """
    classes = read_vocabulary(LISTS.parent / "data" / "drug_class.csv").rows
    roles = {row.code for row in classes if row.attributes["kind"] == "role"}
    ours = sorted(table(lists / "drug_list.csv"), key=lambda drug: drug["code"])
    listed = {drug["reference"] for drug in ours}
    reference = _Reference(table(references / "drugs" / "drug_synonyms.csv"), listed)
    return [_row(drug, reference, roles) for drug in ours]


@dataclass
class _Entry:
    drugbank_id: str
    unii: str
    names: dict[str, str] = field(default_factory=dict)


class _Reference:
    """The drug table by common name, and what each folded name means; ``listed`` are the common names of our list."""

    def __init__(self, rows: Table, listed: set[str]) -> None:
        self.listed = listed
        self.entries: dict[str, _Entry] = {}
        self.meaning: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            common, name = row["common_name"], row["name"]
            self.meaning[fold(name)].add(common)
            if common in listed:
                entry = self.entries.setdefault(common, _Entry(row["drugbank_id"], row["unii"]))
                entry.names |= {name: row["kind"]} if is_a_name(name) else {}


def is_a_name(name: str) -> bool:
    """Whether somebody might type it; ATC codes are left out because their licence does not allow to keep them."""
    unwanted = (_NOT_A_NAME, _SYSTEMATIC, _ATC)
    return len(name) <= _LONGEST_NAME and not any(pattern.search(name) for pattern in unwanted)


def spoken(name: str) -> str:
    """``VENCLEXTA`` as people write it, ``Venclexta``, and a code without its salt form; abbreviations stay."""
    name = _FREE_BASE.sub("", name)
    return name.title() if _SHOUTED.search(name) else name


def _row(drug: Mapping[str, str], reference: _Reference, roles: set[str]) -> Sequence[str]:
    display, common = drug["display"], drug["reference"]
    classes = drug["classes"].split(LIST_SEPARATOR)
    tail = (
        LIST_SEPARATOR.join(name for name in classes if name not in roles),
        LIST_SEPARATOR.join(name for name in classes if name in roles),
    )
    if common == NO_REFERENCE:
        return (drug["code"], display, "", "", "", "", "", "", *tail)
    entry = reference.entries.get(common)
    if entry is None or common not in reference.meaning[fold(display)]:
        raise NotInReference(f"{display}: the reference has no entry {common!r} with that name.")
    others = {name: kind for name, kind in entry.names.items() if fold(name) not in (fold(display), fold(drug["code"]))}
    brands = _joined(name for name, kind in others.items() if kind == "brand")
    suffixed = _SUFFIXED.search(display)
    return (
        drug["code"],
        display,
        LIST_SEPARATOR.join(_joined(name for name in others if fold(name) not in map(fold, brands))),
        entry.drugbank_id,
        entry.unii,
        LIST_SEPARATOR.join(brands),
        suffixed[1] if suffixed else "",
        LIST_SEPARATOR.join(_shared(common, others, reference)),
        *tail,
    )


def _shared(common: str, names: Iterable[str], reference: _Reference) -> list[str]:
    """Names that mean a drug outside our list as well."""
    found = {}
    for name in _joined(names):
        outside = sorted(other.lower() for other in reference.meaning[fold(name)] - {common} - reference.listed)
        if outside:
            found[name] = outside
    return [f"{name}={'+'.join(others)}" for name, others in found.items()]


def _joined(names: Iterable[str]) -> list[str]:
    """Each name once, as people write it; of ``ABT-199`` and ``ABT199`` the first in the alphabet stands for both."""
    once: dict[str, str] = {}
    for name in map(spoken, sorted(names)):
        once.setdefault(fold(name), name.replace(LIST_SEPARATOR, " "))
    return sorted(once.values(), key=lambda name: (fold(name), name))
