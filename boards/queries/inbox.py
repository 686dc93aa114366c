"""The inbox: first what needs this person now, then what is under way, for every role they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.enums import AdviceState, BallotState, FollowUpState, ReviewState
from boards.models import FollowUp, Letter, Review, Seat
from boards.queries.links import case_url, draft_url, new_case_url, query_url, triage_url
from boards.queries.progress import OwnProgress, own_progress_of, progress_of, with_own_progress, with_progress
from boards.queries.rows import Group, Row
from boards.queries.standing import standing_of, with_standing
from boards.queries.words import day, moment
from cases.enums import CaseState, Urgency
from cases.models import Case
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.core.models import JobState
from trials.queries.standing import unseen_changes

SHOWN = 50  # rows of one kind; more are found in the list of cases
_FASTEST_FIRST: Mapping[str, int] = {Urgency.EMERGENCY: 0, Urgency.EXPEDITED: 1, Urgency.ROUTINE: 2}


@dataclass
class _Lists:
    now: list[Row] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def add(self, title: str, rows: Sequence[Row]) -> None:
        """A heading stands only where something is under it."""
        if rows:
            self.groups.append(Group(title, rows))


@dataclass(frozen=True)
class InboxPage:
    """Everything on the page."""

    headline: str
    now: Sequence[Row]
    groups: Sequence[Group]
    new_case_url: str
    meetings_url: str
    questions_url: str
    is_empty: bool


def inbox_page(user: User) -> InboxPage:
    """What needs ``user`` now, and what is under way."""
    lists = _Lists()
    if user.has_role(Role.REFERRING_PHYSICIAN):
        _physician(user, lists)
    if user.has_role(Role.EXPERT):
        _expert(user, lists)
    if user.has_role(Role.COORDINATOR):
        _coordinator(user, lists)
    if user.has_role(Role.COORDINATOR, Role.CHAIR):
        _board(user, lists)
    count = len(lists.now)
    return InboxPage(
        headline=ngettext("%(count)s thing needs you", "%(count)s things need you", count) % {"count": count}
        if count
        else _("Nothing needs you now"),
        now=lists.now,
        groups=lists.groups,
        new_case_url=new_case_url() if user.has_role(Role.REFERRING_PHYSICIAN) else "",
        meetings_url=reverse("boards:meetings")
        if user.has_role(Role.COORDINATOR, Role.CHAIR, Role.EXPERT, Role.OBSERVER)
        else "",
        questions_url=reverse("cases:questions") if user.has_role(Role.COORDINATOR, Role.CHAIR) else "",
        is_empty=not lists.now and not lists.groups,
    )


def _physician(user: User, lists: _Lists) -> None:
    mine = Case.objects.granted(user, "edit_case").open()
    under_way: list[Row] = []
    drafts: list[Row] = []
    for case in with_standing(mine).order_by("-edited_at")[:SHOWN]:
        standing = standing_of(case)
        if case.state == CaseState.QUERIED:
            lists.now.append(_queried_row(case, is_open=bool(standing.since)))
        elif case.state == CaseState.DRAFT:
            drafts.append(Row(case.code, draft_url(case.code), standing.since_line, _("draft")))
        elif standing.key != AdviceState.SENT:
            under_way.append(Row(case.code, case_url(case.code), standing.since_line, standing.label, standing.tone))
    for follow_up in _follow_ups(user, "answer_follow_up"):
        url = reverse("boards:follow_up", args=[follow_up.pk])
        words = _("What became of the advice after %(days)s days? 60 seconds.") % {"days": follow_up.interval_days}
        lists.now.append(Row(_code(follow_up), url, words, _("follow-up"), "info"))
    lists.add(_("Drafts"), drafts)
    lists.add(_("Letters"), [_letter_row(letter) for letter in _letters(user)])
    lists.add(_("My cases with the board"), under_way)


def _queried_row(case: Case, *, is_open: bool) -> Row:
    if is_open:
        return Row(case.code, query_url(case.code), _("The board asked you a question."), _("answer"), "warn")
    return Row(case.code, draft_url(case.code), _("Answered; submit the case again."), _("submit again"), "warn")


def _expert(user: User, lists: _Lists) -> None:
    seats = with_own_progress(Seat.objects.visible_to(user).taken().filter(user=user))
    seats = seats.select_related("review__case", "review__board", "review__meeting").order_by("-review__opened_at")
    waiting: list[Row] = []
    done: list[Row] = []
    for seat in seats[:SHOWN]:
        review, progress = seat.review, own_progress_of(seat)
        action = _due(seat, progress)
        page = "boards:ballot" if action and progress.ballot_is_open and seat.declared_at else "boards:review"
        url = reverse(page, args=[review.pk])
        if review.state == ReviewState.CANCELLED:
            continue
        if action:
            lists.now.append(Row(review.case.code, url, _when(review), action, "info"))
        elif review.state == ReviewState.DISCUSSED:
            done.append(Row(review.case.code, url, "", _("discussed")))
        else:
            words = _("you have voted") if progress.ballot_is_open else _("waiting for the panel")
            waiting.append(Row(review.case.code, url, _when(review), words))
    lists.add(_("Your reviews under way"), waiting)
    lists.add(_("Done"), done)


def _due(seat: Seat, progress: OwnProgress) -> str:
    """What the holder of this seat has to do, "" when it is somebody else's turn."""
    review = seat.review
    if review.state in (ReviewState.DISCUSSED, ReviewState.DEFERRED, ReviewState.CANCELLED):
        return ""
    if seat.declared_at is None:
        return _("declare interests")
    if progress.ballot_is_open:
        return _("vote") if seat.may_vote and not progress.has_answered else ""
    if review.state in (ReviewState.ASSESSING, ReviewState.READY) and not progress.has_assessed:
        return _("assess")
    return ""


