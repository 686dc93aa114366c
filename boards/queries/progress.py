"""Who is to act on a review: counted, never told by whom or how (see ``boards.visibility``)."""

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from boards.enums import BallotState, SeatState
from boards.models import Assessment, Ballot, Option, OptionRecusal, Review, Seat, Vote


@dataclass(frozen=True)
class Progress:
    """How far a review is. ``voters_done`` have answered every option; ``ballot_state`` is None before the voting."""

    seats_taken: int
    seats_in: int
    voters: int
    voters_done: int
    ballot_state: str | None


@dataclass(frozen=True)
class OwnProgress:
    """What the holder of a seat has done."""

    has_assessed: bool
    has_answered: bool
    ballot_is_open: bool


def progress_of(review: Review) -> Progress:
    """The columns that ``with_progress`` computed."""
    return Progress(**{column.name: getattr(review, column.name) for column in fields(Progress)})


def own_progress_of(seat: Seat) -> OwnProgress:
    """The columns that ``with_own_progress`` computed."""
    return OwnProgress(**{column.name: getattr(seat, column.name) for column in fields(OwnProgress)})


def unanswered_options() -> QuerySet[Option]:
    """For a query on seats: the options on which the seat has neither voted nor stepped off."""
    seat = OuterRef(OuterRef("pk"))
    return Option.objects.filter(
        ~Exists(Vote.objects.filter(option=OuterRef("pk"), seat=seat)),
        ~Exists(OptionRecusal.objects.filter(option=OuterRef("pk"), seat=seat)),
        review=OuterRef("review"),
    )


def voting_seats() -> QuerySet[Seat]:
    """Seats whose vote is waited for."""
    return Seat.objects.filter(state=SeatState.ACCEPTED, may_vote=True)


def with_progress(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Each review with how many are seated, have assessed, may vote and have answered every option."""
    return reviews.annotate(
        ballot_state=Subquery(_ballots("state")),
        seats_taken=_count(Seat.objects.taken()),
        seats_in=_count(Seat.objects.taken().filter(Exists(Assessment.objects.filter(seat=OuterRef("pk"))))),
        voters=_count(voting_seats()),
        voters_done=_count(voting_seats().filter(~Exists(unanswered_options()))),
    )


def with_own_progress(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Each seat with what its holder has done."""
    open_ballot = Ballot.objects.filter(review=OuterRef("review"), state=BallotState.OPEN)
    return seats.annotate(
        has_assessed=Exists(Assessment.objects.filter(seat=OuterRef("pk"))),
        ballot_is_open=Exists(open_ballot),
        has_answered=~Exists(unanswered_options()),
    )


def _ballots(name: str) -> Any:
    return Ballot.objects.filter(review=OuterRef("pk")).order_by("-round").values(name)[:1]


def _count(seats: QuerySet[Seat]) -> Coalesce:
    counted = seats.filter(review=OuterRef("pk")).order_by().values("review").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
