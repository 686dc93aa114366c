"""Treatment given: lines, transplants, cells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    CRB = "CRb", _("CRb (biopsy-negative residue)")
    CRU = "CRu", _("CRu (unconfirmed)")
    CMR = "CMR", _("complete metabolic response")
    PMR = "PMR", _("partial metabolic response")
    NMR = "NMR", _("no metabolic response")
    PMD = "PMD", _("progressive metabolic disease")
    RELAPSE = "relapse", _("relapse")
    DEATH = "death_in_induction", _("death in induction")
    NOT_EVALUATED = "not_evaluated", _("not evaluated")
    UNKNOWN = "unknown", _("unknown")


class DrugRoute(TextChoices):
    ORAL = "oral", _("by mouth")
    IV = "intravenous", _("intravenous")
    SC = "subcutaneous", _("subcutaneous")
    IM = "intramuscular", _("intramuscular")
    IT = "intrathecal", _("intrathecal")
    OTHER = "other", _("other")


class Donor(TextChoices):
    MSD = "MSD", _("matched sibling")
    MUD = "MUD_10_10", _("matched unrelated (10/10)")
    MMUD = "MMUD", _("mismatched unrelated")
    HAPLO = "haplo", _("haploidentical")
    CORD = "cord", _("cord blood")
    AUTOLOGOUS = "autologous", _("autologous")


class StemCellSource(TextChoices):
    BM = "BM", _("bone marrow")
    PBSC = "PBSC", _("peripheral blood stem cells")
    CB = "CB", _("cord blood")


class Conditioning(TextChoices):
    TBI = "TBI_based", _("total body irradiation")
    BUSULFAN = "busulfan", _("busulfan")
    TREOSULFAN = "treosulfan", _("treosulfan")
    MELPHALAN = "melphalan", _("melphalan")
    OTHER = "other", _("other")


class ConditioningIntensity(TextChoices):
    MAC = "MAC", _("myeloablative")
    RIC = "RIC", _("reduced")


class TDepletion(TextChoices):
    NONE = "none", _("none")
    ATG = "ATG", "ATG"
    ALEMTUZUMAB = "alemtuzumab", _("alemtuzumab")
    PTCY = "PTCy", _("cyclophosphamide after transplant")
    TCRAB = "TCRab_CD19", _("depletion of TCR alpha/beta and CD19")


class RemissionBefore(TextChoices):
    CR1 = "CR1", _("first remission")
    CR2 = "CR2", _("second remission")
    CR3 = "CR3_or_later", _("third or later remission")
    ACTIVE = "active_disease", _("active disease")
    UNKNOWN = "unknown", _("unknown")


class CellProduct(TextChoices):
    TISAGENLECLEUCEL = "tisagenlecleucel", _("tisagenlecleucel")
    OBE_CEL = "obe-cel", _("obecabtagene autoleucel")
    BREXU_CEL = "brexu-cel", _("brexucabtagene autoleucel")
    AXI_CEL = "axi-cel", _("axicabtagene ciloleucel")
    ACADEMIC = "academic", _("academic product")
    ALLOGENEIC = "allogeneic", _("allogeneic product")
    NK = "NK", _("NK cells")
    OTHER = "other", _("other")


class CellSource(TextChoices):
    AUTOLOGOUS = "autologous", _("autologous")
    ALLOGENEIC = "allogeneic", _("allogeneic")


class LossReason(TextChoices):
    ANTIGEN_NEGATIVE = "antigen_negative", _("antigen lost")
    CAR_LOSS = "antigen_positive_early_CAR_loss", _("antigen kept, CAR-T cells lost early")
    LINEAGE_SWITCH = "lineage_switch", _("lineage switch")
    UNKNOWN = "unknown", _("unknown")
