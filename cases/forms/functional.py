"""Germline testing, and drug response outside the body."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.forms.base import SectionForm
from cases.forms.fields import NamesField
from cases.forms.page import PageForms
from cases.forms.rows import RowForm, RowWords, row_values, rows_of
from cases.forms.section_pages import stored_rows
from cases.models import Case, DrugResponse, ExVivoPanel, Germline, GermlineVariant
from cases.services.drafting import PanelRow


class GermlineForm(SectionForm):
    """Whether the germline was tested, and with which result."""

    section = Section.FUNCTIONAL
    headings: ClassVar = {"germline": _("Germline")}
    side_by_side = frozenset({"status", "result", "method", "material", "clinical_suspicion", "genetics_referral"})
    blocks: ClassVar = {Germline: ("germline", ("status", "result"))}
    more: ClassVar = {
        Germline: ("clinical_suspicion", "method", "material", "gene_list_covered", "genetics_referral", "note"),
    }


class GermlineVariantRow(RowForm):
    """An inherited variant."""

    model = GermlineVariant
    main = ("gene_symbol", "hgvs_p", "hgvs_c", "acmg_class", "zygosity")
    more = ("transcript",)
    vocabularies: ClassVar = {"gene_symbol": "gene"}


class ResponseRow(RowForm):
    """What one drug did to the cells."""

    model = DrugResponse
    main = ("name", "readout", "value", "unit", "interpretation")
    more = (
        "percentile_in_cohort",
        "reference_cohort_n",
        "reference_same_disease",
        "dose_nm",
        "clinically_achievable",
        "combination_partners",
        "synergy_metric",
        "synergy_score",
        "caveat",
    )
    comparators: ClassVar = {"value": "comparator"}
    offered: ClassVar = {"name": "drug"}

    combination_partners = NamesField(
        label=_("Combined with"),
        help_text=_("The other drugs of a combination, separated by commas."),
        longest=80,
        most=5,
    )


class PanelRowForm(RowForm):
    """One run of a drug-response assay with its results."""

    model = ExVivoPanel
    main = ("status", "specimen", "assay_platform", "sample_type", "fresh_or_frozen", "exposure_hours", "qc")
    more = ("expected_day", "laboratory", "blast_purity_start_pct", "viability_start_pct", "z_prime", "caveat")
    inner: ClassVar = {
        "responses": rows_of(
            ResponseRow,
            RowWords(
                _("Drug"),
                _("Results"),
                _("Add a drug"),
                _("As the laboratory reports them; nothing is recomputed."),
                _("Cohort, combination and more (optional)"),
            ),
            blank=0,
        ),
    }

    specimen = forms.ChoiceField(
        label=_("Specimen"),
        help_text=_("Which of the specimens listed here."),
        required=False,
    )


_PanelRows = rows_of(
    PanelRowForm,
    RowWords(
        _("Assay"),
        _("Drug response"),
        _("Add an assay"),
        _("“Not done” and “pending” are answers. Values of different laboratories cannot be compared."),
    ),
    most=10,
)
_GermlineRows: Final = rows_of(
    GermlineVariantRow,
    RowWords(_("Inherited variant"), _("Inherited variants"), _("Add an inherited variant")),
    blank=0,
)


class FunctionalForms(PageForms):
    """Germline and drug response, read and checked together."""

    def __init__(self, case: Case, data: Any = None) -> None:
        """``case`` gives what is stored, ``data`` what was typed."""
        self.germline = GermlineForm(case, data)
        variants = stored_rows(case, "germline_variants", _GermlineRows)
        self.variants = _GermlineRows(data, prefix="germline_variants", stored=variants)
        self.panels = _PanelRows(data, prefix="panels", stored=_stored_panels(case))
        labels = list(case.specimens.values_list("label", flat=True))
        for form in self.panels.forms:
            field: Any = form.fields["specimen"]
            field.choices = [("", _("Choose")), *((label, label) for label in labels)]
        super().__init__([self.germline], [self.variants, self.panels])

    def panel_rows(self) -> list[PanelRow] | None:
        """The assays, as ``save_ex_vivo`` takes them; None where they are as stored."""
        rows = self.panels.news()
        return rows and [
            PanelRow(
                values={name: value for name, value in row.items() if name != "responses"},
                responses=row["responses"],
            )
            for row in rows
        ]

    def other_rows(self) -> dict[str, list[Any]]:
        """Inherited variants, as ``save_section`` takes them; left out where they are as stored."""
        return {"germline_variants": self.variants.filled()} if self.variants.has_news() else {}


def _stored_panels(case: Case) -> list[dict[str, Any]]:
    return [
        {
            **row_values(PanelRowForm, panel),
            "specimen": panel.specimen.label if panel.specimen else "",
            "responses": [row_values(ResponseRow, response) for response in panel.responses.all()],
        }
        for panel in case.ex_vivo_panels.select_related("specimen").prefetch_related("responses")
    ]
