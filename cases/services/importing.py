"""Take findings that a person chose from a paste or a file into a specimen. Nothing that stands there is touched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from cases.enums import BlockStatus
from cases.models import (
    AntigenFinding,
    Case,
    CopyNumberFinding,
    DrugResponse,
    ExVivoPanel,
    FusionFinding,
    Karyotype,
    NegativeFinding,
    Specimen,
    VariantFinding,
)
from cases.proposals import Proposal, Standing
from cases.services.editing import Values, assign, editing, with_drug, with_gene
from cases.services.specimens import with_normalised_karyotype
from iltb.accounts.models import User
from iltb.core.errors import Conflict, InvalidInput

LONGEST_ORIGINAL: Final = 200


@dataclass(frozen=True)
class Kind:
    """Where findings of one kind go: the model, and the columns that make two of them the same.

    One of ``either`` may be missing in one of two findings that are the same, but not contradict.
    """

    model: type[models.Model]
    identity: Sequence[str]
    either: Sequence[str] = ()


KINDS: Final[Mapping[str, Kind]] = {
    "variant": Kind(VariantFinding, ("gene_symbol", "variant_class"), ("hgvs_c", "hgvs_p")),
    "class_event": Kind(VariantFinding, ("gene_symbol", "variant_class"), ("hgvs_c", "hgvs_p")),
    "fusion": Kind(FusionFinding, ("five_prime_gene", "three_prime_gene")),
    "copy_number": Kind(CopyNumberFinding, ("gene_symbol", "region", "change")),
    "antigen": Kind(AntigenFinding, ("antigen", "method")),
    "absence": Kind(NegativeFinding, ("target",)),
    "karyotype": Kind(Karyotype, ()),
    "drug_response": Kind(DrugResponse, ("name", "readout")),
}


@dataclass
class Import:
    """What became of the chosen findings: how many were added, which stood there, which were refused and why."""

    labels: list[str] = field(default_factory=list)
    added: int = 0
    standing: list[Standing] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def take_findings(  # noqa: PLR0913 -- one keyword for each thing that a person chose
    *,
    case: Case,
    actor: User,
    version: int,
    proposals: Sequence[Proposal],
    specimen: UUID | None,
    new_specimen: Values | None = None,
) -> Import:
    """Add ``proposals`` to the specimens that they name, else to ``specimen``, or to a new one.

    All that can be added is added as one edit; a finding that the dossier refuses is named with its line and reason
    and stops no other. Raises ``InvalidInput`` for a new specimen at fault and when nothing was chosen,
    ``StaleVersion`` as every edit does.
    """
    if not proposals:
        raise InvalidInput({"": [_("Choose at least one finding.")]})
    with editing(case=case, actor=actor, version=version, what="import") as locked:
        target = _target(locked, specimen, new_specimen)
        by_label = {row.label: row for row in locked.specimens.all()}
        done = Import()
        for proposal in proposals:
            place = by_label.get(proposal.specimen, target)
            _take(proposal, place, done)
            if place.label not in done.labels:
                done.labels.append(place.label)
    return done


def _target(case: Case, key: UUID | None, values: Values | None) -> Specimen:
    if key is not None:
        found = case.specimens.filter(pk=key).first()
        if found is None:
            raise Conflict(_("This specimen was removed in the meantime."))
        return found
    labels = set(case.specimens.values_list("label", flat=True))
    label = next(name for number in range(1, len(labels) + 2) if (name := f"S{number}") not in labels)
    specimen = Specimen(case=case)
    assign(specimen, {"label": label, **(values or {})})
    return specimen


def standing(case: Case, proposals: Sequence[Proposal]) -> list[list[Standing]]:
    """For each of ``proposals`` where in ``case`` it stands already; for the preview.

    One query for each kind of finding. A proposal that names its specimen is looked for there alone.
    """
    rows = {kind: _all_of(case, kind) for kind in {proposal.kind for proposal in proposals}}
    return [
        [
            there
            for label, on_specimen in rows[proposal.kind].items()
            if proposal.specimen in ("", label) and (there := _standing(proposal, label, on_specimen))
        ]
        for proposal in proposals
    ]


def _all_of(case: Case, kind: str) -> dict[str, list[models.Model]]:
    """The rows of one kind by the label of their specimen."""
    manager: Any = KINDS[kind].model._default_manager
    found: dict[str, list[models.Model]] = {}
    if kind == "drug_response":
        responses = manager.filter(panel__case=case, panel__specimen__isnull=False)
        for row in responses.select_related("panel__specimen"):
            found.setdefault(row.panel.specimen.label, []).append(row)
        return found
    for row in manager.filter(specimen__case=case).select_related("specimen"):
        found.setdefault(row.specimen.label, []).append(row)
    return found


def _standing(proposal: Proposal, label: str, rows: Iterable[models.Model]) -> Standing | None:
    kind, read = KINDS[proposal.kind], _renamed(proposal)
    same = [_columns(row) for row in rows if _is_same(kind, row, read)]
    return Standing(proposal, label, kind.model, same, read) if same else None


def _columns(row: models.Model) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row._meta.concrete_fields if not column.is_relation}


def _take(proposal: Proposal, specimen: Specimen, done: Import) -> None:
    try:
        with transaction.atomic():
            there = _add(proposal, specimen)
    except InvalidInput as refusal:
        reasons = " ".join(sentence for sentences in refusal.errors.values() for sentence in sentences)
        done.refused.append(_("Line %(line)s: %(reasons)s") % {"line": proposal.line, "reasons": reasons})
    else:
        done.added += there is None
        done.standing += [there] if there else []


def _add(proposal: Proposal, specimen: Specimen) -> Standing | None:
    """Add one finding, or say that the same stands there already."""
    kind = KINDS[proposal.kind]
    values = columns_of(proposal)
    parent: dict[str, models.Model] = {"specimen": specimen}
    rows: models.QuerySet[Any] = kind.model._default_manager.all()
    if proposal.kind == "drug_response":
        panel = specimen.ex_vivo_panels.filter(status=BlockStatus.DONE).first()
        if panel is None:
            panel = ExVivoPanel(case=specimen.case, specimen=specimen)
            assign(panel, {"status": BlockStatus.DONE})
        parent = {"panel": panel}
    same = [_columns(row) for row in rows.filter(**parent) if _is_same(kind, row, values)]
    if same:
        return Standing(proposal, specimen.label, kind.model, same, _renamed(proposal))
    assign(kind.model(**parent), values)
    return None


def _is_same(kind: Kind, row: models.Model, values: Values) -> bool:
    """Whether the names agree; of ``either`` one must, and none may contradict."""

    def of(name: str) -> tuple[object, object]:
        column: Any = kind.model._meta.get_field(name)
        unstated = column.get_default() if column.has_default() else ""
        return getattr(row, name), values.get(name) or unstated

    pairs = [of(name) for name in kind.either]
    agree = [one == other for one, other in pairs if one and other]
    nothing = not any(one or other for one, other in pairs)
    return all(one == other for one, other in map(of, kind.identity)) and (nothing or bool(agree)) and all(agree)


def columns_of(proposal: Proposal) -> dict[str, Any]:
    """The values of a proposal under the names of its model's columns, genes and drugs by their approved names."""
    values = _renamed(proposal)
    original = {"original_text": proposal.original[:LONGEST_ORIGINAL]}
    if proposal.kind in ("variant", "class_event", "copy_number"):
        return {**with_gene(values), **original}
    if proposal.kind == "fusion":
        return values | original
    if proposal.kind == "karyotype":
        return dict(with_normalised_karyotype(values) or {})
    if proposal.kind == "drug_response":
        return dict(with_drug(values))
    return values


def _renamed(proposal: Proposal) -> dict[str, Any]:
    """The values under the names of the columns, as they were read."""
    values = {name: value for name, value in proposal.values.items() if value is not None}
    if proposal.kind == "copy_number":
        return values | {"gene_symbol": values.pop("gene", ""), "change": values.pop("type", "")}
    if proposal.kind == "drug_response":
        return values | {"name": values.pop("drug", ""), "unit": _UNITS.get(str(values.pop("unit", "")), "")}
    return values


_UNITS: Final = {"nM": "nM", "%": "percent", "percent": "percent", "z": "z"}
