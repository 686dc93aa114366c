"""The dossier as people read it: words instead of codes, findings by specimen, treatment as a chart and as text.

One reading for triage, review, case page and check before sending. Nothing here asks the database: a frozen revision
holds code and display of everything, so an old dossier reads the same for ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases import enums
from cases.models import CaseRevision
from cases.queries import words
from cases.queries.answers import Row, consent_rows, disease_rows, patient_rows, question_rows
from iltb.core.charts import (
    DAYS_PER_MONTH,
    Antigen,
    Event,
    Treatment,
    antigen_bars,
    treatment_chart,
    vaf_bar,
)

Content = Mapping[str, Any]

# What a reader looks for first: results still to come and failed ones change the advice, "not done" the wish list.
_ASSAY_ORDER: Final = ("done", "pending", "failed", "not_done", "unknown")
_ASSAY_TONES: Final = {"done": "good", "pending": "warn", "failed": "bad"}
# A line is drawn in the colour of the first of these that one of its drugs belongs to.
_KINDS: Final = (
    ("cell therapy", "cell"),
    ("immunotherapy", "targeted"),
    ("targeted agent", "targeted"),
    ("cytotoxic agent", "chemotherapy"),
    ("supportive drug", "supportive"),
)


@dataclass(frozen=True)
class VariantRow:
    """One variant; ``vaf_bar`` is empty when no allele fraction is stated."""

    gene: str
    change: str
    detail: str
    vaf: str
    vaf_bar: SafeString
    origin: str
    oncogenicity: str


@dataclass(frozen=True)
class FusionRow:
    """One fusion, ``KMT2A::AFF1`` or "KMT2A rearranged, partner unknown"."""

    name: str
    in_frame: str
    role: str


@dataclass(frozen=True)
class AssayGroup:
    """All methods on one specimen that are in the same state."""

    status: str
    tone: str
    methods: str


@dataclass(frozen=True)
class SpecimenView:
    """One specimen with everything found, not found, and not looked for on it."""

    label: str
    title: str
    when: str
    blasts: str
    is_current_disease: bool
    variants: Sequence[VariantRow]
    fusions: Sequence[FusionRow]
    antigen_chart: SafeString | None
    antigen_columns: Sequence[str]
    antigen_rows: Sequence[Sequence[Row]]
    tested_absent: Sequence[str]
    assays: Sequence[AssayGroup]

    @property
    def has_findings(self) -> bool:
        """Whether anything was found on it."""
        return bool(self.variants or self.fusions or self.antigen_rows)


@dataclass(frozen=True)
class DrugName:
    """A drug of a line; one that no list knows is shown as written and marked."""

    name: str
    is_known: bool


@dataclass(frozen=True)
class LineView:
    """One line of treatment as text."""

    number: int
    setting: str
    regimen: str
    drugs: Sequence[DrugName]
    days: str
    stop_reason: str
    best_response: str


@dataclass(frozen=True)
class Dossier:
    """Everything that a revision states, ready to be shown."""

    code: str
    headline: str
    revision: int | None
    facts: Sequence[tuple[str, str] | tuple[str, str, str]]
    question: str
    question_rows: Sequence[Row]
    disease_rows: Sequence[Row]
    patient_rows: Sequence[Row]
    specimens: Sequence[SpecimenView]
    lines: Sequence[LineView]
    no_therapy_yet: bool
    treatment_chart: SafeString | None
    treatment_legend: Sequence[tuple[str, str]]
    consent_rows: Sequence[Row]


def dossier_of(revision: CaseRevision) -> Dossier:
    """How a frozen revision reads. No query."""
    return dossier_from(revision.content, revision=revision.number)


def dossier_from(content: Content, *, revision: int | None = None) -> Dossier:
    """How a content reads, frozen or not yet; missing keys read as "not stated"."""
    case, patient, diagnosis, status = (content.get(key) or {} for key in ("case", "patient", "diagnosis", "status"))
    lines = content.get("therapy_lines") or []
    return Dossier(
        code=case.get("code", ""),
        headline=_headline(diagnosis, status),
        revision=revision,
        facts=_facts(case, patient, diagnosis, status),
        question=words.text(case.get("question_text")),
        question_rows=question_rows(case)[1:],
        disease_rows=disease_rows(diagnosis, status),
        patient_rows=patient_rows(patient),
        specimens=[_specimen(specimen) for specimen in _newest_first(content.get("specimens") or [])],
        lines=[_line(line) for line in lines],
        no_therapy_yet=bool(content.get("no_therapy_yet")),
        treatment_chart=_treatment_chart(lines, patient, status) if lines else None,
        treatment_legend=_legend(lines),
        consent_rows=consent_rows(content.get("consent") or {}),
    )


def _headline(diagnosis: Content, status: Content) -> str:
    group = words.label(enums.DiseaseGroup, diagnosis.get("disease_group"))
    if not diagnosis.get("disease_group"):
        return _("Disease not stated")
    parts = [group[0].upper() + group[1:]]
    if status.get("status_now"):
        parts.append(words.label(enums.StatusNow, status["status_now"]))
    return ", ".join(parts)


def _facts(case: Content, patient: Content, diagnosis: Content, status: Content) -> list[Any]:
    blasts = status.get("bm_blasts_morphology_pct_of_cells"), status.get("bm_blasts_flow_pct_of_cells")
    by_flow = blasts[0] is None and blasts[1] is not None
    return [
        (_("Age"), words.age(patient.get("age_months_at_submission"))),
        (_("Disease"), words.named(diagnosis.get("entity"))),
        (_("Status"), words.label(enums.StatusNow, status.get("status_now"))),
        (_("Relapses"), words.count(status.get("relapse_number"))),
        (_("CNS"), words.label(enums.CnsStatus, status.get("cns_status"))),
        (_("Marrow blasts"), words.percent(blasts[1] if by_flow else blasts[0]), _("by flow") if by_flow else ""),
        (_("Aim"), words.label(enums.TreatmentIntent, case.get("treatment_intent"))),
        (_("Weight"), words.number(patient.get("weight_kg"), "kg")),
    ]


def _newest_first(specimens: Iterable[Content]) -> list[Content]:
    """The current disease first, then by day; one without a day last of its kind."""

    def age_of(specimen: Content) -> tuple[bool, int]:
        day = specimen.get("taken_on_day")
        return not specimen.get("is_current_disease"), 1 if day is None else -day

    return sorted(specimens, key=age_of)


def _specimen(specimen: Content) -> SpecimenView:
    antigens = specimen.get("antigens") or []
    material = words.label(enums.Tissue, specimen.get("tissue"))
    return SpecimenView(
        label=specimen["label"],
        title=f"{words.label(enums.TimePoint, specimen.get('time_point')).capitalize()}, {material}",
        when=_day_and_month(specimen.get("taken_on_day")),
        blasts=words.percent(specimen.get("blasts_pct_of_cells")),
        is_current_disease=bool(specimen.get("is_current_disease")),
        variants=[_variant(variant) for variant in specimen.get("variants") or []],
        fusions=[_fusion(fusion) for fusion in specimen.get("fusions") or []],
        antigen_chart=_antigen_chart(antigens) if antigens else None,
        antigen_columns=[name for name, _value in _antigen_row({})],
        antigen_rows=[_antigen_row(antigen) for antigen in antigens],
        tested_absent=list(specimen.get("tested_absent") or []),
        assays=_assays(specimen.get("assays") or []),
    )


def _day_and_month(day: int | None) -> str:
    if day is None:
        return _("day not stated")
    return _("day %(day)s (month %(month)s)") % {"day": day, "month": int(day / DAYS_PER_MONTH)}


def _variant(variant: Content) -> VariantRow:
    vaf = variant.get("vaf")
    kind = variant.get("variant_class")
    written = [variant.get("hgvs_p"), variant.get("hgvs_c")]
    changes = [change for change in written if change]
    if kind and kind != enums.VariantClass.SMALL:
        changes.insert(0, words.label(enums.VariantClass, kind))
    details = [*changes[1:], variant.get("transcript") or ""]
    if variant.get("length_bp") is not None:
        details.append(words.number(variant["length_bp"], _("base pairs")))
    if variant.get("allelic_ratio") is not None:
        details.append(_("allelic ratio %(ratio)s") % {"ratio": words.number(variant["allelic_ratio"])})
    return VariantRow(
        gene=variant["gene"],
        change=changes[0] if changes else _("change not stated"),
        detail=", ".join(filter(None, details)),
        vaf=words.percent_of_fraction(vaf),
        vaf_bar=vaf_bar(None if vaf is None else Decimal(vaf)),
        origin=words.label(enums.Origin, variant.get("origin")),
        oncogenicity=words.label(enums.Oncogenicity, variant.get("oncogenicity")),
    )


def _fusion(fusion: Content) -> FusionRow:
    first, second = fusion["five_prime_gene"], fusion.get("three_prime_gene")
    return FusionRow(
        name=f"{first}::{second}" if second else _("%(gene)s rearranged, partner unknown") % {"gene": first},
        in_frame=words.label(enums.YesNoUnknown, fusion.get("in_frame")),
        role=words.label(enums.DriverClass, fusion.get("driver_class")),
    )


def _antigen_chart(antigens: Iterable[Content]) -> SafeString:
    return antigen_bars([_antigen_bar(antigen) for antigen in antigens])


def _antigen_bar(antigen: Content) -> Antigen:
    percent = antigen.get("percent_positive")
    intensity = antigen.get("intensity")
    notes = [words.label(enums.Intensity, intensity)] if intensity not in (None, "", "unknown") else []
    if antigen.get("percent_of") == enums.PercentOf.NUCLEATED_CELLS:
        notes.insert(0, words.label(enums.PercentOf, antigen["percent_of"]))
    return Antigen(antigen["antigen"], None if percent is None else Decimal(percent), ", ".join(notes))


def _antigen_row(antigen: Content) -> list[Row]:
    return [
        (_("Antigen"), antigen.get("antigen", "")),
        (_("Positive"), _share(antigen)),
        (_("Intensity"), words.label(enums.Intensity, antigen.get("intensity"))),
        (_("Pattern"), words.label(enums.Pattern, antigen.get("pattern"))),
        (_("Negative part"), words.percent(antigen.get("negative_subclone_pct"))),
        (_("Where"), words.label(enums.Compartment, antigen.get("compartment"))),
        (_("Method"), words.label(enums.AntigenMethod, antigen.get("method"))),
    ]


def _share(antigen: Content) -> str:
    if antigen.get("percent_positive") is None:
        return words.not_stated()
    return f"{words.percent(antigen['percent_positive'])} {words.label(enums.PercentOf, antigen.get('percent_of'))}"


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


def _line(line: Content) -> LineView:
    stop = line.get("stop_on_day")
    days = _("from day %(start)s") if stop is None else _("day %(start)s to %(stop)s")
    return LineView(
        number=line["line_number"],
        setting=words.label(enums.LineSetting, line.get("setting")),
        regimen=words.text(line.get("regimen_name")),
        drugs=[DrugName(drug["display"], is_known=bool(drug.get("code"))) for drug in line.get("drugs") or []],
        days=days % {"start": line["start_on_day"], "stop": stop},
        stop_reason=words.label(enums.StopReason, line.get("stop_reason")),
        best_response=words.label(enums.BestResponse, line.get("best_response")),
    )


def _treatment_chart(lines: Iterable[Content], patient: Content, status: Content) -> SafeString:
    treatments = [
        Treatment(
            label=line["regimen_name"],
            start_on_day=line["start_on_day"],
            stop_on_day=line.get("stop_on_day"),
            kind=kind_of_line(line),
            response=words.label(enums.BestResponse, line.get("best_response")),
        )
        for line in lines
    ]
    now, then = patient.get("age_months_at_submission"), patient.get("age_months_at_diagnosis")
    until = int(((now or 0) - (then or now or 0)) * DAYS_PER_MONTH)
    relapse = status.get("time_to_first_relapse_months")
    events = [] if relapse is None else [Event(int(relapse * DAYS_PER_MONTH), _("first relapse"))]
    return treatment_chart(treatments, events, until_day=until)


def kind_of_line(line: Content) -> str:
    """The colour of a line: the first of ``_KINDS`` that one of its drugs belongs to, "" when none is known."""
    classes = {name for drug in line.get("drugs") or [] for name in drug.get("classes") or []}
    return next((kind for name, kind in _KINDS if name in classes), "")


def _legend(lines: Iterable[Content]) -> list[Row]:
    """The colours that the chart uses, each once, in the order of ``_KINDS``."""
    names = {
        "cell": _("cell therapy"),
        "targeted": _("targeted or immunotherapy"),
        "chemotherapy": _("chemotherapy"),
        "supportive": _("supportive"),
        "": _("other or not stated"),
    }
    used = {kind_of_line(line) for line in lines}
    return [(kind, words_) for kind, words_ in names.items() if kind in used]
