"""Options and votes."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.enums import OptionType, Position
from boards.forms.base import VersionField, without_version
from boards.models import Option
from boards.services.assessing import OPTION_FIELDS
from trials.models import Arm

SCALE = (
    Position.STRONGLY_AGAINST,
    Position.AGAINST,
    Position.NEUTRAL,
    Position.FOR,
    Position.STRONGLY_FOR,
)


class ArmField(forms.ModelChoiceField[Arm]):
    """A cohort, named by its trial."""

    def label_from_instance(self, arm: Arm) -> str:
        """Trial and cohort."""
        return f"{arm.version.trial.title}: {arm.title}"


class OptionForm(forms.ModelForm[Option]):
    """An option as the panel will vote on it."""

    arm = ArmField(
        label=gettext_lazy("Cohort of the trial"),
        queryset=Arm.objects.none(),
        required=False,
        help_text=gettext_lazy("Only for a clinical trial; from the cohorts that were compared with this case."),
    )
    version = VersionField()

    class Meta:
        model = Option
        fields = OPTION_FIELDS
        widgets: ClassVar[Mapping[str, forms.Widget]] = {
            "direction": forms.RadioSelect(),
            "strength": forms.RadioSelect(),
            "rationale": forms.Textarea(attrs={"rows": 5}),
            "cautions": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, arms: QuerySet[Arm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Arm]", self.fields["arm"])
        field.queryset = arms

    def clean(self) -> dict[str, Any]:
        """A cohort belongs to a trial alone."""
        cleaned = super().clean() or {}
        if cleaned.get("arm") and cleaned.get("type") != OptionType.CLINICAL_TRIAL:
            self.add_error("arm", _("Choose a cohort only when the kind is “clinical trial”."))
            # The row would say the same once more, in the words of the database.
            self.instance.type = OptionType.CLINICAL_TRIAL
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return without_version(self.cleaned_data)


class VoteForm(forms.Form):
    """One position on one option; nothing is preselected."""

    position = forms.ChoiceField(
        label=gettext_lazy("Your position"),
        choices=[(position.value, position.label) for position in (*SCALE, Position.ABSTAIN)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a position, or abstain.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Shown to the panel with your vote once the voting is closed."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
