"""One specimen with everything that was found, not found and not done on it."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import AssayType, BlockStatus
from cases.forms.base import DossierForm, FormGroup
from cases.forms.fields import NamesField, PercentField
from cases.forms.rows import RowForm, Rows, RowWords, rows_of
from cases.models import AntigenFinding, Case, FusionFinding, Specimen, VariantFinding
from cases.services.drafting import SpecimenRows
from iltb.core.errors import InvalidInput


class SpecimenForm(RowForm):
    """Material and time point of one specimen."""

    model = Specimen
    main = ("label", "tissue", "time_point", "taken_on_day", "blasts_pct_of_cells")

    def __init__(self, case: Case, specimen: Specimen | None, data: Any = None) -> None:
        """Propose the next free label for a new specimen."""
        self._others = [s.label for s in case.specimens.all() if specimen is None or s.pk != specimen.pk]
        initial = {name: getattr(specimen, name) for name in self.main} if specimen else {"label": self._next_label()}
        super().__init__(data, initial=initial)

    def clean_label(self) -> str:
        """No two specimens of a case share a label."""
        label: str = self.cleaned_data["label"]
        if label in self._others:
            raise forms.ValidationError(_("Another specimen is called “%(label)s”."), params={"label": label})
        return label

    def _next_label(self) -> str:
        return next(f"S{number}" for number in range(1, 999) if f"S{number}" not in self._others)


class AssaysForm(DossierForm):
    """The state of every laboratory method; an empty answer means that nothing is said about it."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        """One question for each method."""
        super().__init__(data, prefix="assays", **kwargs)
        for kind in AssayType:
            choices = [("", _("Nothing stated")), *BlockStatus.choices]
            label = str(kind.label)
            self.fields[kind.value] = forms.ChoiceField(
                choices=choices,
                label=label[:1].upper() + label[1:],
                required=False,
            )

    def stated(self) -> list[dict[str, str]]:
        """The methods about which something is said."""
        return [{"assay_type": kind, "status": status} for kind, status in self.cleaned_data.items() if status]


class AbsencesForm(DossierForm):
    """What was looked for and not found; that is a result of its own."""

    targets = NamesField(
        label=_("Tested, not found"),
        help_text=_("Genes, fusions or classes, separated by commas or lines: KMT2A-r, FLT3-ITD, BCR::ABL1, NRAS."),
        longest=40,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VariantRow(RowForm):
    """A small variant or a tandem duplication."""

    model = VariantFinding
    main = ("gene_symbol", "vaf", "hgvs_p", "hgvs_c")
    more = ("transcript", "variant_class", "length_bp", "allelic_ratio", "origin", "oncogenicity")
    vocabularies: ClassVar[Mapping[str, str]] = {"gene_symbol": "gene"}

    def field(self, column: Any) -> forms.Field:
        """The allele fraction is typed in per cent."""
        if column.name == "vaf":
            return PercentField(
                as_fraction=True,
                places=3,
                label=_("VAF"),
                help_text=_("In per cent, e.g. 40 %."),
                required=False,
            )
        return super().field(column)


class FusionRow(RowForm):
    """A fusion of two genes, or of one with an unknown partner."""

    model = FusionFinding
    main = ("five_prime_gene", "three_prime_gene", "in_frame", "driver_class")
    vocabularies: ClassVar[Mapping[str, str]] = {"five_prime_gene": "gene", "three_prime_gene": "gene"}


class AntigenRow(RowForm):
    """An antigen on or in the blasts."""

    model = AntigenFinding
    main = ("antigen", "percent_positive", "intensity", "percent_of")
    more = ("pattern", "negative_subclone_pct", "compartment", "method")
    vocabularies: ClassVar[Mapping[str, str]] = {"antigen": "antigen"}


class AntigenRows(Rows):
    """Antigens; each counts once for each method."""

    def clean(self) -> None:
        """Refuse the second of two rows on the same antigen and method."""
        seen: set[tuple[str, str]] = set()
        for form in self.forms:
            answers = getattr(form, "cleaned_data", None) or {}
            key = (answers.get("antigen", ""), answers.get("method", ""))
            if key[0] and key in seen:
                message = _("“%(antigen)s” stands here twice. Put both results into one row.")
                form.add_error("antigen", forms.ValidationError(message, params={"antigen": key[0]}))
            seen.add(key)


_KINDS: Final[Mapping[str, tuple[type[RowForm], type[Rows], RowWords]]] = {
    "variants": (
        VariantRow,
        Rows,
        RowWords(
            _("Variant"),
            _("Variants"),
            _("Add another variant"),
            _("Small variants and tandem duplications. Leave the row empty when there is none."),
        ),
    ),
    "fusions": (FusionRow, Rows, RowWords(_("Fusion"), _("Fusions"), _("Add another fusion"))),
    "antigens": (
        AntigenRow,
        AntigenRows,
        RowWords(
            _("Antigen"),
            _("Antigens"),
            _("Add another antigen"),
            _("A negative antigen is a result: 0 % or “negative”."),
        ),
    ),
}
_ROWS: Final[Mapping[str, type[Rows]]] = {
    kind: rows_of(form, said, base) for kind, (form, base, said) in _KINDS.items()
}


class SpecimenForms:
    """All forms of the page of one specimen, read and checked together."""

    def __init__(self, case: Case, specimen: Specimen | None = None, data: Any = None) -> None:
        """``specimen`` gives what is stored (None for a new one), ``data`` what was typed."""
        self.specimen = SpecimenForm(case, specimen, data)
        self.assays = AssaysForm(data, initial=_stored_assays(specimen))
        self.absences = AbsencesForm(data, initial={"targets": _stored_absences(specimen)})
        self.variants, self.fusions, self.antigens = (
            rows(data, prefix=kind, initial=[] if data is not None else _stored_rows(specimen, kind))
            for kind, rows in _ROWS.items()
        )

    @property
    def label(self) -> str:
        """What the specimen is called, once everything is valid."""
        return str(self.specimen.cleaned_data["label"])

    @property
    def tables(self) -> list[Rows]:
        """The kinds of rows in the order of the page."""
        return [self.variants, self.fusions, self.antigens]

    def table(self, kind: str) -> Rows | None:
        """The rows of one kind, None for a kind that does not exist."""
        return next((rows for rows in self.tables if rows.prefix == kind), None)

    def is_valid(self) -> bool:
        """Check every form, so that all errors show at once."""
        parts: tuple[Any, ...] = (self.specimen, self.assays, *self.tables, self.absences)
        return all([part.is_valid() for part in parts])  # noqa: C419 -- a generator would stop at the first error

    def rows(self) -> SpecimenRows:
        """What was answered, as ``save_specimen`` takes it."""
        return SpecimenRows(
            values=self.specimen.cleaned_data,
            assays=self.assays.stated(),
            variants=self.variants.filled(),
            fusions=self.fusions.filled(),
            antigens=self.antigens.filled(),
            absences=[{"target": target} for target in self.absences.cleaned_data["targets"]],
        )

    def as_typed(self) -> None:
        """Show what was typed without judging it."""
        for form in (self.specimen, self.assays, self.absences):
            form.as_typed()
        for rows in self.tables:
            rows.as_typed()

    def show_refusal(self, refusal: InvalidInput) -> None:
        """Show what the service refused, at its field where the page has one of that name."""
        self.specimen.show_refusal(refusal)

    @property
    def group(self) -> FormGroup:
        """Everything that is wrong, for the error summary and the title."""
        rows = [(form.title, form) for table in self.tables for form in table.forms]
        whole = [problem for table in self.tables for problem in table.problems()]
        return FormGroup([("", self.specimen), ("", self.assays), *rows, ("", self.absences)], whole)


def _stored_assays(specimen: Specimen | None) -> dict[str, str]:
    return {assay.assay_type: assay.status for assay in specimen.assays.all()} if specimen else {}


def _stored_absences(specimen: Specimen | None) -> list[str]:
    return [absence.target for absence in specimen.absences.all()] if specimen else []


def _stored_rows(specimen: Specimen | None, kind: str) -> list[dict[str, Any]]:
    if specimen is None:
        return []
    form = _KINDS[kind][0]
    names = (*form.main, *form.more)
    return [{name: getattr(row, name) for name in names} for row in getattr(specimen, kind).all()]
