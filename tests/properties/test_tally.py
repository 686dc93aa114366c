from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from boards.tally import ABSTAIN, EVIDENCE_ORDER, SCORES, Candidate, CastVote, Rule, Voter, tally

POSITIONS = [*SCORES, ABSTAIN]
RULE = Rule(quorum=3, quorum_expertise=("disease",), threshold=Fraction(2, 3))
VOTERS = [Voter(str(number), "disease") for number in range(7)]
CANDIDATES = [Candidate(key, EVIDENCE_ORDER[number], bool(number % 2)) for number, key in enumerate("abc")]

ballots = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from([voter.key for voter in VOTERS])),
    st.sampled_from(POSITIONS),
)


def as_votes(ballot):
    return [CastVote(option, voter, position) for (option, voter), position in ballot.items()]


def counted(votes):
    return tally(rule=RULE, voters=VOTERS, candidates=CANDIDATES, votes=votes)


@given(ballots, st.randoms())
def test_the_order_of_votes_does_not_matter(ballot, random):
    votes = as_votes(ballot)
    shuffled = list(votes)
    random.shuffle(shuffled)

    assert counted(votes) == counted(shuffled)


@given(ballots)
def test_every_vote_is_counted_once(ballot):
    result = counted(as_votes(ballot))

    assert sum(c.votes_for + c.neutral + c.against + c.abstained for c in result.counts) == len(ballot)


@given(ballots)
def test_one_more_vote_in_favour_never_unseats_an_adopted_option(ballot):
    before = {count.option: count.outcome for count in counted(as_votes(ballot)).counts}
    more = {**ballot, **{("a", voter.key): "strongly_for" for voter in VOTERS[:1]}}

    after = {count.option: count.outcome for count in counted(as_votes(more)).counts}

    assert before["a"] != "adopted" or after["a"] == "adopted"


@given(ballots)
def test_ranks_are_given_without_gaps_to_adopted_options_alone(ballot):
    result = counted(as_votes(ballot))
    ranks = [count.rank for count in result.counts if count.outcome == "adopted"]

    assert ranks == list(range(1, len(ranks) + 1))
    assert all(count.rank is None for count in result.counts if count.outcome != "adopted")
