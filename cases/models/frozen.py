"""Which columns freeze with a revision."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models

# About the row, not about the patient, or frozen in a place of its own.
NOT_FROZEN_OF_CASE: Final = frozenset({"version", "state", "not_eligible_reason", "decision_note", "no_therapy_yet"})


def frozen_columns(model: type[models.Model]) -> Iterable[Any]:
    """The columns that freeze under their own names: no keys to other rows, no stamps."""
    return (
        column
        for column in model._meta.concrete_fields
        if not (column.primary_key or column.is_relation or isinstance(column, models.DateTimeField))
    )
