"""A private Valkey or Redis on the loopback address, with a password."""

from __future__ import annotations

import socket
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from launcher import ports
from launcher.console import LauncherError
from launcher.postgres import give_to_server
from launcher.processes import clean_environment, end_leftover, server_account, wait_until
from launcher.project import read_json, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.engines import BrokerEngine

SECONDS_TO_START = 10.0
ALIVE = b"+OK\r\n+PONG\r\n"


@dataclass
class Broker:
    """One server: its program, its folder and its password.

    With ``durable`` its content outlives a restart.
    """

    engine: BrokerEngine
    home: Path
    log: Path
    password: str
    durable: bool = True
    port: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        account = server_account()
        self.options = account.options if account else {}

    @property
    def data(self) -> Path:
        """The server's folder."""
        return self.home / "broker"

    @property
    def url(self) -> str:
        """Address of the first database of the server."""
        return f"redis://:{self.password}@{ports.LOOPBACK}:{self.port}/0"

    @property
    def pid(self) -> int:
        """Number of the process that was started last; 0 before the first."""
        return int(self._remembered().get("pid", 0))

    def _remembered(self) -> dict[str, Any]:
        return read_json(self.home / "broker.json")

    def start(self) -> None:
        """Start the server, or go on with the one that a killed launcher left running."""
        remembered = self._remembered()
        self.port = int(remembered.get("port", 0))
        if self.port and self.answers():
            return
        self.stop()
        self.port = ports.free_port(self.port)
        self.data.mkdir(mode=0o700, exist_ok=True)
        give_to_server([self.data])
        process = self._launch()
        write_json(self.home / "broker.json", {"pid": process.pid, "port": self.port})
        if not wait_until(lambda: self.answers() or process.poll() is not None, seconds=SECONDS_TO_START):
            self.stop()
        if not self.answers():
            message = f"The broker did not start; what it wrote is in {self.log}."
            raise LauncherError(message)

    def stop(self) -> None:
        """Stop the process that is remembered, if it still is this server."""
        end_leftover(self.pid, named=self.engine.program.name)
        if self._process:
            self._process.wait()
            self._process = None

    def answers(self) -> bool:
        """Whether this very server answers: it knows the password and says PONG."""
        try:
            with socket.create_connection((ports.LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                received = b""
                while not received.endswith(ALIVE) and (part := connection.recv(256)):
                    received += part
        except OSError:
            return False
        return received == ALIVE

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = {
            "bind": ports.LOOPBACK,
            "port": self.port,
            "requirepass": self.password,
            "dir": self.data,
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [self.engine.program, "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=clean_environment(),
                cwd="/",
                start_new_session=True,
                **self.options,
            )
        # By standard input the password shows neither in a file nor in the list of processes.
        with process.stdin or log as configuration:
            configuration.write("".join(f"{name} {value}\n" for name, value in settings.items()).encode())
        self._process = process
        return process
