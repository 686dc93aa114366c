"""What many answers share: three values, comparators, severities, states of a laboratory block."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class YesNoUnknown(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")


class TestedState(TextChoices):
    """A feature that a method may find: looked for and seen, looked for and not seen, not looked for, unknown."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_DONE = "nd", _("not done")
    UNKNOWN = "unknown", _("unknown")


class BlockStatus(TextChoices):
    """Unknown, not done and negative are three different things; a negative result is data of its own."""

    DONE = "done", _("done")
    NOT_DONE = "not_done", _("not done")
    PENDING = "pending", _("pending")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")


class Comparator(TextChoices):
    """How a reported number is meant: as it stands, or as a limit of the method."""

    EQUAL = "=", "="
    BELOW = "<", "<"
    AT_MOST = "<=", "≤"
    ABOVE = ">", ">"
    AT_LEAST = ">=", "≥"


class Severity(TextChoices):
    NONE = "none", _("none")
    MILD = "mild", _("mild")
    MODERATE = "moderate", _("moderate")
    SEVERE = "severe", _("severe")
