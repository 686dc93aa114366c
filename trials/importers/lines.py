"""Splits the eligibility text of a register into numbered lines for the curator; nothing is read out of them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from trials.matching.criteria import CriterionKind

MAX_CHARACTERS: Final = 200_000
MAX_LINES: Final = 500
_HEADING_LENGTH: Final = 120
_LONG_ROW: Final = 120
_LEAST_NUMBERS: Final = 3
_INLINE_NUMBER: Final = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+(?=[^\d\s])")
_BREAKS: Final = re.compile(r"\r\n?|&#x?0*[dD];|&#13;|\u2028|\u2029|\x0b|\x0c|<br\s*/?>", re.IGNORECASE)
_ESCAPES: Final = re.compile(r"\\([\\*_\[\]<>~#`&^=+.(){}|-])")
# A sign or number that begins the sentence itself ("-7", "1.5 x ULN", "i.v.") is no bullet.
_BULLET: Final = re.compile(
    r"(?P<marker>[*•●○◦▪■·‣\u2043]|[-–—](?![\d.])|\+(?=\s)|\(?\d{1,2}(?:\.\d{1,2})*[.)](?!\d)"
    r"|\(?(?:[a-z]|[ivx]{1,5})[.)](?=\s)|o(?=\s{1,3}[A-Z≥≤<>]))"
    r"\s*(?P<text>\S.*)"
)
_HEADING: Final = re.compile(
    r"(?P<before>(?:[^\s:]+\s+){0,4}?)(?P<kind>(?:non-?\s?)?inclusion|exclusion)\b"
    r"(?P<after>[^:]{0,80})(?P<colon>:?)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_IN_ONE_LINE: Final = re.compile(
    r"(?<=[.;!?)\d])[ \t]+(?=(?:key |main )?(?:inclusion|exclusion) criteria ?:)", re.IGNORECASE
)
_PLAIN_HEADING: Final = re.compile(r"(?:\s*\(?criteri(?:a|on|um)\)?)?\W*", re.IGNORECASE)
_PART: Final = re.compile(
    r"(?:part|phase|cohort|arm|group|stratum|stage|sub-?study|sub-?protocol)\b.{0,40}:|(?:part|phase|cohort) \w{1,3}",
    re.IGNORECASE,
)
_PLAIN_BEFORE: Final = frozenset({"", "key", "main", "general", "principal"})


@dataclass(frozen=True, slots=True)
class Line:
    """One top-level line of an eligibility text.

    ``label`` counts inclusion and exclusion apart (I-01, E-01). ``text`` holds the line with the lines below it, each
    of those on a line of its own that begins with a dash. ``group`` is the nearest heading that is not just inclusion
    or exclusion. ``kind_stated`` is false where the text stands under no such heading; it then counts as inclusion.
    """

    label: str
    kind: CriterionKind
    text: str
    group: str = ""
    kind_stated: bool = True


def split_criteria(text: str) -> list[Line]:
    """Split an eligibility text into its lines in the order of the text.

    Understands bullets, numbers and plain paragraphs, hard line ends, entities and escaped signs as the registers
    write them. Reads at most 200,000 characters and 500 lines; an empty text gives no lines.
    """
    reader = _Reader()
    for indent, line in _rows(text[:MAX_CHARACTERS]):
        reader.read(indent, line)
        if len(reader.drafts) > MAX_LINES:
            break
    return reader.lines()[:MAX_LINES]


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Yield the indentation and the text of each row, empty rows included."""
    plain = html.unescape(html.unescape(_BREAKS.sub("\n", text)))
    plain = _ESCAPES.sub(r"\1", plain.replace("\r", "\n").replace("\xa0", " ").replace("\t", "    "))
    for line in _IN_ONE_LINE.sub("\n", plain).split("\n"):
        for row in _numbered(line):
            yield len(row) - len(row.lstrip(" ")), " ".join(row.split())


def _numbered(row: str) -> list[str]:
    """Split a row that holds a whole numbered list, as registers without line ends write it."""
    if len(row) < _LONG_ROW:
        return [row]
    starts, wanted = [], 1
    for found in _INLINE_NUMBER.finditer(row):
        if int(found[1]) == wanted:
            starts.append(found.start())
            wanted += 1
    if len(starts) < _LEAST_NUMBERS:
        return [row]
    edges = [0, *starts, len(row)]
    return [row[start:end] for start, end in pairwise(edges) if row[start:end].strip()]


@dataclass(slots=True)
class _Draft:
    kind: CriterionKind
    text: str
    group: str
    stated: bool
    indent: int
    style: str


