"""Vocabularies of the dossier. Codes are those of the data dictionary, labels are for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case stands. Who acts next stands in the comment of each line."""

    DRAFT = "draft", _("draft")  # the physician fills it in
    SUBMITTED = "submitted", _("submitted")  # a coordinator screens it
    QUERIED = "queried", _("question to the physician")  # the physician answers
    ACCEPTED = "accepted", _("accepted")  # the board reviews it
    NOT_ELIGIBLE = "not_eligible", _("not eligible")  # nobody; the physician was told why
    CLOSED = "closed", _("closed")  # nobody
    WITHDRAWN = "withdrawn", _("withdrawn")  # nobody


class QueryState(TextChoices):
    """A question of the board to the physician."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class SubmissionType(TextChoices):
    FIRST = "first", _("first question about this patient")
    NEW_RELAPSE = "resubmission_new_relapse", _("new relapse")
    NEW_DATA = "resubmission_new_data", _("new data")
    FOLLOW_UP_QUESTION = "follow_up_question", _("follow-up question")


class Urgency(TextChoices):
    ROUTINE = "routine", _("Routine: advice within 10 working days")
    EXPEDITED = "expedited", _("Expedited: within 5 working days")
    EMERGENCY = "emergency", _("Emergency: within 72 hours")


class UrgencyReason(TextChoices):
    RISING_BLASTS = "rapidly_rising_blasts", _("rapidly rising blasts")
    ORGAN_THREAT = "organ_threat", _("an organ is threatened")
    TRIAL_SLOT = "trial_slot_closing", _("a trial slot is closing")
    BRIDGING_WINDOW = "bridging_window_before_HSCT_or_CART", _("bridging window before transplant or CAR-T")
    DETERIORATION = "clinical_deterioration", _("clinical deterioration")
    OTHER = "other", _("other")


class TreatmentIntent(TextChoices):
    BRIDGE_TO_HSCT = "curative_bridge_to_HSCT", _("cure: bridge to transplant")
    BRIDGE_TO_CART = "curative_bridge_to_CART", _("cure: bridge to CAR-T cells")
    CURATIVE_OTHER = "curative_other", _("cure: other way")
    DISEASE_CONTROL = "disease_control", _("disease control")
    PALLIATIVE = "palliative", _("palliative")
    UNDECIDED = "undecided", _("undecided")


class QuestionType(TextChoices):
    TRIAL_OPTIONS = "trial_options", _("trial options")
    TARGET_PRIORITISATION = "target_prioritisation", _("which target first")
    DRUG_ACCESS = "drug_access", _("access to a drug")
    COMBINATION = "combination_or_dosing", _("combination")
    VARIANT = "interpretation_of_variant", _("meaning of a variant")
    EX_VIVO = "interpretation_of_ex_vivo", _("meaning of a drug-response profile")
    DIAGNOSTICS = "further_diagnostics", _("further diagnostics")
    SEQUENCE = "cell_therapy_or_HSCT_sequence", _("order of cell therapy and transplant")
    LIMITATION = "treatment_limitation", _("limits of treatment")


class Sex(TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other_or_undetermined", _("other or undetermined")


class YesNoUnknown(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")


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


class BlockStatus(TextChoices):
    """Unknown, not done and negative are three different things; a negative result is data of its own."""

    DONE = "done", _("done")
    NOT_DONE = "not_done", _("not done")
    PENDING = "pending", _("pending")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")


class VariantClass(TextChoices):
    SMALL = "small_variant", _("small variant")
    ITD = "ITD", _("internal tandem duplication")
    PTD = "PTD", _("partial tandem duplication")
    OTHER = "other", _("other")


class Origin(TextChoices):
    SOMATIC = "somatic", _("somatic")
    GERMLINE = "germline", _("germline")
    UNCERTAIN = "uncertain", _("uncertain")


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


class LineSetting(TextChoices):
    FRONTLINE = "frontline", _("first line")
    SALVAGE_1 = "salvage_1", _("salvage 1")
    SALVAGE_2 = "salvage_2", _("salvage 2")
    SALVAGE_3 = "salvage_3", _("salvage 3")
    SALVAGE_4 = "salvage_4", _("salvage 4 or later")
    BRIDGING = "bridging", _("bridging")
    CONSOLIDATION = "consolidation", _("consolidation")
    MAINTENANCE = "maintenance", _("maintenance")
    PALLIATIVE = "palliative", _("palliative")


class StopReason(TextChoices):
    COMPLETED = "completed", _("completed")
    REFRACTORY = "refractory", _("refractory")
    PROGRESSION = "progression", _("progression")
    TOXICITY = "toxicity", _("toxicity")
    BRIDGE_ACHIEVED = "bridge_achieved", _("bridge achieved")
    CHOICE = "choice", _("choice")
    ONGOING = "ongoing", _("ongoing")


class BestResponse(TextChoices):
    """Response words of the diseases together (data dictionary 2.13)."""

    CR = "CR", "CR"
    CRI = "CRi", "CRi/CRp"
    CRH = "CRh", "CRh"
    CR_MRD_NEG = "CR_MRDneg", _("CR, MRD negative")
    CR_MRD_POS = "CR_MRDpos", _("CR, MRD positive")
    MLFS = "MLFS", "MLFS"
    PR = "PR", "PR"
    MR = "MR", "MR"
    NR = "NR/TF", _("no response")
    PD = "PD", _("progressive disease")
    RELAPSE = "relapse", _("relapse")
    NOT_EVALUATED = "not_evaluated", _("not evaluated")
    UNKNOWN = "unknown", _("unknown")


class Assent(TextChoices):
    YES = "yes", _("yes")
    TOO_YOUNG = "no_too_young", _("no: too young")
    INCAPACITY = "no_incapacity", _("no: not able to")
    ADULT = "not_applicable_adult", _("does not apply: adult")


class ConsentGivenBy(TextChoices):
    PARENT = "parent_or_guardian", _("parent or guardian")
    PATIENT = "patient", _("patient")


class SecondaryResearch(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_ASKED = "not_asked", _("not asked")


class NotEligibleReason(TextChoices):
    AGE = "age", _("25 years or older")
    NOT_RELAPSED = "not_relapsed_or_refractory", _("not relapsed or refractory")
    STANDARD_OF_CARE = "standard_of_care_available", _("a standard treatment is available")
    NOT_HAEMATOLOGICAL = "not_haematological", _("not a leukaemia or lymphoma")
    CONSENT = "consent_missing", _("consent is missing")
    DUPLICATE = "duplicate", _("already with another board")
    OTHER = "other", _("other")
