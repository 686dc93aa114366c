"""One row of named cells becomes one proposal: the only place that decides what a row means.

Paste, tables, MAF and VCF all come here with the same words, so the same finding reads the same from each of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from cases.importers import cells
from cases.importers.cells import Scale, is_nothing
from cases.importers.panels import antigen, copy_number, drug_response
from cases.importers.preview import RefusedRow, Symbol
from cases.nomenclature import fusions, hgvs, iscn
from cases.proposals import Kind, Proposal
from iltb.terminology.names import fold

Record = Mapping[str, str]
Values = dict[str, object]

LONGEST_CELL: Final = 2000
GENE: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-@._][A-Za-z0-9]+)*@?")
EVENT: Final = re.compile(r"\b(ITD|PTD|TKD|TD)\b")
_EXCEL_DATE: Final = re.compile(
    r"\d{1,2}[-.](?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez)[a-z]*"
    r"|(?:mar|mär|sep|sept|dec|dez|oct|okt)[a-z]*[-.]\d{1,2}|\d{4}-\d\d-\d\d.*",
    re.IGNORECASE,
)
_TRANSCRIPT: Final = re.compile(r"(?:NM_|NR_|ENST)\d+\.\d+")
_SHORT_PROTEIN: Final = re.compile(r"(?:[A-Z*]|[A-Z][a-z]{2})\d")
_SPECIMEN: Final = re.compile(r"S\d{1,2}", re.IGNORECASE)
_KARYOTYPE: Final = re.compile(
    r"(?:\d{2,3}(?:\s*[~-]\s*\d{2,3})?(?:<[^>]{1,5}>)?\s*,|nuc\s+ish|\d{2,3}\s*,?\s*X)", re.IGNORECASE
)
_METAPHASES: Final = re.compile(r"\[\s*(?:cp)?\s*(\d{1,3})\s*\]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one source are read: gene names, and how a bare allele fraction is meant."""

    symbol: Symbol
    scale: Scale = "ask"


def read(record: Record, reading: Reading, *, line: int, original: str) -> Proposal:
    """Make a proposal of one row. Raises ``RefusedRow`` with the reason when it says nothing that can be kept."""
    if any(len(cell) > LONGEST_CELL for cell in record.values()):
        raise RefusedRow(_("A cell of more than 2,000 characters is a letter, not a finding."), identifying=True)
    searched = "\n".join(value for field, value in record.items() if field not in NUMBERS)
    if any(cell.startswith("=") for cell in record.values()):
        raise RefusedRow(_("A cell holds a formula; formulas are not calculated. Paste the values instead."))
    if _EXCEL_DATE.fullmatch(record.get("gene", "")):
        raise RefusedRow(_("A spreadsheet has turned the gene name into a date. Type the name of the gene."))
    if cells.looks_like_identifier(searched):
        raise RefusedRow(_("looks like an identifier; nothing of it was kept"), identifying=True)
    warnings: list[str] = []
    kind, values = _reader_of(record)(record, reading, warnings)
    label = record.get("specimen", "").strip().upper()
    specimen = label if _SPECIMEN.fullmatch(label) else ""
    return Proposal(line, original, kind, values, specimen=specimen, warnings=warnings)


NUMBERS: Final = frozenset(
    {"chromosome", "start", "end", "depth", "alt_reads", "length_bp", "vaf", "copies", "value", "n_metaphases"}
)
"""Fields whose cells are not searched for identifiers: long numbers are at home there."""


def _reader_of(record: Record) -> Callable[[Record, Reading, list[str]], tuple[Kind, Values]]:
    def has(*fields: str) -> bool:
        return any(not is_nothing(record.get(field, "")) for field in fields)

    if has("absent_class", "drug", "antigen"):
        return _panel_row
    if "karyotype" in record and not has("gene", "hgvs_c", "hgvs_p", "fusion"):
        return _karyotype
    if has("fusion", "five_prime_gene", "three_prime_gene"):
        return _fusion
    if (
        has("copy_type", "copies")
        and not has("hgvs_c", "hgvs_p")
        and fold(record.get("copy_type", "")) not in NOT_COPIES
    ):
        return _copy_number
    return _gene_finding


def _panel_row(record: Record, _reading: Reading, warnings: list[str]) -> tuple[Kind, Values]:
    if name := record.get("absent_class"):
        return "absence", {"target": name}
    if not is_nothing(record.get("drug", "")):
        return "drug_response", drug_response(record, warnings)
    return "antigen", antigen(record, warnings)


NOT_COPIES: Final = frozenset({"mutation", "fusion", "snv", "indel"})


