"""The people of the demonstration. Nothing here works outside it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

PASSWORD = "demo-only-2026"  # noqa: S105 -- public on purpose, and of demo accounts only
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class DemoPerson:
    """One button of the page."""

    email: str
    title: str
    text: str
    icon: str


@dataclass(frozen=True)
class DemoGroup:
    """A heading of the page and its buttons."""

    title: str
    people: tuple[DemoPerson, ...]


def require_demo() -> None:
    """404 unless the demo settings are in force, as if the address did not exist."""
    if not settings.ILTB_DEMO:
        raise Http404


def addresses() -> frozenset[str]:
    """Everybody whom the page offers."""
    return frozenset(person.email for group in groups() for person in group.people)


def groups() -> tuple[DemoGroup, ...]:
    """The buttons, those that a first visit needs in the first group."""
    first = (
        DemoPerson("physician@demo.example", _("Treating physician"), _("asks the board about a patient"), "person"),
        DemoPerson(
            "coordinator@demo.example", _("Coordinator"), _("receives cases, seats experts, plans meetings"), "calendar"
        ),
        DemoPerson("expert1@demo.example", _("Expert"), _("assesses a case and votes"), "vote"),
        DemoPerson("chair@demo.example", _("Chair"), _("closes the voting and signs the advice"), "edit"),
    )
    more = (
        DemoPerson(
            "physician2@demo.example",
            _("Physician of another centre"),
            _("sees none of the first one's cases"),
            "hidden",
        ),
        DemoPerson(
            "coordinator2@demo.example",
            _("Second coordinator"),
            _("publishes the trials that the first one entered"),
            "calendar",
        ),
        DemoPerson("expert2@demo.example", _("Second expert"), _("votes without seeing the first one's vote"), "vote"),
        DemoPerson("expert3@demo.example", _("Third expert"), _("votes too"), "vote"),
        DemoPerson("expert4@demo.example", _("Fourth expert"), _("votes too"), "vote"),
        DemoPerson("expert5@demo.example", _("Fifth expert"), _("votes too"), "vote"),
        DemoPerson("expert6@demo.example", _("Sixth expert"), _("has no seat at first"), "vote"),
        DemoPerson("observer@demo.example", _("Observer"), _("reads and does not vote"), "people"),
        DemoPerson("operator@demo.example", _("Operator"), _("runs the portal and sees no case"), "lock"),
    )
    return DemoGroup(_("Start here"), first), DemoGroup(_("Everybody else"), more)
