"""The disease: first diagnosis, status now, residual disease, masses, and what the board asks besides."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.enums import DiseaseGroup, QuestionKind, Sex, StatusNow
from cases.forms.base import DossierForm, SectionForm
from cases.forms.fields import EntityChoiceField
from cases.forms.rows import RowForm, RowWords, rows_of
from cases.models import BoardQuestion, Case, Diagnosis, DiseaseMass, DiseaseStatus, MrdMeasurement
from iltb.core.forms import DecimalField

LYMPHOMA: Final = frozenset({"LBL_B", "LBL_T", "MATURE_B_NHL", "ALCL", "PTCL_OTHER", "HODGKIN"})
_REFRACTORY: Final = frozenset({StatusNow.PRIMARY_REFRACTORY, StatusNow.REFRACTORY_RELAPSE})
_AT_DIAGNOSIS: Final = ("disease_group", "entity", "lymphoma_stage_initial")
_NOW: Final = (
    "status_now",
    "refractory_definition",
    "relapse_number",
    "time_to_first_relapse_months",
    "sites",
    "bm_blasts_morphology_pct_of_cells",
    "bm_blasts_status",
    "cns_status",
    "testicular",
)


class DiseaseForm(SectionForm):
    """The first diagnosis and how the disease stands now."""

    section = Section.DISEASE
    headings: ClassVar = {"diagnosis": _("At first diagnosis"), "status": _("Now")}
    side_by_side = frozenset(
        {"sites", "classification_used", "initial_risk_group", "growth_rate", "csf_flow", "testicular"}
        | {"bm_blasts_status", "extramedullary_biopsy_confirmed", "relapse_timing_class"},
    )
    comparators: ClassVar = {
        "bm_blasts_morphology_pct_of_cells": "bm_blasts_morphology_comparator",
        "bm_blasts_flow_pct_of_cells": "bm_blasts_flow_comparator",
        "pb_blasts_pct_of_cells": "pb_blasts_comparator",
        "wbc": "wbc_comparator",
        "anc": "anc_comparator",
        "platelets": "platelets_comparator",
    }
    blocks: ClassVar = {Diagnosis: ("diagnosis", _AT_DIAGNOSIS), DiseaseStatus: ("status", _NOW)}
    more: ClassVar = {
        Diagnosis: (
            "classification_used",
            "initial_risk_group",
            "initial_wbc",
            "initial_cns_status",
            "secondary_disease",
            "frontline_protocol",
            "icd10",
        ),
        DiseaseStatus: (
            "relapse_timing_class",
            "bm_blasts_flow_pct_of_cells",
            "pb_blasts_pct_of_cells",
            "wbc",
            "anc",
            "hb_g_dl",
            "platelets",
            "growth_rate",
            "csf_wbc_per_ul",
            "csf_flow",
            "extramedullary_biopsy_confirmed",
        ),
    }
    required_to_submit = frozenset({*_AT_DIAGNOSIS, *_NOW, "classification_used"})

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """The entity as a list grouped by disease group."""
        if column.name != "entity":
            return super().field(column)
        return EntityChoiceField(
            groups=DiseaseGroup.choices,
            label=_("Disease entity"),
            help_text=column.help_text,
            required=False,
        )

    def not_asked(self) -> set[str]:
        """Stage for lymphoma alone, a definition for refractory disease, testes for boys and men."""
        patient = getattr(self.case, "patient", None)
        unasked = set()
        if self.known("disease_group") not in LYMPHOMA:
            unasked.add("lymphoma_stage_initial")
        if self.known("status_now") not in _REFRACTORY:
            unasked.add("refractory_definition")
        if patient is None or patient.sex != Sex.MALE:
            unasked.add("testicular")
        return unasked


class MrdRow(RowForm):
    """One measurement of residual disease."""

    model = MrdMeasurement
    main = ("method", "tissue", "mrd_fraction", "measured_on_day", "is_current")
    more = ("status", "detection_limit", "quantifiable", "cells_measured", "after", "after_number")
    comparators: ClassVar = {"mrd_fraction": "comparator"}


class MassRow(RowForm):
    """A mass or lymph node of lymphoma."""

    model = DiseaseMass
    main = ("site", "size_cm", "deauville", "suv_max")


class BoardForm(DossierForm):
    """What the board asks besides, for the disease group of the case; answers are kept as text."""

    def __init__(self, case: Case, data: Any = None) -> None:
        """One field for each question in use."""
        stored = {answer.question.key: answer.answer for answer in case.board_answers.select_related("question")}
        super().__init__(data, prefix="board", initial=stored)
        for question in BoardQuestion.objects.asked_of(case):
            self.fields[question.key] = _board_field(question)

    def stated(self) -> dict[str, str]:
        """The answers as text, numbers with a point."""
        return {name: "" if value is None else str(value) for name, value in self.cleaned_data.items()}

    def news(self) -> dict[str, str]:
        """The answers that differ from the stored ones, which keep the words they were given to."""
        stated = self.stated()
        return {name: answer for name, answer in stated.items() if answer != self.initial.get(name, "")}

    def has_news(self) -> bool:
        """Whether an answer differs."""
        return bool(self.news())


def _board_field(question: BoardQuestion) -> forms.Field:
    said = [question.help_text, question.unit]
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": " ".join(filter(None, said)),
        "required": False,
    }
    if question.kind == QuestionKind.NUMBER:
        return DecimalField(min_value=question.minimum, max_value=question.maximum, **common)
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=[("", _("Choose")), *((c, c) for c in question.choices)], **common)
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), **common)


MRD_ROWS: Final = rows_of(
    MrdRow,
    RowWords(
        _("Measurement"),
        _("Residual disease (MRD)"),
        _("Add a measurement"),
        _("Below the limit is written with “<”: < 0.01 %. “Not done” and “pending” are answers too."),
        _("State, limit and more (optional)"),
    ),
    blank=0,
)
MASS_ROWS: Final = rows_of(MassRow, RowWords(_("Mass"), _("Masses"), _("Add a mass")), blank=0)
