"""What a trial's contact was asked about recruitment, and what the answer was."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iltb.accounts.models import User
from iltb.core.models import RandomKeyModel, known_states
from trials.enums import ContactAskState, FreePlaces, StillOpen
from trials.models.trial import Trial

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

VALID_FOR: Final = timedelta(days=14)
LINK_PURPOSE: Final = "trial_contact_asked"  # also the template of the mail


def lapse_time() -> datetime:
    """Until when a question that is asked now can be answered: the end of the day that the mail names."""
    day = timezone.localdate() + VALID_FOR
    return datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())


class ContactAskQuerySet(models.QuerySet["ContactAsk"]):
    """Questions to trial contacts by who may see them and whether they can still be answered."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those about trials whose recruitment ``user`` corrects; names and addresses are for nobody else."""
        return self.filter(trial__in=Trial.objects.granted(user, "confirm_trial_status"))

    def answerable(self) -> Self:
        """Neither answered, withdrawn nor lapsed."""
        return self.filter(state=ContactAskState.OPEN, expires_at__gt=timezone.now())

    def with_shown_remark(self) -> Self:
        """Answers whose remark a coordinator has read and shown to everybody, newest first."""
        return self.exclude(remark_shown_at=None).order_by("-answered_at")


class ContactAsk(RandomKeyModel):
    """Whether a cohort still recruits, asked of a contact of its trial by a signed link; it holds nothing of any case.

    ``arm_key`` names the cohort in whatever version is published; ``country_code`` and ``place`` are empty where the
    contact speaks for the whole cohort. ``known_when_asked`` says how far trial, cohort and place were closed then. The
    link is never stored: it is signed when the mail is sent. An answer is given once; ``is_in_force`` is false for one
    that waits for a coordinator's decision. ``remark`` is shown to nobody but coordinators before one of them has read
    it.
    """

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="contact_asks")
    arm_key = models.SlugField(max_length=60)
    arm_title = models.CharField(_("cohort"), max_length=200, help_text=_("As it was called when it was asked about."))
    country_code = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    place = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(_("name of the contact"), max_length=200)
    contact_email = models.EmailField(_("e-mail address of the contact"), help_text=_("An office or a work address."))
    state = models.CharField(max_length=12, choices=ContactAskState, default=ContactAskState.OPEN, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(default=lapse_time, editable=False)
    known_when_asked = models.CharField(max_length=80, editable=False)
    still_open = models.CharField(max_length=8, choices=StillOpen, blank=True)
    free_places = models.CharField(max_length=8, choices=FreePlaces, blank=True)
    remark = models.TextField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_in_force = models.BooleanField(null=True, blank=True, editable=False)
    remark_shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    remark_shown_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = ContactAskQuerySet.as_manager()

    app_privileges: ClassVar = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            known_states("contact_ask_state_known", ContactAskState),
            models.CheckConstraint(
                name="contact_answer_is_whole",
                condition=Q(
                    state=ContactAskState.ANSWERED,
                    answered_at__isnull=False,
                    is_in_force__isnull=False,
                    still_open__in=StillOpen.values,
                    free_places__in=FreePlaces.values,
                )
                | (
                    ~Q(state=ContactAskState.ANSWERED)
                    & Q(answered_at__isnull=True, is_in_force__isnull=True, still_open="", free_places="", remark="")
                ),
            ),
            models.CheckConstraint(
                name="contact_remark_shown_by_and_at",
                condition=Q(remark_shown_at__isnull=True, remark_shown_by__isnull=True)
                | (Q(remark_shown_at__isnull=False, remark_shown_by__isnull=False) & ~Q(remark="")),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(filter(None, (str(self.trial), self.arm_title, self.where))))

    @property
    def where(self) -> str:
        """The place that is asked about, "" for the whole cohort."""
        return f"{self.country_code} {self.place}".strip()

    @property
    def is_answerable(self) -> bool:
        """Whether an answer would still be taken."""
        return self.state == ContactAskState.OPEN and not self.has_lapsed

    @property
    def has_lapsed(self) -> bool:
        """Whether the link opens nothing any more, whatever was answered."""
        return timezone.now() >= self.expires_at
