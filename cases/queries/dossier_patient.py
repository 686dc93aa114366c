"""The patient behind the tumour: condition, other drugs, germline, access, and who vouches for the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cases import enums
from cases.models import (
    AccessNeeds,
    Comedication,
    Condition,
    Contraindication,
    Diagnosis,
    DiseaseMass,
    DiseaseStatus,
    DrugAccess,
    Exposure,
    Germline,
    GermlineVariant,
    Patient,
    TrialConsidered,
)
from cases.queries import words
from cases.queries.answers import consent_rows
from cases.queries.columns import ResultTable, Stated, stated, table_of
from cases.queries.germline import is_withheld
from cases.queries.words import gettext as _

Content = Mapping[str, Any]

_PERFORMANCE: Final = ("performance_scale", "performance_score", "performance_not_assessable")
_ORGANS: Final = (
    "alt_x_uln",
    "ast_x_uln",
    "bilirubin_total_x_uln",
    "bilirubin_direct_x_uln",
    "creatinine_x_uln",
    "crcl_ml_min_1_73",
    "lvef_pct",
    "sf_pct",
    "qtcf_ms",
    "qtc_formula",
    "spo2_room_air_pct",
    "ldh_x_uln",
    "albumin_g_l",
    "uric_acid_x_uln",
    "spleen_cm",
)
_ELSEWHERE: Final = ("not_done", "no_comedication", "no_contraindications")


@dataclass(frozen=True)
class DrugNote:
    """A drug beside the question: what it is given or not given for, and flags to look up."""

    name: str
    is_known: bool
    flags: Sequence[tuple[str, str]]
    detail: str = ""


@dataclass(frozen=True)
class ConditionView:
    """How the patient is now."""

    organs: Stated
    general: Stated
    exposure: Stated
    comedications: Sequence[DrugNote]
    no_comedication: bool
    contraindications: Sequence[DrugNote]
    no_contraindications: bool


@dataclass(frozen=True)
class GermlineView:
    """Germline testing; where it is withheld from the reader, nothing else says anything."""

    is_withheld: bool
    status: str
    tone: str
    stated: Stated
    table: ResultTable | None


@dataclass(frozen=True)
class AccessView:
    """Which ways to a treatment are open."""

    stated: Stated
    trials: Sequence[tuple[str, str, str]]
    no_trials: bool
    drugs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class BoardAnswerView:
    """A question of the board's own, as it read when it was answered."""

    label: str
    help_text: str
    answer: str


@dataclass(frozen=True)
class TranscribedView:
    """A part that was typed from a report by somebody else."""

    part: str
    is_confirmed: bool


def performance(condition: Content) -> str:
    """Scale and score, "cannot be assessed", or "not done"."""
    if condition.get("performance_not_assessable"):
        return _("cannot be assessed")
    score = condition.get("performance_score")
    if score is None:
        return _("not done") if "performance_score" in (condition.get("not_done") or []) else words.not_stated()
    scale = condition.get("performance_scale")
    return f"{words.label(enums.PerformanceScale, scale) if scale else _('scale not stated')}{words.NBSP}{score}"


def condition_view(content: Content) -> ConditionView:
    """Organ function first: it decides on most trials."""
    condition = content.get("condition") or {}
    missing = condition.get("not_done") or []
    return ConditionView(
        organs=stated(Condition, condition, only=(*_PERFORMANCE, *_ORGANS), not_done=missing),
        general=stated(Condition, condition, omit=(*_PERFORMANCE, *_ORGANS, *_ELSEWHERE)),
        exposure=stated(Exposure, content.get("exposure") or {}, omit=("no_transplant", "no_cell_therapy")),
        comedications=[_comedication(drug) for drug in condition.get("comedications") or []],
        no_comedication=bool(condition.get("no_comedication")),
        contraindications=[_contraindication(drug) for drug in condition.get("contraindications") or []],
        no_contraindications=bool(condition.get("no_contraindications")),
    )


def _comedication(drug: Content) -> DrugNote:
    flags: list[tuple[str, str]] = []
    cyp = drug.get("cyp3a4") or ""
    if cyp:
        tone = "warn" if cyp not in {"none", "unknown"} else ""
        flags.append((f"CYP3A4: {words.label(enums.Cyp3a4, cyp)}", tone))
    names = {
        "pgp_inhibitor": _("P-gp inhibitor"),
        "qt_prolonging": _("prolongs QT"),
        "acid_suppressant": _("suppresses gastric acid"),
    }
    for key, name in names.items():
        answer = drug.get(key) or ""
        if answer:
            shown = name if answer == "yes" else f"{name}: {words.label(enums.YesNoUnknown, answer)}"
            flags.append((shown, "warn" if answer == "yes" else ""))
    return DrugNote(drug["display"], bool(drug.get("code")), flags, _as_written(drug, Comedication))


