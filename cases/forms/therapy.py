"""The treatment lines already given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import StopReason
from cases.forms.base import DossierForm, FormGroup
from cases.forms.fields import NamesField
from cases.forms.rows import RowForm, RowWords, rows_of
from cases.models import Case, TherapyLine
from cases.services.drafting import LineRow
from iltb.core.errors import InvalidInput

_MOST_LINES = 15


class TherapyRow(RowForm):
    """One line: a plan begun because of diagnosis, refractoriness, relapse or a planned switch."""

    model = TherapyLine
    main = ("regimen_name", "setting", "drugs", "start_on_day", "stop_on_day", "stop_reason", "best_response")
    wide = frozenset({"drugs"})

    drugs = NamesField(
        label=_("Drugs"),
        help_text=_("Separated by commas. A name that no list knows is kept as you write it."),
        longest=80,
        most=40,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A line ends after it begins, and one that goes on has no end."""
        answers = super().clean()
        start, stop = answers.get("start_on_day"), answers.get("stop_on_day")
        if start is not None and stop is not None and stop < start:
            self.add_error("stop_on_day", _("The line ends before it begins."))
        if stop is not None and answers.get("stop_reason") == StopReason.ONGOING:
            self.add_error("stop_on_day", _("A line that is ongoing has no last day."))
        return answers


class NoneYetForm(DossierForm):
    """Whether no treatment has been given at all."""

    none_yet = forms.BooleanField(label=_("No treatment has been given yet"), required=False)


_TherapyRows = rows_of(
    TherapyRow,
    RowWords(_("Line"), _("Lines"), _("Add another line"), _("Oldest first. Days count from the first diagnosis.")),
    most=_MOST_LINES,
)


class TherapyForms:
    """The lines and the answer "none given yet", read and checked together."""

    def __init__(self, case: Case, data: Any = None) -> None:
        """``case`` gives what is stored, ``data`` what was typed."""
        self.none_yet = NoneYetForm(data, initial={"none_yet": case.no_therapy_yet})
        self.lines = _TherapyRows(data, prefix="lines", initial=[] if data is not None else _stored(case))

    def is_valid(self) -> bool:
        """Check everything; lines and "none given yet" exclude each other."""
        valid = all([self.none_yet.is_valid(), self.lines.is_valid()])
        if valid and self.none_yet.cleaned_data["none_yet"] and self.lines.filled():
            self.none_yet.add_error("none_yet", _("Treatment lines are listed below. Remove them or untick this."))
            return False
        return valid

    def rows(self) -> list[LineRow]:
        """The lines in the order of the page, as ``save_therapy`` takes them."""
        return [
            LineRow(values={name: value for name, value in row.items() if name != "drugs"}, drugs=row["drugs"])
            for row in self.lines.filled()
        ]

    def as_typed(self) -> None:
        """Show what was typed without judging it."""
        self.none_yet.as_typed()
        self.lines.as_typed()

    def show_refusal(self, refusal: InvalidInput) -> None:
        """Show what the service refused on top of the page."""
        self.none_yet.show_refusal(refusal)

    @property
    def group(self) -> FormGroup:
        """Everything that is wrong, for the error summary and the title."""
        lines = [(form.title, form) for form in self.lines.forms]
        return FormGroup([("", self.none_yet), *lines], self.lines.problems())


def _stored(case: Case) -> list[dict[str, Any]]:
    names = [name for name in TherapyRow.main if name != "drugs"]
    return [
        {**{name: getattr(line, name) for name in names}, "drugs": [drug.name for drug in line.drugs.all()]}
        for line in case.therapy_lines.prefetch_related("drugs")
    ]
