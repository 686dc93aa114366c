"""Observed facts on a specimen, absences that were looked for included."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    AntigenMethod,
    Compartment,
    DriverClass,
    Intensity,
    Oncogenicity,
    Origin,
    Pattern,
    PercentOf,
    VariantClass,
    YesNoUnknown,
)
from cases.models.fields import in_range, percent_field
from cases.models.specimen import Specimen
from iltb.terminology.models import Concept


class GeneFinding(models.Model):
    """What findings on genes share."""

    class Meta:
        abstract = True
        ordering: ClassVar = ["pk"]


class VariantFinding(GeneFinding):
    """A small variant or tandem duplication reported for one specimen.

    ``vaf`` is the reported variant allele fraction, 0 to 1 (not per cent), not corrected for blasts or copy number.
    ``gene_symbol`` is the approved HGNC symbol where it could be resolved (then ``gene`` is set), else as written.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="variants")
    gene = models.ForeignKey(Concept, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gene_symbol = models.CharField(_("gene"), max_length=40, help_text=_("HGNC symbol, e.g. NRAS."))
    variant_class = models.CharField(_("kind"), max_length=20, choices=VariantClass, default=VariantClass.SMALL)
    transcript = models.CharField(
        _("transcript"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^(NM_|NR_|ENST)\d+\.\d+$", _("A transcript looks like NM_002524.5."))],
        help_text=_("With its version, e.g. NM_002524.5."),
    )
    hgvs_c = models.CharField(
        _("coding change"),
        max_length=120,
        blank=True,
        validators=[RegexValidator(r"^c\.", _("A coding change begins with “c.”, e.g. c.35G>A."))],
        help_text=_("e.g. c.35G>A"),
    )
    hgvs_p = models.CharField(
        _("protein change"),
        max_length=120,
        blank=True,
        validators=[RegexValidator(r"^p\.", _("A protein change begins with “p.”, e.g. p.(Gly12Asp)."))],
        help_text=_("e.g. p.(Gly12Asp)"),
    )
    vaf = models.DecimalField(_("allele fraction"), max_digits=6, decimal_places=5, null=True, blank=True)
    length_bp = models.PositiveSmallIntegerField(
        _("length of the duplication, base pairs"),
        null=True,
        blank=True,
        validators=[MinValueValidator(3), MaxValueValidator(400)],
    )
    allelic_ratio = models.DecimalField(
        _("allelic ratio"),
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.UNCERTAIN)
    oncogenicity = models.CharField(
        _("oncogenicity"),
        max_length=20,
        choices=Oncogenicity,
        default=Oncogenicity.UNKNOWN,
    )

    class Meta(GeneFinding.Meta):
        constraints: ClassVar = [
            in_range("variant_vaf_is_fraction", "vaf", 0, 1),
            in_range("variant_length_range", "length_bp", 3, 400),
            in_range("variant_ratio_range", "allelic_ratio", 0, 100),
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
    in_frame = models.CharField(_("in frame"), max_length=10, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    driver_class = models.CharField(_("role"), max_length=12, choices=DriverClass, default=DriverClass.UNKNOWN)

    def __str__(self) -> str:
        return (
            f"{self.five_prime_gene}::{self.three_prime_gene}" if self.three_prime_gene else f"{self.five_prime_gene}-r"
        )


class AntigenFinding(models.Model):
    """An antigen on or in the blasts. ``percent_positive`` needs its denominator, ``percent_of``."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="antigens")
    antigen = models.CharField(_("antigen"), max_length=30, help_text=_("e.g. CD19"))
    compartment = models.CharField(_("where"), max_length=12, choices=Compartment, default=Compartment.SURFACE)
    percent_positive = percent_field(_("positive, %"))
    percent_of = models.CharField(_("per cent of"), max_length=20, choices=PercentOf, default=PercentOf.BLASTS)
    intensity = models.CharField(_("intensity"), max_length=15, choices=Intensity, default=Intensity.UNKNOWN)
    pattern = models.CharField(_("pattern"), max_length=15, choices=Pattern, default=Pattern.UNKNOWN)
    negative_subclone_pct = percent_field(_("negative part, %"))
    method = models.CharField(_("method"), max_length=10, choices=AntigenMethod, default=AntigenMethod.FLOW)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            in_range("antigen_percent_range", "percent_positive", 0, 100),
            in_range("antigen_negative_range", "negative_subclone_pct", 0, 100),
            models.UniqueConstraint(fields=["specimen", "antigen", "method"], name="antigen_once_for_each_method"),
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
            models.UniqueConstraint(fields=["specimen", "target"], name="absence_once"),
            models.CheckConstraint(name="absence_names_something", condition=~Q(target="")),
        ]

    def __str__(self) -> str:
        return f"{self.target}: tested, not found"
