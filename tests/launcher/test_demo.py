"""``bin/demo`` from outside: starting, stopping, starting again, and what can be in the way."""

import signal
import socket
import time

import pytest

from launcher import ports
from launcher.processes import command_line

from .tiny_portal import READY


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_of_it(portal, demo, number):
    # A shell without a terminal switches SIGINT off for its background jobs.
    first = demo(shell="trap '' INT").wait_for(READY)
    running = first.pids

    first.process.send_signal(number)

    assert first.ended() == 0
    assert [command_line(pid) for pid in running] == ["", "", ""]
    assert not (portal.var / "pg18" / "postmaster.pid").exists()


def test_a_second_start_prepares_nothing_again(demo):
    demo().wait_for(READY).stop()

    assert "Preparing" not in demo().wait_for(READY).output


def test_changed_sources_are_prepared_again(portal, demo):
    demo().wait_for(READY).stop()
    (portal.root / "iltb" / "migration.py").write_text(f"# {time.time()}")

    assert "Preparing the database" in demo().wait_for(READY).output


def test_a_killed_launcher_leaves_nothing_in_the_way(demo):
    first = demo().wait_for(READY)
    left, address = first.pids, first.address
    first.process.kill()
    first.process.wait()

    second = demo("--port", address.rpartition(":")[2]).wait_for(READY)

    assert [command_line(pid) for pid in left] == ["", "", ""]
    assert second.address == address


def test_the_story_starts_and_stops_a_demo_of_its_own(portal, demo):
    story = demo("--story")

    assert story.ended() == 0, story.output
    assert "Every step held." in story.output
    assert not (portal.var / "pg18" / "postmaster.pid").exists()


def test_a_port_in_use_is_one_sentence_before_any_set_up(demo):
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        taken = str(server.getsockname()[1])
        refused = demo("--port", taken)

        assert refused.ended() == 1
    assert refused.output == (
        f"demo: Port {taken} is in use: stop the program that listens there, or choose another with --port.\n"
    )


def test_a_failing_migration_is_one_sentence_and_everything_is_stopped(portal, demo):
    (portal.root / "broken").touch()
    (portal.var / "run" / "prepared.json").unlink(missing_ok=True)

    failing = demo()

    assert failing.ended() == 1
    assert failing.output.splitlines()[-1] == (
        f"demo: manage.py prepare failed (ValueError: no such column); all it wrote is in {portal.logs}/prepare.log."
    )
    assert not (portal.var / "pg18" / "postmaster.pid").exists()
    (portal.root / "broken").unlink()


def test_a_port_that_needs_root_is_refused(demo):
    refused = demo("--port", "80")

    assert refused.ended() == 2
    assert "a port lies between 1024 and 65535" in refused.output
