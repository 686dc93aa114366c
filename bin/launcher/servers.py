"""Which PostgreSQL and which broker are used, started where they are ours and passed on by environment.

Order: ``DATABASE_URL`` and ``REDIS_URL`` where set; else the programs of the wheels; else programs found on the
machine; else one plain sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from launcher import engines
from launcher.broker import Broker
from launcher.console import LauncherError
from launcher.postgres import APP, DATABASE, FORGETFUL, OWNER, ROLES_SCRIPT, Postgres
from launcher.processes import clean_environment, command_line, server_account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.project import Project

THROW_AWAY_PREFIX = "iltb-test-"


@dataclass
class Servers:
    """The servers of one start; ``None`` stands for one that the environment names."""

    project: Project
    home: Path
    postgres: Postgres | None
    broker: Broker | None
    given: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start what is ours, and create the two roles and the database there."""
        if self.postgres:
            self.postgres.start()
            create_roles(self.project, self.postgres)
        if self.broker:
            self.broker.start()

    def stop(self) -> None:
        """Stop what is ours."""
        try:
            if self.broker:
                self.broker.stop()
        finally:
            if self.postgres:
                self.postgres.stop()

    def environment(self) -> dict[str, str]:
        """``DATABASE_URL`` (role app), ``DATABASE_OWNER_URL`` (role owner) and ``REDIS_URL``."""
        values = dict(self.given)
        if self.postgres:
            kept = self.project.secrets()
            values["DATABASE_URL"] = self.postgres.url(APP, kept["app_password"])
            values["DATABASE_OWNER_URL"] = self.postgres.url(OWNER, kept["owner_password"])
        if self.broker:
            values["REDIS_URL"] = self.broker.url
        return values

    def test_environment(self) -> dict[str, str]:
        """As ``environment``, but both addresses are the superuser's: tests create databases and become either role."""
        values = self.environment()
        if self.postgres:
            kept = self.project.secrets()
            values |= dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL"), self.postgres.superuser_url)
            values["ILTB_TEST_APP_PASSWORD"] = kept["app_password"]
            values["ILTB_TEST_OWNER_PASSWORD"] = kept["owner_password"]
        return values

    @property
    def identity(self) -> str:
        """Names the cluster's content: changes when the data folder is made anew; empty for a foreign server."""
        if not self.postgres:
            return ""
        born = (self.postgres.data / "PG_VERSION").stat()
        return f"{self.postgres.data}:{born.st_ino}:{born.st_mtime_ns}"


def given_servers(environment: Mapping[str, str]) -> dict[str, str]:
    """The servers that the person names by environment variables."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    return {name: environment[name] for name in names if environment.get(name)}


def choose(project: Project, home: Path, *, throw_away: bool, environment: Mapping[str, str] | None = None) -> Servers:
    """Find the servers of this start, with their content below ``home``; nothing is started yet."""
    given = given_servers(os.environ if environment is None else environment)
    postgres = None if "DATABASE_URL" in given else engines.find_postgres(project)
    broker = None if "REDIS_URL" in given else engines.find_broker(project)
    if server_account():
        postgres, broker = engines.published(postgres, broker, demo_home(project))
    kept, log = project.secrets(), project.logs / "servers.log"
    settings = FORGETFUL if throw_away else ()
    return Servers(
        project=project,
        home=home,
        given=given,
        postgres=Postgres(postgres, home, log, kept["postgres_password"], settings) if postgres else None,
        broker=Broker(broker, home, log, kept["broker_password"], durable=not throw_away) if broker else None,
    )


def demo_home(project: Project) -> Path:
    """Folder for the demo's servers: ``var``, or one below ``/var/lib`` when root's tree is closed to other users."""
    if server_account() is None or engines.open_to_all(project.var):
        return project.var
    key = hashlib.sha256(str(project.root).encode()).hexdigest()[:8]
    home = Path("/var/lib") / f"iltb-demo-{key}"
    home.mkdir(mode=0o755, exist_ok=True)
    return home


def throw_away_home() -> Path:
    """A fresh temporary folder for servers that end with the launcher."""
    home = Path(tempfile.mkdtemp(prefix=THROW_AWAY_PREFIX))
    home.chmod(0o755)
    (home / "launcher.pid").write_text(str(os.getpid()))
    return home


def clear_leftovers(project: Project) -> None:
    """End the throw-away servers of launchers that were killed, and remove their folders."""
    for home in Path(tempfile.gettempdir()).glob(f"{THROW_AWAY_PREFIX}*"):
        pid = home / "launcher.pid"
        if home.stat().st_uid != os.geteuid() or not pid.is_file() or "launcher" in command_line(int(pid.read_text())):
            continue
        servers = choose(project, home, throw_away=True, environment={})
        for server in (servers.broker, servers.postgres):
            try:
                if server:
                    server.stop()
            except LauncherError:
                continue
        shutil.rmtree(home, ignore_errors=True)


def create_roles(project: Project, postgres: Postgres) -> None:
    """Create the database and the roles owner and app on a cluster of ours."""
    kept = project.secrets()
    wish = {
        "superuser_url": postgres.url("postgres", postgres.password, "postgres"),
        "database": DATABASE,
        "roles": {OWNER: kept["owner_password"], APP: kept["app_password"]},
    }
    done = subprocess.run(
        [project.python, "-I", ROLES_SCRIPT],
        input=json.dumps(wish),
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    if done.returncode == 0:
        return
    if "password authentication failed" in done.stderr:
        message = f"var/secrets.json no longer fits the database in {postgres.data}: remove both, then start again."
        raise LauncherError(message)
    reason = " ".join(done.stderr.split())[-300:]
    message = f"The database roles could not be created: {reason}"
    raise LauncherError(message)
