"""What a coordinator fills in to ask a trial's contact, and what the contact answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trials.enums import FreePlaces, StillOpen
from trials.models import Arm, Site


class AskContactForm(forms.Form):
    """Whom to ask, and about what."""

    arm = forms.ChoiceField(label=_("Cohort"))
    site = forms.ModelChoiceField(
        label=_("Place"),
        queryset=Site.objects.none(),
        required=False,
        empty_label=_("the whole cohort"),
        help_text=_("What one of several places answers never closes the others."),
    )
    name = forms.CharField(label=_("Name of the contact"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address of the contact"), help_text=_("An office or a work address, never a private one.")
    )

    def __init__(self, data: Any = None, *, arms: Sequence[Arm], sites: Any) -> None:
        """Offer the cohorts and places of one trial."""
        super().__init__(data)
        self.fields["arm"].choices = [(arm.key, arm.title) for arm in arms]  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]


class ContactAnswerForm(forms.Form):
    """The answer; a change of mind is told to the office."""

    still_open = forms.ChoiceField(
        label=_("Does it still take patients?"), choices=StillOpen.choices, widget=forms.RadioSelect
    )
    free_places = forms.ChoiceField(
        label=_("Are there free places now?"), choices=FreePlaces.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At most 500 characters, nothing about a patient. The office reads it before anybody else does."),
    )
