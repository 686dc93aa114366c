"""What the launcher can be asked to do: ``demo`` and ``test``, and for developers ``lock`` and ``openapi``."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from launcher import checks, environment, lock, servers, stack, story, system
from launcher.console import Interrupted, LauncherError, complain, doing, say
from launcher.processes import run, wait_until
from launcher.project import Project
from launcher.scenes import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
SECONDS_FOR_ANOTHER = 300.0

TEST_USAGE = """\
usage: bin/test                 all checks, then all tests in random order
       bin/test --lint          all checks, no tests
       bin/test ARGUMENTS …     only the tests; ARGUMENTS are pytest's, for example -k letter or tests/flows

Sets up what is missing first. Needs about 10 minutes on two cores."""


def main(arguments: Sequence[str]) -> int:
    """Run ``demo`` or ``test`` and return the exit status; every foreseen trouble is one sentence."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A shell without a terminal starts its background jobs with SIGINT ignored; handlers set by us overrule that.
        signal.signal(number, interrupt)
    project = Project(ROOT)
    os.chdir(project.root)
    try:
        project.make_folders()
        return COMMANDS[arguments[0]](project, list(arguments[1:]))
    except LauncherError as error:
        complain(f"{arguments[0]}: {error}")
    except PermissionError as error:
        complain(f"{arguments[0]}: {error.filename} belongs to another user: start as that user.")
    except Interrupted:
        return 130
    return 1


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an exception, once; what follows is cleaning up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Interrupted


def demo_arguments(arguments: list[str]) -> argparse.Namespace:
    """Read the arguments of ``bin/demo``."""
    parser = argparse.ArgumentParser(prog="bin/demo", description="Start the portal with demo data on this machine.")
    parser.add_argument("--port", type=port, default=DEFAULT_PORT, help=f"port of the pages (default {DEFAULT_PORT})")
    parser.add_argument(
        "--story",
        action="store_true",
        help="play one case from draft to letter over HTTP; uses a running demo or starts one for it",
    )
    return parser.parse_args(arguments)


def port(text: str) -> int:
    """A port number that needs no special rights."""
    number = int(text)
    if not 1024 <= number <= HIGHEST_PORT:
        message = f"a port lies between 1024 and {HIGHEST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return number


def demo(project: Project, given: list[str]) -> int:
    """Run the demo until it is interrupted, or the story until it is told."""
    arguments = demo_arguments(given)
    with stack.only_launcher(project) as alone:
        if not alone:
            return beside_another(project, with_story=arguments.story)
        with stack.started(project, arguments.port) as running:
            if arguments.story:
                return tell_story(running)
            stack.announce(running)
            try:
                running.watch()
            except Interrupted:
                return 0
    return 0


def beside_another(project: Project, *, with_story: bool) -> int:
    """What remains to do while another launcher runs this tree's demo."""
    if not with_story:
        address = stack.running_address(project)
        message = f"The demo of this folder already runs at {address}."
        if not address:
            message = "Another bin/demo of this folder is just starting or stopping."
        raise LauncherError(message)
    wait_until(lambda: stack.running_address(project) is not None, seconds=SECONDS_FOR_ANOTHER, every=0.5)
    running = stack.running_beside(project)
    if running is None:
        message = "Another bin/demo of this folder is not becoming ready: stop it, then start again."
        raise LauncherError(message)
    return tell_story(running)


def tell_story(running: stack.Stack) -> int:
    """Play the whole story on a running demo; its letter stays in ``var``."""
    return story.tell(story.Stage(running.address, running.project.var, running.manage), STEPS)


def test(project: Project, arguments: list[str]) -> int:
    """Set up, then run the checks and the tests."""
    if arguments in (["-h"], ["--help"]):
        say(TEST_USAGE)
        return 0
    prepare_tools(project)
    servers.clear_leftovers(project)
    home = servers.throw_away_home()
    ours = servers.choose(project, home, throw_away=True)
    try:
        with doing("Starting PostgreSQL and the broker"):
            ours.start()
        return checks.run_all(project, home, ours.test_environment(), arguments)
    finally:
        try:
            ours.stop()
        finally:
            shutil.rmtree(home, ignore_errors=True)
            sys.stdout.flush()


def lock_packages(project: Project, arguments: list[str]) -> int:
    """Write the lock files anew; with ``--upgrade`` to the newest versions that ``pyproject.toml`` allows."""
    prepare_tools(project)
    for name in lock.NAMES:
        command = lock.command(project, name, project.requirements(name))
        with doing(f"Locking requirements/{name}.txt"):
            run([*command, *arguments], log=project.logs / "lock.log", environment=environment.index_environment())
    return 0


def write_openapi(project: Project, _arguments: list[str]) -> int:
    """Write ``docs/openapi.yaml`` anew from the code."""
    prepare_tools(project)
    log = project.logs / "openapi.log"
    command = checks.openapi_command(project, project.root / "docs" / "openapi.yaml")
    with doing("Writing docs/openapi.yaml"):
        run(command, log=log, environment=checks.check_environment(project.var, checks.NO_SERVERS, project))
    return 0


def prepare_tools(project: Project) -> None:
    """Set up everything that ``bin/test`` uses but the servers."""
    works = environment.venv_works(project)
    system.install(system.test_needs(venv_works=works), log=project.logs / "setup.log")
    environment.prepare(project, "dev")


COMMANDS = {"demo": demo, "test": test, "lock": lock_packages, "openapi": write_openapi}
