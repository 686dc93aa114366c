"""What the forms of the dossier share: fields from the columns, errors as whole sentences, refusals at their field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
)
from django.db import models
from django.forms.utils import ErrorDict, ErrorList
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.forms.fields import ConceptField, PercentField, yes_or_no
from cases.forms.quantities import HaemoglobinField, Reported, ReportedField, ResidueField, one_for_each_mistake
from cases.models import Case
from iltb.core.errors import InvalidInput
from iltb.core.forms import DecimalField

_FEW_CHOICES: Final = 7
_SENTENCES: Final[Mapping[str, Any]] = {
    "max_value": _("“%(label)s” can be at most %(limit)s."),
    "min_value": _("“%(label)s” must be at least %(limit)s."),
    "max_length": _("“%(label)s” can have at most %(limit)s characters; now it has %(shown)s."),
    "min_length": _("“%(label)s” needs at least %(limit)s characters; now it has %(shown)s."),
    "max_decimal_places": _("“%(label)s” can have at most %(max)s digit after the decimal point."),
    "max_digits": _("“%(label)s” has too many digits."),
    "max_whole_digits": _("“%(label)s” has too many digits."),
    "invalid": _("“%(label)s” must be a whole number."),
    "invalid_choice": _("Choose one of the answers for “%(label)s”."),
}
# Sentences that Django writes; a sentence of our own on a column is left as it is.
_GENERIC: Final = (
    *(v.message for v in (MaxValueValidator, MinValueValidator, MaxLengthValidator, MinLengthValidator)),
    *DecimalValidator.messages.values(),
    forms.IntegerField.default_error_messages["invalid"],
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.MultipleChoiceField.default_error_messages["invalid_choice"],
)


_FRACTIONS_OF_CELLS: Final = frozenset({"mrd_fraction", "detection_limit"})
_FRACTIONS: Final = frozenset({"ccf"})


def field_of(column: models.Field[Any, Any], **overrides: Any) -> forms.Field:
    """The form field of a column: its label, hint and bounds, answers as cards where they are few."""
    common = {"label": column.verbose_name, "help_text": column.help_text, "required": False, **overrides}
    common["label"] = str(common["label"])[:1].upper() + str(common["label"])[1:]
    field = _bare_field(column, common)
    field.validators.extend(v for v in column.validators if v not in field.validators)
    return field


@cache
def _shared_field(form: type["DossierForm"], model: type[models.Model], name: str, _language: str) -> forms.Field:
    return form.field(model._meta.get_field(name))


def _bare_field(column: models.Field[Any, Any], common: dict[str, Any]) -> forms.Field:
    if isinstance(column, ArrayField):
        choices = list(column.base_field.choices or ())
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if isinstance(column, models.ForeignKey):
        limits: Any = column.get_limit_choices_to()
        return ConceptField(system=limits["system"], **common)
    if column.choices:
        return _choice_field(list(column.choices), common)
    if isinstance(column, models.BooleanField):
        return yes_or_no(**common) if column.null else forms.BooleanField(**common)
    return _number_field(column, common) or _text_field(column, common)


def _number_field(column: models.Field[Any, Any], common: dict[str, Any]) -> forms.Field | None:
    if isinstance(column, models.DecimalField):
        return _decimal_field(column, common)
    if isinstance(column, models.IntegerField):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(widget=widget, **common)
    return None


def _decimal_field(column: Any, common: dict[str, Any]) -> forms.Field:
    label = str(common["label"])
    if column.name in _FRACTIONS_OF_CELLS:
        hint = _("In per cent or as a power of ten: 0.01 % or 10^-4.")
        return ResidueField(**{**common, "label": label.removesuffix(", fraction"), "help_text": hint})
    if column.name in _FRACTIONS:
        hint = _("In per cent, e.g. 40 %.")
        return PercentField(as_fraction=True, places=column.decimal_places - 2, **{**common, "help_text": hint})
    if column.name == "hb_g_dl":
        hint = _("With its unit: 9.2 g/dL, 92 g/L or 5.7 mmol/L.")
        return HaemoglobinField(**{**common, "label": label.removesuffix(", g/dL"), "help_text": hint})
    if label.endswith("%"):
        return PercentField(places=column.decimal_places, **{**common, "label": label.removesuffix(", %")})
    return DecimalField(max_digits=column.max_digits, decimal_places=column.decimal_places, **common)


def _text_field(column: models.Field[Any, Any], common: dict[str, Any]) -> forms.Field:
    if isinstance(column, models.TextField):
        return forms.CharField(max_length=column.max_length, widget=forms.Textarea(attrs={"rows": 4}), **common)
    return forms.CharField(max_length=column.max_length, **common)


def _choice_field(choices: list[Any], common: dict[str, Any]) -> forms.ChoiceField:
    if common.pop("as_select", len(choices) > _FEW_CHOICES):
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **common)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


class DossierForm(forms.Form):
    """A form whose errors are sentences that stand alone, and that can show a service's refusal."""

    required_to_submit: frozenset[str] = frozenset()
    comparators: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """The form field of one column; a form overrides it for its special questions."""
        return field_of(column)

    def add_column(self, model: type[models.Model], name: str) -> None:
        """Ask for a column. Its field is built once for all forms of the class, so none of them may change it."""
        self.fields[name] = _shared_field(type(self), model, name, get_language() or "")

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The stored answer; a number with the comparator that stands in a column of its own."""
        value = super().get_initial_for_field(field, field_name)
        if isinstance(field, ReportedField) and value is not None and not isinstance(value, Reported):
            return Reported(value, self.initial.get(self.comparators[field_name]) or "=")
        return value

    def stated(self) -> dict[str, Any]:
        """The cleaned answers by column, a number and its comparator apart; the same choices in their stored order."""
        answers = {name: self._in_stored_order(name, value) for name, value in self.cleaned_data.items()}
        for name, comparator in self.comparators.items():
            if name in answers:
                reported = answers[name]
                answers[name] = reported.number if reported else None
                answers[comparator] = reported.comparator if reported else "="
        return answers

    def _in_stored_order(self, name: str, value: Any) -> Any:
        stored = self.initial.get(name)
        is_choice = isinstance(self.fields.get(name), forms.MultipleChoiceField)
        return stored if is_choice and stored and sorted(stored) == sorted(value) else value

    def has_news(self) -> bool:
        """Whether a cleaned answer differs from the stored one."""
        return any(not same(value, self.initial.get(name)) for name, value in self.stated().items())

    def fall_back(self) -> list[str]:
        """Put the stored answer in the place of each one that cannot be stored; what was wrong, as sentences."""
        faults = [str(error) for field in self for error in field.errors] + [str(e) for e in self.non_field_errors()]
        for name in self.errors:
            if name in self.fields:
                self.cleaned_data[name] = self.get_initial_for_field(self.fields[name], name)
        self.as_typed()
        return faults

    @property
    def is_savable(self) -> bool:
        """Whether everything is there without which nothing can be stored."""
        required = (name for name, field in self.fields.items() if field.required)
        return all(not_empty(self.cleaned_data.get(name)) for name in required)

    def full_clean(self) -> None:
        """Check as Django does, then say it in words that name the question."""
        super().full_clean()
        for name, errors in (self._errors or {}).items():
            if name != NON_FIELD_ERRORS:
                sentences = [self._sentence(name, error) for error in one_for_each_mistake(errors.as_data())]
                self._errors[name] = self.error_class(sentences, renderer=self.renderer)

    def _sentence(self, name: str, error: ValidationError) -> ValidationError:
        text = _SENTENCES.get(error.code or "")
        if text is None or not any(error.message is sentence for sentence in _GENERIC):
            return error
        given = dict(error.params or {})
        params = {"limit": given.get("limit_value"), "shown": given.get("show_value"), **given}
        return ValidationError(text, code=error.code, params={**params, "label": self.fields[name].label})

    def as_typed(self) -> None:
        """Show what was typed without judging it."""
        self._errors = ErrorDict()

    def show_refusal(self, refusal: InvalidInput) -> None:
        """Put what a service refused beside the fields at fault; the rest on top of the form."""
        for name, sentences in refusal.errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


def not_empty(value: object) -> bool:
    """Whether something was answered; 0 and False are answers."""
    return value not in (None, "", [], ())


def same(one: Any, other: Any) -> bool:
    """Whether two answers say the same; None, "" and an empty list all say nothing."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(same(one.get(name), other.get(name)) for name in {*one, *other})
    return bool(one == other) if not_empty(one) or not_empty(other) else True


