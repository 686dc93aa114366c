"""Mail, sent by the worker."""

from celery import shared_task

from iltb.mail import services


@shared_task(name="mail.send", acks_late=True, reject_on_worker_lost=True)
def send(mail_id: str) -> None:
    """Send one mail."""
    services.deliver(mail_id)
