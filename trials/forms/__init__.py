"""Forms of the catalogue's curation."""

from trials.forms.criteria import CohortForm, DocumentForm, SheetForm
from trials.forms.description import DescriptionForm, EnterTrialForm, add_refusal
from trials.forms.recruitment import RecruitmentForm

__all__ = (
    "CohortForm",
    "DescriptionForm",
    "DocumentForm",
    "EnterTrialForm",
    "RecruitmentForm",
    "SheetForm",
    "add_refusal",
)
