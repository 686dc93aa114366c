"""Exactly one letter, whatever dies on the way."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from boards.models import Letter
from iltb.core.models import JobState
from iltb.mail.models import OutboundMail
from tests.factories.boards import advice_with_chair, signed_letter
from tests.live.stack import until

POINTS = ["letter.before_render", "letter.after_render", "letter.after_file", "letter.before_commit"]


def done():
    return Letter.objects.filter(state=JobState.DONE).exists()


def due_now():
    Letter.objects.filter(state=JobState.PENDING).update(next_try_at=timezone.now())


def assert_exactly_one_letter(stack):
    files = [path for path in (stack.folder / "media").rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".pdf"]
    assert OutboundMail.objects.filter(template="letter_ready").count() == 1
    call_command("check_invariants", stdout=StringIO())


def test_a_signature_becomes_a_letter_through_the_real_broker(stack):
    stack.start_worker()

    signed_letter()

    assert until(done)
    assert_exactly_one_letter(stack)


def test_killing_the_worker_in_mid_render_ends_in_exactly_one_letter(stack):
    worker = stack.start_worker()
    signed_letter()
    assert until(lambda: Letter.objects.filter(attempts=1).exists())

    stack.kill(worker)
    assert not done()
    due_now()
    stack.start_worker()
    stack.start_beat()

    assert until(done)
    assert_exactly_one_letter(stack)


def test_a_broker_restarted_empty_ends_in_exactly_one_letter(stack):
    stack.start_worker()
    stack.start_beat()
    _panel, letter = signed_letter_while_the_broker_is_away(stack)

    stack.broker.start()
    due_now()

    assert until(done)
    assert Letter.objects.get() == letter
    assert_exactly_one_letter(stack)


def signed_letter_while_the_broker_is_away(stack):
    from boards.services.advising import sign_advice

    panel, advice = advice_with_chair()
    stack.broker.stop()
    signed = sign_advice(
        advice=advice,
        actor=panel.chair,
        version=advice.version,
        authenticated_at=timezone.now(),
    )
    return panel, signed.letter


@pytest.mark.faults
@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_at_any_point_leaves_exactly_one_letter(stack, point):
    worker = stack.start_worker(fault=point)
    signed_letter()
    assert until(lambda: worker.poll() is not None)
    assert worker.returncode == 137

    due_now()
    stack.start_worker()
    stack.start_beat()

    assert until(done)
    assert_exactly_one_letter(stack)


@pytest.mark.faults
def test_ten_deliveries_of_one_message_are_one_letter(stack):
    from iltb.celery import app

    _panel, letter = signed_letter()
    for _ in range(10):
        app.send_task("boards.render_letter", kwargs={"letter_id": str(letter.pk)})

    for _ in range(2):
        stack.start_worker()

    assert until(done)
    assert_exactly_one_letter(stack)
