"""One specimen with everything found, not found, and not looked for on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cases import enums
from cases.models import (
    Assay,
    Clone,
    ExpressionOutlier,
    FishFinding,
    Karyotype,
    MethylationResult,
    MolecularSignature,
    Specimen,
)
from cases.nomenclature import iscn
from cases.queries import words
from cases.queries.columns import ResultTable, Row, Stated, in_words, stated, table_of
from cases.queries.words import gettext as _
from iltb.core.charts import DAYS_PER_MONTH

Content = Mapping[str, Any]

# What a reader looks for first: results still to come and failed ones change the advice, "not done" the wish list.
_ASSAY_ORDER: Final = ("done", "pending", "failed", "not_done", "unknown")
_ASSAY_TONES: Final = {"done": "good", "pending": "warn", "failed": "bad"}
_SUSPECTED: Final = "suspected:"
_FINDINGS: Final = (
    "variants",
    "fusions",
    "antigens",
    "karyotype",
    "fish",
    "expression_outliers",
    "methylation",
    "clones",
)


@dataclass(frozen=True)
class AssayGroup:
    """All methods on one specimen that are in the same state."""

    status: str
    tone: str
    methods: str


@dataclass(frozen=True)
class KaryotypeView:
    """A karyotype as reported and as read; ``problems`` say in sentences what was not understood."""

    reported: str
    normalised: str
    facts: Sequence[str]
    suspected: Sequence[str]
    problems: Sequence[str]
    stated: Stated


@dataclass(frozen=True)
class SpecimenView:
    """One specimen; its variants, fusions and antigens stand in tables of their own."""

    label: str
    title: str
    when: str
    blasts: str
    is_current_disease: bool
    tested_absent: Sequence[str]
    assays: Sequence[AssayGroup]
    stated: Stated
    methods: Sequence[tuple[str, str]]
    karyotype: KaryotypeView | None
    signature: Stated | None
    tables: Sequence[ResultTable]
    has_findings: bool


def specimen_title(specimen: Content) -> str:
    """Time point and material in words."""
    material = words.label(enums.Tissue, specimen.get("tissue"))
    return f"{words.label(enums.TimePoint, specimen.get('time_point')).capitalize()}, {material}"


def specimen_view(specimen: Content) -> SpecimenView:
    """How one frozen specimen reads."""
    signature = specimen.get("signature")
    assays = specimen.get("assays") or []
    return SpecimenView(
        label=specimen["label"],
        title=specimen_title(specimen),
        when=day_and_month(specimen.get("taken_on_day")),
        blasts=_blasts(specimen),
        is_current_disease=bool(specimen.get("is_current_disease")),
        tested_absent=list(specimen.get("tested_absent") or []),
        assays=_assays(assays),
        stated=stated(Specimen, specimen, only=("donor_chimerism_pct", "is_current_override")),
        methods=[found for assay in assays if (found := _method(assay))[1]],
        karyotype=_karyotype(specimen.get("karyotype")),
        signature=stated(MolecularSignature, signature) if signature else None,
        tables=[*_tables(specimen)],
        has_findings=any(specimen.get(kind) for kind in _FINDINGS),
    )


def day_and_month(day: int | None) -> str:
    """A day since the first diagnosis, with the month for those who count in months."""
    if day is None:
        return _("day not stated")
    return _("day %(day)s (month %(month)s)") % {"day": day, "month": int(day / DAYS_PER_MONTH)}


def _blasts(specimen: Content) -> str:
    share = words.compared(specimen.get("blasts_comparator"), words.percent(specimen.get("blasts_pct_of_cells")))
    method = specimen.get("blast_method")
    return f"{share} ({words.label(enums.BlastMethod, method)})" if method else share


def antigen_row(antigen: Content) -> list[Row]:
    """Every answer about one antigen, for a table."""
    return [
        (_("Antigen"), antigen.get("antigen", "")),
        (_("Positive"), antigen_share(antigen)),
        (_("Intensity"), words.label(enums.Intensity, antigen.get("intensity"))),
        (_("Pattern"), words.label(enums.Pattern, antigen.get("pattern"))),
        (_("Negative part"), words.percent(antigen.get("negative_subclone_pct"))),
        (_("Where"), words.label(enums.Compartment, antigen.get("compartment"))),
        (_("Method"), words.label(enums.AntigenMethod, antigen.get("method"))),
        (_("Measured"), ", ".join(antigen_amounts(antigen)) or words.not_stated()),
    ]


def antigen_share(antigen: Content) -> str:
    """The share of positive cells with its denominator."""
    if antigen.get("percent_positive") is None:
        return words.not_stated()
    share = words.compared(antigen.get("percent_comparator"), words.percent(antigen["percent_positive"]))
    return f"{share} {words.label(enums.PercentOf, antigen.get('percent_of'))}"


def antigen_amounts(antigen: Content) -> Iterable[str]:
    """Density, fluorescence ratio and H-score, as far as they are stated."""
    if antigen.get("density_molecules_per_cell") is not None:
        yield _("%(number)s molecules per cell") % {"number": antigen["density_molecules_per_cell"]}
    if antigen.get("mfi_ratio") is not None:
        yield _("fluorescence ratio %(number)s") % {"number": words.number(antigen["mfi_ratio"])}
    if antigen.get("h_score") is not None:
        yield _("H-score %(number)s") % {"number": antigen["h_score"]}


def _assays(assays: Sequence[Content]) -> list[AssayGroup]:
    groups = {
        status: [words.label(enums.AssayType, assay["assay_type"]) for assay in assays if assay["status"] == status]
        for status in _ASSAY_ORDER
    }
    return [
        AssayGroup(words.label(enums.BlockStatus, status), _ASSAY_TONES.get(status, ""), ", ".join(methods))
        for status, methods in groups.items()
        if methods
    ]


def _method(assay: Content) -> tuple[str, str]:
    """What else is known of a method, in one line."""
    return words.label(enums.AssayType, assay["assay_type"]), in_words(Assay, assay, omit=("assay_type", "status"))


def _karyotype(karyotype: Content | None) -> KaryotypeView | None:
    if not karyotype:
        return None
    reported = karyotype.get("iscn") or ""
    read = iscn.parse(reported)
    normalised = karyotype.get("iscn_normalised") or read.normalised
    return KaryotypeView(
        reported=reported,
        normalised="" if normalised == reported else normalised,
        facts=sorted(fact for fact in read.facts if not fact.startswith(_SUSPECTED)),
        suspected=read.suspected_fusions,
        problems=read.problems,
        stated=stated(Karyotype, karyotype, omit=("iscn",)),
    )


def _tables(specimen: Content) -> Iterable[ResultTable]:
    gene = ((_("Gene"), "gene"),)
    kinds = (
        ("fish", FishFinding, _("In-situ hybridisation (FISH)"), ()),
        ("expression_outliers", ExpressionOutlier, _("Expression outliers"), gene),
        ("methylation", MethylationResult, _("Methylation"), ()),
        ("clones", Clone, _("Clones"), ()),
    )
    for key, model, title, lead in kinds:
        if rows := specimen.get(key):
            yield table_of(title, model, rows, lead=lead)
