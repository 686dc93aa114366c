"""Work for later. The row is the outbox; the broker only carries a nudge that may be lost.

A service writes a row with ``state=pending`` and calls ``enqueue_on_commit``. The sweep (every 5 s) queues again
what is due, so a lost message, an empty broker or a killed worker delays a job and never loses it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from iltb.core.faults import fault_point
from iltb.core.models import JobModel, JobState

log = logging.getLogger(__name__)

MAX_ATTEMPTS: Final = 5
NEXT_SWEEP: Final = timedelta(seconds=30)
SWEEP_LIMIT: Final = 100

Job = TypeVar("Job", bound=JobModel)
Result = TypeVar("Result")


@dataclass(frozen=True)
class JobKind:
    """A task by name, the model whose rows it works on, and the name of its one argument."""

    task: str
    model_label: str
    argument: str

    @property
    def model(self) -> Any:
        """The model class, looked up when it is needed."""
        return apps.get_model(self.model_label)


_kinds: dict[str, JobKind] = {}


def register(task: str, model_label: str, argument: str) -> None:
    """Tell the sweep about a kind of job; called once from ``AppConfig.ready``."""
    _kinds[task] = JobKind(task, model_label, argument)


def registered() -> tuple[JobKind, ...]:
    """Every kind of job, in order of registration."""
    return tuple(_kinds.values())


def enqueue_on_commit(task: str, **ids: str) -> None:
    """Nudge the worker once the surrounding transaction has committed. Failure is ignored: the sweep follows."""
    if task not in _kinds:
        message = f"no job is registered as {task!r}"
        raise LookupError(message)
    transaction.on_commit(partial(_publish, task, ids), robust=True)


def _publish(task: str, ids: dict[str, str]) -> None:
    """Queue by name on a connection that gives up within about 0.3 s."""
    fault_point("job.before_publish")
    try:
        with current_app.connection_for_write(transport_options=settings.NUDGE_TRANSPORT_OPTIONS) as broker:
            current_app.send_task(task, kwargs=ids, connection=broker, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 -- whatever the broker does, the committed deed stands
        log.warning("nudge for %s not delivered (%s); the sweep will queue it", task, type(error).__name__)


@contextmanager
def advisory_lock(label: str, key: object) -> Iterator[bool]:
    """Hold a session lock on one row's name; yields False at once when another process holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), hashtext(%s))", [label, str(key)])
        (taken,) = cursor.fetchone()
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), hashtext(%s))", [label, str(key)])


def run_job(
    model: type[Job],
    key: UUID | str,
    *,
    work: Callable[[Job], Result],
    finish: Callable[[Job, Result], None],
) -> None:
    """Do one job exactly once: claim, work with no transaction open, finish in one transaction.

    Returns quietly when the row is gone, no longer pending, or another process is at it. An error of ``work``
    leaves the row pending for the sweep until its attempts are used up; then it is failed and logged as an alarm.
    """
    manager = model._default_manager
    with advisory_lock(model._meta.label, key) as taken:
        job = _claim(model, key) if taken else None
        if job is None:
            return
        try:
            result = work(job)
        except Exception as error:
            _note_failure(model, key, error)
            raise
        with transaction.atomic():
            locked = manager.select_for_update().get(pk=key)
            if locked.state != JobState.PENDING:
                return
            finish(locked, result)
            locked.state, locked.finished_at, locked.failure = JobState.DONE, timezone.now(), ""
            locked.save(update_fields=["state", "finished_at", "failure"])


def _claim(model: type[Job], key: UUID | str) -> Job | None:
    """Count the attempt and commit it before the work: a job that kills its worker must not loop for ever."""
    manager = model._default_manager
    with transaction.atomic():
        job = manager.select_for_update().filter(pk=key, state=JobState.PENDING).first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _fail(job)
            return None
        job.attempts += 1
        job.next_try_at = timezone.now() + NEXT_SWEEP
        job.save(update_fields=["attempts", "next_try_at"])
    return job


def _note_failure(model: type[Job], key: UUID | str, error: Exception) -> None:
    manager = model._default_manager
    with transaction.atomic():
        job = manager.select_for_update().filter(pk=key, state=JobState.PENDING).first()
        if job is None:  # cancelled while it ran
            return
        job.failure = type(error).__name__
        job.save(update_fields=["failure"])
        if job.attempts >= MAX_ATTEMPTS:
            _fail(job)


def _fail(job: JobModel) -> None:
    job.state, job.finished_at = JobState.FAILED, timezone.now()
    job.save(update_fields=["state", "finished_at"])
    log.critical("job failed for good: %s %s after %s attempts", job._meta.label, job.pk, job.attempts)


def sweep() -> int:
    """Queue every pending row whose time has come, at most 100 of each kind; returns how many."""
    return sum(_sweep_kind(kind) for kind in registered())


def _sweep_kind(kind: JobKind) -> int:
    now = timezone.now()
    with transaction.atomic():
        due = list(
            kind.model.objects.select_for_update(skip_locked=True)
            .filter(state=JobState.PENDING, next_try_at__lte=now)
            .order_by("next_try_at")[:SWEEP_LIMIT],
        )
        kind.model.objects.filter(pk__in=[job.pk for job in due]).update(next_try_at=now + NEXT_SWEEP)
    for job in due:
        if job.attempts >= MAX_ATTEMPTS:
            _fail_if_abandoned(kind, job.pk)
        else:
            _publish(kind.task, {kind.argument: str(job.pk)})
    return len(due)


def _fail_if_abandoned(kind: JobKind, key: object) -> None:
    """The last attempt is over when nobody holds the row's lock any more."""
    with advisory_lock(kind.model._meta.label, key) as free:
        if not free:
            return
        with transaction.atomic():
            job = kind.model.objects.select_for_update().get(pk=key)
            if job.state == JobState.PENDING:
                _fail(job)
