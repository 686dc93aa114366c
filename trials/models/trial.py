"""The catalogue: trials, their immutable versions, cohorts and sites."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.core.models import RandomKeyModel, VersionedModel, known_states
from trials.enums import RecruitmentStatus, Verification, VersionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class TrialQuerySet(models.QuerySet["Trial"]):
    """Trials by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Published trials for every member of the portal; drafts for coordinators alone."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.has_role(Role.COORDINATOR):
            return self
        return self.filter(versions__state=VersionState.PUBLISHED).distinct()


class Trial(RandomKeyModel, VersionedModel):
    """One trial with its register numbers; ``key`` is the stable name in the catalogue files."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=100)
    nct_id = models.CharField("NCT", max_length=11, blank=True)
    eu_ct_number = models.CharField("EU CT", max_length=20, blank=True)
    eudract_number = models.CharField("EudraCT", max_length=20, blank=True)
    other_id = models.CharField(_("other register number"), max_length=60, blank=True)

    objects: ClassVar = TrialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["short_title"]

    def __str__(self) -> str:
        return self.short_title


class TrialVersion(RandomKeyModel):
    """What was known of a trial at one time. A trigger refuses every change once it is published."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False)
    sponsor = models.CharField(max_length=200, blank=True)
    phase = models.CharField(max_length=20, blank=True)
    agents = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    source = models.CharField(max_length=500, help_text=_("Where it was read."))
    verification = models.CharField(max_length=12, choices=Verification)
    last_checked_on = models.DateField(null=True, blank=True)
    notes = models.TextField(max_length=3000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Of the catalogue file this version was read from.")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            known_states("trial_version_state_known", VersionState),
            models.UniqueConstraint(fields=["trial", "number"], name="trial_version_number_once"),
            models.CheckConstraint(
                name="published_version_has_time",
                condition=Q(state=VersionState.DRAFT) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial} version {self.number}"


class Arm(RandomKeyModel):
    """A cohort with a status of its own; ``criteria`` is a tree as ``trials.matching.criteria`` reads it."""

    version = models.ForeignKey(TrialVersion, on_delete=models.CASCADE, related_name="arms")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    criteria = models.JSONField()
    status = models.CharField(max_length=24, choices=RecruitmentStatus, default=RecruitmentStatus.UNKNOWN)
    status_as_of = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "code"], name="arm_code_once")]

    def __str__(self) -> str:
        return self.title


class Site(RandomKeyModel):
    """A country (and, where known, a place) in which a trial can be entered."""

    version = models.ForeignKey(TrialVersion, on_delete=models.CASCADE, related_name="sites")
    country_code = models.CharField(max_length=2)
    name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=24, choices=RecruitmentStatus, default=RecruitmentStatus.UNKNOWN)

    class Meta:
        ordering: ClassVar = ["country_code", "name"]

    def __str__(self) -> str:
        return f"{self.country_code} {self.name}".strip()
