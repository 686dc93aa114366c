"""Opens YAML and JSON files without trusting their size, depth or references."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from trials.importers.ctml.tree import CtmlError

MAX_BYTES: Final = 5_000_000
MAX_ALIASES: Final = 100
MAX_LEVELS: Final = 200
MAX_VALUES: Final = 500_000
_JSON: Final = frozenset({".json", ".jsonl", ".ndjson"})
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_documents(path: Path) -> Iterator[object]:
    """Yield the documents of a YAML or JSON file, the entries of a list one by one.

    Raises ``CtmlError`` for files over 5 MB, over 100 references, nested deeper than 200 levels, with more than 500,000
    values, with a key given twice, or that are neither YAML nor JSON; what came before in the file was yielded.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise CtmlError("$", f"{size / 1_000_000:.1f} MB; files over {MAX_BYTES // 1_000_000} MB are not read")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CtmlError("$", f"not UTF-8 text: byte {error.start} cannot be read") from error
    documents = _json(text) if path.suffix.lower() in _JSON else _yaml(text)
    for document in documents:
        _refuse_expansion(document)
        yield from document if isinstance(document, list) else [document]


def _yaml(text: str) -> Iterator[object]:
    try:
        _refuse_expensive(text)
        yield from yaml.load_all(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise CtmlError("$", f"not readable as YAML: {' '.join(str(error).split())[:300]}") from error
    except (ValueError, TypeError) as error:
        raise CtmlError("$", f"a value in the YAML cannot be read: {error}") from error


def _refuse_expensive(text: str) -> None:
    """Pass once over the events, since depth and references make a small file very expensive to load."""
    keys, aliases = _Keys(), 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        aliases += isinstance(event, yaml.AliasEvent)
        if aliases > MAX_ALIASES:
            raise CtmlError(f"line {line}", f"more than {MAX_ALIASES} references")
        repeated = keys.follow(event)
        if len(keys.open) > MAX_LEVELS:
            raise CtmlError(f"line {line}", f"nested deeper than {MAX_LEVELS} levels")
        if repeated:
            raise CtmlError(f"line {line}", f"key {repeated!r} is given twice")


class _Keys:
    """Follows the events of a YAML text: a key that stands twice would silently lose what stood there first.

    ``open`` holds for each open list ``None``, for each open mapping its keys and whether a key comes next.
    """

    def __init__(self) -> None:
        self.open: list[tuple[set[str], list[bool]] | None] = []

    def follow(self, event: yaml.Event) -> str:
        """Take one event; return a key that its mapping has already."""
        if isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            return ""
        if not isinstance(event, yaml.NodeEvent):
            return ""
        repeated = self._place(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append((set(), [True]) if isinstance(event, yaml.MappingStartEvent) else None)
        return repeated

    def _place(self, event: yaml.NodeEvent) -> str:
        inner = self.open[-1] if self.open else None
        if inner is None:
            return ""
        seen, comes_key = inner
        is_key, comes_key[0] = comes_key[0], not comes_key[0]
        if not is_key or not isinstance(event, yaml.ScalarEvent):
            return ""
        if event.value in seen:
            return str(event.value)
        seen.add(event.value)
        return ""


def _json(text: str) -> Iterator[object]:
    decoder = json.JSONDecoder(object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    position = len(text) - len(text.lstrip())
    while position < len(text):
        try:
            document, end = decoder.raw_decode(text, position)
        except RecursionError:
            raise CtmlError("$", f"nested deeper than {MAX_LEVELS} levels") from None
        except ValueError as error:
            raise CtmlError("$", f"not readable as JSON: {error}") from error
        yield document
        rest = text[end:].lstrip()
        position = len(text) - len(rest)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise CtmlError("$", f"key {next(name for name in names if names.count(name) > 1)!r} is given twice")
    return found


def _refuse_constant(word: str) -> None:
    raise CtmlError("$", f"{word} is no number")


def _refuse_expansion(document: object) -> None:
    """Count values with every reference followed, without recursion: references may multiply or form a circle."""
    waiting, count = [(document, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if depth > MAX_LEVELS:
            raise CtmlError("$", f"nested deeper than {MAX_LEVELS} levels")
        if count > MAX_VALUES:
            raise CtmlError("$", f"more than {MAX_VALUES} values once references are followed")
        if isinstance(value, str):
            _refuse_unwritable(value)
        parts = [*value, *value.values()] if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        waiting.extend((part, depth + 1) for part in parts)


def _refuse_unwritable(text: str) -> None:
    """Refuse what neither the database nor a file can hold: NUL, and halves of a character."""
    if "\0" in text or (not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        raise CtmlError("$", f"the text {text[:20]!r} holds a character that cannot be stored")
