"""The one format of every curated file.

First come comment lines ``# key: value`` that say where the rows are from: system, source, version, licence,
retrieved_on, last_checked_on (empty for never), owner, verified (yes or no) and note. Then a CSV table with a header.
``code`` and ``display`` are required, ``parent`` names a code of the same file, and all other columns become
attributes. A column whose name ends in ``[]`` holds a list joined by ``|``; one that ends in ``?`` holds yes, no or
nothing (unknown).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from iltb.terminology.names import fold

LIST_SEPARATOR: Final = "|"
_REQUIRED: Final = ("system", "source", "version", "licence", "retrieved_on", "owner", "verified")
_YES_NO: Final[Mapping[str, bool | None]] = {"yes": True, "no": False, "": None}
_LONGEST_CODE: Final = 60
_LONGEST_NAME: Final = 200


class UnreadableFile(ValueError):
    """A vocabulary file that cannot be loaded; the message names file, line and reason."""


@dataclass(frozen=True)
class Origin:
    """Where the rows of one file come from."""

    system: str
    source: str
    version: str
    licence: str
    retrieved_on: date
    owner: str
    verified: bool
    last_checked_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One concept as its file states it."""

    code: str
    display: str
    parent: str = ""
    synonyms: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """One file."""

    origin: Origin
    rows: tuple[Row, ...]


def read_vocabulary(path: Path) -> Vocabulary:
    """Read and check one file.

    Raises ``UnreadableFile`` for a missing header entry, an unknown parent, a code or name that is empty, too long
    or used twice, or a yes-no column with another word.
    """
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    head = [line for line in lines if line.startswith("# ")]
    if lines[: len(head)] != head:
        raise UnreadableFile(f"{path.name}: comment lines stand at the top only.")
    origin = _origin(path, head)
    table = csv.DictReader(lines[len(head) :], strict=True)
    rows = tuple(_row(f"{path.name}, row {number}", cells) for number, cells in enumerate(table, start=1))
    _require_consistent(path, rows)
    return Vocabulary(origin, rows)


def write_vocabulary(path: Path, origin: Origin, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one file; the same input gives the same bytes."""
    text = io.StringIO()
    for key, value in asdict(origin).items():
        text.write(f"# {key}: {_header_text(value)}".rstrip() + "\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def _header_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _origin(path: Path, head: Sequence[str]) -> Origin:
    entries = {}
    for line in head:
        key, _, value = line.removeprefix("# ").partition(":")
        entries[key.strip()] = value.strip()
    missing = [key for key in _REQUIRED if not entries.get(key)]
    if missing:
        raise UnreadableFile(f"{path.name}: the head does not say {', '.join(missing)}.")
    try:
        checked = entries.get("last_checked_on", "")
        return Origin(
            system=entries["system"],
            source=entries["source"],
            version=entries["version"],
            licence=entries["licence"],
            retrieved_on=date.fromisoformat(entries["retrieved_on"]),
            owner=entries["owner"],
            verified=bool(_YES_NO[entries["verified"]]),
            last_checked_on=date.fromisoformat(checked) if checked else None,
            note=entries.get("note", ""),
        )
    except (KeyError, ValueError) as error:
        raise UnreadableFile(f"{path.name}: the head is wrong: {error}.") from error


def _row(where: str, cells: Mapping[str | None, Any]) -> Row:
    if None in cells or None in cells.values():
        raise UnreadableFile(f"{where}: more or fewer cells than columns.")
    values: dict[str, Any] = {_plain(str(column)): _value(where, str(column), text) for column, text in cells.items()}
    try:
        row = Row(
            code=values.pop("code"),
            display=values.pop("display"),
            parent=values.pop("parent", ""),
            synonyms=tuple(values.pop("synonyms", ())),
            attributes=values,
        )
    except KeyError as error:
        raise UnreadableFile(f"{where}: the column {error} is missing.") from error
    _require_fitting(where, row)
    return row


def _plain(column: str) -> str:
    return column.removesuffix("[]").removesuffix("?")


def _value(where: str, column: str, text: str) -> str | list[str] | bool | None:
    if column.endswith("[]"):
        return [part for part in text.split(LIST_SEPARATOR) if part]
    if not column.endswith("?"):
        return text
    if text not in _YES_NO:
        raise UnreadableFile(f"{where}: {_plain(column)} is {text!r}, it must be yes, no or empty.")
    return _YES_NO[text]


def _require_fitting(where: str, row: Row) -> None:
    if not fold(row.code) or len(row.code) > _LONGEST_CODE:
        raise UnreadableFile(f"{where}: the code {row.code!r} is empty or longer than {_LONGEST_CODE} characters.")
    for name in (row.display, *row.synonyms):
        if not fold(name) or len(name) > _LONGEST_NAME:
            raise UnreadableFile(f"{where}: the name {name!r} is empty or longer than {_LONGEST_NAME} characters.")


def _require_consistent(path: Path, rows: Sequence[Row]) -> None:
    codes: set[str] = set()
    for row in rows:
        if row.code in codes:
            raise UnreadableFile(f"{path.name}: the code {row.code} stands there twice.")
        codes.add(row.code)
    lost = sorted({row.parent for row in rows} - codes - {""})
    if lost:
        raise UnreadableFile(f"{path.name}: a parent is no code of this file: {', '.join(lost)}.")
