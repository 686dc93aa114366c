"""What can be reached: trials, drugs, travel, donors, money, language."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import DonorStatus, DrugAccessWay, Funding, Travel, TrialOutcome
from cases.models.case import Case
from cases.models.condition import NamedDrug
from cases.models.fields import choice_field, known, known_or_empty, once, required_choice, states_something, text_field


class AccessNeeds(models.Model):
    """What the family and the centre can do; ``no_trials_considered`` says that the list of trials is empty."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="access_needs")
    no_trials_considered = models.BooleanField(
        _("no trial was considered yet"),
        default=False,
        help_text=_("Tick when there is no trial to list."),
    )
    willing_to_travel = choice_field(_("willing to travel"), Travel, _("How far the family would go."))
    donor_status = choice_field(_("donor"), DonorStatus, _("For a transplant."))
    funding_cross_border = choice_field(_("treatment abroad is paid"), Funding, _("As far as it is known."))
    family_language = models.CharField(
        _("language of the family"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[a-z]{2}$", _("A language code has two small letters, e.g. “pl”."))],
        help_text=_("ISO 639-1, e.g. pl. Some trials abroad need it."),
    )

    class Meta:
        constraints: ClassVar = [
            *known_or_empty(
                "access",
                willing_to_travel=Travel,
                donor_status=DonorStatus,
                funding_cross_border=Funding,
            ),
            models.CheckConstraint(
                name="access_language_is_code",
                condition=models.Q(family_language__regex=r"^([a-z]{2})?$"),
            ),
        ]

    def __str__(self) -> str:
        return f"access of {self.case}"


class TrialConsidered(models.Model):
    """A trial that was thought of, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="trials_considered")
    trial = models.CharField(_("trial"), max_length=120, help_text=_("Number or name, e.g. NCT05476770."))
    outcome = required_choice(_("outcome"), TrialOutcome, _("What came of it."))
    reason = text_field(_("reason"), _("At most 200 characters."), 200)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *known("trial_considered", outcome=TrialOutcome),
            once("trial_considered_once", "case", "trial", _("This trial stands here twice.")),
            states_something("trial_considered_names_a_trial", "trial"),
        ]

    def __str__(self) -> str:
        return self.trial


class DrugAccess(NamedDrug):
    """How a drug can be reached at this centre."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drug_access")
    access = required_choice(_("access"), DrugAccessWay, _("Here and now."))

    class Meta(NamedDrug.Meta):
        constraints: ClassVar = [
            *known("drug_access", access=DrugAccessWay),
            once("drug_access_once", "case", "name", _("This drug stands here twice.")),
            states_something("drug_access_names_a_drug", "name"),
        ]
