"""Treatment already given: lines, transplants, cell therapies, what they left behind."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.enums import StopReason
from cases.forms.base import DossierForm, SectionForm
from cases.forms.fields import NamesField
from cases.forms.page import PageForms
from cases.forms.rows import RowForm, RowWords, row_values, rows_of
from cases.forms.section_pages import SectionPage, stored_rows
from cases.models import Case, CellTherapy, Exposure, TherapyDrug, TherapyLine, Toxicity, Transplant
from cases.services.drafting import LineRow

_MOST_LINES: Final = 15
_DETAILS: Final = ("route", "n_cycles", "last_given_on_day", "cumulative_dose_mg_m2", "equivalence_table")


class DrugRow(RowForm):
    """Cycles, last day and dose of one drug of a line."""

    model = TherapyDrug
    main = ("name", "n_cycles", "last_given_on_day", "cumulative_dose_mg_m2")
    more = ("route", "equivalence_table")
    offered: ClassVar = {"name": "drug"}


class ToxicityRow(RowForm):
    """A toxicity of a line."""

    model = Toxicity
    main = ("term", "grade", "ongoing")


class TherapyRow(RowForm):
    """One line: a plan begun because of diagnosis, refractoriness, relapse or a planned switch."""

    model = TherapyLine
    main = ("regimen_name", "setting", "drugs", "start_on_day", "stop_on_day", "stop_reason", "best_response")
    more = ("response_duration_days", "trial_id")
    wide = frozenset({"drugs"})
    inner: ClassVar = {
        "details": rows_of(
            DrugRow,
            RowWords(
                _("Drug"),
                _("Cycles, last day and dose of a drug"),
                _("Add details of a drug"),
                _("Wash-out and cumulative dose decide on trials. A drug named here belongs to the line."),
                _("Route and more (optional)"),
            ),
            blank=0,
        ),
        "toxicities": rows_of(
            ToxicityRow,
            RowWords(_("Toxicity"), _("Toxicities"), _("Add a toxicity")),
            blank=0,
        ),
    }

    drugs = NamesField(
        label=_("Drugs"),
        help_text=_("Separated by commas. A name that no list knows is kept as you write it."),
        longest=80,
        most=40,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A line ends after it begins, and one that goes on has no end."""
        answers = super().clean()
        start, stop = answers.get("start_on_day"), answers.get("stop_on_day")
        if start is not None and stop is not None and stop < start:
            self.add_error("stop_on_day", _("The line ends before it begins."))
        if stop is not None and answers.get("stop_reason") == StopReason.ONGOING:
            self.add_error("stop_on_day", _("A line that is ongoing has no last day."))
        return answers


class TransplantRow(RowForm):
    """A stem cell transplant."""

    model = Transplant
    main = ("on_day", "donor", "conditioning", "remission_before", "relapse_on_day")
    more = (
        "stem_cell_source",
        "intensity",
        "tbi_gy",
        "conditioning_text",
        "t_depletion",
        "agvhd_max_grade",
        "cgvhd",
        "sos",
        "donor_chimerism_pct",
        "immunosuppression_now",
        "dli_number",
    )


class CellTherapyRow(RowForm):
    """A cell therapy."""

    model = CellTherapy
    main = ("target_antigens", "product", "on_day", "best_response", "loss_reason")
    more = (
        "product_text",
        "donor_source",
        "lymphodepletion",
        "dose_10e6_per_kg",
        "crs_grade",
        "icans_grade",
        "iec_hs",
        "aplasia_months",
        "manufacturing_failed",
        "leftover_product",
    )

    target_antigens = NamesField(
        label=_("Directed at"),
        help_text=_("One or more antigens, e.g. CD19, CD22."),
        longest=30,
        most=9,
    )


class NoneYetForm(DossierForm):
    """Whether no treatment has been given at all."""

    none_yet = forms.BooleanField(label=_("No treatment has been given yet"), required=False)


class ExposureForm(SectionForm):
    """What earlier treatment left behind that the lines do not tell."""

    section = Section.THERAPY
    side_by_side = frozenset({"asparaginase_allergy", "blinatumomab_cns_toxicity", "inotuzumab_sos"})
    blocks: ClassVar = {Exposure: ("exposure", ())}
    more: ClassVar = {
        Exposure: (
            "asparaginase_allergy",
            "cranial_radiotherapy_gy",
            "blinatumomab_cns_toxicity",
            "inotuzumab_sos",
        ),
    }
    leads: ClassVar = {"no_transplant": "transplants", "no_cell_therapy": "cell_therapies"}


