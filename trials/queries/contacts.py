"""What a trial contact sees of the question, and what coordinators see of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from iltb.accounts.models import User
from iltb.mail.links import key_in
from iltb.mail.models import MailState
from iltb.mail.services import mail_states
from trials.enums import ContactAskState, FreePlaces, StillOpen
from trials.models import Arm, ContactAsk, Trial
from trials.models.contact import LINK_PURPOSE
from trials.queries.recruitment import RecruitmentLine, in_words, recruitment_of, recruitment_of_trial

_TONES = {ContactAskState.OPEN: "info", ContactAskState.ANSWERED: "good", ContactAskState.WITHDRAWN: ""}


@dataclass(frozen=True)
class ContactPage:
    """What the contact reads: the trial as the portal shows it now, nothing of any case.

    ``slots`` are free places as last told, ``None`` for not known; ``checked_on`` is ``None`` when nobody has looked.
    """

    trial: str
    numbers: str
    cohort: str
    place: str
    recruitment: RecruitmentLine
    checked_on: date | None
    slots: int | None
    name: str
    until: datetime
    answer: Sequence[tuple[str, str]]
    is_in_force: bool


@dataclass(frozen=True)
class AskLine:
    """One question to a contact with its answer, for coordinators.

    ``mail`` says how far the mail got. ``is_to_decide`` marks an answer that recruitment did not follow.
    """

    pk: UUID
    contact: str
    email: str
    about: str
    asked: str
    asked_at: datetime
    state: str
    tone: str
    mail: str
    mail_tone: str
    answer: Sequence[tuple[str, str]]
    answered_at: datetime | None
    is_to_decide: bool
    may_withdraw: bool
    may_show_remark: bool


@dataclass(frozen=True)
class RemarkLine:
    """A remark of a contact that a coordinator has shown."""

    text: str
    about: str
    on: datetime


def ask_of_link(token: str) -> ContactAsk | None:
    """Return the question that a link opens; ``None`` for an unknown and for a tampered link alike."""
    key = key_in(token, purpose=LINK_PURPOSE)
    return ContactAsk.objects.select_related("trial").filter(pk=key).first() if key else None


def contact_page(ask: ContactAsk) -> ContactPage:
    """Return what the contact reads, whether the question is still open or was answered."""
    trial = ask.trial
    arm = Arm.objects.current().filter(version__trial=trial, key=ask.arm_key).select_related("version__trial").first()
    today = timezone.localdate()
    known = recruitment_of(arm, today=today) if arm else recruitment_of_trial(trial, today=today)
    return ContactPage(
        trial=trial.title,
        numbers=", ".join(row.value for row in trial.identifiers.all()),
        cohort="" if ask.arm_title == trial.title else ask.arm_title,
        place=ask.where,
        recruitment=in_words(known),
        checked_on=known.checked_on,
        slots=arm.slots if arm else None,
        name=ask.contact_name,
        until=ask.expires_at,
        answer=_answer(ask),
        is_in_force=bool(ask.is_in_force),
    )


def asks_of(user: User, trial: Trial) -> list[AskLine]:
    """Return every question about a trial with its answer, newest first."""
    asks = list(ContactAsk.objects.visible_to(user).filter(trial=trial).select_related("asked_by", "trial"))
    mails = mail_states(asks, template=LINK_PURPOSE)
    return [_line(ask, mails.get(str(ask.pk))) for ask in asks]


def shown_remarks(trial: Trial) -> tuple[RemarkLine, ...]:
    """Return what contacts remarked, for everybody who reads the trial: the newest for each cohort and place."""
    newest: dict[tuple[str, str], RemarkLine] = {}
    for ask in trial.contact_asks.with_shown_remark():
        about = ", ".join(filter(None, ("" if ask.arm_title == trial.title else ask.arm_title, ask.where)))
        if ask.answered_at:
            newest.setdefault((ask.arm_key, ask.where), RemarkLine(ask.remark, about, ask.answered_at))
    return tuple(newest.values())


def _line(ask: ContactAsk, mail: MailState | None) -> AskLine:
    has_lapsed = ask.state == ContactAskState.OPEN and ask.has_lapsed
    state = ContactAskState(ask.state)
    return AskLine(
        pk=ask.pk,
        contact=ask.contact_name,
        email=ask.contact_email,
        about=", ".join(filter(None, (ask.arm_title, ask.where))),
        asked=ask.asked_by.full_name,
        asked_at=ask.asked_at,
        state=_("lapsed without an answer") if has_lapsed else str(state.label),
        tone="warn" if has_lapsed else _TONES[state],
        mail=_("mail: %(state)s") % {"state": mail.label} if mail else "",
        mail_tone="bad" if mail == MailState.FAILED else "",
        answer=_answer(ask),
        answered_at=ask.answered_at,
        is_to_decide=ask.is_in_force is False,
        may_withdraw=ask.is_answerable,
        may_show_remark=bool(ask.remark) and ask.remark_shown_at is None,
    )


def _answer(ask: ContactAsk) -> list[tuple[str, str]]:
    if ask.state != ContactAskState.ANSWERED:
        return []
    return [
        (_("Takes patients"), str(StillOpen(ask.still_open).label)),
        (_("Free places"), str(FreePlaces(ask.free_places).label)),
        (_("Remark"), ask.remark or _("none")),
    ]
