"""System packages: what is missing on this machine, and getting it by apt."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.console import LauncherError, complain, doing, say
from launcher.processes import CommandFailedError, clean_environment, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT_NETWORK_SIGNS = (
    "Temporary failure resolving",
    "Could not resolve",
    "Unable to connect",
    "Cannot initiate",
    "Failed to fetch",
)
APT_ENVIRONMENT = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "l", "LC_ALL": "C"}


@dataclass(frozen=True)
class Need:
    """Something of the operating system that the portal uses.

    ``reason`` completes "is needed for …". Without an ``optional`` need the launcher goes on and says what is lost.
    """

    package: str
    reason: str
    is_there: Callable[[], bool]
    optional: bool = False


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds the shared library ``name``."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_command(*names: str) -> bool:
    """Whether one of ``names`` is in the PATH."""
    return any(shutil.which(name) for name in names)


def chromium() -> str | None:
    """Path of a Chromium-like browser for the browser tests."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def venv_package() -> str:
    """The package that brings ``ensurepip`` to the Python that runs this.

    Only a Python of the distribution can be completed by a package; one built by hand cannot.
    """
    if not sys.executable.startswith("/usr/bin/"):
        message = f"{sys.executable} was built without ensurepip: use the Python of the system, or build it anew."
        raise LauncherError(message)
    return f"python3.{sys.version_info.minor}-venv"


def demo_needs(*, venv_works: bool) -> list[Need]:
    """What ``bin/demo`` uses; ``venv_works`` says that the virtual environment is already there."""
    needs = [
        Need("libpango-1.0-0", "the PDF letters", lambda: has_library("libpango-1.0.so.0")),
        Need("libpangoft2-1.0-0", "the PDF letters", lambda: has_library("libpangoft2-1.0.so.0")),
        Need("libharfbuzz-subset0", "the PDF letters", lambda: has_library("libharfbuzz-subset.so.0")),
    ]
    if sys.platform == "darwin":
        needs = [Need("pango", "the PDF letters", lambda: has_library("libpango-1.0.dylib") or bool(brewed("pango")))]
    if not venv_works and not has_ensurepip():
        needs.insert(0, Need(venv_package(), "the virtual environment", has_ensurepip))
    return needs


def brewed(formula: str) -> list[Path]:
    """Folders where Homebrew keeps ``formula``."""
    return [folder for prefix in ("/opt/homebrew", "/usr/local") if (folder := Path(prefix, "opt", formula)).exists()]


def has_ensurepip() -> bool:
    """Whether this Python can put pip into a virtual environment."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def test_needs(*, venv_works: bool) -> list[Need]:
    """What ``bin/test`` uses."""
    return [
        *demo_needs(venv_works=venv_works),
        Need("chromium", "the browser tests", lambda: chromium() is not None, optional=True),
        Need("poppler-utils", "the tests that read PDF letters", lambda: has_command("pdftoppm"), optional=True),
    ]


def install(needs: Iterable[Need], *, log: Path) -> None:
    """Install what is missing of ``needs``.

    Raises ``LauncherError`` with one sentence when something needed is missing and cannot be installed here.
    """
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return
    required = [need for need in missing if not need.optional]
    try:
        apt_install([need.package for need in missing], log=log)
    except LauncherError as error:
        if required:
            raise
        names = " and ".join(need.package for need in missing)
        complain(f"  {error} Going on without {names}; the tests that use it are skipped.")
        return
    for need in missing:
        if not need.is_there():
            report_still_missing(need)


def report_still_missing(need: Need) -> None:
    """Raise or say that ``need`` is absent although its package is installed."""
    sentence = f"{need.package} is installed but cannot be used, and is needed for {need.reason}."
    if not need.optional:
        raise LauncherError(sentence)
    complain(f"  {sentence}")


def apt_install(packages: Sequence[str], *, log: Path) -> None:
    """Install ``packages`` by apt, as root or with sudo.

    None of the packages used here starts a service, so nothing guards against that.
    """
    names = " ".join(packages)
    if not has_command("apt-get"):
        message = f"This system has no apt: install what corresponds to {names} (Debian's names), then start again."
        raise LauncherError(message)
    prefix = root_prefix(names)
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    environment = clean_environment() | APT_ENVIRONMENT
    with doing(f"Installing {names}"):
        try:
            # A broken list of some other vendor is no reason to stop; the installation itself decides.
            run([*prefix, "apt-get", "update"], log=log, environment=environment)
        except CommandFailedError:
            say("(not all package lists could be renewed)")
        try:
            run([*prefix, "apt-get", "install", *options, *packages], log=log, environment=environment)
        except CommandFailedError as error:
            raise LauncherError(apt_sentence(error.output, names, log)) from error


def root_prefix(names: str) -> list[str]:
    """What to put before a command so that root runs it; asks for the password where there is a terminal."""
    if os.geteuid() == 0:
        return []
    by_hand = f"Missing system packages: run as root `apt install {names}`, then start again."
    if not has_command("sudo"):
        raise LauncherError(by_hand)
    settings = [f"{name}={value}" for name, value in APT_ENVIRONMENT.items()]
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n", "env", *settings]
    if not sys.stdin.isatty():
        raise LauncherError(by_hand)
    say(f"Missing system packages: {names}. sudo may ask for your password.")
    if subprocess.run(["sudo", "-v"], check=False).returncode != 0:
        raise LauncherError(by_hand)
    return ["sudo", "-n", "env", *settings]


def apt_sentence(output: str, names: str, log: Path) -> str:
    """One sentence for what apt wrote when it could not install ``names``."""
    if "Could not get lock" in output:
        return "Another program is installing packages: wait until it has finished, then start again."
    if any(sign in output for sign in ("Unable to locate package", "has no installation candidate")):
        return f"apt cannot find {names}: connect to the network, switch on the source universe (Ubuntu), start again."
    if any(sign in output for sign in APT_NETWORK_SIGNS):
        return f"apt cannot reach its servers to install {names}: connect to the network, then start again."
    return f"apt could not install {names}; what it wrote is in {log}."
