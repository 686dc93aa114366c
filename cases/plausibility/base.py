"""What a contradiction is, and the small readings that the rules share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from cases.completeness import Section

Content = Mapping[str, Any]

DAYS_PER_MONTH = 30.4375


class Grade(StrEnum):
    """``error`` keeps the dossier from being submitted, ``warning`` asks "really?", ``hint`` is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Doubt:
    """One contradiction with a stable id, where to look, and a sentence."""

    id: str
    grade: Grade
    section: Section
    field: str
    sentence: str | Promise


@dataclass(frozen=True)
class Where:
    """The part of the form that a group of rules is about; makes doubts of it."""

    section: Section

    def error(self, name: str, field: str, sentence: str | Promise) -> Doubt:
        """Both cannot be true."""
        return Doubt(name, Grade.ERROR, self.section, field, sentence)

    def warning(self, name: str, field: str, sentence: str | Promise) -> Doubt:
        """Unlikely; perhaps a slip."""
        return Doubt(name, Grade.WARNING, self.section, field, sentence)

    def hint(self, name: str, field: str, sentence: str | Promise) -> Doubt:
        """Possible, and worth a second look."""
        return Doubt(name, Grade.HINT, self.section, field, sentence)


def number(value: object) -> float | None:
    """A frozen number, None where nothing is stated."""
    return None if value in (None, "") else float(str(value))


def last_day(content: Content) -> float | None:
    """The latest day since diagnosis that the two ages allow, with a month of slack on either side."""
    now, then = content["patient"]["age_months_at_submission"], content["patient"]["age_months_at_diagnosis"]
    return None if now is None or then is None else (now - then + 2) * DAYS_PER_MONTH


def counted_lines(content: Content) -> list[Content]:
    """Lines that count as such; bridging, consolidation and maintenance are parts of one."""
    parts = ("bridging", "consolidation", "maintenance")
    return [line for line in content["therapy_lines"] if line["setting"] not in parts]


def current_mrd(content: Content) -> Iterator[Content]:
    """The current measurements of residual disease that are done."""
    return (row for row in content["mrd"] if row["is_current"] and row["status"] == "done")
