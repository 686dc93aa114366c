"""Two versions of the same answers side by side: what I typed and what somebody else saved, or two revisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django import forms
from django.apps import apps

from cases.completeness.levels import LEVELS
from cases.queries import words
from cases.queries.data_dictionary import answers_of

Content = Mapping[str, Any]

# What tells the rows of a list apart, as far as a row has it.
_NAMES: Final = (
    "label",
    "line_number",
    "number",
    "gene",
    "five_prime_gene",
    "three_prime_gene",
    "hgvs_p",
    "antigen",
    "assay_type",
    "probe",
    "region",
    "clone_label",
    "classifier",
    "display",
    "readout",
    "term",
    "trial",
    "site",
    "method",
    "tissue",
    "measured_on_day",
    "assay_platform",
    "key",
    "section",
)
_CODE_AND_DISPLAY: Final = 2

Pairs = Iterable[tuple[str, forms.BaseForm]]


@dataclass(frozen=True)
class Difference:
    """One question that the two answer differently."""

    label: str
    mine: str
    theirs: str


def differences(mine: Pairs, theirs: Pairs) -> list[Difference]:
    """What differs, in the order of the page; a row that only one of them has counts with all its answers."""
    left, right = _answers(mine), _answers(theirs)
    labels = [*left, *(label for label in right if label not in left)]
    none = words.not_stated()
    pairs = [(label, left.get(label) or none, right.get(label) or none) for label in labels]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _answers(pairs: Pairs) -> dict[str, str]:
    answers = {}
    for title, form in pairs:
        for field in form:
            label = f"{title}: {field.label}" if title else str(field.label)
            answers[label] = _shown(field)
    return answers


def _shown(field: forms.BoundField) -> str:
    """An answer as words, whether typed or stored."""
    value = field.field.widget.format_value(field.value())
    values = value if isinstance(value, list | tuple) else [value]
    words_for = dict(_flat(getattr(field.field.widget, "choices", ())))
    if isinstance(field.field.widget, forms.CheckboxInput):
        return words.yes_no(bool(field.value()))
    shown = [str(words_for.get(str(item), item)) for item in values if item not in (None, "")]
    return ", ".join(shown).replace("\r\n", "\n").strip()


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), label


def content_differences(before: Content, after: Content) -> list[Difference]:
    """What two frozen dossiers say differently, a line for each answer; ``mine`` is the earlier one.

    Rows are told apart by what names them (label, number, gene, drug), so that a row put before others changes none of
    them. What only one of the two states stands against "not stated".
    """
    left, right = dict(_stated(before)), dict(_stated(after))
    ways = [*left, *(way for way in right if way not in left)]
    none = words.not_stated()
    return [
        Difference(_label(way), left.get(way, none), right.get(way, none))
        for way in ways
        if left.get(way) != right.get(way)
    ]


def _stated(value: Any, way: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping) and "code" in value and "display" in value and len(value) == _CODE_AND_DISPLAY:
        yield way, str(value["display"])
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _stated(inner, (*way, key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for name, row in _named_rows(value):
            yield from _stated(row, (*way, name))
    elif value not in (None, "", []):
        yield way, _words(way[-1] if way else "", value)


def _named_rows(rows: Sequence[Content]) -> Iterable[tuple[str, Content]]:
    """Each row with its name, a second one of the same name with its number behind."""
    seen: dict[str, int] = {}
    for row in rows:
        name = " ".join(str(row[key]) for key in _NAMES if row.get(key)) or "1"
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), row


def _label(way: tuple[str, ...]) -> str:
    """The blocks and rows on the way, then the question as the form asks it."""
    labels = _columns()
    *blocks, last = way
    column = labels.get(last)
    asked = str(column.verbose_name) if column is not None else last.replace("_", " ")
    return ": ".join([*(block.replace("_", " ") for block in blocks), asked])


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return words.yes_no(value)
    column = _columns().get(name)
    inner = getattr(column, "base_field", column)
    named = {str(code): str(label) for code, label in _flat(getattr(inner, "choices", None) or ())}
    return ", ".join(named.get(str(item), str(item)) for item in (value if isinstance(value, list) else [value]))


@cache
def _columns() -> Mapping[str, Any]:
    """The columns of all blocks by name; of columns with one name the first speaks for all."""
    found: dict[str, Any] = {}
    for model in LEVELS:
        for column in answers_of(apps.get_model("cases", model)):
            found.setdefault(column.name, column)
    return found
