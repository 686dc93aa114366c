"""What a reader hands to the person who imports: proposals and refusals. Nothing here is stored.

``original`` is the text as it was read, for the eyes of the person who brought it. Whoever stores it must take it
through the privacy gate first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _

from cases.proposals import Proposal
from iltb.core.errors import DomainError

Symbol = Callable[[str], str | None]
"""A name as people write it -> the approved HGNC symbol, or None when it is not known or means several genes."""

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 200

MAGIC: Final = (
    (b"PK\x03\x04", "xlsx"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "old Office"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"BCF", "BCF"),
    (b"{\\rtf", "RTF"),
)
MARKUP: Final = (b"<", b"{", b"[{")


class UnreadableFile(DomainError):
    """The whole file cannot be read; the message is one sentence for the person who brought it."""

    http_status = 422


class WhichSample(UnreadableFile):
    """The file holds several samples and nobody said which one. ``number`` says how many there are."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("The file holds %(number)d samples. Say which one is meant: 1 to %(number)d, in the order of the file.")
            % {"number": number}
        )
        self.number = number


class RefusedRow(Exception):
    """One row cannot become a proposal. ``identifying`` rows leave nothing of their text behind."""

    def __init__(self, reason: str, *, identifying: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.identifying = identifying


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that was not understood, and why. ``original`` is empty when the text looked like an identifier."""

    line: int
    original: str
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table was taken for; ``header`` is shown only when it is a heading that we know."""

    position: int
    header: str
    field: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that one paste or file gave. ``notes`` speak about the file as a whole."""

    source: str
    proposals: list[Proposal]
    refused: list[Refused]
    notes: list[str] = field(default_factory=list)
    columns: tuple[Column, ...] = ()


Row = tuple[int, str, Callable[[], Iterable[Proposal]]]
"""Line, the text to show if it is refused, and what reads it: raises ``RefusedRow``."""


def collect(source: str, rows: Iterable[Row], *, notes: list[str], columns: tuple[Column, ...] = ()) -> Preview:
    """Read every row; a bad one is refused with its reason and never stops the others."""
    preview = Preview(source, [], [], notes, columns)
    seen: dict[tuple[object, ...], int] = {}
    changes: dict[tuple[object, ...], int] = {}
    for line, original, read in rows:
        try:
            for proposal in read():
                _require_new(proposal, seen)
                preview.proposals.append(_with_repetition_named(proposal, changes))
        except RefusedRow as refusal:
            preview.refused.append(Refused(line, "" if refusal.identifying else original, refusal.reason))
    return preview


def _require_new(proposal: Proposal, seen: dict[tuple[object, ...], int]) -> None:
    first = seen.setdefault(_identity(proposal), proposal.line)
    if first != proposal.line:
        raise RefusedRow(_("Duplicate of line %(line)d.") % {"line": first})


def _identity(proposal: Proposal) -> tuple[object, ...]:
    """Return what makes two rows the same; where no change is named, only rows that read the same are."""
    unnamed = proposal.original if proposal.values.get("variant_class") == "other" else ""
    return (
        proposal.kind,
        proposal.specimen,
        unnamed,
        *sorted((key, str(value)) for key, value in proposal.values.items()),
    )


def _with_repetition_named(proposal: Proposal, changes: dict[tuple[object, ...], int]) -> Proposal:
    """Add a warning where an earlier line names the same change of the same gene with other figures."""
    values = proposal.values
    change = values.get("hgvs_c") or values.get("hgvs_p")
    if proposal.kind != "variant" or not change:
        return proposal
    first = changes.setdefault((proposal.specimen, values["gene_symbol"], change), proposal.line)
    if first == proposal.line:
        return proposal
    warning = _("Line %(line)d names the same change with other figures. Keep one of them.") % {"line": first}
    return replace(proposal, warnings=[*proposal.warnings, warning])


def require_size(data: bytes) -> None:
    """Raise ``UnreadableFile`` for an empty file and for one above 20 MB."""
    if not data:
        raise UnreadableFile(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise UnreadableFile(_("The file is larger than 20 MB. Send only the rows that matter for this case."))


def content_type(data: bytes) -> str:
    """Name what the first bytes say: "text", "xlsx" (any zip), "markup", or the name of another format."""
    for magic, name in MAGIC:
        if data.startswith(magic):
            return name
    return "markup" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MARKUP) else "text"


def text_of(data: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16 with or without its mark, else Latin-1 as Windows writes it.

    Raises ``UnreadableFile`` for other contents, by their first bytes and by characters that no text holds.
    """
    require_size(data)
    if (kind := content_type(data)) != "text":
        name = kind if kind != "markup" else "HTML, XML or JSON"
        raise UnreadableFile(
            _("This is a file of type %(type)s, not a table of text. Export it as CSV, TSV, XLSX, VCF or MAF.")
            % {"type": name}
        )
    try:
        text = data.decode(_encoding_of(data))
    except UnicodeDecodeError:
        raise UnreadableFile(_("The characters of this file cannot be read. Save it as UTF-8.")) from None
    if any(mark in text for mark in CONTROL):
        raise UnreadableFile(_("This is not a text file, or its characters cannot be read. Save it as CSV in UTF-8."))
    return text


CONTROL: Final = tuple(chr(number) for number in range(32) if chr(number) not in "\t\n\r\v\f\x1a")


def _encoding_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:2000]
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def too_many_rows() -> UnreadableFile:
    """Return the sentence for a file above the limit of rows."""
    return UnreadableFile(
        _("The file has more than %(limit)s rows. Send only the rows that matter for this case.") % {"limit": MAX_ROWS}
    )


def too_many_columns() -> UnreadableFile:
    """Return the sentence for a file above the limit of columns."""
    return UnreadableFile(
        _("The file has more than %(limit)s columns. Keep only the columns that describe the findings.")
        % {"limit": MAX_COLUMNS}
    )


def lines_of(text: str, *, delimiter: str | None = None) -> Iterator[str]:
    """Yield the lines of a text without building them all.

    Raises ``UnreadableFile`` before a line with too many delimiters is cut into cells.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        line = text[start:end]
        start = end
        if delimiter and line.count(delimiter) >= MAX_COLUMNS and _cells(line, delimiter) > MAX_COLUMNS:
            raise too_many_columns()
        yield line


def _cells(line: str, delimiter: str) -> int:
    """Count cells; a delimiter inside quotes is none."""
    return sum(part.count(delimiter) for part in line.split('"')[::2]) + 1
