"""The advice page: a draft for the coordinator, a reading copy for the chair, the letter once it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from boards.enums import AdviceState
from boards.models import Advice, AdviceOption, Letter, Review
from boards.queries.rows import asked
from boards.queries.words import clock
from iltb.accounts.models import Membership, User
from iltb.core.models import JobState

_OUTCOME_TONES = {AdviceOption.Outcome.ADOPTED: "good", AdviceOption.Outcome.SPLIT: "warn"}


@dataclass(frozen=True)
class AdvisedRow:
    """One option as the tally placed it."""

    title: str
    outcome: str
    tone: str
    rank: int | None
    votes: str


@dataclass(frozen=True)
class LetterStatus:
    """Where the letter is: being made, failed, or there. ``version`` names nothing but the state for the poll."""

    advice_id: object
    is_waiting: bool
    has_failed: bool
    is_for_others: bool
    url: str
    code: str


@dataclass(frozen=True)
class AdvicePage:
    """Everything on the page."""

    advice: Advice
    code: str
    state: str
    rows: Sequence[AdvisedRow]
    signature: str
    sha256: str
    letter: LetterStatus | None
    is_of_own_hospital: bool
    may_edit: bool
    may_return: bool
    may_sign: bool


def advice_for(user: User, pk: object) -> Advice:
    """One advice with its review, case, signature and letter; ``Http404`` when unknown or not for these eyes."""
    reviews = Review.objects.filter(pk=OuterRef("review"))
    own_hospital = Membership.objects.filter(user=user, centre=OuterRef("review__case__centre"))
    rows = Advice.objects.visible_to(user).annotate(
        may_draft_advice=Exists(reviews.granted(user, "draft_advice")),
        may_sign_advice=Exists(reviews.granted(user, "sign_advice")),
        is_of_own_hospital=Exists(own_hospital),
        may_read_letter=Exists(Letter.objects.visible_to(user).filter(signed__advice=OuterRef("pk"))),
    )
    rows = rows.select_related("review__case", "review__board", "signed__letter", "signed__signed_by")
    return get_object_or_404(rows, pk=pk)


def advice_page(advice: Advice) -> AdvicePage:
    """What the person for whom ``advice_for`` asked may read and do."""
    signed = getattr(advice, "signed", None)
    with_chair = advice.state == AdviceState.IN_REVIEW
    return AdvicePage(
        advice=advice,
        code=advice.review.case.code,
        state=str(advice.get_state_display()),
        rows=[] if with_chair and asked(advice, "may_sign_advice") else _rows(advice),
        signature=_("Signed by %(name)s on %(time)s") % {"name": signed.signed_by, "time": clock(signed.signed_at)}
        if signed
        else "",
        sha256=signed.sha256 if signed else "",
        letter=letter_status(advice),
        is_of_own_hospital=asked(advice, "is_of_own_hospital"),
        may_edit=asked(advice, "may_draft_advice") and advice.state == AdviceState.DRAFTING,
        may_return=asked(advice, "may_sign_advice") and with_chair,
        may_sign=asked(advice, "may_sign_advice") and with_chair and not asked(advice, "is_of_own_hospital"),
    )


def letter_status(advice: Advice) -> LetterStatus | None:
    """The letter of an advice of ``advice_for``; None before the signature."""
    signed = getattr(advice, "signed", None)
    letter = getattr(signed, "letter", None)
    if letter is None:
        return None
    is_done, may_read = letter.state == JobState.DONE, asked(advice, "may_read_letter")
    return LetterStatus(
        advice_id=advice.pk,
        is_waiting=letter.state == JobState.PENDING,
        has_failed=letter.state == JobState.FAILED,
        is_for_others=is_done and not may_read,
        url=reverse("boards:letter", args=[letter.pk]) if is_done and may_read else "",
        code=advice.review.case.code,
    )


def _rows(advice: Advice) -> list[AdvisedRow]:
    rows = sorted(
        advice.options.select_related("option"),
        key=lambda row: (AdviceOption.Outcome.values.index(row.outcome), row.rank or 0, row.option.created_at),
    )
    return [
        AdvisedRow(
            title=row.option.title,
            outcome=str(row.get_outcome_display()),
            tone=_OUTCOME_TONES.get(AdviceOption.Outcome(row.outcome), ""),
            rank=row.rank,
            votes=_votes(row),
        )
        for row in rows
    ]


def _votes(row: AdviceOption) -> str:
    return _("%(for)s for, %(neutral)s neutral, %(against)s against, %(abstained)s abstained") % {
        "for": row.votes_for,
        "neutral": row.votes_neutral,
        "against": row.votes_against,
        "abstained": row.votes_abstained,
    }
