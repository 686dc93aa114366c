"""Matching, done by the worker."""

from celery import shared_task

from trials.services import matching, standing


@shared_task(name="trials.run_match", acks_late=True, reject_on_worker_lost=True)
def run_match(run_id: str) -> None:
    """Do one match run."""
    matching.run_match(run_id)


@shared_task(name="trials.run_check", acks_late=True, reject_on_worker_lost=True)
def run_check(check_id: str) -> None:
    """Compare every case of interest with the catalogue."""
    standing.run_check(check_id)


@shared_task(name="trials.look_for_changes", ignore_result=True)
def look_for_changes() -> None:
    """Ask for a check when something moved on."""
    standing.look_for_changes()
