"""Open the voting, vote, close it."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import notices
from boards.enums import AccessRoute, BallotState, Direction, InterestLevel, Position, ReviewState, SeatState
from boards.models import Ballot, Board, Option, Review, Vote
from boards.services.assessing import declared_seat
from boards.services.assigning import lock_review, move_review
from boards.tally import Candidate, CastVote, Rule, Tally, Voter, tally
from boards.workflow import BALLOT_WORKFLOW
from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed


def open_voting(*, review: Review, actor: User) -> Ballot:
    """Open the round of voting on the options of a review."""
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="manage_review")
        if review.state != ReviewState.READY:
            raise Conflict(_("Open the assessments to the panel first."))
        if not review.options.exists():
            raise Conflict(_("There is no option to vote on."))
        if review.ballots.exists():
            raise Conflict(_("The voting on this review was opened already."))
        ballot = Ballot.objects.create(review=review, opened_by=actor)
        record("ballot.opened", subject=ballot, actor=actor, state_after=ballot.state)
        notices.voting_opened(review=review)
    return ballot


def cast_vote(*, option: Option, expert: User, position: str, comment: str = "") -> Vote:
    """Vote on one option; a second vote replaces the first until the chair closes the voting.

    Refused without a seat, without declared interests, on an option one stepped off, and after closing.
    """
    if position not in Position.values:
        raise InvalidInput({"position": [_("Choose one of the positions.")]})
    with transaction.atomic():
        review = lock_review(review_id=option.review_id, actor=expert, codename="cast_vote")
        ballot = _open_ballot(review)
        if review.state != ReviewState.READY:
            raise Conflict(_("The voting on this review is over."))
        seat = declared_seat(review, expert)
        if not seat.may_vote:
            raise NotAllowed(_("This seat has no vote."))
        if expert.memberships.filter(centre_id=review.case.centre_id).exists():
            raise NotAllowed(_("You are of the submitting hospital; your seat has no vote."))
        if option.recusals.filter(seat=seat).exists():
            raise NotAllowed(_("You stepped off this option."))
        vote, created = Vote.objects.update_or_create(
            ballot=ballot,
            option=option,
            seat=seat,
            defaults={
                "revision": review.revision,
                "position": position,
                "comment": comment.strip(),
                "cast_at": timezone.now(),
            },
        )
        # What was chosen stays out of the trail: it would break the secret before the closing.
        record("vote.cast" if created else "vote.changed", subject=option, actor=expert)
    return vote


def close_voting(*, ballot: Ballot, actor: User) -> Ballot:
    """Close the voting, store the tally, and end the discussion. Only the chair."""
    with transaction.atomic():
        review = lock_review(review_id=ballot.review_id, actor=actor, codename="close_voting")
        ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
        BALLOT_WORKFLOW.require(current=ballot.state, to=BallotState.CLOSED)
        ballot.result = counted(ballot, rule_of(ballot.review.board))
        ballot.state, ballot.closed_at, ballot.closed_by = BallotState.CLOSED, timezone.now(), actor
        ballot.save()
        record(
            "ballot.closed",
            subject=ballot,
            actor=actor,
            state_before=BallotState.OPEN,
            state_after=ballot.state,
        )
        move_review(review, actor, ReviewState.DISCUSSED, verb="review.discussed")
    return ballot


def rule_of(board: Board) -> Rule:
    """How the board counts today; a closed ballot keeps the rule that it was counted by."""
    return Rule(
        quorum=board.quorum_experts,
        quorum_expertise=tuple(board.quorum_expertise),
        threshold=Fraction(board.adoption_numerator, board.adoption_denominator),
    )


def recounted(ballot: Ballot) -> dict[str, Any]:
    """The result of a closed ballot, counted again by its own rule."""
    kept = (ballot.result or {}).get("rule", {})
    rule = Rule(kept.get("quorum", 0), tuple(kept.get("quorum_expertise", ())), Fraction(kept.get("threshold", 0)))
    return counted(ballot, rule)


def counted(ballot: Ballot, rule: Rule) -> dict[str, Any]:
    """The tally of the stored votes by ``rule``, as it is stored."""
    return as_json(_tally(ballot, rule), rule)


def _tally(ballot: Ballot, rule: Rule) -> Tally:
    # Who stepped back from the case after voting is not counted.
    votes = ballot.votes.filter(seat__state=SeatState.ACCEPTED).select_related("seat")
    seats = ballot.review.seats.all()
    return tally(
        rule=rule,
        voters=[Voter(str(seat.pk), seat.expertise) for seat in seats],
        candidates=[
            Candidate(
                key=str(option.pk),
                evidence=option.evidence,
                accessible=option.access_route != AccessRoute.NOT_APPLICABLE,
                vetoed=option.safety_veto,
                warning=option.direction == Direction.AGAINST,
            )
            for option in ballot.review.options.all()
        ],
        votes=[
            CastVote(
                option=str(vote.option_id),
                voter=str(vote.seat_id),
                position=vote.position,
                disclosed=vote.seat.interest_level == InterestLevel.INVESTIGATOR,
            )
            for vote in votes
        ],
    )


def as_json(result: Tally, rule: Rule) -> dict[str, Any]:
    """A tally for storage with its rule; fractions as ``"2/3"``, so that nothing is rounded."""
    return {
        "rule": {
            "quorum": rule.quorum,
            "quorum_expertise": list(rule.quorum_expertise),
            "threshold": str(rule.threshold),
        },
        "quorum_reached": result.quorum_reached,
        "missing_expertise": list(result.missing_expertise),
        "voters": result.voters,
        "counts": [
            {name: str(value) if isinstance(value, Fraction) else value for name, value in asdict(item).items()}
            for item in result.counts
        ],
    }


def _open_ballot(review: Review) -> Ballot:
    """The open ballot, locked: a vote and the closing never pass each other."""
    ballot = Ballot.objects.select_for_update().filter(review=review).order_by("-round").first()
    if ballot is None:
        raise Conflict(_("The voting is not open yet."))
    if ballot.state != BallotState.OPEN:
        raise Conflict(_("The voting was closed; your vote was not counted."))
    return ballot
