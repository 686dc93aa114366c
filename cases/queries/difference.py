"""Two versions of the same form side by side: what I typed, and what somebody else saved meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from cases.queries import words

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
