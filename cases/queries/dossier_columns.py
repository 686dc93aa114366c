"""What the columns of a row state, as pairs of a label and words, in the order of the model.

Columns are frozen under their own names, so label, unit and vocabulary come from the model: a column that a model gains
is shown without a change here. What nobody answered is not a row but a name in ``silent``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.queries import words

Content = Mapping[str, Any]
Row = tuple[str, str]

_COMPARATOR: Final = "_comparator"
_NUMERIC: Final = (models.DecimalField, models.IntegerField)


@dataclass(frozen=True)
class Stated:
    """The answers of one row, and the names of what was not answered."""

    rows: Sequence[Row] = ()
    silent: Sequence[str] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def silence(self) -> str:
        """What was not answered, in one line; empty when everything was."""
        return ", ".join(self.silent)


@dataclass(frozen=True)
class Column:
    """A column in the words of one language; ``choices`` is empty for what is no vocabulary."""

    name: str
    label: str
    unit: str
    choices: Mapping[Any, str]
    is_number: bool
    is_grade: bool


@lru_cache
def columns_of(model: type[models.Model], _language: str | None) -> tuple[Column, ...]:
    """The columns that state something: no keys, no stamps, no comparators (they belong to their number)."""
    return tuple(
        _column(column)
        for column in model._meta.concrete_fields
        if not (
            column.primary_key
            or column.is_relation
            or isinstance(column, models.DateTimeField)
            or column.name == "comparator"
            or column.name.endswith(_COMPARATOR)
        )
    )


def _column(column: "models.Field[Any, Any]") -> Column:
    """The name with a capital letter, and the unit behind its last comma where it holds a number."""
    name, unit = str(column.verbose_name), ""
    is_number = isinstance(column, _NUMERIC)
    if is_number and ", " in name:
        name, _comma, unit = name.rpartition(", ")
    coded = column.base_field if isinstance(column, ArrayField) else column
    choices = {code: str(label) for code, label in coded.flatchoices}
    return Column(column.name, words.capitalised(name), unit, choices, is_number, is_grade=unit == _("grade"))


def stated(
    model: type[models.Model],
    values: Content,
    *,
    omit: Collection[str] = (),
    only: Collection[str] = (),
    not_done: Collection[str] = (),
) -> Stated:
    """What ``values`` say of the columns of ``model``; ``not_done`` names columns that were said to be not done."""
    rows: list[Row] = []
    silent: list[str] = []
    for column in columns_of(model, get_language()):
        if column.name in omit or (only and column.name not in only):
            continue
        value = values.get(column.name)
        if value in (None, "", []):
            if column.name in not_done:
                rows.append((column.label, _("not done")))
            else:
                silent.append(column.label)
        elif value is not False:
            rows.append((column.label, words_for(column, value, comparator_of(values, column.name))))
    return Stated(rows, silent)


def comparator_of(values: Content, name: str) -> str:
    """The comparator of the number ``name``; a row with one number calls it ``comparator`` alone."""
    stem = name.rsplit("_pct", 1)[0].rsplit("_percent", 1)[0]
    own = values.get(f"{name}{_COMPARATOR}") or values.get(f"{stem}{_COMPARATOR}")
    return str(own or "")


def words_for(column: Column, value: object, comparator: str = "") -> str:
    """One answer in words: labels for codes, units beside numbers, commas between several."""
    if value is True:
        return _("yes")
    if isinstance(value, list | tuple):
        return ", ".join(column.choices.get(item, str(item)) for item in value)
    if column.choices:
        return column.choices.get(value, str(value))
    if not column.is_number:
        return str(value).strip()
    number = words.number(str(value))
    if column.is_grade:
        shown = f"{column.unit}{words.NBSP}{number}"
    else:
        shown = f"{number}{words.NBSP}{column.unit}" if column.unit else number
    return words.compared(comparator, shown)
