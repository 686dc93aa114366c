import os
import sys

import pytest

from launcher import system
from launcher.console import LauncherError
from launcher.system import Need


def need(package="libx", *, there=False, optional=False):
    return Need(package, "the letters", lambda: there, optional=optional)


@pytest.fixture
def only(tree, script, monkeypatch):
    """Leave nothing in the PATH but the scripts that a test writes."""
    monkeypatch.setenv("PATH", str(tree.root / "bin"))
    return lambda name, *lines: script(f"bin/{name}", f"export PATH={os.defpath}", *lines)


def test_apt_is_not_called_when_everything_is_there(tree, only):
    only("apt-get", "touch called")

    system.install([need(there=True)], log=tree.logs / "x.log")

    assert not (tree.logs / "x.log").exists()


def test_a_system_without_apt_is_told_what_to_install(tree, only):
    with pytest.raises(LauncherError, match="no apt: install what corresponds to libx liby"):
        system.install([need(), need("liby")], log=tree.logs / "x.log")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root calls apt without sudo")
def test_only_what_is_missing_is_installed_without_recommendations(tree, only):
    marker = tree.root / "installed"
    only("apt-get", f'[ "$1" = update ] || echo "$@" >{marker}')

    system.install([need(there=True), Need("liby", "letters", marker.exists)], log=tree.logs / "x.log")

    assert marker.read_text().split()[:3] == ["install", "-y", "--no-install-recommends"]
    assert marker.read_text().split()[-1] == "liby"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root calls apt without sudo")
def test_without_a_network_apt_gives_one_sentence(tree, only):
    only("apt-get", "echo Temporary failure resolving; exit 100")

    with pytest.raises(LauncherError, match="apt cannot reach its servers to install libx: connect to the network"):
        system.install([need()], log=tree.logs / "x.log")


def test_the_tests_go_on_without_what_they_can_do_without(tree, only, capsys):
    system.install([need("chromium", optional=True)], log=tree.logs / "x.log")

    assert "Going on without chromium; the tests that use it are skipped" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root needs no sudo")
def test_without_sudo_a_person_is_told_the_command(tree, only):
    only("apt-get", "exit 0")

    with pytest.raises(LauncherError, match="run as root `apt install libx`"):
        system.install([need()], log=tree.logs / "x.log")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "Another program is installing packages"),
        ("E: Unable to locate package libx", "apt cannot find libx"),
        ("E: broken", "apt could not install libx; what it wrote is in"),
    ],
)
def test_each_trouble_of_apt_has_its_sentence(tree, output, sentence):
    assert sentence in system.apt_sentence(output, "libx", tree.logs / "setup.log")


def test_the_libraries_of_this_machine_are_recognised():
    assert (system.has_library("libc.so.6"), system.has_library("libnothing.so.9")) == (True, False)


def test_a_python_built_by_hand_cannot_be_completed_by_a_package(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/opt/python/bin/python3")

    with pytest.raises(LauncherError, match="built without ensurepip"):
        system.venv_package()
