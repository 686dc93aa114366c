"""A publication reaches the match lists once, whatever dies on the way."""

import pytest
from django.utils import timezone

from cases.models import Case
from iltb.core.models import JobState
from tests.factories.accounts import coordinator
from tests.factories.cases import submitted_case
from tests.live.stack import until
from tests.trials.catalogues import trial_document, write
from trials.models import MatchChange, MatchRun, StandingCheck, Trial
from trials.services.catalogue import load_catalogue, publish_version
from trials.services.matching import run_match


@pytest.fixture
def past_case(stack) -> Case:
    case = submitted_case()
    run_match(str(MatchRun.objects.get(revision__case=case).pk))
    Case.objects.filter(pk=case.pk).update(state="closed")
    return case


def publish(tmp_path) -> None:
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=False)
    publish_version(version=Trial.objects.get(key="trial-a").versions.get(), actor=coordinator())


def due_now() -> None:
    for model in (StandingCheck, MatchRun):
        model.objects.filter(state=JobState.PENDING).update(next_try_at=timezone.now())


def is_told() -> bool:
    return MatchChange.objects.exists()


def assert_told_once(case) -> None:
    assert list(case.match_changes.values_list("effect", flat=True)) == ["fits_now"]
    assert MatchRun.objects.filter(revision__case=case, state=JobState.DONE).count() == 2


def test_a_publication_is_told_through_the_real_broker(stack, past_case, tmp_path):
    stack.start_worker()
    stack.start_beat()

    publish(tmp_path)

    assert until(is_told)
    assert_told_once(past_case)


@pytest.mark.faults
@pytest.mark.parametrize(("model", "begun"), [(StandingCheck, 1), (MatchRun, 2)])
def test_killing_the_worker_in_the_middle_tells_once(stack, past_case, tmp_path, model, begun):
    worker = stack.start_worker()
    stack.start_beat()
    publish(tmp_path)
    assert until(lambda: model.objects.filter(attempts=1).count() == begun)

    stack.kill(worker)
    due_now()
    stack.start_worker()

    assert until(is_told)
    assert_told_once(past_case)


@pytest.mark.faults
def test_a_nudge_that_is_lost_tells_once(stack, past_case, tmp_path):
    stack.broker.stop()
    publish(tmp_path)

    stack.broker.start()
    due_now()
    stack.start_worker()
    stack.start_beat()

    assert until(is_told)
    assert_told_once(past_case)
