"""The rows of a specimen: one form for each kind of finding."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DossierForm
from cases.forms.fields import PercentField
from cases.forms.rows import RowForm, Rows, RowWords, rows_of
from cases.models import (
    AntigenFinding,
    Assay,
    Clone,
    CopyNumberFinding,
    ExpressionOutlier,
    FishFinding,
    FusionFinding,
    MethylationResult,
    VariantFinding,
)
from cases.nomenclature import fusions, hgvs
from iltb.terminology.search import approved_symbol


class ChangeField(forms.CharField):
    """A protein or coding change: "p.Gly12Asp", "G12D" and "p.(G12D)" are one; what cannot be read stays as typed."""

    def __init__(self, column: Any) -> None:
        """``column`` is ``hgvs_p`` or ``hgvs_c``."""
        label = str(column.verbose_name)
        common = {"help_text": column.help_text, "required": False, "max_length": column.max_length}
        super().__init__(label=label[:1].upper() + label[1:], **common)
        self.kind = column.name[-1]
        self.validators.extend(column.validators)

    def to_python(self, value: Any) -> Any:
        """The normalised form where it can be read."""
        typed = super().to_python(value)
        if not typed:
            return typed
        parsed = hgvs.parse(typed if typed.startswith(f"{self.kind}.") else f"{self.kind}.{typed}")
        return parsed.normalised if isinstance(parsed, hgvs.Hgvs) and parsed.kind == self.kind else typed


def _both_genes(whole: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The two genes of a fusion that was typed into one box; nothing where it is one gene, or the partner is given."""
    if not whole or answers.get("three_prime_gene") or answers.get("five_prime_gene") not in (whole, None):
        return {}
    parsed = fusions.parse(whole, approved_symbol)
    if not isinstance(parsed, fusions.Fusion) or parsed.five_prime == whole:
        return {}
    original = answers.get("original_text") or whole[:200]
    return {
        "five_prime_gene": parsed.five_prime,
        "three_prime_gene": parsed.three_prime,
        "original_text": original,
    }


class VariantRow(RowForm):
    """A small variant or a tandem duplication."""

    model = VariantFinding
    main = ("gene_symbol", "vaf", "hgvs_p", "hgvs_c")
    more = (
        "transcript",
        "variant_class",
        "length_bp",
        "allelic_ratio",
        "depth",
        "zygosity",
        "origin",
        "oncogenicity",
        "original_text",
    )
    comparators: ClassVar = {"vaf": "vaf_comparator"}
    vocabularies: ClassVar[Mapping[str, str]] = {"gene_symbol": "gene"}

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """The allele fraction is typed in per cent; a change in any of the spellings that laboratories use."""
        if column.name in ("hgvs_p", "hgvs_c"):
            return ChangeField(column)
        field = super().field(column)
        if column.name == "vaf":
            hint = _("In per cent, e.g. 40 %.")
            field.inner = PercentField(as_fraction=True, places=3, label=_("VAF"), help_text=hint, required=False)  # type: ignore[attr-defined]
            field.label, field.help_text = _("VAF"), hint
        return field

    def clean(self) -> dict[str, Any]:
        """Keep what was typed beside the normalised form."""
        answers = super().clean()
        typed = [str(self[name].data or "").strip() for name in ("gene_symbol", "hgvs_p", "hgvs_c")]
        kept = [answers.get(name) or "" for name in ("gene_symbol", "hgvs_p", "hgvs_c")]
        if typed != kept and not answers.get("original_text") and kept[0]:
            answers["original_text"] = " ".join(filter(None, typed))[:200]
        return answers


class FusionRow(RowForm):
    """A fusion of two genes, or of one with an unknown partner."""

    model = FusionFinding
    main = ("five_prime_gene", "three_prime_gene", "in_frame", "driver_class")
    more = ("detected_by", "breakpoint_exons", "spanning_reads", "original_text")
    vocabularies: ClassVar[Mapping[str, str]] = {"five_prime_gene": "gene", "three_prime_gene": "gene"}

    def clean(self) -> dict[str, Any]:
        """A whole fusion in the first box ("KMT2A::AFF1", "MLL-AF4", "KMT2A-r") becomes its two genes."""
        whole = str(self["five_prime_gene"].data or "").strip()
        answers = super().clean()
        return answers if self.stands("five_prime_gene", whole) else answers | _both_genes(whole, answers)


class AntigenBlock(DossierForm):
    """How the antigens of a specimen were measured, said once; a row that differs says so itself.

    It is kept with each row: what most rows say stands here when the page is opened again.
    """

    names: ClassVar = ("method", "compartment")
    required_to_submit = frozenset(names)

    def __init__(self, stored: Sequence[Mapping[str, Any]], data: Any = None) -> None:
        """``stored`` are the rows as they are saved, ``data`` what was typed."""
        said = {name: Counter(row[name] for row in stored).most_common(1) for name in self.names}
        columns: dict[str, Any] = {name: AntigenFinding._meta.get_field(name) for name in self.names}
        initial = {name: said[name][0][0] if said[name] else columns[name].get_default() for name in self.names}
        super().__init__(data, prefix="antigens", initial=initial)
        for name in self.names:
            self.add_column(AntigenFinding, name)

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """A choice without an empty answer."""
        hint = _("Of all antigens below that do not say otherwise.")
        label = _("Measured by") if column.name == "method" else column.verbose_name
        return forms.ChoiceField(choices=column.choices, label=capfirst(label), help_text=hint, required=False)

    def has_news(self) -> bool:
        """Never on its own: it is stored with the rows."""
        return False

    def says(self) -> dict[str, Any]:
        """What holds for a row that says nothing itself."""
        typed = self.cleaned_data if self.is_bound and self.errors is not None else {}
        return {name: typed.get(name) or self.initial[name] for name in self.names}


