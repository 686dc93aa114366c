"""Where things lie in the project's folder, and what is remembered there between two starts."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SECRET_NAMES = ("secret_key", "postgres_password", "owner_password", "app_password", "broker_password")


@dataclass(frozen=True)
class Project:
    """A working tree of the portal."""

    root: Path

    @property
    def var(self) -> Path:
        """Everything that a start leaves behind; safe to delete while nothing runs."""
        return self.root / "var"

    @property
    def logs(self) -> Path:
        """One log file for each process."""
        return self.var / "log"

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter inside the virtual environment."""
        return self.venv / "bin" / "python"

    def requirements(self, name: str) -> Path:
        """The lock file of the set ``name`` (base, demo, dev or uv)."""
        return self.root / "requirements" / f"{name}.txt"

    def make_folders(self) -> None:
        """Create ``var`` and ``var/log``; others may pass through ``var`` (the servers run as another user)."""
        self.var.mkdir(exist_ok=True)
        self.logs.mkdir(exist_ok=True)

    def secrets(self) -> dict[str, str]:
        """The random secrets of this tree's demo: made at the first start, kept in ``var/secrets.json``."""
        path = self.var / "secrets.json"
        known: dict[str, str] = read_json(path)
        missing = [name for name in SECRET_NAMES if name not in known]
        if missing:
            known |= {name: secrets.token_urlsafe(40) for name in missing}
            write_json(path, known)
        return known


def read_json(path: Path) -> dict[str, Any]:
    """The object stored in ``path``; empty when the file is absent or torn."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace ``path`` in one step, readable by its owner only."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
    fresh.replace(path)


def fingerprint(paths: list[Path]) -> str:
    """SHA-256 over the names and contents of all files in ``paths``, folders included with all below them."""
    digest = hashlib.sha256()
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
