"""What the registry says about a fact: how it is compared, in which unit, where it is from and when it is known."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


def gettext_noop(text: str) -> str:
    """Mark a text for translation; the page that shows it translates."""
    return text


class FactKind(StrEnum):
    """How a fact is compared."""

    QUANTITY = "quantity"
    AGE = "age"
    CODE = "code"
    CODES = "codes"
    DISEASE = "disease"
    FLAG = "flag"
    EXPOSURE = "exposure"
    VARIANT = "variant"
    FUSION = "fusion"
    PATHWAY = "pathway"
    ANTIGEN = "antigen"
    ANTIGEN_PERCENT = "antigen_percent"
    UNREAD = "unread"


DAYS_PER_MONTH: Final = 30.436875

# Factors to the first unit of each row, in which facts and limits are compared.
UNITS: Final = MappingProxyType(
    {
        "time": {"months": 1.0, "years": 12.0, "weeks": 7 / DAYS_PER_MONTH, "days": 1 / DAYS_PER_MONTH},
        "interval": {"days": 1.0, "weeks": 7.0},
        "mass": {"kg": 1.0, "g": 0.001},
        "length": {"cm": 1.0, "m": 100.0, "mm": 0.1},
        "area": {"m2": 1.0},
        "percent": {"percent": 1.0, "fraction": 100.0},
        "fraction": {"fraction": 1.0, "percent": 0.01},
        "count": {"count": 1.0},
        "ratio": {"xULN": 1.0},
        "cells": {"10^9/L": 1.0},
        "haemoglobin": {"g/dL": 1.0, "g/L": 0.1},
        "gfr": {"mL/min/1.73m2": 1.0},
        "duration": {"ms": 1.0, "s": 1000.0},
        "albumin": {"g/L": 1.0, "g/dL": 10.0},
        "points": {"points": 1.0},
        "grade": {"grade": 1.0},
        "dose_per_area": {"mg/m2": 1.0, "g/m2": 1000.0},
        "dose_per_mass": {"mg/kg/day": 1.0},
        "radiation": {"Gy": 1.0},
    }
)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact.

    ``source`` is the place in the frozen content, empty for what the dossier has no place for: such a fact is always
    unknown. ``rule`` says when it is known and what leaves it untested or unknown. ``dimension`` is a row of ``UNITS``;
    ``about`` names what the criterion's ``of`` must give.
    """

    name: str
    kind: FactKind
    label: str
    question: str
    source: str
    rule: str
    dimension: str = ""
    about: str = ""
