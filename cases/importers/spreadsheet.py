"""Cells of an XLSX workbook as text: values only. Names of sheets, comments and properties are never read."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.importers.cells import plain
from cases.importers.preview import MAX_COLUMNS, UnreadableFile, content_type, require_size, too_many_columns

MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_SHARED: Final = 20 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_PARTS: Final = 2000


def rows(data: bytes, *, sheet: int = 1) -> Iterator[list[str]]:
    """Yield the rows of one sheet (1 is the first) as text.

    A number shown as per cent becomes "41 %", a date its ISO form, a formula stays "=…" for the caller to refuse.
    Raises ``UnreadableFile`` for what is no workbook, is protected or would unpack to more than 100 MB.
    """
    book = _opened(data)
    try:
        chosen = _sheet(book, sheet)
        chosen.reset_dimensions()
        for cells in chosen.iter_rows():
            texts = [_text(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield _within_limit(texts)
    except UnreadableFile:
        raise
    except Exception as error:
        # The parts are parsed while the rows are read: what damage makes the library raise is not to be foreseen.
        raise UnreadableFile(_("The workbook is damaged. Save it again as XLSX, or as CSV.")) from error
    finally:
        book.close()


def _sheet(book: Any, sheet: int) -> Any:
    if not 1 <= sheet <= len(book.worksheets):
        raise UnreadableFile(_("The workbook has %(number)d sheets.") % {"number": len(book.worksheets)})
    return book.worksheets[sheet - 1]


def _within_limit(texts: list[str]) -> list[str]:
    if len(texts) > MAX_COLUMNS:
        raise too_many_columns()
    return texts


def sheet_count(data: bytes) -> int:
    """Count the sheets without opening the workbook. Raises ``UnreadableFile`` as ``rows`` does."""
    _require_harmless(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in archive.namelist())


def _opened(data: bytes) -> Any:
    require_size(data)
    _require_harmless(data)
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and most processes never read a workbook

    try:
        return load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        raise UnreadableFile(_("The workbook is damaged. Save it again as XLSX, or as CSV.")) from error


def _require_harmless(data: bytes) -> None:
    """Look at the table of contents before anything is unpacked; a part never yields more than it declares."""
    kind = content_type(data)
    if kind == "old Office":
        raise UnreadableFile(_("This workbook is protected by a password or of the old XLS kind. Save it as XLSX."))
    if kind != "xlsx":
        raise UnreadableFile(_("This is not an XLSX workbook."))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise UnreadableFile(_("This is not an XLSX workbook."))
            unpacked = sum(part.file_size for part in parts)
            shared = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
            if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or shared > MAX_SHARED or _is_bomb(parts):
                raise UnreadableFile(_("The workbook unpacks to far more than a table of findings. Save it as CSV."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!" in archive.open(part).read(2048):
                    raise UnreadableFile(_("The workbook holds declarations that no spreadsheet program writes."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise UnreadableFile(_("The workbook is damaged or encrypted. Save it again as XLSX, or as CSV.")) from error


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    return any(
        part.file_size > 10_000_000 and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    )


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return str(value).strip()


def _number(value: float, shown_as: str) -> str:
    """Write a number as the laboratory sees it, to 12 digits: 0.41 shown as per cent is "41 %"."""
    exact = Decimal(format(value, ".12g"))
    if not exact.is_finite():
        return ""
    return f"{plain(exact * 100)} %" if "%" in shown_as else str(plain(exact))
