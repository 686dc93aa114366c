"""The advice, and what became of it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils import text
from django.utils.translation import gettext as _

from boards.enums import Followed, PatientStatus, ReasonNotFollowed
from boards.forms.base import VersionField, without_version
from boards.models import Advice, FollowUp
from boards.services.advising import ADVICE_FIELDS
from boards.services.following_up import ANSWER_FIELDS


def _verbose(name: str) -> Any:
    """The column's name as a label; late, since the language is known only when the form is shown."""
    return text.capfirst(getattr(FollowUp._meta.get_field(name), "verbose_name"))  # noqa: B009 -- relations have none


class AdviceForm(forms.ModelForm[Advice]):
    """The texts of the letter; the options come from the tally."""

    required_to_submit = frozenset({"summary", "first_step"})

    version = VersionField()

    class Meta:
        model = Advice
        fields = ADVICE_FIELDS
        widgets: ClassVar[Mapping[str, forms.Widget]] = {
            "summary": forms.Textarea(attrs={"rows": 5}),
            "cautions": forms.Textarea(attrs={"rows": 3}),
            "diagnostics": forms.Textarea(attrs={"rows": 3}),
            "discordance": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, is_for_chair: bool = False, **kwargs: Any) -> None:
        """A draft may have gaps; what goes to the chair may not."""
        super().__init__(*args, **kwargs)
        if is_for_chair:
            for name in self.required_to_submit:
                self.fields[name].required = True

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return without_version(self.cleaned_data)


class FollowUpForm(forms.ModelForm[FollowUp]):
    """Sixty seconds: two questions to everybody, the rest only where it applies."""

    followed = forms.ChoiceField(
        label=_verbose("followed"),
        choices=Followed.choices,
        widget=forms.RadioSelect,
    )
    option_chosen = forms.TypedChoiceField(
        label=_verbose("option_chosen"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    reasons_not_followed = forms.MultipleChoiceField(
        label=_verbose("reasons_not_followed"),
        choices=ReasonNotFollowed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    patient_status = forms.ChoiceField(
        label=_verbose("patient_status"),
        choices=PatientStatus.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = FollowUp
        fields = ANSWER_FIELDS
        widgets: ClassVar[Mapping[str, forms.Widget]] = {"comment": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, options: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        """``options`` are the advised ones as the letter numbers them."""
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["option_chosen"])
        field.choices = [("", _("Choose …")), *((rank, f"{rank}. {title}") for rank, title in options)]
