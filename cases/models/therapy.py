"""Treatment lines already given."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import BestResponse, LineSetting, StopReason
from cases.models.case import Case
from iltb.terminology.models import Concept


class TherapyLine(models.Model):
    """A systemic plan begun because of diagnosis, refractoriness, relapse or a planned switch.

    Days count from the first diagnosis (day 0), 0 to 9,125. The number of lines is not the number of relapses.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="therapy_lines")
    line_number = models.PositiveSmallIntegerField(_("line"), validators=[MaxValueValidator(15)])
    setting = models.CharField(_("setting"), max_length=20, choices=LineSetting)
    regimen_name = models.CharField(_("regimen"), max_length=200, help_text=_("e.g. FLA-GO, IntReALL HR"))
    start_on_day = models.PositiveSmallIntegerField(
        _("begun on day"),
        validators=[MaxValueValidator(9125)],
        help_text=_("Days since the first diagnosis."),
    )
    stop_on_day = models.PositiveSmallIntegerField(
        _("ended on day"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(9125)],
        help_text=_("Leave empty when it goes on."),
    )
    stop_reason = models.CharField(_("why it ended"), max_length=20, choices=StopReason)
    best_response = models.CharField(_("best response"), max_length=20, choices=BestResponse)

    class Meta:
        ordering: ClassVar = ["line_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "line_number"], name="line_number_once"),
            models.CheckConstraint(name="line_number_range", condition=Q(line_number__range=(1, 15))),
            models.CheckConstraint(
                name="line_ends_after_it_begins",
                condition=Q(stop_on_day__isnull=True) | Q(stop_on_day__gte=F("start_on_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_number}. {self.regimen_name}"


class TherapyDrug(models.Model):
    """A drug of a line, as written; ``concept`` is set where the name is known."""

    line = models.ForeignKey(TherapyLine, on_delete=models.CASCADE, related_name="drugs")
    name = models.CharField(_("drug"), max_length=80)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "name"], name="drug_once_for_each_line")]

    def __str__(self) -> str:
        return self.name
