"""The disease: first diagnosis, status now, minimal residual disease."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DiseaseGroup(TextChoices):
    BCP_ALL = "BCP_ALL", _("B-cell precursor ALL")
    T_ALL = "T_ALL", _("T-cell ALL")
    LBL_B = "LBL_B", _("B-lymphoblastic lymphoma")
    LBL_T = "LBL_T", _("T-lymphoblastic lymphoma")
    AML = "AML", _("AML")
    APL = "APL", _("acute promyelocytic leukaemia")
    ALAL_MPAL = "ALAL_MPAL", _("acute leukaemia of ambiguous lineage")
    ML_DS = "ML_DS", _("myeloid leukaemia of Down syndrome")
    JMML = "JMML", _("JMML")
    MDS = "MDS", _("MDS")
    CML = "CML", _("CML")
    MATURE_B_NHL = "MATURE_B_NHL", _("mature B-cell lymphoma")
    ALCL = "ALCL", _("anaplastic large cell lymphoma")
    PTCL_OTHER = "PTCL_OTHER", _("other T- or NK-cell lymphoma")
    HODGKIN = "HODGKIN", _("Hodgkin lymphoma")
    BPDCN = "BPDCN", _("BPDCN")
    HISTIOCYTIC = "HISTIOCYTIC_MALIGNANT", _("malignant histiocytic neoplasm")
    OTHER = "OTHER", _("other")


class Classification(TextChoices):
    WHO_HAEM5 = "WHO_HAEM5_2022", _("WHO-HAEM5 2022")
    ICC = "ICC_2022", _("ICC 2022")
    WHO_2016 = "WHO_2016", _("WHO 2016")
    OTHER = "other", _("other")


class RiskGroup(TextChoices):
    STANDARD = "standard", _("standard")
    INTERMEDIATE = "intermediate", _("intermediate")
    HIGH = "high", _("high")
    VERY_HIGH = "very_high", _("very high")
    UNKNOWN = "unknown", _("unknown")


class LymphomaStage(TextChoices):
    """Stage at diagnosis: IPNHLSS for non-Hodgkin lymphoma of childhood, Ann Arbor for Hodgkin lymphoma."""

    IPNHLSS_I = "IPNHLSS_I", "IPNHLSS I"
    IPNHLSS_II = "IPNHLSS_II", "IPNHLSS II"
    IPNHLSS_III = "IPNHLSS_III", "IPNHLSS III"
    IPNHLSS_IV = "IPNHLSS_IV", "IPNHLSS IV"
    ANN_ARBOR_IA = "Ann_Arbor_IA", "Ann Arbor IA"
    ANN_ARBOR_IB = "Ann_Arbor_IB", "Ann Arbor IB"
    ANN_ARBOR_IIA = "Ann_Arbor_IIA", "Ann Arbor IIA"
    ANN_ARBOR_IIB = "Ann_Arbor_IIB", "Ann Arbor IIB"
    ANN_ARBOR_IIIA = "Ann_Arbor_IIIA", "Ann Arbor IIIA"
    ANN_ARBOR_IIIB = "Ann_Arbor_IIIB", "Ann Arbor IIIB"
    ANN_ARBOR_IVA = "Ann_Arbor_IVA", "Ann Arbor IVA"
    ANN_ARBOR_IVB = "Ann_Arbor_IVB", "Ann Arbor IVB"
    UNKNOWN = "unknown", _("unknown")


class SecondaryDisease(TextChoices):
    DE_NOVO = "de_novo", _("de novo")
    THERAPY_RELATED = "therapy_related", _("therapy-related")
    POST_MDS = "post_MDS", _("after MDS")
    LINEAGE_SWITCH = "lineage_switch", _("lineage switch")
    DONOR_DERIVED = "donor_derived", _("donor-derived")
    TRANSFORMED_CML = "transformed_CML", _("transformed CML")
    TRANSFORMED_JMML = "transformed_JMML", _("transformed JMML")
    UNKNOWN = "unknown", _("unknown")


class StatusNow(TextChoices):
    PRIMARY_REFRACTORY = "primary_refractory", _("primary refractory")
    RELAPSE_UNTREATED = "relapse_untreated", _("relapse, not yet treated")
    RELAPSE_ON_TREATMENT = "relapse_on_treatment", _("relapse, on treatment")
    REFRACTORY_RELAPSE = "refractory_relapse", _("refractory relapse")
    MRD_RELAPSE = "MRD_relapse", _("MRD relapse")
    MRD_PERSISTENT = "MRD_persistent", _("persistent MRD")
    REMISSION_HIGH_RISK = "remission_high_risk", _("remission at high risk")
    TRANSFORMATION = "transformation", _("transformation")
    LINEAGE_SWITCH = "lineage_switch", _("lineage switch")


class RelapseTiming(TextChoices):
    """BFM: very early below 18 months from diagnosis; late from 6 months after the end of first-line treatment."""

    VERY_EARLY = "very_early", _("very early")
    EARLY = "early", _("early")
    LATE = "late", _("late")
    POST_HSCT = "post_HSCT", _("after transplant")
    POST_CART = "post_CART", _("after CAR-T cells")


class RefractoryDefinition(TextChoices):
    ALL_INDUCTION = "ALL_no_CR_end_induction", _("ALL: no CR at the end of induction")
    ALL_REINDUCTION = "ALL_no_CR_after_reinduction", _("ALL: no CR after reinduction")
    ALL_MRD = "ALL_MRD_not_cleared", _("ALL: MRD not cleared")
    AML_TWO_COURSES = "AML_no_CR_after_2_courses", _("AML: no CR after two courses")
    LYMPHOMA_LESS_THAN_PR = "lymphoma_less_than_PR", _("lymphoma: less than partial response")
    LYMPHOMA_PD = "lymphoma_PD_on_therapy", _("lymphoma: progression on treatment")
    OTHER = "other", _("other")


class GrowthRate(TextChoices):
    STABLE = "stable", _("stable")
    SLOW = "slow", _("slow")
    WEEKS_2_4 = "doubling_2_4_weeks", _("doubles in 2 to 4 weeks")
    BELOW_2_WEEKS = "doubling_<2_weeks", _("doubles in less than 2 weeks")
    UNKNOWN = "unknown", _("unknown")


class Site(TextChoices):
    BONE_MARROW = "bone_marrow", _("bone marrow")
    BLOOD = "blood", _("blood")
    CNS = "CNS", _("central nervous system")
    TESTIS = "testis", _("testis")
    MEDIASTINUM = "mediastinum", _("mediastinum")
    LYMPH_NODES = "lymph_nodes", _("lymph nodes")
    SKIN = "skin", _("skin")
    BONE = "bone", _("bone")
    SOFT_TISSUE = "soft_tissue_myeloid_sarcoma", _("soft tissue (myeloid sarcoma)")
    LIVER = "liver", _("liver")
    SPLEEN = "spleen", _("spleen")
    KIDNEY = "kidney", _("kidney")
    OVARY = "ovary", _("ovary")
    EYE = "eye", _("eye")
    EFFUSION = "pleura_ascites", _("pleural effusion or ascites")
    OTHER = "other", _("other")


class CnsStatus(TextChoices):
    """As the centre reports it, never computed."""

    CNS1 = "CNS1", "CNS1"
    CNS2A = "CNS2a", "CNS2a"
    CNS2B = "CNS2b", "CNS2b"
    CNS2C = "CNS2c", "CNS2c"
    CNS3A = "CNS3a", "CNS3a"
    CNS3B = "CNS3b", "CNS3b"
    CNS3C = "CNS3c", "CNS3c"
    TLP_PLUS = "TLP+", "TLP+"
    TLP_MINUS = "TLP-", "TLP−"
    POSITIVE = "positive", _("lymphoma: positive")
    NEGATIVE = "negative", _("lymphoma: negative")
    NOT_EXAMINED = "not_examined", _("not examined")
    PENDING = "pending", _("result pending")
    UNKNOWN = "unknown", _("unknown")


class CsfFlow(TextChoices):
    POSITIVE = "pos", _("positive")
    NEGATIVE = "neg", _("negative")
    NOT_DONE = "nd", _("not done")


class Testicular(TextChoices):
    NOT_INVOLVED = "not_involved", _("not involved")
    UNILATERAL = "unilateral", _("one side")
    BILATERAL = "bilateral", _("both sides")
    NOT_EXAMINED = "not_examined", _("not examined")


class MrdMethod(TextChoices):
    FLOW = "flow", _("flow cytometry")
    IG_TR_QPCR = "IG_TR_qPCR", _("IG/TR, qPCR")
    IG_TR_NGS = "IG_TR_NGS", _("IG/TR, sequencing")
    FUSION_QPCR = "fusion_qPCR", _("fusion, qPCR")
    FUSION_DDPCR = "fusion_ddPCR", _("fusion, digital PCR")
    MUTATION_DDPCR = "mutation_ddPCR", _("mutation, digital PCR")
    NGS_OTHER = "NGS_other", _("other sequencing")


class MrdTissue(TextChoices):
    BM = "BM", _("bone marrow")
    PB = "PB", _("blood")
    CSF = "CSF", _("cerebrospinal fluid")
    TISSUE = "tissue", _("tissue")


class MeasuredAfter(TextChoices):
    LINE = "line", _("after a line of treatment")
    TRANSPLANT = "transplant", _("after a transplant")
    CELL_THERAPY = "cell_therapy", _("after a cell therapy")
