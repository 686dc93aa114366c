"""Open a review and seat its experts."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import notices
from boards.enums import BallotState, InterestLevel, ReviewState, SeatState
from boards.models import Board, Option, OptionRecusal, Review, Seat
from boards.models.board import BOARD_NAME
from boards.models.review import OPEN_REVIEW_STATES
from boards.workflow import REVIEW_WORKFLOW, SEAT_WORKFLOW
from cases.enums import CaseState
from cases.models import Case, CaseRevision
from cases.services.access import close_to_seat, open_to_seat, recuse
from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.accounts.roles import Relation
from iltb.accounts.services import grant, revoke, role_group
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed


def open_review(*, case: Case, revision: CaseRevision) -> Review:
    """The review of an accepted case; one that is under way moves on to the newly released revision."""
    with transaction.atomic():
        review = Review.objects.select_for_update().open().filter(case=case).first()
        if review is None:
            review = Review.objects.create(case=case, revision=revision, board=the_board())
            grant(review, Relation.COORDINATOR, role_group(Role.COORDINATOR))
            grant(review, Relation.CHAIR, role_group(Role.CHAIR))
            record("review.opened", subject=review, state_after=review.state, revision=revision.number)
        elif review.ballots.filter(state=BallotState.OPEN).exists():
            raise Conflict(_("The panel is voting on the earlier revision; accept this one after the voting."))
        else:
            review.revision = revision
            review.save(update_fields=["revision"])
            record("review.revision_changed", subject=review, revision=revision.number)
    return review


def the_board() -> Board:
    """The installation's board; its numbers are those of the model until the office changes them."""
    return Board.objects.order_by("name").first() or Board.objects.create(name=BOARD_NAME)


def lock_review(*, review_id: UUID, actor: User, codename: str) -> Review:
    """The review's row, locked, after asking whether ``actor`` may; the first line of most verbs here."""
    review = Review.objects.select_for_update().get(pk=review_id)
    require(actor, codename, review)
    return review


def require_case_open(review: Review) -> None:
    """Nothing goes on about a case that was withdrawn, declined or closed; its row stays locked meanwhile."""
    case = Case.objects.select_for_update().get(pk=review.case_id)
    if case.state not in (CaseState.ACCEPTED, CaseState.QUERIED, CaseState.SUBMITTED):
        raise Conflict(_("This case is over: it was withdrawn or closed."))


def move_review(review: Review, actor: User | None, to: ReviewState, *, verb: str) -> None:
    """One move of the table, written down. A review that ends asks nobody for interests any more."""
    REVIEW_WORKFLOW.require(current=review.state, to=to)
    before, review.state = review.state, to
    review.save(update_fields=["state"])
    record(verb, subject=review, actor=actor, state_before=before, state_after=to)
    if before in OPEN_REVIEW_STATES and to not in OPEN_REVIEW_STATES:
        _open_to_who_declared_before(review)


def seat_expert(*, review: Review, user: User, expertise: str, actor: User) -> Seat:
    """Ask an expert to review.

    Refused for who is no expert, is inactive, is of the submitting centre, is seated already, or runs the board: who
    opens cases as coordinator or chair has read this one before any interest was declared.
    """
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="manage_review")
        if review.state not in (ReviewState.ASSIGNED, ReviewState.ASSESSING):
            raise Conflict(_("Experts can be seated only before the assessments are opened to the panel."))
        if expertise not in Expertise.values:
            raise InvalidInput({"expertise": [_("Choose what the expert is asked for.")]})
        if not user.is_active or not user.has_role(Role.EXPERT):
            raise InvalidInput({"user": [_("Only active experts can be seated.")]})
        if user.has_role(Role.COORDINATOR) or user.has_role(Role.CHAIR):
            raise NotAllowed(_("Coordinators and chairs open a case before declaring interests; they take no seat."))
        if user.memberships.filter(centre_id=review.case.centre_id).exists():
            raise NotAllowed(_("An expert of the submitting hospital cannot be seated on its case."))
        if review.seats.filter(user=user).exists():
            raise Conflict(_("%(name)s has a seat on this review already.") % {"name": user.full_name})
        seat = Seat.objects.create(review=review, user=user, expertise=expertise)
        grant(review, Relation.SEAT, user)
        # Who sat on an earlier review of this case declares anew before reading on.
        close_to_seat(case=review.case, user=user)
        record("seat.offered", subject=seat, actor=actor, state_after=seat.state)
        notices.seat_offered(seat=seat)
    return seat


