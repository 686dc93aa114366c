import pytest

from boards.models import Assessment
from boards.services.assessing import assess, change_option, open_to_panel, propose_option
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, StaleVersion
from tests.factories.boards import ASSESSMENT, OPTION, assessed_review, declared_review, open_ballot, options_of

pytestmark = pytest.mark.django_db


def seen_by(user):
    return {row.seat.user_id for row in Assessment.objects.visible_to(user).select_related("seat")}


def save(panel, number, version=0, **values):
    return assess(
        seat=panel.seat(number),
        actor=panel.experts[number],
        values={**ASSESSMENT, **values},
        version=version,
    )


def test_an_expert_is_blind_until_the_own_assessment_is_saved():
    panel = declared_review()
    save(panel, 0)
    assert seen_by(panel.experts[1]) == set()

    save(panel, 1)

    assert seen_by(panel.experts[1]) == {panel.experts[0].pk, panel.experts[1].pk}


def test_coordinator_and_chair_are_blind_until_the_phase_is_over():
    panel = declared_review()
    save(panel, 0)
    assert (seen_by(panel.coordinator), seen_by(panel.chair)) == (set(), set())

    open_to_panel(review=panel.review, actor=panel.coordinator)

    assert seen_by(panel.coordinator) == seen_by(panel.chair) == {panel.experts[0].pk}


def test_an_expert_without_an_own_assessment_stays_blind_after_the_phase():
    panel = declared_review()
    save(panel, 0)

    open_to_panel(review=panel.review, actor=panel.coordinator)

    assert seen_by(panel.experts[1]) == set()


def test_the_treating_physician_reads_no_assessment():
    panel = assessed_review()

    assert seen_by(panel.physician) == set()


def test_outside_my_expertise_is_a_complete_answer():
    panel = declared_review()

    saved = save(panel, 0, cannot_assess=True, findings="", options="", confidence=None)

    assert saved.cannot_assess


@pytest.mark.parametrize(
    ("field", "value"),
    [("findings", " "), ("options", ""), ("confidence", None), ("confidence", 6), ("confidence", 0)],
)
def test_an_incomplete_assessment_is_refused_at_its_field(field, value):
    panel = declared_review()

    with pytest.raises(InvalidInput) as refusal:
        save(panel, 0, **{field: value})

    assert list(refusal.value.errors) == [field]


def test_two_windows_do_not_overwrite_each_other():
    panel = declared_review()
    save(panel, 0)

    with pytest.raises(StaleVersion):
        save(panel, 0, findings="written in the second window")

    assert Assessment.objects.get().findings == ASSESSMENT["findings"]


def test_an_assessment_says_on_which_revision_it_was_made():
    panel = declared_review()

    assert save(panel, 0).revision == panel.case.revisions.get()


def test_options_are_fixed_once_the_voting_is_open():
    panel, _ballot = open_ballot()

    with pytest.raises(Conflict, match="voting is open"):
        propose_option(review=panel.review, actor=panel.coordinator, values=dict(OPTION))


def test_an_option_is_changed_by_its_author_or_a_coordinator():
    panel = assessed_review()
    option = options_of(panel)[0]

    with pytest.raises(NotAllowed, match="Only its author"):
        change_option(option=option, actor=panel.experts[0], values={"title": "Other"}, version=option.version)

    change_option(option=option, actor=panel.coordinator, values={"title": "Better"}, version=option.version)
    option.refresh_from_db()
    assert option.title == "Better"


def test_an_option_that_is_no_trial_names_no_arm():
    from trials.models import Arm

    panel = assessed_review()

    with pytest.raises(InvalidInput):
        propose_option(review=panel.review, actor=panel.coordinator, values={**OPTION, "arm": Arm.objects.first()})


def test_who_said_cannot_assess_and_has_read_the_others_does_not_assess_after_all():
    panel = declared_review()
    save(panel, 0, findings="", options="", cannot_assess=True)

    with pytest.raises(Conflict, match="that stands"):
        save(panel, 0, version=1)
