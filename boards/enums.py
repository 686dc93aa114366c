"""Vocabularies of the board's work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingState(TextChoices):
    """A meeting of the board. The coordinator moves it."""

    PLANNED = "planned", _("planned")
    INVITED = "invited", _("invited")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class ReviewState(TextChoices):
    """Where a review stands."""

    ASSIGNED = "assigned", _("being seated")  # the coordinator seats experts
    ASSESSING = "assessing", _("being assessed")  # experts assess, each blind to the others
    READY = "ready", _("ready to vote")  # assessments are open to the panel, the ballot may be opened
    DISCUSSED = "discussed", _("discussed")  # voting is closed, the advice is drafted
    DEFERRED = "deferred", _("deferred")
    CANCELLED = "cancelled", _("cancelled")


class ReviewMode(TextChoices):
    """An attribute, not a state."""

    MEETING = "meeting", _("in a meeting")
    ASYNCHRONOUS = "asynchronous", _("without a meeting")


class SeatState(TextChoices):
    """One expert on one review."""

    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    PASSED_ON = "passed_on", _("passed on")


class InterestLevel(TextChoices):
    """What an expert declares before the content opens."""

    NONE = "none", _("I have no interest in this case")
    OWN_PATIENT = "own_patient", _("My own patient, or my hospital: I step back from this case")
    FINANCIAL = "financial", _("A financial interest in a drug or company: I will not vote on that option")
    INVESTIGATOR = "investigator", _("I am an investigator of a trial that may be listed: I disclose it and vote")


class OptionType(TextChoices):
    """What kind of action an option is."""

    CLINICAL_TRIAL = "clinical_trial", _("clinical trial")
    COMPASSIONATE = "compassionate_or_expanded_access", _("compassionate use or expanded access")
    OFF_LABEL = "off_label_targeted", _("targeted drug, off label")
    CONVENTIONAL = "standard_or_conventional_chemo_immunotherapy", _("conventional chemo- or immunotherapy")
    HSCT = "HSCT", _("stem cell transplant")
    CELL_THERAPY = "cellular_therapy_CART_DLI_NK", _("cell therapy")
    LOCAL = "local_therapy_RT_IT", _("radiotherapy or intrathecal therapy")
    DIAGNOSTICS = "further_diagnostics", _("further diagnostics")
    GERMLINE = "germline_referral", _("referral for germline genetics")
    SUPPORTIVE = "supportive_or_palliative", _("supportive or palliative care")
    NO_RECOMMENDATION = "no_recommendation", _("no recommendation")
    WAIT = "wait_and_reassess", _("wait and reassess")


class Direction(TextChoices):
    """A recommendation not to do something is first-class."""

    FOR = "for", _("advise it")
    AGAINST = "against", _("advise against it")


class Strength(TextChoices):
    """How strongly the board advises."""

    STRONG = "strong", _("strong")
    CONDITIONAL = "conditional", _("conditional")
    EXPLORATORY = "exploratory", _("exploratory")


class EvidenceGrade(TextChoices):
    """Seven levels as INFORM names them (very high … very low); the order is the rank in a tie."""

    VERY_HIGH = "very_high", _("very high")
    HIGH = "high", _("high")
    MODERATE = "moderate", _("moderate")
    INTERMEDIATE = "intermediate", _("intermediate")
    BORDERLINE = "borderline", _("borderline")
    LOW = "low", _("low")
    VERY_LOW = "very_low", _("very low")
    NOT_GRADED = "not_graded", _("not graded")


class AccessRoute(TextChoices):
    """How the patient would get it."""

    TRIAL = "trial", _("trial")
    COMPASSIONATE = "expanded_access", _("expanded access or compassionate use")
    OFF_LABEL_REIMBURSED = "off_label_reimbursed", _("off label, reimbursed")
    OFF_LABEL_OTHER = "off_label_other", _("off label, other")
    STANDARD = "standard", _("standard")
    HOSPITAL_EXEMPTION = "hospital_exemption_ATMP", _("hospital exemption (ATMP)")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class BallotState(TextChoices):
    """One round of voting on one review."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Position(TextChoices):
    """Where a voter stands on one option."""

    STRONGLY_FOR = "strongly_for", _("strongly for")
    FOR = "for", _("for")
    NEUTRAL = "neutral", _("neutral")
    AGAINST = "against", _("against")
    STRONGLY_AGAINST = "strongly_against", _("strongly against")
    ABSTAIN = "abstain", _("abstain")


class AdviceState(TextChoices):
    """The advice on one review."""

    DRAFTING = "drafting", _("being drafted")  # the coordinator writes
    IN_REVIEW = "in_review", _("with the chair")  # the chair reads, returns or signs
    SIGNED = "signed", _("signed")  # the letter is being made
    SENT = "sent", _("sent")  # the physician was told
    SUPERSEDED = "superseded", _("superseded by an addendum")


class FollowUpState(TextChoices):
    """A question to the physician after the advice."""

    DUE = "due", _("due")
    ANSWERED = "answered", _("answered")
    LAPSED = "lapsed", _("lapsed")
    CANCELLED = "cancelled", _("cancelled")


class Followed(TextChoices):
    """Whether the advice was followed."""

    FULLY = "fully", _("Yes, fully")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("No")
    TOO_EARLY = "too_early", _("Too early to say")


class ReasonNotFollowed(TextChoices):
    """Why an advice was not, or only partly, followed."""

    DETERIORATION = "clinical_deterioration", _("the patient got worse")
    DEATH = "death_before_start", _("the patient died before it could begin")
    REMISSION = "remission_or_better_standard_option", _("remission, or a better standard option")
    OTHER_TREATMENT = "other_treatment_already_running", _("another treatment was already running")
    TRIAL_CLOSED = "trial_closed_or_full", _("the trial was closed or full")
    NOT_ELIGIBLE = "not_eligible", _("the trial team found the patient not eligible")
    NO_TRIAL = "no_trial_in_country", _("no trial in the country")
    TRAVEL = "travel_or_language", _("travel or language")
    COMPANY = "drug_not_obtained_company", _("the company did not supply the drug")
    REGULATOR = "drug_refused_regulator_or_hospital", _("the authority or hospital refused the drug")
    COST = "cost_or_reimbursement", _("cost or reimbursement")
    FORMULATION = "age_formulation", _("no form of the drug for this age")
    TOXICITY = "toxicity_concern", _("concern about side effects")
    EVIDENCE = "evidence_too_weak", _("the evidence seemed too weak")
    FAMILY = "patient_or_family_preference", _("the patient or family preferred otherwise")
    PHYSICIAN = "physician_preference", _("the physicians preferred otherwise")
    BIOPSY = "biopsy_not_possible", _("a biopsy was not possible")
    TOO_LATE = "advice_too_late", _("the advice came too late")
    LOST = "lost_to_followup", _("lost to follow-up")
    OTHER = "other", _("other")


class PatientStatus(TextChoices):
    """How the patient is."""

    ALIVE_REMISSION = "alive_in_remission", _("alive, in remission")
    ALIVE_DISEASE = "alive_with_disease", _("alive, with disease")
    DEAD = "dead", _("died")
    LOST = "lost", _("lost to follow-up")
    UNKNOWN = "unknown", _("unknown")
