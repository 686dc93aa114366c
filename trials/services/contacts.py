"""Ask the contact of a trial whether a cohort still recruits; the answer comes by a signed link, without sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput
from iltb.mail.models import MailState
from iltb.mail.services import cancel_mails, mail_states, send_mail, send_mail_with_link
from trials.availability import status_valid_days
from trials.enums import ContactAskState, FreePlaces, StillOpen, TrialStatus, VersionState
from trials.models import Arm, ContactAsk, Site, Trial
from trials.models.contact import LINK_PURPOSE
from trials.services.recruitment import Told, note_told, shown_version, standing
from trials.workflow import CONTACT_WORKFLOW

ASKS_OF_ADDRESS: Final = 3
ASKS_BY_PERSON: Final = 30
_STATUS: Final = {
    StillOpen.YES: TrialStatus.RECRUITING,
    StillOpen.PAUSED: TrialStatus.SUSPENDED,
    StillOpen.NO: TrialStatus.NOT_RECRUITING,
}


@dataclass(frozen=True)
class TrialContact:
    """Somebody without an account, as the audit names them; ``pk`` is that of the question they answered."""

    pk: UUID
    full_name: str


def ask_contact(  # noqa: PLR0913 -- one keyword for each answer of the form
    *, trial: Trial, actor: User, arm_key: str, site: Site | None, name: str, email: str
) -> ContactAsk:
    """Ask one contact about one published cohort, at one place or everywhere; the mail holds a link for 14 days.

    Raises ``InvalidInput`` for a cohort or place that the trial does not have and for a name that is none, ``Conflict``
    for a trial that is not published, for a question that still waits for its answer, and after 3 questions to one
    address or 30 by one person within 24 hours.
    """
    with transaction.atomic():
        trial = Trial.objects.select_for_update().get(pk=trial.pk)
        require(actor, "confirm_trial_status", trial)
        _require_name(name)
        arm = _arm_to_ask_about(trial, arm_key)
        if site is not None and site.trial_id != trial.pk:
            raise InvalidInput({"site": [_("Choose a place of this trial.")]})
        country, place = (site.country_code, site.name) if site else ("", "")
        about = {"trial": trial, "arm_key": arm.key, "country_code": country, "place": place}
        _require_not_asked(about, email)
        _require_measure(actor, email)
        ask = ContactAsk.objects.create(
            **about,
            arm_title=arm.title,
            contact_name=name,
            contact_email=email,
            asked_by=actor,
            known_when_asked=standing(trial, arm, site),
        )
        record("contact.asked", subject=trial, actor=actor, ask=str(ask.pk), cohort=arm.key, place=ask.where)
        send_mail_with_link(
            name=name,
            address=email,
            template=LINK_PURPOSE,
            subject=ask,
            path=reverse("trials:contact", args=["-"]).removesuffix("-/"),
            deadline=date_format(ask.expires_at, "j F Y"),
        )
    return ask


def _require_name(name: str) -> None:
    """The name stands in a mail to somebody who knows us by nothing else: it is one line and no address."""
    if not name.isprintable() or any(part in name.lower() for part in ("://", "www.")):
        raise InvalidInput({"name": [_("Write the name on one line, without an address of a web page.")]})


def _arm_to_ask_about(trial: Trial, arm_key: str) -> Arm:
    version = shown_version(trial)
    if version is None or version.state != VersionState.PUBLISHED:
        raise Conflict(_("Contacts are asked about published trials only."))
    arm = version.arms.filter(key=arm_key).first()
    if arm is None:
        raise InvalidInput({"arm": [_("Choose a cohort of this trial.")]})
    return arm


def _require_not_asked(about: Mapping[str, Any], email: str) -> None:
    """Refuse a question that waits for its answer; one whose mail failed for good reached nobody."""
    asks = list(ContactAsk.objects.answerable().filter(**about, contact_email__iexact=email))
    mails = mail_states(asks, template=LINK_PURPOSE)
    if waiting := next((ask for ask in asks if mails.get(str(ask.pk)) != MailState.FAILED), None):
        sentence = _("This contact was asked already; the link can be answered until %(day)s.")
        raise Conflict(sentence % {"day": date_format(waiting.expires_at, "j F Y")})


def _require_measure(actor: User, email: str) -> None:
    """Refuse too many mails of a day, whatever became of them; of what one person asks at once, each counts."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    asks = ContactAsk.objects.filter(asked_at__gt=timezone.now() - timedelta(days=1))
    if asks.filter(contact_email__iexact=email).count() >= ASKS_OF_ADDRESS:
        raise Conflict(_("This address got several questions within a day. Please ask again tomorrow."))
    if asks.filter(asked_by=actor).count() >= ASKS_BY_PERSON:
        raise Conflict(_("You have asked very many contacts within a day. Please go on tomorrow."))


