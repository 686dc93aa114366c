"""The PDF of a signed advice: exactly one, stored once, served from storage ever after."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from boards.models.advice import SignedAdvice
from cases.models import Case
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_once
from iltb.core.models import JobModel, JobState, RandomKeyModel, known_states


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by who may read them."""

    @compiled_once
    def visible_to(self, user: User) -> Self:
        """Letters of cases on which ``user`` may read letters, and the germline results that a letter states."""
        cases = Case.objects.granted(user, "view_letter").with_germline_for(user)
        return self.filter(signed__advice__review__case__in=cases)

    def done(self) -> Self:
        """Rendered and stored."""
        return self.filter(state=JobState.DONE)


class Letter(JobModel, RandomKeyModel):
    """The letter of one signed advice; ``sha256`` is of the file's bytes."""

    signed = models.OneToOneField(SignedAdvice, on_delete=models.PROTECT, related_name="letter")
    path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")

    objects: ClassVar = LetterQuerySet.as_manager()

    class Meta(JobModel.Meta):
        constraints: ClassVar = [
            known_states("letter_state_known", JobState),
            models.CheckConstraint(
                name="finished_letter_has_file",
                condition=~Q(state=JobState.DONE) | (~Q(path="") & ~Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.signed.advice.number} on {self.signed.advice.review.case}"