class AntigenRow(RowForm):
    """An antigen on or in the blasts."""

    block: AntigenBlock
    model = AntigenFinding
    main = ("antigen", "percent_positive", "intensity", "percent_of")
    more = (
        "pattern",
        "negative_subclone_pct",
        "compartment",
        "method",
        "density_molecules_per_cell",
        "mfi_ratio",
        "h_score",
    )
    comparators: ClassVar = {"percent_positive": "percent_comparator"}
    vocabularies: ClassVar[Mapping[str, str]] = {"antigen": "antigen"}

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """Method and compartment are those of the block unless the row says otherwise."""
        field = super().field(column)
        if isinstance(field, forms.ChoiceField) and column.name in AntigenBlock.names:
            field.choices, field.initial = [("", _("As said above")), *column.choices], None
        return field

    def clean(self) -> dict[str, Any]:
        """Fill in what is said for the whole block."""
        answers = super().clean()
        return answers | {name: said for name, said in self.block.says().items() if not answers.get(name)}


class AntigenRows(Rows):
    """Antigens; each counts once for each method."""

    def __init__(self, data: Any = None, *, prefix: str, stored: Sequence[Mapping[str, Any]] = ()) -> None:
        """Show in a row only what differs from the block."""
        super().__init__(data, prefix=prefix, stored=stored)
        self.block = AntigenBlock(stored, data)
        self.leads = list(self.block)
        if not self.is_bound:
            said = self.block.initial
            self.initial = [{k: None if said.get(k) == v else v for k, v in row.items()} for row in stored]

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """Number the row, and let it know what is said for all."""
        super().add_fields(form, index)
        form.block = self.block  # type: ignore[attr-defined]

    once = ("antigen", "method")
    once_said = _("“%(name)s” stands here twice. Put both results into one row.")


class AssayRow(RowForm):
    """A laboratory method with its state."""

    model = Assay
    main = ("assay_type", "status", "expected_day")
    more = (
        "tumour_content_pct",
        "matched_germline",
        "mean_coverage",
        "reference_genome",
        "lab_turnaround_days",
        "laboratory_standard",
        "note",
    )


class AssayRows(Rows):
    """Methods; each stands once with one state."""

    once = ("assay_type",)


class FishRow(RowForm):
    """A probe of in-situ hybridisation."""

    model = FishFinding
    main = ("probe", "result", "pct_nuclei")
    more = ("iscn",)


class CopyNumberRow(RowForm):
    """A gain or loss of a gene or a region."""

    model = CopyNumberFinding
    main = ("gene_symbol", "region", "change", "focal")
    more = ("copies", "size_mb", "original_text")
    vocabularies: ClassVar[Mapping[str, str]] = {"gene_symbol": "gene"}

    def clean(self) -> dict[str, Any]:
        """A change is somewhere: at a gene or in a region."""
        answers = super().clean()
        if not (answers.get("gene_symbol") or answers.get("region") or self.has_error("gene_symbol")):
            self.add_error("region", _("Name the gene or the region."))
        return answers


class ExpressionRow(RowForm):
    """A gene expressed far from a reference cohort."""

    model = ExpressionOutlier
    main = ("gene_symbol", "percentile", "z_score", "reference_cohort")
    more = ("value_tpm", "reference_cohort_n", "same_disease_reference")
    vocabularies: ClassVar[Mapping[str, str]] = {"gene_symbol": "gene"}


class MethylationRow(RowForm):
    """The verdict of a methylation classifier."""

    model = MethylationResult
    main = ("classifier", "methylation_class", "score", "version")


class CloneRow(RowForm):
    """A clone and its share of the cancer cells."""

    model = Clone
    main = ("clone_label", "ccf", "seen_at", "note")


class CloneRows(Rows):
    """Clones, each with its own label."""

    once = ("clone_label",)


TABLES: Final[Mapping[str, type[Rows]]] = {
    "variants": rows_of(
        VariantRow,
        RowWords(
            _("Variant"),
            _("Variants"),
            _("Add another variant"),
            _("Small variants and tandem duplications. Leave the row empty when there is none."),
        ),
    ),
    "fusions": rows_of(FusionRow, RowWords(_("Fusion"), _("Fusions"), _("Add another fusion"))),
    "antigens": rows_of(
        AntigenRow,
        RowWords(
            _("Antigen"),
            _("Antigens"),
            _("Add another antigen"),
            _("A negative antigen is a result: 0 % or “negative”."),
        ),
        AntigenRows,
    ),
    "assays": rows_of(
        AssayRow,
        RowWords(
            _("Method"),
            _("Laboratory methods"),
            _("Add another method"),
            _("Pending, failed and not done are answers; they tell the board what may still come."),
        ),
        AssayRows,
    ),
    "fish": rows_of(FishRow, RowWords(_("Probe"), _("FISH"), _("Add a probe")), blank=0),
    "copy_numbers": rows_of(
        CopyNumberRow,
        RowWords(_("Copy number"), _("Gains and losses"), _("Add a gain or loss")),
        blank=0,
    ),
    "expression_outliers": rows_of(
        ExpressionRow,
        RowWords(
            _("Gene"),
            _("Expression"),
            _("Add a gene"),
            _("Only with its reference cohort: without it an outlier means nothing."),
        ),
        blank=0,
    ),
    "methylation": rows_of(
        MethylationRow,
        RowWords(_("Classifier"), _("Methylation"), _("Add a classifier")),
        blank=0,
    ),
    "clones": rows_of(CloneRow, RowWords(_("Clone"), _("Clones"), _("Add a clone")), CloneRows, blank=0),
}