def _contraindication(drug: Content) -> DrugNote:
    detail = ", ".join(filter(None, [drug.get("reason"), _as_written(drug, Contraindication)]))
    return DrugNote(drug["display"], bool(drug.get("code")), (), detail)


def _as_written(drug: Content, model: Any) -> str:
    """What else the row says: its name as reported, and columns that have no flag of their own."""
    known = ("name", "cyp3a4", "pgp_inhibitor", "qt_prolonging", "acid_suppressant", "reason", "access")
    parts = [f"{name.lower()}: {value}" for name, value in stated(model, drug, omit=known).rows]
    written = drug.get("name") or ""
    if written and written.casefold() != drug["display"].casefold():
        parts.insert(0, _("reported as “%(text)s”") % {"text": written})
    return ", ".join(parts)


def germline_view(content: Content) -> GermlineView:
    """Germline testing, or that it is not for this reader."""
    germline = content.get("germline") or {}
    status, variants = germline.get("status") or "", germline.get("variants") or []
    return GermlineView(
        is_withheld=is_withheld(content),
        status=words.label(enums.BlockStatus, status),
        tone={"done": "good", "pending": "warn", "failed": "bad"}.get(status, ""),
        stated=stated(Germline, germline, omit=("status",)),
        table=table_of(_("Germline variants"), GermlineVariant, variants, lead=((_("Gene"), "gene"),))
        if variants
        else None,
    )


def access_view(content: Content) -> AccessView:
    """Trials that were tried, drugs that can be had, travel, donor."""
    access = content.get("access") or {}
    trials = [
        (row["trial"], words.label(enums.TrialOutcome, row.get("outcome")), _more(TrialConsidered, row))
        for row in access.get("trials_considered") or []
    ]
    drugs = [
        (
            ", ".join(filter(None, [row["display"], _as_written(row, DrugAccess)])),
            words.label(enums.DrugAccessWay, row.get("access")),
        )
        for row in access.get("drug_access") or []
    ]
    return AccessView(
        stated=stated(AccessNeeds, access, omit=("no_trials_considered",)),
        trials=trials,
        no_trials=bool(access.get("no_trials_considered")),
        drugs=drugs,
    )


def _more(model: Any, row: Content) -> str:
    return ", ".join(value for _name, value in stated(model, row, omit=("trial", "outcome")).rows)


def patient_stated(patient: Content) -> Stated:
    """Everything about the patient; age, country and body surface are read for people."""
    ages = ("age_months_at_submission", "age_months_at_diagnosis")
    own = stated(Patient, patient, omit=ages)
    rows = [
        (_("Age now"), words.age(patient.get(ages[0]))),
        (_("Age at first diagnosis"), words.age(patient.get(ages[1]))),
        *own.rows,
        (_("Country of treatment"), words.named(patient.get("country"))),
    ]
    if patient.get("bsa_m2"):
        rows.append((_("Body surface (Mosteller)"), words.number(patient["bsa_m2"], "m²")))
    return Stated(rows, own.silent)


def disease_stated(diagnosis: Content) -> Stated:
    """The first diagnosis."""
    own = stated(Diagnosis, diagnosis)
    rows = [(_("Entity"), words.named(diagnosis.get("entity"))), *own.rows]
    if diagnosis.get("icdo"):
        rows.append((_("ICD-O"), str(diagnosis["icdo"])))
    return Stated(rows, own.silent)


def status_stated(status: Content) -> Stated:
    """How the disease stands now."""
    return stated(DiseaseStatus, status)


def masses_table(status: Content) -> ResultTable | None:
    """Masses with size and uptake."""
    masses = status.get("masses") or []
    return table_of(_("Masses"), DiseaseMass, masses) if masses else None


def consent_stated(consent: Content) -> Stated:
    """What was agreed to, and whether the centre has confirmed it."""
    confirmed = (_("Confirmed by the centre"), words.yes_no(consent.get("is_confirmed")))
    return Stated.among([*consent_rows(consent), confirmed])


def board_answers(rows: Iterable[Content]) -> list[BoardAnswerView]:
    """The board's own questions that were answered."""
    return [
        BoardAnswerView(
            row.get("label") or row.get("key") or "",
            row.get("help_text") or "",
            f"{row.get('answer')}{words.NBSP}{row['unit']}" if row.get("unit") else str(row.get("answer") or ""),
        )
        for row in rows
    ]


def transcribed(rows: Iterable[Content]) -> list[TranscribedView]:
    """Parts typed by somebody else, the unconfirmed ones first."""
    views = [
        TranscribedView(
            row.get("specimen") or words.capitalised(str(row["section"]).replace("_", " ")),
            bool(row.get("is_confirmed")),
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: view.is_confirmed)
