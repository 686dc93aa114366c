"""Count votes. Plain functions; the order of votes never matters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

SCORES: Final[Mapping[str, int]] = {
    "strongly_for": 2,
    "for": 1,
    "neutral": 0,
    "against": -1,
    "strongly_against": -2,
}
ABSTAIN: Final = "abstain"
EVIDENCE_ORDER: Final = (
    "very_high",
    "high",
    "moderate",
    "intermediate",
    "borderline",
    "low",
    "very_low",
    "not_graded",
)
SPLIT_FROM: Final = Fraction(1, 2)


@dataclass(frozen=True)
class CastVote:
    """One position of one voter on one option; ``disclosed`` marks a voter with a disclosed interest."""

    option: str
    voter: str
    position: str
    disclosed: bool = False


@dataclass(frozen=True)
class Voter:
    """Somebody who may vote, with the expertise they were asked for."""

    key: str
    expertise: str


@dataclass(frozen=True)
class Candidate:
    """An option as the ranking needs it; a warning against something is adopted without a rank."""

    key: str
    evidence: str
    accessible: bool
    vetoed: bool = False
    warning: bool = False


@dataclass(frozen=True)
class Rule:
    """Quorum and threshold, as the board set them. ``threshold`` is a share from 0 to 1."""

    quorum: int
    quorum_expertise: tuple[str, ...]
    threshold: Fraction


@dataclass(frozen=True)
class Count:
    """What one option got. ``share_for`` is of the votes that do not abstain, None when there are none."""

    option: str
    votes_for: int
    neutral: int
    against: int
    abstained: int
    share_for: Fraction | None
    mean: Fraction | None
    share_without_disclosed: Fraction | None
    outcome: str
    rank: int | None = None


@dataclass(frozen=True)
class Tally:
    """Quorum and the options, adopted ones first in their rank."""

    quorum_reached: bool
    missing_expertise: tuple[str, ...]
    voters: int
    counts: tuple[Count, ...]


def tally(
    *,
    rule: Rule,
    voters: Iterable[Voter],
    candidates: Sequence[Candidate],
    votes: Iterable[CastVote],
) -> Tally:
    """Count ``votes`` by ``rule``.

    Adopted: quorum, a share of "for" of at least ``threshold`` among votes that do not abstain, and no safety veto.
    From one half up to the threshold the opinion is split. Adopted options are ranked by mean score; a tie goes to
    the higher evidence, then to what is accessible, then to the order of ``candidates``.
    """
    cast = list(votes)
    present = {vote.voter for vote in cast}
    expertise = {voter.expertise for voter in voters if voter.key in present}
    missing = tuple(name for name in rule.quorum_expertise if name not in expertise)
    reached = len(present) >= rule.quorum and not missing
    counts = {candidate.key: _count(candidate, cast, rule.threshold, quorum=reached) for candidate in candidates}
    ranked = sorted(
        (option for option in candidates if counts[option.key].outcome == "adopted" and not option.warning),
        key=lambda candidate: (
            -(counts[candidate.key].mean or Fraction(0)),
            EVIDENCE_ORDER.index(candidate.evidence),
            not candidate.accessible,
            candidates.index(candidate),
        ),
    )
    ranks = {candidate.key: place for place, candidate in enumerate(ranked, start=1)}
    ordered = sorted(candidates, key=lambda candidate: ranks.get(candidate.key, len(ranks) + 1))
    return Tally(
        quorum_reached=reached,
        missing_expertise=missing,
        voters=len(present),
        counts=tuple(_ranked(counts[candidate.key], ranks.get(candidate.key)) for candidate in ordered),
    )


def _count(candidate: Candidate, votes: Iterable[CastVote], threshold: Fraction, *, quorum: bool) -> Count:
    mine = [vote for vote in votes if vote.option == candidate.key]
    scores = [SCORES[vote.position] for vote in mine if vote.position != ABSTAIN]
    without = [SCORES[vote.position] for vote in mine if vote.position != ABSTAIN and not vote.disclosed]
    share = _share_for(scores)
    return Count(
        option=candidate.key,
        votes_for=sum(score > 0 for score in scores),
        neutral=scores.count(0),
        against=sum(score < 0 for score in scores),
        abstained=len(mine) - len(scores),
        share_for=share,
        mean=Fraction(sum(scores), len(scores)) if scores else None,
        share_without_disclosed=_share_for(without),
        outcome=_outcome(share, threshold, vetoed=candidate.vetoed, quorum=quorum),
    )


def _share_for(scores: Sequence[int]) -> Fraction | None:
    return Fraction(sum(score > 0 for score in scores), len(scores)) if scores else None


def _outcome(share: Fraction | None, threshold: Fraction, *, vetoed: bool, quorum: bool) -> str:
    if not quorum:
        return "no_quorum"
    if share is None:
        return "not_adopted"
    if share >= threshold and not vetoed:
        return "adopted"
    return "split" if share >= SPLIT_FROM else "not_adopted"


def _ranked(count: Count, rank: int | None) -> Count:
    return Count(**{**count.__dict__, "rank": rank})
