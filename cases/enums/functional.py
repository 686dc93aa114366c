"""Germline testing and drug response outside the body."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GermlineResult(TextChoices):
    NONE = "no_pathogenic_variant", _("no pathogenic variant")
    PATHOGENIC = "pathogenic_variant", _("pathogenic or likely pathogenic variant")
    VUS = "uncertain_variant", _("variant of uncertain significance")
    UNKNOWN = "unknown", _("unknown")


class GermlineMethod(TextChoices):
    SINGLE_GENE = "single_gene", _("single gene")
    PANEL = "panel", _("gene panel")
    WES = "WES", _("exome")
    WGS = "WGS", _("genome")
    OTHER = "other", _("other")


class GermlineMaterial(TextChoices):
    FIBROBLASTS = "fibroblasts", _("cultured fibroblasts")
    HAIR = "hair", _("hair")
    SALIVA = "saliva", _("saliva or buccal swab")
    REMISSION = "remission_sample", _("blood or marrow in remission")
    OTHER = "other", _("other")


class GeneticsReferral(TextChoices):
    DONE = "done", _("done")
    PLANNED = "planned", _("planned")
    NOT_NEEDED = "not_needed", _("not needed")
    BY_BOARD = "recommended_by_board", _("recommended by the board")


class ExVivoPlatform(TextChoices):
    SUSPENSION = "short_term_suspension_viability", _("short-term suspension, viability")
    COCULTURE = "stromal_coculture_imaging", _("stromal co-culture, imaging")
    SINGLE_CELL = "image_based_single_cell", _("image-based single cell")
    FLOW = "flow_cytometry_based", _("flow cytometry")
    MATRIX = "3D_matrix_imaging", _("3D matrix, imaging")
    BH3 = "BH3_profiling", _("BH3 profiling")
    PDX = "PDX_in_vivo", _("xenograft, in vivo")
    OTHER = "other", _("other")


class LaboratoryKind(TextChoices):
    ACCREDITED = "accredited", _("accredited")
    RESEARCH = "research_only", _("research only")
    UNKNOWN = "unknown", _("unknown")


class ExVivoSample(TextChoices):
    BM = "BM", _("bone marrow")
    PB = "PB", _("blood")
    CSF = "CSF", _("cerebrospinal fluid")
    TISSUE = "tissue", _("tissue")
    PDX = "PDX", _("xenograft")


class FreshOrFrozen(TextChoices):
    FRESH = "fresh", _("fresh")
    FROZEN = "frozen", _("frozen")


class Quality(TextChoices):
    PASS = "pass", _("passed")
    BORDERLINE = "borderline", _("borderline")
    FAIL = "fail", _("failed")


class Readout(TextChoices):
    IC50 = "IC50", "IC50"
    LC50 = "LC50", "LC50"
    EC50 = "EC50", "EC50"
    AUC = "AUC", "AUC"
    DSS = "DSS", "DSS"
    SDSS = "sDSS", "sDSS"
    Z_SCORE = "z_score", _("z score")
    VIABILITY = "viability_at_fixed_dose", _("viability at a fixed dose")
    ON_TARGET = "on_target_score", _("on-target score")
    APOPTOSIS = "apoptosis_delta", _("change in apoptosis")


class ResponseUnit(TextChoices):
    NM = "nM", "nM"
    FRACTION = "fraction", _("fraction")
    PERCENT = "percent", "%"
    SCORE = "score", _("score")
    Z = "z", _("z score")


class SynergyMetric(TextChoices):
    BLISS = "Bliss", "Bliss"
    ZIP = "ZIP", "ZIP"
    LOEWE = "Loewe", "Loewe"
    HSA = "HSA", "HSA"


class Sensitivity(TextChoices):
    """As the laboratory calls it, never computed."""

    SENSITIVE = "sensitive", _("sensitive")
    INTERMEDIATE = "intermediate", _("intermediate")
    RESISTANT = "resistant", _("resistant")
    NOT_EVALUABLE = "not_evaluable", _("not evaluable")
