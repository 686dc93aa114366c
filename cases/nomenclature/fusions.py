"""Gene fusions and rearrangements as reports write them: ``KMT2A::MLLT3``, ``MLL-AF9``, ``TEL/AML1``, ``MLLr``.

The designation of today is the double colon with the 5′ gene first. Source: Bruford EA et al., HUGO Gene Nomenclature
Committee recommendations for the designation of gene fusions. Leukemia 2021;35:3040-3043.
doi:10.1038/s41375-021-01436-6
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cases.nomenclature import SymbolOf, Unparsed, absence, too_long

# Names that mean other genes as well, but only one of them in a leukaemia fusion.
_OLD_PARTNER_NAMES = {
    "AF10": "MLLT10", "AF4": "AFF1", "AF6": "AFDN", "AF9": "MLLT3", "AML1": "RUNX1", "CALM": "PICALM",
    "CAN": "NUP214", "CBP": "CREBBP", "E2A": "TCF3", "ENL": "MLLT1", "ETO": "RUNX1T1", "EVI1": "MECOM",
    "IGH@": "IGH", "MKL1": "MRTFA", "MLL": "KMT2A", "MLL1": "KMT2A", "MOZ": "KAT6A", "OTT": "RBM15", "PBX": "PBX1",
    "RARALPHA": "RARA", "SIL": "STIL", "TEL": "ETV6", "TLS": "FUS",
}  # fmt: skip
# There the old name of the partner is another gene's symbol or alias today.
_OLD_FUSIONS = {
    ("MLL", "CBP"): ("KMT2A", "CREBBP"),
    ("MOZ", "CBP"): ("KAT6A", "CREBBP"),
    ("OTT", "MAL"): ("RBM15", "MRTFA"),
}

_NAME = r"[A-Z][A-Z0-9@]*(?:-[A-Z0-9]+)*"
_REARRANGED = re.compile(
    rf"(?P<before>{_NAME})(?:\s*-\s*|\s+)(?:r|rearranged|rearrangements?|translocations?|fusions?)"
    rf"|(?P<joined>{_NAME}?)r"
    rf"|rearranged\s+(?P<after>{_NAME})",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"\s*(?:::|--)\s*")
_LIKELY = re.compile(r"\s*/\s*|\s*[-‐‑–—]\s*")  # noqa: RUF001 (dashes as word processors set them)
_DECORATION = re.compile(
    r"^t\([^)]*\)(\([^)]*\))?[\s;:,/]+|\((t\(|p190|p210|p230)[^()]*(\([^)]*\))*[^()]*\)|\bp(190|210|230)\b"
    r"|\b(positive|pos|detected|present|found|transcript|fusion gene|gene fusion|fusion)\b|\+$",
    re.IGNORECASE,
)


_GENE_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9@. -]{0,40}")
LONGEST = 200


@dataclass(frozen=True)
class Fusion:
    """A fusion with the 5′ gene as written first; ``three_prime`` is "" when the partner is unknown.

    ``key`` is for comparing and has no order, since a report may name the reciprocal product. ``unrecognised`` are
    names kept as written because the gene list does not know them.
    """

    original: str
    five_prime: str
    three_prime: str
    unrecognised: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The known genes in alphabetical order."""
        return tuple(sorted(filter(None, (self.five_prime, self.three_prime))))

    @property
    def normalised(self) -> str:
        """``KMT2A::AFF1``, or ``KMT2A-r`` without a known partner."""
        return f"{self.five_prime}::{self.three_prime}" if self.three_prime else f"{self.five_prime}-r"


def parse(text: str, symbol: SymbolOf) -> Fusion | Unparsed:
    """The fusion or rearrangement that ``text`` names. Never raises.

    A single separator only counts where both sides are known genes; a name that is itself an approved symbol with a
    hyphen (``HLA-A``, ``NKX2-1``) is a gene and stays whole.
    """
    if refused := too_long(text, LONGEST) or absence(text):
        return refused
    symbol = _asked_for_names_only(symbol)
    plain = _undecorated(text)
    if not plain:
        return Unparsed(text, "This names no genes.")
    if _is_approved(plain, symbol):
        if _rearranged(text.strip(), symbol):
            return Fusion(text, symbol(plain) or plain, "")
        return Unparsed(text, f"{plain} is a gene, not a fusion.")
    if _CERTAIN.search(plain):
        return _certain(text, plain, symbol)
    return _likely(text, plain, symbol)


