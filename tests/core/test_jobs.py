import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from iltb.core import jobs
from iltb.core.models import JobState
from iltb.mail.models import MailState, OutboundMail
from iltb.mail.services import cancel_mails, deliver, send_mail
from tests.factories.accounts import person
from tests.factories.cases import draft

pytestmark = pytest.mark.django_db


def waiting_mail() -> OutboundMail:
    case = draft()
    send_mail(recipient=case.author, template="case_queried", subject=case, path="/cases/x/")
    return OutboundMail.objects.latest("created_at")


def fresh(mail):
    return OutboundMail.objects.get(pk=mail.pk)


def failing(job):
    raise ConnectionError


def test_a_job_is_done_once_however_often_it_is_delivered(mailoutbox):
    mail = waiting_mail()

    for _ in range(3):
        deliver(str(mail.pk))

    assert (fresh(mail).state, fresh(mail).attempts, len(mailoutbox)) == (MailState.DONE, 1, 1)


def test_an_unknown_key_does_nothing(mailoutbox):
    deliver("00000000-0000-4000-8000-000000000000")

    assert mailoutbox == []


def test_a_failing_job_stays_pending_and_counts_its_attempt():
    mail = waiting_mail()

    with pytest.raises(ConnectionError):
        jobs.run_job(OutboundMail, mail.pk, work=failing, finish=lambda *_: None)

    assert (fresh(mail).state, fresh(mail).attempts, fresh(mail).failure) == ("pending", 1, "ConnectionError")


def test_after_five_attempts_a_job_is_failed_and_alarms(caplog):
    mail = waiting_mail()

    for _ in range(jobs.MAX_ATTEMPTS):
        with pytest.raises(ConnectionError):
            jobs.run_job(OutboundMail, mail.pk, work=failing, finish=lambda *_: None)

    assert fresh(mail).state == JobState.FAILED
    assert [record.levelname for record in caplog.records if "failed for good" in record.message] == ["CRITICAL"]


def test_the_sweep_queues_only_what_is_due():
    mail = waiting_mail()
    OutboundMail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() + timedelta(seconds=60))

    assert jobs.sweep() == 0


def test_the_sweep_moves_the_next_try_ahead():
    mail = waiting_mail()
    OutboundMail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))

    assert jobs.sweep() == 1
    assert fresh(mail).next_try_at > timezone.now() + timedelta(seconds=20)


def test_the_sweep_fails_a_job_whose_last_attempt_died():
    mail = waiting_mail()
    past = timezone.now() - timedelta(seconds=1)
    OutboundMail.objects.filter(pk=mail.pk).update(attempts=jobs.MAX_ATTEMPTS, next_try_at=past)

    jobs.sweep()

    assert fresh(mail).state == JobState.FAILED


def test_a_cancelled_mail_is_never_sent(mailoutbox):
    mail = waiting_mail()
    cancel_mails(subject=mail.recipient.cases_written.get())

    deliver(str(mail.pk))

    assert (fresh(mail).state, mailoutbox) == (MailState.CANCELLED, [])


def test_nobody_writes_to_a_deactivated_account():
    user = person(is_active=False)

    send_mail(recipient=user, template="case_queried", subject=draft(), path="/")

    assert not OutboundMail.objects.filter(recipient=user).exists()


def test_an_unregistered_task_is_a_programming_error():
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        jobs.enqueue_on_commit("nobody.knows", key="1")


@pytest.mark.django_db(transaction=True)
def test_a_lock_taken_elsewhere_ends_the_job_at_once():
    mail = waiting_mail()

    with OtherConnection() as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s), hashtext(%s))", ["mail.OutboundMail", str(mail.pk)])
        deliver(str(mail.pk))

    assert fresh(mail).attempts == 0


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_holds_up_a_commit_for_less_than_two_seconds(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    mail = waiting_mail()
    started = time.monotonic()

    with transaction.atomic():
        jobs.enqueue_on_commit("mail.send", mail_id=str(mail.pk))

    assert time.monotonic() - started < 2
    assert fresh(mail).state == JobState.PENDING


class OtherConnection:
    """A second session of the same database."""

    def __enter__(self):
        self.connection = connection.copy()
        return self.connection

    def __exit__(self, *_):
        self.connection.close()


def test_a_job_cancelled_while_it_failed_stays_cancelled():
    mail = waiting_mail()

    def cancelled_and_failing(job):
        OutboundMail.objects.filter(pk=job.pk).update(state=MailState.CANCELLED, attempts=jobs.MAX_ATTEMPTS)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        jobs.run_job(OutboundMail, mail.pk, work=cancelled_and_failing, finish=lambda *_: None)

    assert (fresh(mail).state, fresh(mail).failure) == (MailState.CANCELLED, "")
