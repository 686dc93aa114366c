"""What a change means for a case, and who of the board has seen it."""

import pytest
from django.db import IntegrityError, transaction

from cases.services.submission import send_news
from iltb.audit.models import AuditEvent
from iltb.core.errors import NotAllowed
from iltb.core.models import JobState
from tests.factories.accounts import chair, coordinator, expert, physician
from tests.factories.cases import submitted_case
from tests.trials.standing import check, do_runs, matched_case, past_case, publish, runs_of
from trials.models import MatchChange, MatchRun
from trials.services.changes import Stand, effect_of, mark_seen
from trials.services.matching import request_match_run

pytestmark = pytest.mark.django_db


def stand(outcome="possible", availability="recruiting"):
    return Stand(None, outcome, availability)


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (None, stand(), "fits_now"),
        (None, stand(availability="closed"), None),
        (None, stand("criterion_not_met"), None),
        (None, stand("not_now"), "differs"),
        (stand(), None, "fits_no_longer"),
        (stand(), stand(availability="closed"), "fits_no_longer"),
        (stand(), stand(availability="recruiting_elsewhere"), "fits_no_longer"),
        (stand(availability="recruiting_elsewhere"), stand(), "fits_now"),
        (stand(availability="unknown"), stand(availability="not_yet_recruiting"), "differs"),
        (stand(), stand(availability="recruiting_unconfirmed"), None),
        (stand(), stand("no_criterion_fails"), "differs"),
        (stand("not_now"), stand("criterion_not_met"), "differs"),
        (stand("not_now", "closed"), stand(availability="closed"), None),
        (stand("criterion_not_met"), stand("criterion_not_met", "closed"), None),
    ],
)
def test_a_change_says_what_it_means_for_the_case(before, after, effect):
    assert effect_of(before, after) == effect


@pytest.fixture
def change(tmp_path) -> MatchChange:
    case = past_case()
    publish(tmp_path)
    check()
    return case.match_changes.get()


def test_one_of_the_board_marks_a_change_as_seen_for_all(change):
    first, second = coordinator(), coordinator()

    assert [mark_seen(changes=[change.pk], actor=actor) for actor in (first, second)] == [1, 0]
    change.refresh_from_db()
    assert (change.seen_by, change.seen_at is not None) == (first, True)
    assert AuditEvent.objects.filter(verb="matches.changes_seen").count() == 1


def test_only_coordinators_and_chairs_mark(change):
    for actor in (physician(), expert(), change.case.author):
        with pytest.raises(NotAllowed):
            mark_seen(changes=[change.pk], actor=actor)


def test_nobody_marks_what_is_not_theirs_to_see(change):
    """A chair sees a case from its acceptance on."""
    assert mark_seen(changes=[change.pk], actor=chair()) == 0


def test_the_database_keeps_a_change_as_it_was_written(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchChange.objects.filter(pk=change.pk).update(effect="differs")
    mark_seen(changes=[change.pk], actor=coordinator())
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchChange.objects.filter(pk=change.pk).update(seen_at=None, seen_by=None)


def test_a_late_list_of_an_outdated_revision_changes_nothing(tmp_path):
    case = matched_case()
    first = case.revisions.get()
    case.patient.weight_kg = 19
    case.patient.save()
    send_news(case=case, actor=case.author)
    do_runs()
    publish(tmp_path)
    request_match_run(first)
    do_runs()

    assert not case.match_changes.exists()


def test_a_stored_explanation_in_other_words_is_not_carried_over(tmp_path):
    case = matched_case()
    odd = MatchRun.objects.get(revision__case=case).matches.first()
    odd.explanation = [{"words": "of an earlier release"}]
    odd.save()
    publish(tmp_path)
    check()

    anew = MatchRun.objects.newest().get(revision__case=case).matches.filter(carried_from=None)
    assert sorted(anew.values_list("arm__version__trial__key", flat=True)) == sorted(
        [odd.arm.version.trial.key, "trial-a"]
    )


@pytest.mark.parametrize(("state", "runs"), [("submitted", 2), ("closed", 1)])
def test_a_list_that_could_not_be_made_is_asked_for_again_while_the_case_is_open(state, runs):
    case = submitted_case()
    type(case).objects.filter(pk=case.pk).update(state=state)
    MatchRun.objects.filter(revision__case=case).update(state=JobState.FAILED)
    check()

    assert runs_of(case) == runs
