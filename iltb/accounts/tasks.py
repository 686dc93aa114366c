"""What nobody needs any more is not kept."""

from celery import shared_task

from iltb.accounts import kept


@shared_task(name="accounts.forget")
def forget() -> int:
    """Delete what was typed before sign-ins that never came, and ended sessions."""
    return kept.forget_stale()
