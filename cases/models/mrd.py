"""Minimal residual disease."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import BlockStatus, Comparator, MeasuredAfter, MrdMethod, MrdTissue, YesNoUnknown
from cases.models.case import Case
from cases.models.fields import (
    LAST_DAY,
    choice_field,
    comparator_field,
    day_field,
    decimal_field,
    known,
    known_or_empty,
    ranges,
    rule,
    tri_field,
    whole_field,
)

LOWEST_LIMIT, HIGHEST_LIMIT = Decimal("0.0000001"), Decimal("0.01")


class MrdMeasurement(models.Model):
    """One measurement of residual disease.

    ``mrd_fraction`` and ``detection_limit`` are fractions of cells, 0 to 1 (0.0001 is 10⁻⁴ or 0.01 %). "Not detected"
    is ``comparator`` "<" with the limit; "positive, not quantifiable" has no fraction and ``quantifiable`` "no".
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="mrd")
    is_current = models.BooleanField(
        _("the current value"),
        default=False,
        help_text=_("The one that the question is about; one at most for each method and tissue."),
    )
    status = choice_field(
        _("state"),
        BlockStatus,
        _("“Not done” and “pending” are answers."),
        default=BlockStatus.DONE,
    )
    method = choice_field(_("method"), MrdMethod, _("How it was measured."))
    tissue = choice_field(_("material"), MrdTissue, _("What it was measured in."))
    comparator = comparator_field(_("meant as"))
    mrd_fraction = decimal_field(
        _("residual disease, fraction"),
        _("A fraction of cells: 0.0001 is 10⁻⁴ or 0.01 %."),
        0,
        1,
        places=9,
    )
    detection_limit = decimal_field(
        _("limit of detection, fraction"),
        _("A fraction from 0.0000001 (10⁻⁷) to 0.01."),
        0,
        1,
        places=9,
    )
    quantifiable = tri_field(_("quantifiable"), _("“No” for positive below the quantifiable range."))
    cells_measured = whole_field(_("cells measured"), _("Number of cells, for flow cytometry."), 0, 100_000_000)
    measured_on_day = day_field(_("measured on day"))
    after = choice_field(_("measured after"), MeasuredAfter, _("What it followed, where that matters."))
    after_number = whole_field(
        _("number of that line, transplant or cell therapy"),
        _("1 to 15, as numbered in this dossier."),
        1,
        15,
    )

    class Meta:
        ordering: ClassVar = ["measured_on_day", "pk"]
        constraints: ClassVar = [
            *ranges(
                "mrd",
                mrd_fraction=(0, 1),
                detection_limit=(LOWEST_LIMIT, HIGHEST_LIMIT),
                cells_measured=(0, 100_000_000),
                measured_on_day=(0, LAST_DAY),
                after_number=(1, 15),
            ),
            *known("mrd", status=BlockStatus, comparator=Comparator),
            *known_or_empty("mrd", method=MrdMethod, tissue=MrdTissue, quantifiable=YesNoUnknown, after=MeasuredAfter),
            rule(
                "mrd_after_what_and_which",
                Q(after="", after_number__isnull=True) | (~Q(after="") & Q(after_number__isnull=False)),
                "after_number",
                _("Say both: after what, and its number."),
            ),
            rule(
                "mrd_value_only_when_done",
                Q(status=BlockStatus.DONE) | Q(mrd_fraction__isnull=True),
                "mrd_fraction",
                _("A value belongs to a measurement that is done."),
            ),
            models.UniqueConstraint(
                name="mrd_one_current_for_each_method",
                fields=["case", "method", "tissue"],
                condition=Q(is_current=True),
                violation_error_code="is_current",
                violation_error_message=_("Another measurement by this method in this material is the current one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.comparator} {self.mrd_fraction}"
