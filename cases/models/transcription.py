"""Who typed a section from a report, and whether the physician looked at it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.specimen import Specimen
from iltb.accounts.models import User


class Transcription(models.Model):
    """A section, or one specimen, that was typed from a report by somebody who is not its physician.

    Unconfirmed until the physician says that it is right. Readers of a dossier see that, never the names.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transcriptions")
    section = models.CharField(_("section"), max_length=20, help_text=_("Which part of the dossier."))
    specimen = models.ForeignKey(
        Specimen,
        verbose_name=_("specimen"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="transcriptions",
        help_text=_("Which specimen, where it is one."),
    )
    transcribed_by = models.ForeignKey(
        User,
        verbose_name=_("typed by"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who typed it from the report."),
    )
    transcribed_at = models.DateTimeField(_("typed at"), default=timezone.now, help_text=_("When."))
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The physician who compared it with the report."),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, help_text=_("When."))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "section", "specimen"],
                nulls_distinct=False,
                name="transcription_once_for_each_part",
            ),
            models.CheckConstraint(
                name="transcription_confirmed_by_and_at",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.case}"
