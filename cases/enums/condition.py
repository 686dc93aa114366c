"""The patient's condition, other drugs, and access to treatment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PerformanceScale(TextChoices):
    LANSKY = "Lansky", "Lansky"
    KARNOFSKY = "Karnofsky", "Karnofsky"
    ECOG = "ECOG", "ECOG"


class QtcFormula(TextChoices):
    FRIDERICIA = "fridericia", "Fridericia"
    BAZETT = "bazett", "Bazett"
    UNKNOWN = "unknown", _("unknown")


class ConditionMeasure(TextChoices):
    """A measurement that can be said to be not done; the code is the name of its column."""

    PERFORMANCE = "performance_score", _("performance")
    ALT = "alt_x_uln", "ALT"
    AST = "ast_x_uln", "AST"
    BILIRUBIN = "bilirubin_total_x_uln", _("bilirubin")
    DIRECT_BILIRUBIN = "bilirubin_direct_x_uln", _("direct bilirubin")
    CREATININE = "creatinine_x_uln", _("creatinine")
    CLEARANCE = "crcl_ml_min_1_73", _("creatinine clearance")
    LVEF = "lvef_pct", _("ejection fraction")
    SF = "sf_pct", _("shortening fraction")
    QTC = "qtcf_ms", _("QTc")
    SPO2 = "spo2_room_air_pct", _("oxygen saturation")


class InfectionState(TextChoices):
    NONE = "none", _("none")
    CONTROLLED = "controlled", _("controlled")
    UNCONTROLLED = "uncontrolled", _("not controlled")
    UNKNOWN = "unknown", _("unknown")


class Organism(TextChoices):
    BACTERIAL = "bacterial", _("bacterial")
    FUNGAL = "fungal", _("fungal")
    CMV = "CMV", "CMV"
    EBV = "EBV", "EBV"
    ADV = "ADV", _("adenovirus")
    HHV6 = "HHV6", "HHV6"
    VIRAL_OTHER = "viral_other", _("other virus")
    UNKNOWN = "unknown", _("unknown")


class HepatitisHiv(TextChoices):
    NEGATIVE = "negative", _("all negative")
    HBSAG = "HBsAg+", _("HBsAg positive")
    ANTI_HBC = "antiHBc+", _("anti-HBc positive")
    HCV = "HCV+", _("hepatitis C positive")
    HIV = "HIV+", _("HIV positive")
    NOT_DONE = "nd", _("not done")


class Neuro(TextChoices):
    NONE = "none", _("none")
    SEIZURES = "seizures", _("seizures")
    PRES = "PRES", "PRES"
    LEUKOENCEPHALOPATHY = "leukoencephalopathy", _("leukoencephalopathy")
    NEUROPATHY = "neuropathy", _("neuropathy")


class OrganHistory(TextChoices):
    NONE = "none", _("none")
    SOS = "SOS_VOD", _("sinusoidal obstruction syndrome")
    PANCREATITIS = "pancreatitis", _("pancreatitis")
    THROMBOSIS = "thrombosis", _("thrombosis")
    AVN = "avascular_necrosis", _("avascular necrosis")
    CARDIOMYOPATHY = "cardiomyopathy", _("cardiomyopathy")
    ILD = "ILD", _("interstitial lung disease")
    OTHER = "other", _("other")


class CanSwallow(TextChoices):
    TABLETS = "tablets", _("tablets")
    LIQUID = "liquid_only", _("liquids only")
    TUBE = "NG_PEG", _("by tube (nasogastric or PEG)")
    NONE = "none", _("nothing by mouth")


class FamilyWish(TextChoices):
    FULL = "full_curative_effort", _("every effort for cure")
    TRIAL = "trial_willing", _("willing to join a trial")
    NO_TRAVEL = "no_travel", _("no travel")
    ORAL = "oral_only", _("oral treatment only")
    NO_ICU = "no_ICU", _("no intensive care")
    PALLIATIVE = "palliative_only", _("palliative care only")
    UNDECIDED = "undecided", _("undecided")


class Cyp3a4(TextChoices):
    STRONG_INHIBITOR = "strong_inhibitor", _("strong inhibitor")
    MODERATE_INHIBITOR = "moderate_inhibitor", _("moderate inhibitor")
    STRONG_INDUCER = "strong_inducer", _("strong inducer")
    MODERATE_INDUCER = "moderate_inducer", _("moderate inducer")
    NONE = "none", _("none of these")
    UNKNOWN = "unknown", _("unknown")


class TrialOutcome(TextChoices):
    SCREEN_FAIL = "screen_fail", _("failed screening")
    NO_SLOT = "no_slot", _("no slot")
    NOT_OPEN = "not_open_in_country", _("not open in this country")
    DECLINED = "declined", _("declined")
    PENDING = "pending", _("pending")


class DrugAccessWay(TextChoices):
    LICENSED = "licensed", _("licensed")
    REIMBURSED = "off_label_reimbursed", _("off-label, reimbursed")
    SELF_PAY = "off_label_self_pay", _("off-label, paid by the family")
    COMPASSIONATE = "compassionate_program_open", _("compassionate programme open")
    NOT_AVAILABLE = "not_available", _("not available")


class Travel(TextChoices):
    NONE = "none", _("no")
    NATIONAL = "national", _("within the country")
    EU = "EU", _("within the EU")
    OVERSEAS = "overseas", _("overseas")


class DonorStatus(TextChoices):
    MSD = "MSD_available", _("matched sibling available")
    MUD = "MUD_10_10_identified", _("matched unrelated donor found (10/10)")
    HAPLO = "haplo_available", _("haploidentical donor available")
    SECOND_SEARCH = "second_donor_search_running", _("search for a second donor runs")
    SEARCH = "search_running", _("search runs")
    NONE_FOUND = "none_found", _("none found")
    NOT_NEEDED = "not_needed", _("not needed")
    UNKNOWN = "unknown", _("unknown")


class Funding(TextChoices):
    S2 = "S2_form_possible", _("form S2 possible")
    SPONSOR = "sponsor_pays", _("the sponsor pays")
    UNKNOWN = "unknown", _("unknown")
    NO = "no", _("no")
