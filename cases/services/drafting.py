"""Fill in the dossier. Every save names the version it was read at, so that nothing is overwritten."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.enums import PerformanceScale
from cases.models import (
    AccessNeeds,
    Case,
    CellTherapy,
    Comedication,
    Condition,
    Consent,
    Contraindication,
    Diagnosis,
    DiseaseMass,
    DiseaseStatus,
    DrugAccess,
    DrugResponse,
    Exposure,
    ExVivoPanel,
    Germline,
    GermlineVariant,
    MrdMeasurement,
    Patient,
    Specimen,
    TherapyDrug,
    TherapyLine,
    Toxicity,
    Transplant,
    TrialConsidered,
)
from cases.services.access import open_to_centre
from cases.services.editing import (
    Values,
    assign,
    editing,
    replace_rows,
    restate,
    with_drug,
    with_gene,
    with_roles,
)
from cases.services.questioning import save_board_answers
from cases.services.specimens import SpecimenRows, remove_specimen, save_specimen
from cases.services.transcribing import confirm_transcription, note_transcription
from cases.services.typists import Part, parts_of
from iltb.accounts.enums import Role
from iltb.accounts.models import Centre, User
from iltb.audit.services import record
from iltb.core.errors import InvalidInput, NotAllowed

__all__ = (
    "BLOCKS",
    "ROWS",
    "LineRow",
    "PanelRow",
    "SpecimenRows",
    "confirm_transcription",
    "create_case",
    "editing",
    "note_transcription",
    "remove_specimen",
    "save_block",
    "save_blocks",
    "save_board_answers",
    "save_ex_vivo",
    "save_rows",
    "save_section",
    "save_specimen",
    "save_therapy",
)

BLOCKS: Final[Mapping[str, type[models.Model]]] = {
    "case": Case,
    "patient": Patient,
    "diagnosis": Diagnosis,
    "status": DiseaseStatus,
    "consent": Consent,
    "germline": Germline,
    "exposure": Exposure,
    "condition": Condition,
    "access": AccessNeeds,
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
        "submitter_role",
        "national_board_discussed",
        "no_therapy_yet",
        "earlier_treatment_text",
        "decisive_finding_text",
    },
)
_KARNOFSKY_FROM_MONTHS: Final = 192
_STAMPS: Final = frozenset({"confirmed_by", "confirmed_at"})


Stored = TypeVar("Stored", bound=models.Model)
Given = TypeVar("Given")
Blocks = Mapping[str, Values]
RowsByKind = Mapping[str, Sequence[Values]]


def _as_given(row: Values) -> Values:
    return row


@dataclass(frozen=True)
class RowKind:
    """A kind of rows that hang on the case: how a row is prepared, and whether the order numbers it."""

    model: type[models.Model]
    prepare: Callable[[Values], Values] = _as_given
    is_numbered: bool = False


ROWS: Final[Mapping[str, RowKind]] = {
    "masses": RowKind(DiseaseMass),
    "mrd": RowKind(MrdMeasurement),
    "germline_variants": RowKind(GermlineVariant, with_gene),
    "transplants": RowKind(Transplant, is_numbered=True),
    "cell_therapies": RowKind(CellTherapy, is_numbered=True),
    "comedications": RowKind(Comedication, with_roles),
    "contraindications": RowKind(Contraindication, with_drug),
    "trials_considered": RowKind(TrialConsidered),
    "drug_access": RowKind(DrugAccess, with_drug),
}


@dataclass(frozen=True)
class LineRow:
    """A treatment line, its drugs (names, or mappings with a ``name``) and its toxicities."""

    values: Values
    drugs: Sequence[str | Values] = field(default_factory=tuple)
    toxicities: Sequence[Values] = field(default_factory=tuple)


@dataclass(frozen=True)
class PanelRow:
    """One drug-response assay and its results; ``values["specimen"]`` is the label of a specimen, or ""."""

    values: Values
    responses: Sequence[Values] = field(default_factory=tuple)


def create_case(*, actor: User, centre: Centre, parent: Case | None = None) -> Case:
    """Begin a draft for ``centre``. Only its own treating physicians may."""
    if not actor.memberships.filter(centre=centre, role=Role.REFERRING_PHYSICIAN).exists():
        raise NotAllowed(_("Only treating physicians of this centre can begin a case."))
    with transaction.atomic():
        case = Case.objects.create(centre=centre, author=actor, parent_case=parent)
        open_to_centre(case)
        record("case.created", subject=case, actor=actor, state_after=case.state)
    return case


def save_block(*, case: Case, actor: User, version: int, block: str, values: Values) -> None:
    """Save the answers of one block (``BLOCKS``). Raises ``InvalidInput`` with the field at fault."""
    save_section(case=case, actor=actor, version=version, blocks={block: values})


def save_blocks(*, case: Case, actor: User, version: int, blocks: Mapping[str, Values]) -> None:
    """Save several blocks as one edit, all or nothing."""
    save_section(case=case, actor=actor, version=version, blocks=blocks)


def save_rows(*, case: Case, actor: User, version: int, rows: Mapping[str, Sequence[Values]]) -> None:
    """Replace the rows of each kind that is named (``ROWS``) as one edit, all or nothing.

    Raises ``InvalidInput`` with fields such as ``mrd-0-mrd_fraction``.
    """
    save_section(case=case, actor=actor, version=version, rows=rows)


def save_section(
    *,
    case: Case,
    actor: User,
    version: int,
    blocks: Blocks | None = None,
    rows: RowsByKind | None = None,
) -> None:
    """Save blocks and rows as one edit, all or nothing."""
    blocks, rows = blocks or {}, rows or {}
    names = [*blocks, *rows]
    parts = parts_of(names)
    with editing(case=case, actor=actor, version=version, what="+".join(names), parts=parts) as locked:
        _save_parts(locked, actor, blocks, rows)


def _also(names: Sequence[str], section: Section) -> list[Part]:
    """The sections of the blocks and rows, and the one that the page itself belongs to."""
    return [Part(section), *(part for part in parts_of(names) if part.section is not section)]


def _save_parts(case: Case, actor: User, blocks: Blocks, rows: RowsByKind) -> None:
    for block, values in blocks.items():
        _save_block(case, actor, block, values)
    for kind, given in rows.items():
        _save_kind(case, kind, given)


def _save_block(case: Case, actor: User, block: str, values: Values) -> None:
    model = BLOCKS[block]
    refused = set(values) - _QUESTION_FIELDS if model is Case else set(values) & _STAMPS
    if refused:
        raise InvalidInput({name: [_("This cannot be set here.")] for name in sorted(refused)})
    if model is Case:
        assign(case, _with_judgement(case, values))
        return
    row: Any = model._default_manager.filter(case=case).first() or model(case=case)
    if isinstance(row, Diagnosis):
        values = _with_group(row, values)
    if isinstance(row, Consent):
        values = _with_confirmation(row, values, actor)
    if isinstance(row, Condition):
        values = _with_scale(case, row, values)
    assign(row, values)


def _with_judgement(case: Case, values: Values) -> Values:
    """Who says why no standard is left has said that none is."""
    says_why = bool(str(values.get("no_standard_of_care_reason", "")).strip())
    stated = values.get("no_standard_of_care", case.no_standard_of_care)
    return {**values, "no_standard_of_care": True} if says_why and stated is None else values


def _with_scale(case: Case, row: Condition, values: Values) -> Values:
    """The scale of the patient's age where only a score is given; the physician can choose another."""
    patient = getattr(case, "patient", None)
    age = patient.age_months_at_submission if patient else None
    if values.get("performance_score") is None or values.get("performance_scale", row.performance_scale) or age is None:
        return values
    scale = PerformanceScale.LANSKY if age < _KARNOFSKY_FROM_MONTHS else PerformanceScale.KARNOFSKY
    return {**values, "performance_scale": scale}


