"""Running other programs: in the foreground, in the background, as another user."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launcher.console import LauncherError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# A shell's own settings for Python, Django, PostgreSQL and the servers are meant for other programs.
FOREIGN_PREFIXES = ("PYTHON", "DJANGO_", "PG", "CELERY_", "PYTEST_", "COVERAGE_", "MYPY", "RUFF_")
FOREIGN_NAMES = frozenset({"VIRTUAL_ENV", "CONDA_PREFIX", "GUNICORN_CMD_ARGS", "WEB_CONCURRENCY", "UV_SYSTEM_PYTHON"})

SECONDS_TO_END = 10.0

Command = list[str | Path]
"""A program and its arguments."""


@dataclass(frozen=True)
class Account:
    """The unprivileged account that runs the servers when the launcher is root."""

    uid: int
    gid: int

    @property
    def options(self) -> dict[str, Any]:
        """Arguments for ``subprocess`` that drop root's rights."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account | None:
    """``nobody`` when the launcher is root (PostgreSQL refuses root), else ``None``: the person's own account."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def clean_environment(source: Mapping[str, str] | None = None) -> dict[str, str]:
    """``source`` (default: this process's environment) without settings that would change what our programs do."""
    given = os.environ if source is None else source
    return {
        name: value
        for name, value in given.items()
        if name not in FOREIGN_NAMES and not name.startswith(FOREIGN_PREFIXES)
    }


def run(command: Command, *, log: Path, environment: Mapping[str, str], **options: Any) -> None:
    """Run ``command`` to its end with its output in ``log``.

    Raises ``CommandFailedError`` with the tail of what it wrote when it does not exit with 0.
    """
    with log.open("ab") as output:
        began = output.tell()
        output.write(f"$ {' '.join(map(str, command))}\n".encode())
        output.flush()
        status = call(command, stdout=output, stderr=output, environment=environment, **options)
    if status != 0:
        with log.open("rb") as written:
            written.seek(began)
            raise CommandFailedError(command, status, written.read().decode(errors="replace"), log)


class CommandFailedError(LauncherError):
    """A program ended with an error; ``output`` is what it wrote."""

    def __init__(self, command: Command, status: int, output: str, log: Path) -> None:
        self.output = output
        super().__init__(f"{Path(command[0]).name} ended with status {status}; what it wrote is in {log}.")


def call(command: Command, *, environment: Mapping[str, str], **options: Any) -> int:
    """Run ``command`` to its end and return its status; ended politely when the launcher is interrupted."""
    options.setdefault("stdin", subprocess.DEVNULL)
    process = subprocess.Popen([str(part) for part in command], env=dict(environment), **options)
    try:
        return process.wait()
    except BaseException:
        end(process)
        raise


def end(process: subprocess.Popen[Any], *, seconds: float = SECONDS_TO_END) -> None:
    """Ask ``process`` to stop, and stop it after ``seconds``."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def command_line(pid: int) -> str:
    """The command line of the process ``pid``; empty when there is no such process."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    if sys.platform == "darwin":
        command = ["/bin/ps", "-p", str(pid), "-o", "command="]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)
        return listed.stdout.strip()
    return ""


def end_leftover(pid: int, *, named: str, seconds: float = SECONDS_TO_END) -> bool:
    """End the process ``pid`` and its children if its command line contains ``named``; return whether it was there.

    A number read from a file may by now belong to somebody else's process. Ours lead a process group of their own.
    """
    if not pid or named not in command_line(pid):
        return False
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)
        if wait_until(lambda: named not in command_line(pid), seconds=seconds):
            break
    return True


def wait_until(holds: Callable[[], bool], *, seconds: float, every: float = 0.05) -> bool:
    """Ask ``holds`` again and again for at most ``seconds``; return whether it came true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