class _Reader:
    """Holds the heading and the line that the next row may belong to."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self.kind = CriterionKind.INCLUSION
        self.stated = False
        self.group = ""
        self.is_open = False
        self.after_gap = True
        self.part: tuple[int, str] | None = None
        self.part_is_deeper = False

    def read(self, indent: int, row: str) -> None:
        """Take one row: a heading, a line, a part of the line before, or a gap."""
        if not row:
            self.after_gap = True
            return
        if not self._heading(row):
            bullet = _BULLET.fullmatch(row)
            if bullet:
                self._item(indent, _style(bullet["marker"]), bullet["text"])
            else:
                self._plain(indent, row)
        self.after_gap = False

    def lines(self) -> list[Line]:
        """Number what was read."""
        counted = dict.fromkeys(CriterionKind, 0)
        numbered = []
        for draft in self.drafts:
            counted[draft.kind] += 1
            label = f"{'I' if draft.kind is CriterionKind.INCLUSION else 'E'}-{counted[draft.kind]:02d}"
            numbered.append(Line(label, draft.kind, draft.text, draft.group, draft.stated))
        return numbered

    def _heading(self, row: str) -> bool:
        bullet = _BULLET.fullmatch(row)
        found = _HEADING.fullmatch(bullet["text"] if bullet else row)
        if found is None or not _is_heading(found, in_list=bullet is not None):
            return False
        excluded = not found["kind"].lower().startswith("inc")
        self.kind = CriterionKind.EXCLUSION if excluded else CriterionKind.INCLUSION
        self.stated, self.is_open, self.part = True, False, None
        before, after = found["before"].strip(" -–("), found["after"]
        plain = before.lower() in _PLAIN_BEFORE and _PLAIN_HEADING.fullmatch(after)
        self.group = "" if plain else " ".join(f"{before} {found['kind']}{after}".split())
        if found["rest"]:
            self.after_gap = True
            self.read(0, found["rest"])
        return True

    def _item(self, indent: int, style: str, text: str) -> None:
        if self.is_open and self._is_below(indent, style):
            self._append(f"\n- {text}")
            return
        if _PART.fullmatch(text):
            self.part, self.part_is_deeper = (indent, self.part[1] if self.part else self.group), False
            self.group, self.is_open = text.rstrip(": "), False
            return
        self._leave_part(indent)
        self._start(text, indent, style)

    def _leave_part(self, indent: int) -> None:
        """Return to the wider group once a list that stood further in than its own heading has ended."""
        if self.part is None:
            return
        if indent > self.part[0]:
            self.part_is_deeper = True
        elif self.part_is_deeper:
            self.group, self.part = self.part[1], None

    def _is_below(self, indent: int, style: str) -> bool:
        """Whether a bullet belongs to the open line: it stands further in, or dashes follow a number."""
        top = self.drafts[-1]
        if not top.style:
            return top.text.endswith(":") and not self.after_gap
        if indent != top.indent:
            return indent > top.indent
        return style != top.style and (top.style == "1" or style == "1")

    def _plain(self, indent: int, row: str) -> None:
        if not self.is_open:
            self._new_plain(indent, row)
            return
        top = self.drafts[-1]
        follows = not self.after_gap and (top.style or row[0].islower())
        if follows:
            self._append(f" {row}")
        elif top.style and indent > top.indent:
            self._append(f"\n{row}")
        else:
            self._new_plain(indent, row)

    def _new_plain(self, indent: int, row: str) -> None:
        """Begin a line without a bullet, or a group: a short heading that ends in a colon."""
        if row.endswith(":") and len(row) <= _HEADING_LENGTH:
            self.group, self.is_open, self.part = row.rstrip(": "), False, None
            return
        self._start(row, indent, "")

    def _start(self, text: str, indent: int, style: str) -> None:
        self.drafts.append(_Draft(self.kind, text, self.group, self.stated, indent, style))
        self.is_open = True

    def _append(self, more: str) -> None:
        self.drafts[-1].text += more


def _style(marker: str) -> str:
    """Return the sort of a bullet: a number, a letter, or the sign itself."""
    core = marker.strip("().")
    if core[:1].isdigit():
        return "1"
    return "a" if core.isalpha() and core != "o" else marker


def _is_heading(found: re.Match[str], *, in_list: bool) -> bool:
    """Whether words about inclusion or exclusion head a list rather than being one of its lines."""
    after = found["after"]
    if re.search(r"clusion|[.;]|^\s+of\b", after, re.IGNORECASE):
        return False
    if in_list and not _PLAIN_HEADING.fullmatch(after):
        return False
    plain = bool(_PLAIN_HEADING.fullmatch(after)) and not found["rest"]
    if not found["colon"]:
        return plain and "." not in found["before"]
    if found["rest"]:
        return found["before"].strip().lower() in _PLAIN_BEFORE and bool(_PLAIN_HEADING.fullmatch(after))
    return True
