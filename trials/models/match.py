"""How one frozen revision matches the catalogue of one moment."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseRevision
from iltb.core.models import JobModel, JobState, RandomKeyModel, known_states
from trials.enums import Outcome
from trials.models.trial import Arm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from iltb.accounts.models import User


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    """Match runs by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Runs on released revisions of cases whose matches ``user`` may see."""
        return self.filter(
            revision__in=CaseRevision.objects.visible_to(user),
            revision__case__in=Case.objects.granted(user, "view_matches"),
        )


class MatchRun(JobModel, RandomKeyModel):
    """One run of one revision against one catalogue."""

    revision = models.ForeignKey(CaseRevision, on_delete=models.CASCADE, related_name="match_runs")
    catalogue = models.CharField(max_length=64, blank=True, help_text=_("Fingerprint of the catalogue used."))
    engine = models.CharField(max_length=20, blank=True)
    evaluated_on = models.DateField(null=True, blank=True)

    objects: ClassVar = MatchRunQuerySet.as_manager()

    class Meta(JobModel.Meta):
        constraints: ClassVar = [known_states("match_run_state_known", JobState)]

    def __str__(self) -> str:
        return f"match run on {self.revision}"


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Matches of runs that ``user`` may see."""
        return self.filter(run__in=MatchRun.objects.visible_to(user))


class Match(RandomKeyModel):
    """One cohort against one revision: outcome, availability, and a verdict for each criterion.

    ``explanation`` is a list of criteria with verdict met / not_met / unknown, the fact used or missing, and the
    source sentence. ``order`` is the visible vector by which the list is sorted.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="matches")
    arm = models.ForeignKey(Arm, on_delete=models.PROTECT, related_name="matches")
    outcome = models.CharField(max_length=20, choices=Outcome)
    explanation = models.JSONField()
    order = ArrayField(models.CharField(max_length=60), default=list)

    objects: ClassVar = MatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "arm"], name="one_match_for_each_arm")]

    def __str__(self) -> str:
        return f"{self.arm}: {self.get_outcome_display()}"
