"""Who may open a case: grants, and the two things that override them."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from iltb.accounts.models import User


class CaseUserPermission(UserObjectPermissionBase):
    """A grant on one case to one person (an expert on a seat)."""

    content_object = models.ForeignKey("cases.Case", on_delete=models.CASCADE)


class CaseGroupPermission(GroupObjectPermissionBase):
    """A grant on one case to a group (the centre's team, the coordinators, the chairs)."""

    content_object = models.ForeignKey("cases.Case", on_delete=models.CASCADE)


class Recusal(models.Model):
    """A person who must not see a case. It wins over every grant until it is lifted."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recusals")
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(lifted_at=None), name="one_open_recusal"),
        ]

    def __str__(self) -> str:
        return f"{self.user} recused from {self.case}"


class EmergencyAccess(models.Model):
    """Time-limited access of an operator, at most 60 minutes, with a written reason of 20 characters or more."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="emergency_accesses")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="emergency_accesses")
    reason = models.TextField(max_length=500)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="emergency_at_most_60_minutes",
                condition=Q(ends_at__lte=F("starts_at") + timedelta(minutes=60)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.case} until {self.ends_at:%H:%M}"
