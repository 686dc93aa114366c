"""Cytogenetics and profiles of one specimen."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import CloneSeen, CopyNumberChange, FishResult, Ploidy, TestedState, YesNoUnknown
from cases.models.fields import (
    choice_field,
    decimal_field,
    gene_field,
    gene_symbol_field,
    known,
    known_or_empty,
    once,
    percent_field,
    ranges,
    required_choice,
    states_something,
    text_field,
    tri_field,
    whole_field,
)
from cases.models.specimen import Specimen


class Karyotype(models.Model):
    """The karyotype of one specimen, as reported (``iscn``) and normalised.

    ``abnormality_count`` is a count, because definitions of "complex" differ (3 or more, 5 or more).
    """

    specimen = models.OneToOneField(Specimen, on_delete=models.CASCADE, related_name="karyotype")
    iscn = models.CharField(_("karyotype (ISCN)"), max_length=1000, help_text=_("As reported, e.g. 46,XY,-7[7]."))
    iscn_normalised = models.CharField(
        _("karyotype, normalised"),
        max_length=1000,
        blank=True,
        editable=False,
        help_text=_("The same in one spelling; empty where it could not be read."),
    )
    n_metaphases = whole_field(_("metaphases analysed"), _("0 to 200."), 0, 200)
    ploidy_class = choice_field(_("ploidy"), Ploidy, _("As the laboratory classes it."))
    abnormality_count = whole_field(_("number of abnormalities"), _("0 to 100, in the largest clone."), 0, 100)

    class Meta:
        constraints: ClassVar = [
            *ranges("karyotype", n_metaphases=(0, 200), abnormality_count=(0, 100)),
            *known_or_empty("karyotype", ploidy_class=Ploidy),
            states_something("karyotype_is_stated", "iscn"),
        ]

    def __str__(self) -> str:
        return self.iscn


class MolecularSignature(models.Model):
    """Profile classes of one specimen; mutational burden is mutations per megabase, 0 to 1,000."""

    specimen = models.OneToOneField(Specimen, on_delete=models.CASCADE, related_name="signature")
    ploidy_class = choice_field(_("ploidy by profile"), Ploidy, _("From array or sequencing."))
    ph_like_signature = choice_field(_("BCR::ABL1-like signature"), TestedState, _("By expression profile."))
    ikzf1_plus = choice_field(_("IKZF1plus"), TestedState, _("IKZF1 deletion with a partner, without ERG deletion."))
    hrd = choice_field(_("homologous recombination deficiency"), TestedState, _("By signature or score."))
    tmb_mut_per_mb = decimal_field(_("mutations per megabase"), _("0 to 1,000."), 0, 1000, places=2)
    msi_or_dmmr = choice_field(_("microsatellite instability"), TestedState, _("Or deficient mismatch repair."))

    class Meta:
        constraints: ClassVar = [
            *ranges("signature", tmb_mut_per_mb=(0, 1000)),
            *known_or_empty(
                "signature",
                ploidy_class=Ploidy,
                ph_like_signature=TestedState,
                ikzf1_plus=TestedState,
                hrd=TestedState,
                msi_or_dmmr=TestedState,
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.specimen}"


class FishFinding(models.Model):
    """One probe of in-situ hybridisation and its result."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="fish")
    probe = models.CharField(_("probe"), max_length=60, help_text=_("e.g. KMT2A break-apart"))
    result = required_choice(_("result"), FishResult, _("A negative probe is a result."))
    pct_nuclei = percent_field(_("nuclei with the signal, %"))
    iscn = text_field(_("ISCN"), _("e.g. nuc ish(KMT2Ax2)[200]"), 300)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("fish", pct_nuclei=(0, 100)),
            *known("fish", result=FishResult),
            states_something("fish_names_a_probe", "probe"),
        ]

    def __str__(self) -> str:
        return f"{self.probe}: {self.get_result_display()}"


