"""The pages of the sections: a form of one or two blocks with the tables that belong to it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.forms.base import SectionForm
from cases.forms.condition import (
    COMEDICATION_ROWS,
    CONTRAINDICATION_ROWS,
    DRUG_ACCESS_ROWS,
    TRIAL_ROWS,
    AccessForm,
    ConditionForm,
)
from cases.forms.disease import LYMPHOMA, MASS_ROWS, MRD_ROWS, BoardForm, DiseaseForm
from cases.forms.page import PageForms
from cases.forms.rows import RowForm, Rows, row_values
from cases.forms.sections import ConsentForm, PatientForm, QuestionForm
from cases.models import Case


class SectionPage(PageForms):
    """One section; ``kinds`` are its tables by the name under which the case has their rows."""

    form_class: ClassVar[type[SectionForm]]
    kinds: ClassVar[Mapping[str, type[Rows]]] = {}

    def __init__(self, case: Case, data: Any = None) -> None:
        """``case`` gives what is stored, ``data`` what was typed; a table that the page did not show stays as it is."""
        self.form = self.form_class(case, data)
        unasked = self.not_asked(case) if self.kinds else set()
        tables = [
            rows(data, prefix=kind, stored=stored_rows(case, kind, rows))
            for kind, rows in self.kinds.items()
            if kind not in unasked and (data is None or f"{kind}-{TOTAL_FORM_COUNT}" in data)
        ]
        super().__init__([self.form], tables)
        for name, kind in self.form.leads.items():
            table = self.table(kind)
            if table is not None:
                table.leads = [self.form[name]]

    def not_asked(self, _case: Case) -> set[str]:
        """Kinds of rows that the answers leave without sense; a section overrides it."""
        return set()

    def is_valid(self) -> bool:
        """Check everything; rows and the answer that there are none exclude each other."""
        valid = super().is_valid()
        for name, kind in self.form.leads.items():
            table = self.table(kind)
            if valid and table is not None and self.form.cleaned_data.get(name) and table.filled():
                self.form.add_error(name, self.contradiction(self.form.fields[name].label))
                valid = False
        return valid

    @staticmethod
    def contradiction(label: Any) -> str:
        """What is said when rows stand below "there are none"."""
        return _("Rows are listed under “%(label)s”. Remove them or untick this.") % {"label": label}

    def has_own_news(self) -> bool:
        """Whether the section itself differs from what is stored."""
        return self.form.has_news() or any(table.has_news() for table in self.tables)

    def blocks(self) -> dict[str, dict[str, Any]]:
        """The answers by block, as ``save_section`` takes them."""
        return self.form.values()

    def rows(self) -> dict[str, list[Any]]:
        """The rows by kind, as ``save_section`` takes them; kinds that are as stored are left out."""
        return {str(table.prefix): table.filled() for table in self.tables if table.has_news()}


def stored_rows(case: Case, kind: str, rows: type[Rows]) -> list[dict[str, Any]]:
    """The rows of a kind as they are saved."""
    form: type[RowForm] = rows.form
    return [row_values(form, row) for row in getattr(case, kind).all()]


class QuestionPage(SectionPage):
    """The question."""

    form_class = QuestionForm


class PatientPage(SectionPage):
    """The patient."""

    form_class = PatientForm


class DiseasePage(SectionPage):
    """The disease with residual disease, masses, and the questions that the board adds."""

    form_class = DiseaseForm
    kinds: ClassVar = {"mrd": MRD_ROWS, "masses": MASS_ROWS}

    def __init__(self, case: Case, data: Any = None) -> None:
        """Ask what the board adds for the disease group that is stored."""
        super().__init__(case, data)
        self.board = BoardForm(case, data)
        if self.board.fields:
            self.plain.append(self.board)

    def not_asked(self, case: Case) -> set[str]:
        """Masses are listed for a lymphoma."""
        return set() if self.form.known("disease_group") in LYMPHOMA or case.masses.exists() else {"masses"}

    def board_news(self) -> dict[str, str]:
        """The answers to the board that differ from the stored ones."""
        return self.board.news() if self.board in self.plain else {}


class ConditionPage(SectionPage):
    """The patient's condition, other drugs, contraindications."""

    form_class = ConditionForm
    kinds: ClassVar = {"comedications": COMEDICATION_ROWS, "contraindications": CONTRAINDICATION_ROWS}


class AccessPage(SectionPage):
    """Trials that were considered and what can be reached."""

    form_class = AccessForm
    kinds: ClassVar = {"trials_considered": TRIAL_ROWS, "drug_access": DRUG_ACCESS_ROWS}


class ConsentPage(SectionPage):
    """Consent."""

    form_class = ConsentForm


SECTION_PAGES: Final[Mapping[Section, type[SectionPage]]] = MappingProxyType(
    {
        page.form_class.section: page
        for page in (QuestionPage, PatientPage, DiseasePage, ConditionPage, AccessPage, ConsentPage)
    },
)
