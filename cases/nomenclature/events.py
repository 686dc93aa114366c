"""Classes of changes that leukaemia reports name without the change: ``FLT3-ITD``, ``KMT2A-PTD``, ``UBTF-TD``."""

import re
from dataclasses import dataclass
from decimal import Decimal

from cases.nomenclature import SymbolOf, Unparsed, absence, too_long

_EVENTS = {
    "ITD": "ITD", "INTERNALTANDEMDUPLICATION": "ITD",
    "PTD": "PTD", "PARTIALTANDEMDUPLICATION": "PTD",
    "TD": "TD", "TANDEMDUPLICATION": "TD",
    "TKD": "TKD", "TYROSINEKINASEDOMAIN": "TKD", "TYROSINEKINASEDOMAINMUTATION": "TKD",
}  # fmt: skip
_EVENT = (
    r"(?:(?P<{0}>ITD|PTD|TKD|TD|internal\s+tandem\s+duplication|partial\s+tandem\s+duplication|tandem\s+duplication|"
    r"tyrosine\s+kinase\s+domain(?:\s+mutation)?)s?)"
)
_GENE = r"(?P<{0}>[A-Za-z][A-Za-z0-9]+?(?:-[0-9]+)?)"
_HEAD = re.compile(
    rf"{_EVENT.format('event_first')}\s+(?:in|of)\s+{_GENE.format('gene_after')}(?![A-Za-z0-9])"
    rf"|{_GENE.format('gene')}\s*[-‐‑–/:_\s]?\s*(?:p\.)?{_EVENT.format('event')}(?![A-Za-z])",  # noqa: RUF001
    re.IGNORECASE,
)
_BARE = re.compile(_EVENT.format("event"), re.IGNORECASE)
_RATIO = re.compile(
    r"\b(?:allelic\s+ratio|allele\s+ratio|ratio|AR)\b\s*(?:of\b|[:=])?\s*(?P<value>\d{1,4}(?:[.,]\d{1,6})?)(?!\d|[.,]\d|\s*%)",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\b(?:length\s*(?:of\b|[:=])?\s*)?(?P<value>\d{1,4})\s*-?\s*(?:bp|nt|nucleotides?|bases?)\b", re.IGNORECASE
)
_FILLER = re.compile(
    r"\b(positive|pos|detected|present|found|mutations?|mutated|mutant|mut|with|and|of|an|a)\b|[()\[\],;:+]",
    re.IGNORECASE,
)

HIGHEST_RATIO = Decimal(100)
LENGTHS = range(3, 1001)


@dataclass(frozen=True)
class ClassEvent:
    """A gene with a class of change; ``allelic_ratio`` is mutant to wild type, ``length_bp`` in base pairs."""

    original: str
    gene: str
    event: str
    allelic_ratio: Decimal | None = None
    length_bp: int | None = None

    @property
    def normalised(self) -> str:
        """Gene and class, as in ``FLT3-ITD``."""
        return f"{self.gene}-{self.event}"


def parse(text: str, symbol: SymbolOf) -> ClassEvent | Unparsed:
    """The class of change that ``text`` names, with ratio (0 to 100) and length (3 to 1000 bp). Never raises.

    A ratio in per cent is refused: laboratories mean mutant to wild type or mutant to all alleles by it.
    """
    if refused := too_long(text) or absence(text):
        return refused
    head = _HEAD.match(text.strip())
    if head is None:
        return Unparsed(text, _why_not(text))
    written = head["gene"] or head["gene_after"]
    gene = symbol(written)
    if gene is None:
        return Unparsed(text, f"“{written}” is not a gene that is known here, or it means several genes.")
    event = _EVENTS[re.sub(r"\s+", "", head["event"] or head["event_first"]).upper()]
    return _with_figures(text, text.strip()[head.end() :], gene, event)


def _why_not(text: str) -> str:
    if _BARE.fullmatch(text.strip()):
        return "The gene is missing, as in FLT3-ITD."
    return "This names no class of changes such as FLT3-ITD."


def _with_figures(text: str, rest: str, gene: str, event: str) -> ClassEvent | Unparsed:
    ratio, length = _RATIO.search(rest), _LENGTH.search(rest)
    left = _FILLER.sub(" ", _LENGTH.sub(" ", _RATIO.sub(" ", rest, count=1), count=1)).strip()
    if left:
        return Unparsed(text, f"After {gene}-{event}, “{' '.join(left.split())}” is not understood.")
    value = Decimal(ratio["value"].replace(",", ".")) if ratio else None
    size = int(length["value"]) if length else None
    if value is not None and value > HIGHEST_RATIO:
        return Unparsed(text, "An allelic ratio lies between 0 and 100 (mutant to wild type).")
    if size is not None and size not in LENGTHS:
        return Unparsed(text, "The length of a duplication lies between 3 and 1000 base pairs.")
    return ClassEvent(text, gene, event, value, size)
