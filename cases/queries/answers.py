"""The answers of each block as pairs of a label and words, for dossier and check alike."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import models

from cases import enums
from cases.models import (
    AccessNeeds,
    Case,
    CellTherapy,
    Clone,
    Comedication,
    Condition,
    Consent,
    Contraindication,
    CopyNumberFinding,
    Diagnosis,
    DiseaseMass,
    DiseaseStatus,
    DrugAccess,
    DrugResponse,
    Exposure,
    ExpressionOutlier,
    ExVivoPanel,
    FishFinding,
    Germline,
    GermlineVariant,
    Karyotype,
    MethylationResult,
    MolecularSignature,
    MrdMeasurement,
    Patient,
    TherapyDrug,
    TherapyLine,
    Toxicity,
    Transplant,
    TrialConsidered,
)
from cases.queries import words
from cases.queries.columns import Row, in_words, stated
from cases.queries.words import gettext as _

Content = Mapping[str, Any]


_FRAME: Final = ("submitter_role", "national_board_discussed", "earlier_treatment_text", "decisive_finding_text")


def question_rows(case: Content) -> list[Row]:
    """The question and its frame; the text first."""
    decide = case.get("next_decision_day")
    return [
        (_("Question"), words.text(case.get("question_text"))),
        (_("About"), words.labels(enums.QuestionType, case.get("question_types"))),
        (_("Aim of treatment"), words.label(enums.TreatmentIntent, case.get("treatment_intent"))),
        (_("Urgency"), words.label(enums.Urgency, case.get("urgency"))),
        *(
            [(_("Why urgent"), words.labels(enums.UrgencyReason, reasons))]
            if (reasons := case.get("urgency_reasons"))
            else []
        ),
        (_("Decision needed in"), words.number(decide, _("days"))),
        (_("No standard treatment left"), words.yes_no(case.get("no_standard_of_care"))),
        (_("Why none is left"), words.text(case.get("no_standard_of_care_reason"))),
        (_("Kind of question"), words.label(enums.SubmissionType, case.get("submission_type"))),
        *stated(Case, case, only=_FRAME).rows,
    ]


def patient_rows(patient: Content) -> list[Row]:
    """The patient as far as the dossier knows."""
    return [
        (_("Age now"), words.age(patient.get("age_months_at_submission"))),
        (_("Age at first diagnosis"), words.age(patient.get("age_months_at_diagnosis"))),
        (_("Sex"), words.label(enums.Sex, patient.get("sex"))),
        (_("Country of treatment"), words.named(patient.get("country"))),
        (_("Weight"), words.number(patient.get("weight_kg"), "kg")),
        (_("Height"), words.number(patient.get("height_cm"), "cm")),
        (_("Down syndrome"), words.label(enums.YesNoUnknown, patient.get("down_syndrome"))),
        *stated(Patient, patient, only=("other_syndromes", "other_syndrome_text", "fertility_or_pregnancy")).rows,
    ]


def disease_rows(diagnosis: Content, status: Content) -> list[Row]:
    """The first diagnosis and how it stands now."""
    return [
        (_("Disease group"), words.label(enums.DiseaseGroup, diagnosis.get("disease_group"))),
        (_("Entity"), words.named(diagnosis.get("entity"))),
        (_("Classification"), words.label(enums.Classification, diagnosis.get("classification_used"))),
        (_("White cells at diagnosis"), words.number(diagnosis.get("initial_wbc"), "×10⁹/L")),
        (_("CNS at diagnosis"), words.label(enums.CnsStatus, diagnosis.get("initial_cns_status"))),
        (_("First-line protocol"), words.text(diagnosis.get("frontline_protocol"))),
        *stated(
            Diagnosis,
            diagnosis,
            only=("initial_risk_group", "lymphoma_stage_initial", "secondary_disease", "icd10"),
        ).rows,
        (_("Status now"), words.label(enums.StatusNow, status.get("status_now"))),
        (_("Number of relapses"), words.count(status.get("relapse_number"))),
        (_("Diagnosis to first relapse"), words.number(status.get("time_to_first_relapse_months"), _("months"))),
        (_("Sites of disease"), words.labels(enums.Site, status.get("sites"))),
        (_("Marrow blasts, morphology"), _blasts(status, "bm_blasts_morphology")),
        (_("Marrow blasts, flow"), _blasts(status, "bm_blasts_flow")),
        (_("CNS now"), words.label(enums.CnsStatus, status.get("cns_status"))),
        *stated(DiseaseStatus, status, only=_STATUS).rows,
        *((_("Mass"), in_words(DiseaseMass, row)) for row in status.get("masses") or ()),
    ]


def _blasts(status: Content, method: str) -> str:
    share = words.percent(status.get(f"{method}_pct_of_cells"))
    return words.compared(status.get(f"{method}_comparator"), share)


_STATUS: Final = (
    "refractory_definition",
    "relapse_timing_class",
    "bm_blasts_status",
    "pb_blasts_pct_of_cells",
    "wbc",
    "anc",
    "hb_g_dl",
    "platelets",
    "growth_rate",
    "csf_wbc_per_ul",
    "csf_flow",
    "testicular",
    "extramedullary_biopsy_confirmed",
)


def mrd_rows(content: Content) -> list[Row]:
    """Residual disease, and what the board asks besides."""
    residue = [(_("Residual disease"), in_words(MrdMeasurement, row)) for row in content.get("mrd") or ()]
    asked = content.get("board_questions") or ()
    return [*residue, *((row["label"], " ".join(filter(None, (row["answer"], row["unit"])))) for row in asked)]


def more_on_specimen(specimen: Content) -> list[str]:
    """Cytogenetics and profiles of a specimen, one line each."""
    one = {_("Karyotype"): (Karyotype, "karyotype"), _("Signature"): (MolecularSignature, "signature")}
    lines = [
        f"{title}: {in_words(model, specimen[kind])}" for title, (model, kind) in one.items() if specimen.get(kind)
    ]
    many: Mapping[str, tuple[type[models.Model], str]] = {
        _("FISH"): (FishFinding, "fish"),
        _("Gain or loss"): (CopyNumberFinding, "copy_numbers"),
        _("Expression"): (ExpressionOutlier, "expression_outliers"),
        _("Methylation"): (MethylationResult, "methylation"),
        _("Clone"): (Clone, "clones"),
    }
    for title, (model, kind) in many.items():
        lines += [f"{title}: {_gene(model, row)}" for row in specimen.get(kind) or ()]
    return lines


def functional_rows(content: Content) -> list[Row]:
    """Germline and drug response."""
    germline = content.get("germline") or {}
    rows = [(_("Germline testing"), words.label(enums.BlockStatus, germline.get("status")))]
    rows += stated(Germline, germline, omit=("status",)).rows
    rows += [(_("Inherited variant"), _gene(GermlineVariant, row)) for row in germline.get("variants") or ()]
    panels = content.get("ex_vivo") or ()
    for number, panel in enumerate(panels, 1):
        lines = [in_words(ExVivoPanel, panel), *(_drug(DrugResponse, row) for row in panel["responses"])]
        rows.append((_("Drug response %(number)s") % {"number": number}, "\n".join(filter(None, lines))))
    return rows if panels else [*rows, (_("Drug response"), words.not_stated())]


def line_details(line: Content) -> list[str]:
    """What a line says beyond the lines' own words: response, trial, doses, toxicities."""
    said = [in_words(TherapyLine, line, only=("response_duration_days", "trial_id"))]
    said += [_drug(TherapyDrug, drug) for drug in line["drugs"] if _says_more(TherapyDrug, drug)]
    said += [in_words(Toxicity, row) for row in line.get("toxicities") or ()]
    return list(filter(None, said))


