"""Locking the Python packages: which set is compiled from what, with which options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.environment import NETWORK_SIGNS

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.processes import Command
    from launcher.project import Project

SOURCES: dict[str, list[str]] = {
    "base": ["pyproject.toml"],
    "demo": ["pyproject.toml", "--extra", "embedded"],
    "dev": ["pyproject.toml", "--extra", "embedded", "--group", "dev"],
    "mutants": ["pyproject.toml", "--group", "mutants"],
    "uv": ["requirements/uv.in"],
}
NAMES = tuple(SOURCES)

# The oldest supported Python, so that every machine compiles the same text; no index host, which differs by place.
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
)


def command(project: Project, name: str, output: Path) -> Command:
    """The command that writes the lock file of the set ``name`` to ``output``; pins already there are kept."""
    return [project.venv / "bin" / "uv", "pip", "compile", "--quiet", *SOURCES[name], *OPTIONS, "-o", output]


def is_network_trouble(text: str) -> bool:
    """Whether the resolver failed for want of a network."""
    return any(sign in text for sign in NETWORK_SIGNS)
