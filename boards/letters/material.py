"""What a letter is made of, fetched with a fixed number of queries whatever the number of options or experts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from boards.enums import BallotState, SeatState
from boards.models import Advice, AdviceOption, Ballot, OptionRecusal, Seat, Vote
from boards.queries.rows import asked
from cases.models import Recusal
from cases.queries.shape import whole
from iltb.accounts.models import User
from iltb.core.models import JobState
from iltb.terminology.models import Concept
from trials.models import Arm, Match, MatchRun

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Material:
    """The rows behind one letter, and nothing that has still to be asked for."""

    advice: Advice
    options: Sequence[AdviceOption]
    ballot: Ballot
    seats: Sequence[Seat]
    voters: frozenset[UUID]
    option_recusals: Mapping[UUID, Sequence[str]]
    recused: Sequence[str]
    run: MatchRun | None
    matches: Mapping[tuple[UUID, str], Match]
    countries: Mapping[str, str]
    signed_by: User
    signed_at: datetime

    @property
    def content(self) -> Content:
        """The frozen dossier that the advice is about, with every block of today."""
        return whole(self.advice.review.revision.content)


def gather(advice: Advice, *, signed_by: User, signed_at: datetime) -> Material:
    """Everything that ``compose`` needs."""
    advice = Advice.objects.select_related(
        "drafted_by",
        "review__board",
        "review__meeting",
        "review__revision",
        "review__case__centre",
        "review__case__author",
        "review__case__submitted_by",
    ).get(pk=advice.pk)
    review = advice.review
    options = list(
        advice.options.select_related("option__arm__version__trial").prefetch_related(
            "option__arm__version__trial__sites",
            "option__arm__version__trial__identifiers",
        ),
    )
    ballot = review.ballots.filter(state=BallotState.CLOSED).latest("round")
    run = MatchRun.objects.filter(revision=review.revision, state=JobState.DONE).order_by("-created_at").first()
    arms = [row.option.arm for row in options if row.option.arm]
    voted = Exists(Vote.objects.filter(ballot=ballot, seat=OuterRef("pk")))
    accepted = Seat.objects.filter(review=review, state=SeatState.ACCEPTED).select_related("user")
    seats = accepted.annotate(has_voted=voted).order_by("declared_at")
    return Material(
        advice=advice,
        options=options,
        ballot=ballot,
        seats=list(seats),
        voters=frozenset(seat.pk for seat in seats if asked(seat, "has_voted")),
        option_recusals=_option_recusals(options),
        recused=[
            recusal.user.full_name
            for recusal in Recusal.objects.filter(case=review.case, lifted_at=None).select_related("user")
        ],
        run=run,
        matches=_matches(run, arms),
        countries=dict(Concept.objects.filter(system="country").values_list("code", "display")),
        signed_by=signed_by,
        signed_at=signed_at,
    )


def _option_recusals(options: Sequence[AdviceOption]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = {}
    rows = OptionRecusal.objects.filter(option__in=[row.option_id for row in options]).select_related("seat__user")
    for recusal in rows.order_by("pk"):
        names.setdefault(recusal.option_id, []).append(recusal.seat.user.full_name)
    return names


def _matches(run: MatchRun | None, arms: Sequence[Arm]) -> dict[tuple[UUID, str], Match]:
    """The matches by trial and cohort; a cohort keeps its key from one version of its trial to the next."""
    if run is None or not arms:
        return {}
    rows = Match.objects.filter(run=run, arm__version__trial__in={arm.version.trial_id for arm in arms})
    return {(row.arm.version.trial_id, row.arm.key): row for row in rows.select_related("arm__version")}
