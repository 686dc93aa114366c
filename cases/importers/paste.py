"""Read pasted text: one line is one finding, or rows with headings are a table."""

from collections.abc import Iterator
from functools import partial

from cases.importers import tables
from cases.importers.findings import Reading
from cases.importers.lines import LONGEST_LINE, read_line
from cases.importers.preview import MAX_ROWS, Preview, Row, Symbol, collect, require_size, too_many_rows
from cases.proposals import Proposal


def read_text(text: str, *, symbol: Symbol) -> Preview:
    """Read pasted text, one finding a line; rows of a table with headings go the way of a table.

    Raises ``UnreadableFile`` above 20 MB, above 10,000 lines, and when there is no text.
    """
    require_size(text.encode("utf-8", "replace"))
    if tables.has_headings(text):
        return tables.read_text(text, symbol=symbol, source="paste")
    reading = Reading(symbol)
    return collect("paste", _rows(text, reading), notes=[])


def _rows(text: str, reading: Reading) -> Iterator[Row]:
    kept = 0
    for number, whole in enumerate(text.splitlines(), 1):
        if not (line := whole.strip()):
            continue
        kept += 1
        if kept > MAX_ROWS:
            raise too_many_rows()
        yield number, line[:LONGEST_LINE], partial(_read, line, reading, number)


def _read(line: str, reading: Reading, number: int) -> list[Proposal]:
    return [read_line(line, reading, number)]
