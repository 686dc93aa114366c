"""The demo: servers, database, web, worker and beat, started and stopped as one."""

from __future__ import annotations

import fcntl
import signal
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launcher import environment, ports, servers, system
from launcher.console import LauncherError, doing, say
from launcher.processes import Command, CommandFailedError, clean_environment, end_leftover, run
from launcher.project import fingerprint, read_json, write_json
from launcher.services import Service, stop_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.project import Project

SECONDS_TO_READY = 90.0
SECONDS_TO_LET_GO = 5.0
WORKER_READY = " ready."
SOURCES = ("iltb", "cases", "trials", "boards", "static", "manage.py")
LOGINS = (
    ("treating physician", "physician@demo.example"),
    ("coordinator", "coordinator@demo.example"),
    ("chair", "chair@demo.example"),
    ("expert (1 to 6)", "expert1@demo.example"),
    ("observer", "observer@demo.example"),
    ("operator", "operator@demo.example"),
)
PASSWORD = "demo-only-2026"  # noqa: S105 -- synthetic people of a demo that listens on this machine only


@dataclass
class Stack:
    """One demo of one working tree."""

    project: Project
    port: int
    servers: servers.Servers
    services: list[Service] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the demo answers."""
        return f"http://{ports.LOOPBACK}:{self.port}"

    def environment(self) -> dict[str, str]:
        """The environment of every process of the demo."""
        return clean_environment() | {
            **self.servers.environment(),
            "DJANGO_SETTINGS_MODULE": "iltb.settings.demo",
            "PYTHONUNBUFFERED": "1",
            "SECRET_KEY": self.project.secrets()["secret_key"],
            "ALLOWED_HOSTS": f"{ports.LOOPBACK},localhost",
            "ILTB_BASE_URL": self.address,
            "ILTB_LOG_LEVEL": "INFO",
            "ILTB_DB_ROLE": "app",
            "ILTB_MEDIA_ROOT": str(self.project.var / "media"),
            "ILTB_STATIC_ROOT": str(self.project.var / "static"),
        }

    def start(self) -> None:
        """Bring everything up and wait until the portal says that it is ready."""
        with doing("Starting PostgreSQL and the broker"):
            self.servers.start()
        self._prepare_database()
        with doing("Starting web, worker and beat"):
            self.services = self._services()
            for service in self.services:
                service.start()
            self._remember()
            self._wait_until_ready()

    def stop(self) -> None:
        """Stop everything; data stays in ``var``."""
        try:
            stop_all(self.services)
        finally:
            state_file(self.project).unlink(missing_ok=True)
            self.servers.stop()

    def watch(self) -> None:
        """Keep the processes running until the launcher is interrupted."""
        while True:
            time.sleep(1)
            restarted = [service for service in self.services if service.restart_if_ended()]
            if restarted:
                self._remember()

    def _remember(self) -> None:
        """Note address, processes and servers for other launchers, beside this one or after it was killed."""
        pids = {service.name: service.pid for service in self.services}
        known = {"address": self.address, "pids": pids, "servers": self.servers.environment()}
        write_json(state_file(self.project), known)

    def _services(self) -> list[Service]:
        python, logs = self.project.python, self.project.logs
        celery: Command = [python, "-m", "celery", "-A", "iltb"]
        web: Command = [python, "-m", "gunicorn", "iltb.wsgi:application", "--bind", f"{ports.LOOPBACK}:{self.port}"]
        schedule = self.project.var / "run" / "beat-schedule"
        commands: dict[str, Command] = {
            "web": [*web, "--workers", "2", "--threads", "4", "--no-control-socket"],
            "worker": [
                *celery,
                "worker",
                "--concurrency",
                "2",
                "--loglevel",
                "INFO",
                "--without-mingle",
                "--without-gossip",
            ],
            "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", schedule, "--pidfile", ""],
        }
        environment = self.environment()
        return [Service(name, command, logs / f"{name}.log", environment) for name, command in commands.items()]

    def _prepare_database(self) -> None:
        """Migrate and load, unless nothing has changed since it was last done on this very cluster."""
        stamp = self.project.var / "run" / "prepared.json"
        sources = fingerprint([path for name in SOURCES if (path := self.project.root / name).exists()])
        state = {"sources": sources, "cluster": self.servers.identity}
        static = self.project.var / "static"
        if self.servers.identity and static.is_dir() and read_json(stamp) == state:
            return
        stamp.unlink(missing_ok=True)
        with doing("Preparing the database"):
            self.manage("prepare", role="owner")
        with doing("Loading the demo cases"):
            self.manage("seed_demo")
        write_json(stamp, state)

    def manage(self, command: str, *, role: str = "app") -> None:
        """Run a command of ``manage.py`` on this demo's data as one of the two database roles.

        Raises ``LauncherError`` with the last line that it wrote when it fails.
        """
        log = self.project.logs / f"{command}.log"
        environment = self.environment() | {"ILTB_DB_ROLE": role}
        try:
            run([self.project.python, self.project.root / "manage.py", command], log=log, environment=environment)
        except CommandFailedError as error:
            message = f"manage.py {command} failed ({last_line(error.output)}); all it wrote is in {log}."
            raise LauncherError(message) from error

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_READY
        worker = next(service for service in self.services if service.name == "worker")
        while not ((answer := readiness(self.address)).ready and worker.has_written(WORKER_READY)):
            ended = next((service for service in self.services if service.has_ended), None)
            if ended:
                raise LauncherError(ended.why_ended())
            if time.monotonic() > deadline:
                message = f"The portal did not become ready in {SECONDS_TO_READY:.0f} s: {answer.reason or 'no worker'}"
                raise LauncherError(message)
            time.sleep(0.1)


@dataclass(frozen=True)
class Readiness:
    """What ``/readyz`` said; ``reason`` is empty when all is well."""

    ready: bool
    reason: str = ""


def readiness(address: str) -> Readiness:
    """Ask the portal at ``address`` whether it can serve."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310 -- always http on this machine
            return Readiness(ready=answer.status == 200)
    except urllib.error.HTTPError as error:
        with error:
            return Readiness(ready=False, reason=error.read(500).decode(errors="replace"))
    except OSError as error:
        return Readiness(ready=False, reason=str(error))


