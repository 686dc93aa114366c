"""What two frozen dossiers say differently, in the words of the profile: changed answers, and rows that came or went.

Answers are compared as they are read: what reads the same (an age in whole years) is no change to a reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from cases.queries import words
from cases.queries.columns import Row, in_words, stated
from cases.queries.dossier_lists import BLOCKS, Rows
from cases.queries.dossier_specimens import specimen_title
from cases.queries.germline import WITHHELD, GermlineRight, shown_content
from cases.queries.shape import whole

Content = Mapping[str, Any]


class ChangeKind(StrEnum):
    """What became of an answer or a row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One answer that differs, or one row that only one of the two has.

    ``place`` is what the row hangs on (a specimen, a line), ``row`` names it, ``label`` is the question; a row as a
    whole has no ``label``, an answer of the block itself neither ``place`` nor ``row``.
    """

    kind: ChangeKind
    label: str
    before: str
    after: str
    row: str = ""
    place: str = ""


@dataclass(frozen=True)
class BlockChanges:
    """What differs in one part of the dossier; ``removed`` counts rows that are not told one by one."""

    title: str
    changes: Sequence[Change]
    removed: int = 0


def changes_between(before: Content, after: Content, right: GermlineRight = WITHHELD) -> list[BlockChanges]:
    """What ``after`` says otherwise than ``before``, by block in the order of the dossier.

    Who has no ``right`` to the germline results is told no difference of them. An answer that one of the two does not
    give reads "not stated" there; a revision of an older form was not asked all of today's questions.
    """
    then, now = (whole(shown_content(content, right)) for content in (before, after))
    blocks = [
        BlockChanges(str(title), [*_answers(answers(then), answers(now)), *_all_rows(then, now, kinds)])
        for title, answers, kinds in BLOCKS
    ]
    return [block for block in blocks if block.changes]


def without_before(blocks: Sequence[BlockChanges]) -> list[BlockChanges]:
    """The same for somebody to whom the earlier revision is closed: what it said is taken out, removed rows counted."""
    return [
        BlockChanges(
            block.title,
            [replace(change, before="") for change in block.changes if change.kind is not ChangeKind.REMOVED],
            sum(change.kind is ChangeKind.REMOVED for change in block.changes),
        )
        for block in blocks
    ]


def _answers(then: Iterable[Row], now: Iterable[Row], *, row: str = "", place: str = "") -> list[Change]:
    old, new, none = dict(then), dict(now), words.not_stated()
    labels = [*new, *(label for label in old if label not in new)]
    pairs = [(label, old.get(label, none), new.get(label, none)) for label in labels]
    return [Change(ChangeKind.CHANGED, *pair, row=row, place=place) for pair in pairs if pair[1] != pair[2]]


def _all_rows(then: Content, now: Content, kinds: Iterable[Rows], place: str = "") -> list[Change]:
    return [change for kind in kinds for change in _rows(_listed(then, kind), _listed(now, kind), kind, place)]


def _listed(content: Content, kind: Rows) -> Sequence[Content]:
    """The rows of a kind; its key may lead through a block."""
    value: Any = content
    for part in kind.key.split("."):
        value = (value or {}).get(part)
    return value or []


def _rows(then: Sequence[Content], now: Sequence[Content], kind: Rows, place: str) -> list[Change]:
    changes: list[Change] = []
    for old, new in _paired(then, now, kind):
        if old is None or new is None:
            changes += _came_or_went(old, new, kind, place)
            continue
        name = _name(kind, new)
        changes += _answers(_stated(kind, old), _stated(kind, new), row=name, place=place)
        for part in kind.single:
            title = str(part.title)
            changes += _answers(_one(part, old), _one(part, new), row=title, place=name)
        changes += _all_rows(old, new, kind.inner, place=name)
    return changes


def _came_or_went(old: Content | None, new: Content | None, kind: Rows, place: str) -> list[Change]:
    """The row as a line, then all that hangs on it."""
    row = new if new is not None else old or {}
    change_kind = ChangeKind.REMOVED if new is None else ChangeKind.ADDED
    name = _name(kind, row)

    def told(title: str, text: str, where: str) -> Change:
        said = text or _("nothing else stated")
        sides = (said, "") if new is None else ("", said)
        return Change(change_kind, "", *sides, row=title, place=where)

    named = ("gene_symbol", *kind.names) if "gene" in kind.names else kind.names
    said = "; ".join(filter(None, [in_words(kind.model, row, omit=named), _line(kind.more(row))]))
    parts = [(str(part.title), _line(_one(part, row))) for part in kind.single]
    changes = [told(name, said, place), *(told(title, text, name) for title, text in parts if text)]
    return [*changes, *_all_rows(old or {}, new or {}, kind.inner, place=name)]


def _line(rows: Iterable[Row]) -> str:
    return "; ".join(f"{label}: {answer}" for label, answer in rows)


def _paired(then: Sequence[Content], now: Sequence[Content], kind: Rows) -> list[tuple[Content | None, Content | None]]:
    """Rows of one name belong together in their order; of what is left, those that alone share the loose name."""
    old, new = dict(enumerate(then)), dict(enumerate(now))
    partner: dict[int, int] = {}
    for names, is_sure in ((kind.names, True), (kind.loosely, False)):
        if not names:
            continue
        by_then, by_now = _by_name(old, names), _by_name(new, names)
        for name, ours in by_now.items():
            theirs = by_then.get(name, [])
            if is_sure or len(ours) == len(theirs) == 1:
                partner.update(zip(ours, theirs, strict=False))
        old = {index: row for index, row in old.items() if index not in partner.values()}
        new = {index: row for index, row in new.items() if index not in partner}
    matched = [(then[partner[i]] if i in partner else None, row) for i, row in enumerate(now)]
    return [*matched, *((row, None) for row in old.values())]


def _by_name(rows: Mapping[int, Content], names: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for index, row in rows.items():
        found.setdefault(tuple(str(row.get(name) or "") for name in names), []).append(index)
    return found


def _stated(kind: Rows, row: Content) -> list[Row]:
    return [*stated(kind.model, row).rows, *kind.more(row)]


def _one(part: Rows, row: Content) -> Sequence[Row]:
    return stated(part.model, row.get(part.key) or {}).rows


def _name(kind: Rows, row: Content) -> str:
    """The kind of row and what names it, in words."""
    if kind.key == "specimens":
        return f"{row['label']}, {specimen_title(row)}"
    if kind.key == "fusions":
        return f"{kind.title} {row['five_prime_gene']}::{row['three_prime_gene'] or '?'}"
    if kind.key == "board_questions":
        return str(row["label"] or row["key"])
    between = " " if "gene" in kind.names else ", "
    named = between.join(filter(None, (_word(kind, row, name) for name in kind.names)))
    return f"{kind.title} {named}".strip()


def _word(kind: Rows, row: Content, name: str) -> str:
    rows = stated(kind.model, row, only=(name,)).rows
    return rows[0][1] if rows else str(row.get(name) or "")
