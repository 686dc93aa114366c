"""The virtual environment: made once, filled from the lock files, left alone while they do not change."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.console import LauncherError, doing
from launcher.processes import Command, CommandFailedError, clean_environment, run
from launcher.project import fingerprint, read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.project import Project

# From the smallest set to the largest; each holds the ones before it.
SETS = ("demo", "dev")
CA_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")
CERTIFICATE_SIGNS = ("CERTIFICATE_VERIFY_FAILED", "invalid peer certificate")
NETWORK_SIGNS = (
    "dns error",
    "error sending request",
    "Could not fetch",
    "Failed to fetch",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "Connection refused",
    "No matching distribution found",
    "client error (Connect)",
    "timed out",
)


def venv_works(project: Project) -> bool:
    """Whether the virtual environment was made at this very place and has a Python that runs and is supported."""
    settings = project.venv / "pyvenv.cfg"
    if not settings.is_file() or str(project.venv) not in settings.read_text(encoding="utf-8"):
        return False
    check = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))"
    try:
        return subprocess.run([project.python, "-I", "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def prepare(project: Project, wanted: str) -> None:
    """Make the virtual environment hold at least the set ``wanted``, exactly as locked.

    A tree that already holds a larger set keeps it: ``bin/demo`` takes no tool from a developer.
    """
    stamp = project.venv / "installed.json"
    held = read_json(stamp).get("set")
    if held in SETS and SETS.index(held) > SETS.index(wanted):
        wanted = held
    if project.python.exists() and read_json(stamp) == state(project, wanted):
        return
    if not venv_works(project):
        make_venv(project)
    stamp.unlink(missing_ok=True)
    log = project.logs / "setup.log"
    with doing(f"Installing Python packages ({wanted})"):
        sync(project, wanted, log)
    write_json(stamp, state(project, wanted))


def state(project: Project, name: str) -> dict[str, str]:
    """What is installed when the set ``name`` is: the lock file and the Python it was installed for."""
    settings = project.venv / "pyvenv.cfg"
    return {"set": name, "sha256": fingerprint([project.requirements(name), settings])}


def make_venv(project: Project) -> None:
    """Create the virtual environment anew with the Python that runs this."""
    shutil.rmtree(project.venv, ignore_errors=True)
    with doing(f"Making the virtual environment with Python {sys.version.split()[0]}"):
        run(
            [sys.executable, "-I", "-m", "venv", project.venv],
            log=project.logs / "setup.log",
            environment=clean_environment(),
        )


def sync(project: Project, name: str, log: Path) -> None:
    """Install the set ``name`` with hashes, by uv where it can be had, else by pip."""
    environment = index_environment()
    pip: Command = [project.python, "-I", "-m", "pip", "--disable-pip-version-check"]
    install: Command = [*pip, "install", "--no-input", "--retries", "2", "--require-hashes", "--no-deps", "-r"]
    uv = project.venv / "bin" / "uv"
    try:
        try:
            run([*install, project.requirements("uv")], log=log, environment=environment)
            command: Command = [uv, "pip", "sync", "--python", project.python, "--require-hashes"]
            run([*command, project.requirements(name)], log=log, environment=environment)
        except CommandFailedError:
            # uv knows nothing of pip's settings, for example a company's own index.
            run([*install, project.requirements(name)], log=log, environment=environment)
    except CommandFailedError as error:
        raise LauncherError(sync_sentence(error.output, log)) from error


def index_environment() -> Mapping[str, str]:
    """The environment for pip and uv, which are told of the certificates that this machine's owner trusts."""
    environment = clean_environment()
    if "SSL_CERT_FILE" not in environment and CA_BUNDLE.is_file():
        environment["SSL_CERT_FILE"] = str(CA_BUNDLE)
    return environment | {"UV_HTTP_RETRIES": "2", "UV_NO_PROGRESS": "1"}


def sync_sentence(output: str, log: Path) -> str:
    """One sentence for what pip or uv wrote when it failed."""
    if "do not match the hashes" in output or "Hash mismatch" in output:
        return f"A downloaded package is not the one that is locked, so it was refused; details are in {log}."
    if "No space left on device" in output:
        return "The disk is full: free about 1 GB, then start again."
    if any(sign in output for sign in CERTIFICATE_SIGNS):
        return (
            "The package index shows a certificate that this machine does not trust: "
            "name your network's certificates in SSL_CERT_FILE and PIP_CERT, then start again."
        )
    if any(sign in output for sign in NETWORK_SIGNS):
        return f"The Python packages cannot be downloaded: connect to the network, then start again (details in {log})."
    return f"The Python packages could not be installed; what pip wrote is in {log}."
