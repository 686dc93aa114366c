"""Specimens, methods and what they found."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tissue(TextChoices):
    BM = "BM", _("bone marrow")
    PB = "PB", _("blood")
    CSF = "CSF", _("cerebrospinal fluid")
    LYMPH_NODE = "lymph_node", _("lymph node")
    MASS = "mass", _("mass")
    EFFUSION = "effusion", _("effusion")
    SKIN = "skin", _("skin")
    OTHER = "other", _("other")


class TimePoint(TextChoices):
    INITIAL_DIAGNOSIS = "initial_diagnosis", _("initial diagnosis")
    REFRACTORY = "refractory", _("refractory disease")
    FIRST_RELAPSE = "first_relapse", _("first relapse")
    LATER_RELAPSE = "later_relapse", _("later relapse")
    CURRENT_RELAPSE = "current_relapse", _("current relapse")
    CURRENT = "current", _("current disease")
    REMISSION = "remission", _("remission")


class BlastMethod(TextChoices):
    MORPHOLOGY = "morphology", _("morphology")
    FLOW = "flow", _("flow cytometry")
    HISTOLOGY = "histology", _("histology")
    UNKNOWN = "unknown", _("unknown")


class AssayType(TextChoices):
    KARYOTYPE = "karyotype", _("karyotype")
    FISH = "FISH", "FISH"
    SNP_ARRAY = "SNP_array", _("SNP array")
    MLPA = "MLPA", "MLPA"
    OGM = "OGM", _("optical genome mapping")
    PANEL = "targeted_panel_DNA", _("DNA panel")
    WES = "WES", _("exome")
    WGS = "WGS", _("genome")
    RNA_PANEL = "RNA_fusion_panel", _("RNA fusion panel")
    RNASEQ = "RNAseq_WTS", _("RNA sequencing")
    METHYLATION = "methylation_array", _("methylation array")
    QPCR = "qPCR", "qPCR"
    FLOW = "immunophenotype", _("immunophenotype")
    OTHER = "other", _("other")


class ReferenceGenome(TextChoices):
    GRCH37 = "GRCh37", "GRCh37"
    GRCH38 = "GRCh38", "GRCh38"
    T2T = "T2T", "T2T"


class LaboratoryStandard(TextChoices):
    EUROFLOW = "EuroFlow", "EuroFlow"
    AIEOP_BFM = "AIEOP_BFM", "AIEOP-BFM"
    COG = "COG", "COG"
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class Ploidy(TextChoices):
    NEAR_HAPLOID = "near_haploid", _("near-haploid (24 to 31)")
    LOW_HYPODIPLOID = "low_hypodiploid", _("low hypodiploid (32 to 39)")
    HYPODIPLOID = "hypodiploid", _("hypodiploid (40 to 45)")
    DIPLOID = "diploid", _("diploid or pseudodiploid (46)")
    LOW_HYPERDIPLOID = "low_hyperdiploid", _("low hyperdiploid (47 to 50)")
    HIGH_HYPERDIPLOID = "high_hyperdiploid", _("high hyperdiploid (51 to 65)")
    NEAR_TRIPLOID = "near_triploid", _("near-triploid")
    NEAR_TETRAPLOID = "near_tetraploid", _("near-tetraploid")
    UNKNOWN = "unknown", _("unknown")


class FishResult(TextChoices):
    POSITIVE = "positive", _("positive")
    NEGATIVE = "negative", _("negative")
    INCONCLUSIVE = "inconclusive", _("inconclusive")


class VariantClass(TextChoices):
    SMALL = "small_variant", _("small variant")
    ITD = "ITD", _("internal tandem duplication")
    PTD = "PTD", _("partial tandem duplication")
    OTHER = "other", _("other")


class Origin(TextChoices):
    SOMATIC = "somatic", _("somatic")
    GERMLINE = "germline", _("germline")
    UNCERTAIN = "uncertain", _("uncertain")


class Zygosity(TextChoices):
    HET = "het", _("heterozygous")
    HOM = "hom", _("homozygous")
    HEMI = "hemi", _("hemizygous")
    LOH = "LOH", _("with loss of heterozygosity")
    BIALLELIC = "biallelic_two_hits", _("both alleles, two hits")
    UNKNOWN = "unknown", _("unknown")


class Oncogenicity(TextChoices):
    """ClinGen/CGC/VICC classes: is it a driver? A scale apart from actionability and risk."""

    ONCOGENIC = "oncogenic", _("oncogenic")
    LIKELY_ONCOGENIC = "likely_oncogenic", _("likely oncogenic")
    VUS = "vus", _("uncertain significance")
    LIKELY_BENIGN = "likely_benign", _("likely benign")
    BENIGN = "benign", _("benign")
    UNKNOWN = "unknown", _("not classified")


class DriverClass(TextChoices):
    DEFINING = "defining", _("defines the disease")
    TARGETABLE = "targetable", _("targetable")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class DetectedBy(TextChoices):
    RNA = "RNA", "RNA"
    DNA = "DNA", "DNA"
    FISH = "FISH", "FISH"
    KARYOTYPE = "karyotype", _("karyotype")
    RT_PCR = "RT_PCR", "RT-PCR"
    OGM = "OGM", _("optical genome mapping")
    OTHER = "other", _("other")


class CopyNumberChange(TextChoices):
    GAIN = "gain", _("gain")
    AMPLIFICATION = "amplification", _("amplification")
    LOSS_HET = "loss_het", _("loss of one copy")
    LOSS_HOM = "loss_hom", _("loss of both copies")
    CN_LOH = "CN_LOH", _("copy-neutral loss of heterozygosity")
    BIALLELIC = "biallelic", _("biallelic")


class CloneSeen(TextChoices):
    DIAGNOSIS = "diagnosis", _("at diagnosis")
    RELAPSE = "relapse", _("at relapse")
    BOTH = "both", _("at diagnosis and relapse")
    UNKNOWN = "unknown", _("unknown")


class Compartment(TextChoices):
    SURFACE = "surface", _("surface")
    CYTOPLASMIC = "cytoplasmic", _("cytoplasmic")
    NUCLEAR = "nuclear", _("nuclear")
    UNKNOWN = "unknown", _("unknown")


class PercentOf(TextChoices):
    BLASTS = "blasts", _("of blasts")
    NUCLEATED_CELLS = "nucleated_cells", _("of nucleated cells")
    UNKNOWN = "unknown", _("denominator unknown")


class Intensity(TextChoices):
    NEGATIVE = "negative", _("negative")
    DIM = "dim", _("dim")
    MODERATE = "moderate", _("moderate")
    BRIGHT = "bright", _("bright")
    HETEROGENEOUS = "heterogeneous", _("heterogeneous")
    UNKNOWN = "unknown", _("unknown")


class Pattern(TextChoices):
    HOMOGENEOUS = "homogeneous", _("homogeneous")
    BIMODAL = "bimodal", _("two populations")
    PARTIAL = "partial", _("partial")
    UNKNOWN = "unknown", _("unknown")


class AntigenMethod(TextChoices):
    FLOW = "flow", _("flow cytometry")
    IHC = "IHC", _("immunohistochemistry")
    H_SCORE = "H_score", _("H-score")
