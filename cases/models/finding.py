"""Observed facts on a specimen, absences that were looked for included."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    AntigenMethod,
    Comparator,
    Compartment,
    DetectedBy,
    DriverClass,
    Intensity,
    Oncogenicity,
    Origin,
    Pattern,
    PercentOf,
    VariantClass,
    YesNoUnknown,
    Zygosity,
)
from cases.models.fields import (
    all_known,
    choice_field,
    choices_field,
    coding_change_field,
    comparator_field,
    decimal_field,
    gene_field,
    gene_symbol_field,
    in_range,
    known,
    known_or_empty,
    once,
    percent_field,
    protein_change_field,
    ranges,
    states_something,
    text_field,
    transcript_field,
    whole_field,
)
from cases.models.specimen import Specimen


class GeneFinding(models.Model):
    """What findings on genes share: ``original_text`` is what the report or file said, beside the normalised form."""

    original_text = text_field(_("as reported"), _("The words of the report, where they differ."), 200)

    class Meta:
        abstract = True
        ordering: ClassVar = ["pk"]


class VariantFinding(GeneFinding):
    """A small variant or tandem duplication reported for one specimen.

    ``vaf`` is the reported variant allele fraction, 0 to 1 (not per cent), not corrected for blasts or copy number.
    ``gene_symbol`` is the approved HGNC symbol where it could be resolved (then ``gene`` is set), else as written.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="variants")
    gene = gene_field()
    gene_symbol = gene_symbol_field("NRAS")
    variant_class = models.CharField(
        _("kind"),
        max_length=20,
        choices=VariantClass,
        default=VariantClass.SMALL,
        help_text=_("Small variant, or a duplication such as FLT3-ITD."),
    )
    transcript = transcript_field("NM_002524.5")
    hgvs_c = coding_change_field("c.35G>A")
    hgvs_p = protein_change_field("p.(Gly12Asp)")
    vaf_comparator = comparator_field(_("allele fraction: meant as"))
    vaf = models.DecimalField(
        _("allele fraction"),
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("A fraction from 0 to 1; 0.4 is 40 %."),
    )
    depth = whole_field(_("reads at this position"), _("0 to 1,000,000."), 0, 1_000_000)
    zygosity = choice_field(_("zygosity"), Zygosity, _("As the laboratory reports it."))
    length_bp = models.PositiveSmallIntegerField(
        _("length of the duplication, base pairs"),
        null=True,
        blank=True,
        validators=[MinValueValidator(3), MaxValueValidator(400)],
        help_text=_("3 to 400."),
    )
    allelic_ratio = models.DecimalField(
        _("allelic ratio"),
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Mutated to wild-type, 0 to 100; for FLT3-ITD."),
    )
    origin = models.CharField(
        _("origin"),
        max_length=10,
        choices=Origin,
        default=Origin.UNCERTAIN,
        help_text=_("Somatic or inherited, where that was tested."),
    )
    oncogenicity = models.CharField(
        _("oncogenicity"),
        max_length=20,
        choices=Oncogenicity,
        default=Oncogenicity.UNKNOWN,
        help_text=_("The class of the laboratory."),
    )

    class Meta(GeneFinding.Meta):
        constraints: ClassVar = [
            in_range("variant_vaf_is_fraction", "vaf", 0, 1),
            in_range("variant_length_range", "length_bp", 3, 400),
            in_range("variant_ratio_range", "allelic_ratio", 0, 100),
            in_range("variant_depth_range", "depth", 0, 1_000_000),
            *known(
                "variant",
                variant_class=VariantClass,
                vaf_comparator=Comparator,
                origin=Origin,
                oncogenicity=Oncogenicity,
            ),
            *known_or_empty("variant", zygosity=Zygosity),
        ]

    def __str__(self) -> str:
        return f"{self.gene_symbol} {self.hgvs_p or self.hgvs_c or self.get_variant_class_display()}"