def treatment_rows(content: Content) -> list[Row]:
    """Transplants, cell therapies and what treatment left behind."""
    transplants = [
        (_("Transplant %(number)s") % row, in_words(Transplant, row, omit=("number",)))
        for row in content.get("transplants") or ()
    ]
    cells = [
        (_("Cell therapy %(number)s") % row, in_words(CellTherapy, row, omit=("number",)))
        for row in content.get("cell_therapies") or ()
    ]
    exposure = content.get("exposure") or {}
    return [
        *(transplants or [(_("Transplants"), _listed((), is_none=exposure.get("no_transplant")))]),
        *(cells or [(_("Cell therapies"), _listed((), is_none=exposure.get("no_cell_therapy")))]),
        *stated(Exposure, exposure, omit=("no_transplant", "no_cell_therapy")).rows,
    ]


def condition_rows(content: Content) -> list[Row]:
    """How the patient is, other drugs, contraindications."""
    condition = content.get("condition") or {}
    comedications = [_drug(Comedication, row) for row in condition.get("comedications") or ()]
    contraindications = [_drug(Contraindication, row) for row in condition.get("contraindications") or ()]
    return [
        *stated(Condition, condition, omit=("no_comedication", "no_contraindications")).rows,
        (_("Other drugs"), _listed(comedications, is_none=condition.get("no_comedication"))),
        (_("Must not be given"), _listed(contraindications, is_none=condition.get("no_contraindications"))),
    ]


def access_rows(content: Content) -> list[Row]:
    """Trials that were considered, drugs, travel, donor."""
    access = content.get("access") or {}
    trials = [in_words(TrialConsidered, row) for row in access.get("trials_considered") or ()]
    drugs = [_drug(DrugAccess, row) for row in access.get("drug_access") or ()]
    return [
        (_("Trials considered"), _listed(trials, is_none=access.get("no_trials_considered"))),
        *stated(AccessNeeds, access, omit=("no_trials_considered",)).rows,
        *([(_("Drugs at the centre"), "\n".join(drugs))] if drugs else []),
    ]


def _listed(rows: Sequence[str], *, is_none: bool | None) -> str:
    return "\n".join(rows) or (_("none") if is_none else words.not_stated())


def _drug(model: type[models.Model], row: Content) -> str:
    name = row["display"] if row.get("code") else _("%(name)s (not recognised)") % {"name": row["name"]}
    return ": ".join(filter(None, (name, in_words(model, row, omit=("name",)))))


def _gene(model: type[models.Model], row: Content) -> str:
    return " ".join(filter(None, (row.get("gene"), in_words(model, row, omit=("gene_symbol",)))))


def _says_more(model: type[models.Model], row: Content) -> bool:
    return bool(in_words(model, row, omit=("name",)))


def consent_rows(consent: Content) -> list[Row]:
    """What was agreed to."""
    return [
        (_("Discussion on the board"), words.yes_no(consent.get("board_discussion"))),
        (_("Follow-up in the registry"), words.yes_no(consent.get("registry_follow_up"))),
        (_("Further research"), words.label(enums.SecondaryResearch, consent.get("secondary_research"))),
        (_("Given by"), words.labels(enums.ConsentGivenBy, consent.get("given_by"))),
        (_("Assent of the child"), words.label(enums.Assent, consent.get("assent"))),
        *stated(Consent, consent, only=("germline_return",)).rows,
        (_("Version of the form"), words.text(consent.get("form_version"))),
        (_("Direct identifiers removed"), words.yes_no(consent.get("deidentification_confirmed"))),
    ]
