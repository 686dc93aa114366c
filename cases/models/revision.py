"""The frozen dossier that everything points at."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from cases.models.case import Case
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import RandomKeyModel


class RevisionQuerySet(models.QuerySet["CaseRevision"]):
    """Revisions by who may read them."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """Revisions of cases that ``user`` may open; those not released only for the centre and who triages."""
        cases = Case.objects.visible_to(user)
        inner = Case.objects.granted(user, "triage_case") | Case.objects.granted(user, "edit_case")
        return self.filter(Q(case__in=cases, released_at__isnull=False) | Q(case__in=inner))

    def newest(self) -> Self:
        """The last of these revisions for each case."""
        last = (
            CaseRevision.objects.filter(pk__in=self.values("pk"), case=OuterRef("case"))
            .values("case")
            .annotate(last=Max("number"))
            .values("last")
        )
        return self.annotate(_last=Subquery(last)).filter(number=F("_last"))


class CaseRevision(RandomKeyModel):
    """What the physician stated, frozen: canonical JSON and its SHA-256.

    A database trigger refuses every change but the release (``released_at``, ``released_by``), once.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = RevisionQuerySet.as_manager()

    app_privileges: ClassVar = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="revision_number_once"),
            models.CheckConstraint(name="revision_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.case} revision {self.number}"


class StandingDossier(models.Model):
    """What the tables of a case said at ``version``, so that pages need not gather thirty tables.

    Never the truth: what is frozen is gathered anew.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="standing_dossier")
    version = models.PositiveIntegerField()
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.case_id} at {self.version}"
