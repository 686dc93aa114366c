"""The question, its way to the board, and consent."""

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


class SubmitterRole(TextChoices):
    PHYSICIAN = "treating_physician", _("treating physician")
    DELEGATE = "delegate_of_treating_physician", _("delegate of the treating physician")
    NATIONAL_BOARD = "national_board_coordinator", _("coordinator of a national board")


class NationalBoard(TextChoices):
    ADVICE = "yes_advice_attached", _("yes, the advice is attached")
    NO_ADVICE = "yes_no_advice", _("yes, without advice")
    NO = "no", _("no")
    NONE = "not_existing", _("there is none")


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


class QuestionKind(TextChoices):
    TEXT = "text", _("text")
    CHOICE = "choice", _("choice")
    NUMBER = "number", _("number")
