"""What became of the advice."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.enums import Followed, FollowUpState, ReasonNotFollowed
from boards.models import FollowUp
from boards.services.assessing import save_checked
from boards.workflow import FOLLOW_UP_WORKFLOW
from cases.models import Case
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import InvalidInput

ANSWER_FIELDS: Final = (
    "followed",
    "option_chosen",
    "reasons_not_followed",
    "other_treatment",
    "patient_status",
    "comment",
)


def answer_follow_up(*, follow_up: FollowUp, actor: User, values: Mapping[str, Any]) -> FollowUp:
    """Answer one follow-up. A reason is asked for unless the advice was followed fully or it is too early."""
    with transaction.atomic():
        case = Case.objects.get(reviews__advices__signed=follow_up.signed_id)
        require(actor, "answer_follow_up", case)
        follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        FOLLOW_UP_WORKFLOW.require(current=follow_up.state, to=FollowUpState.ANSWERED)
        _require_answer(values)
        follow_up.state = FollowUpState.ANSWERED
        follow_up.answered_by, follow_up.answered_at = actor, timezone.now()
        save_checked(follow_up, values, ANSWER_FIELDS)
        record(
            "follow_up.answered",
            subject=follow_up,
            actor=actor,
            state_before=FollowUpState.DUE,
            state_after=follow_up.state,
            reason=values["followed"],
        )
    return follow_up


def _require_answer(values: Mapping[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    if values.get("followed") not in Followed.values:
        errors["followed"] = [_("Choose an answer.")]
    reasons = values.get("reasons_not_followed") or []
    if values.get("followed") in (Followed.PARTLY, Followed.NOT) and not reasons:
        errors["reasons_not_followed"] = [_("Choose at least one reason.")]
    if not set(reasons) <= set(ReasonNotFollowed.values):
        errors["reasons_not_followed"] = [_("Choose from the list.")]
    if not values.get("patient_status"):
        errors["patient_status"] = [_("Say how the patient is; “unknown” is an answer.")]
    if errors:
        raise InvalidInput(errors)
