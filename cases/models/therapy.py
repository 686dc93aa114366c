"""Treatment lines already given."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import BestResponse, DrugRoute, LineSetting, StopReason, YesNoUnknown
from cases.models.case import Case
from cases.models.fields import (
    LAST_DAY,
    choice_field,
    day_field,
    decimal_field,
    known,
    known_or_empty,
    once,
    ranges,
    rule,
    states_something,
    text_field,
    tri_field,
    whole_field,
)
from iltb.terminology.models import Concept


class TherapyLine(models.Model):
    """A systemic plan begun because of diagnosis, refractoriness, relapse or a planned switch.

    Days count from the first diagnosis (day 0), 0 to 9,125. The number of lines is not the number of relapses.
    ``trial_id`` is an NCT or EU CT number, or "none" when the line was no trial.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="therapy_lines")
    line_number = models.PositiveSmallIntegerField(
        _("line"),
        validators=[MaxValueValidator(15)],
        help_text=_("1 to 15, in the order given."),
    )
    setting = models.CharField(
        _("setting"),
        max_length=20,
        choices=LineSetting,
        help_text=_("First line, salvage, or a phase between."),
    )
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
    stop_reason = models.CharField(
        _("why it ended"),
        max_length=20,
        choices=StopReason,
        help_text=_("“Ongoing” is an answer."),
    )
    best_response = models.CharField(
        _("best response"),
        max_length=20,
        choices=BestResponse,
        help_text=_("The best that was reached during this line."),
    )
    response_duration_days = whole_field(
        _("how long the response lasted, days"),
        _("0 to 6,000 days."),
        0,
        6000,
    )
    trial_id = models.CharField(
        _("given in the trial"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(
                r"^(NCT\d{8}|\d{4}-\d{6}-\d{2}(-\d{2})?|none)$",
                _("A trial number looks like NCT05476770 or 2023-505828-58; write “none” for no trial."),
            ),
        ],
        help_text=_("NCT or EU CT number; “none” for no trial."),
    )

    class Meta:
        ordering: ClassVar = ["line_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "line_number"], name="line_number_once"),
            models.CheckConstraint(name="line_number_range", condition=Q(line_number__range=(1, 15))),
            rule(
                "line_ends_after_it_begins",
                Q(stop_on_day__isnull=True) | Q(stop_on_day__gte=F("start_on_day")),
                "stop_on_day",
                _("A line ends after it begins."),
            ),
            *ranges(
                "line",
                start_on_day=(0, LAST_DAY),
                stop_on_day=(0, LAST_DAY),
                response_duration_days=(0, 6000),
            ),
            *known("line", setting=LineSetting, stop_reason=StopReason, best_response=BestResponse),
        ]

    def __str__(self) -> str:
        return f"{self.line_number}. {self.regimen_name}"


class TherapyDrug(models.Model):
    """A drug of a line, as written; ``concept`` is set where the name is known.

    A cumulative dose is the drug's own, in mg/m²; no equivalent is ever computed, and one that is stated names its
    table.
    """

    line = models.ForeignKey(TherapyLine, on_delete=models.CASCADE, related_name="drugs")
    name = models.CharField(_("drug"), max_length=80, help_text=_("INN, e.g. nelarabine."))
    concept = models.ForeignKey(
        Concept,
        verbose_name=_("drug in the vocabulary"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Set where the name is known."),
    )
    route = choice_field(_("route"), DrugRoute, _("How it was given."))
    n_cycles = whole_field(_("cycles"), _("0 to 50."), 0, 50)
    last_given_on_day = day_field(_("last given on day"), _("Days since the first diagnosis; it decides on wash-out."))
    cumulative_dose_mg_m2 = decimal_field(
        _("cumulative dose, mg/m²"),
        _("Of this drug alone, 0 to 100,000."),
        0,
        100_000,
        places=2,
    )
    equivalence_table = text_field(
        _("table of equivalents"),
        _("Only where the dose is an equivalent: which table it comes from."),
        80,
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            once("drug_once_for_each_line", "line", "name", _("This drug stands in the line twice.")),
            *ranges(
                "drug",
                n_cycles=(0, 50),
                last_given_on_day=(0, LAST_DAY),
                cumulative_dose_mg_m2=(0, 100_000),
            ),
            *known_or_empty("drug", route=DrugRoute),
        ]

    def __str__(self) -> str:
        return self.name


class Toxicity(models.Model):
    """A toxicity of a line: CTCAE term and grade, 1 to 5."""

    line = models.ForeignKey(TherapyLine, on_delete=models.CASCADE, related_name="toxicities")
    term = models.CharField(_("toxicity"), max_length=80, help_text=_("CTCAE term, e.g. peripheral neuropathy."))
    grade = models.PositiveSmallIntegerField(
        _("grade"),
        validators=[MaxValueValidator(5)],
        help_text=_("CTCAE grade, 1 to 5."),
    )
    ongoing = tri_field(_("still there"), _("Whether it is there now."))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("toxicity", grade=(1, 5)),
            *known_or_empty("toxicity", ongoing=YesNoUnknown),
            states_something("toxicity_names_a_term", "term"),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.grade}"
