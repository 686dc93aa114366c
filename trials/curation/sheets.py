"""A criterion document as rows and groups of the editor, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import Any, Final

from django.utils.translation import gettext as _

from trials.curation.codes import Words
from trials.curation.typed import Line, Unclear, leaf_of, line_of
from trials.importers.lines import split_criteria
from trials.matching.criteria import CriterionError, CriterionKind, parse

RULES: Final = ("any", "all", "at_least")
_TOP: Final = ""


class NotExpressible(Exception):
    """A document that rows and groups cannot show; it is edited as JSON."""


@dataclass(frozen=True)
class Group:
    """Lines that count together: any of them, all of them, or at least ``n``; ``inside`` another group."""

    letter: str
    rule: str = "any"
    n: int | None = None
    negated: bool = False
    inside: str = _TOP


@dataclass(frozen=True)
class Sheet:
    """All rows of one cohort with their groups; a letter without a group of its own means *any of these*."""

    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong with a sheet: which line or group, its column, the path in the document and the reason."""

    reason: str
    path: str = "$"
    line: int | None = None
    column: str = ""
    letter: str = ""


class Faulty(Exception):
    """A sheet that gives no valid document."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.reason}" for problem in problems))
        self.problems = tuple(problems)


def sheet_of(document: Mapping[str, Any], words: Words) -> Sheet:
    """Return a document as rows and groups; an empty document gives an empty sheet.

    Raises ``NotExpressible`` for a *not* directly below a *not*, and for more groups than there are letters.
    """
    if not document:
        return Sheet()
    return _Reader(words).sheet(document)


def document_of(sheet: Sheet, words: Words) -> dict[str, Any]:
    """Return the one document that a sheet means, validated by the engine.

    Raises ``Faulty`` with every line that cannot be read, or with what is wrong with the whole.
    """
    return _Writer(sheet, words).document()


def with_text(sheet: Sheet, text: str) -> Sheet:
    """Add the sentences of an eligibility text as lines that nobody compares yet, numbered on from those there."""
    added = list(sheet.lines)
    for row in split_criteria(text):
        line = Line(
            id=next_id((line.id for line in added), row.kind.value),
            text=row.text,
            kind=row.kind.value,
            ref=row.group[:100],
            negated=row.kind is CriterionKind.EXCLUSION,
        )
        added.append(line)
    return replace(sheet, lines=tuple(added))


def with_copy(sheet: Sheet, index: int) -> Sheet:
    """Add a line with the same sentence below line ``index``, for a sentence that asks two things."""
    first = sheet.lines[index]
    copy = Line(
        id=next_id((line.id for line in sheet.lines), first.kind),
        text=first.text,
        kind=first.kind,
        ref=first.ref,
        negated=first.negated,
        group=first.group,
    )
    return replace(sheet, lines=(*sheet.lines[: index + 1], copy, *sheet.lines[index + 1 :]))


def moved(sheet: Sheet, index: int, *, up: bool) -> Sheet:
    """Put line ``index`` before its neighbour above, or behind the one below.

    A line trades places within its group. The first or last of a group takes the whole group along, and a group next
    to it is passed as a whole, since its lines stand together. Nothing moves at the top and at the bottom.
    """
    lines, neighbour = sheet.lines, index + (-1 if up else 1)
    if not 0 <= neighbour < len(lines):
        return sheet
    outer = {group.letter: group.inside for group in sheet.groups}
    around = [_groups_around(line.group, outer) for line in lines]
    shared = next(
        (depth for depth, pair in enumerate(zip(around[index], around[neighbour], strict=False)) if pair[0] != pair[1]),
        min(len(around[index]), len(around[neighbour])),
    )
    first, second = sorted((_block(around, index, shared), _block(around, neighbour, shared)))
    order = [*range(first[0]), *range(*second), *range(*first), *range(second[1], len(lines))]
    return replace(sheet, lines=tuple(lines[place] for place in order))


def _groups_around(letter: str, outer: Mapping[str, str]) -> tuple[str, ...]:
    """Return the groups that a line stands in, the outermost first."""
    chain: list[str] = []
    while letter and letter not in chain:
        chain.append(letter)
        letter = outer.get(letter, _TOP)
    return tuple(reversed(chain))


def _block(around: Sequence[tuple[str, ...]], index: int, depth: int) -> tuple[int, int]:
    """Return from where to where the lines stand together that share more than ``depth`` groups with line ``index``."""
    first = last = index
    if len(around[index]) > depth:
        inside = around[index][: depth + 1]
        while first > 0 and around[first - 1][: depth + 1] == inside:
            first -= 1
        while last + 1 < len(around) and around[last + 1][: depth + 1] == inside:
            last += 1
    return first, last + 1


def next_id(taken: Iterable[str], kind: str) -> str:
    """Return the next number of a kind: I-07 after I-06."""
    letter = "E" if kind == CriterionKind.EXCLUSION else "I"
    numbers = [int(name[2:]) for name in taken if name[:2] == f"{letter}-" and name[2:].isdecimal()]
    return f"{letter}-{max(numbers, default=0) + 1:02d}"


class _Reader:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.lines: list[Line] = []
        self.groups: list[Group] = []

    def sheet(self, document: Mapping[str, Any]) -> Sheet:
        for part in document.get("all", [document]):
            self.walk(part, inside=_TOP)
        return Sheet(tuple(self.lines), tuple(self.groups))

    def walk(self, node: Mapping[str, Any], *, inside: str, negated: bool = False) -> None:
        if "not" in node:
            if negated:
                raise NotExpressible(_("A “not” stands directly below a “not”."))
            self.walk(node["not"], inside=inside, negated=True)
            return
        rule = next((rule for rule in RULES if rule in node), None)
        if rule is None:
            self.lines.append(line_of(node, self.words, negated=negated, group=inside))
            return
        if len(self.groups) >= len(ascii_uppercase):
            raise NotExpressible(_("There are more groups than letters."))
        body = node[rule]
        letter = ascii_uppercase[len(self.groups)]
        n = body["n"] if rule == "at_least" else None
        self.groups.append(Group(letter, rule, n, negated, inside))
        for part in body["of"] if rule == "at_least" else body:
            self.walk(part, inside=letter)


@dataclass
class _Branch:
    """A group on its way into the document; its parts are numbers of lines, and other groups."""

    group: Group
    parts: "list[int | _Branch]" = field(default_factory=list)


class _Writer:
    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.sheet = sheet
        self.words = words
        self.groups = {group.letter: group for group in sheet.groups}
        self.problems: list[Problem] = []

    def document(self) -> dict[str, Any]:
        if not self.sheet.lines:
            raise Faulty([Problem(_("There is no criterion yet."))])
        top = self._arranged()
        if self.problems:
            raise Faulty(self.problems)
        document = {"all": [self._write(part, f"$.all[{number}]") for number, part in enumerate(top.parts)]}
        if self.problems:
            raise Faulty(self.problems)
        try:
            parse(document)
        except CriterionError as error:
            raise Faulty([Problem(error.reason, error.path)]) from error
        return document

    def _arranged(self) -> _Branch:
        """Put every line into its group and every group into its own, each where its first line stands."""
        branches = {_TOP: _Branch(Group(_TOP, "all"))}
        for number, line in enumerate(self.sheet.lines):
            chain = self._chain(line.group)
            for outer, letter in zip([_TOP, *chain], chain, strict=False):
                if letter not in branches:
                    branches[letter] = _Branch(self.groups.get(letter, Group(letter)))
                    branches[outer].parts.append(branches[letter])
            branches[chain[-1] if chain else _TOP].parts.append(number)
        return branches[_TOP]

    def _chain(self, letter: str) -> list[str]:
        """Return the groups around a line, the outermost first."""
        chain: list[str] = []
        while letter:
            if letter in chain:
                self.problems.append(
                    Problem(
                        _("Group %(letter)s stands inside itself.") % {"letter": letter}, column="inside", letter=letter
                    )
                )
                return chain[::-1]
            chain.append(letter)
            letter = self.groups.get(letter, Group(letter)).inside
        return chain[::-1]

    def _write(self, part: int | _Branch, path: str) -> dict[str, Any]:
        negated = self.sheet.lines[part].negated if isinstance(part, int) else part.group.negated
        here = f"{path}.not" if negated else path
        node = self._leaf(part, here) if isinstance(part, int) else self._group(part, here)
        return {"not": node} if negated else node

    def _group(self, branch: _Branch, path: str) -> dict[str, Any]:
        group, rule = branch.group, branch.group.rule
        inner = f"{path}.at_least.of" if rule == "at_least" else f"{path}.{rule}"
        parts = [self._write(part, f"{inner}[{number}]") for number, part in enumerate(branch.parts)]
        if rule != "at_least":
            return {rule: parts}
        if group.n is None or not 1 <= group.n <= len(parts):
            reason = _("Say how many of the %(count)s must hold.") % {"count": len(parts)}
            self.problems.append(Problem(reason, f"{path}.at_least.n", column="n", letter=group.letter))
        return {"at_least": {"n": group.n, "of": parts}}

    def _leaf(self, number: int, path: str) -> dict[str, Any]:
        line = self.sheet.lines[number]
        try:
            leaf = leaf_of(line, self.words)
            parse(leaf)
        except Unclear as error:
            self.problems.append(Problem(error.reason, path, number, error.column))
            return {}
        except CriterionError as error:
            place = error.path.removeprefix("$")
            self.problems.append(Problem(error.reason, f"{path}{place}", number, _COLUMNS.get(place, "value")))
            return {}
        return leaf


_COLUMNS: Final = {".id": "id", ".text": "text", ".kind": "kind", ".fact": "fact"}
