"""Two trails: deeds (chained) and openings (not chained). Neither holds clinical text."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One deed, written in the deed's own transaction.

    ``sequence``, ``previous_hash`` and ``hash`` (SHA-256, hex) are filled by a deferred database trigger at
    commit; a second trigger refuses every other UPDATE and every DELETE. The actor is kept by key and name, without
    a foreign key, so that an entry outlives an account.
    """

    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=120)
    actor_key = models.CharField(max_length=60, blank=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=40, blank=True)
    state_before = models.CharField(max_length=30, blank=True)
    state_after = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="A code, never free text.")
    data = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True, unique=True, editable=False)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, blank=True, editable=False)

    app_privileges: ClassVar = ("SELECT", "INSERT")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_key"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}"


class ReadEvent(models.Model):
    """A dossier or file opened, or a deed refused. Not chained."""

    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=120, blank=True)
    actor_key = models.CharField(max_length=60, blank=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=20, default="opened")

    app_privileges: ClassVar = ("SELECT", "INSERT")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_key"], name="read_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label} {self.outcome}"
