"""Ask a colleague of the same team to fill in a case."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.models import Case
from cases.models.case import OPEN_STATES
from cases.services.transcribing import note_transcription
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict, NotAllowed
from iltb.mail.services import send_mail


def colleagues_of(case: Case, user: User) -> QuerySet[User]:
    """The other active people of the case's team."""
    team = User.objects.filter(
        is_active=True, memberships__centre=case.centre_id, memberships__role=Role.REFERRING_PHYSICIAN
    )
    return team.exclude(pk=user.pk).order_by("full_name").distinct()


def ask_colleague(*, case: Case, actor: User, colleague: User, typed: Sequence[Section] = ()) -> None:
    """Tell a colleague by e-mail that this case waits for them; the whole team may fill it in already.

    ``typed`` are sections that ``actor`` typed from a report and that the colleague is to confirm.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "edit_case", case)
        if case.state not in OPEN_STATES:
            raise Conflict(_("This case is over; it can no longer be changed."))
        if not colleagues_of(case, actor).filter(pk=colleague.pk).exists():
            raise NotAllowed(_("Only colleagues of the same team can be asked."))
        for section in typed:
            note_transcription(case=case, actor=actor, version=case.version, section=section)
        send_mail(
            recipient=colleague,
            template="colleague_asked",
            subject=case,
            path=reverse("cases:edit", args=[case.code]),
        )
        record("colleague.asked", subject=case, actor=actor, colleague=str(colleague.pk))
