"""Typed from a report by somebody else, confirmed by the physician."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.models import Case, Specimen, Transcription
from cases.services.editing import assign, editing
from cases.services.typists import Part, mark_typed
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
        return mark_typed(locked, actor, Part(section, specimen))


def confirm_transcription(
    *,
    case: Case,
    actor: User,
    version: int,
    section: Section,
    specimen: Specimen | None = None,
) -> Transcription:
    """Say that a typed section is right. Only the case's own team can, and never who typed it."""
    with editing(case=case, actor=actor, version=version, what="transcription confirmed") as locked:
        found = locked.transcriptions.filter(section=section, specimen=specimen).first()
        if found is None:
            raise Conflict(_("Nothing was typed from a report here."))
        if found.transcribed_by_id == actor.pk:
            raise Conflict(_("Somebody else has to compare this with the report."))
        assign(found, {"confirmed_by": actor, "confirmed_at": timezone.now()})
    return found
