"""Who is told what. A notice carries the case code, an action, a deadline and a link, never a clinical word."""

from django.urls import reverse

from boards.models import Advice, FollowUp, Review, Seat
from cases.models import Case, Query
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.mail.services import send_mail


def case_queried(*, query: Query) -> None:
    """The physician is asked."""
    case = query.case
    for person in _physicians(case):
        send_mail(
            recipient=person,
            template="case_queried",
            subject=case,
            path=reverse("boards:case", args=[case.code]),
        )


def seat_offered(*, seat: Seat) -> None:
    """An expert is asked to review."""
    case = seat.review.case
    send_mail(
        recipient=seat.user,
        template="seat_offered",
        subject=case,
        path=reverse("boards:review", args=[seat.review_id]),
    )


def voting_opened(*, review: Review) -> None:
    """The experts may vote."""
    for seat in review.seats.taken().filter(may_vote=True).select_related("user"):
        send_mail(
            recipient=seat.user,
            template="voting_opened",
            subject=review.case,
            path=reverse("boards:review", args=[review.pk]),
        )


def advice_awaits_signature(*, advice: Advice) -> None:
    """The chairs are asked to read and sign."""
    case = advice.review.case
    chairs = User.objects.filter(memberships__role=Role.CHAIR, is_active=True).distinct()
    for chair in (person for person in chairs if Review.objects.visible_to(person).filter(pk=advice.review_id)):
        send_mail(
            recipient=chair,
            template="advice_awaits_signature",
            subject=case,
            path=reverse("boards:advice", args=[advice.pk]),
        )


def letter_ready(*, case: Case) -> None:
    """The letter is there."""
    for person in _physicians(case):
        send_mail(
            recipient=person,
            template="letter_ready",
            subject=case,
            path=reverse("boards:case", args=[case.code]),
        )


def follow_up_due(*, follow_up: FollowUp) -> None:
    """Sixty seconds on what became of the advice."""
    case = follow_up.signed.advice.review.case
    for person in _physicians(case):
        send_mail(
            recipient=person,
            template="follow_up_due",
            subject=case,
            path=reverse("boards:follow_up", args=[follow_up.pk]),
        )


def _physicians(case: Case) -> list[User]:
    """Who submitted, or else who wrote it."""
    person = case.submitted_by or case.author
    return [person] if person.is_active else []
