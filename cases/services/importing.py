"""Take findings that a person chose from a paste or a file into a specimen. Nothing that stands there is touched."""

from collections.abc import Mapping, Sequence
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
from cases.proposals import Proposal
from cases.services.editing import Values, assign, editing, with_drug, with_gene
from cases.services.specimens import with_normalised_karyotype
from iltb.accounts.models import User
from iltb.core.errors import Conflict, InvalidInput

LONGEST_ORIGINAL: Final = 200


@dataclass(frozen=True)
class Kind:
    """Where findings of one kind go: the model, and the columns that make two of them the same."""

    model: type[models.Model]
    identity: Sequence[str]


KINDS: Final[Mapping[str, Kind]] = {
    "variant": Kind(VariantFinding, ("gene_symbol", "variant_class", "hgvs_c", "hgvs_p")),
    "class_event": Kind(VariantFinding, ("gene_symbol", "variant_class", "hgvs_c", "hgvs_p")),
    "fusion": Kind(FusionFinding, ("five_prime_gene", "three_prime_gene")),
    "copy_number": Kind(CopyNumberFinding, ("gene_symbol", "region", "change")),
    "antigen": Kind(AntigenFinding, ("antigen", "method")),
    "absence": Kind(NegativeFinding, ("target",)),
    "karyotype": Kind(Karyotype, ()),
    "drug_response": Kind(DrugResponse, ("name", "readout")),
}


@dataclass
class Import:
    """What became of the chosen findings: how many were added, how many stood there, which were refused and why."""

    labels: list[str] = field(default_factory=list)
    added: int = 0
    known: int = 0
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


def _take(proposal: Proposal, specimen: Specimen, done: Import) -> None:
    try:
        with transaction.atomic():
            added = _add(proposal, specimen)
    except InvalidInput as refusal:
        reasons = " ".join(sentence for sentences in refusal.errors.values() for sentence in sentences)
        done.refused.append(_("Line %(line)s: %(reasons)s") % {"line": proposal.line, "reasons": reasons})
    else:
        done.added += added
        done.known += not added


def _add(proposal: Proposal, specimen: Specimen) -> bool:
    """Add one finding; False when the same stands there already."""
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
    same = rows.filter(**parent, **_identity(kind, values))
    if same.exists():
        return False
    assign(kind.model(**parent), values)
    return True


def _identity(kind: Kind, values: Values) -> dict[str, object]:
    found = {}
    for name in kind.identity:
        column: Any = kind.model._meta.get_field(name)
        found[name] = values.get(name) or (column.get_default() if column.has_default() else "")
    return found


def columns_of(proposal: Proposal) -> dict[str, Any]:
    """The values of a proposal under the names of its model's columns, genes and drugs by their approved names."""
    values = {name: value for name, value in proposal.values.items() if value is not None}
    original = {"original_text": proposal.original[:LONGEST_ORIGINAL]}
    if proposal.kind in ("variant", "class_event"):
        return {**with_gene(values), **original}
    if proposal.kind == "fusion":
        return values | original
    if proposal.kind == "copy_number":
        renamed = {"gene_symbol": values.pop("gene", ""), "change": values.pop("type", "")}
        return {**with_gene(values | renamed), **original}
    if proposal.kind == "karyotype":
        return dict(with_normalised_karyotype(values) or {})
    if proposal.kind == "drug_response":
        renamed = {"name": values.pop("drug", ""), "unit": _UNITS.get(str(values.pop("unit", "")), "")}
        return dict(with_drug(values | renamed))
    return values


_UNITS: Final = {"nM": "nM", "%": "percent", "percent": "percent", "z": "z"}
