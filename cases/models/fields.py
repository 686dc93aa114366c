"""Columns that recur in the dossier, with their bounds in form and database."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


def percent_field(label: Any, help_text: Any = "") -> "models.DecimalField[Any, Any]":
    """A percentage from 0 to 100 with two decimals, empty when not stated."""
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=help_text,
    )


def in_range(name: str, column: str, low: object, high: object) -> models.CheckConstraint:
    """A constraint that ``column`` is empty or lies within ``low`` and ``high``, both included."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__range": (low, high)}),
    )
