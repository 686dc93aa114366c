"""The page of one review, for the coordinator, the chair and the experts on its seats."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from boards.enums import BallotState, ReviewMode, ReviewState, SeatState
from boards.models import Advice, Assessment, Ballot, Option, Review, Seat
from boards.queries.ballot import BallotItem, OptionRow, Result, ballot_items, option_rows, result_of
from boards.queries.matches import MatchList, match_list
from boards.queries.news import News, news_of
from boards.queries.panel import ExpertChoice, SeatRow, expert_choices, meeting_choices, seat_rows
from boards.queries.progress import progress_of, with_progress
from boards.queries.rows import asked
from boards.queries.words import clock, moment
from boards.visibility import Content, Viewer, is_shown, viewer_of
from cases.models import CaseRevision
from cases.queries import Profile, germline_right, profile_of
from iltb.accounts.models import User
from iltb.accounts.querysets import may

_SEATING = (ReviewState.ASSIGNED, ReviewState.ASSESSING)
_OPEN = (*_SEATING, ReviewState.READY)
_TAKEN = (SeatState.INVITED, SeatState.ACCEPTED)


@dataclass(frozen=True)
class AssessmentRow:
    """One expert's assessment."""

    name: str
    expertise: str
    assessment: Assessment
    saved: str
    is_own: bool


@dataclass(frozen=True)
class MayDo:
    """What this person can do here now."""

    declare: bool = False
    assess: bool = False
    vote: bool = False
    propose: bool = False
    seat: bool = False
    schedule: bool = False
    start_assessing: bool = False
    open_to_panel: bool = False
    open_voting: bool = False
    close_voting: bool = False
    draft_advice: bool = False


@dataclass(frozen=True)
class ReviewPage:
    """Everything on the page. Before the declaration only ``code``, ``seat`` and ``may.declare`` say anything."""

    review: Review
    code: str
    viewer: Viewer
    seat: Seat | None
    state: str
    schedule: str
    may: MayDo
    profile: Profile | None = None
    news: News | None = None  # what the revision brought to who had read the one before it
    matches: MatchList | None = None
    seats: Sequence[SeatRow] = ()
    own_assessment: Assessment | None = None
    assessments: Sequence[AssessmentRow] = ()
    assessments_hint: str = ""
    options: Sequence[OptionRow] = ()
    ballot: Ballot | None = None
    ballot_items: Sequence[BallotItem] = ()
    voters: str = ""
    result: Result | None = None
    advice_url: str = ""
    experts: Sequence[ExpertChoice] = ()
    meetings: Sequence[tuple[str, str]] = ()


def review_for(user: User, pk: object) -> Review:
    """One review with what the page asks of it; raises ``Http404`` when unknown or not for these eyes.

    ``is_readable``: an earlier review of a case is closed to who declares anew for the next one.
    """
    rows = with_progress(Review.objects.visible_to(user).with_grants(user))
    readable = CaseRevision.objects.visible_to(user).filter(pk=OuterRef("revision"))
    rows = rows.annotate(is_readable=Exists(readable))
    review = get_object_or_404(rows.select_related("case", "revision", "board", "meeting"), pk=pk)
    review.revision.case = review.case
    return review


def review_page(user: User, pk: object) -> ReviewPage:
    """Everything that ``user`` may see and do on one review; raises ``Http404`` as ``review_for`` does."""
    review = review_for(user, pk)
    seats = list(_seats(review))
    own = next((seat for seat in seats if seat.user_id == user.pk and seat.state in _TAKEN), None)
    viewer = viewer_of(
        has_seat=own is not None,
        has_declared=own is not None and own.declared_at is not None,
        has_assessed=own is not None and asked(own, "has_assessed"),
    )
    page = ReviewPage(
        review=review,
        code=review.case.code,
        viewer=viewer,
        seat=own,
        state=str(review.get_state_display()),
        schedule=_schedule(review),
        may=MayDo(declare=viewer is Viewer.UNDECLARED and review.state in _OPEN),
    )
    if not asked(review, "is_readable") or not is_shown(Content.DOSSIER, viewer=viewer, state=review.state):
        return page
    return _with_content(page, user, seats)


