"""Cohorts: what a patient enters, each with its own criteria and recruitment."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iltb.core.models import RandomKeyModel
from trials.enums import TrialStatus
from trials.models.trial import TrialVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from iltb.accounts.models import User


# What changes at once, and passes on to the cohort of the same key in the next version.
RECRUITMENT = ("status", "status_note", "status_as_of", "last_checked_on", "slots")


class ArmQuerySet(models.QuerySet["Arm"]):
    """Arms by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Arms of versions that ``user`` may see."""
        return self.filter(version__in=TrialVersion.objects.visible_to(user))

    def current(self) -> Self:
        """Arms of the newest published version of each trial."""
        return self.filter(version__in=TrialVersion.objects.current())


class Arm(RandomKeyModel):
    """A cohort. ``criteria`` is a tree as ``trials.matching.criteria`` reads it.

    ``status`` is empty for a cohort that recruits as its trial does. ``slots`` are free places as last told, empty for
    not known. ``last_checked_on`` is the day on which somebody learnt about this cohort alone, empty where only the
    trial was looked at. ``position`` keeps the protocol's order. A draft's cohort without criteria yet has an empty
    document.
    """

    version = models.ForeignKey(TrialVersion, on_delete=models.CASCADE, related_name="arms")
    key = models.SlugField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    criteria = models.JSONField(default=dict, blank=True)
    status = models.CharField(_("recruitment"), max_length=24, choices=TrialStatus, blank=True)
    status_note = models.CharField(max_length=200, blank=True, help_text=_("In the words of the source."))
    status_as_of = models.DateField(null=True, blank=True)
    last_checked_on = models.DateField(null=True, blank=True)
    slots = models.PositiveSmallIntegerField(_("free places"), null=True, blank=True)

    objects: ClassVar = ArmQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="arm_key_once"),
            models.CheckConstraint(name="arm_status_known", condition=Q(status__in=["", *TrialStatus.values])),
        ]

    def __str__(self) -> str:
        return self.title