def start_assessing(*, review: Review, actor: User) -> Review:
    """Open the assessment phase; at least one expert must be seated."""
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="manage_review")
        if not review.seats.taken().exists():
            raise Conflict(_("Seat the experts first."))
        move_review(review, actor, ReviewState.ASSESSING, verb="review.assessing")
    return review


def declare_interest(*, seat: Seat, actor: User, level: str, text: str = "") -> Seat:
    """Declare interests, which opens the case. "My own patient" ends the seat and bars from the case instead."""
    with transaction.atomic():
        review = lock_review(review_id=seat.review_id, actor=actor, codename="declare_interest")
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        if seat.user_id != actor.pk:
            raise NotAllowed(_("Everybody declares their own interests."))
        _require_declarable(review, level)
        if level not in InterestLevel.values:
            raise InvalidInput({"interest_level": [_("Choose one of the answers.")]})
        if level in (InterestLevel.FINANCIAL, InterestLevel.INVESTIGATOR) and len(text.strip()) < 5:
            raise InvalidInput({"interest_text": [_("Say which drug, company or trial.")]})
        to = SeatState.DECLINED if level == InterestLevel.OWN_PATIENT else SeatState.ACCEPTED
        if seat.state != to:
            SEAT_WORKFLOW.require(current=seat.state, to=to)
        before = seat.state
        seat.interest_level, seat.interest_text, seat.declared_at = level, text.strip(), timezone.now()
        seat.state = to
        seat.save()
        record(
            "interest.declared",
            subject=seat,
            actor=actor,
            state_before=before,
            state_after=to,
            reason=level,
        )
        if to == SeatState.DECLINED:
            _end_seat(seat, review)
            recuse(case=review.case, user=actor, actor=actor)
        else:
            open_to_seat(case=review.case, user=actor, expertise=seat.expertise)
    return seat


def _require_declarable(review: Review, level: str) -> None:
    """Once the ballot is open only stepping back is left: what was disclosed stands with the votes."""
    if review.state not in OPEN_REVIEW_STATES:
        raise Conflict(_("This review is over; interests stand as they were declared."))
    if level != InterestLevel.OWN_PATIENT and review.ballots.exists():
        raise Conflict(_("The voting has begun; interests stand as they were declared."))


def step_off_option(*, option: Option, actor: User) -> None:
    """A voter with a financial interest does not vote on one option."""
    with transaction.atomic():
        review = lock_review(review_id=option.review_id, actor=actor, codename="cast_vote")
        seat = review.seats.taken().get(user=actor)
        if review.ballots.filter(state=BallotState.CLOSED).exists():
            raise Conflict(_("The voting was closed."))
        if option.votes.filter(seat=seat).exists():
            raise Conflict(_("You have voted on this option already."))
        _row, created = OptionRecusal.objects.get_or_create(option=option, seat=seat)
        if created:
            record("option.recused", subject=option, actor=actor)


def _open_to_who_declared_before(review: Review) -> None:
    """Who was asked anew and never answered reads again by the declaration of an earlier review."""
    unanswered = review.seats.taken().filter(declared_at=None).values("user")
    earlier = Seat.objects.that_open().filter(review__case=review.case_id, user__in=unanswered)
    for seat in earlier.select_related("user"):
        open_to_seat(case=review.case, user=seat.user, expertise=seat.expertise)


def _end_seat(seat: Seat, review: Review) -> None:
    revoke(review, seat.user)
    close_to_seat(case=review.case, user=seat.user)