class CopyNumberFinding(models.Model):
    """A gain or loss of a gene or a region; size in megabases."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="copy_numbers")
    gene = gene_field()
    gene_symbol = text_field(_("gene"), _("HGNC symbol, or give the region."), 40)
    region = text_field(_("region"), _("Chromosome, arm or band, e.g. -7, 17p13.1."), 60)
    change = required_choice(_("change"), CopyNumberChange, _("Gain, loss, or loss of heterozygosity."))
    copies = decimal_field(_("copies"), _("0 to 100."), 0, 100, places=2)
    focal = tri_field(_("focal"), _("Whether only this gene or a small region is changed."))
    size_mb = decimal_field(_("size, megabases"), _("0 to 250."), 0, 250, places=3)
    original_text = text_field(_("as reported"), _("The words of the report, where they differ."), 200)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("copy_number", copies=(0, 100), size_mb=(0, 250)),
            *known("copy_number", change=CopyNumberChange),
            *known_or_empty("copy_number", focal=YesNoUnknown),
            states_something("copy_number_names_a_place", "gene_symbol", "region"),
        ]

    def __str__(self) -> str:
        return f"{self.gene_symbol or self.region}: {self.get_change_display()}"


class ExpressionOutlier(models.Model):
    """A gene expressed far from a reference cohort, which must be named: without it an outlier means nothing."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="expression_outliers")
    gene = gene_field()
    gene_symbol = gene_symbol_field("FLT3")
    value_tpm = decimal_field(_("expression, TPM"), _("Transcripts per million, 0 or more."), 0, 1_000_000, places=2)
    percentile = percent_field(_("percentile in the cohort"), _("0 to 100; 100 is the highest."))
    z_score = decimal_field(_("z score"), _("−20 to 20."), -20, 20, places=2)
    reference_cohort = models.CharField(
        _("reference cohort"),
        max_length=120,
        help_text=_("Which patients it was compared with."),
    )
    reference_cohort_n = whole_field(_("size of the cohort"), _("Number of patients."), 0, 1_000_000)
    same_disease_reference = tri_field(_("cohort of the same disease"), _("Whether the cohort has this disease only."))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges(
                "expression",
                value_tpm=(0, 1_000_000),
                percentile=(0, 100),
                z_score=(-20, 20),
                reference_cohort_n=(0, 1_000_000),
            ),
            *known_or_empty("expression", same_disease_reference=YesNoUnknown),
            states_something("expression_names_a_gene", "gene_symbol"),
            states_something("expression_names_a_cohort", "reference_cohort"),
        ]

    def __str__(self) -> str:
        return str(self.gene_symbol)


class MethylationResult(models.Model):
    """A class given by a methylation classifier, with its score from 0 to 1."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="methylation")
    classifier = models.CharField(_("classifier"), max_length=80, help_text=_("Its name."))
    version = text_field(_("version of the classifier"), _("As reported."), 40)
    methylation_class = models.CharField(_("class"), max_length=80, help_text=_("e.g. high, for JMML."))
    score = decimal_field(_("score"), _("0 to 1."), 0, 1, places=4)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("methylation", score=(0, 1)),
            states_something("methylation_names_a_classifier", "classifier"),
            states_something("methylation_names_a_class", "methylation_class"),
        ]

    def __str__(self) -> str:
        return f"{self.classifier}: {self.methylation_class}"


class Clone(models.Model):
    """One clone; ``ccf`` is the estimated fraction of cancer cells that belong to it, 0 to 1."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="clones")
    clone_label = models.CharField(_("clone"), max_length=20, help_text=_("A short label, e.g. A."))
    ccf = decimal_field(_("fraction of cancer cells"), _("0 to 1; 0.4 is 40 %."), 0, 1, places=4)
    seen_at = choice_field(_("seen at"), CloneSeen, _("At diagnosis, at relapse or both."))
    note = text_field(_("note"), _("At most 200 characters."), 200)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("clone", ccf=(0, 1)),
            *known_or_empty("clone", seen_at=CloneSeen),
            once("clone_once_for_each_specimen", "specimen", "clone_label", _("Another clone has this label.")),
        ]

    def __str__(self) -> str:
        return self.clone_label
