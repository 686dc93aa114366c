"""Where a case stands, in words; computed from the states of its objects, never stored."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.enums import AdviceState, BallotState, ReviewState
from boards.models import Advice, Ballot, Letter, Review
from boards.queries.clock import day_count, is_late
from boards.queries.words import day
from cases.enums import CaseState, QueryState
from cases.models import Case, Query

_WAITS_FOR_BOARD: Final = (CaseState.SUBMITTED, CaseState.ACCEPTED)
_ANSWERED: Final = (AdviceState.SENT, ReviewState.CANCELLED)

# key: (words, what happens next, tone of the tag)
_WORDS: Final = {
    "draft": (
        gettext_lazy("draft"),
        gettext_lazy("The dossier is filled in and submitted by the treating physician."),
        "",
    ),
    "submitted": (
        gettext_lazy("being screened"),
        gettext_lazy("A coordinator accepts the case, asks a question, or says why the board cannot take it."),
        "info",
    ),
    "queried": (
        gettext_lazy("question to the physician"),
        gettext_lazy("The treating physician answers and submits again; until then the board waits."),
        "warn",
    ),
    "not_eligible": (gettext_lazy("not eligible"), gettext_lazy("The board cannot advise on this case."), ""),
    "closed": (gettext_lazy("closed"), gettext_lazy("Nothing more happens. A new question is a new case."), ""),
    "withdrawn": (gettext_lazy("withdrawn"), gettext_lazy("Nothing more happens with this case."), ""),
    "assigned": (
        gettext_lazy("in review"),
        gettext_lazy("The coordinator asks experts. Each declares interests before the case opens."),
        "info",
    ),
    "assessing": (
        gettext_lazy("in review"),
        gettext_lazy("The experts assess the case, each without seeing what the others think."),
        "info",
    ),
    "ready": (
        gettext_lazy("in review"),
        gettext_lazy("The panel discusses the options and votes on each of them."),
        "info",
    ),
    "discussed": (
        gettext_lazy("discussed"),
        gettext_lazy("The coordinator writes the advice; the chair reads and signs it."),
        "info",
    ),
    "deferred": (gettext_lazy("deferred"), gettext_lazy("The board takes the case up again later."), "warn"),
    "cancelled": (gettext_lazy("review cancelled"), gettext_lazy("Nothing more happens with this review."), ""),
    "in_review": (
        gettext_lazy("advice with the chair"),
        gettext_lazy("The chair reads the advice and signs it."),
        "info",
    ),
    "signed": (gettext_lazy("signed"), gettext_lazy("The letter is being made; this takes seconds."), "info"),
    "sent": (
        gettext_lazy("letter ready"),
        gettext_lazy("The treating physician downloads the letter and later says what became of the advice."),
        "good",
    ),
}


@dataclass(frozen=True)
class Standing:
    """One line for lists, one sentence for the page."""

    key: str  # a state of the case, its review or its advice, whichever tells most
    label: str
    tone: str
    since: str
    next_step: str
    day_count: str
    is_late: bool
    reached: int  # of ``STEPS``

    @property
    def since_line(self) -> str:
        """For example "Since 12 November 2026, working day 3 of 10", beside a tag with the label."""
        parts = [_("Since %(day)s") % {"day": self.since}] if self.since else []
        return ", ".join([*parts, self.day_count] if self.day_count else parts)

    @property
    def line(self) -> str:
        """For example "In review since 12 November 2026, working day 3 of 10"."""
        parts = [_("%(state)s since %(day)s") % {"state": self.label, "day": self.since} if self.since else self.label]
        text = ", ".join([*parts, self.day_count] if self.day_count else parts)
        return text[0].upper() + text[1:]


@dataclass(frozen=True)
class Step:
    """One step of the way, for ``components/_progress.html``."""

    label: str
    state: str


STEPS: Final = (
    gettext_lazy("Dossier"),
    gettext_lazy("Screening"),
    gettext_lazy("Review"),
    gettext_lazy("Advice"),
    gettext_lazy("Letter"),
)
_REACHED: Final = {
    "draft": 0,
    "queried": 1,
    "submitted": 1,
    "assigned": 2,
    "assessing": 2,
    "ready": 2,
    "deferred": 2,
    "discussed": 3,
    "in_review": 3,
    "signed": 4,
    "sent": 5,
}


@dataclass(frozen=True)
class _Columns:
    """What ``with_standing`` computes beside a case."""

    review_state: str | None
    review_opened_at: datetime | None
    discussed_at: datetime | None
    advice_state: str | None
    signed_at: datetime | None
    letter_at: datetime | None
    queried_at: datetime | None


def with_standing(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each case with what ``standing_of`` needs, in the same query."""
    reviews = Review.objects.filter(case=OuterRef("pk")).order_by("-opened_at")
    advices = Advice.objects.filter(review__case=OuterRef("pk")).order_by("-created_at")
    ballots = Ballot.objects.filter(review__case=OuterRef("pk"), state=BallotState.CLOSED).order_by("-closed_at")
    letters = Letter.objects.done().filter(signed__advice__review__case=OuterRef("pk")).order_by("-finished_at")
    queries = Query.objects.filter(case=OuterRef("pk"), state=QueryState.OPEN).order_by("-asked_at")
    return cases.annotate(
        review_state=Subquery(reviews.values("state")[:1]),
        review_opened_at=Subquery(reviews.values("opened_at")[:1]),
        discussed_at=Subquery(ballots.values("closed_at")[:1]),
        advice_state=Subquery(advices.values("state")[:1]),
        signed_at=Subquery(advices.values("signed__signed_at")[:1]),
        letter_at=Subquery(letters.values("finished_at")[:1]),
        queried_at=Subquery(queries.values("asked_at")[:1]),
    )


