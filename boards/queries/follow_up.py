"""The page of one follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from boards.enums import FollowUpState, ReasonNotFollowed
from boards.models import AdviceOption, FollowUp
from boards.queries.links import case_url
from boards.queries.words import day
from cases.models import Case
from iltb.accounts.models import User
from iltb.core.models import JobState


@dataclass(frozen=True)
class FollowUpPage:
    """What is asked, or what was answered."""

    follow_up: FollowUp
    code: str
    case_url: str
    signed_on: str
    interval_days: int
    letter_url: str
    options: Sequence[tuple[int, str]]
    answers: Sequence[tuple[str, str]]
    may_answer: bool


def follow_up_page(user: User, pk: object) -> FollowUpPage:
    """One follow-up; ``Http404`` when unknown or not for these eyes."""
    rows = FollowUp.objects.visible_to(user).select_related("signed__advice__review__case", "signed__letter")
    follow_up = get_object_or_404(rows, pk=pk)
    case = follow_up.signed.advice.review.case
    letter = getattr(follow_up.signed, "letter", None)
    adopted = follow_up.signed.advice.options.filter(outcome=AdviceOption.Outcome.ADOPTED).select_related("option")
    may_answer = Case.objects.filter(pk=case.pk).granted(user, "answer_follow_up").exists()
    return FollowUpPage(
        follow_up=follow_up,
        code=case.code,
        case_url=case_url(case.code),
        signed_on=day(follow_up.signed.signed_at),
        interval_days=follow_up.interval_days,
        letter_url=reverse("boards:letter", args=[letter.pk]) if letter and letter.state == JobState.DONE else "",
        options=[(row.rank or 0, row.option.title) for row in adopted.filter(rank__isnull=False).order_by("rank")],
        answers=_answers(follow_up),
        may_answer=may_answer and follow_up.state == FollowUpState.DUE,
    )


def _answers(follow_up: FollowUp) -> list[tuple[str, str]]:
    if follow_up.state != FollowUpState.ANSWERED:
        return []
    reasons = dict(ReasonNotFollowed.choices)
    said = [
        (_("Followed"), follow_up.get_followed_display()),
        (_("Option chosen"), str(follow_up.option_chosen or "")),
        (_("Why not, or not fully"), ", ".join(str(reasons[reason]) for reason in follow_up.reasons_not_followed)),
        (_("Other treatment"), follow_up.other_treatment),
        (_("Patient"), follow_up.get_patient_status_display()),
        (_("Comment"), follow_up.comment),
    ]
    return [(label, value) for label, value in said if value]
