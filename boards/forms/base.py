"""What the forms of this app share."""

from collections.abc import Mapping
from typing import Any

from django import forms

from iltb.core.errors import InvalidInput


def add_refusal(form: forms.BaseForm, refusal: InvalidInput) -> None:
    """Show what a service refused at the field it names; what the form does not hold stands on top."""
    for field, sentences in refusal.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def without_version(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, apart from the version it was based on."""
    return {name: value for name, value in cleaned.items() if name != "version"}


class VersionField(forms.IntegerField):
    """The version of the row that the page showed; it travels with the form, so that a stale one is refused."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(min_value=0)
