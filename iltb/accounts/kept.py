"""What somebody typed while their session had ended is kept for half an hour, for their own eyes alone.

It lies in the database like every draft, never in the browser's storage and never in a session, which the next person
at the desk would take over.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from iltb.accounts.models import KeptText, User

KEPT_FOR: Final = timedelta(minutes=30)
_LONGEST_PATH: Final = 300

Typed = Mapping[str, Sequence[str]]


def keep_text(*, person: str, path: str, typed: Typed) -> None:
    """Keep what an active person sent to ``path``; a later text takes the place of an earlier one."""
    user = User.objects.filter(pk=person, is_active=True).first()
    if user is not None and len(path) <= _LONGEST_PATH:
        KeptText.objects.update_or_create(
            user=user, path=path, defaults={"typed": dict(typed), "kept_at": timezone.now()}
        )


def kept_text(*, user: User, path: str) -> Typed | None:
    """What ``user`` sent to ``path`` at most ``KEPT_FOR`` ago."""
    kept = KeptText.objects.filter(user=user, path=path, kept_at__gt=timezone.now() - KEPT_FOR).first()
    typed: Typed | None = kept.typed if kept else None
    return typed


def forget_text(*, user: User, path: str) -> None:
    """It was sent again, so it is needed no longer."""
    KeptText.objects.filter(user=user, path=path).delete()


def forget_stale() -> int:
    """Delete texts that are too old and sessions that have ended; returns how many texts there were."""
    count, _kinds = KeptText.objects.filter(kept_at__lte=timezone.now() - KEPT_FOR).delete()
    SessionStore.clear_expired()
    return count
