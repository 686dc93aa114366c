"""Put a specimen with everything found on it into the dossier, or take it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.models import (
    AntigenFinding,
    Assay,
    Case,
    Clone,
    CopyNumberFinding,
    ExpressionOutlier,
    FishFinding,
    FusionFinding,
    Karyotype,
    MethylationResult,
    MolecularSignature,
    NegativeFinding,
    Specimen,
    VariantFinding,
)
from cases.nomenclature import iscn
from cases.services.editing import Values, assign, editing, replace_rows, restate, with_gene
from cases.services.typists import Part
from iltb.accounts.models import User
from iltb.core.errors import Conflict

Rows = Sequence[Values]


@dataclass(frozen=True)
class SpecimenRows:
    """A specimen with everything found on it; rows are mappings of column to value.

    A kind that is None stays as it is stored; an empty sequence or mapping says that there is none.
    """

    values: Values
    assays: Rows | None = ()
    variants: Rows | None = ()
    fusions: Rows | None = ()
    antigens: Rows | None = ()
    absences: Rows | None = ()
    fish: Rows | None = None
    copy_numbers: Rows | None = None
    expression_outliers: Rows | None = None
    methylation: Rows | None = None
    clones: Rows | None = None
    karyotype: Values | None = None
    signature: Values | None = None


_KINDS: Final[Mapping[str, type[models.Model]]] = {
    "assays": Assay,
    "variants": VariantFinding,
    "fusions": FusionFinding,
    "antigens": AntigenFinding,
    "absences": NegativeFinding,
    "fish": FishFinding,
    "copy_numbers": CopyNumberFinding,
    "expression_outliers": ExpressionOutlier,
    "methylation": MethylationResult,
    "clones": Clone,
}
_ON_GENES: Final = frozenset({"variants", "copy_numbers", "expression_outliers"})


def save_specimen(*, case: Case, actor: User, version: int, rows: SpecimenRows, key: UUID | None = None) -> Specimen:
    """Add a specimen, or replace the one named by ``key`` with everything on it.

    Raises ``InvalidInput`` with fields such as ``variants-0-vaf`` or ``karyotype-iscn``.
    """
    part = Part(Section.FINDINGS)
    with editing(case=case, actor=actor, version=version, what="specimen", parts=[part]) as locked:
        specimen = locked.specimens.filter(pk=key).first() if key else Specimen(case=locked)
        if specimen is None:
            raise Conflict(_("This specimen was removed in the meantime."))
        assign(specimen, rows.values)
        part.specimen = specimen
        for kind, model in _KINDS.items():
            given: Rows | None = getattr(rows, kind)
            if given is not None:
                replace_rows(model, kind, given, with_gene if kind in _ON_GENES else None, specimen=specimen)
        _save_one(Karyotype, "karyotype", with_normalised_karyotype(rows.karyotype), specimen)
        _save_one(MolecularSignature, "signature", rows.signature, specimen)
    return specimen


def remove_specimen(*, case: Case, actor: User, version: int, key: UUID) -> None:
    """Take a specimen and its findings out of the dossier; frozen revisions keep them."""
    with editing(case=case, actor=actor, version=version, what="specimen removed") as locked:
        locked.specimens.filter(pk=key).delete()


def _save_one(model: type[models.Model], kind: str, values: Values | None, specimen: Specimen) -> None:
    if values is None:
        return
    stored = model._default_manager.filter(specimen=specimen).first()
    if any(value not in (None, "") for value in values.values()):
        restate(stored or model(specimen=specimen), values, path=f"{kind}-")
    elif stored:
        stored.delete()


def with_normalised_karyotype(values: Values | None) -> Values | None:
    """A karyotype with its one spelling beside the reported one, where it can be read."""
    if not values:
        return values
    parsed = iscn.parse(str(values.get("iscn") or ""))
    return {**values, "iscn_normalised": parsed.normalised if parsed.status in ("parsed", "partly") else ""}
