"""Outgoing mail."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iltb.accounts.models import User
from iltb.core.models import JobModel, RandomKeyModel, known_states


class MailState(models.TextChoices):
    """A held mail waits for somebody's release; a cancelled one is never sent."""

    HELD = "held", _("held")
    PENDING = "pending", _("waiting")
    DONE = "done", _("sent")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


def new_message_id() -> str:
    """A Message-ID fixed with the row: a mail sent twice after a crash is recognised as one."""
    return f"<{uuid.uuid4()}@iltb>"


class OutboundMail(JobModel, RandomKeyModel):
    """One mail to one person. ``context`` holds the case code, the action, a deadline and a path, nothing else.

    ``recipient`` is empty for somebody without an account, who is named by ``address`` and ``addressee``; such a mail
    carries a link that is signed when it is sent and stored nowhere.
    """

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mails", null=True, blank=True)
    address = models.EmailField(blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    template = models.CharField(max_length=60, help_text="Name below templates/emails/.")
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=MailState, default=MailState.PENDING, editable=False)
    subject_key = models.CharField(max_length=60, blank=True, help_text="Key of the case, to cancel its mails.")
    message_id = models.CharField(max_length=80, default=new_message_id, editable=False)

    class Meta(JobModel.Meta):
        constraints: ClassVar = [
            known_states("mail_state_known", MailState),
            models.CheckConstraint(
                name="mail_has_one_recipient",
                condition=Q(recipient__isnull=False, address="") | (Q(recipient__isnull=True) & ~Q(address="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.message_id}"

    @property
    def to(self) -> tuple[str, str]:
        """Name and address of whom it goes to."""
        if self.recipient is None:
            return self.addressee, self.address
        return self.recipient.full_name, self.recipient.email
