"""Links that open one row for one purpose to whoever got the mail, without an account.

A token says nothing but the key of the row. Whether it still opens anything is told by the row, which can lapse or be
withdrawn; a new ``SECRET_KEY`` ends all of them.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer


def signed_key(key: UUID, *, purpose: str) -> str:
    """The token of a row for one purpose; no other purpose accepts it."""
    return _signer(purpose).sign(key.hex)


def key_in(token: str, *, purpose: str) -> UUID | None:
    """The key of the row that a token opens; ``None`` for what was not signed here for this purpose."""
    try:
        return UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=f"iltb.mail.links.{purpose}")