def approved(text: str, reading: Reading, warnings: list[str]) -> str:
    """Return the approved symbol; as written with a warning when it is not known. Raises ``RefusedRow`` without one."""
    text = text.strip()
    if is_nothing(text):
        raise RefusedRow(_("No gene is named."))
    if symbol := reading.symbol(text):
        return symbol
    if not GENE.fullmatch(text) or len(text) > 40:
        raise RefusedRow(_("This is not the name of one gene."))
    warnings.append(_("%(gene)s is not a gene name we know, or means several genes. Check it.") % {"gene": text})
    return text


def _copy_number(record: Record, reading: Reading, warnings: list[str]) -> tuple[Kind, Values]:
    gene = "" if is_nothing(record.get("gene", "")) else approved(record["gene"], reading, warnings)
    return "copy_number", copy_number(record, gene, warnings)


def _karyotype(record: Record, _reading: Reading, warnings: list[str]) -> tuple[Kind, Values]:
    text = record["karyotype"].strip()
    if is_nothing(text) or fold(text) in cells.NOT_DONE or iscn.is_not_done(text):
        raise RefusedRow(_("No karyotype was reported here. Record the karyotype as not done, failed or unknown."))
    if len(text) > 1000:
        raise RefusedRow(_("A karyotype of more than 1,000 characters cannot be kept."))
    parsed = iscn.parse(text)
    if parsed.status == "unparsed" and not _KARYOTYPE.match(text):
        raise RefusedRow(_("This is not a karyotype in ISCN form, such as 46,XX,t(9;22)(q34;q11.2)[20]."))
    warnings.extend(parsed.problems)
    cells_counted = [int(found) for found in _METAPHASES.findall(text)]
    counted = number_of(record.get("n_metaphases", ""))
    metaphases = counted if counted is not None else (sum(cells_counted) or None)
    if metaphases is not None and metaphases > 200:
        warnings.append(_("More than 200 metaphases: check the number."))
        metaphases = None
    return "karyotype", {"iscn": text, "n_metaphases": metaphases}


def number_of(text: str) -> int | None:
    """Read a whole number, None for anything else."""
    return int(text) if text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 10 else None


def _fusion(record: Record, reading: Reading, warnings: list[str]) -> tuple[Kind, Values]:
    pair = [record.get(field, "").strip() for field in ("five_prime_gene", "three_prime_gene")]
    genes = ["" if is_nothing(gene) else gene for gene in pair]
    text = record.get("fusion", "").strip() or ("::".join(genes) if all(genes) else f"{''.join(genes)}-r")
    if fold(text) in cells.ABSENT | cells.NOT_DONE:
        raise RefusedRow(_("The row names no fusion. Say which fusion was looked for and not found."))
    parsed = fusions.parse(text, reading.symbol)
    if not isinstance(parsed, fusions.Fusion):
        raise RefusedRow(parsed.reason)
    if answer(record) == "absent":
        return "absence", {"target": parsed.normalised}
    warnings.extend(
        _("%(gene)s is not a gene name we know, or means several genes. Check it.") % {"gene": gene}
        for gene in parsed.unrecognised
    )
    values: Values = {"five_prime_gene": parsed.five_prime, "three_prime_gene": parsed.three_prime}
    if frame := IN_FRAME.get(fold(record.get("in_frame", ""))):
        values["in_frame"] = frame
    return "fusion", values


IN_FRAME: Final = {
    "yes": "yes",
    "inframe": "yes",
    "ja": "yes",
    "oui": "yes",
    "no": "no",
    "outofframe": "no",
    "nein": "no",
}


def answer(record: Record) -> str:
    """Return "absent", "present" or "" for what the row says about its result. Raises ``RefusedRow`` for not done."""
    text = record.get("result", "").strip()
    word = fold(text)
    if word in cells.NOT_DONE and not is_nothing(text):
        raise RefusedRow(
            _("Not done, failed or pending is not a negative result. Record the state of the test instead.")
        )
    if word in cells.ABSENT or (word.startswith("no") and EVENT.search(text.replace("_", " "))):
        return "absent"
    return "present" if word in cells.PRESENT else ""


def _gene_finding(record: Record, reading: Reading, warnings: list[str]) -> tuple[Kind, Values]:
    """Read a row that is about one gene: a variant, a duplication, or its absence."""
    gene = approved(record.get("gene", ""), reading, warnings)
    named = " ".join(record.get(field, "").replace("_", " ") for field in ("event", "hgvs_c", "hgvs_p", "result"))
    event = found[1] if (found := EVENT.search(named)) else ""
    verdict = answer(record)
    if verdict == "absent":
        return "absence", {"target": _absent(gene, event, record)}
    values: Values = {"gene_symbol": gene}
    if event:
        values |= _event(event, record, reading, warnings)
        return "variant" if values["variant_class"] == "small_variant" else "class_event", values
    values |= {"variant_class": "small_variant"} | _changes(record, warnings)
    if "hgvs_c" not in values and "hgvs_p" not in values:
        fraction = record.get("vaf", "")
        graded = any(fold(record.get(field, "")) in cells.ONCOGENICITY for field in ("oncogenicity", "result"))
        if is_nothing(fraction) and verdict != "present" and not graded:
            raise RefusedRow(_("The row names a gene but no change and no result; unknown is not negative."))
        warnings.append(_("No change is named. Add the coding or the protein change."))
        values["variant_class"] = "other"
    return "variant", values | _common(record, reading, warnings)


