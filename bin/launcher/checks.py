"""What ``bin/test`` runs: every check to its end, then the tests."""

from __future__ import annotations

import difflib
import os
import random
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from launcher import lock, system
from launcher.console import say
from launcher.processes import Command, clean_environment, end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from launcher.project import Project

FIXED_SEED = 1
CHECKS_AT_ONCE = 2
PYTEST_NO_TESTS = 5
SUMMARY = re.compile(r"\b(\d+ (passed|failed|errors?|skipped|deselected)\b|no tests ran)")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LONGEST_DIFFERENCE = 60


@dataclass(frozen=True)
class Outcome:
    """How a check ended; ``passed`` is ``None`` when it could not be done here, with the reason in ``text``."""

    passed: bool | None
    text: str = ""


@dataclass(frozen=True)
class Check:
    """One check; left out while the file or folder that it looks at does not exist yet."""

    title: str
    run: Callable[[Context], Outcome]
    looks_at: str = "."


@dataclass(frozen=True)
class Context:
    """What checks need: the tree, the environment for programs, a folder for scratch files."""

    project: Project
    environment: Mapping[str, str]
    scratch: Path

    def tool(self, name: str) -> Path:
        """A program of the virtual environment."""
        return self.project.venv / "bin" / name


def program(*command: str) -> Callable[[Context], Outcome]:
    """A check that is one program of the virtual environment; 0 is good."""

    def run(context: Context) -> Outcome:
        return captured([context.tool(command[0]), *command[1:]], context)

    return run