def _coordinator(user: User, lists: _Lists) -> None:
    cases = Case.objects.granted(user, "triage_case").filter(state__in=[CaseState.SUBMITTED, CaseState.QUERIED])
    queried: list[Row] = []
    to_triage: list[Case] = []
    for case in with_standing(cases).order_by("submitted_at")[:SHOWN]:
        if case.state == CaseState.SUBMITTED:
            to_triage.append(case)
        else:
            queried.append(
                Row(case.code, case_url(case.code), standing_of(case).since_line, _("question asked"), "warn")
            )
    for case in sorted(to_triage, key=lambda case: _FASTEST_FIRST.get(case.urgency, 3)):
        standing = standing_of(case)
        tone = "bad" if standing.is_late or case.urgency == Urgency.EMERGENCY else "info"
        hint = f"{case.get_urgency_display()} ({standing.day_count})"
        lists.now.append(Row(case.code, triage_url(case.code), hint, _("to triage"), tone))
    lists.add(_("Waiting for the physician"), queried)
    late = [_overdue_row(follow_up) for follow_up in _follow_ups(user, "triage_case")]
    lists.add(_("Follow-ups overdue"), late)
    failed = Letter.objects.visible_to(user).filter(state=JobState.FAILED)
    for letter in failed.select_related("signed__advice__review__case")[:SHOWN]:
        url = reverse("boards:advice", args=[letter.signed.advice_id])
        lists.now.append(Row(_code(letter), url, _("The letter could not be made."), _("letter failed"), "bad"))


def _board(user: User, lists: _Lists) -> None:
    reviews = with_progress(Review.objects.visible_to(user)).exclude(state=ReviewState.CANCELLED)
    reviews = reviews.select_related("case", "board", "meeting").prefetch_related("advices").order_by("opened_at")
    unfinished = Q(state__in=[ReviewState.ASSIGNED, ReviewState.ASSESSING, ReviewState.READY, ReviewState.DEFERRED])
    ended = [AdviceState.SIGNED, AdviceState.SENT, AdviceState.SUPERSEDED]
    unsigned = Q(state=ReviewState.DISCUSSED) & ~Q(advices__state__in=ended)
    under_way: list[Row] = []
    for review in reviews.filter(unfinished | unsigned)[:SHOWN]:
        is_mine, row = _review_row(review, user)
        (lists.now if is_mine else under_way).append(row)
    lists.add(_("Reviews under way"), under_way)
    lists.now.extend(_trial_changes(user))


