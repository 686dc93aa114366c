"""Abstract models: a random key for what a URL can name, a version for what two people may edit, a job's state."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RandomKeyModel(models.Model):
    """A row that a URL can name: its key is random and tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class VersionedModel(models.Model):
    """A row that people edit: ``version`` grows with each save, a stale one is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class JobState(models.TextChoices):
    """Where a job of the machine stands."""

    PENDING = "pending", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


def first_try_at() -> datetime:
    """When the sweep first looks at a new job: 10 s from now, unless the nudge was quicker."""
    return timezone.now() + timedelta(seconds=10)


class JobModel(models.Model):
    """The row is the outbox: what is still to be done is its state.

    ``attempts`` counts started tries, committed before the work; ``next_try_at`` is when the sweep queues it again.
    """

    state = models.CharField(max_length=12, choices=JobState, default=JobState.PENDING, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(default=first_try_at, editable=False)
    failure = models.CharField(max_length=120, blank=True, editable=False, help_text=_("Class of the last error."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=Q(state="pending"), name="%(class)s_pending"),
        ]


def known_states(name: str, states: type[models.TextChoices]) -> models.CheckConstraint:
    """A constraint that the column ``state`` holds one of ``states``."""
    return models.CheckConstraint(name=name, condition=Q(state__in=[state.value for state in states]))
