"""The data dictionary of the dossier as Markdown, read off the models, so that it cannot drift from them."""

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from cases.completeness.levels import LEVELS

_INTRODUCTION: Final = """# Data dictionary of the dossier

Made by `manage.py data_dictionary --file docs/data-dictionary.md` from the models; a test compares the two. Do not edit
it by hand.

Levels: **M** mandatory before submission, **C** mandatory or asked for when its condition holds, **R** recommended,
**O** optional, **auto** set by the system or from another answer. "Not done", "unknown" and "none" are answers; empty
means that nobody answered. Days count from the first diagnosis. Numbers freeze as decimal strings under the same
names.
"""
_KINDS: Final[tuple[tuple[type[Any], str], ...]] = (
    (models.BooleanField, "yes or no"),
    (models.DecimalField, "number"),
    (models.IntegerField, "whole number"),
    (models.DateTimeField, "time"),
    (models.TextField, "text"),
    (models.CharField, "text"),
)
# Bookkeeping of the case itself, and what belongs to triage.
_NOT_ANSWERS: Final = frozenset(
    {
        "id",
        "version",
        "state",
        "created_at",
        "edited_at",
        "submitted_at",
        "submitted_by",
        "germline_released_at",
        "germline_released_by",
        "not_eligible_reason",
        "decision_note",
        "author",
        "centre",
        "parent_case",
    },
)
_PARENTS: Final = frozenset({"case", "specimen", "line", "panel"})


def data_dictionary() -> str:
    """The whole dictionary: a table for each block."""
    return "\n".join([_INTRODUCTION, *(_table(name) for name in LEVELS)])


def answers_of(model: type[models.Model]) -> list[Any]:
    """The columns of a model that hold answers, in their order; not its key, its parent, or bookkeeping."""
    return [
        column
        for column in model._meta.concrete_fields
        if column.name not in (_NOT_ANSWERS if model.__name__ == "Case" else {"id"}) and not _is_parent(model, column)
    ]


def _is_parent(model: type[models.Model], column: Any) -> bool:
    """The row that this one hangs on; a specimen that an assay or a transcription names is an answer."""
    return column.is_relation and column.name in _PARENTS and not (column.null or model.__name__ == "Case")


def _table(name: str) -> str:
    model = apps.get_model("cases", name)
    about = " ".join((model.__doc__ or "").strip().split())
    rows = [" | ".join(_cells(name, column)) for column in answers_of(model)]
    head = "| name | label | type and bounds | choices | level | help |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join([f"## {name}\n", about, "", head, *(f"| {row} |" for row in rows), ""])


def _cells(name: str, column: Any) -> Iterator[str]:
    yield f"`{column.name}`"
    yield _cell(column.verbose_name)
    yield _cell(_kind(column))
    yield ", ".join(f"`{code}`" for code in _codes(column))
    yield LEVELS[name].get(column.name, "O")
    yield _cell(column.help_text)


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|")


def _codes(column: Any) -> list[str]:
    inner = column.base_field if isinstance(column, ArrayField) else column
    return [str(code) for code, _label in inner.choices or () if code]


def _kind(column: Any) -> str:
    if isinstance(column, ArrayField):
        return "several codes" if _codes(column) else "several texts"
    if column.is_relation:
        related = column.related_model.__name__
        system = (column.get_limit_choices_to() or {}).get("system")
        return f"code of the vocabulary {system}" if system else f"refers to {related}"
    if _codes(column):
        return "code"
    kind = next(word for cls, word in _KINDS if isinstance(column, cls))
    return f"{kind}{_bounds(column)}"


def _bounds(column: Any) -> str:
    if isinstance(column, models.CharField | models.TextField):
        return f", at most {column.max_length} characters" if column.max_length else ""
    limits = {type(v): v.limit_value for v in column.validators if isinstance(v, MinValueValidator | MaxValueValidator)}
    if not isinstance(column, models.DecimalField | models.IntegerField) or MaxValueValidator not in limits:
        return ""
    places = f", {column.decimal_places} decimals" if isinstance(column, models.DecimalField) else ""
    return f", {limits.get(MinValueValidator, 0)} to {limits[MaxValueValidator]}{places}"
