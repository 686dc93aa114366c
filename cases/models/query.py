"""The board asks the physician for data."""

from typing import ClassVar, Self

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import QueryState
from cases.models.case import Case
from iltb.accounts.models import User
from iltb.core.models import RandomKeyModel, known_states


class QueryQuerySet(models.QuerySet["Query"]):
    """Queries by where they stand; who may open a case reads those on it."""

    def open(self) -> Self:
        """Not yet answered."""
        return self.filter(state=QueryState.OPEN)


class Query(RandomKeyModel):
    """One question to the physician and its answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="queries")
    state = models.CharField(max_length=10, choices=QueryState, default=QueryState.OPEN, editable=False)
    text = models.TextField(_("question"), max_length=1500, validators=[MinLengthValidator(10)])
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), max_length=1500, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = QueryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at"]
        constraints: ClassVar = [
            known_states("query_state_known", QueryState),
            models.CheckConstraint(
                name="query_answered_has_answer",
                condition=~Q(state=QueryState.ANSWERED) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"query on {self.case}"
