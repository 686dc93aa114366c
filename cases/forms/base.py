"""What the forms of the dossier share: fields from the columns, errors as whole sentences, refusals at their field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.forms.fields import ConceptField, PercentField, yes_or_no
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


def field_of(column: models.Field[Any, Any], **overrides: Any) -> forms.Field:
    """The form field of a column: its label, hint and bounds, answers as cards where they are few."""
    common = {"label": column.verbose_name, "help_text": column.help_text, "required": False, **overrides}
    common["label"] = str(common["label"])[:1].upper() + str(common["label"])[1:]
    field = _bare_field(column, common)
    field.validators.extend(v for v in column.validators if v not in field.validators)
    return field


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
        if str(column.verbose_name).endswith("%"):
            return PercentField(**{**common, "label": str(common["label"]).removesuffix(", %")})
        return DecimalField(max_digits=column.max_digits, decimal_places=column.decimal_places, **common)
    if isinstance(column, models.IntegerField):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(widget=widget, **common)
    return None


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

    def full_clean(self) -> None:
        """Check as Django does, then say it in words that name the question."""
        super().full_clean()
        for name, errors in (self._errors or {}).items():
            if name != NON_FIELD_ERRORS:
                sentences = [self._sentence(name, error) for error in errors.as_data()]
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


@dataclass(frozen=True)
class FieldGroup:
    """Questions under one heading; each with whether its cards stand side by side."""

    heading: str | Promise
    fields: Sequence[tuple[forms.BoundField, bool]]


class SectionForm(DossierForm):
    """One section of the dossier; its fields are columns of one or two blocks.

    ``headings`` names the blocks of a section that has several; the cards of ``side_by_side`` questions are so short
    that they stand in columns.
    """

    section: ClassVar[Section]
    blocks: ClassVar[Mapping[type[models.Model], tuple[str, Sequence[str]]]] = {}
    headings: ClassVar[Mapping[str, str | Promise]] = {}
    side_by_side: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, case: Case, data: Any = None) -> None:
        """``case`` gives the stored answers, ``data`` what was typed."""
        self.case = case
        rows = {model: self._row(model, block) for model, (block, _names) in self.blocks.items()}
        initial = {name: getattr(rows[model], name) for model, (_b, names) in self.blocks.items() for name in names}
        super().__init__(data, initial=initial)
        for model, (_block, names) in self.blocks.items():
            for name in names:
                field = self.fields[name] = self.field(model._meta.get_field(name))
                if isinstance(field, forms.IntegerField):  # decimal and per cent are its children
                    field.widget.attrs["class"] = "width-2"

    def field(self, column: Any) -> forms.Field:
        """The form field of one column; a section overrides it for its special questions."""
        return field_of(column)

    @property
    def groups(self) -> list[FieldGroup]:
        """The questions in the order of the page, under the heading of their block where there is one."""
        return [
            FieldGroup(self.headings.get(block, ""), [(self[name], name in self.side_by_side) for name in names])
            for block, names in self.blocks.values()
        ]

    def values(self) -> dict[str, dict[str, Any]]:
        """The cleaned answers by block, as ``save_blocks`` takes them."""
        return {
            block: {name: self._answer(model, name) for name in names} for model, (block, names) in self.blocks.items()
        }

    def _answer(self, model: type[models.Model], name: str) -> Any:
        """What was answered; no answer to a question with a default is the default."""
        value = self.cleaned_data.get(name)
        column: Any = model._meta.get_field(name)
        return column.get_default() if value == "" and column.has_default() else value

    def _row(self, model: type[models.Model], block: str) -> models.Model:
        if model is Case:
            return self.case
        return getattr(self.case, block, None) or model(case=self.case)


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