def withdraw_ask(*, ask: ContactAsk, actor: User) -> ContactAsk:
    """End a link that was sent, e.g. to a wrong address; a mail that has not left is not sent."""
    with transaction.atomic():
        ask = _locked(ask)
        require(actor, "confirm_trial_status", ask.trial)
        _move(ask, ContactAskState.WITHDRAWN)
        ask.save(update_fields=["state"])
        cancel_mails(subject=ask)
        record(
            "contact.withdrawn", subject=ask.trial, actor=actor, ask=str(ask.pk), cohort=ask.arm_key, place=ask.where
        )
    return ask


def answer_ask(*, ask: ContactAsk, still_open: StillOpen, free_places: FreePlaces, remark: str = "") -> ContactAsk:
    """Take the answer of a contact, once; the remark waits for a coordinator.

    Recruitment follows at once, or a coordinator decides (see ``note_told``). The signed link is the permission:
    whoever holds it speaks for the contact. Raises ``Conflict`` for a question that was answered or withdrawn, or has
    lapsed.
    """
    with transaction.atomic():
        ask = _locked(ask)
        _move(ask, ContactAskState.ANSWERED)
        if ask.has_lapsed:
            raise Conflict(_("This link has lapsed. Nothing was changed."))
        ask.still_open, ask.free_places, ask.remark = still_open, free_places, remark.strip()
        ask.answered_at = timezone.now()
        ask.is_in_force = note_told(trial=ask.trial, told=_told(ask))
        ask.save()
        record(
            "contact.answered",
            subject=ask.trial,
            actor=_contact(ask),
            ask=str(ask.pk),
            cohort=ask.arm_key,
            place=ask.where,
            still_open=still_open,
            free_places=free_places,
            noted=ask.is_in_force,
        )
        where = reverse("trials:contacts", args=[ask.trial.key])
        for reader in _readers(ask):
            send_mail(recipient=reader, template="trial_contact_answered", subject=ask.trial, path=where)
    return ask


def _told(ask: ContactAsk) -> Told:
    return Told(
        arm_key=ask.arm_key,
        country_code=ask.country_code,
        place=ask.place,
        known=ask.known_when_asked,
        closed_elsewhere=_closed_places(ask),
        status=_STATUS[StillOpen(ask.still_open)],
        free_places=FreePlaces(ask.free_places),
        note=_("Confirmed by the trial contact."),
        by=_contact(ask),
    )


def _contact(ask: ContactAsk) -> TrialContact:
    return TrialContact(ask.pk, ask.contact_name)


def _closed_places(ask: ContactAsk) -> dict[tuple[str, str], date]:
    """Return places whose contacts said last, not long ago, that they take nobody into this cohort, with the day."""
    since = timezone.now() - timedelta(days=status_valid_days())
    answers = ContactAsk.objects.filter(trial=ask.trial, arm_key=ask.arm_key, answered_at__gte=since)
    answers = answers.exclude(country_code="").order_by("answered_at")
    newest = {(answer.country_code, answer.place): answer for answer in answers}
    return {
        place: timezone.localdate(answer.answered_at)
        for place, answer in newest.items()
        if answer.still_open != StillOpen.YES
    }


def _readers(ask: ContactAsk) -> list[User]:
    """Return whom an answer is told: who asked, or every coordinator where that person is none any more."""
    if ask.asked_by.has_role(Role.COORDINATOR):
        return [ask.asked_by]
    return list(User.objects.filter(memberships__role=Role.COORDINATOR).distinct())


def show_remark(*, ask: ContactAsk, actor: User) -> ContactAsk:
    """Show the remark of an answer on the trial's page, after a coordinator has read it."""
    with transaction.atomic():
        ask = _locked(ask)
        require(actor, "confirm_trial_status", ask.trial)
        if not ask.remark or ask.remark_shown_at is not None:
            raise Conflict(_("There is no remark that waits to be shown."))
        ask.remark_shown_at, ask.remark_shown_by = timezone.now(), actor
        ask.save(update_fields=["remark_shown_at", "remark_shown_by"])
        record("contact.remark_shown", subject=ask.trial, actor=actor, ask=str(ask.pk))
    return ask


def _locked(ask: ContactAsk) -> ContactAsk:
    """Lock the trial, then the question, as every correction of recruitment does."""
    trial = Trial.objects.select_for_update().get(pk=ask.trial_id)
    ask = ContactAsk.objects.select_for_update().get(pk=ask.pk)
    ask.trial = trial
    return ask


def _move(ask: ContactAsk, to: ContactAskState) -> None:
    CONTACT_WORKFLOW.require(current=ContactAskState(ask.state), to=to)
    ask.state = to
