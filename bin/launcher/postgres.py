"""A private PostgreSQL on the loopback address, with passwords, without a socket file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launcher import ports
from launcher.console import LauncherError
from launcher.processes import Command, clean_environment, end_leftover, run, server_account, wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.engines import PostgresEngine

SUPERUSER = "postgres"
DATABASE = "iltb"
OWNER, APP = "iltb_owner", "iltb_app"

# A throw-away cluster may lose everything with the machine's power.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (f"listen_addresses={ports.LOOPBACK}", "unix_socket_directories=", "max_connections=200", "timezone=UTC")
ROLES_SCRIPT = Path(__file__).with_name("roles.py")


@dataclass
class Postgres:
    """One cluster: its programs, its folder, and the password of its superuser.

    The server runs as the person who started the launcher, or as ``nobody`` when that is root.
    """

    engine: PostgresEngine
    home: Path
    log: Path
    password: str
    settings: tuple[str, ...] = ()
    port: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        account = server_account()
        self.options = {"cwd": "/", **(account.options if account else {})}

    @property
    def data(self) -> Path:
        """The cluster's folder, named by its major version."""
        return self.home / f"pg{self.engine.major}"

    def url(self, user: str, password: str, database: str = DATABASE) -> str:
        """Address of ``database`` for ``user``."""
        return f"postgres://{user}:{password}@{ports.LOOPBACK}:{self.port}/{database}"

    @property
    def superuser_url(self) -> str:
        """Address for the superuser."""
        return self.url(SUPERUSER, self.password)

    def start(self) -> None:
        """Start the server, or go on with the one that a killed launcher left running."""
        data = self.data
        if not (data / "PG_VERSION").exists():
            self._initialise(data)
        self._require_own(data)
        if self._is_running(data):
            return
        remembered = self.home / "postgres.port"
        self.port = ports.free_port(int(remembered.read_text()) if remembered.exists() else None)
        options = [f"-p {self.port}", *(f"-c {setting}" for setting in (*SETTINGS, *self.settings))]
        # The server opens its own log, which must be writable for the account that runs it.
        server_log = data / "server.log"
        self._control("start", "-w", "-t", "60", "-l", server_log, "-o", " ".join(options))
        remembered.write_text(str(self.port))

    def stop(self) -> None:
        """Stop the server if it runs; open connections are ended."""
        if (self.data / "postmaster.pid").exists():
            self._control("stop", "-m", "fast", "-w", "-t", "30")

    def _control(self, *arguments: str | Path) -> None:
        command: Command = [self.engine.folder / "pg_ctl", "-D", self.data, *arguments]
        run(command, log=self.log, environment=self._environment(), **self.options)

    def _environment(self) -> Mapping[str, str]:
        return clean_environment() | {"LC_ALL": "C"}

    def _initialise(self, data: Path) -> None:
        """Make the cluster beside its final place, so that an interrupted start leaves no half of one."""
        fresh, secret = data.with_name(f"{data.name}.new"), self.home / f"password.{os.getpid()}"
        shutil.rmtree(fresh, ignore_errors=True)
        secret.touch(mode=0o600)
        try:
            secret.write_text(self.password, encoding="utf-8")
            fresh.mkdir(mode=0o700)
            give_to_server([secret, fresh])
            locale = "C.UTF-8" if sys.platform.startswith("linux") else "C"
            command: Command = [self.engine.folder / "initdb", "-D", fresh, "-U", SUPERUSER, "-A", "scram-sha-256"]
            command += [f"--pwfile={secret}", "-E", "UTF8", f"--locale={locale}", "--no-sync", "--no-instructions"]
            run(command, log=self.log, environment=self._environment(), **self.options)
        finally:
            secret.unlink()
        fresh.rename(data)

    def _require_own(self, data: Path) -> None:
        owner = data.stat().st_uid
        account = server_account()
        if owner != (account.uid if account else os.geteuid()):
            message = f"{data} was made by another user: start as that user, or remove it as root."
            raise LauncherError(message)

    def _is_running(self, data: Path) -> bool:
        """Whether the server that ``postmaster.pid`` names is alive; take over its port if so."""
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, ValueError, IndexError):
            return False
        status = subprocess.run(
            [self.engine.folder / "pg_ctl", "-D", data, "status"],
            capture_output=True,
            check=False,
            env=self._environment(),
            **self.options,
        )
        if status.returncode != 0:
            return False
        self.port = port
        if wait_until(lambda: ports.answers(port), seconds=10):
            return True
        # Another program has got the number since, or the server hangs; only the latter is ours to end.
        end_leftover(pid, named=str(data))
        (data / "postmaster.pid").unlink(missing_ok=True)
        return False


def give_to_server(paths: list[Path]) -> None:
    """Make the account that runs the servers the owner of ``paths`` (nothing to do unless root)."""
    if account := server_account():
        for path in paths:
            os.chown(path, account.uid, account.gid)
