"""A question that the board adds of its own."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DossierForm, field_of
from cases.models import BoardQuestion

_COLUMNS: Final = ("key", "label", "help_text", "kind", "unit", "minimum", "maximum", "disease_groups")

_LONG: Final = ("label", "help_text")


class BoardQuestionForm(DossierForm):
    """One version of a question; the key of one that is in use stays."""

    required_to_submit = frozenset({"key", "label", "kind"})

    def __init__(self, question: BoardQuestion | None, data: Any = None) -> None:
        """``question`` is the version to begin from, None for a new question."""
        self.question = question
        initial = {name: getattr(question, name) for name in _COLUMNS} if question else {}
        super().__init__(data, initial={**initial, "choices": "\n".join(question.choices) if question else ""})
        for name in _COLUMNS:
            column: Any = BoardQuestion._meta.get_field(name)
            several_lines = {"widget": forms.Textarea(attrs={"rows": 2})} if name in _LONG else {}
            self.fields[name] = field_of(column, required=name in self.required_to_submit, **several_lines)
        self.fields["choices"] = forms.CharField(
            label=_("Answers to choose from"),
            help_text=_("One on each line; only for a choice."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        if question:
            del self.fields["key"]
        self.order_fields(("key", "label", "help_text", "kind", "choices", "unit", "minimum", "maximum"))

    def values(self) -> dict[str, Any]:
        """As ``write_board_question`` takes them."""
        given = {**self.cleaned_data, **{name: " ".join(self.cleaned_data[name].split()) for name in _LONG}}
        given["choices"] = [line.strip() for line in given["choices"].splitlines() if line.strip()]
        return {"key": self.question.key, **given} if self.question else given