def _trial_changes(user: User) -> Iterable[Row]:
    """One line for all that came out otherwise in match lists and that nobody of the board has looked at."""
    unseen = unseen_changes(user)
    if unseen.changes:
        words = ngettext(
            "Trials came out otherwise for %(count)s case",
            "Trials came out otherwise for %(count)s cases",
            unseen.cases,
        )
        status = _("trials changed")
        yield Row(
            words % {"count": unseen.cases}, reverse("trials:changes"), _would_fit(unseen.fits_now), status, "info"
        )


def _would_fit(count: int) -> str:
    return ngettext("%(count)s cohort would now fit", "%(count)s cohorts would now fit", count) % {"count": count}


def _review_row(review: Review, user: User) -> tuple[bool, Row]:
    """Whether it is this person's turn, and the line."""
    office, chairs = user.has_role(Role.COORDINATOR), user.has_role(Role.CHAIR)
    code, url, progress = review.case.code, reverse("boards:review", args=[review.pk]), progress_of(review)
    if review.state == ReviewState.ASSIGNED:
        words = _("%(count)s seated") % {"count": progress.seats_taken}
        return office, Row(code, url, words, _("seat experts"), "info" if office else "")
    if review.state == ReviewState.ASSESSING:
        counts = {"done": progress.seats_in, "all": progress.seats_taken}
        ready = office and counts["done"] == counts["all"]
        hint = _("%(done)s of %(all)s assessments in") % counts
        return ready, Row(code, url, hint, _("open to the panel") if ready else _("being assessed"))
    if review.state == ReviewState.READY and progress.ballot_state == BallotState.OPEN:
        hint = _("%(done)s of %(all)s have voted") % {"done": progress.voters_done, "all": progress.voters}
        return chairs, Row(code, url, hint, _("close the voting") if chairs else _("voting is open"), "info")
    if review.state == ReviewState.READY:
        return office, Row(code, url, _when(review), _("options and voting"), "info" if office else "")
    if review.state == ReviewState.DISCUSSED:
        return _advice_row(review, office=office, chairs=chairs)
    return False, Row(code, url, _when(review), review.get_state_display(), "warn")


def _advice_row(review: Review, *, office: bool, chairs: bool) -> tuple[bool, Row]:
    advice = next(iter(review.advices.all()), None)
    if advice is None:
        url = reverse("boards:review", args=[review.pk])
        return office, Row(review.case.code, url, "", _("draft the advice"), "info")
    url = reverse("boards:advice", args=[advice.pk])
    if advice.state == AdviceState.IN_REVIEW:
        return chairs, Row(review.case.code, url, "", _("sign the advice") if chairs else _("with the chair"), "info")
    return office, Row(review.case.code, url, "", _("finish the advice"), "info")


def _follow_ups(user: User, codename: str) -> QuerySet[FollowUp]:
    cases = Case.objects.granted(user, codename)
    due = FollowUp.objects.visible_to(user).filter(state=FollowUpState.DUE, due_at__lte=timezone.now())
    due = due.filter(signed__advice__review__case__in=cases)
    return due.select_related("signed__advice__review__case").order_by("due_at")[:SHOWN]


def _letters(user: User) -> Iterable[Letter]:
    mine = Case.objects.granted(user, "edit_case")
    letters = Letter.objects.visible_to(user).done().filter(signed__advice__review__case__in=mine)
    return letters.select_related("signed__advice__review__case").order_by("-finished_at")[:SHOWN]


def _letter_row(letter: Letter) -> Row:
    code = _code(letter)
    hint = _("Signed %(day)s") % {"day": day(letter.signed.signed_at)}
    return Row(code, case_url(code), hint, file_url=reverse("boards:letter", args=[letter.pk]))


def _overdue_row(follow_up: FollowUp) -> Row:
    code = _code(follow_up)
    return Row(code, case_url(code), _("Due since %(day)s") % {"day": day(follow_up.due_at)}, _("overdue"), "warn")


def _code(row: FollowUp | Letter) -> str:
    return row.signed.advice.review.case.code


def _when(review: Review) -> str:
    if review.meeting is None:
        return review.case.get_urgency_display()
    return _("Meeting %(time)s") % {"time": moment(review.meeting.starts_at, review.board.time_zone)}
