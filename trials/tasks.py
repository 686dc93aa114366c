"""Matching, done by the worker."""

from celery import shared_task

from trials.services import matching


@shared_task(name="trials.run_match", acks_late=True, reject_on_worker_lost=True)
def run_match(run_id: str) -> None:
    """Do one match run."""
    matching.run_match(run_id)
