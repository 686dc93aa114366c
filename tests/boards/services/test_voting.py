import threading

import pytest
from django.db import connections

from boards.enums import BallotState, ReviewState
from boards.models import Ballot, Vote
from boards.services.assigning import declare_interest, step_off_option
from boards.services.voting import cast_vote, close_voting, open_voting
from cases.services.access import recuse
from cases.services.submission import withdraw_case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from iltb.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from tests.database import refused
from tests.factories.accounts import expert, observer
from tests.factories.boards import assessed_review, open_ballot, options_of, seated_review, voted_review

pytestmark = pytest.mark.django_db

SLIPPED_IN = """
INSERT INTO boards_vote (id, position, comment, cast_at, ballot_id, option_id, revision_id, seat_id)
SELECT gen_random_uuid(), position, comment, cast_at, ballot_id, option_id, revision_id, seat_id FROM boards_vote
"""


def positions(ballot):
    return sorted(ballot.votes.values_list("position", flat=True))


def test_a_vote_is_kept():
    panel, ballot = open_ballot()

    cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="for")

    assert positions(ballot) == ["for"]


def test_a_second_vote_replaces_the_first():
    panel, ballot = open_ballot()
    option = options_of(panel)[0]

    for position in ("for", "against"):
        cast_vote(option=option, expert=panel.experts[0], position=position)

    assert positions(ballot) == ["against"]


def test_votes_are_secret_until_the_chair_closes():
    panel, ballot = open_ballot()
    cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="for")
    others = [panel.experts[1], panel.coordinator, panel.chair, panel.physician]
    assert [Vote.objects.visible_to(user).count() for user in others] == [0, 0, 0, 0]
    assert Vote.objects.visible_to(panel.experts[0]).count() == 1

    close_voting(ballot=ballot, actor=panel.chair)

    assert [Vote.objects.visible_to(user).count() for user in others] == [1, 1, 1, 0]


def test_closing_stores_the_tally_and_ends_the_discussion():
    panel, ballot = voted_review()

    assert (ballot.state, panel.fresh().state) == (BallotState.CLOSED, ReviewState.DISCUSSED)
    assert [count["outcome"] for count in ballot.result["counts"]] == ["adopted"]


def test_a_vote_after_closing_is_refused():
    panel, ballot = voted_review()

    with pytest.raises(Conflict, match="was closed"):
        cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="against")

    assert positions(ballot) == ["for"] * 5


def test_only_the_chair_closes():
    panel, ballot = open_ballot()

    for actor in (panel.coordinator, panel.experts[0]):
        with pytest.raises(NotAllowed):
            close_voting(ballot=ballot, actor=actor)


def test_voting_opens_only_on_options_of_an_assessed_review():
    blind, empty = seated_review(), assessed_review(options=0)

    with pytest.raises(Conflict, match="Open the assessments"):
        open_voting(review=blind.review, actor=blind.coordinator)
    with pytest.raises(Conflict, match="no option"):
        open_voting(review=empty.review, actor=empty.coordinator)


def test_voting_is_opened_once():
    panel, _ballot = open_ballot()

    with pytest.raises(Conflict, match="opened already"):
        open_voting(review=panel.review, actor=panel.coordinator)


def test_nobody_votes_without_a_seat():
    panel, _ballot = open_ballot()
    option = options_of(panel)[0]

    for stranger in (expert(), observer(), panel.physician):
        with pytest.raises(NotFound):
            cast_vote(option=option, expert=stranger, position="for")
    for manager in (panel.coordinator, panel.chair):
        with pytest.raises(NotAllowed):
            cast_vote(option=option, expert=manager, position="for")


def test_who_stepped_off_an_option_votes_on_the_others_only():
    panel, ballot = open_ballot(options=2)
    first, second = options_of(panel)
    step_off_option(option=first, actor=panel.experts[0])

    with pytest.raises(NotAllowed, match="stepped off"):
        cast_vote(option=first, expert=panel.experts[0], position="for")
    cast_vote(option=second, expert=panel.experts[0], position="for")

    assert ballot.votes.count() == 1


def test_who_joins_the_submitting_hospital_after_being_seated_no_longer_votes():
    panel, _ballot = open_ballot()
    give_role(user=panel.experts[0], role=Role.EXPERT, centre=panel.case.centre)

    with pytest.raises(NotAllowed, match="submitting hospital"):
        cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="for")


def test_a_recused_expert_no_longer_votes():
    panel, _ballot = open_ballot()
    recuse(case=panel.case, user=panel.experts[0], actor=panel.coordinator)

    with pytest.raises(NotFound):
        cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="for")


def test_a_position_that_does_not_exist_is_refused():
    panel, _ballot = open_ballot()

    with pytest.raises(InvalidInput):
        cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="maybe")


FORBIDDEN = [
    "UPDATE boards_vote SET position = 'against'",
    "DELETE FROM boards_vote",
    "UPDATE boards_ballot SET state = 'open'",
    "UPDATE boards_ballot SET result = '{}'",
    "DELETE FROM boards_ballot",
    SLIPPED_IN,
]


def test_the_database_refuses_to_change_a_closed_ballot():
    voted_review()

    assert [statement for statement in FORBIDDEN if not refused(statement)] == []


@pytest.mark.django_db(transaction=True)
def test_votes_and_closing_race_and_the_result_equals_the_accepted_votes():
    for _ in range(5):
        panel, ballot = open_ballot()
        option = options_of(panel)[0]
        accepted, start = [], threading.Barrier(6)

        def vote(user, option=option, accepted=accepted, start=start):
            start.wait()
            try:
                cast_vote(option=option, expert=user, position="for")
                accepted.append(user.pk)
            except DomainError:
                pass
            finally:
                connections.close_all()

        def close(ballot=ballot, panel=panel, start=start):
            start.wait()
            close_voting(ballot=ballot, actor=panel.chair)
            connections.close_all()

        run([*(threading.Thread(target=vote, args=(user,)) for user in panel.experts), threading.Thread(target=close)])

        stored = Ballot.objects.get(pk=ballot.pk)
        assert set(stored.votes.values_list("seat__user", flat=True)) == set(accepted)
        assert stored.result["counts"][0]["votes_for"] == len(accepted)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_vote():
    panel, ballot = open_ballot()
    option, start = options_of(panel)[0], threading.Barrier(2)

    def vote(position):
        start.wait()
        try:
            cast_vote(option=option, expert=panel.experts[0], position=position)
        finally:
            connections.close_all()

    run([threading.Thread(target=vote, args=(position,)) for position in ("for", "against")])

    assert ballot.votes.count() == 1


def run(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_who_steps_back_after_voting_is_not_counted():
    panel, ballot = open_ballot()
    for user in panel.experts:
        cast_vote(option=options_of(panel)[0], expert=user, position="for")
    declare_interest(seat=panel.seat(), actor=panel.experts[0], level="own_patient")

    closed = close_voting(ballot=ballot, actor=panel.chair)

    assert (closed.result["voters"], closed.result["counts"][0]["votes_for"]) == (4, 4)


def test_what_was_disclosed_stands_once_the_voting_has_begun():
    panel, _ballot = open_ballot()

    with pytest.raises(Conflict, match="voting has begun"):
        declare_interest(seat=panel.seat(), actor=panel.experts[0], level="investigator", text="Trial B")


def test_nobody_votes_on_a_withdrawn_case():
    panel, _ballot = open_ballot()
    withdraw_case(case=panel.case, actor=panel.physician)

    with pytest.raises(Conflict, match="over"):
        cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="for")
