"""Options and the ballot: before the closing one's own votes alone, after it everybody's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from boards.enums import BallotState, Position
from boards.models import Ballot, Option, OptionRecusal, Review, Seat, Vote
from boards.queries.words import clock
from iltb.accounts.models import User
from iltb.core.charts import vote_bar

SCALE: Final = (
    Position.STRONGLY_AGAINST,
    Position.AGAINST,
    Position.NEUTRAL,
    Position.FOR,
    Position.STRONGLY_FOR,
)
_OUTCOME_TONES: Final = {"adopted": "good", "split": "warn"}


@dataclass(frozen=True)
class BallotItem:
    """One option on one expert's ballot. ``position`` and ``comment`` are the own vote, "" before it."""

    option: Option
    number: int
    position: str
    comment: str
    saved: str
    has_stepped_off: bool
    is_open: bool


@dataclass(frozen=True)
class OptionRow:
    """One option in the list."""

    option: Option
    number: int
    tags: Sequence[str]
    facts: Sequence[tuple[str, str]]
    may_edit: bool


@dataclass(frozen=True)
class CountCell:
    """How many chose one position, and who."""

    label: str
    count: int
    names: str


@dataclass(frozen=True)
class Comment:
    """What a voter wrote."""

    name: str
    text: str


@dataclass(frozen=True)
class OptionResult:
    """One option after the closing."""

    number: int
    title: str
    outcome: str
    tone: str
    rank: int | None
    cells: Sequence[CountCell]
    share_for: str
    share_without_disclosed: str
    stepped_off: str
    comments: Sequence[Comment]
    chart: SafeString


@dataclass(frozen=True)
class Result:
    """The closed ballot."""

    closed: str
    quorum: str
    quorum_reached: bool
    options: Sequence[OptionResult]


def option_rows(options: Sequence[Option], *, user: User, manages: bool, is_open_for_change: bool) -> list[OptionRow]:
    """The options as a numbered list."""
    return [
        OptionRow(
            option=option,
            number=number,
            tags=[str(option.get_type_display()), *([_("advise against")] if option.direction == "against" else [])],
            facts=_facts(option),
            may_edit=is_open_for_change and (manages or option.proposed_by_id == user.pk),
        )
        for number, option in enumerate(options, start=1)
    ]


def _facts(option: Option) -> list[tuple[str, str]]:
    cohort = f"{option.arm.version.trial.title}: {option.arm.title}" if option.arm else ""
    stated = [
        (_("Why"), option.rationale),
        (_("Cohort"), cohort),
        (_("Target findings"), option.targets),
        (_("Access"), str(option.get_access_route_display())),
        (_("Cautions"), option.cautions),
        (_("If it cannot be reached"), option.fallback),
        (_("References"), option.references),
    ]
    return [(label, value) for label, value in stated if value]


def ballot_items(*, review: Review, options: Sequence[Option], ballot: Ballot, seat: Seat) -> list[BallotItem]:
    """The ballot of the holder of ``seat``: their own votes and no others. Two queries."""
    votes = {vote.option_id: vote for vote in Vote.objects.filter(ballot=ballot, seat=seat)}
    off = set(OptionRecusal.objects.filter(seat=seat, option__review=review).values_list("option_id", flat=True))
    return [
        ballot_item(
            option=option, number=number, ballot=ballot, vote=votes.get(option.pk), stepped_off=option.pk in off
        )
        for number, option in enumerate(options, start=1)
    ]


def ballot_item(
    *,
    option: Option,
    number: int,
    ballot: Ballot | None,
    vote: Vote | None,
    stepped_off: bool,
) -> BallotItem:
    """One option on the ballot of one expert."""
    return BallotItem(
        option=option,
        number=number,
        position=vote.position if vote else "",
        comment=vote.comment if vote else "",
        saved=clock(vote.cast_at) if vote else "",
        has_stepped_off=stepped_off,
        is_open=ballot is not None and ballot.state == BallotState.OPEN,
    )


