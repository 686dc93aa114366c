"""How one frozen revision matches the catalogue of one moment."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseRevision
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import JobModel, JobState, RandomKeyModel, known_states
from trials.enums import Availability, MatchOutcome
from trials.models.arm import Arm

MAY_HOLD_GERMLINE = ("1",)  # engines whose explanations may name an inherited variant


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    """Match runs by who may see them."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """Runs of visible revisions: for the board at once, for the physician when a coordinator released them.

        What engine 1 wrote may name a germline finding as evidence: such a run is for who may read those.
        """
        of_board = Q(revision__case__in=Case.objects.granted(user, "view_matches"))
        released = Q(released_at__isnull=False, revision__case__in=Case.objects.visible_to(user))
        free_of_germline = ~Q(engine__in=MAY_HOLD_GERMLINE)
        may_read_germline = Q(revision__case__in=Case.objects.with_germline_for(user))
        return self.filter(
            of_board | released,
            free_of_germline | may_read_germline,
            revision__in=CaseRevision.objects.visible_to(user),
        )

    def newest(self) -> Self:
        """The last of all runs on each revision."""
        newer = MatchRun.objects.filter(revision=OuterRef("revision"), created_at__gt=OuterRef("created_at"))
        return self.filter(~Exists(newer))


class MatchRun(JobModel, RandomKeyModel):
    """One run of one revision against one catalogue on one day.

    ``catalogue`` and ``engine`` say what it was computed with; with the revision they give the same result again.
    ``valid_until`` is the day from which an age border may change an outcome.
    """

    revision = models.ForeignKey(CaseRevision, on_delete=models.PROTECT, related_name="match_runs")
    catalogue = models.CharField(max_length=64, blank=True, editable=False)
    engine = models.CharField(max_length=20, blank=True, editable=False)
    evaluated_on = models.DateField(null=True, blank=True, editable=False)
    valid_until = models.DateField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = MatchRunQuerySet.as_manager()

    class Meta(JobModel.Meta):
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            known_states("match_run_state_known", JobState),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(state=JobState.PENDING), name="one_pending_run_for_each_revision"
            ),
            models.CheckConstraint(
                name="done_run_names_catalogue",
                condition=~Q(state=JobState.DONE) | (~Q(catalogue="") & Q(evaluated_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"match run on {self.revision}"

    def stands_on(self, day: date, *, engine: str) -> bool:
        """Whether ``engine`` would answer the same on ``day``: neither the rules nor an age or wash-out moved on."""
        return self.engine == engine and (self.valid_until is None or day < self.valid_until)


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches by who may see them."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """Matches of runs that ``user`` may see."""
        return self.filter(run__in=MatchRun.objects.visible_to(user))


class Match(RandomKeyModel):
    """One cohort against one revision.

    ``outcome`` speaks of criteria only, ``availability`` of recruitment on the day of the run. ``explanation`` lists
    each criterion with verdict, fact used or reason, and source sentence. ``order`` is the visible vector behind
    ``rank``, which counts from 1. ``carried_from`` is the earlier run that evaluated the criteria, empty where this run
    did: nothing in cohort, dossier, engine or calendar had changed since.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="matches")
    arm = models.ForeignKey(Arm, on_delete=models.PROTECT, related_name="matches")
    rank = models.PositiveIntegerField()
    outcome = models.CharField(_("outcome"), max_length=20, choices=MatchOutcome)
    availability = models.CharField(_("availability"), max_length=24, choices=Availability)
    explanation = models.JSONField()
    order = models.JSONField()
    carried_from = models.ForeignKey(
        MatchRun, on_delete=models.RESTRICT, null=True, blank=True, editable=False, related_name="+"
    )

    objects: ClassVar = MatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "arm"], name="one_match_for_each_arm"),
            models.UniqueConstraint(fields=["run", "rank"], name="one_match_for_each_rank"),
            models.CheckConstraint(name="match_outcome_known", condition=Q(outcome__in=MatchOutcome.values)),
            models.CheckConstraint(name="match_availability_known", condition=Q(availability__in=Availability.values)),
        ]

    def __str__(self) -> str:
        return f"{self.arm}: {self.get_outcome_display()}"
