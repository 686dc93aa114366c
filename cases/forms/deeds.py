"""The short forms: begin a case, answer, ask, decline, withdraw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import NotEligibleReason
from cases.forms.base import DossierForm
from iltb.accounts.enums import Role
from iltb.accounts.models import Centre, User


class AcceptForm(DossierForm):
    """The number of the revision that the coordinator has read."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NewCaseForm(DossierForm):
    """For which hospital team the case is begun; asked only of somebody who belongs to several."""

    centre = forms.ModelChoiceField(
        queryset=Centre.objects.none(),
        label=_("Hospital team"),
        help_text=_("The team that treats the patient. All of its physicians on the portal can open the case."),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, user: User, data: Any = None) -> None:
        """Offer the teams in which ``user`` is a treating physician."""
        super().__init__(data)
        field: Any = self.fields["centre"]
        mine = {"memberships__user": user, "memberships__role": Role.REFERRING_PHYSICIAN}
        field.queryset = self.centres = Centre.objects.filter(**mine).order_by("name")


class AnswerForm(DossierForm):
    """The physician's answer to the board's question."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Up to 1,500 characters. No names, no dates, no hospital."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class QueryForm(DossierForm):
    """A question to the physician."""

    text = forms.CharField(
        label=_("Your question to the physician"),
        help_text=_("10 to 1,500 characters; number several questions. The clock of the board stops until the answer."),
        min_length=10,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeclineForm(DossierForm):
    """Why the board cannot take the case, and a courteous note."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose")), *NotEligibleReason.choices],
    )
    note = forms.CharField(
        label=_("Note to the physician"),
        help_text=_("10 to 1,500 characters. The physician reads it as you write it."),
        min_length=10,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(DossierForm):
    """Why a case ends."""

    reason = forms.ChoiceField(
        label=_("Why do you withdraw the case?"),
        choices=(
            ("consent_withdrawn", _("Consent was withdrawn")),
            ("patient_died", _("The patient has died")),
            ("settled", _("The question is settled")),
            ("entered_in_error", _("It was begun by mistake")),
            ("other", _("Another reason")),
        ),
        widget=forms.RadioSelect,
    )
