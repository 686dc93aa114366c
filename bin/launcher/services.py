"""The portal's own processes: web, worker and beat, each with a log, restarted when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launcher.console import LauncherError, complain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from launcher.processes import Command

# A worker that is asked to stop gives its tasks 20 seconds.
SECONDS_TO_STOP = 25.0
MOST_RESTARTS = 5
RESTART_WINDOW = 60.0


@dataclass
class Service:
    """One long-running process in a session of its own, so that a terminal's Ctrl-C reaches the launcher only."""

    name: str
    command: Command
    log: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_RESTARTS))
    log_began: int = 0

    def start(self) -> None:
        """Start the process; its output is appended to the log."""
        self.starts.append(time.monotonic())
        with self.log.open("ab") as log:
            self.log_began = log.tell()
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.environment),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Number of the process; 0 before the first start."""
        return self.process.pid if self.process else 0

    def has_written(self, text: str) -> bool:
        """Whether ``text`` is in the log since the last start."""
        with self.log.open("rb") as log:
            log.seek(self.log_began)
            return text.encode() in log.read()

    @property
    def has_ended(self) -> bool:
        """Whether the process was started and is no longer there."""
        return self.process is not None and self.process.poll() is not None

    def restart_if_ended(self) -> bool:
        """Start the process again when it has died.

        Raises ``LauncherError`` when it keeps dying.
        """
        if not self.has_ended:
            return False
        if len(self.starts) == MOST_RESTARTS and time.monotonic() - self.starts[0] < RESTART_WINDOW:
            raise LauncherError(self.why_ended())
        complain(f"{self.why_ended()} Starting it again.")
        self.start()
        return True

    def why_ended(self) -> str:
        """One sentence about a process that is no longer there."""
        status = self.process.returncode if self.process else None
        how = f"by signal {-status}" if status is not None and status < 0 else f"with status {status}"
        return f"The {self.name} process ended {how}; its log is {self.log}."

    def ask_to_stop(self) -> None:
        """Send the polite signal and return at once."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait_for_stop(self, seconds: float) -> None:
        """Wait for the end, and force it after ``seconds``, children included."""
        if not self.process:
            return
        try:
            self.process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop_all(services: Sequence[Service], *, seconds: float = SECONDS_TO_STOP) -> None:
    """Stop ``services`` side by side."""
    deadline = time.monotonic() + seconds
    for service in services:
        service.ask_to_stop()
    for service in services:
        service.wait_for_stop(deadline - time.monotonic())
