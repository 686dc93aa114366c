"""What became of a match when the catalogue, the day or the dossier moved on."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseState
from cases.models import Case
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.core.models import JobModel, JobState, RandomKeyModel, known_states
from trials.enums import Availability, ChangeCause, ChangeEffect, MatchOutcome
from trials.models.arm import Arm
from trials.models.match import MatchRun

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class StandingCheck(JobModel, RandomKeyModel):
    """One comparison of every case of interest with the catalogue of one moment.

    ``key`` is the SHA-256 of what the matches depend on beside the dossiers (cohorts, recruitment, engine, day). It is
    empty while the check waits, and after one that met a run under way, so that the next look checks again. ``cases``
    counts what was compared, ``runs`` the match runs that were asked for.
    """

    key = models.CharField(max_length=64, blank=True, editable=False)
    cases = models.PositiveIntegerField(null=True, blank=True, editable=False)
    runs = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta(JobModel.Meta):
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            known_states("standing_check_state_known", JobState),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=JobState.PENDING), name="one_pending_standing_check"
            ),
        ]

    def __str__(self) -> str:
        return f"standing check of {self.created_at:%Y-%m-%d %H:%M}"


class MatchChangeQuerySet(models.QuerySet["MatchChange"]):
    """Changes by who may see them and what they are about."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Changes of lists that ``user`` sees as coordinator or chair; nobody else is told."""
        if not isinstance(user, User) or not user.has_role(Role.COORDINATOR, Role.CHAIR):
            return self.none()
        return self.filter(run__in=MatchRun.objects.visible_to(user))

    def unseen(self) -> Self:
        """Nobody of the board has looked at them."""
        return self.filter(seen_at=None)

    def of_open_cases(self) -> Self:
        """Of cases that are still with the board."""
        return self.filter(case__in=Case.objects.open())

    def of_past_cases(self) -> Self:
        """Of cases that were closed."""
        return self.filter(case__state=CaseState.CLOSED)


class MatchChange(RandomKeyModel):
    """One cohort that came out otherwise for one case than in the list before; ``run`` is the new list.

    ``arm`` is the cohort as it stands now, or as it last stood. Outcome and availability are empty before a cohort
    came into the catalogue and after it left. It tells nobody by itself: a coordinator decides what follows.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="changes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="match_changes")
    arm = models.ForeignKey(Arm, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=12, choices=ChangeCause)
    effect = models.CharField(max_length=16, choices=ChangeEffect)
    outcome_before = models.CharField(max_length=20, choices=MatchOutcome, blank=True)
    outcome_after = models.CharField(max_length=20, choices=MatchOutcome, blank=True)
    availability_before = models.CharField(max_length=24, choices=Availability, blank=True)
    availability_after = models.CharField(max_length=24, choices=Availability, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = MatchChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-noted_at"]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(seen_at=None), name="match_change_unseen"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "arm"], name="one_change_for_each_arm"),
            models.CheckConstraint(name="match_change_cause_known", condition=Q(cause__in=ChangeCause.values)),
            models.CheckConstraint(name="match_change_effect_known", condition=Q(effect__in=ChangeEffect.values)),
            models.CheckConstraint(
                name="match_change_is_one",
                condition=~Q(outcome_before=F("outcome_after")) | ~Q(availability_before=F("availability_after")),
            ),
            models.CheckConstraint(
                name="match_change_seen_by_and_at",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.arm}: {self.get_effect_display()}"
