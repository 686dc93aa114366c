"""What is brought in, and where it goes."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import TimePoint, Tissue
from cases.forms.base import DossierForm, field_of
from cases.importers.maf import BUILDS
from cases.models import Case, Specimen

NEW: Final = "new"
LONGEST_PASTE: Final = 200_000
_OF_NEW: Final = ("tissue", "time_point", "taken_on_day", "blasts_pct_of_cells")


class BringForm(DossierForm):
    """A paste or a file, and what its positions and samples mean."""

    required_to_submit = frozenset({"text", "file"})  # one of them

    text = forms.CharField(
        label=_("Paste findings here"),
        help_text=_("One finding on each line, or rows copied from a spreadsheet with their headings."),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        help_text=_("CSV, TSV, XLSX, VCF or MAF, at most 20 MB. Names of patients and samples are dropped."),
        required=False,
        allow_empty_file=True,
    )
    build = forms.ChoiceField(
        label=_("Genome build of the file"),
        help_text=_("Needed for VCF and MAF."),
        choices=[("", _("Not needed")), *((name, name) for name in BUILDS)],
        required=False,
    )
    sample = forms.IntegerField(
        label=_("Which sample of the file"),
        help_text=_("Only where a file holds several: 1 is the first."),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "width-2"}),
    )

    def clean(self) -> dict[str, Any]:
        """One source at a time."""
        given = super().clean() or {}
        has_text, has_file = bool((given.get("text") or "").strip()), given.get("file") is not None
        if has_text and has_file:
            self.add_error("file", _("Paste text or choose a file, not both."))
        elif not has_text and not has_file and not self.errors:
            self.add_error("text", _("Paste at least one line, or choose a file."))
        return given


class PlaceForm(DossierForm):
    """The specimen on which it was found: one that is there, or a new one with its material and time point."""

    required_to_submit = frozenset({"specimen", "tissue", "time_point"})

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        """``case`` gives the specimens to choose from; the newest is proposed."""
        super().__init__(*args, **kwargs)
        stored = list(case.specimens.all())
        choices = [(str(row.pk), str(row)) for row in stored]
        self.fields["specimen"] = forms.ChoiceField(
            label=_("Found on which specimen"),
            choices=[*choices, (NEW, _("a new specimen"))],
            initial=choices[-1][0] if choices else NEW,
        )
        for name in _OF_NEW:
            column: Any = Specimen._meta.get_field(name)
            select = {"as_select": True} if column.choices else {}
            self.fields[name] = field_of(column, required=False, **select)

    def clean(self) -> dict[str, Any]:
        """A new specimen says what it is and when it was taken."""
        given = super().clean() or {}
        if given.get("specimen") == NEW:
            if given.get("tissue") not in Tissue.values:
                self.add_error("tissue", _("Choose the material of the new specimen."))
            if given.get("time_point") not in TimePoint.values:
                self.add_error("time_point", _("Choose the time point of the new specimen."))
        return given

    @property
    def new_fields(self) -> list[forms.BoundField]:
        """The questions about a new specimen."""
        return [self[name] for name in _OF_NEW]

    def new_specimen(self) -> dict[str, Any] | None:
        """The values of a new specimen, None where an existing one was chosen."""
        if self.cleaned_data["specimen"] != NEW:
            return None
        return {name: self.cleaned_data[name] for name in _OF_NEW}
