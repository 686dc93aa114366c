"""The heartbeat of the outbox."""

from celery import shared_task

from iltb.core import jobs


@shared_task(name="core.sweep")
def sweep() -> int:
    """Queue what is due; see ``iltb.core.jobs``."""
    return jobs.sweep()
