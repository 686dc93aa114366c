"""The catalogue: trials with what changes at once, and versions of what only a second person may change."""

import secrets
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.core.models import RandomKeyModel, VersionedModel, known_states
from trials.enums import IdentifierSystem, TrialStatus, Verification, VersionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CURATION = ("edit_trial", "publish_trial", "confirm_trial_status")


def first_edit() -> int:
    """Where a new draft begins to count its saves: a page of an earlier draft never fits the one after it."""
    return secrets.randbelow(10**8)


class TrialQuerySet(models.QuerySet["Trial"]):
    """Trials by who may see them."""

    def granted(self, user: "User | AnonymousUser", codename: str) -> Self:
        """Trials on which ``user`` may do ``codename``: coordinators curate, everybody with a role reads."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.has_role(Role.COORDINATOR):
            return self
        if codename in CURATION or not user.roles():
            return self.none()
        published = TrialVersion.objects.filter(trial=OuterRef("pk"), state=VersionState.PUBLISHED)
        return self.filter(Exists(published))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Published trials for every member of the portal; drafts for coordinators alone."""
        return self.granted(user, "view_trial")

    def search(self, text: str, user: "User | AnonymousUser") -> Self:
        """Trials whose title, number or agents, as far as ``user`` may see them, contain every word of ``text``."""
        found, readable = self, TrialVersion.objects.visible_to(user)
        for word in text.split():
            versions = readable.filter(trial=OuterRef("pk"), agents_text__icontains=word)
            numbers = TrialIdentifier.objects.filter(trial=OuterRef("pk"), value__icontains=word)
            found = found.filter(Q(title__icontains=word) | Exists(versions) | Exists(numbers))
        return found

    def with_newest_version(self, user: "User | AnonymousUser") -> Self:
        """Load for each trial the versions that ``user`` may see, newest first, as ``shown_versions``."""
        versions = TrialVersion.objects.visible_to(user).order_by("-number").prefetch_related("arms")
        return self.prefetch_related("identifiers", "sites", Prefetch("versions", versions, to_attr="shown_versions"))


class Trial(RandomKeyModel, VersionedModel):
    """One trial; ``key`` is its stable name in the catalogue files.

    Recruitment is corrected at once by one person. ``status_as_of`` is the date that the source gave,
    ``last_checked_on`` the day on which somebody looked at the register, empty for never.
    """

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("recruitment"), max_length=24, choices=TrialStatus, default=TrialStatus.UNKNOWN)
    status_note = models.CharField(max_length=200, blank=True, help_text=_("In the words of the source."))
    status_as_of = models.DateField(null=True, blank=True)
    status_source = models.URLField(max_length=500, blank=True)
    last_checked_on = models.DateField(_("last checked at the register"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = TrialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "key"]
        constraints: ClassVar = [
            models.CheckConstraint(name="trial_status_known", condition=Q(status__in=TrialStatus.values)),
        ]

    def __str__(self) -> str:
        return self.title


class TrialIdentifier(models.Model):
    """A register number of a trial; ``is_confirmed`` is false for one that nobody checked."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=10, choices=IdentifierSystem)
    value = models.CharField(max_length=40)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["system", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "value"], name="register_number_once"),
        ]

    def __str__(self) -> str:
        return self.value


class Site(RandomKeyModel):
    """Where a trial can be entered: a country and, when known, a place in it."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sites")
    country_code = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(
        _("contact of the trial team"), max_length=200, blank=True, help_text=_("An office, never a private address.")
    )
    status = models.CharField(max_length=24, choices=TrialStatus, default=TrialStatus.UNKNOWN)
    last_checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["country_code", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "country_code", "name"], name="site_once"),
            models.CheckConstraint(name="site_status_known", condition=Q(status__in=TrialStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.country_code} {self.name}".strip()


class TrialVersionQuerySet(models.QuerySet["TrialVersion"]):
    """Versions by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Published versions of visible trials; coordinators also see drafts."""
        if isinstance(user, User) and user.has_role(Role.COORDINATOR):
            return self
        return self.filter(trial__in=Trial.objects.visible_to(user), state=VersionState.PUBLISHED)

    def current(self) -> Self:
        """The newest published version of each trial."""
        newer = TrialVersion.objects.filter(
            trial=OuterRef("trial"), state=VersionState.PUBLISHED, number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer), state=VersionState.PUBLISHED)


class TrialVersion(RandomKeyModel):
    """Criteria and description of a trial as curated at one time.

    A database trigger refuses every change of a published version and of its arms (but for an arm's status).
    ``fingerprint`` is the SHA-256 of the trial file it goes back to, kept while people edit it, so that loading the
    same file again leaves their work alone. ``authors`` are all who wrote in it: none of them publishes it. ``edits``
    counts the saves of a draft; one that was made from an older count is refused.
    """

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False)
    sponsor = models.CharField(_("sponsor"), max_length=200, blank=True)
    phase = models.CharField(_("phase"), max_length=3, blank=True)
    agents = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    agents_text = models.TextField(blank=True, editable=False, help_text=_("The agents in one text, for searching."))
    countries_complete = models.BooleanField(default=False, help_text=_("All countries are listed as sites."))
    verification = models.CharField(_("criteria"), max_length=12, choices=Verification)
    sources = ArrayField(models.URLField(max_length=500), default=list, blank=True)
    remarks = models.TextField(_("remarks"), max_length=1000, blank=True)
    age_limits = models.CharField(
        _("age limits"), max_length=200, blank=True, help_text=_("In the words of the source.")
    )
    edits = models.PositiveIntegerField(default=0, editable=False)
    authors = models.ManyToManyField(User, related_name="+", editable=False)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = TrialVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            known_states("trial_version_state_known", VersionState),
            models.UniqueConstraint(fields=["trial", "number"], name="trial_version_number_once"),
            models.UniqueConstraint(
                fields=["trial"], condition=Q(state=VersionState.DRAFT), name="one_draft_for_each_trial"
            ),
            models.CheckConstraint(
                name="published_version_has_time",
                condition=Q(state=VersionState.DRAFT, published_at__isnull=True)
                | Q(state=VersionState.PUBLISHED, published_at__isnull=False),
            ),
            models.CheckConstraint(name="trial_verification_known", condition=Q(verification__in=Verification.values)),
        ]

    def __str__(self) -> str:
        return f"{self.trial} version {self.number}"