@dataclass(frozen=True)
class FieldGroup:
    """Questions under one heading; each with whether its cards stand side by side.

    ``more`` are those that help but are not asked for; they are seen on demand, and at once with ``is_open``.
    """

    heading: str | Promise
    fields: Sequence[tuple[forms.BoundField, bool]]
    more: Sequence[tuple[forms.BoundField, bool]] = ()
    is_open: bool = False


class SectionForm(DossierForm):
    """The questions of one section; its fields are columns of one or two blocks.

    ``headings`` names the blocks of a section that has several; ``more`` are columns that help but are not asked for;
    the cards of ``side_by_side`` questions are so short that they stand in columns. ``leads`` are columns of the first
    block that stand above a table, with the kind of its rows.
    """

    section: ClassVar[Section]
    blocks: ClassVar[Mapping[type[models.Model], tuple[str, Sequence[str]]]] = {}
    more: ClassVar[Mapping[type[models.Model], Sequence[str]]] = {}
    leads: ClassVar[Mapping[str, str]] = {}
    headings: ClassVar[Mapping[str, str | Promise]] = {}
    side_by_side: ClassVar[frozenset[str]] = frozenset()
    is_dense: ClassVar[bool] = False
    stored_as: ClassVar[Mapping[str, str]] = {"access": "access_needs"}

    def __init__(self, case: Case, data: Any = None) -> None:
        """``case`` gives the stored answers, ``data`` what was typed."""
        self.case = case
        rows = {model: self._row(model, block) for model, (block, _names) in self.blocks.items()}
        stored = {
            name: getattr(row, name) for model, row in rows.items() for name in self._columns(model, with_signs=True)
        }
        super().__init__(data, initial=stored)
        unasked = self.not_asked()
        for model in self.blocks:
            for name in self._columns(model):
                if name not in unasked:
                    self.add_column(model, name)

    def _columns(self, model: type[models.Model], *, with_signs: bool = False) -> list[str]:
        leads = self.leads if model is next(iter(self.blocks)) else ()
        names = [*self.blocks[model][1], *self.more.get(model, ()), *leads]
        return names + [self.comparators[name] for name in names if with_signs and name in self.comparators]

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """The form field of one column; numbers are short, and may stand behind a sign."""
        field = super().field(column)
        if isinstance(field, forms.IntegerField):  # decimal and per cent are its children
            field.widget.attrs["class"] = "width-2"
        return ReportedField(field) if column.name in cls.comparators else field

    def not_asked(self) -> set[str]:
        """Columns that the other answers leave without sense; a section overrides it."""
        return set()

    def known(self, name: str) -> Any:
        """What is typed, else what is stored, for a column of this section."""
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def exclude_none(self, *names: str) -> None:
        """Refuse "none" beside another answer of the same question."""
        for name in names:
            chosen = self.cleaned_data.get(name) or []
            if "none" in chosen and len(chosen) > 1:
                message = _("“%(label)s”: “none” stands beside another answer. Untick one of them.")
                self.add_error(name, ValidationError(message, params={"label": self.fields[name].label}))

    @property
    def groups(self) -> list[FieldGroup]:
        """The questions in the order of the page, under the heading of their block where there is one."""
        return [self._group(model, block, names) for model, (block, names) in self.blocks.items()]

    def _group(self, model: type[models.Model], block: str, names: Sequence[str]) -> FieldGroup:
        more = [name for name in self.more.get(model, ()) if name in self.fields]
        return FieldGroup(
            self.headings.get(block, ""),
            self._beside(name for name in names if name in self.fields),
            self._beside(more),
            any(self._is_stated(model, name) for name in more),
        )

    def _beside(self, names: Iterable[str]) -> list[tuple[forms.BoundField, bool]]:
        return [(self[name], name in self.side_by_side) for name in names]

    def _is_stated(self, model: type[models.Model], name: str) -> bool:
        """Whether something other than the default stands there, or something wrong."""
        column: Any = model._meta.get_field(name)
        default = column.get_default() if column.has_default() else None
        value = self[name].value()
        return bool(self[name].errors) or (not_empty(value) and value not in (default, False))

    def values(self) -> dict[str, dict[str, Any]]:
        """The cleaned answers by block, as ``save_section`` takes them; what is not asked is left as stored."""
        answers = self.stated()
        return {
            block: {
                name: self._answer(model, name, answers[name])
                for name in self._columns(model, with_signs=True)
                if name in answers
            }
            for model, (block, _names) in self.blocks.items()
        }

    @staticmethod
    def _answer(model: type[models.Model], name: str, value: Any) -> Any:
        """What was answered; no answer to a question with a default is the default."""
        column: Any = model._meta.get_field(name)
        return column.get_default() if value == "" and column.has_default() else value

    def _row(self, model: type[models.Model], block: str) -> models.Model:
        if model is Case:
            return self.case
        return getattr(self.case, self.stored_as.get(block, block), None) or model(case=self.case)


