"""Read a table of findings: CSV, TSV or the rows of a workbook. One row is one finding of one patient.

A table of several samples is read one sample at a time: ``sample`` counts them in the order of the file. Names of
samples and patients are compared inside the reader and never leave it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Final

from django.utils.translation import gettext as _

from cases.importers import cells, columns, spreadsheet
from cases.importers.cells import Scale
from cases.importers.findings import Reading
from cases.importers.findings import read as read_finding
from cases.importers.lines import read_line
from cases.importers.preview import (
    MAX_COLUMNS,
    MAX_ROWS,
    Column,
    Preview,
    Row,
    Symbol,
    UnreadableFile,
    WhichSample,
    collect,
    content_type,
    lines_of,
    require_size,
    text_of,
    too_many_columns,
    too_many_rows,
)
from cases.proposals import Proposal

DELIMITERS: Final = ("\t", ";", ",", "|")
LONGEST_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row that are read, by field; ``sample`` is compared and never shown."""

    number: int
    record: dict[str, str]
    sample: tuple[str, ...]
    has_formula: bool

    def shown(self) -> str:
        """Return the cells that were read, for the person who brought them."""
        return " | ".join(filter(None, self.record.values()))[:LONGEST_SHOWN]


@dataclass(frozen=True, slots=True)
class Table:
    """What was found in a table before any row is understood."""

    columns: tuple[Column, ...]
    lines: list[Line]
    notes: list[str]


def read(  # noqa: PLR0913 -- one keyword for each thing that a person may choose
    data: bytes,
    *,
    symbol: Symbol,
    columns: Mapping[str, str] | None = None,
    sample: int | None = None,
    same_for_all: Mapping[str, str] | None = None,
    sheet: int = 1,
) -> Preview:
    """Read a CSV, TSV or XLSX file of one patient.

    ``columns`` overrides the guess: heading or position ("3") -> field of ``columns.FIELDS``. ``same_for_all`` gives
    what a table leaves out because all its rows share it: ``{"gene": "FLT3"}``. A column of bare allele fractions is
    per cent when one of them is above 1; otherwise every value up to 1 asks, unless the column is chosen to be
    ``vaf_fraction`` or ``vaf_percent``. Raises ``UnreadableFile`` for a file that is none, too large, or has no
    headings; ``WhichSample`` for several samples when ``sample`` does not say which.
    """
    require_size(data)
    if content_type(data) == "xlsx":
        notes = _sheet_notes(data, sheet)
        table = tabulate(spreadsheet.rows(data, sheet=sheet), chosen=columns, notes=notes)
        return preview(table, symbol=symbol, sample=sample, same_for_all=same_for_all, source="spreadsheet")
    return read_text(text_of(data), symbol=symbol, chosen=columns, sample=sample, same_for_all=same_for_all)


def read_text(  # noqa: PLR0913 -- as read, for text
    text: str,
    *,
    symbol: Symbol,
    chosen: Mapping[str, str] | None = None,
    sample: int | None = None,
    same_for_all: Mapping[str, str] | None = None,
    source: str = "table",
) -> Preview:
    """Read the text of a table; as ``read`` does."""
    table = tabulate(rows_of(text), chosen=chosen, notes=[])
    return preview(table, symbol=symbol, sample=sample, same_for_all=same_for_all, source=source)


def _sheet_notes(data: bytes, sheet: int) -> list[str]:
    number = spreadsheet.sheet_count(data)
    return [_("Sheet %(sheet)d of %(number)d was read.") % {"sheet": sheet, "number": number}] if number > 1 else []