def _absent(gene: str, event: str, record: Record) -> str:
    if event:
        return f"{gene}-{event}"
    for field in ("hgvs_p", "hgvs_c"):
        parsed = hgvs.parse(_with_kind(field, record.get(field, "")))
        if isinstance(parsed, hgvs.Hgvs):
            return f"{gene} {parsed.key}"[:40]
    return gene


CLASS_OF: Final = {"ITD": "ITD", "PTD": "PTD", "TD": "ITD", "TKD": "other"}


def _event(event: str, record: Record, reading: Reading, warnings: list[str]) -> Values:
    """Read a class of changes. A tandem duplication (UBTF-TD) is an internal one; TKD is no class of the model."""
    values: Values = {"variant_class": CLASS_OF[event]}
    if event == "TKD":
        changes = _changes({key: value for key, value in record.items() if not EVENT.fullmatch(value)}, warnings)
        values |= changes
        if changes:
            values["variant_class"] = "small_variant"
        else:
            warnings.append(_("A change of the kinase domain: add which one, e.g. p.Asp835Tyr."))
    if (length := cells.length_bp(record.get("length_bp", ""), warnings)) is not None:
        values["length_bp"] = length
    if (ratio := cells.allelic_ratio(record.get("allelic_ratio", ""), warnings)) is not None:
        values["allelic_ratio"] = ratio
    return values | _common(record, reading, warnings)


def _with_kind(field: str, text: str) -> str:
    """Add the ``p.`` or ``c.`` that a column leaves out."""
    text = text.strip()
    if field == "hgvs_p" and _SHORT_PROTEIN.match(text):
        return f"p.{text}"
    return f"c.{text}" if field == "hgvs_c" and text[:1].isdecimal() else text


def _changes(record: Record, warnings: list[str]) -> Values:
    """Read coding and protein change and the transcript; what cannot be normalised is kept as written, with why."""
    values: Values = {}
    transcript = record.get("transcript", "").strip()
    for field in ("hgvs_c", "hgvs_p"):
        text = _with_kind(field, record.get(field, ""))
        if is_nothing(text) or EVENT.fullmatch(text):
            continue
        parsed = hgvs.parse(text)
        if isinstance(parsed, hgvs.Hgvs) and parsed.kind == field[-1]:
            values[field] = parsed.normalised
            transcript = transcript or parsed.accession
        elif text.startswith(f"{field[-1]}.") and len(text) <= 120:
            values[field] = text
            warnings.append(_("A change was kept as written: %(reason)s") % {"reason": getattr(parsed, "reason", "")})
        else:
            reason = getattr(parsed, "reason", _("It is of another kind than its column."))
            warnings.append(_("A change was left out: %(reason)s") % {"reason": reason})
        if len(str(values.get(field, ""))) > 120:
            del values[field]
            warnings.append(_("A change of more than 120 characters was left out."))
    if _TRANSCRIPT.fullmatch(transcript) and len(transcript) <= 40:
        values["transcript"] = transcript
    elif not is_nothing(transcript):
        warnings.append(_("The transcript was left out; write it with its version, e.g. NM_002524.5."))
    return values


def _common(record: Record, reading: Reading, warnings: list[str]) -> Values:
    """Read what every variant may carry: allele fraction, origin, oncogenicity."""
    values: Values = {}
    fraction = cells.allele_fraction(record.get("vaf", ""), reading.scale, warnings)
    if fraction is None and is_nothing(record.get("vaf", "")):
        fraction = _from_reads(record)
    if fraction is not None:
        values["vaf"] = fraction
    if origin := cells.ORIGIN.get(fold(record.get("origin", ""))):
        values["origin"] = origin
    for field in ("oncogenicity", "result"):
        if (grade := cells.ONCOGENICITY.get(fold(record.get(field, "")))) and "oncogenicity" not in values:
            values["oncogenicity"] = grade
    return values


def _from_reads(record: Record) -> Decimal | None:
    """Divide mutant reads by all reads, when a file gives both."""
    alt, depth = number_of(record.get("alt_reads", "")), number_of(record.get("depth", ""))
    if alt is None or not depth or alt > depth:
        return None
    return cells.plain((Decimal(alt) / Decimal(depth)).quantize(Decimal("0.00001")))
