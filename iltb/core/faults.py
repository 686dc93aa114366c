"""Named points at which a test may let a process die as if by ``kill -9``."""

import os
from typing import Final

from django.conf import settings

POINTS: Final = frozenset(
    {
        "sign.after_commit",
        "job.before_publish",
        "letter.before_render",
        "letter.after_render",
        "letter.after_file",
        "letter.before_commit",
        "mail.after_send",
    },
)


def fault_point(name: str) -> None:
    """Exit hard when ``ILTB_FAULT`` names this point; production settings never read that variable."""
    if name not in POINTS:
        message = f"unknown fault point {name!r}"
        raise ValueError(message)
    if name == settings.ILTB_FAULT:
        os._exit(137)