def _with_group(row: Diagnosis, values: Values) -> Values:
    """The home group of the entity where none is chosen."""
    entity = values.get("entity", row.entity)
    group = values.get("disease_group", row.disease_group)
    groups = entity.attributes.get("disease_groups", []) if entity and not group else []
    return {**values, "disease_group": groups[0]} if groups else values


def _with_confirmation(row: Consent, values: Values, actor: User) -> Values:
    """Who says that the consent is there, and since when; nobody while it is not."""
    if "board_discussion" not in values or bool(values["board_discussion"]) == bool(row.confirmed_by_id):
        return values
    given = bool(values["board_discussion"])
    return {**values, "confirmed_by": actor if given else None, "confirmed_at": timezone.now() if given else None}


def _save_kind(case: Case, kind: str, given: Sequence[Values]) -> None:
    how = ROWS[kind]
    rows = [{**row, "number": number} for number, row in enumerate(given, start=1)] if how.is_numbered else given
    replace_rows(how.model, kind, rows, how.prepare, case=case)


def save_ex_vivo(  # noqa: PLR0913 -- who saves, at which version, and what one page holds
    *,
    case: Case,
    actor: User,
    version: int,
    panels: Sequence[PanelRow] | None,
    blocks: Blocks | None = None,
    rows: RowsByKind | None = None,
) -> None:
    """Replace the drug-response assays with all their results; what else stands on the page is the same edit.

    ``panels`` that are None stay as they are stored.
    """
    blocks, rows = blocks or {}, rows or {}
    parts = _also([*blocks, *rows], Section.FUNCTIONAL)
    with editing(case=case, actor=actor, version=version, what="ex vivo", parts=parts) as locked:
        _save_parts(locked, actor, blocks, rows)
        if panels is None:
            return
        for index, (panel, row) in enumerate(_in_place(locked.ex_vivo_panels.all(), panels)):
            path = f"panels-{index}-"
            values = {**row.values, "specimen": _specimen(locked, row.values.get("specimen"), path)}
            stored = restate(panel or ExVivoPanel(case=locked), values, path=path)
            replace_rows(DrugResponse, f"{path}responses", row.responses, with_drug, panel=stored)