def own_item(*, option: Option, user: User) -> BallotItem:
    """One option on the ballot of ``user``, for the fragment after a vote."""
    ballot = Ballot.objects.filter(review=option.review_id).order_by("-round").first()
    visible = list(Option.objects.visible_to(user).filter(review=option.review_id).values_list("pk", flat=True))
    return ballot_item(
        option=option,
        number=visible.index(option.pk) + 1,
        ballot=ballot,
        vote=Vote.objects.filter(ballot=ballot, option=option, seat__user=user).first(),
        stepped_off=OptionRecusal.objects.filter(option=option, seat__user=user).exists(),
    )


def result_of(*, ballot: Ballot, options: Sequence[Option], user: User) -> Result:
    """What a closed ballot says, by name; reads votes as ``Vote.objects.visible_to`` gives them. Two queries."""
    stored: Mapping[str, Any] = ballot.result or {"counts": [], "quorum_reached": False, "missing_expertise": []}
    votes = list(Vote.objects.visible_to(user).filter(ballot=ballot).select_related("seat__user"))
    off = list(OptionRecusal.objects.filter(option__review=ballot.review_id).select_related("seat__user"))
    numbered = {str(option.pk): (number, option) for number, option in enumerate(options, start=1)}
    return Result(
        closed=clock(ballot.closed_at) if ballot.closed_at else "",
        quorum=_quorum(stored),
        quorum_reached=stored["quorum_reached"],
        options=[
            _option_result(counted, *numbered[counted["option"]], votes=votes, off=off)
            for counted in stored["counts"]
            if counted["option"] in numbered
        ],
    )


def _quorum(stored: Mapping[str, Any]) -> str:
    if stored["quorum_reached"]:
        return _("Quorum reached: %(count)s experts voted.") % {"count": stored["voters"]}
    return _("No quorum: nothing can be adopted from this ballot.")


def _option_result(
    counted: Mapping[str, Any],
    number: int,
    option: Option,
    *,
    votes: Sequence[Vote],
    off: Sequence[OptionRecusal],
) -> OptionResult:
    mine = [vote for vote in votes if vote.option_id == option.pk]
    return OptionResult(
        number=number,
        title=option.title,
        outcome=_outcome(counted),
        tone=_OUTCOME_TONES.get(counted["outcome"], ""),
        rank=counted["rank"],
        cells=[cell for cell in (_cell(position, mine) for position in (*SCALE, Position.ABSTAIN)) if cell.count],
        share_for=_percent(counted["share_for"]),
        share_without_disclosed=_percent(counted["share_without_disclosed"])
        if counted["share_without_disclosed"] != counted["share_for"]
        else "",
        stepped_off=", ".join(row.seat.user.full_name for row in off if row.option_id == option.pk),
        comments=[Comment(vote.seat.user.full_name, vote.comment) for vote in mine if vote.comment],
        chart=vote_bar(
            [sum(vote.position == position for vote in mine) for position in SCALE],
            label=_("Votes from strongly against to strongly for"),
        ),
    )


def _cell(position: Position, votes: Sequence[Vote]) -> CountCell:
    names = sorted(vote.seat.user.full_name for vote in votes if vote.position == position)
    return CountCell(str(position.label), len(names), ", ".join(names))


def _outcome(counted: Mapping[str, Any]) -> str:
    rank = counted["rank"]
    words = {
        "adopted": _("adopted, rank %(rank)s") % {"rank": rank} if rank else _("adopted as a warning"),
        "split": _("split opinion"),
        "not_adopted": _("not adopted"),
        "no_quorum": _("no quorum"),
    }
    return words[counted["outcome"]]


def _percent(share: str | None) -> str:
    """A stored fraction such as "2/3" in per cent."""
    if share is None:
        return _("nobody took a position")
    above, _slash, below = share.partition("/")
    return f"{round(100 * int(above) / int(below or 1))}\N{NO-BREAK SPACE}%"