def last_line(text: str) -> str:
    """The last line of ``text`` that is not blank."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no message")


def state_file(project: Project) -> Path:
    """Remembers address, processes and servers of a running demo, for this person's eyes only."""
    return project.var / "run" / "demo.json"


def running_address(project: Project) -> str | None:
    """Address of the demo that another launcher of this tree keeps running, if there is one."""
    known = read_json(state_file(project)).get("address")
    return known if isinstance(known, str) and readiness(known).ready else None


def running_beside(project: Project) -> Stack | None:
    """The demo that another launcher of this tree keeps running, if there is one; it is not ours to start or stop."""
    address = running_address(project)
    if address is None:
        return None
    given = read_json(state_file(project)).get("servers", {})
    return Stack(project, int(address.rpartition(":")[2]), servers.Servers(project, project.var, None, None, given))


@contextmanager
def only_launcher(project: Project) -> Iterator[bool]:
    """Hold this tree's demo for this launcher; gives ``False`` when another one holds it."""
    folder = project.var / "run"
    folder.mkdir(exist_ok=True)
    with (folder / "demo.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def end_leftovers(project: Project) -> bool:
    """End web, worker and beat of a launcher that was killed, and say whether there were any.

    Its servers are taken over instead.
    """
    pids = read_json(state_file(project)).get("pids", {}).values()
    for pid in pids:
        end_leftover(pid, named=str(project.python))
    state_file(project).unlink(missing_ok=True)
    return bool(pids)


@contextmanager
def started(project: Project, port: int) -> Iterator[Stack]:
    """A running demo on ``port``; stopped at the end, however it comes.

    Raises ``LauncherError`` before any set-up when the port is taken.
    """
    # What was ended lets go of its port a moment later.
    patience = SECONDS_TO_LET_GO if end_leftovers(project) else 0
    if not ports.is_free(port, within=patience):
        message = f"Port {port} is in use: stop the program that listens there, or choose another with --port."
        raise LauncherError(message)
    works = environment.venv_works(project)
    system.install(system.demo_needs(venv_works=works), log=project.logs / "setup.log")
    environment.prepare(project, "demo")
    stack = Stack(project, port, servers.choose(project, servers.demo_home(project), throw_away=False))
    try:
        stack.start()
        yield stack
    finally:
        stop_in_peace(stack)


def stop_in_peace(stack: Stack) -> None:
    """Stop ``stack`` to the end, however often Ctrl-C is pressed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    say()
    with doing("Stopping"):
        stack.stop()


def announce(stack: Stack) -> None:
    """Tell where the demo is and who can log in."""
    say()
    say(f"The portal is ready: {stack.address}")
    say(f"Everything in it is synthetic. Password of all demo people: {PASSWORD}")
    for who, email in LOGINS:
        say(f"  {who:<20} {email}")
    say(f"Logs are in {stack.project.logs}, data in {stack.project.var}. Ctrl-C stops it.")