def _in_place(stored: models.QuerySet[Stored], given: Sequence[Given]) -> Iterator[tuple[Stored | None, Given]]:
    """Each row that was given with the stored one in its place; what is stored beyond them is deleted."""
    found = list(stored)
    for surplus in found[len(given) :]:
        surplus.delete()
    return zip_longest(found[: len(given)], given)


def _specimen(case: Case, label: str | None, path: str) -> Specimen | None:
    if not label:
        return None
    found = case.specimens.filter(label=label).first()
    if found is None:
        raise InvalidInput({f"{path}specimen": [_("There is no specimen “%(label)s”.") % {"label": label}]})
    return found


def save_therapy(  # noqa: PLR0913 -- as above
    *,
    case: Case,
    actor: User,
    version: int,
    lines: Sequence[LineRow] | None,
    none_yet: bool = False,
    blocks: Blocks | None = None,
    rows: RowsByKind | None = None,
) -> None:
    """Replace the treatment lines, numbered in the order given; what else stands on the page is the same edit.

    ``lines`` that are None stay as they are stored.
    """
    blocks, rows = blocks or {}, rows or {}
    parts = _also([*blocks, *rows], Section.THERAPY)
    with editing(case=case, actor=actor, version=version, what="therapy", parts=parts) as locked:
        _save_parts(locked, actor, blocks, rows)
        assign(locked, {"no_therapy_yet": none_yet})
        if lines is None:
            return
        for index, (line, row) in enumerate(_in_place(locked.therapy_lines.all(), lines)):
            path = f"lines-{index}-"
            stored = restate(line or TherapyLine(case=locked, line_number=index + 1), row.values, path=path)
            replace_rows(TherapyDrug, f"{path}drugs", _drugs(row.drugs), with_drug, line=stored)
            replace_rows(Toxicity, f"{path}toxicities", row.toxicities, line=stored)


def _drugs(drugs: Iterable[str | Values]) -> list[Values]:
    """Each drug once, blank names left out."""
    rows = [{"name": drug} if isinstance(drug, str) else drug for drug in drugs]
    named = {row["name"].strip(): {**row, "name": row["name"].strip()} for row in rows if row["name"].strip()}
    return list(named.values())
