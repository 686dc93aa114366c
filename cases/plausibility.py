"""Answers that do not fit together. Plain functions on the content of a dossier."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section

Content = Mapping[str, Any]


class Grade(StrEnum):
    """``error`` keeps the dossier from being submitted, ``warning`` asks "really?"."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Doubt:
    """One contradiction with a stable id, where to look, and a sentence."""

    id: str
    grade: Grade
    section: Section
    field: str
    sentence: str | Promise


def doubts(content: Content) -> list[Doubt]:
    """Everything that does not fit together, in the order of the form."""
    return [*_ages(content), *_relapses(content), *_lines(content)]


def _ages(content: Content) -> Iterator[Doubt]:
    now, then = content["patient"]["age_months_at_submission"], content["patient"]["age_months_at_diagnosis"]
    if now is not None and then is not None and then > now:
        yield Doubt(
            "age.diagnosis_after_now",
            Grade.ERROR,
            Section.PATIENT,
            "age_months_at_diagnosis",
            _("The age at diagnosis is above the age now."),
        )


def _relapses(content: Content) -> Iterator[Doubt]:
    status = content["status"]
    number, now = status["relapse_number"], status["status_now"]
    if number == 0 and now in ("relapse_untreated", "relapse_on_treatment", "refractory_relapse", "MRD_relapse"):
        yield Doubt(
            "relapse.none_but_relapsed",
            Grade.ERROR,
            Section.DISEASE,
            "relapse_number",
            _("The disease is in relapse, but the number of relapses is 0."),
        )
    if number and now == "primary_refractory":
        yield Doubt(
            "relapse.some_but_primary_refractory",
            Grade.ERROR,
            Section.DISEASE,
            "status_now",
            _("Primary refractory means that there was never a remission, but relapses are counted."),
        )


def _lines(content: Content) -> Iterator[Doubt]:
    lines = content["therapy_lines"]
    if lines and content["no_therapy_yet"]:
        yield Doubt(
            "lines.some_but_none_yet",
            Grade.ERROR,
            Section.THERAPY,
            "no_therapy_yet",
            _("Treatment lines are listed, but “no treatment yet” is ticked."),
        )
    for earlier, later in pairwise(lines):
        if later["start_on_day"] < earlier["start_on_day"]:
            yield Doubt(
                "lines.order",
                Grade.WARNING,
                Section.THERAPY,
                "lines",
                _("Line %(later)s begins before line %(earlier)s.")
                % {"later": later["line_number"], "earlier": earlier["line_number"]},
            )