_TherapyRows = rows_of(
    TherapyRow,
    RowWords(
        _("Line"),
        _("Lines"),
        _("Add another line"),
        _("Oldest first. Days count from the first diagnosis."),
        _("Response, trial, doses, toxicities (optional)"),
    ),
    most=_MOST_LINES,
)
_TransplantRows = rows_of(
    TransplantRow,
    RowWords(_("Transplant"), _("Stem cell transplants"), _("Add a transplant"), _("Oldest first.")),
    most=4,
    blank=0,
)
_CellTherapyRows = rows_of(
    CellTherapyRow,
    RowWords(
        _("Cell therapy"),
        _("Cell therapies"),
        _("Add a cell therapy"),
        _("CAR-T cells and others, oldest first; also a product that could not be made."),
    ),
    most=9,
    blank=0,
)


class TherapyForms(PageForms):
    """Everything on treatment, read and checked together."""

    def __init__(self, case: Case, data: Any = None) -> None:
        """``case`` gives what is stored, ``data`` what was typed."""
        self.none_yet = NoneYetForm(data, initial={"none_yet": case.no_therapy_yet})
        self.lines = _TherapyRows(data, prefix="lines", stored=_stored_lines(case))
        self.transplants = _TransplantRows(
            data,
            prefix="transplants",
            stored=stored_rows(case, "transplants", _TransplantRows),
        )
        self.cells = _CellTherapyRows(
            data,
            prefix="cell_therapies",
            stored=stored_rows(case, "cell_therapies", _CellTherapyRows),
        )
        self.exposure = ExposureForm(case, data)
        super().__init__([self.none_yet, self.exposure], [self.lines, self.transplants, self.cells])
        self.transplants.leads, self.cells.leads = ([self.exposure[name]] for name in ExposureForm.leads)

    def is_valid(self) -> bool:
        """Check everything; rows and the answer that there are none exclude each other."""
        valid = super().is_valid()
        if valid and self.none_yet.cleaned_data["none_yet"] and self.lines.filled():
            self.none_yet.add_error("none_yet", _("Treatment lines are listed below. Remove them or untick this."))
            return False
        for name, table in zip(ExposureForm.leads, (self.transplants, self.cells), strict=True):
            if valid and self.exposure.cleaned_data.get(name) and table.filled():
                self.exposure.add_error(name, SectionPage.contradiction(self.exposure.fields[name].label))
                return False
        return valid

    def line_rows(self) -> list[LineRow] | None:
        """The lines in the order of the page, as ``save_therapy`` takes them; None where they are as stored."""
        rows = self.lines.news()
        return rows and [
            LineRow(
                values={name: row[name] for name in (*TherapyRow.main, *TherapyRow.more) if name != "drugs"},
                drugs=_drugs(row),
                toxicities=row["toxicities"],
            )
            for row in rows
        ]

    def other_rows(self) -> dict[str, list[Any]]:
        """Transplants and cell therapies, as ``save_section`` takes them; kinds that are as stored are left out."""
        return {str(table.prefix): table.filled() for table in (self.transplants, self.cells) if table.has_news()}


def _drugs(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The drugs in the order typed, with their details; one that only the details name comes last."""
    details = {" ".join(detail["name"].split()): detail for detail in row["details"]}
    names = [*row["drugs"], *(name for name in details if name not in row["drugs"])]
    return [{**details.get(name, {}), "name": name} for name in names]


def _stored_lines(case: Case) -> list[dict[str, Any]]:
    return [
        {
            **row_values(TherapyRow, line),
            "drugs": [drug.name for drug in line.drugs.all()],
            "details": [row_values(DrugRow, drug) for drug in line.drugs.all() if _has_details(drug)],
            "toxicities": [row_values(ToxicityRow, toxicity) for toxicity in line.toxicities.all()],
        }
        for line in case.therapy_lines.prefetch_related("drugs", "toxicities")
    ]


def _has_details(drug: TherapyDrug) -> bool:
    return any(getattr(drug, name) not in (None, "") for name in _DETAILS)