def _asked_for_names_only(symbol: SymbolOf) -> SymbolOf:
    """``symbol`` may cost a query: ask it only for what looks like a gene."""
    return lambda name: symbol(name) if _GENE_LIKE.fullmatch(name) else None


def _undecorated(text: str) -> str:
    """The text without karyotype, breakpoint variant and words such as "positive"."""
    latin = text.replace("\N{GREEK SMALL LETTER ALPHA}", "A").replace("\N{GREEK SMALL LETTER BETA}", "B").strip()
    return " ".join(_DECORATION.sub(" ", latin).split()).strip(" ,;")


def _likely(text: str, plain: str, symbol: SymbolOf) -> Fusion | Unparsed:
    """A single hyphen or slash separates genes only where both sides are genes; else one gene may be rearranged."""
    found = set(_readings(plain, symbol))
    if len(found) == 1:
        return Fusion(text, *found.pop())
    if found:
        return Unparsed(text, "This can be read as more than one fusion; write it with “::” between the genes.")
    if gene := _rearranged(text.strip(), symbol) or _rearranged(plain, symbol):
        return Fusion(text, gene, "")
    return Unparsed(text, _why_not(plain, symbol))


def _is_approved(name: str, symbol: SymbolOf) -> bool:
    return (symbol(name) or "").casefold() == name.casefold()


def _gene(name: str, symbol: SymbolOf) -> str | None:
    """The approved symbol; a name of several genes counts when leukaemia fusions know only one of them."""
    name = name.strip()
    if found := symbol(name):
        return found
    usual = _OLD_PARTNER_NAMES.get(re.sub(r"[\s-]", "", name).upper())
    return symbol(usual) if usual else None


def _rearranged(text: str, symbol: SymbolOf) -> str | None:
    found = _REARRANGED.fullmatch(text)
    if found is None or symbol(text) or (found["joined"] and not text.endswith("r")):
        return None
    return _gene(found["before"] or found["joined"] or found["after"], symbol)


def _certain(text: str, plain: str, symbol: SymbolOf) -> Fusion | Unparsed:
    """A double separator leaves no doubt that this is a fusion, so one name may be new to the list."""
    names = [name.strip() for name in _CERTAIN.split(plain)]
    if len(names) != 2:
        return Unparsed(text, "A fusion has two genes; enter each fusion on its own.")
    if old := _old_fusion(names[0], names[1], symbol):
        return Fusion(text, *old)
    five, three = (_gene(name, symbol) for name in names)
    strange = tuple(name for name, gene in zip(names, (five, three), strict=True) if gene is None and name.strip("?"))
    if not five and not three:
        return Unparsed(text, f"Neither {names[0] or '?'} nor {names[1] or '?'} is a gene that is known here.")
    if not all(re.fullmatch(_NAME, name) for name in strange):
        return Unparsed(text, f"“{strange[0]}” is not a gene symbol.")
    if five is None and not strange:
        return Fusion(text, three or "", "")
    return Fusion(text, five or names[0], three or names[1].strip("?"), strange)


def _why_not(plain: str, symbol: SymbolOf) -> str:
    if symbol(plain):
        return f"{plain} is a gene, not a fusion."
    if _LIKELY.search(plain) and (name := _stranger(plain, symbol)):
        return f"“{name}” is not a gene that is known here, or it means several genes."
    return "This is not a fusion; write the two genes with “::” between them."


def _readings(plain: str, symbol: SymbolOf) -> Iterator[tuple[str, str]]:
    """Every way to cut at one hyphen or slash that leaves two different known genes."""
    for separator in _LIKELY.finditer(plain):
        first, second = plain[: separator.start()], plain[separator.end() :]
        five, three = _gene(first, symbol), _gene(second, symbol)
        if old := _old_fusion(first, second, symbol):
            yield old
        elif five and three and five != three:
            yield five, three


def _old_fusion(first: str, second: str, symbol: SymbolOf) -> tuple[str, str] | None:
    genes = _OLD_FUSIONS.get((first.strip().upper(), second.strip().upper()))
    if genes and symbol(genes[0]) and symbol(genes[1]):
        return genes
    return None


def _stranger(plain: str, symbol: SymbolOf) -> str | None:
    names = [name for name in _LIKELY.split(plain) if re.fullmatch(_NAME, name, re.IGNORECASE)]
    return next((name for name in names if _gene(name, symbol) is None), None)