def standing_of(case: Case) -> Standing:
    """Where a case of ``with_standing`` stands now."""
    columns = _Columns(**{column.name: getattr(case, column.name) for column in fields(_Columns)})
    key, since = _key_and_time(case, columns)
    label, next_step, tone = _WORDS[key]
    counts = case.state in _WAITS_FOR_BOARD and key not in _ANSWERED and case.submitted_at is not None
    begun, now = case.submitted_at or timezone.now(), timezone.now()
    return Standing(
        key=key,
        label=str(label),
        tone=tone,
        since=day(since) if since else "",
        next_step=str(next_step),
        day_count=day_count(urgency=case.urgency, since=begun, until=now) if counts else "",
        is_late=counts and is_late(urgency=case.urgency, since=begun, until=now),
        reached=_REACHED.get(key, -1),
    )


def steps_of(standing: Standing) -> list[Step]:
    """The way of a case; none for one that ended early."""
    if standing.reached < 0:
        return []
    return [
        Step(str(label), "done" if place < standing.reached else "current" if place == standing.reached else "todo")
        for place, label in enumerate(STEPS)
    ]


def _key_and_time(case: Case, columns: _Columns) -> tuple[str, datetime | None]:
    if case.state != CaseState.ACCEPTED:
        times = {
            CaseState.DRAFT: case.edited_at,
            CaseState.SUBMITTED: case.submitted_at,
            CaseState.QUERIED: columns.queried_at,
        }
        return case.state, times.get(CaseState(case.state))
    advice = {
        AdviceState.IN_REVIEW: columns.discussed_at,
        AdviceState.SIGNED: columns.signed_at,
        AdviceState.SENT: columns.letter_at,
        AdviceState.SUPERSEDED: columns.letter_at,
    }
    state = AdviceState(columns.advice_state) if columns.advice_state else AdviceState.DRAFTING
    if state in advice:
        return AdviceState.SENT if state == AdviceState.SUPERSEDED else state, advice[state]
    if columns.review_state == ReviewState.DISCUSSED:
        return ReviewState.DISCUSSED, columns.discussed_at
    return columns.review_state or ReviewState.ASSIGNED, columns.review_opened_at