def has_headings(text: str) -> bool:
    """Tell whether pasted text begins with the headings of a table."""
    first = next(filter(str.strip, text.splitlines()), "")
    delimiter = next((sign for sign in DELIMITERS[:2] if sign in first), "")
    names = {columns.known_field(cell) for cell in first.split(delimiter)} if delimiter else set()
    return len(names - {columns.IGNORED}) >= 2


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the rows of delimited text. Raises ``UnreadableFile`` for lines or cells beyond all measure."""
    delimiter = delimiter_of(text)
    try:
        yield from csv.reader(lines_of(text, delimiter=delimiter), delimiter=delimiter, strict=False)
    except csv.Error:
        raise UnreadableFile(_("A cell of this table is too long, or a quotation mark is never closed.")) from None


def delimiter_of(text: str) -> str:
    """Find what separates cells: the sign that cuts the first lines into the most headings that we know."""
    head = [
        line[:20_000] for line in islice(text[:200_000].splitlines(), 30) if line.strip() and not line.startswith("#")
    ]
    known = {
        sign: max(
            (sum(bool(columns.known_field(cell.strip('" '))) for cell in line.split(sign)) for line in head), default=0
        )
        for sign in DELIMITERS
    }
    usual = {sign: sum(line.count(sign) for line in head) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (known[sign], usual[sign]))


def tabulate(rows: Iterable[Sequence[str]], *, chosen: Mapping[str, str] | None, notes: list[str]) -> Table:
    """Find the headings and keep of every row only the cells that are read."""
    numbered = ((number, row) for number, row in enumerate(rows, 1))
    head = list(islice(((number, row) for number, row in numbered if any(row)), 20))
    start = columns.headings([row for _number, row in head])
    if start is None and chosen and head:
        start = 0
    if start is None:
        raise UnreadableFile(_("No row names the columns. Begin with headings such as Gene, HGVSc, HGVSp, VAF."))
    if start:
        notes.append(_("%(number)d lines above the headings were dropped.") % {"number": start})
    if len(head[start][1]) > MAX_COLUMNS:
        raise too_many_columns()
    assigned = columns.assign(head[start][1], chosen)
    if not {column.field for column in assigned} - {columns.IGNORED, columns.IDENTIFIER}:
        raise UnreadableFile(
            _("No column with findings was found. Begin with headings such as Gene, HGVSc, HGVSp, VAF.")
        )
    lines = _lines(chain(head[start + 1 :], numbered), assigned)
    return Table(assigned, lines, [*notes, *columns.notes_about(assigned)])


def tabulate_as(header: Sequence[str], rows: Iterable[Sequence[str]], fields: Mapping[str, str]) -> Table:
    """Build the table of a format with fixed headings; ``fields`` are by position, all other columns are dropped."""
    if len(header) > MAX_COLUMNS:
        raise too_many_columns()
    assigned = tuple(
        Column(position, header[position - 1], fields[str(position)])
        for position in range(1, len(header) + 1)
        if str(position) in fields
    )
    return Table(assigned, _lines(enumerate(rows, 2), assigned), columns.notes_about(assigned))


def _lines(rows: Iterable[tuple[int, Sequence[str]]], assigned: tuple[Column, ...]) -> list[Line]:
    fields = [(column.position - 1, column.field) for column in assigned]
    readout = columns.readout_of(assigned)
    kept = [(index, field) for index, field in fields if field not in {columns.IGNORED, columns.IDENTIFIER}]
    people = [index for index, field in fields if field == columns.IDENTIFIER]
    lines: list[Line] = []
    for number, row in rows:
        width = len(row)
        if width > MAX_COLUMNS:
            raise too_many_columns()
        record = {_plain(field): row[index].strip() if index < width else "" for index, field in kept}
        if not any(record.values()):
            continue
        if len(lines) == MAX_ROWS:
            raise too_many_rows()
        if readout:
            record.setdefault("readout", readout)
        who = tuple(row[index].strip() for index in people if index < width)
        lines.append(Line(number, record, who, any(cell.lstrip().startswith("=") for cell in row)))
    return lines


def _plain(field: str) -> str:
    return "vaf" if field.startswith("vaf_") else field


def scale_of(table: Table) -> Scale:
    """Say how bare numbers of the column of allele fractions are meant."""
    fields = {column.field for column in table.columns}
    if "vaf_percent" in fields:
        return "percent"
    if "vaf_fraction" in fields:
        return "fraction"
    values = (cells.number(line.record.get("vaf", "")) for line in table.lines)
    return "percent_by_others" if any(value is not None and value > 1 for value in values) else "ask"


def preview(
    table: Table,
    *,
    symbol: Symbol,
    sample: int | None,
    same_for_all: Mapping[str, str] | None,
    source: str,
) -> Preview:
    """Understand every row of one sample."""
    if not table.lines:
        raise UnreadableFile(_("The table has headings but no rows."))
    lines = of_one_sample(table, sample)
    reading = Reading(symbol, scale_of(table))
    rows = _rows(lines, reading, dict(same_for_all or {}))
    return collect(source, rows, notes=table.notes, columns=table.columns)


def of_one_sample(table: Table, sample: int | None) -> list[Line]:
    """Keep the rows of one sample. Raises ``WhichSample`` for several samples unless one of them is chosen."""
    samples = {who: None for line in table.lines if any(who := line.sample)}
    order = list(samples)
    if sample is None and len(order) <= 1:
        return table.lines
    if sample is None or not 1 <= sample <= len(order):
        raise WhichSample(len(order))
    return [line for line in table.lines if line.sample == order[sample - 1]]


def _rows(lines: Iterable[Line], reading: Reading, shared: dict[str, str]) -> Iterator[Row]:
    for line in lines:
        record = shared | {field: text for field, text in line.record.items() if text or field not in shared}
        if line.has_formula:
            record = {**record, "formula": "="}
        yield line.number, line.shown(), partial(_read, line, record, reading)


def _read(line: Line, record: dict[str, str], reading: Reading) -> list[Proposal]:
    if "finding" in record and not record.get("gene") and not line.has_formula:
        return [read_line(record["finding"], reading, line.number)]
    return [read_finding(record, reading, line=line.number, original=line.shown())]
