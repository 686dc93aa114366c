"""What the columns of a row state, in words and in the order of the model: as pairs, as a line, as a table.

Columns are frozen under their own names, so label, unit and vocabulary come from the model: a column that a model gains
is shown without a change here. What nobody answered is not a row but a name in ``silent``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.queries import words
from cases.queries.words import gettext as _

Content = Mapping[str, Any]
Row = tuple[str, str]

_COMPARATOR: Final = "_comparator"
_NUMERIC: Final = (models.DecimalField, models.IntegerField)
# Numbers whose row calls the comparator by no other name.
_SOLE_NUMBERS: Final = frozenset({"mrd_fraction", "value"})
_FRACTIONS: Final = frozenset({"ccf", "vaf"})
_COMMA_IN_NAME: Final = frozenset({"after_number"})


@dataclass(frozen=True)
class Stated:
    """The answers of one row, and the names of what was not answered."""

    rows: Sequence[Row] = ()
    silent: Sequence[str] = ()

    @classmethod
    def among(cls, rows: Iterable[Row]) -> Self:
        """``rows`` parted into what is stated and what reads "not stated"."""
        pairs, none = list(rows), words.not_stated()
        return cls([row for row in pairs if row[1] != none], [label for label, value in pairs if value == none])

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def silence(self) -> str:
        """What was not answered, in one line; empty when everything was."""
        return ", ".join(self.silent)


@dataclass(frozen=True)
class ResultTable:
    """A kind of result that is a table: title, columns, rows of pairs."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Row]]


@dataclass(frozen=True)
class _Column:
    """A column in the words of one language; ``choices`` is empty for what is no vocabulary."""

    name: str
    label: str
    unit: str
    choices: Mapping[Any, str]
    is_number: bool
    is_grade: bool
    is_fraction: bool
    is_tick: bool


@lru_cache
def _columns_of(model: type[models.Model], _language: str | None) -> tuple[_Column, ...]:
    """The columns that state something: no keys, no stamps, no comparators (they belong to their number)."""
    return tuple(
        _column(column)
        for column in model._meta.concrete_fields
        if not (
            column.primary_key
            or column.is_relation
            or not column.editable
            or isinstance(column, models.DateTimeField)
            or column.name == "comparator"
            or column.name.endswith(_COMPARATOR)
        )
    )


def _column(column: "models.Field[Any, Any]") -> _Column:
    """The name with a capital letter, and the unit behind its last comma where it holds a number.

    A box that was left empty says nothing; "no" to a question that had to be answered does.
    """
    name, unit = str(column.verbose_name), ""
    is_number = isinstance(column, _NUMERIC)
    if is_number and ", " in name and column.name not in _COMMA_IN_NAME:
        name, _comma, unit = name.rpartition(", ")
    coded = column.base_field if isinstance(column, ArrayField) else column
    choices = {code: str(label) for code, label in coded.flatchoices}
    return _Column(
        column.name,
        words.capitalised(name),
        unit,
        choices,
        is_number,
        is_grade=unit == _("grade"),
        is_fraction=unit == _("fraction") or column.name in _FRACTIONS,
        is_tick=isinstance(column, models.BooleanField) and not column.null,
    )


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
    for column in _columns_of(model, words.language()):
        if column.name in omit or (only and column.name not in only):
            continue
        value = values.get(column.name)
        if value in (None, "", []):
            if column.name in not_done:
                rows.append((column.label, _("not done")))
            else:
                silent.append(column.label)
        elif value or not column.is_tick:
            rows.append((column.label, _answer(column, value, _comparator_of(values, column.name))))
    return Stated(rows, silent)


def in_words(
    model: type[models.Model], values: Content, *, omit: Collection[str] = (), only: Collection[str] = ()
) -> str:
    """A whole row in one line, e.g. "Donor: haploidentical; Transplanted on day: 1085"."""
    return "; ".join(f"{label}: {answer}" for label, answer in stated(model, values, omit=omit, only=only).rows)


def table_of(
    title: str,
    model: type[models.Model],
    rows: Sequence[Content],
    *,
    lead: Sequence[tuple[str, str]] = (),
    omit: Sequence[str] = (),
) -> ResultTable:
    """Rows as a table; columns that no row answers are left out, an empty cell says "not stated".

    ``lead`` are columns before those of the model, as label and key of the row; each stands for ``<key>_symbol``.
    """
    hidden = (*omit, *(f"{key}_symbol" for _label, key in lead))
    read = [
        {**{label: str(row.get(key) or "") for label, key in lead}, **dict(stated(model, row, omit=hidden).rows)}
        for row in rows
    ]
    order = [*[label for label, _key in lead], *stated(model, {}, omit=hidden).silent]
    columns = [label for label in order if any(row.get(label) for row in read)]
    return ResultTable(
        title, columns, [[(label, row.get(label) or words.not_stated()) for label in columns] for row in read]
    )


def _comparator_of(values: Content, name: str) -> str:
    if name in _SOLE_NUMBERS:
        return str(values.get("comparator") or "")
    stem = name.rsplit("_pct", 1)[0].rsplit("_percent", 1)[0]
    return str(values.get(f"{name}{_COMPARATOR}") or values.get(f"{stem}{_COMPARATOR}") or "")


def _answer(column: _Column, value: object, comparator: str) -> str:
    """One answer in words: labels for codes, units beside numbers, commas between several."""
    if isinstance(value, bool):
        return words.yes_no(value)
    if isinstance(value, list | tuple):
        return ", ".join(column.choices.get(item, str(item)) for item in value)
    if column.choices:
        return column.choices.get(value, str(value))
    if not column.is_number:
        return str(value).strip()
    number = words.number(str(value))
    if column.is_fraction:
        shown = words.percent_of_fraction(str(value))
    elif column.is_grade:
        shown = f"{column.unit}{words.NBSP}{number}"
    else:
        shown = f"{number}{words.NBSP}{column.unit}" if column.unit else number
    return words.compared(comparator, shown)
