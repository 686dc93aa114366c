"""Codes of the trial catalogue with their words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    """A curator writes a draft; once published it never changes, a correction is the next version."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class TrialStatus(TextChoices):
    """Recruitment as a source stated it, of a trial or of one arm."""

    RECRUITING = "recruiting", _("recruiting")
    NOT_YET_RECRUITING = "not_yet_recruiting", _("not yet recruiting")
    ACTIVE_NOT_RECRUITING = "active_not_recruiting", _("active, not recruiting")
    NOT_RECRUITING = "not_recruiting", _("not recruiting")
    SUSPENDED = "suspended", _("suspended")
    COMPLETED = "completed", _("completed")
    TERMINATED = "terminated", _("terminated")
    UNKNOWN = "unknown", _("recruitment not stated")


class Verification(TextChoices):
    """How much of the criteria somebody read at a source."""

    VERIFIED = "verified", _("criteria read at the source")
    PARTLY = "partly", _("criteria partly read")
    UNVERIFIED = "unverified", _("not verified at a source")


class IdentifierSystem(TextChoices):
    """Registers that number trials."""

    NCT = "nct", _("ClinicalTrials.gov")
    EU_CT = "eu_ct", _("EU CT number")
    EUDRACT = "eudract", _("EudraCT")
    ISRCTN = "isrctn", _("ISRCTN")
    OTHER = "other", _("other number")


class Availability(TextChoices):
    """Whether a cohort can be entered; a statement of its own, never part of the verdict."""

    RECRUITING = "recruiting", _("recruiting")
    RECRUITING_UNCONFIRMED = "recruiting_unconfirmed", _("recruiting when last read, not confirmed since")
    RECRUITING_ELSEWHERE = "recruiting_elsewhere", _("recruiting, but not in this country")
    NOT_YET_RECRUITING = "not_yet_recruiting", _("not yet recruiting")
    UNKNOWN = "unknown", _("recruitment not stated")
    FULL = "full", _("full: no free place when last asked")
    CLOSED = "closed", _("closed: not recruiting")


class MatchOutcome(TextChoices):
    """What the submitted data say about one cohort; the codes of ``matching.evaluate.Outcome``."""

    NO_CRITERION_FAILS = "no_criterion_fails", _("possibly eligible by the submitted data: no criterion fails")
    POSSIBLE = "possible", _("possibly eligible by the submitted data: some facts are missing")
    NOT_NOW = "not_now", _("not now: what fails may recover")
    CRITERION_NOT_MET = "criterion_not_met", _("a criterion is not met")


class ChangeCause(TextChoices):
    """Why a cohort came out otherwise than in the list before."""

    REVISION = "revision", _("new data in the dossier")
    VERSION = "version", _("new criteria")
    STATUS = "status", _("recruitment")
    DATE = "date", _("an age limit or a wash-out was passed")
    ENGINE = "engine", _("the portal reads criteria in a new way")


class ChangeEffect(TextChoices):
    """What a change means for a case: a cohort fits when no criterion fails and it can be entered."""

    FITS_NOW = "fits_now", _("would now fit")
    FITS_NO_LONGER = "fits_no_longer", _("would no longer fit")
    DIFFERS = "differs", _("comes out otherwise")


class ContactAskState(TextChoices):
    """Where a question to a trial contact stands; an open one lapses by its date alone."""

    OPEN = "open", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class StillOpen(TextChoices):
    """What a trial contact says of recruitment."""

    YES = "yes", _("yes, it recruits")
    PAUSED = "paused", _("it is paused")
    NO = "no", _("no, it no longer recruits")


class FreePlaces(TextChoices):
    """What a trial contact says of free places; not known is an answer of its own."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("I do not know")


class CriterionVerdict(TextChoices):
    """One criterion, seen from the patient's side."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    UNKNOWN = "unknown", _("unknown")


class WhyUnknown(TextChoices):
    """Why a criterion stays unknown; the codes of ``matching.answers.Reason``."""

    NOT_GIVEN = "not_given", _("not given")
    NOT_TESTED = "not_tested", _("not tested")
    PENDING = "pending", _("test pending")
    FAILED = "failed", _("test failed")
    COVERAGE = "coverage", _("tests were done; whether they cover this is not recorded")
    BEFORE_REMISSION = "before_remission", _("seen only before the last remission")
    ABSENT_BEFORE_REMISSION = "absent_before_remission", _("looked for only before the last remission")
    CONTRADICTORY = "contradictory", _("the findings contradict each other")
    PARTNER = "partner", _("the fusion partner is not known")
    DETAIL = "detail", _("the finding is recorded with less detail")
    SIGNIFICANCE = "significance", _("found, but its significance is uncertain")
    DENOMINATOR = "denominator", _("the share is not stated as a share of blasts")
    WEAK = "weak", _("found on few cells only; the protocol states no cut-off")
    AFTER_THERAPY = "after_therapy", _("measured before treatment against this antigen")
    FREE_TEXT_REGIMEN = "free_text_regimen", _("a line is described in words only, so it may contain the drug")
    DRUG_NAME = "drug_name", _("a drug is given by a name that is not in the list")
    DRUG_CLASS = "drug_class", _("the class of a drug that was given is not recorded")
    MRD_RELAPSE = "mrd_relapse", _("a molecular relapse; whether it counts as a relapse depends on its level")
    BORDER = "border", _("at the border: the protocol's wording or the age in months leaves it open")
    GENERAL_DIAGNOSIS = "general_diagnosis", _("the diagnosis is given in less detail than the criterion")
    UNREAD = "unread", _("the protocol was not read in full: ask the trial office")
    NOT_IN_DOSSIER = "not_in_dossier", _("not part of the dossier: ask the treating physician")
    NONE_LISTED = "none_listed", _("none is listed, but the dossier does not say that there was none")
    DEFINITION = "definition", _("definitions differ: the trial team has to judge")
    INSTRUMENT = "instrument", _("scored with another instrument than the criterion names")
    NOT_ASSESSABLE = "not_assessable", _("could not be assessed")
    NOT_QUANTIFIABLE = "not_quantifiable", _("positive, but not quantifiable")
    FORMULA = "formula", _("corrected by another formula, or by one that is not stated")
    NO_DAY = "no_day", _("no day is given, so the time since cannot be told")
    EQUIVALENT = "equivalent", _("no equivalent dose is stated, and none is computed")
    CONDITIONING = "conditioning", _("may have been part of conditioning or lymphodepletion")
    DONOR_SEARCH = "donor_search", _("the search for a donor goes on")
    DONOR_CELLS = "donor_cells", _("found in a specimen with donor cells, so it may be the donor's")
    ORIGIN = "origin", _("whether it is somatic is not stated")
    DRUG_ROLE = "drug_role", _("how a drug that is given interacts is not recorded")
    NO_SPECIMEN = "no_specimen", _("not tied to a specimen, so it may be from before the last remission")
