"""Rows of findings and treatment lines: any number up to 100, added and removed with and without script.

Every row is optional: one that was left blank is not there. The rows in a request are counted by the hidden
``…-TOTAL_FORMS``; "Add another" and "Remove" send the whole form, which comes back with one row more or less and
everything typed, saved or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DossierForm, field_of
from cases.forms.fields import approved, typeahead

if TYPE_CHECKING:
    _FormSet = BaseFormSet["RowForm"]
else:
    _FormSet = BaseFormSet

MOST_ROWS: Final = 100


class RowForm(DossierForm):
    """One row of a table of the dossier.

    ``title`` tells it apart from its neighbours in the error summary, e.g. "Variant 2". ``main`` are the columns that
    are always seen, ``more`` those that a row shows on demand, ``wide`` those that take a line of their own.
    """

    title = ""
    model: ClassVar[type[models.Model]]
    main: ClassVar[tuple[str, ...]] = ()
    more: ClassVar[tuple[str, ...]] = ()
    wide: ClassVar[frozenset[str]] = frozenset()
    vocabularies: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of a Django form."""
        super().__init__(*args, **kwargs)
        for name in (*self.main, *self.more):
            if name not in self.fields:
                self.fields[name] = self.field(self.model._meta.get_field(name))
        self.order_fields((*self.main, *self.more))
        # An answer that is chosen beforehand is not called optional.
        self.required_to_submit = frozenset(name for name, field in self.fields.items() if field.initial)

    def field(self, column: Any) -> forms.Field:
        """The form field of one column: compact, with the column's own default chosen."""
        overrides: dict[str, Any] = {"required": not (column.blank or column.has_default())}
        if column.choices:
            overrides["as_select"] = True
        if column.has_default():
            overrides["initial"] = column.get_default()
        field = field_of(column, **overrides)
        if column.name in self.vocabularies:
            field.widget = typeahead(self.vocabularies[column.name])
        return field

    def clean(self) -> dict[str, Any]:
        """Fill in defaults, and put the approved name where what was typed leads to one."""
        answers: dict[str, Any] = super().clean() or {}
        for name in (*self.main, *self.more):
            if answers.get(name) == "" and name not in self.vocabularies:
                answers[name] = self.fields[name].initial or ""
        for name, system in self.vocabularies.items():
            if answers.get(name):
                try:
                    answers[name] = approved(system, answers[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return answers

    @cached_property
    def changed_data(self) -> list[str]:
        """The columns in which something was typed; a row with none is blank, whatever its defaults."""
        return [name for name in super().changed_data if self[name].data not in (None, "", [])]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What is always seen."""
        return [self[name] for name in self.main]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What is seen on demand."""
        return [self[name] for name in self.more]

    @property
    def is_open(self) -> bool:
        """Whether something on demand was answered or is wrong, so that it must be seen."""
        stated = (self[name].value() not in (None, "", self.fields[name].initial) for name in self.more)
        return any(stated) or any(self[name].errors for name in self.more)


@dataclass(frozen=True)
class RowWords:
    """How the rows of one kind are called; all three are shown."""

    noun: str | Promise
    title: str | Promise
    add: str | Promise
    hint: str | Promise = ""


class Rows(_FormSet):
    """The rows of one kind; ``focus_add`` puts the keyboard on the button below them after a removal."""

    words: RowWords
    focus_add = False

    def initial_form_count(self) -> int:
        """No row in a request is "old": saving replaces all of them."""
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """Number the row for people, from 1."""
        super().add_fields(form, index)
        if index is not None:
            form.title = f"{self.words.noun} {index + 1}"

    def filled(self) -> list[dict[str, Any]]:
        """The cleaned values of the rows that were filled in."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def problems(self) -> list[str]:
        """What is wrong with the rows as a whole, as sentences."""
        return [str(error) for error in self.non_form_errors()]

    def as_typed(self) -> None:
        """Show what was typed without judging it: a row was added, nothing is being saved."""
        for form in self.forms:
            form.as_typed()

    def focus_after_change(self, *, added: bool) -> None:
        """Put the keyboard into the new row, or on the button to add one after a removal."""
        if added and self.forms:
            row = self.forms[-1]
            row.fields[row.main[0]].widget.attrs["autofocus"] = True
        self.focus_add = not added


def rows_of(
    form: type[RowForm],
    words: RowWords,
    base: type[Rows] = Rows,
    most: int = MOST_ROWS,
) -> type[Rows]:
    """A formset class for ``form`` with one empty row to begin with and at most ``most`` filled ones."""
    made: Any = formset_factory(
        form,
        formset=base,
        extra=1,
        max_num=most,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
    )
    made.words = words
    made.default_error_messages = {
        **BaseFormSet.default_error_messages,
        "too_many_forms": _("At most %(num)d rows, please. Remove some, or send the rest as a report."),
    }
    return made  # type: ignore[no-any-return]


def typed_with_changed_rows(data: QueryDict, add: str = "", remove: str = "") -> QueryDict:
    """What was typed, with one more row of the prefix ``add``, or without the row ``remove``, e.g. "variants-3"."""
    changed = data.copy()
    if add:
        changed[f"{add}-{TOTAL_FORM_COUNT}"] = str(min(_count(changed, add) + 1, MOST_ROWS))
    prefix, _dash, index = remove.rpartition("-")
    if prefix and index.isdecimal():
        _drop(changed, prefix, int(index))
    return changed


def _count(data: Mapping[str, Any], prefix: str) -> int:
    total = str(data.get(f"{prefix}-{TOTAL_FORM_COUNT}", "0"))
    return min(int(total), MOST_ROWS) if total.isdecimal() else 0


def _drop(data: QueryDict, prefix: str, index: int) -> None:
    """Take one row out and close the gap."""
    total = _count(data, prefix)
    if index >= total:
        return
    rows: list[dict[str, list[str]]] = [{} for _row in range(total)]
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        number, _dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if number.isdecimal() and int(number) < total and name:
            rows[int(number)][name] = data.pop(key)
    del rows[index]
    for place, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(total - 1)
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = "0"
