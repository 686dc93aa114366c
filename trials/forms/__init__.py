"""Forms of the catalogue's curation."""

from trials.forms.criteria import CohortForm, DocumentForm, LineForm, SheetForm
from trials.forms.description import DescriptionForm, EnterTrialForm, add_refusal
from trials.forms.recruitment import RecruitmentForm

__all__ = (
    "CohortForm",
    "DescriptionForm",
    "DocumentForm",
    "EnterTrialForm",
    "LineForm",
    "RecruitmentForm",
    "SheetForm",
    "add_refusal",
)
