from django.apps import AppConfig


class MailConfig(AppConfig):
    """Outgoing mail."""

    name = "iltb.mail"
    label = "mail"

    def ready(self) -> None:
        """Register the job."""
        from iltb.core import jobs  # noqa: PLC0415 -- models exist only now

        jobs.register("mail.send", "mail.OutboundMail", "mail_id")
