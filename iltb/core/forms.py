"""How every form of the portal looks and which numbers it understands.

``Renderer`` is the project's ``FORM_RENDERER``. A page writes ``{{ form }}`` or
``{{ form.vaf.as_field_group }}`` and gets label, hint, error and control in that order, the
optional questions marked, each error tied to its control for a screen reader.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

_BOOTSTRAP_CLASS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)
# A comma before exactly three digits is a decimal comma in Utrecht and a thousands mark in Boston.
_AMBIGUOUS_COMMA = re.compile(r"^[+-]?[1-9]\d{0,2},\d{3}$")


class BoundField(forms.BoundField):
    """A field of a form with what ``components/_field.html`` has to know about it."""

    @property
    def errors(self) -> ErrorList:
        """The field's errors, each a sentence that stands alone in the summary on top of the page."""
        errors: ErrorList = super().errors
        return self.form.error_class(
            [self._sentence(error) for error in errors.as_data()],
            renderer=self.form.renderer,
            field_id=self.auto_id,
        )

    @property
    def focus_id(self) -> str:
        """The element that a link in the error summary leads to: the control or its first choice."""
        return f"{self.auto_id}_0" if self.is_choice_group else self.auto_id

    @property
    def is_choice_group(self) -> bool:
        """Radio buttons or several checkboxes, drawn as choice cards in a fieldset."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_single_checkbox(self) -> bool:
        """One checkbox, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether the label says "(optional)".

        A draft may be saved with gaps that a submission does not allow. Its form names such fields
        in ``required_to_submit``; they are not called optional although the form accepts a blank.
        """
        later: frozenset[str] = getattr(self.form, "required_to_submit", frozenset())
        return not (self.field.required or self.is_single_checkbox or self.name in later)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the stylesheet's classes to what Django says about the control."""
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return built
        classes = [next(css for kind, css in _BOOTSTRAP_CLASS if isinstance(widget, kind))]
        classes += str(widget.attrs.get("class", "")).split()
        if self.errors:
            classes.append("is-invalid")
        # A placeholder vanishes while one types; what it would say belongs into label or hint.
        return {**built, "class": " ".join(dict.fromkeys(classes)), "placeholder": False}

    def _sentence(self, error: ValidationError) -> ValidationError:
        if error.code != "required" or error.message != forms.Field.default_error_messages["required"]:
            return error
        if self.is_choice_group or isinstance(self.field.widget, forms.Select):
            sentence = _("Choose an answer for “%(label)s”.")
        elif self.is_single_checkbox:
            sentence = _("Tick the box to go on: “%(label)s”.")
        else:
            sentence = _("Fill in “%(label)s”.")
        return ValidationError(sentence, code="required", params={"label": self.label})


class Renderer(TemplatesSetting):
    """Renders forms with the project's templates; see ``templates/components/_field.html``."""

    form_template_name = "components/_form_fields.html"
    field_template_name = "components/_field.html"
    bound_field_class = BoundField


class DecimalField(forms.DecimalField):
    """A number typed with a decimal comma or a decimal point: "0,41" and "0.41" are the same.

    "1,234" is refused with both readings spelt out, because one of them is wrong by a factor of
    1000; so are thousands marks. Spaces and a typographic minus are forgiven.
    """

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for the number pad without the pitfalls of ``type=number``."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs derive it from integers
        """Read ``value``; raises ``ValidationError`` with a sentence that names what was typed."""
        if not isinstance(value, str):
            return super().to_python(value)
        typed = re.sub(r"\s", "", value).replace("\N{MINUS SIGN}", "-")
        if _AMBIGUOUS_COMMA.match(typed):
            point, plain = typed.replace(",", "."), typed.replace(",", "")
            message = _("“%(typed)s” can be read as %(point)s or as %(plain)s. Write one of these two.")
            raise ValidationError(message, code="ambiguous", params={"typed": typed, "point": point, "plain": plain})
        if typed.count(",") + typed.count(".") > 1:
            message = _("Write “%(typed)s” without a mark for thousands, for example 1234.5 or 1234,5.")
            raise ValidationError(message, code="thousands", params={"typed": value})
        message = _("“%(typed)s” is not a number. Write it like 0.41 or 0,41.")
        unreadable = ValidationError(message, code="invalid", params={"typed": value})
        try:
            number: Decimal | None = super().to_python(typed.replace(",", "."))
        except ValidationError as error:
            raise unreadable from error
        if number is not None and not number.is_finite():
            raise unreadable
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show 0.41 for a stored 0.4100, and what was typed where it was not understood."""
        if not isinstance(value, Decimal) or not value.is_finite():
            return value
        try:
            shown = f"{value.normalize():f}"
        except InvalidOperation:
            return value
        return "0" if shown == "-0" else shown


class BallotScale(forms.RadioSelect):
    """Five positions from against to for, as one row of buttons; nothing is ever preselected."""

    template_name = "components/_ballot.html"


class Typeahead(forms.TextInput):
    """A text box that offers matches from the server while one types; plain text without script.

    ``url`` answers ``GET ?q=...`` with ``<li role="option" id="..." data-value="...">`` elements. The
    chosen ``data-value`` (else its text) becomes the value of the box.
    """

    template_name = "components/_typeahead.html"

    def __init__(self, url_name: str, attrs: Mapping[str, Any] | None = None, query: str = "") -> None:
        """``url_name`` is reversed late; ``query`` narrows the search, e.g. ``system=gene``."""
        super().__init__(dict(attrs or {}))
        self.url: str | Promise = reverse_lazy(url_name)
        self.query = query

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address that answers, and what narrows it."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"].update(url=f"{self.url}?{self.query}" if self.query else str(self.url))
        return context
