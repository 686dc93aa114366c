"""Ask again about a patient who was before the board: a new draft that takes over what stays true."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import models, transaction

from cases.enums import SubmissionType
from cases.models import (
    Case,
    CellTherapy,
    Diagnosis,
    ExVivoPanel,
    Germline,
    GermlineVariant,
    MrdMeasurement,
    Patient,
    Specimen,
    TherapyLine,
    Transcription,
    Transplant,
)
from cases.services.drafting import create_case
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record

# What was true then is true now. Status, condition, access, consent and the question are asked anew.
_TAKEN_OVER: Final[tuple[type[models.Model], ...]] = (
    Patient,
    Diagnosis,
    Specimen,
    MrdMeasurement,
    Germline,
    GermlineVariant,
    ExVivoPanel,
    TherapyLine,
    Transplant,
    CellTherapy,
)
Copies = dict[tuple[type[models.Model], Any], Any]
"""(model, key of a row) -> key of its copy."""

_ASKED_ANEW: Final[Mapping[type[models.Model], Sequence[str]]] = {
    Patient: ("age_months_at_submission", "weight_kg", "height_cm")
}


def copy_case(*, source: Case, actor: User) -> Case:
    """A new draft for the same team, filled with what stays true of ``source``; it names it as its parent."""
    with transaction.atomic():
        require(actor, "edit_case", source)
        draft = create_case(actor=actor, centre=source.centre, parent=source)
        draft.submission_type = SubmissionType.NEW_DATA
        draft.no_therapy_yet = source.no_therapy_yet
        draft.save(update_fields=["submission_type", "no_therapy_yet"])
        copies: Copies = {(Case, source.pk): draft.pk}
        for model in _TAKEN_OVER:
            for row in model._default_manager.filter(case=source).order_by("pk"):
                _copy(row, copies)
        _copy_what_nobody_confirmed(source, draft, copies)
        record("case.copied", subject=draft, actor=actor, source=source.code)
    return draft


def _copy_what_nobody_confirmed(source: Case, draft: Case, copies: Copies) -> None:
    """What was typed from a report stays marked until the physician compared it, in the copy as well."""
    for row in source.transcriptions.filter(confirmed_at=None):
        specimen = copies.get((Specimen, row.specimen_id)) if row.specimen_id else None
        Transcription.objects.create(
            case=draft,
            section=row.section,
            specimen_id=specimen,
            transcribed_by_id=row.transcribed_by_id,
            transcribed_at=row.transcribed_at,
        )


def _copy(row: models.Model, copies: Copies) -> None:
    """Copy a row with everything that hangs on it; links between copied rows lead to the copies."""
    model = type(row)
    values = {column.attname: _moved(column, getattr(row, column.attname), copies) for column in _columns(row)}
    copy = model(**values | dict.fromkeys(_ASKED_ANEW.get(model, ())))
    copy.save(force_insert=True)
    copies[model, row.pk] = copy.pk
    for relation in row._meta.related_objects:
        child: Any = relation.related_model
        if relation.on_delete is models.CASCADE and child not in _TAKEN_OVER and _belongs_to_dossier(child):
            for hanging in child._default_manager.filter(**{relation.field.name: row.pk}).order_by("pk"):
                _copy(hanging, copies)


def _columns(row: models.Model) -> list[Any]:
    return [column for column in row._meta.concrete_fields if not column.primary_key]


def _moved(column: Any, value: Any, copies: Copies) -> Any:
    return copies.get((column.related_model, value), value) if column.is_relation else value


def _belongs_to_dossier(model: Any) -> bool:
    """Findings, drugs, responses; who typed what is not taken over."""
    return bool(model._meta.app_label == "cases" and model._meta.model_name != "transcription")
