"""The rows and groups of a criterion sheet; the same document as JSON."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trials.curation.sheets import Faulty, Group, Problem, Sheet
from trials.curation.typed import Line
from trials.forms.controls import RowForm
from trials.forms.description import EditsField
from trials.importers.lines import MAX_CHARACTERS
from trials.matching.criteria import MAX_NODES, MAX_TEXT, CriterionKind
from trials.matching.intervals import COMPARISONS
from trials.matching.reading import WORDINGS

_SIGNS: Final = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "="}
_MOST_ROWS: Final = 300
_WORDING_LABELS: Final = {
    "exact": gettext_lazy("to the day"),
    "completed_years": gettext_lazy("in completed years"),
    "unclear": gettext_lazy("source leaves it open"),
}


class LineForm(RowForm):
    """One sentence of the protocol and what is compared."""

    id = forms.CharField(label=gettext_lazy("No."), max_length=20, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Listed under"),
        choices=[
            (CriterionKind.INCLUSION.value, gettext_lazy("inclusion")),
            (CriterionKind.EXCLUSION.value, gettext_lazy("exclusion")),
        ],
    )
    text = forms.CharField(
        label=gettext_lazy("Sentence of the protocol"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fact = forms.CharField(
        label=gettext_lazy("Fact"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "facts", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label=gettext_lazy("of"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
    )
    op = forms.ChoiceField(
        label=gettext_lazy("is"),
        choices=[("", "–"), *((sign, _SIGNS[sign]) for sign in COMPARISONS)],
        required=False,
    )
    value = forms.CharField(label=gettext_lazy("Value"), max_length=2000, required=False)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    wording = forms.ChoiceField(
        label=gettext_lazy("Age counts"),
        choices=[("", "–"), *((wording, _WORDING_LABELS[wording]) for wording in WORDINGS)],
        required=False,
    )
    negated = forms.BooleanField(label=gettext_lazy("must not be so"), required=False)
    recoverable = forms.BooleanField(label=gettext_lazy("may change while waiting"), required=False)
    group = forms.CharField(label=gettext_lazy("Group"), max_length=1, required=False)
    ref = forms.CharField(label=gettext_lazy("Place in the protocol"), max_length=100, required=False)
    curator = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=gettext_lazy("remove"), required=False)

    @property
    def number(self) -> str:
        """The number of the criterion."""
        return self.stated("id")

    @property
    def sentence(self) -> str:
        """The sentence of the protocol."""
        return self.stated("text")

    @property
    def group_letter(self) -> str:
        """The letter of its group, empty where it stands alone."""
        return self.stated("group")

    @property
    def is_exclusion(self) -> bool:
        """Whether it is listed under the exclusion criteria."""
        return self.stated("kind") == CriterionKind.EXCLUSION

    @property
    def read_by(self) -> str:
        """Who read the sentence, which travels with the line unseen."""
        return self.stated("curator")

    @property
    def source(self) -> SafeString:
        """What the protocol says."""
        return self.controls("id", "kind", "text")

    @property
    def comparison(self) -> SafeString:
        """What is compared."""
        return self.controls("fact", "about", "op", "value", "unit", "wording", "group", "ref")

    @property
    def marks(self) -> SafeString:
        """What is ticked."""
        return self.controls("negated", "recoverable", "remove")

    def line(self) -> Line:
        """What was typed."""
        typed = {name: self.cleaned_data.get(name, "") for name in self.fields if name != "remove"}
        return Line(**{**typed, "group": str(typed["group"]).upper().strip()})


class GroupForm(RowForm):
    """How the lines of one letter count together."""

    letter = forms.CharField(widget=forms.HiddenInput, max_length=1)
    rule = forms.ChoiceField(
        label=gettext_lazy("Of its lines must hold"),
        choices=[
            ("any", gettext_lazy("any one")),
            ("all", gettext_lazy("all")),
            ("at_least", gettext_lazy("at least …")),
        ],
    )
    n = forms.IntegerField(label=gettext_lazy("at least"), min_value=1, max_value=MAX_NODES, required=False)
    negated = forms.BooleanField(label=gettext_lazy("must not be so"), required=False)
    inside = forms.CharField(label=gettext_lazy("stands inside group"), max_length=1, required=False)

    @property
    def drawn(self) -> SafeString:
        """All of its controls."""
        return self.controls("rule", "n", "inside", "negated")

    def group(self) -> Group:
        """What was typed."""
        typed = dict(self.cleaned_data)
        return Group(**{**typed, "inside": str(typed["inside"]).upper().strip()})


class SheetForm(forms.Form):
    """All lines and groups of one cohort, with a place for a text that is to be split into lines."""

    protocol = forms.CharField(
        label=gettext_lazy("Text to split into lines"),
        max_length=MAX_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Paste the eligibility section with its headings “Inclusion criteria” and “Exclusion criteria”. Each"
            " numbered or bulleted line becomes one criterion; the sentences are kept as they are."
        ),
    )
    lines_total = forms.IntegerField(min_value=0, max_value=_MOST_ROWS, widget=forms.HiddenInput)
    groups_total = forms.IntegerField(min_value=0, max_value=_MOST_ROWS, widget=forms.HiddenInput)
    edits = EditsField()

    def __init__(self, data: Mapping[str, Any]) -> None:
        """``data`` are the typed columns, by the names of the controls."""
        super().__init__(data)
        self.lines: list[LineForm] = []
        self.groups: list[GroupForm] = []
        if self.is_valid():
            count, groups = self.cleaned_data["lines_total"], self.cleaned_data["groups_total"]
            self.lines = [LineForm(data, prefix=f"line-{number}") for number in range(count)]
            self.groups = [GroupForm(data, prefix=f"group-{number}") for number in range(groups)]

    @classmethod
    def showing(cls, sheet: Sheet, edits: int, protocol: str = "") -> "SheetForm":
        """Return the form that shows a sheet; a letter without a group gets a row of its own."""
        lines, groups = sheet.lines, sheet.groups
        known = {group.letter for group in groups}
        used = {line.group for line in lines} | {group.inside for group in groups}
        groups = (*groups, *(Group(letter) for letter in sorted(used - known - {""})))
        data: dict[str, Any] = {"edits": edits, "protocol": protocol}
        data |= {"lines_total": len(lines), "groups_total": len(groups)}
        data |= _columns("line", lines)
        data |= _columns("group", groups)
        return cls(data)

    def all_valid(self) -> bool:
        """Whether every row holds what its controls can hold."""
        return self.is_valid() and all([row.is_valid() for row in (*self.lines, *self.groups)])  # noqa: C419

    def sheet(self) -> Sheet:
        """What was typed, without the lines that are marked for removal."""
        kept = tuple(row.line() for row in self.lines if not row.cleaned_data.get("remove"))
        return Sheet(kept, tuple(row.group() for row in self.groups))

    def show_problems(self, fault: Faulty) -> None:
        """Put each problem to its line or group, with the path of the node; the others stand on top."""
        for problem in fault.problems:
            sentence = f"{problem.path}: {problem.reason}"
            form, column = self._place(problem)
            form.add_error(column if column in form.fields else None, sentence)

    def _place(self, problem: Problem) -> tuple[forms.Form, str]:
        if problem.line is not None and problem.line < len(self.lines):
            return self.lines[problem.line], problem.column or "fact"
        group = next((row for row in self.groups if row["letter"].value() == problem.letter), None)
        return (group, problem.column) if problem.letter and group is not None else (self, "")

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every problem with the id of its control, for the summary on top of the page."""
        found = [("", str(error)) for error in self.non_field_errors()]
        for form in (self, *self.lines, *self.groups):
            if not form.errors:
                continue
            name = _name_of(form)
            fields = [form[field] for field in form.fields if field in form.errors]
            found += [(field.id_for_label, f"{name}{error}") for field in fields for error in field.errors]
            if form is not self:
                found += [("", f"{name}{error}") for error in form.non_field_errors()]
        return found


