"""Letters, made by the worker."""

from celery import shared_task

from boards.services import advising


@shared_task(name="boards.render_letter", acks_late=True, reject_on_worker_lost=True)
def render_letter(letter_id: str) -> None:
    """Make one letter."""
    advising.render_letter(letter_id)
