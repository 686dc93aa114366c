"""Typed from a report by somebody else, confirmed by the physician."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.models import Case, Specimen, Transcription
from cases.services.editing import assign, editing
from iltb.accounts.models import User
from iltb.core.errors import Conflict


def note_transcription(
    *,
    case: Case,
    actor: User,
    version: int,
    section: Section,
    specimen: Specimen | None = None,
) -> Transcription:
    """Note that ``actor`` typed a section, or one specimen, from a report; an earlier confirmation is void."""
    with editing(case=case, actor=actor, version=version, what="transcription") as locked:
        found = _find(locked, section, specimen) or Transcription(case=locked, section=section, specimen=specimen)
        values = {"transcribed_by": actor, "transcribed_at": timezone.now(), "confirmed_by": None, "confirmed_at": None}
        assign(found, values)
    return found


def confirm_transcription(
    *,
    case: Case,
    actor: User,
    version: int,
    section: Section,
    specimen: Specimen | None = None,
) -> Transcription:
    """Say that a typed section is right. Who typed it cannot confirm it."""
    with editing(case=case, actor=actor, version=version, what="transcription confirmed") as locked:
        found = _find(locked, section, specimen)
        if found is None:
            raise Conflict(_("Nothing was typed from a report here."))
        if found.transcribed_by_id == actor.pk:
            raise Conflict(_("Somebody else has to compare this with the report."))
        assign(found, {"confirmed_by": actor, "confirmed_at": timezone.now()})
    return found


def _find(case: Case, section: Section, specimen: Specimen | None) -> Transcription | None:
    return case.transcriptions.filter(section=section, specimen=specimen).first()
