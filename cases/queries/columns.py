"""Any column of the dossier in words: its label, and its answer with unit and sign."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.queries import words

Content = Mapping[str, Any]
Row = tuple[str, str]

# Columns that stand in a sign of another one, or are said elsewhere.
_COMPARATORS: Final = {
    "pb_blasts_pct_of_cells": "pb_blasts_comparator",
    "wbc": "wbc_comparator",
    "anc": "anc_comparator",
    "platelets": "platelets_comparator",
    "mrd_fraction": "comparator",
    "value": "comparator",
}
_FRACTIONS: Final = frozenset({"mrd_fraction", "detection_limit", "ccf", "vaf"})


def stated_rows(
    model: type[models.Model],
    content: Content,
    names: Sequence[str] = (),
    *,
    skip: Iterable[str] = (),
) -> list[Row]:
    """Label and answer of each column that says something; all columns of ``model`` without ``names``."""
    columns = {column.name: column for column in model._meta.fields if column.editable and not column.is_relation}
    wanted = names or [name for name in columns if name not in skip]
    pairs = ((columns[name], content.get(name)) for name in wanted if name in content)
    return [
        (label_of(column), answer_of(column, value, content.get(_COMPARATORS.get(column.name, ""))))
        for column, value in pairs
        if _says(column, value)
    ]


def in_words(
    model: type[models.Model],
    content: Content,
    names: Sequence[str] = (),
    *,
    skip: Iterable[str] = (),
) -> str:
    """A whole row in one line, e.g. "Donor: haploidentical; transplanted on day: 1085"."""
    return "; ".join(f"{label}: {answer}" for label, answer in stated_rows(model, content, names, skip=skip))


def label_of(column: models.Field[Any, Any]) -> str:
    """The label of a column with a capital letter, its unit left to the answer where it is per cent."""
    label = str(column.verbose_name)
    label = label.removesuffix(", %").removesuffix(", fraction")
    return label[:1].upper() + label[1:]


def answer_of(column: Any, value: Any, sign: str | None = None) -> str:
    """An answer as people read it."""
    choices = dict(getattr(getattr(column, "base_field", column), "flatchoices", ()))
    if isinstance(column, ArrayField):
        return ", ".join(str(choices.get(item, item)) for item in value)
    if isinstance(column, models.BooleanField):
        return words.yes_no(value)
    if isinstance(column, models.DecimalField):
        is_per_cent = column.name in _FRACTIONS or str(column.verbose_name).endswith("%")
        number = Decimal(str(value)) * (100 if column.name in _FRACTIONS else 1)
        shown = words.percent(number) if is_per_cent else words.number(number)
        return shown if sign in (None, "", "=") else f"{sign} {shown}"
    return str(choices.get(value, value))


def _says(column: Any, value: Any) -> bool:
    """Whether an answer is worth a line: not empty, not an unticked box, not a mere sign."""
    if column.name.endswith("comparator") or value in (None, "", []):
        return False
    return not (isinstance(column, models.BooleanField) and value is False and not column.null)
