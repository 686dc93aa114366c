"""Who may change which part of a dossier: its own team everything, a coordinator what stands in a report."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.models import Case, Specimen, Transcription
from cases.models.case import OPEN_STATES
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.core.errors import NotAllowed, NotFound

# Laboratory, imaging and discharge reports tell these. The question, the patient, access and consent are the
# physician's own word.
REPORT_SECTIONS: Final = (
    Section.DISEASE,
    Section.FINDINGS,
    Section.FUNCTIONAL,
    Section.THERAPY,
    Section.CONDITION,
)
_SECTIONS: Final[Mapping[str, Section]] = {
    "diagnosis": Section.DISEASE,
    "status": Section.DISEASE,
    "masses": Section.DISEASE,
    "mrd": Section.DISEASE,
    "germline": Section.FUNCTIONAL,
    "germline_variants": Section.FUNCTIONAL,
    "transplants": Section.THERAPY,
    "cell_therapies": Section.THERAPY,
    "exposure": Section.THERAPY,
    "condition": Section.CONDITION,
    "comedications": Section.CONDITION,
    "contraindications": Section.CONDITION,
    "patient": Section.PATIENT,
    "access": Section.ACCESS,
    "trials_considered": Section.ACCESS,
    "drug_access": Section.ACCESS,
    "consent": Section.CONSENT,
    "case": Section.QUESTION,
}


@dataclass
class Part:
    """What one edit changes: a section, or one specimen, which is known once it is saved."""

    section: Section
    specimen: Specimen | None = None


def parts_of(names: Collection[str]) -> list[Part]:
    """The sections that blocks and kinds of rows belong to, by their names in ``drafting``."""
    return [Part(section) for section in Section if section in {_SECTIONS[name] for name in names}]


def is_typist(*, case: Case, actor: User) -> bool:
    """Whether ``actor`` types into ``case`` from a report without being of its team.

    Raises ``NotFound`` or ``NotAllowed`` for who may not write there at all.
    """
    try:
        require(actor, "edit_case", case)
    except NotAllowed:
        require(actor, "transcribe_case", case)
        return True
    return False


def require_typable(case: Case, parts: Sequence[Part]) -> None:
    """Refuse a coordinator what is not told by a report, and every case that is not with the board."""
    if case.submitted_at is None:
        raise NotFound
    if not parts or any(part.section not in REPORT_SECTIONS for part in parts):
        raise NotAllowed(_("Only what stands in a report can be typed for the physician."))


def may_transcribe(case: Case) -> bool:
    """Whether the case is where a coordinator can type from a report."""
    return case.submitted_at is not None and case.state in OPEN_STATES


def mark_typed(case: Case, actor: User, part: Part) -> Transcription:
    """Note that ``actor`` typed this part; an earlier confirmation is void. The caller holds the case's lock."""
    values = {"transcribed_by": actor, "transcribed_at": timezone.now(), "confirmed_by": None, "confirmed_at": None}
    found, _created = Transcription.objects.update_or_create(
        case=case, section=part.section, specimen=part.specimen, defaults=values
    )
    return found
