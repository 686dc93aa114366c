"""What the launcher says to the person who started it."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class LauncherError(Exception):
    """The launcher cannot go on; the message is one plain sentence that says what to do."""


class Interrupted(BaseException):
    """The person or the system asked the launcher to stop."""


def say(text: str = "") -> None:
    """Print one line at once, also when the output is a file."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print one line on standard error."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Say what is done before it is done and, when it held, how many seconds it took."""
    started = time.monotonic()
    sys.stdout.write(f"  {what} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - started:.1f} s")
