"""The list of cases and the page of one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from boards.enums import FollowUpState, ReviewState
from boards.models import FollowUp, Letter, Review, Seat
from boards.queries.links import (
    case_url,
    changes_url,
    copy_url,
    draft_url,
    matches_url,
    query_url,
    transcribe_url,
    triage_url,
    withdraw_url,
)
from boards.queries.news import News, news_of
from boards.queries.rows import Action, Row, asked
from boards.queries.standing import Standing, Step, standing_of, steps_of, with_standing
from boards.queries.words import day
from boards.visibility import Content, Viewer, is_shown, viewer_of
from boards.workflow import FOLLOW_UP_WORKFLOW
from cases.enums import CaseState
from cases.models import Case, CaseRevision, Query
from cases.queries import GermlineRight, Profile, germline_right, profile_of
from cases.workflow import CASE_WORKFLOW
from iltb.accounts.models import User
from iltb.accounts.querysets import compiled_row, may

PER_PAGE = 25


@dataclass(frozen=True)
class CaseListPage:
    """One page of the list."""

    rows: Sequence[Row]
    page: Page[Any]
    code: str
    state: str
    states: Sequence[tuple[str, str]]
    query: str
    is_filtered: bool


def case_list_page(user: User, *, code: str, state: str, number: str) -> CaseListPage:
    """The cases that ``user`` may open, by part of the code and by state; an unknown filter shows everything."""
    cases = with_standing(Case.objects.visible_to(user)).order_by("-edited_at", "code")
    code, state = code.strip()[:20], state if state in CaseState.values else ""
    if code:
        cases = cases.filter(code__icontains=code)
    if state:
        cases = cases.filter(state=state)
    page = Paginator(cases, PER_PAGE).get_page(number)
    return CaseListPage(
        rows=[_row(case) for case in page.object_list],
        page=page,
        code=code,
        state=state,
        states=[(state.value, str(state.label)) for state in CaseState],
        query="&".join(f"{name}={value}" for name, value in (("code", code), ("state", state)) if value),
        is_filtered=bool(code or state),
    )


def _row(case: Case) -> Row:
    standing = standing_of(case)
    return Row(case.code, case_url(case.code), standing.since_line, standing.label, standing.tone)


@dataclass(frozen=True)
class RevisionRow:
    """One frozen dossier."""

    number: int
    frozen_on: str
    released_on: str
    is_shown: bool
    changes_url: str  # what changed since; empty for the newest, and where the reader has but one


@dataclass(frozen=True)
class LetterRow:
    """One letter that can be downloaded."""

    title_number: int
    signed_on: str
    url: str
    size_kb: int


@dataclass(frozen=True)
class FollowUpRow:
    """One follow-up with the answer, where there is one."""

    due_on: str
    state: str
    followed: str
    status: str
    url: str


@dataclass(frozen=True)
class CasePage:
    """Everything on the page of one case. ``profile`` is None while interests are undeclared or nothing is frozen."""

    case: Case
    standing: Standing
    steps: Sequence[Step]
    centre: str
    profile: Profile | None
    shown_revision: CaseRevision | None
    declare_url: str
    revisions: Sequence[RevisionRow]
    queries: Sequence[Query]
    letters: Sequence[LetterRow]
    follow_ups: Sequence[FollowUpRow]
    older_revision: str  # the address of the newest one while an older one is shown
    news: News | None  # what the newest revision brought
    actions: Sequence[Action]


def case_page(user: User, code: str, *, revision: str = "") -> CasePage:
    """The page of one case with its newest revision, or an older one by its number.

    Raises ``Http404`` for a case that is unknown or not for these eyes.
    """
    case, viewer = case_for(user, code)
    is_open = is_shown(Content.DOSSIER, viewer=viewer, state=ReviewState.ASSIGNED)
    revisions = list(revisions_for(user, case).defer("content")) if is_open else []
    older = [row for row in revisions if str(row.number) == revision]
    shown = next(iter(older or revisions[-1:]), None)
    standing = standing_of(case)
    review_url = reverse("boards:review", args=[vars(case)["review_key"]]) if asked(case, "review_key") else ""
    is_advised = is_open and asked(case, "advice_state")
    right = germline_right(case, user)
    return CasePage(
        case=case,
        standing=standing,
        steps=steps_of(standing),
        centre=vars(case)["centre_name"] if may(case, "edit_case") or may(case, "triage_case") else "",
        profile=profile_of(shown, right) if shown else None,
        shown_revision=shown,
        declare_url=review_url if viewer is Viewer.UNDECLARED else "",
        revisions=[
            _revision_row(revision, shown, is_newest=revision is revisions[-1], code=case.code)
            for revision in reversed(revisions)
        ],
        queries=_queries(case, shown) if is_open else [],
        letters=_letters(case, right) if is_advised else [],
        follow_ups=_follow_ups(case) if is_advised else [],
        older_revision=case_url(case.code) if shown and shown.pk != revisions[-1].pk else "",
        news=_news(case, shown) if shown and shown.pk == revisions[-1].pk else None,
        actions=_actions(case, review_url, shown) if is_open else (),
    )


def case_for(user: User, code: str) -> tuple[Case, Viewer]:
    """One case with what its pages ask of it, and how ``user`` stands to it.

    Raises ``Http404`` for a case that is unknown or not for these eyes.
    """
    case = _case_row(user, code)
    if case is None:
        raise Http404
    viewer = viewer_of(
        has_seat=asked(case, "has_seat"),
        has_declared=not asked(case, "has_silent_seat"),
        has_assessed=True,
    )
    return case, viewer


@compiled_row
def _case_row(user: User, code: str) -> QuerySet[Case]:
    seats = Seat.objects.taken().filter(user=user, review__case=OuterRef("pk"))
    reviews = Review.objects.visible_to(user).filter(case=OuterRef("pk")).order_by("-opened_at")
    cases = with_standing(Case.objects.visible_to(user).with_grants(user).filter(code=code))
    return cases.annotate(
        has_seat=Exists(seats),
        has_silent_seat=Exists(seats.silent()),
        review_key=Subquery(reviews.values("pk")[:1]),
        centre_name=F("centre__name"),
    )


def _news(case: Case, shown: CaseRevision) -> News | None:
    """What the revision brought, for those who did not write it."""
    return None if may(case, "edit_case") else news_of(shown, to_panel=asked(case, "has_seat"))


_ENDED = (CaseState.NOT_ELIGIBLE, CaseState.CLOSED, CaseState.WITHDRAWN)


def _actions(case: Case, review_url: str, shown: CaseRevision | None) -> list[Action]:
    """What this person may do, the most likely first."""
    open_to_edit = may(case, "edit_case") and case.state not in _ENDED
    answers = may(case, "answer_query") and case.state == CaseState.QUERIED
    triages = may(case, "triage_case") and case.state == CaseState.SUBMITTED
    asks_again = may(case, "edit_case") and case.submitted_at is not None
    withdraws = may(case, "withdraw_case") and CASE_WORKFLOW.allows(current=case.state, to=CaseState.WITHDRAWN)
    types = may(case, "transcribe_case") and not may(case, "edit_case") and case.state not in _ENDED
    first = "primary"
    candidates = [
        (answers, Action(_("Answer the question"), query_url(case.code), first)),
        (triages, Action(_("Accept, ask or decline"), triage_url(case.code), first)),
        (
            open_to_edit,
            Action(_edit_label(case), draft_url(case.code), first if case.state == CaseState.DRAFT else "secondary"),
        ),
        (review_url != "", Action(_("Open the review"), review_url)),
        (types, Action(_("Type from a report"), transcribe_url(case.code))),
        (shown is not None and may(case, "view_matches"), Action(_("Trials compared"), matches_url(case.code))),
        (asks_again, Action(_("Ask again about this patient"), copy_url(case.code))),
        (withdraws, Action(_("Withdraw the case"), withdraw_url(case.code), "outline-danger")),
    ]
    return [action for applies, action in candidates if applies]


def _edit_label(case: Case) -> str:
    return _("Go on filling in") if case.state == CaseState.DRAFT else _("Change or add data")


def revisions_for(user: User, case: Case) -> QuerySet[CaseRevision]:
    """Experts see the newest released revision only: a corrected one must not stay readable."""
    revisions = case.revisions.visible_to(user)
    return revisions.order_by("-number")[:1] if asked(case, "has_seat") else revisions.order_by("number")


def _queries(case: Case, shown: CaseRevision | None) -> Sequence[Query]:
    """Experts read the answers that a coordinator had before releasing what they are shown."""
    queries = case.queries.order_by("-asked_at")
    if asked(case, "has_seat"):
        queries = queries.filter(answered_at__lte=shown.released_at) if shown else queries.none()
    return list(queries)


def _letters(case: Case, right: GermlineRight) -> list[LetterRow]:
    """As ``Letter.objects.visible_to`` rules, for a case whose grants are known."""
    if not (right.may_read and may(case, "view_letter")):
        return []
    letters = Letter.objects.done().filter(signed__advice__review__case=case)
    return [_letter_row(letter) for letter in letters.select_related("signed__advice").order_by("-finished_at")]


def _follow_ups(case: Case) -> list[FollowUpRow]:
    rows = FollowUp.objects.filter(signed__advice__review__case=case).order_by("due_at")
    return [_follow_up_row(row, case) for row in rows]


def _revision_row(revision: CaseRevision, shown: CaseRevision | None, *, is_newest: bool, code: str) -> RevisionRow:
    return RevisionRow(
        number=revision.number,
        frozen_on=day(revision.created_at),
        released_on=day(revision.released_at) if revision.released_at else "",
        is_shown=shown is not None and revision.pk == shown.pk,
        changes_url="" if is_newest else changes_url(code, revision.number),
    )


def _letter_row(letter: Letter) -> LetterRow:
    return LetterRow(
        title_number=letter.signed.advice.number,
        signed_on=day(letter.signed.signed_at),
        url=reverse("boards:letter", args=[letter.pk]),
        size_kb=max(1, round(letter.size / 1024)),
    )


def _follow_up_row(row: FollowUp, case: Case) -> FollowUpRow:
    may_answer = may(case, "answer_follow_up") and FOLLOW_UP_WORKFLOW.allows(
        current=row.state, to=FollowUpState.ANSWERED
    )
    return FollowUpRow(
        due_on=day(row.due_at),
        state=row.get_state_display(),
        followed=row.get_followed_display() if row.followed else "",
        status=row.get_patient_status_display() if row.patient_status else "",
        url=reverse("boards:follow_up", args=[row.pk]) if may_answer else "",
    )