def captured(command: Command, context: Context) -> Outcome:
    """Run ``command`` with its output kept for the case that it fails."""
    process = subprocess.Popen(
        command,
        env={**context.environment, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        end(process)
        raise
    return Outcome(process.returncode == 0, output.strip())


def secrets_check(context: Context) -> Outcome:
    """No password, key or token in any file that git knows or would take."""
    listed = captured(["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"], context)
    if not listed.passed:
        return Outcome(None, "this folder is no git work tree")
    files = [name for name in listed.text.splitlines() if Path(name).is_file() and not PUBLIC_FILES.match(name)]
    tests = [name for name in files if name.startswith("tests/")]
    hook: Command = [context.tool("detect-secrets-hook"), "--no-verify"]
    for plugin in SERVICES_NOT_USED:
        hook += ["--disable-plugin", f"{plugin}Detector"]
    for value in PUBLIC_VALUES:
        hook += ["--exclude-secrets", f"^{value}$"]
    outcome = captured([*hook, *(name for name in files if name not in tests)], context)
    # Passwords of made-up people are what tests are made of; keys and tokens are not.
    return captured([*hook, "--disable-plugin", "KeywordDetector", *tests], context) if outcome.passed else outcome


# Hashes of published packages and what was made by others and is published by them.
PUBLIC_FILES = re.compile(r"requirements/.*\.txt|static/vendor/|docs/openapi\.yaml")

# Tokens of services that the portal does not speak to, and addresses; a plugin reads every line, which costs seconds.
SERVICES_NOT_USED = (
    "Artifactory",
    "AzureStorageKey",
    "Cloudant",
    "DiscordBotToken",
    "GitLabToken",
    "IbmCloudIam",
    "IbmCosHmac",
    "IPPublic",
    "Mailchimp",
    "Npm",
    "OpenAI",
    "SendGrid",
    "Slack",
    "Softlayer",
    "SquareOAuth",
    "Stripe",
    "TelegramBotToken",
    "TwilioKey",
)

# The demo's password, printed for everybody; the place-holder in examples; the alphabet of case codes.
PUBLIC_VALUES = ("demo-only-2026", "PASSWORD", "23456789ABCDEFGHJKLMNPQRSTVWXYZ")


def api_check(context: Context) -> Outcome:
    """The committed OpenAPI file says what the code does."""
    committed, fresh = context.project.root / "docs" / "openapi.yaml", context.scratch / "openapi.yaml"
    command: Command = [
        context.project.python,
        "manage.py",
        "spectacular",
        "--validate",
        "--fail-on-warn",
        "--file",
        fresh,
    ]
    made = captured(command, context)
    if not made.passed:
        return made
    known = committed.read_text(encoding="utf-8") if committed.exists() else ""
    return same(known, fresh.read_text(encoding="utf-8"), "docs/openapi.yaml", "make openapi")


def openapi_command(project: Project, output: Path) -> Command:
    """The command that writes the description of the API to ``output``."""
    return [project.python, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", output]


def same(committed: str, fresh: str, name: str, remedy: str) -> Outcome:
    """Compare a committed file with what it is made from."""
    if committed == fresh:
        return Outcome(passed=True)
    lines = list(difflib.unified_diff(committed.splitlines(), fresh.splitlines(), name, "made anew", lineterm=""))
    return Outcome(passed=False, text="\n".join([*lines[:LONGEST_DIFFERENCE], f"{name} is out of date: {remedy}"]))


def lock_check(context: Context) -> Outcome:
    """The lock files are what the resolver makes of ``pyproject.toml``."""
    for name in lock.NAMES:
        fresh = context.scratch / f"{name}.txt"
        shutil.copyfile(context.project.requirements(name), fresh)
        made = captured(lock.command(context.project, name, fresh), context)
        if not made.passed:
            unreachable = lock.is_network_trouble(made.text)
            return Outcome(None, "the package index cannot be reached") if unreachable else made
        committed = context.project.requirements(name).read_text(encoding="utf-8")
        outcome = same(committed, fresh.read_text(encoding="utf-8"), f"requirements/{name}.txt", "make lock")
        if not outcome.passed:
            return outcome
    return Outcome(passed=True)


SCRIPTS = ("demo", "test", "find-python", "entrypoint", "healthcheck", "postgres-init")
NO_SERVERS = {"DATABASE_URL": "postgres://nobody@localhost/none", "REDIS_URL": "redis://localhost/0"}

CHECKS = (
    Check("ruff format", program("ruff", "format", "--check", ".")),
    Check("ruff check", program("ruff", "check", "--output-format", "concise", ".")),
    Check("mypy", program("mypy", ".")),
    Check("import contracts", program("lint-imports", "--no-logo"), "iltb"),
    Check("template format", program("djangofmt", "--check", "templates"), "templates"),
    Check("dependencies (deptry)", program("deptry", ".")),
    Check("shell scripts (shellcheck)", program("shellcheck", ".ci/run", *(f"bin/{name}" for name in SCRIPTS))),
    Check("Dockerfile (hadolint)", program("hadolint", "Dockerfile"), "Dockerfile"),
    Check(
        "compose file (schema)",
        program("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        "docker-compose.yml",
    ),
    Check("secrets (detect-secrets)", secrets_check),
    Check("migrations are complete", program("python", "manage.py", "makemigrations", "--check"), "manage.py"),
    Check("OpenAPI file", api_check, "iltb/api.py"),
    Check("lock files", lock_check),
)


def check_environment(home: Path, addresses: Mapping[str, str], project: Project) -> dict[str, str]:
    """The environment of checks and tests; their files go into ``home``, not into the demo's folder."""
    values = clean_environment() | {
        **addresses,
        "DJANGO_SETTINGS_MODULE": "iltb.settings.test",
        "SECRET_KEY": project.secrets()["secret_key"],
        "ILTB_DB_ROLE": "app",
        "ILTB_MEDIA_ROOT": str(home / "media"),
        "ILTB_STATIC_ROOT": str(home / "static"),
    }
    if browser := system.chromium():
        values["ILTB_CHROMIUM"] = browser
    return values


def run_all(project: Project, home: Path, addresses: Mapping[str, str], arguments: list[str]) -> int:
    """Run checks and tests as ``arguments`` ask; 0 when all passed.

    The tests begin beside the checks, which use one processor at a time for much of theirs.
    """
    context = Context(project, check_environment(home, addresses, project), home)
    began = time.monotonic()
    if arguments == ["--lint"]:
        return bool(run_checks(context))
    with tests_under_way(context, arguments) as tests:
        failed = [] if arguments else run_checks(context)
        if failed:
            say(f"\nFailed: {', '.join(failed)}")
        status, summary = followed(tests, arguments)
    also = f" Failed checks: {', '.join(failed)}." if failed else ""
    say(f"\nAll in {time.monotonic() - began:.0f} s.{also}")
    if summary:
        say(summary)
    return status or bool(failed)


def run_checks(context: Context) -> list[str]:
    """Run every check, say how each ended, and return the titles of those that failed."""
    say("\nChecks")
    failed = []
    present = [check for check in CHECKS if (context.project.root / check.looks_at).exists()]
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        for check, (outcome, seconds) in zip(present, pool.map(partial(timed, context), present), strict=True):
            word = {True: "passed", False: "FAILED", None: "skipped"}[outcome.passed]
            reason = f": {outcome.text}" if outcome.passed is None else ""
            say(f"  {word:<8} {check.title:<28} {seconds:5.1f} s{reason}")
            if outcome.passed is False:
                failed.append(check.title)
                say("\n".join(f"    {line}" for line in outcome.text.splitlines()))
    return failed


def timed(context: Context, check: Check) -> tuple[Outcome, float]:
    """Run one check and tell how many seconds it took."""
    started = time.monotonic()
    return check.run(context), time.monotonic() - started


@contextmanager
def tests_under_way(context: Context, arguments: list[str]) -> Iterator[subprocess.Popen[str]]:
    """pytest, begun; ended with whatever it started where somebody stops us."""
    seed = FIXED_SEED if os.environ.get("CI") else random.SystemRandom().randrange(1, 10**6)
    # Three on two cores: tests that wait for a browser or a broker leave room for others.
    chosen = arguments or ["-n", "3", "--dist", "worksteal"]
    if not any("randomly-seed" in part for part in chosen):
        chosen = [f"--randomly-seed={seed}", *chosen]
    say(f"\nTests: pytest {' '.join(chosen)}")
    colour = ["--color=yes"] if os.isatty(1) else []
    process = subprocess.Popen(
        [context.project.python, "-m", "pytest", *colour, *chosen],
        env=dict(context.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        yield process
    except BaseException:
        end(process)
        raise


def followed(tests: subprocess.Popen[str], arguments: list[str]) -> tuple[int, str]:
    """Show what pytest says; return its status and its own summary line."""
    summary = ""
    for line in tests.stdout or ():
        say(line.rstrip("\n"))
        if SUMMARY.search(line):
            summary = COLOURS.sub("", line).strip()
    status = tests.wait()
    return (0 if status == PYTEST_NO_TESTS and not arguments else status), summary
