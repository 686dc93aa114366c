"""Read a Mutation Annotation Format file: a table with fixed headings and one coordinate system.

Format: GDC MAF Format v1.0.0, https://docs.gdc.cancer.gov/Data/File_Formats/MAF_Format/
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from cases.importers import tables
from cases.importers.findings import Reading
from cases.importers.findings import read as read_finding
from cases.importers.preview import Preview, Row, Symbol, UnreadableFile, collect, text_of
from cases.proposals import Proposal
from iltb.terminology.names import fold

BUILDS: Final = ("GRCh37", "GRCh38")
_BUILD_NAMES: Final = {
    "GRCh37": frozenset({"37", "grch37", "hg19", "b37", "hs37", "hs37d5", "grch37lite", "19"}),
    "GRCh38": frozenset({"38", "grch38", "hg38", "b38", "hs38", "hs38dh"}),
}
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "gene": ("Hugo_Symbol",),
    "hgvs_p": ("HGVSp", "HGVSp_Short", "Protein_Change", "AAChange", "Amino_Acid_Change"),
    "hgvs_c": ("HGVSc", "cDNA_Change", "CDS_Change"),
    "transcript": ("RefSeq", "Annotation_Transcript", "Transcript_ID", "i_transcript_name"),
    "vaf_fraction": ("tumor_f", "i_tumor_f"),
    "vaf": ("i_TumorVAF_WU", "VAF", "t_vaf", "Tumor_VAF"),
    "depth": ("t_depth",),
    "alt_reads": ("t_alt_count",),
    "origin": ("Mutation_Status",),
    "chromosome": ("Chromosome",),
    "start": ("Start_Position",),
    "build": ("NCBI_Build",),
    "effect": ("Variant_Classification",),
    "identifier": ("Tumor_Sample_Barcode",),
}
"""Fields and the headings that give them, the best first."""

WITHOUT_EFFECT: Final = frozenset(
    {"silent", "intron", "igr", "3utr", "5utr", "3flank", "5flank", "rna", "lincrna", "synonymous"}
)


def require_build(build: str) -> None:
    """Raise ``UnreadableFile`` unless ``build`` is one of ``BUILDS``: positions mean nothing without it."""
    if build not in BUILDS:
        raise UnreadableFile(_("Say which genome build the positions refer to: GRCh37 or GRCh38."))


def same_build(written: str, build: str) -> bool:
    """Tell whether a file's word for its build agrees with ``build``; an unknown word does not disagree."""
    word = fold(written)
    known = next((name for name, words in _BUILD_NAMES.items() if word in words), build)
    return known == build


def read(data: bytes, *, build: str, symbol: Symbol, sample: int | None = None) -> Preview:
    """Read the rows of one tumour sample (``sample`` counts them in the order of the file).

    A row of another build than ``build`` (GRCh37 or GRCh38) is proposed with a warning, and so is one whose class has
    no effect on a protein. Raises ``UnreadableFile`` and ``WhichSample`` as ``tables.read`` does, and when
    ``Hugo_Symbol`` or the classification is missing.
    """
    require_build(build)
    rows = (row for row in tables.rows_of(_without_comments(text_of(data))))
    first = next((row for row in rows if any(row)), [])
    chosen = columns_of(first)
    if "gene" not in chosen.values() or "effect" not in chosen.values():
        raise UnreadableFile(
            _("This is not a MAF file: the columns Hugo_Symbol and Variant_Classification are missing.")
        )
    table = tables.tabulate_as(first, rows, chosen)
    lines = tables.of_one_sample(table, sample)
    reading = Reading(symbol, tables.scale_of(table))
    return collect("MAF", _rows(lines, reading, build), notes=table.notes, columns=table.columns)


def _without_comments(text: str) -> str:
    """Drop the lines above the headings; programs write paths and names of people there."""
    start = 0
    while text.startswith("#", start):
        start = text.find("\n", start) + 1 or len(text)
    return text[start:]


def columns_of(header: list[str]) -> dict[str, str]:
    """Return position -> field for the headings of a MAF file; the best heading of each field wins."""
    places = {name.strip().casefold(): position for position, name in reversed(list(enumerate(header, 1)))}
    chosen: dict[str, str] = {}
    for field, names in _FIELDS.items():
        if field == "vaf" and "vaf_fraction" in chosen.values():
            continue
        if position := next((places[name.casefold()] for name in names if name.casefold() in places), None):
            chosen[str(position)] = field
    return chosen


def _rows(lines: list[tables.Line], reading: Reading, build: str) -> Iterator[Row]:
    for line in lines:
        yield line.number, line.shown(), partial(_read, line, reading, build)


def _read(line: tables.Line, reading: Reading, build: str) -> list[Proposal]:
    record = {field: text for field, text in line.record.items() if field not in {"build", "effect"}}
    if line.has_formula:
        record["formula"] = "="
    if not (record.get("hgvs_p") or record.get("hgvs_c")):
        record["result"] = "detected"
    proposal = read_finding(record, reading, line=line.number, original=line.shown())
    if (written := line.record.get("build", "")) and not same_build(written, build):
        proposal.warnings.append(_("The row is of another genome build than %(build)s. Check it.") % {"build": build})
    if fold(effect := line.record.get("effect", "")) in WITHOUT_EFFECT:
        proposal.warnings.append(
            _("%(effect)s: usually without effect on a protein. Keep it only with a reason.") % {"effect": effect[:30]}
        )
    return [proposal]
