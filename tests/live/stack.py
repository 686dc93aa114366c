"""A live stack for tests: a broker of its own, a real worker, beat and gunicorn on the test's database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from launcher.broker import Broker
from launcher.engines import find_broker
from launcher.ports import free_port
from launcher.project import Project

ROOT = Path(__file__).parents[2]
WORKER = ("celery", "-A", "iltb", "worker", "--pool", "solo", "--loglevel", "INFO")
BEAT = ("celery", "-A", "iltb", "beat", "--loglevel", "INFO")


def until(holds: Callable[[], bool], *, seconds: float = 60) -> bool:
    """Wait for something that other processes bring about."""
    end = time.monotonic() + seconds
    while not (met := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return met


@dataclass
class LiveStack:
    """Processes around one test database; ``stop`` ends all that were started here."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.chmod(0o755)
        self.broker = Broker(
            find_broker(Project(ROOT)),
            home=self.folder,
            log=self.folder / "broker.log",
            password="tests-only",
            durable=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        database = connection.settings_dict
        login = quote(database["USER"], safe="")
        if database["PASSWORD"]:
            login += ":" + quote(database["PASSWORD"], safe="")
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "iltb.settings.test",
            "DATABASE_URL": f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
            "REDIS_URL": self.broker.url,
            "ILTB_MEDIA_ROOT": str(self.folder / "media"),
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *command: str, fault: str = "") -> subprocess.Popen[bytes]:
        """Start one process; with ``fault`` it dies at that point as if by ``kill -9``."""
        log = (self.folder / f"{len(self.processes)}-{command[0]}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**self.environment, "ILTB_FAULT": fault},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def start_worker(self, fault: str = "") -> subprocess.Popen[bytes]:
        return self.start(*WORKER, fault=fault)

    def start_beat(self) -> subprocess.Popen[bytes]:
        return self.start(*BEAT, "--schedule", str(self.folder / "beat-schedule"), "--pidfile=")

    def start_web(self) -> str:
        """gunicorn with two workers of four threads; returns its address."""
        port = free_port()
        self.start(
            "gunicorn",
            "iltb.wsgi:application",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers=2",
            "--threads=4",
            "--no-control-socket",
        )
        return f"http://127.0.0.1:{port}"

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
        self.broker.stop()