@dataclass(frozen=True)
class Fault:
    """One line of the error summary: its sentences and the control that it leads to."""

    errors: Sequence[str]
    focus_id: str
    is_hidden: bool = False


class FormGroup:
    """Several forms of one page as the error summary and the page title see them: as one."""

    def __init__(self, forms_: Iterable[tuple[str, forms.Form]], whole: Iterable[str] = ()) -> None:
        """``forms_`` are pairs of a title ("Variant 2", "" for none) and a form; ``whole`` are errors of no field."""
        self.pairs = list(forms_)
        self._whole = list(whole)

    @property
    def errors(self) -> list[str]:
        """Every sentence; empty when all is well."""
        return [*self.non_field_errors(), *(sentence for fault in self for sentence in fault.errors)]

    def non_field_errors(self) -> list[str]:
        """Sentences that belong to no single field."""
        own = [
            f"{title}: {error}" if title else str(error)
            for title, form in self.pairs
            for error in form.non_field_errors()
        ]
        return [*self._whole, *own]

    def hidden_fields(self) -> list[Fault]:
        """Faults of fields that nobody can see."""
        return [fault for fault in self if fault.is_hidden]

    def visible_fields(self) -> list[Fault]:
        """Faults of fields that a link can lead to."""
        return [fault for fault in self if not fault.is_hidden]

    def __iter__(self) -> Iterator[Fault]:
        """One fault for each field with errors, in the order of the page."""
        for title, form in self.pairs:
            for field in form:
                if field.errors:
                    yield Fault(
                        _titled(title, field.errors), getattr(field, "focus_id", field.auto_id), field.is_hidden
                    )


def _titled(title: str, errors: ErrorList) -> list[str]:
    return [f"{title}: {error}" if title else str(error) for error in errors]