class FusionFinding(GeneFinding):
    """A fusion, written ``A::B``; an empty second gene means that the partner is unknown."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="fusions")
    five_prime_gene = models.CharField(_("5′ gene"), max_length=40, help_text=_("HGNC symbol, e.g. KMT2A."))
    three_prime_gene = models.CharField(
        _("3′ gene"),
        max_length=40,
        blank=True,
        help_text=_("Leave empty when the partner is unknown."),
    )
    in_frame = models.CharField(
        _("in frame"),
        max_length=10,
        choices=YesNoUnknown,
        default=YesNoUnknown.UNKNOWN,
        help_text=_("Whether a fusion protein can be made."),
    )
    driver_class = models.CharField(
        _("role"),
        max_length=12,
        choices=DriverClass,
        default=DriverClass.UNKNOWN,
        help_text=_("Whether it defines the disease or can be targeted."),
    )
    breakpoint_exons = text_field(_("exons at the breakpoint"), _("e.g. exon 8 to exon 5"), 80)
    spanning_reads = whole_field(_("spanning reads"), _("0 to 1,000,000."), 0, 1_000_000)
    detected_by = choices_field(_("found by"), DetectedBy, _("All methods that showed it."))

    class Meta(GeneFinding.Meta):
        constraints: ClassVar = [
            in_range("fusion_reads_range", "spanning_reads", 0, 1_000_000),
            *known("fusion", in_frame=YesNoUnknown, driver_class=DriverClass),
            *all_known("fusion", detected_by=DetectedBy),
            states_something("fusion_names_a_gene", "five_prime_gene"),
        ]

    def __str__(self) -> str:
        return (
            f"{self.five_prime_gene}::{self.three_prime_gene}" if self.three_prime_gene else f"{self.five_prime_gene}-r"
        )


class AntigenFinding(models.Model):
    """An antigen on or in the blasts. ``percent_positive`` needs its denominator, ``percent_of``.

    ``density_molecules_per_cell`` is counted with calibrated beads, ``h_score`` runs from 0 to 300.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="antigens")
    antigen = models.CharField(_("antigen"), max_length=30, help_text=_("e.g. CD19"))
    compartment = models.CharField(
        _("where"),
        max_length=12,
        choices=Compartment,
        default=Compartment.SURFACE,
        help_text=_("On the surface or inside the cell."),
    )
    percent_comparator = comparator_field(_("positive: meant as"))
    percent_positive = percent_field(_("positive, %"))
    percent_of = models.CharField(
        _("per cent of"),
        max_length=20,
        choices=PercentOf,
        default=PercentOf.BLASTS,
        help_text=_("Which cells were counted."),
    )
    intensity = models.CharField(
        _("intensity"),
        max_length=15,
        choices=Intensity,
        default=Intensity.UNKNOWN,
        help_text=_("As the laboratory calls it."),
    )
    pattern = models.CharField(
        _("pattern"),
        max_length=15,
        choices=Pattern,
        default=Pattern.UNKNOWN,
        help_text=_("Two populations: give the negative part too."),
    )
    negative_subclone_pct = percent_field(_("negative part, %"), _("Per cent of blasts without this antigen."))
    density_molecules_per_cell = whole_field(_("molecules per cell"), _("0 to 500,000."), 0, 500_000)
    mfi_ratio = decimal_field(
        _("ratio of mean fluorescence"),
        _("To the negative control, 0 to 10,000."),
        0,
        10_000,
        places=2,
    )
    h_score = whole_field(_("H-score"), _("0 to 300, for immunohistochemistry."), 0, 300)
    method = models.CharField(
        _("method"),
        max_length=10,
        choices=AntigenMethod,
        default=AntigenMethod.FLOW,
        help_text=_("Flow cytometry or tissue stain."),
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            in_range("antigen_percent_range", "percent_positive", 0, 100),
            in_range("antigen_negative_range", "negative_subclone_pct", 0, 100),
            *ranges("antigen", density_molecules_per_cell=(0, 500_000), mfi_ratio=(0, 10_000), h_score=(0, 300)),
            *known(
                "antigen",
                compartment=Compartment,
                percent_comparator=Comparator,
                percent_of=PercentOf,
                intensity=Intensity,
                pattern=Pattern,
                method=AntigenMethod,
            ),
            models.UniqueConstraint(
                fields=["specimen", "antigen", "method"],
                name="antigen_once_for_each_method",
                violation_error_code="antigen",
                violation_error_message=_("This antigen stands here twice for the same method."),
            ),
        ]

    def __str__(self) -> str:
        return self.antigen


class NegativeFinding(models.Model):
    """Something that was looked for and not found: a gene, a fusion, a class such as ``KMT2A-r`` or ``FLT3-ITD``."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="absences")
    target = models.CharField(_("tested, not found"), max_length=40, help_text=_("e.g. KMT2A-r, FLT3-ITD, NRAS"))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            once("absence_once", "specimen", "target", _("This stands here twice.")),
            states_something("absence_names_something", "target"),
        ]

    def __str__(self) -> str:
        return f"{self.target}: tested, not found"
