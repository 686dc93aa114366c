"""What a version says of a trial beside its criteria."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iltb.core.errors import InvalidInput
from trials.enums import Verification
from trials.models import TrialVersion
from trials.services.editing import DESCRIPTION

_PHASES: Final = ("1", "1/2", "2", "2/3", "3", "4")
_MOST_ENTRIES: Final = 40


def add_refusal(form: forms.BaseForm, refusal: InvalidInput) -> None:
    """Show what a service refused at the field it names; what the form does not hold stands on top."""
    for field, sentences in refusal.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


class EditsField(forms.IntegerField):
    """How often the row was saved when the page was made; it travels with the form, so that a stale one is refused."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=10**9)


class LinesField(forms.CharField):
    """A list, one entry on each line."""

    widget = forms.Textarea

    def __init__(self, *, entry_length: int, addresses: bool = False, **kwargs: Any) -> None:
        """``entry_length`` is the longest entry in characters, ``addresses`` asks for web addresses."""
        super().__init__(required=False, **kwargs)
        self.entry_length = entry_length
        self.addresses = addresses

    def clean(self, value: Any) -> Any:
        """Return the entries without blanks."""
        entries = [entry for line in str(super().clean(value)).splitlines() if (entry := " ".join(line.split()))]
        if len(entries) > _MOST_ENTRIES:
            raise ValidationError(_("At most %(most)s entries."), params={"most": _MOST_ENTRIES})
        for entry in entries:
            if len(entry) > self.entry_length:
                raise ValidationError(_("“%(entry)s…” is too long."), params={"entry": entry[:40]})
            if self.addresses:
                self._require_address(entry)
        return entries

    def _require_address(self, entry: str) -> None:
        try:
            URLValidator(schemes=["http", "https"])(entry)
        except ValidationError as error:
            raise ValidationError(_("“%(entry)s” is no web address."), params={"entry": entry[:80]}) from error

    def prepare_value(self, value: Any) -> Any:
        """Show stored entries one below the other."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class DescriptionForm(forms.Form):
    """Phase, sponsor, agents, age limits, sources and how the criteria were read."""

    phase = forms.ChoiceField(
        label=gettext_lazy("Phase"),
        choices=[("", gettext_lazy("not stated")), *((phase, phase) for phase in _PHASES)],
        required=False,
    )
    sponsor = forms.CharField(label=gettext_lazy("Sponsor"), max_length=200, required=False)
    agents = LinesField(
        label=gettext_lazy("Agents"),
        entry_length=100,
        help_text=gettext_lazy("One on each line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    age_limits = forms.CharField(
        label=gettext_lazy("Age limits"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In the words of the source; what is compared stands in the criteria."),
    )
    verification = forms.ChoiceField(
        label=gettext_lazy("How the criteria were read"),
        choices=[("", "–"), *Verification.choices],
    )
    sources = LinesField(
        label=gettext_lazy("Sources"),
        entry_length=500,
        addresses=True,
        help_text=gettext_lazy("Web addresses, one on each line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    countries_complete = forms.BooleanField(
        label=gettext_lazy("All countries of the trial are listed on its recruitment page"), required=False
    )
    remarks = forms.CharField(
        label=gettext_lazy("Remarks"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    edits = EditsField()

    @classmethod
    def stored(cls, version: TrialVersion) -> dict[str, Any]:
        """What the form shows of a version."""
        return {"edits": version.edits, **{name: getattr(version, name) for name in DESCRIPTION}}

    def description(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in DESCRIPTION}


class EnterTrialForm(DescriptionForm):
    """A trial that the catalogue does not have."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    key = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Letters, digits and hyphens; made from the title when left empty. It never changes."),
    )
    field_order = ("title", "key")

    def clean_key(self) -> str:
        """Addresses are written small."""
        return str(self.cleaned_data["key"]).lower()