def _with_content(page: ReviewPage, user: User, seats: Sequence[Seat]) -> ReviewPage:
    """The page once interests are declared, or for the board's office and chair."""
    review, own = page.review, page.seat
    options = list(Option.objects.visible_to(user).filter(review=review).select_related("arm__version__trial"))
    ballot = Ballot.objects.filter(review=review).order_by("-round").first()
    shows_votes = is_shown(Content.VOTES, viewer=page.viewer, state=review.state)
    may_do = _may_do(review, own, ballot, has_options=bool(options))
    assessments = _assessments(user, review)
    items: Sequence[BallotItem] = ()
    if may_do.vote and ballot is not None and own is not None:
        items = ballot_items(review=review, options=options, ballot=ballot, seat=own)
    return replace(
        page,
        may=may_do,
        profile=profile_of(review.revision, germline_right(review.case, user)),
        news=news_of(review.revision, to_panel=True),
        matches=match_list(user, review.revision),
        seats=seat_rows(review=review, seats=seats, user=user, viewer=page.viewer),
        own_assessment=next((row.assessment for row in assessments if row.is_own), None),
        assessments=[row for row in assessments if not (row.is_own and may_do.assess)],
        assessments_hint=_assessments_hint(page),
        options=option_rows(
            options,
            user=user,
            manages=may(review, "manage_review"),
            is_open_for_change=may_do.propose,
        ),
        ballot=ballot,
        ballot_items=items,
        voters=_voters(page) if ballot is not None and ballot.state == BallotState.OPEN else "",
        result=result_of(ballot=ballot, options=options, user=user) if ballot is not None and shows_votes else None,
        advice_url=_advice_url(user, review),
        experts=expert_choices(review) if may_do.seat else (),
        meetings=meeting_choices(review) if may_do.schedule else (),
    )


def _seats(review: Review) -> QuerySet[Seat]:
    seats = Seat.objects.filter(review=review).select_related("user")
    return seats.annotate(has_assessed=Exists(Assessment.objects.filter(seat=OuterRef("pk")))).order_by(
        "expertise",
        "user__full_name",
    )


def _assessments(user: User, review: Review) -> list[AssessmentRow]:
    visible = Assessment.objects.visible_to(user).filter(seat__review=review).select_related("seat__user")
    return [
        AssessmentRow(
            name=row.seat.user.full_name,
            expertise=str(row.seat.get_expertise_display()),
            assessment=row,
            saved=clock(row.saved_at),
            is_own=row.seat.user_id == user.pk,
        )
        for row in visible.order_by("seat__expertise", "seat__user__full_name")
    ]


def _assessments_hint(page: ReviewPage) -> str:
    """Why none is shown; the same whether others have assessed or not."""
    if is_shown(Content.ASSESSMENTS, viewer=page.viewer, state=page.review.state):
        return _("No other assessment has been saved.")
    if page.viewer is Viewer.DECLARED:
        return _("You can read the others' assessments once your own is saved.")
    return _("They can be read once they are opened to the panel.")


def _may_do(review: Review, own: Seat | None, ballot: Ballot | None, *, has_options: bool) -> MayDo:
    ballot_is_open = ballot is not None and ballot.state == BallotState.OPEN
    manages, state, progress = may(review, "manage_review"), review.state, progress_of(review)
    sits = own is not None and own.state == SeatState.ACCEPTED
    proposes = may(review, "propose_option") and not ballot_is_open and ballot is None
    return MayDo(
        assess=sits and may(review, "assess") and state in (ReviewState.ASSESSING, ReviewState.READY),
        vote=sits and may(review, "cast_vote") and ballot_is_open and bool(own and own.may_vote),
        propose=proposes and (state == ReviewState.READY if sits else manages and state in _OPEN),
        seat=manages and state in _SEATING,
        schedule=manages and state in _OPEN,
        start_assessing=manages and state == ReviewState.ASSIGNED and progress.seats_taken > 0,
        open_to_panel=manages and state == ReviewState.ASSESSING and progress.seats_in > 0,
        open_voting=manages and state == ReviewState.READY and ballot is None and has_options,
        close_voting=may(review, "close_voting") and ballot_is_open,
        draft_advice=may(review, "draft_advice") and state == ReviewState.DISCUSSED,
    )


def _voters(page: ReviewPage) -> str:
    if not is_shown(Content.VOTERS, viewer=page.viewer, state=page.review.state):
        return ""
    progress, quorum = progress_of(page.review), page.review.board.quorum_experts
    counts = {"done": progress.voters_done, "all": progress.voters, "quorum": quorum}
    return _("%(done)s of %(all)s experts have answered every option; the quorum is %(quorum)s.") % counts


def _schedule(review: Review) -> str:
    if review.meeting is None:
        return _("not on a meeting yet") if review.mode == ReviewMode.MEETING else _("without a meeting")
    return moment(review.meeting.starts_at, review.board.time_zone)


def _advice_url(user: User, review: Review) -> str:
    """The newest advice; experts read it once it is signed."""
    if review.state != ReviewState.DISCUSSED:
        return ""
    advice = Advice.objects.visible_to(user).filter(review=review).order_by("-number").first()
    return reverse("boards:advice", args=[advice.pk]) if advice else ""
