"""The controls of a table's rows, drawn by hand.

A page of criteria holds hundreds of controls. Drawn with a template for each, as ``components/_field.html`` does, they
take most of a second; these look and read the same, and what all lines share of them is drawn once.
"""

from functools import cache
from typing import Any, Final

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

_TICK: Final = (
    '<div class="field field-check"><div class="form-check"><input{}>'
    '<label class="form-check-label" for="{}">{}</label></div></div>'
)
_BOX: Final = '<div class="field{}"><label class="form-label" for="{}">{}</label>{}{}</div>'
_ERROR: Final = '<p class="field-error"{}><span class="visually-hidden">{} </span>{}</p>'


class RowForm(forms.Form):
    """A row of a table: no blank is called optional, since a row may say little."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of a Django form."""
        super().__init__(*args, **kwargs)
        self.required_to_submit = frozenset(self.fields)

    def stated(self, name: str) -> str:
        """What stands in a control, as typed or stored; empty for a box that is not ticked."""
        return str(self.data.get(self.add_prefix(name)) or "")

    def controls(self, *names: str) -> SafeString:
        """Return these controls, each with its label and what is wrong with it, in this order."""
        return format_html_join("", "{}", ((self._control(name),) for name in names))

    def _control(self, name: str) -> SafeString:
        html_name, value = self.add_prefix(name), self.stated(name)
        if name in self.errors:
            return _drawn(self.fields[name], html_name, value, value, [str(error) for error in self[name].errors])
        field = self.fields[name]
        is_ticked = isinstance(field.widget, forms.CheckboxInput) and bool(value)
        is_chosen = isinstance(field, forms.ChoiceField) and field.valid_value(value)
        chosen = "on" if is_ticked else value if is_chosen else ""
        return format_html(_blank(type(self), name, chosen, get_language()), name=html_name, value=value)


@cache
def _blank(form: type[RowForm], name: str, chosen: str, language: str) -> SafeString:
    """Return a control without its name and value, drawn once for each language and choice."""
    with override(language):
        return _drawn(form.base_fields[name], "{name}", "{value}", chosen, [])


def _drawn(field: forms.Field, html_name: str, value: str, chosen: str, errors: list[str]) -> SafeString:
    attrs: dict[str, Any] = {"name": html_name, "id": f"id_{html_name}", **field.widget.attrs}
    if isinstance(field.widget, forms.CheckboxInput):
        attrs |= {"type": "checkbox", "class": "form-check-input", "checked": bool(chosen)}
        return format_html(_TICK, flatatt(attrs), attrs["id"], field.label)
    if errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{attrs['id']}_error"}
    kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
    attrs["class"] = f"{kind} is-invalid" if errors else kind
    if isinstance(field, forms.ChoiceField):
        options = ((flatatt({"value": code, "selected": code == chosen}), label) for code, label in _choices(field))
        inner = format_html_join("", "<option{}>{}</option>", options)
        control = format_html("<select{}>{}</select>", flatatt(attrs), inner)
    elif isinstance(field.widget, forms.Textarea):
        control = format_html("<textarea{}>\n{}</textarea>", flatatt(attrs), value)
    else:
        control = format_html("<input{}>", flatatt({"type": field.widget.input_type, "value": value, **attrs}))
    sentences = format_html_join("", _ERROR, _told(errors, attrs["id"]))
    return format_html(_BOX, " has-error" if errors else "", attrs["id"], field.label, sentences, control)


def _choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
    """Return the plain choices of a field; those of a row are never grouped."""
    return list(field.widget.choices)


def _told(errors: list[str], control_id: str) -> list[tuple[str, str, str]]:
    """Return each sentence with the id that its control names, which the first one bears."""
    ids = [flatatt({"id": f"{control_id}_error"}), *[""] * len(errors)]
    return [(place, _("Error:"), error) for place, error in zip(ids, errors, strict=False)]
