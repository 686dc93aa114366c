import pytest

from boards.enums import ReviewState, SeatState
from boards.models import Review
from boards.services.assessing import assess, open_to_panel, propose_option
from boards.services.assigning import declare_interest, seat_expert, start_assessing, step_off_option
from boards.services.cancelling import cancel_for
from boards.services.scheduling import plan_meeting, put_on_meeting
from boards.services.voting import cast_vote, close_voting, open_voting
from cases.models import Case
from cases.services.submission import answer_query, submit_case
from cases.services.triage import accept_case, query_case
from iltb.accounts.enums import Role
from iltb.accounts.services import deactivate, give_role, sync_grants, take_role
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from iltb.mail.models import OutboundMail
from tests.factories.accounts import chair, coordinator, expert, observer, physician
from tests.factories.boards import (
    ASSESSMENT,
    OPTION,
    asked_again,
    assessed_review,
    board,
    open_ballot,
    opened_review,
    options_of,
    seated_review,
    voted_review,
)

pytestmark = pytest.mark.django_db


def seat(panel, user, expertise="disease"):
    return seat_expert(review=panel.review, user=user, expertise=expertise, actor=panel.coordinator)


def test_a_seat_opens_the_review_and_tells_the_expert():
    panel, user = opened_review(), expert()

    seat(panel, user)

    assert list(Review.objects.visible_to(user)) == [panel.review]
    assert OutboundMail.objects.get(recipient=user).template == "seat_offered"


def test_the_case_opens_once_interests_are_declared():
    panel = seated_review()
    user = panel.experts[0]
    assert list(Case.objects.visible_to(user)) == []

    declare_interest(seat=panel.seat(), actor=user, level="none")

    assert list(Case.objects.visible_to(user)) == [panel.case]


def test_an_expert_of_the_submitting_hospital_gets_no_seat():
    panel = opened_review()

    with pytest.raises(NotAllowed, match="submitting hospital"):
        seat(panel, expert(at=panel.case.centre))


@pytest.mark.parametrize("who", [physician, observer, coordinator])
def test_only_experts_are_seated(who):
    with pytest.raises(InvalidInput):
        seat(opened_review(), who())


def test_a_deactivated_expert_is_not_seated():
    user = expert()
    deactivate(user=user)
    user.refresh_from_db()

    with pytest.raises(InvalidInput):
        seat(opened_review(), user)


def test_nobody_is_seated_twice():
    panel, user = opened_review(), expert()
    seat(panel, user)

    with pytest.raises(Conflict, match="has a seat"):
        seat(panel, user)


def test_an_expert_does_not_seat_others():
    panel = seated_review()

    with pytest.raises(NotAllowed):
        seat_expert(review=panel.review, user=expert(), expertise="flow", actor=panel.experts[0])


def test_assessing_needs_a_panel():
    panel = opened_review()

    with pytest.raises(Conflict, match="Seat the experts"):
        start_assessing(review=panel.review, actor=panel.coordinator)


def test_nobody_assesses_before_declaring():
    panel = seated_review()

    with pytest.raises(Conflict, match="Declare your interests"):
        assess(seat=panel.seat(), actor=panel.experts[0], values=dict(ASSESSMENT))


def test_my_own_patient_ends_the_seat_and_bars_from_the_case():
    panel = seated_review()
    user = panel.experts[0]

    declared = declare_interest(seat=panel.seat(), actor=user, level="own_patient")

    assert declared.state == SeatState.DECLINED
    assert list(Case.objects.visible_to(user)) == []


def test_a_financial_interest_names_what_it_is():
    panel = seated_review()

    with pytest.raises(InvalidInput, match="drug, company or trial"):
        declare_interest(seat=panel.seat(), actor=panel.experts[0], level="financial")


def test_nobody_declares_for_another():
    panel = seated_review()

    with pytest.raises(NotAllowed):
        declare_interest(seat=panel.seat(0), actor=panel.experts[1], level="none")


def test_a_stranger_declares_nothing():
    panel = seated_review()

    with pytest.raises(NotFound):
        declare_interest(seat=panel.seat(0), actor=expert(), level="none")


def test_stepping_off_after_voting_is_too_late():
    panel, _ballot = open_ballot()
    option, user = options_of(panel)[0], panel.experts[0]

    cast_vote(option=option, expert=user, position="for")

    with pytest.raises(Conflict, match="voted"):
        step_off_option(option=option, actor=user)


def test_opening_to_the_panel_needs_an_assessment():
    panel = seated_review()

    with pytest.raises(Conflict, match="Nobody has saved"):
        open_to_panel(review=panel.review, actor=panel.coordinator)


