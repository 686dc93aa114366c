"""Read a short VCF list that an annotator (SnpEff ``ANN``, VEP ``CSQ``) has named the genes and changes in.

Of the header only the version, the build and the order of the annotation are looked at; names of samples, commands,
paths and dates are dropped with it. Format: VCF 4.1 to 4.3, https://samtools.github.io/hts-specs/
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final
from urllib.parse import unquote

from django.utils.translation import gettext as _

from cases.importers.cells import number, plain
from cases.importers.findings import Reading, number_of
from cases.importers.findings import read as read_finding
from cases.importers.maf import require_build, same_build
from cases.importers.preview import (
    MAX_COLUMNS,
    MAX_ROWS,
    Preview,
    RefusedRow,
    Row,
    Symbol,
    UnreadableFile,
    WhichSample,
    collect,
    lines_of,
    text_of,
    too_many_columns,
    too_many_rows,
)
from cases.proposals import Proposal

SHORT_LIST: Final = 100
"""Thirty to eighty common variants single out a person; a longer list is read, but a person should choose from it."""

VERSION: Final = re.compile(r"##fileformat=VCFv4\.[123]\b")
_CHR1: Final = {"249250621": "GRCh37", "248956422": "GRCh38"}
_BUILD: Final = re.compile(r"(?:grch|hg|hs|b)(?:37|38|19)(?:d5|dh)?", re.IGNORECASE)
_FORMAT: Final = re.compile(r"ID=(ANN|CSQ),.*?(?:Format:|annotations:)\s*'?([^\"'>]+)", re.IGNORECASE)
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "gene": ("gene_name", "symbol"),
    "hgvs_c": ("hgvs.c", "hgvsc"),
    "hgvs_p": ("hgvs.p", "hgvsp"),
    "transcript": ("feature_id", "feature"),
    "allele": ("allele",),
    "canonical": ("canonical",),
    "mane": ("mane_select", "mane"),
}
_ANN: Final = "Allele|Annotation|Impact|Gene_Name|Gene_ID|Feature_Type|Feature_ID|BioType|Rank|HGVS.c|HGVS.p"


@dataclass(slots=True)
class Header:
    """What the lines before the records say; ``samples`` is a number, the names are not kept."""

    build: str = ""
    annotation: str = ""
    order: tuple[str, ...] = ()
    samples: int = 0
    complete: bool = False


def read(data: bytes, *, build: str, symbol: Symbol, sample: int | None = None) -> Preview:
    """Read the records of one sample; ``sample`` is the position of its column, 1 for the first after FORMAT.

    The allele fraction is AF, else AD, of that sample. A filter other than PASS, and a header of another build than
    ``build`` (GRCh37 or GRCh38), are warnings. A record without annotation is refused: a position is no finding.
    Raises ``UnreadableFile`` for what is no VCF 4.1 to 4.3, ``WhichSample`` for several samples when none is chosen.
    """
    require_build(build)
    text = text_of(data)
    if not VERSION.match(text):
        raise UnreadableFile(_("This is not a VCF file of version 4.1 to 4.3: its first line must say so."))
    header, records = Header(), []
    for line_number, line in enumerate(lines_of(text, delimiter="\t"), 1):
        if line.startswith("#"):
            _note(header, line.rstrip("\r\n"))
        elif line.strip():
            records.append((line_number, line.rstrip("\r\n")))
        if len(records) > MAX_ROWS:
            raise too_many_rows()
    column = _column(header, sample)
    notes = _notes(header, build, len(records))
    return collect("VCF", _rows(records, header, column, Reading(symbol, "fraction")), notes=notes)


def _note(header: Header, line: str) -> None:
    """Take from one header line what reading needs."""
    if line.startswith("#CHROM"):
        cells = line.split("\t")
        header.samples, header.complete = max(0, len(cells) - 9), len(cells) >= 8
        if len(cells) > MAX_COLUMNS:
            raise too_many_columns()
    elif line.startswith("##INFO") and (found := _FORMAT.search(line)) and header.annotation != "CSQ":
        header.annotation = found[1].upper()
        header.order = tuple(name.strip().casefold() for name in found[2].split("|"))
    elif line.startswith("##contig") and re.search(r"ID=(?:chr)?1[,>]", line):
        length = re.search(r"length=(\d+)", line)
        header.build = header.build or _CHR1.get(length[1] if length else "", "") or _build_in(line)
    elif line.startswith(("##reference", "##assembly")):
        header.build = header.build or _build_in(line)


def _build_in(line: str) -> str:
    found = _BUILD.search(line)
    return found[0] if found else ""


def _column(header: Header, sample: int | None) -> int | None:
    if not header.complete:
        raise UnreadableFile(_("The line that begins with #CHROM is missing; the file is cut off or damaged."))
    if (sample is None and header.samples > 1) or (sample is not None and not 1 <= sample <= max(header.samples, 1)):
        raise WhichSample(header.samples)
    return 8 + (sample or 1) if header.samples else None


def _notes(header: Header, build: str, records: int) -> list[str]:
    if not records:
        raise UnreadableFile(_("The file has a header but no variants."))
    notes = [_("Header lines and names of samples were dropped.")]
    if not header.build:
        notes.append(_("The file does not say its genome build; it was read as %(build)s.") % {"build": build})
    elif not same_build(header.build, build):
        notes.append(
            _("Warning: the header speaks of another genome build than %(build)s. Check which is right.")
            % {"build": build}
        )
    if records > SHORT_LIST:
        notes.append(
            _("The file lists %(number)d variants. Choose those that matter: at most 100.") % {"number": records}
        )
    return notes


def _rows(records: list[tuple[int, str]], header: Header, column: int | None, reading: Reading) -> Iterator[Row]:
    for line, text in records:
        cells = text.split("\t")
        yield line, _place(cells), partial(_record, cells, header, column, reading, line)


def _place(cells: list[str]) -> str:
    """Show chromosome, position and alleles: all that a person needs to find the record again."""
    return f"{cells[0][:20]}:{cells[1][:12]} {cells[3][:40]}>{cells[4][:40]}" if len(cells) > 4 else ""


def _record(cells: list[str], header: Header, column: int | None, reading: Reading, line: int) -> list[Proposal]:
    """Make a proposal for each alternative allele that an annotation names."""
    if len(cells) < 8 or not cells[1].isdecimal():
        raise RefusedRow(_("The record is cut off or damaged."))
    info = _info(cells[7])
    annotations = _annotations(info, header)
    alternatives = cells[4].split(",")
    proposals = []
    for index, allele in enumerate(alternatives):
        best = _best(annotations, allele, cells[3], alone=len(alternatives) == 1)
        if best is None or allele in {"*", ".", "<NON_REF>"}:
            continue
        fields = {name: best.get(name, "") for name in ("gene", "hgvs_c", "hgvs_p", "transcript")}
        fraction = _fraction(cells, info, column, index)
        origin = "somatic" if "SOMATIC" in info else ""
        record = {**_split(fields), "vaf": fraction, "origin": origin, "result": "detected"}
        proposal = read_finding(record, reading, line=line, original=_place(cells))
        if cells[6] not in {"PASS", "."}:
            proposal.warnings.append(_("The caller's filter was not passed: %(filter)s") % {"filter": cells[6][:60]})
        proposals.append(proposal)
    if not proposals:
        raise RefusedRow(_("The record names no gene (no ANN or CSQ annotation): a position alone is not a finding."))
    return proposals


def _info(text: str) -> dict[str, str]:
    return {name: value for name, _sign, value in (part.partition("=") for part in text.split(";"))}


def _annotations(info: Mapping[str, str], header: Header) -> list[dict[str, str]]:
    """Return the annotations of a record with our names, percent signs decoded."""
    key = "CSQ" if "CSQ" in info and header.annotation == "CSQ" else "ANN"
    order = header.order if header.annotation == key else tuple(_ANN.casefold().split("|"))
    places = {
        field: next((order.index(name) for name in names if name in order), None) for field, names in _FIELDS.items()
    }
    found = []
    for entry in filter(None, info.get(key, "").split(",")):
        parts = entry.split("|")
        found.append(
            {field: unquote(parts[at]).strip() for field, at in places.items() if at is not None and at < len(parts)}
        )
    return [annotation for annotation in found if annotation.get("gene")]


def _best(annotations: list[dict[str, str]], allele: str, reference: str, *, alone: bool) -> dict[str, str] | None:
    """Choose one annotation of an allele: MANE, else canonical, else with a protein change, else the first."""
    trimmed = allele[1:] or "-" if allele[:1] == reference[:1] and len(allele) != len(reference) else allele
    own = [annotation for annotation in annotations if alone or annotation.get("allele") in {allele, trimmed}]
    return max(
        own,
        key=lambda entry: (
            bool(entry.get("mane")),
            entry.get("canonical") == "YES",
            bool(entry.get("hgvs_p")),
            bool(entry.get("hgvs_c")),
        ),
        default=None,
    )


def _split(fields: dict[str, str]) -> dict[str, str]:
    """Take the transcript out of ``NM_004119.3:c.2503G>T`` and drop the protein's own accession."""
    accession, _sign, change = fields["hgvs_c"].rpartition(":")
    protein = fields["hgvs_p"].rpartition(":")[2]
    return {**fields, "hgvs_c": change, "hgvs_p": protein, "transcript": accession or fields["transcript"]}


def _fraction(cells: list[str], info: Mapping[str, str], column: int | None, index: int) -> str:
    """Return the fraction of allele ``index`` as text, "" when the file does not give it."""
    if column is None or column >= len(cells):
        return _item(info.get("AF", ""), index) if column is None else ""
    values = dict(zip(cells[8].split(":"), cells[column].split(":"), strict=False))
    for key in ("AF", "VAF", "FREQ"):
        if (text := _item(values.get(key, ""), index)) and number(text.rstrip("%")) is not None:
            return text
    reads = [number_of(part) for part in values.get("AD", "").split(",")]
    alt = reads[index + 1] if index + 1 < len(reads) else reads[0] if len(reads) == 1 else None
    depth = number_of(values.get("DP", "")) or (sum(part or 0 for part in reads) if len(reads) > 1 else 0)
    if alt is None or not depth or alt > depth:
        return ""
    return str(plain((Decimal(alt) / depth).quantize(Decimal("0.00001"))))


def _item(text: str, index: int) -> str:
    parts = text.split(",")
    return parts[index] if index < len(parts) and parts[index] != "." else ""
