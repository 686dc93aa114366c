"""May this person do this to this object? One question, one answer."""

from typing import Any

from django.utils.translation import gettext as _

from iltb.accounts.models import User
from iltb.core.errors import NotAllowed, NotFound


def require(actor: User, codename: str, target: Any) -> None:
    """Raise ``NotFound`` unless ``target`` is visible to ``actor``, ``NotAllowed`` unless ``codename`` is theirs."""
    rows = type(target).objects.filter(pk=target.pk)
    if rows.granted(actor, codename).exists():
        return
    if rows.visible_to(actor).exists():
        raise NotAllowed(_("This is not for you to do here."))
    raise NotFound