def test_a_review_moves_only_as_the_table_says():
    panel = assessed_review()

    with pytest.raises(TransitionNotAllowed):
        start_assessing(review=panel.review, actor=panel.coordinator)

    assert panel.fresh().state == ReviewState.READY


def test_a_review_is_put_on_a_meeting(time_machine):
    from datetime import UTC, datetime

    panel = opened_review()
    time_machine.move_to(datetime(2026, 11, 20, 9, tzinfo=UTC))
    meeting = plan_meeting(board=board(), starts_at=datetime(2026, 11, 26, 15, tzinfo=UTC), actor=panel.coordinator)

    put_on_meeting(review=panel.review, meeting=meeting, actor=panel.coordinator)

    assert panel.fresh().meeting == meeting


def test_a_meeting_in_the_past_is_refused():
    from datetime import UTC, datetime

    with pytest.raises(InvalidInput, match="future"):
        plan_meeting(board=board(), starts_at=datetime(2020, 1, 1, tzinfo=UTC), actor=coordinator())


def test_only_coordinators_plan_meetings():
    from datetime import UTC, datetime

    with pytest.raises(NotAllowed):
        plan_meeting(board=board(), starts_at=datetime(2030, 1, 1, tzinfo=UTC), actor=chair())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
def test_who_opens_cases_in_another_role_takes_no_seat(role):
    user = expert()
    give_role(user=user, role=role)

    with pytest.raises(NotAllowed, match="before declaring interests"):
        seat(opened_review(), user)


def test_a_new_revision_waits_until_the_voting_on_the_old_one_is_closed():
    panel, _ballot = open_ballot()
    query_case(case=panel.case, actor=panel.coordinator, text="Is the CSF flow known by now?")
    answer_query(query=panel.case.queries.get(), actor=panel.physician, answer="Yes, negative.")
    submit_case(case=panel.case, actor=panel.physician)

    with pytest.raises(Conflict, match="voting on the earlier revision"):
        accept_case(case=panel.case, actor=panel.coordinator)


def reads(user):
    """Whether the case is open to ``user``, and stays so when the grants are made anew."""
    before = Case.objects.visible_to(user).exists()
    assert sync_grants() == 0
    assert Case.objects.visible_to(user).exists() == before
    return before


def put_to_the_vote(again):
    """Another expert declares and assesses; the first of ``again`` keeps silent until the ballot is open."""
    user = expert()
    seat(again, user)
    start_assessing(review=again.review, actor=again.coordinator)
    declare_interest(seat=again.review.seats.get(user=user), actor=user, level="none")
    assess(seat=again.review.seats.get(user=user), actor=user, values=dict(ASSESSMENT))
    open_to_panel(review=again.review, actor=again.coordinator)
    propose_option(review=again.fresh(), actor=again.coordinator, values=dict(OPTION))
    return open_voting(review=again.fresh(), actor=again.coordinator)


def test_who_is_asked_again_reads_nothing_before_declaring_again():
    again = asked_again(voted_review()[0])

    assert not reads(again.experts[0])


def test_a_cancelled_review_gives_the_case_back_to_who_had_declared_before():
    again = asked_again(voted_review()[0])

    cancel_for(case=again.case)

    assert reads(again.experts[0])


def test_a_cancelled_review_opens_the_case_to_nobody_who_never_declared():
    again = asked_again(voted_review()[0])
    newcomer = expert()
    seat(again, newcomer)

    cancel_for(case=again.case)

    assert not reads(newcomer)


def test_a_cancelled_review_opens_the_case_to_nobody_who_is_no_expert_any_more():
    again = asked_again(voted_review()[0])
    user = again.experts[0]
    take_role(membership=user.memberships.get(role=Role.EXPERT))

    cancel_for(case=again.case)

    assert not reads(user)


def test_who_keeps_silent_until_the_voting_reads_nothing_while_it_is_open():
    again = asked_again(voted_review()[0])

    put_to_the_vote(again)

    with pytest.raises(Conflict, match="voting has begun"):
        declare_interest(seat=again.seat(), actor=again.experts[0], level="none")
    assert not reads(again.experts[0])


def test_who_kept_silent_reads_again_once_the_voting_is_closed():
    again = asked_again(voted_review()[0])

    close_voting(ballot=put_to_the_vote(again), actor=again.chair)

    assert reads(again.experts[0])


def test_a_review_that_moves_on_asks_for_the_declaration_still():
    again = asked_again(voted_review()[0])

    start_assessing(review=again.review, actor=again.coordinator)

    assert not reads(again.experts[0])
