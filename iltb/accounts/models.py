"""People, centres and the roles that tie them together."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iltb.accounts.enums import Expertise, Role
from iltb.core.models import RandomKeyModel


class UserManager(BaseUserManager["User"]):
    """Creates accounts; the e-mail address is the login and is compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account with ``password``, or with none that works."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(RandomKeyModel, AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in with an e-mail address. ``is_active`` false ends every access at the next request."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, help_text=_("As it stands in letters."))
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expertise = ArrayField(
        models.CharField(max_length=20, choices=Expertise),
        default=list,
        blank=True,
        help_text=_("What an expert is asked for."),
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_unique_without_case")]

    def __str__(self) -> str:
        return self.full_name

    def roles(self) -> frozenset[str]:
        """The roles this person holds, read once for each loaded user."""
        cached: frozenset[str] | None = self.__dict__.get("_roles")
        if cached is None:
            cached = frozenset(self.memberships.values_list("role", flat=True)) if self.is_active else frozenset()
            self.__dict__["_roles"] = cached
        return cached

    def has_role(self, *roles: Role) -> bool:
        """Whether this person holds one of ``roles``."""
        return not self.roles().isdisjoint(roles)


class Centre(RandomKeyModel):
    """A hospital team. Its group holds the grants on the cases that belong to it."""

    name = models.CharField(max_length=200, unique=True)
    country_code = models.CharField(max_length=2, help_text=_("ISO 3166-1 alpha-2"))
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="centre")

    def __str__(self) -> str:
        return self.name


class Membership(RandomKeyModel):
    """One role of one person; a referring physician's role always names the centre."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="memberships", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "centre"], name="one_membership", nulls_distinct=False),
            models.CheckConstraint(
                name="physician_has_centre",
                condition=~Q(role=Role.REFERRING_PHYSICIAN) | Q(centre__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class KeptText(models.Model):
    """What somebody sent to a page after their session had ended, until they sign in again or it is too old.

    ``typed`` maps the names of a form's fields to lists of values.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_texts")
    path = models.CharField(max_length=300)
    typed = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "path"], name="one_kept_text_for_each_page")]

    def __str__(self) -> str:
        return f"text of {self.user}"


class Interest(RandomKeyModel):
    """A standing interest that an expert declares once a year, e.g. equity in a company."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="interests")
    text = models.CharField(max_length=500)
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.user}: {self.text}"