class DocumentForm(forms.Form):
    """The criterion document of one cohort as JSON, for what rows and groups cannot say."""

    document = forms.CharField(
        label=gettext_lazy("Criteria as JSON"),
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "mono"}),
    )
    edits = EditsField()

    @classmethod
    def stored(cls, document: Mapping[str, Any], edits: int) -> dict[str, Any]:
        """What the form shows of a stored document."""
        text = json.dumps(document, indent=2, ensure_ascii=False) if document else ""
        return {"document": text, "edits": edits}

    def clean_document(self) -> Any:
        """Read JSON; the criteria themselves are judged by the service."""
        try:
            document = json.loads(self.cleaned_data["document"], parse_constant=_refuse)
            _require_storable(document)
        except (ValueError, RecursionError) as error:
            message = _("$: not readable as JSON: %(reason)s")
            raise forms.ValidationError(message, params={"reason": str(error)[:200]}) from error
        if not isinstance(document, dict):
            raise forms.ValidationError(_("$: expected a group or a criterion."))
        return document


class CohortForm(forms.Form):
    """A cohort to add, or another title for one."""

    title = forms.CharField(label=gettext_lazy("Title of the cohort"), max_length=200)
    edits = EditsField()


def _refuse(constant: str) -> None:
    raise ValueError(_("%(constant)s is no number") % {"constant": constant})


def _require_storable(document: Any) -> None:
    """Refuse what JSON may escape and the database cannot hold: the character zero, halves of a pair."""
    try:
        text = json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError(_("half a character")) from error
    if b"\\u0000" in text:
        raise ValueError(_("a character that cannot be stored"))


def _columns(prefix: str, rows: Iterable[Line] | Iterable[Group]) -> dict[str, Any]:
    return {
        f"{prefix}-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in vars(row).items()
        if value is not None
    }


def _name_of(form: forms.Form) -> str:
    if isinstance(form, LineForm):
        return f"{form.number or _('New line')}: "
    if isinstance(form, GroupForm):
        return _("Group %(letter)s: ") % {"letter": form["letter"].value()}
    return ""
