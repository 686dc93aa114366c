"""What one person corrects at once: title, register numbers, recruitment, places and contacts."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trials.enums import IdentifierSystem, TrialStatus
from trials.forms.description import EditsField
from trials.importers.own import IDENTIFIER_FORMS
from trials.models import Arm, Trial
from trials.services.recruitment import ArmRecruitment, Correction

_TRIAL_COLUMNS: Final = ("title", "status", "status_note", "status_source", "status_as_of", "last_checked_on")
_MOST_PLACES: Final = 10_000


def _day(label: Any, hint: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=hint)


class _RowForm(forms.Form):
    """A row of a table: no blank is called optional, since the whole row may be blank."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of a Django form."""
        super().__init__(*args, **kwargs)
        self.required_to_submit = frozenset(self.fields)


class NumberForm(_RowForm):
    """One register number."""

    system = forms.ChoiceField(
        label=gettext_lazy("Register"), choices=[("", "–"), *IdentifierSystem.choices], required=False
    )
    value = forms.CharField(label=gettext_lazy("Number"), max_length=40, required=False)
    is_confirmed = forms.BooleanField(label=gettext_lazy("seen at the register"), required=False)

    def clean(self) -> dict[str, Any]:
        """A number has the form that its register gives; a row without a number is not there."""
        cleaned = super().clean() or {}
        if cleaned.get("value") and not cleaned.get("system"):
            self.add_error("system", _("Choose the register."))
        elif cleaned.get("value") and not IDENTIFIER_FORMS[cleaned["system"]].fullmatch(cleaned["value"]):
            register = IdentifierSystem(cleaned["system"]).label
            self.add_error("value", _("This is not how %(register)s writes its numbers.") % {"register": register})
        return cleaned


class SiteForm(_RowForm):
    """One country or place where the trial can be entered."""

    country_code = forms.CharField(
        label=gettext_lazy("Country"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    contact = forms.CharField(label=gettext_lazy("Contact of the trial team"), max_length=200, required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Recruitment"), choices=TrialStatus.choices, initial=TrialStatus.UNKNOWN, required=False
    )

    def __init__(self, *args: Any, countries: Mapping[str, str], **kwargs: Any) -> None:
        """``countries`` are the codes with their names."""
        super().__init__(*args, **kwargs)
        self.countries = countries

    def clean(self) -> dict[str, Any]:
        """Take the country by code or name."""
        cleaned = super().clean() or {}
        typed = str(cleaned.get("country_code") or "").strip().casefold()
        named = (code for code, name in self.countries.items() if typed in (code.casefold(), name.casefold()))
        code = next(named, "") if typed else ""
        if typed and not code:
            self.add_error("country_code", _("This country is not in the list."))
        if not typed and (cleaned.get("name") or cleaned.get("contact")):
            self.add_error("country_code", _("Say in which country this is."))
        return {**cleaned, "country_code": code, "status": cleaned.get("status") or TrialStatus.UNKNOWN.value}


class ArmForm(_RowForm):
    """Recruitment of one cohort."""

    arm = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(widget=forms.HiddenInput, required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Recruitment"),
        choices=[("", gettext_lazy("as the trial")), *TrialStatus.choices],
        required=False,
    )
    slots = forms.IntegerField(label=gettext_lazy("Free places"), min_value=0, max_value=_MOST_PLACES, required=False)


_Numbers = formset_factory(NumberForm, extra=2, max_num=30)
_Sites = formset_factory(SiteForm, extra=2, max_num=300)
_Arms = formset_factory(ArmForm, extra=0, max_num=100)


class RecruitmentForm(forms.Form):
    """The trial's own answers with the tables of numbers, cohorts and places."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    status = forms.ChoiceField(label=gettext_lazy("Recruitment"), choices=TrialStatus.choices)
    status_note = forms.CharField(label=gettext_lazy("What the source says"), max_length=200, required=False)
    status_source = forms.URLField(
        label=gettext_lazy("Where it was read"), max_length=500, required=False, assume_scheme="https"
    )
    status_as_of = _day(gettext_lazy("Date that the source gives"), "")
    last_checked_on = _day(
        gettext_lazy("Last checked"),
        gettext_lazy("The day on which somebody looked at the register or asked the trial team."),
    )
    edits = EditsField()

    def __init__(
        self, data: Any = None, *, trial: Trial, arms: list[Arm], countries: Mapping[str, str], today: date
    ) -> None:
        """Show ``trial`` as it is stored, or read ``data``."""
        stored = {name: getattr(trial, name) for name in _TRIAL_COLUMNS}
        super().__init__(data, initial={**stored, "edits": trial.version})
        self.today = today
        numbers = [
            {"system": row.system, "value": row.value, "is_confirmed": row.is_confirmed}
            for row in trial.identifiers.all()
        ]
        sites = [
            {"country_code": row.country_code, "name": row.name, "contact": row.contact, "status": row.status}
            for row in trial.sites.all()
        ]
        cohorts = [{"arm": arm.pk, "title": arm.title, "status": arm.status, "slots": arm.slots} for arm in arms]
        self.numbers: BaseFormSet[Any] = _Numbers(data, prefix="numbers", initial=numbers)
        self.sites: BaseFormSet[Any] = _Sites(data, prefix="sites", initial=sites, form_kwargs={"countries": countries})
        self.arms: BaseFormSet[Any] = _Arms(data, prefix="arms", initial=cohorts)

    def clean_last_checked_on(self) -> date | None:
        """Nobody has looked tomorrow."""
        day: date | None = self.cleaned_data["last_checked_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("The day of the check lies in the future."))
        return day

    def all_valid(self) -> bool:
        """Whether the answers and every row of the tables are."""
        return all([part.is_valid() for part in (self, self.numbers, self.sites, self.arms)])  # noqa: C419

    def correction(self) -> Correction:
        """What the service takes; rows that were emptied are gone."""
        return Correction(
            trial={name: self.cleaned_data[name] for name in _TRIAL_COLUMNS},
            identifiers=[row for row in self.numbers.cleaned_data if row.get("value")],
            sites=[row for row in self.sites.cleaned_data if row.get("country_code")],
            arms=[ArmRecruitment(row["arm"], row["status"], row["slots"]) for row in self.arms.cleaned_data],
        )

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every problem with the id of its control, for the summary on top of the page."""
        rows = [*self.numbers.forms, *self.sites.forms, *self.arms.forms]
        found = [("", str(error)) for error in self.non_field_errors()]
        for form in (self, *rows):
            found += [(field.id_for_label, str(error)) for field in form for error in field.errors]
        return found
