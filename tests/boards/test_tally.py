from fractions import Fraction

import pytest

from boards.tally import Candidate, CastVote, Rule, Voter, tally

RULE = Rule(quorum=4, quorum_expertise=("disease", "biology", "early_phase"), threshold=Fraction(2, 3))
VOTERS = [Voter(str(n), skill) for n, skill in enumerate(["disease", "biology", "early_phase", "flow", "functional"])]


def candidate(key="a", evidence="moderate", *, accessible=True, vetoed=False):
    return Candidate(key, evidence, accessible, vetoed)


def votes(option, *positions):
    return [CastVote(option, str(number), position) for number, position in enumerate(positions)]


def outcome(*positions, **kwargs):
    return counted(*positions, **kwargs).counts[0].outcome


def counted(*positions, option=None):
    return tally(rule=RULE, voters=VOTERS, candidates=[option or candidate()], votes=votes("a", *positions))


def test_two_thirds_adopt_exactly():
    assert outcome("for", "for", "strongly_for", "for", "against", "against") == "adopted"


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        (["for"] * 4, "adopted"),
        (["for", "for", "for", "against", "against"], "split"),
        (["for", "for", "against", "against"], "split"),
        (["for", "against", "against", "against"], "not_adopted"),
        (["abstain"] * 4, "not_adopted"),
        (["neutral"] * 4, "not_adopted"),
        (["for", "for", "abstain", "abstain"], "adopted"),
    ],
)
def test_the_share_decides(positions, expected):
    assert outcome(*positions) == expected


def test_too_few_voters_are_no_quorum():
    assert (counted("for", "for", "for").quorum_reached, outcome("for", "for", "for")) == (False, "no_quorum")


def test_a_missing_expertise_is_no_quorum():
    cast = [CastVote("a", voter, "for") for voter in ("0", "1", "3", "4")]

    result = tally(rule=RULE, voters=VOTERS, candidates=[candidate()], votes=cast)

    assert (result.quorum_reached, result.missing_expertise) == (False, ("early_phase",))


def test_a_safety_veto_keeps_an_option_from_being_adopted():
    assert outcome(*["strongly_for"] * 5, option=candidate(vetoed=True)) == "split"


def test_abstentions_are_counted_apart():
    count = counted("for", "for", "for", "abstain", "against").counts[0]

    assert (count.votes_for, count.against, count.abstained, count.share_for) == (3, 1, 1, Fraction(3, 4))


def test_votes_with_a_disclosed_interest_are_shown_with_and_without():
    cast = [*votes("a", "for", "against", "for", "for"), CastVote("a", "4", "against", disclosed=True)]

    count = tally(rule=RULE, voters=VOTERS, candidates=[candidate()], votes=cast).counts[0]

    assert (count.share_for, count.share_without_disclosed) == (Fraction(3, 5), Fraction(3, 4))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (candidate("b", "high"), candidate("a", "moderate")),
        (candidate("b", accessible=True), candidate("a", accessible=False)),
        (candidate("a"), candidate("b")),
    ],
)
def test_a_tie_goes_to_evidence_then_access_then_the_order_of_the_list(first, second):
    cast = [vote for key in "ab" for vote in votes(key, *["for"] * 4)]
    listed = [first, second] if first.key == "a" else [second, first]

    result = tally(rule=RULE, voters=VOTERS, candidates=listed, votes=cast)

    assert [(count.option, count.rank) for count in result.counts] == [(first.key, 1), (second.key, 2)]


def test_the_higher_mean_ranks_first():
    cast = [*votes("a", *["for"] * 4), *votes("b", *["strongly_for"] * 4)]

    result = tally(rule=RULE, voters=VOTERS, candidates=[candidate("a", "very_high"), candidate("b")], votes=cast)

    assert [(count.option, count.rank, count.mean) for count in result.counts] == [("b", 1, 2), ("a", 2, 1)]


def test_a_warning_is_adopted_without_a_rank_and_leaves_no_gap():
    warning, option = Candidate("a", "high", accessible=True, warning=True), candidate("b")
    cast = [vote for key in "ab" for vote in votes(key, *["for"] * 4)]

    result = tally(rule=RULE, voters=VOTERS, candidates=[warning, option], votes=cast)

    assert [(count.option, count.outcome, count.rank) for count in result.counts] == [
        ("b", "adopted", 1),
        ("a", "adopted", None),
    ]


def test_what_is_not_adopted_has_no_rank():
    assert counted("against", "against", "against", "against").counts[0].rank is None
