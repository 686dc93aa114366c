"""Free and taken ports of this machine's loopback address."""

from __future__ import annotations

import socket
import time

LOOPBACK = "127.0.0.1"


def is_free(port: int, *, within: float = 0) -> bool:
    """Whether a server can listen on ``port``, now or before so many seconds have passed."""
    deadline = time.monotonic() + within
    while not _can_listen(port):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True


def _can_listen(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: connections of an earlier start that still wait for their end are no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether something listens on ``port``."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def free_port(preferred: int | None = None) -> int:
    """``preferred`` where it is free, else any free port."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
