"""A working tree of its own for each test, and real servers for those that ask."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import servers
from launcher.commands import ROOT
from launcher.processes import server_account
from launcher.project import Project

from . import tiny_portal


def make_tree() -> Project:
    """An empty tree, open to the account that runs the servers, with a virtual environment of the same packages."""
    root = Path(tempfile.mkdtemp(prefix="launcher-"))
    root.chmod(0o755)
    project, real = Project(root), Project(ROOT)
    project.make_folders()
    (project.venv / "bin").mkdir(parents=True)
    # Nothing here can change the real one: it lends its packages, not its installers.
    (project.venv / "lib").symlink_to(real.venv / "lib")
    project.python.symlink_to(real.python.resolve())
    settings = (real.venv / "pyvenv.cfg").read_text()
    (project.venv / "pyvenv.cfg").write_text(settings.replace(str(real.venv), str(project.venv)))
    if server_account():
        real.make_folders()
        engines = servers.demo_home(real) / "engines"
        engines.mkdir(exist_ok=True)
        # The 40 MB that root's servers run from are copied once for all trees.
        (project.var / "engines").symlink_to(engines)
    return project


@pytest.fixture
def tree() -> Iterator[Project]:
    project = make_tree()
    yield project
    shutil.rmtree(project.root)


@pytest.fixture(scope="package")
def running() -> Iterator[servers.Servers]:
    """The demo's servers, on a tree of their own."""
    project = make_tree()
    ours = servers.choose(project, servers.demo_home(project), throw_away=False, environment={})
    try:
        ours.start()
        yield ours
    finally:
        ours.stop()
        shutil.rmtree(project.root)


@pytest.fixture
def script(tree):
    """Write an executable shell script into the tree."""

    def write(name: str, *lines: str) -> Path:
        path = tree.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        path.chmod(0o755)
        return path

    return write


@pytest.fixture(scope="module")
def portal() -> Iterator[Project]:
    """A tree with the launcher and a tiny portal; what one start prepares, the next one finds."""
    project = make_tree()
    tiny_portal.fill(project)
    yield project
    shutil.rmtree(project.root)


@pytest.fixture
def demo(portal):
    """Start ``bin/demo`` on the tiny portal; whatever still runs at the end of the test is stopped."""
    started = []

    def start(*arguments: str, shell: str = "") -> tiny_portal.Demo:
        started.append(tiny_portal.Demo(portal, *arguments, shell=shell))
        return started[-1]

    yield start
    for one in started:
        one.stop()
