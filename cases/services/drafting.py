"""Fill in the dossier. Every save names the version it was read at, so that nothing is overwritten."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import (
    AntigenFinding,
    Assay,
    Case,
    Consent,
    Diagnosis,
    DiseaseStatus,
    FusionFinding,
    NegativeFinding,
    Patient,
    Specimen,
    TherapyDrug,
    TherapyLine,
    VariantFinding,
)
from cases.models.case import OPEN_STATES
from cases.services.access import open_to_centre
from iltb.accounts.enums import Role
from iltb.accounts.models import Centre, User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, StaleVersion
from iltb.terminology.models import Concept
from iltb.terminology.search import resolve

Values = Mapping[str, Any]

BLOCKS: Final[Mapping[str, type[models.Model]]] = {
    "case": Case,
    "patient": Patient,
    "diagnosis": Diagnosis,
    "status": DiseaseStatus,
    "consent": Consent,
}
_QUESTION_FIELDS: Final = frozenset(
    {
        "submission_type",
        "question_text",
        "question_types",
        "treatment_intent",
        "urgency",
        "urgency_reasons",
        "next_decision_day",
        "no_standard_of_care",
        "no_standard_of_care_reason",
        "no_therapy_yet",
    },
)


@dataclass(frozen=True)
class SpecimenRows:
    """A specimen with everything found on it; rows are mappings of column to value."""

    values: Values
    assays: Sequence[Values] = ()
    variants: Sequence[Values] = ()
    fusions: Sequence[Values] = ()
    antigens: Sequence[Values] = ()
    absences: Sequence[Values] = ()


@dataclass(frozen=True)
class LineRow:
    """A treatment line and the names of its drugs."""

    values: Values
    drugs: Sequence[str] = field(default_factory=tuple)


def create_case(*, actor: User, centre: Centre, parent: Case | None = None) -> Case:
    """Begin a draft for ``centre``. Only its own treating physicians may."""
    if not actor.memberships.filter(centre=centre, role=Role.REFERRING_PHYSICIAN).exists():
        raise NotAllowed(_("Only treating physicians of this centre can begin a case."))
    with transaction.atomic():
        case = Case.objects.create(centre=centre, author=actor, parent_case=parent)
        open_to_centre(case)
        record("case.created", subject=case, actor=actor, state_after=case.state)
    return case


@contextmanager
def editing(*, case: Case, actor: User, version: int, what: str) -> Iterator[Case]:
    """Lock the case for one edit; on leaving, its version has grown and the edit is in the audit trail.

    Raises ``StaleVersion`` when somebody saved since ``version`` was read, ``Conflict`` when the case is over.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "edit_case", locked)
        if locked.state not in OPEN_STATES:
            raise Conflict(_("This case is over; it can no longer be changed."))
        if locked.version != version:
            raise StaleVersion(
                _("Somebody else saved this case since you opened the page. Nothing of theirs was overwritten."),
            )
        yield locked
        locked.version += 1
        locked.edited_at = timezone.now()
        locked.save(update_fields=["version", "edited_at"])
        case.version, case.edited_at = locked.version, locked.edited_at
        record("case.edited", subject=locked, actor=actor, what=what, version=locked.version)


def save_block(*, case: Case, actor: User, version: int, block: str, values: Values) -> None:
    """Save the answers of one block (``BLOCKS``). Raises ``InvalidInput`` with the field at fault."""
    save_blocks(case=case, actor=actor, version=version, blocks={block: values})


def save_blocks(*, case: Case, actor: User, version: int, blocks: Mapping[str, Values]) -> None:
    """Save several blocks as one edit, all or nothing."""
    with editing(case=case, actor=actor, version=version, what="+".join(blocks)) as locked:
        for block, values in blocks.items():
            model = BLOCKS[block]
            if model is Case:
                _save_question(locked, values)
            else:
                row = model._default_manager.filter(case=locked).first() or model(case=locked)
                _assign(row, values)


def _save_question(case: Case, values: Values) -> None:
    unknown = set(values) - _QUESTION_FIELDS
    if unknown:
        raise InvalidInput({name: [_("This cannot be set here.")] for name in sorted(unknown)})
    _assign(case, values)


def _assign(row: models.Model, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise InvalidInput(error.message_dict) from error
    row.save()


def save_specimen(*, case: Case, actor: User, version: int, rows: SpecimenRows, key: UUID | None = None) -> Specimen:
    """Add a specimen, or replace the one named by ``key`` with everything on it."""
    with editing(case=case, actor=actor, version=version, what="specimen") as locked:
        specimen = locked.specimens.filter(pk=key).first() if key else Specimen(case=locked)
        if specimen is None:
            raise Conflict(_("This specimen was removed in the meantime."))
        _assign(specimen, rows.values)
        for model, children in (
            (Assay, rows.assays),
            (VariantFinding, [_with_gene(row) for row in rows.variants]),
            (FusionFinding, rows.fusions),
            (AntigenFinding, rows.antigens),
            (NegativeFinding, rows.absences),
        ):
            _replace(model, children, specimen=specimen)
    return specimen


def remove_specimen(*, case: Case, actor: User, version: int, key: UUID) -> None:
    """Take a specimen and its findings out of the dossier; frozen revisions keep them."""
    with editing(case=case, actor=actor, version=version, what="specimen removed") as locked:
        locked.specimens.filter(pk=key).delete()


def save_therapy(*, case: Case, actor: User, version: int, lines: Iterable[LineRow], none_yet: bool = False) -> None:
    """Replace the treatment lines; they are numbered in the order given."""
    with editing(case=case, actor=actor, version=version, what="therapy") as locked:
        _assign(locked, {"no_therapy_yet": none_yet})
        locked.therapy_lines.all().delete()
        for number, row in enumerate(lines, start=1):
            line = TherapyLine(case=locked, line_number=number)
            _assign(line, row.values)
            for name in dict.fromkeys(name.strip() for name in row.drugs if name.strip()):
                _assign(TherapyDrug(line=line), {"name": name, "concept": _known("drug", name)})


def _replace(model: type[models.Model], rows: Iterable[Values], **parent: models.Model) -> None:
    model._default_manager.filter(**parent).delete()
    for row in rows:
        _assign(model(**parent), row)


def _with_gene(row: Values) -> Values:
    """The approved symbol where the name leads to one gene; else as written, never a guess."""
    concept = _known("gene", row["gene_symbol"])
    return {**row, "gene": concept, "gene_symbol": concept.code if concept else row["gene_symbol"]}


def _known(system: str, name: str) -> Concept | None:
    found = resolve(system, name)
    return found if isinstance(found, Concept) else None
