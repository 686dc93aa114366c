"""Write a mail as a row; send it later."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string

from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.faults import fault_point
from iltb.core.jobs import enqueue_on_commit, run_job
from iltb.mail.links import signed_key
from iltb.mail.models import MailState, OutboundMail


def send_mail(*, recipient: User, template: str, subject: Model, path: str, deadline: str = "") -> None:
    """Queue one mail about ``subject``; call it inside the deed's transaction.

    ``path`` is the page of the one action. Subject and body never carry more than the label of ``subject``, a code.
    """
    if not recipient.is_active:
        return
    mail = OutboundMail.objects.create(
        recipient=recipient,
        template=template,
        context={"code": str(subject), "path": path, "deadline": deadline},
        subject_key=str(subject.pk),
    )
    enqueue_on_commit("mail.send", mail_id=str(mail.pk))


def send_mail_with_link(  # noqa: PLR0913 -- one keyword for each thing the mail says
    *, name: str, address: str, template: str, subject: Model, path: str, deadline: str
) -> None:
    """Queue one mail to somebody without an account, inside the deed's transaction.

    The link is ``path`` and a token that opens ``subject`` for the purpose ``template`` alone (``signed_key``).
    """
    mail = OutboundMail.objects.create(
        address=address,
        addressee=name,
        template=template,
        context={"code": str(subject), "path": path, "deadline": deadline},
        subject_key=str(subject.pk),
    )
    enqueue_on_commit("mail.send", mail_id=str(mail.pk))


def cancel_mails(*, subject: Model) -> int:
    """Cancel what is not yet sent about ``subject``, inside the deed's transaction; returns how many."""
    mails = OutboundMail.objects.select_for_update().filter(
        subject_key=str(subject.pk),
        state__in=[MailState.HELD, MailState.PENDING],
    )
    for mail in mails:
        before, mail.state = mail.state, MailState.CANCELLED
        mail.save(update_fields=["state"])
        record("mail.cancelled", subject=mail, state_before=before, state_after=mail.state, template=mail.template)
    return len(mails)


def mail_states(subjects: Iterable[Model], *, template: str) -> dict[str, MailState]:
    """Return how far the mail of one kind about each subject got, by the subject's key."""
    keys = [str(subject.pk) for subject in subjects]
    mails = OutboundMail.objects.filter(subject_key__in=keys, template=template)
    return {key: MailState(state) for key, state in mails.values_list("subject_key", "state")}


def deliver(mail_id: str) -> None:
    """Send one mail; a crash between sending and noting it repeats the mail with the same Message-ID."""
    run_job(OutboundMail, mail_id, work=_send, finish=_finish)


def _send(mail: OutboundMail) -> None:
    name, address = mail.to
    token = "" if mail.recipient else f"{signed_key(UUID(mail.subject_key), purpose=mail.template)}/"
    context = {
        "code": mail.context["code"],
        "deadline": mail.context["deadline"],
        "url": settings.ILTB_BASE_URL + mail.context["path"] + token,
        "name": name,
    }
    subject = " ".join(render_to_string(f"emails/{mail.template}.subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{mail.template}.txt", context),
        from_email=settings.ILTB_COORDINATION_EMAIL,
        to=[address],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.send()
    fault_point("mail.after_send")


def _finish(mail: OutboundMail, _: None) -> None:
    record("mail.sent", subject=mail, template=mail.template)
