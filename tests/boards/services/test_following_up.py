import pytest

from boards.enums import FollowUpState
from boards.models import FollowUp
from boards.services.following_up import answer_follow_up
from iltb.core.errors import InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from tests.factories.accounts import physician
from tests.factories.boards import signed_letter

pytestmark = pytest.mark.django_db
ANSWER = {"followed": "fully", "option_chosen": 1, "patient_status": "alive_in_remission"}


@pytest.fixture
def asked():
    panel, _letter = signed_letter()
    return panel, FollowUp.objects.earliest("due_at")


def test_an_answer_is_kept(asked):
    panel, follow_up = asked

    answered = answer_follow_up(follow_up=follow_up, actor=panel.physician, values=dict(ANSWER))

    assert (answered.state, answered.followed) == (FollowUpState.ANSWERED, "fully")


@pytest.mark.parametrize("followed", ["partly", "not"])
def test_not_following_asks_for_a_reason(asked, followed):
    panel, follow_up = asked

    with pytest.raises(InvalidInput, match="reason"):
        answer_follow_up(follow_up=follow_up, actor=panel.physician, values={**ANSWER, "followed": followed})


def test_too_early_needs_no_reason(asked):
    panel, follow_up = asked

    answered = answer_follow_up(follow_up=follow_up, actor=panel.physician, values={**ANSWER, "followed": "too_early"})

    assert answered.reasons_not_followed == []


@pytest.mark.parametrize(
    "change",
    [{"followed": ""}, {"followed": "perhaps"}, {"patient_status": ""}, {"reasons_not_followed": ["moon"]}],
)
def test_an_impossible_answer_is_refused(asked, change):
    panel, follow_up = asked

    with pytest.raises(InvalidInput):
        answer_follow_up(follow_up=follow_up, actor=panel.physician, values={**ANSWER, **change})


def test_a_follow_up_is_answered_once(asked):
    panel, follow_up = asked
    answer_follow_up(follow_up=follow_up, actor=panel.physician, values=dict(ANSWER))

    with pytest.raises(TransitionNotAllowed):
        answer_follow_up(follow_up=follow_up, actor=panel.physician, values=dict(ANSWER))


def test_others_do_not_answer(asked):
    panel, follow_up = asked

    with pytest.raises(NotFound):
        answer_follow_up(follow_up=follow_up, actor=physician(), values=dict(ANSWER))
    with pytest.raises(NotAllowed):
        answer_follow_up(follow_up=follow_up, actor=panel.coordinator, values=dict(ANSWER))
