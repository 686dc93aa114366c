"""Rows of findings and treatment lines: any number up to 100, added and removed with and without script.

Every row is optional: one that was left blank is not there. The rows in a request are counted by the hidden
``…-TOTAL_FORMS``; "Add another" and "Remove" send the whole form, which comes back with one row more or less and
everything typed, saved or not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.forms.base import DossierForm, field_of, not_empty, same
from cases.forms.fields import approved, typeahead
from cases.forms.quantities import ReportedField

if TYPE_CHECKING:
    _FormSet = BaseFormSet["RowForm"]
else:
    _FormSet = BaseFormSet

MOST_ROWS: Final = 100
MORE: Final = _("More that helps the board (optional)")


class RowForm(DossierForm):
    """One row of a table of the dossier.

    ``title`` tells it apart from its neighbours in the error summary, e.g. "Variant 2". ``main`` are the columns that
    are always seen, ``more`` those that a row shows on demand, ``wide`` those that take a line of their own. Names of
    ``vocabularies`` become the approved ones, names of ``offered`` stay as they are written. ``inner`` are tables that
    belong to the row. ``standing`` are the rows of the table as they are saved; their names need no look at a list.
    """

    title = ""
    model: ClassVar[type[models.Model]]
    main: ClassVar[tuple[str, ...]] = ()
    more: ClassVar[tuple[str, ...]] = ()
    wide: ClassVar[frozenset[str]] = frozenset()
    vocabularies: ClassVar[Mapping[str, str]] = {}
    offered: ClassVar[Mapping[str, str]] = {}
    inner: ClassVar[Mapping[str, type["Rows"]]] = {}
    standing: Sequence[Mapping[str, Any]] = ()
    was_added = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of a Django form."""
        super().__init__(*args, **kwargs)
        stored = self.initial or {}
        data = self.data if self.is_bound else None
        self.tables = {
            kind: rows(data, prefix=f"{self.prefix}-{kind}", stored=stored.get(kind, ()))
            for kind, rows in self.inner.items()
        }
        for name in (*self.main, *self.more):
            if name not in self.fields:
                self.add_column(self.model, name)
        self.order_fields((*self.main, *self.more))
        # An answer that is chosen beforehand is not called optional.
        self.required_to_submit = frozenset(name for name, field in self.fields.items() if field.initial)

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """The form field of one column: compact, with the column's own default chosen."""
        overrides: dict[str, Any] = {"required": not (column.blank or column.has_default())}
        if column.choices:
            overrides["as_select"] = True
        if column.has_default():
            overrides["initial"] = column.get_default()
        field = field_of(column, **overrides)
        system = {**cls.vocabularies, **cls.offered}.get(column.name)
        if system:
            field.widget = typeahead(system)
        return ReportedField(field) if column.name in cls.comparators else field

    def clean(self) -> dict[str, Any]:
        """Fill in defaults, and put the approved name where what was typed leads to one."""
        answers: dict[str, Any] = super().clean() or {}
        for name in (*self.main, *self.more):
            if answers.get(name) == "" and self.fields[name].initial:
                answers[name] = self.fields[name].initial
        for name, system in self.vocabularies.items():
            if answers.get(name) and not self.stands(name, answers[name]):
                try:
                    answers[name] = approved(system, answers[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return answers

    def stands(self, name: str, value: Any) -> bool:
        """Whether a stored row says ``value`` in this column."""
        return any(row.get(name) == value for row in self.standing)

    @cached_property
    def changed_data(self) -> list[str]:
        """The columns in which something was typed; a row with none is blank, whatever its defaults."""
        typed = [name for name in super().changed_data if self[name].data not in (None, "", [], False)]
        return [*typed, *(kind for kind, rows in self.tables.items() if any(row.has_changed() for row in rows.forms))]

    def is_valid(self) -> bool:
        """Whether the row and everything inside it is."""
        return super().is_valid() and all([rows.is_valid() for rows in self.tables.values()])  # noqa: C419

    def as_typed(self) -> None:
        """Show what was typed without judging it, inside too."""
        super().as_typed()
        for rows in self.tables.values():
            rows.as_typed()

    def stated(self) -> dict[str, Any]:
        """The cleaned answers by column, with the rows inside by kind."""
        return {**super().stated(), **{kind: rows.filled() for kind, rows in self.tables.items()}}

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
        """Whether something on demand is wrong or was just added, so that it must be seen."""
        if self.was_added or any(self[name].errors for name in self.more):
            return True
        return any(rows.must_be_seen for rows in self.tables.values())

    @property
    def on_demand(self) -> str:
        """How much stands in what is seen on demand, e.g. "3 answers, 1 entry"; empty where nothing does."""
        return how_much(sum(self._says(name) for name in self.more), self.tables.values())

    def _says(self, name: str) -> bool:
        value = self[name].value()
        return not_empty(value) and value not in (False, self.fields[name].initial)

    @property
    def has_more(self) -> bool:
        """Whether there is something to show on demand."""
        return bool(self.more or self.tables)


@dataclass(frozen=True)
class RowWords:
    """How the rows of one kind are called; ``more`` is what a row shows on demand."""

    noun: str | Promise
    title: str | Promise
    add: str | Promise
    hint: str | Promise = ""
    more: str | Promise = MORE


class Rows(_FormSet):
    """The rows of one kind; ``focus_add`` puts the keyboard on the button below them after a removal.

    ``was_changed`` says that this request added a row or took one out.

    ``stored`` are the rows as they are saved. ``once`` are the columns that tell rows apart: no two may agree in them.
    ``leads`` are questions that stand above the rows, such as "there are none".
    """

    words: RowWords
    once: ClassVar[tuple[str, ...]] = ()
    once_said: ClassVar[str | Promise] = _("“%(name)s” stands here twice. Put both into one row.")
    focus_add = False
    was_changed = False
    leads: Sequence[forms.BoundField] = ()
    is_inner = False

    def __init__(self, data: Any = None, *, prefix: str, stored: Sequence[Mapping[str, Any]] = ()) -> None:
        """``data`` is what was typed; inside a row that was just added nothing was."""
        self.stored = list(stored)
        self.is_inner = "-" in prefix
        if data is not None and self.is_inner and f"{prefix}-{TOTAL_FORM_COUNT}" not in data:
            data = {f"{prefix}-{TOTAL_FORM_COUNT}": "0", f"{prefix}-{INITIAL_FORM_COUNT}": "0"}
        self._keeps_stored = False
        self.extra: int = 0 if self.stored else self.extra  # a blank row invites where there is none yet
        super().__init__(data, prefix=prefix, initial=[] if data is not None else self.stored)

    def initial_form_count(self) -> int:
        """No row in a request is "old": saving replaces all of them."""
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """Number the row for people, from 1."""
        super().add_fields(form, index)
        form.standing = self.stored
        if index is not None:
            form.title = f"{self.words.noun} {index + 1}"

    def clean(self) -> None:
        """Refuse the second of two rows that are about the same."""
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms if self.once else ():
            answers = getattr(form, "cleaned_data", None) or {}
            key = tuple(answers.get(name, "") for name in self.once)
            if key[0] and key in seen:
                label = str(dict(getattr(form.fields[self.once[0]], "choices", ())).get(key[0], key[0]))
                form.add_error(self.once[0], ValidationError(str(self.once_said), params={"name": label}))
            seen.add(key)

    @property
    def filled_forms(self) -> list[RowForm]:
        """The rows that were filled in."""
        return [form for form in self.forms if form.has_changed()]

    @property
    def number_filled(self) -> int:
        """How many rows say something."""
        return len(self.filled_forms) if self.is_bound else len(self.stored)

    @property
    def must_be_seen(self) -> bool:
        """Whether a row was just added or taken out, or something is wrong."""
        return bool(self.was_changed or self.problems() or any(form.errors or form.is_open for form in self.forms))

    def filled(self) -> list[Any]:
        """The cleaned values of the rows that were filled in; the stored ones after ``fall_back``."""
        return list(self.stored) if self._keeps_stored else [form.stated() for form in self.filled_forms]

    def fall_back(self) -> list[str]:
        """Leave the rows as stored when one cannot be saved; what was wrong, as sentences."""
        faults = [
            *(f"{title}: {error}" for title, form in self.titled() for field in form for error in field.errors),
            *(f"{title}: {error}" for title, form in self.titled() for error in form.non_field_errors()),
            *self.problems(),
        ]
        self._keeps_stored = self._keeps_stored or bool(faults)
        self.as_typed()
        return faults

    def has_news(self) -> bool:
        """Whether the rows differ from the stored ones."""
        return not same(self.filled(), self.stored)

    def news(self) -> list[Any] | None:
        """The rows to be saved, None where they are as stored."""
        return self.filled() if self.has_news() else None

    def titled(self) -> Iterator[tuple[str, RowForm]]:
        """Each row, and the rows inside it, with a title that says where it stands."""
        for form in self.forms:
            yield form.title, form
            for rows in form.tables.values():
                yield from ((f"{form.title}, {title}", inner) for title, inner in rows.titled())

    def problems(self) -> list[str]:
        """What is wrong with the rows as a whole, as sentences."""
        inner = (error for form in self.forms for rows in form.tables.values() for error in rows.problems())
        return [*(str(error) for error in self.non_form_errors()), *inner]

    def as_typed(self) -> None:
        """Show what was typed without judging it: a row was added, nothing is being saved."""
        for form in self.forms:
            form.as_typed()
        self._non_form_errors = self.error_class()

    def focus_after_change(self, *, added: bool) -> None:
        """Put the keyboard into the new row, or on the button to add one after a removal."""
        self.was_changed = True
        if added and self.forms:
            row = self.forms[-1]
            row.was_added = True
            first = row.fields[row.main[0]] = deepcopy(row.fields[row.main[0]])  # the other rows share it
            first.widget.attrs["autofocus"] = True
        self.focus_add = not added


def how_much(answers: int, tables: Iterable[Rows]) -> str:
    """The count of answers and of filled rows, e.g. "3 answers, 1 entry"; empty where there are none."""
    entries = sum(rows.number_filled for rows in tables)
    told = [
        ngettext("%(count)s answer", "%(count)s answers", answers) % {"count": answers} if answers else "",
        ngettext("%(count)s entry", "%(count)s entries", entries) % {"count": entries} if entries else "",
    ]
    return ", ".join(filter(None, told))


def rows_of(
    form: type[RowForm],
    words: RowWords,
    base: type[Rows] = Rows,
    most: int = MOST_ROWS,
    blank: int = 1,
) -> type[Rows]:
    """A formset class for ``form`` with ``blank`` empty rows to begin with and at most ``most`` filled ones."""
    made: Any = formset_factory(
        form,
        formset=base,
        extra=blank,
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


def row_values(form: type[RowForm], row: models.Model) -> dict[str, Any]:
    """The stored answers of a row under the names that its form uses."""
    names = [name for name in (*form.main, *form.more) if name in {column.name for column in row._meta.fields}]
    return {name: getattr(row, name) for name in (*names, *form.comparators.values())}


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
