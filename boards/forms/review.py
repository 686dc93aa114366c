"""Seats, schedule, interests, assessment."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.enums import InterestLevel
from boards.forms.base import VersionField, without_version
from boards.models import Assessment
from boards.queries.panel import ExpertChoice
from boards.services.assessing import ASSESSMENT_FIELDS
from iltb.accounts.enums import Expertise


class ExpertSelect(forms.Select):
    """A select in which the barred experts are greyed out."""

    barred: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Disable what cannot be chosen; the service refuses it all the same."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.barred:
            option["attrs"]["disabled"] = True
        return option


class SeatForm(forms.Form):
    """Ask one more expert."""

    user = forms.ChoiceField(label=gettext_lazy("Expert"), widget=ExpertSelect)
    expertise = forms.ChoiceField(
        label=gettext_lazy("Asked for"),
        choices=[("", gettext_lazy("Choose …")), *Expertise.choices],
    )

    def __init__(self, *args: Any, experts: Iterable[ExpertChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(experts)
        field = cast("forms.ChoiceField", self.fields["user"])
        field.choices = [("", _("Choose …")), *((person.pk, str(person)) for person in people)]
        field.widget.barred = frozenset(person.pk for person in people if person.is_of_own_hospital)


class ScheduleForm(forms.Form):
    """Put the review on a meeting, or let the panel work without one."""

    meeting = forms.ChoiceField(label=gettext_lazy("Discussed"), required=False)

    def __init__(self, *args: Any, meetings: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["meeting"])
        field.choices = [("", _("without a meeting")), *meetings]


class DeclareForm(forms.Form):
    """Interests, before the content opens."""

    interest_level = forms.ChoiceField(
        label=gettext_lazy("Do you have an interest in this case?"),
        choices=InterestLevel.choices,
        widget=forms.RadioSelect,
    )
    interest_text = forms.CharField(
        label=gettext_lazy("Which drug, company or trial"),
        help_text=gettext_lazy("Needed for a financial interest or an investigator. The panel and the letter show it."),
        max_length=500,
        required=False,
    )


class AssessForm(forms.ModelForm[Assessment]):
    """One's own blind assessment; what is asked for depends on whether one can assess at all."""

    required_to_submit = frozenset({"findings", "options", "confidence"})

    confidence = forms.TypedChoiceField(
        label=gettext_lazy("How confident are you?"),
        choices=[
            (1, gettext_lazy("1 – low")),
            (2, "2"),
            (3, "3"),
            (4, "4"),
            (5, gettext_lazy("5 – high")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    version = VersionField()

    class Meta:
        model = Assessment
        fields = ASSESSMENT_FIELDS
        widgets: ClassVar[Mapping[str, forms.Widget]] = {
            "findings": forms.Textarea(attrs={"rows": 5}),
            "options": forms.Textarea(attrs={"rows": 5}),
            "data_gaps": forms.Textarea(attrs={"rows": 2}),
        }

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return without_version(self.cleaned_data)
