"""A withdrawn case takes everything under way with it."""

from django.db import transaction

from boards.enums import FollowUpState, ReviewState
from boards.models import FollowUp, Review
from boards.services.assigning import move_review
from cases.models import Case
from iltb.audit.services import record
from iltb.mail.services import cancel_mails


def cancel_for(*, case: Case) -> None:
    """Cancel open reviews, follow-ups that are due, and mails not yet sent about ``case``."""
    with transaction.atomic():
        for review in Review.objects.select_for_update().open().filter(case=case):
            move_review(review, None, ReviewState.CANCELLED, verb="review.cancelled")
        for follow_up in FollowUp.objects.select_for_update().due().filter(signed__advice__review__case=case):
            follow_up.state = FollowUpState.CANCELLED
            follow_up.save(update_fields=["state"])
            record(
                "follow_up.cancelled",
                subject=follow_up,
                state_before=FollowUpState.DUE,
                state_after=follow_up.state,
            )
        cancel_mails(subject=case)
