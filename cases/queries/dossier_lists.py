"""Which lists a dossier has, and what tells the rows of each apart; for comparing two of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import models as facts
from cases.queries import words
from cases.queries.answers import question_rows
from cases.queries.columns import Row, Stated, stated
from cases.queries.dossier_patient import (
    board_answers,
    consent_stated,
    disease_stated,
    patient_stated,
    status_stated,
    transcribed,
)

Content = Mapping[str, Any]

_READ_FOR_PEOPLE: Final = (
    "question_text",
    "question_types",
    "treatment_intent",
    "urgency",
    "urgency_reasons",
    "next_decision_day",
    "no_standard_of_care",
    "no_standard_of_care_reason",
    "submission_type",
)


@dataclass(frozen=True)
class Rows:
    """A list of the content. ``names`` tell its rows apart; where they were corrected, ``loosely`` still may."""

    key: str
    title: str | Promise
    model: type[models.Model]
    names: tuple[str, ...]
    loosely: tuple[str, ...] = ()
    more: Callable[[Content], Iterable[Row]] = lambda _row: ()
    inner: tuple["Rows", ...] = ()
    single: tuple["Rows", ...] = ()


def _case(content: Content) -> Sequence[Row]:
    """The question in the words of its readers; the form speaks to who fills it in."""
    case = content["case"]
    rest = stated(facts.Case, case, omit=_READ_FOR_PEOPLE).rows
    return [*question_rows(case), *rest, (_("Follows the case"), words.text(case["parent_code"]))]


def _treatment(content: Content) -> Sequence[Row]:
    none_yet = [(_("No treatment yet"), _("yes"))] if content["no_therapy_yet"] else []
    return [*none_yet, *stated(facts.Exposure, content["exposure"]).rows]


def _typed(content: Content) -> Sequence[Row]:
    views = transcribed(content["transcriptions"])
    return [(view.part, _("confirmed") if view.is_confirmed else _("not yet confirmed")) for view in views]


def _board(content: Content) -> Sequence[Row]:
    return [(view.label, view.answer or words.not_stated()) for view in board_answers(content["board_questions"])]


def _rows_of(stated_of: Callable[[Content], Stated], key: str) -> Callable[[Content], Sequence[Row]]:
    return lambda content: stated_of(content[key]).rows


def _block(model: type[models.Model], key: str) -> Callable[[Content], Sequence[Row]]:
    return lambda content: stated(model, content[key]).rows


def _on_specimen(row: Content) -> Iterable[Row]:
    if row.get("is_current_disease"):
        yield _("Disease as it is now"), _("yes")
    if row.get("tested_absent"):
        yield _("Tested, not found"), ", ".join(row["tested_absent"])


def _beside_drug(row: Content) -> Iterable[Row]:
    if not row.get("code"):
        yield _("In the list of drugs"), _("not recognised")


def _of_panel(row: Content) -> Iterable[Row]:
    if row.get("specimen"):
        yield _("Specimen"), str(row["specimen"])


_GENE: Final = ("gene", "hgvs_p", "hgvs_c")
_SPECIMENS: Final = Rows(
    "specimens",
    gettext_lazy("Specimen"),
    facts.Specimen,
    ("label",),
    more=_on_specimen,
    single=(
        Rows("karyotype", gettext_lazy("Karyotype"), facts.Karyotype, ()),
        Rows("signature", gettext_lazy("Signature"), facts.MolecularSignature, ()),
    ),
    inner=(
        Rows("variants", gettext_lazy("Variant"), facts.VariantFinding, _GENE, ("gene", "variant_class")),
        Rows(
            "fusions",
            gettext_lazy("Fusion"),
            facts.FusionFinding,
            ("five_prime_gene", "three_prime_gene"),
            ("five_prime_gene",),
        ),
        Rows(
            "antigens",
            gettext_lazy("Antigen"),
            facts.AntigenFinding,
            ("antigen", "method", "compartment"),
            ("antigen",),
        ),
        Rows("fish", gettext_lazy("FISH"), facts.FishFinding, ("probe",)),
        Rows(
            "copy_numbers",
            gettext_lazy("Gain or loss"),
            facts.CopyNumberFinding,
            ("gene", "region", "change"),
            ("gene", "region"),
        ),
        Rows("expression_outliers", gettext_lazy("Expression"), facts.ExpressionOutlier, ("gene",)),
        Rows("methylation", gettext_lazy("Methylation"), facts.MethylationResult, ("classifier",)),
        Rows("clones", gettext_lazy("Clone"), facts.Clone, ("clone_label",)),
        Rows("assays", gettext_lazy("Method"), facts.Assay, ("assay_type",)),
    ),
)
_LINES: Final = Rows(
    "therapy_lines",
    gettext_lazy("Line"),
    facts.TherapyLine,
    ("line_number", "regimen_name"),
    ("line_number",),
    inner=(
        Rows("drugs", gettext_lazy("Drug"), facts.TherapyDrug, ("display",), more=_beside_drug),
        Rows("toxicities", gettext_lazy("Toxicity"), facts.Toxicity, ("term",)),
    ),
)
_PANELS: Final = Rows(
    "ex_vivo",
    gettext_lazy("Drug response"),
    facts.ExVivoPanel,
    ("assay_platform", "specimen"),
    ("assay_platform",),
    more=_of_panel,
    inner=(
        Rows(
            "responses",
            gettext_lazy("Drug"),
            facts.DrugResponse,
            ("display", "readout"),
            ("display",),
            more=_beside_drug,
        ),
    ),
)


def _with_drug(key: str, title: str | Promise, model: type[models.Model]) -> Rows:
    return Rows(key, title, model, ("display",), more=_beside_drug)


Block = tuple[str | Promise, Callable[[Content], Sequence[Row]], tuple[Rows, ...]]
BLOCKS: Final[tuple[Block, ...]] = (
    (gettext_lazy("Question"), _case, ()),
    (gettext_lazy("Patient"), _rows_of(patient_stated, "patient"), ()),
    (gettext_lazy("First diagnosis"), _rows_of(disease_stated, "diagnosis"), ()),
    (
        gettext_lazy("Disease now"),
        _rows_of(status_stated, "status"),
        (
            Rows("status.masses", gettext_lazy("Mass"), facts.DiseaseMass, ("site",)),
            Rows(
                "mrd",
                gettext_lazy("Residual disease"),
                facts.MrdMeasurement,
                ("method", "tissue", "measured_on_day"),
                ("method", "tissue"),
            ),
        ),
    ),
    (gettext_lazy("Specimens and findings"), lambda _content: (), (_SPECIMENS,)),
    (
        gettext_lazy("Germline"),
        _block(facts.Germline, "germline"),
        (Rows("germline.variants", gettext_lazy("Germline variant"), facts.GermlineVariant, _GENE, ("gene",)),),
    ),
    (gettext_lazy("Drug response"), lambda _content: (), (_PANELS,)),
    (
        gettext_lazy("Treatment"),
        _treatment,
        (
            _LINES,
            Rows("transplants", gettext_lazy("Transplant"), facts.Transplant, ("number",)),
            Rows("cell_therapies", gettext_lazy("Cell therapy"), facts.CellTherapy, ("number",)),
        ),
    ),
    (
        gettext_lazy("Condition"),
        _block(facts.Condition, "condition"),
        (
            _with_drug("condition.comedications", gettext_lazy("Other drug"), facts.Comedication),
            _with_drug("condition.contraindications", gettext_lazy("Must not be given"), facts.Contraindication),
        ),
    ),
    (
        gettext_lazy("Access"),
        _block(facts.AccessNeeds, "access"),
        (
            Rows("access.trials_considered", gettext_lazy("Trial considered"), facts.TrialConsidered, ("trial",)),
            _with_drug("access.drug_access", gettext_lazy("Drug at the centre"), facts.DrugAccess),
        ),
    ),
    (gettext_lazy("Consent"), _rows_of(consent_stated, "consent"), ()),
    (gettext_lazy("Questions of the board"), _board, ()),
    (gettext_lazy("Typed from a report"), _typed, ()),
)
