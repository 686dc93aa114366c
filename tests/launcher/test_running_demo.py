"""A running ``bin/demo`` as the people around it see it."""

import os
import re
import signal
import urllib.request

import pytest

from . import tiny_portal


@pytest.fixture(scope="module")
def running_demo(portal):
    demo = tiny_portal.Demo(portal).wait_for(tiny_portal.READY)
    yield demo
    demo.stop()


def test_the_portal_is_prepared_as_owner_and_filled_as_app(running_demo):
    assert running_demo.calls[:2] == [
        "prepare owner iltb.settings.demo postgres",
        "seed_demo app iltb.settings.demo postgres",
    ]


def test_the_web_process_serves_as_the_app_role(running_demo):
    with urllib.request.urlopen(running_demo.address, timeout=5) as answer:
        assert answer.read().startswith(b"//iltb_app:")


def test_the_demo_logins_are_printed(running_demo):
    assert "Password of all demo people: demo-only-2026" in running_demo.output
    assert re.search(r"treating physician +physician@demo\.example", running_demo.output)


def test_a_second_demo_of_the_same_folder_is_told_where_the_first_is(running_demo, demo):
    second = demo()

    assert second.ended() == 1
    assert second.output == f"demo: The demo of this folder already runs at {running_demo.address}.\n"


def test_the_story_is_told_to_a_running_demo_and_leaves_it_running(running_demo, demo):
    story = demo("--story")

    assert (story.ended(), running_demo.process.poll()) == (0, None), story.output
    assert f"The story, told to {running_demo.address}" in story.output
    assert running_demo.calls[-1] == "verify_audit app iltb.settings.demo postgres"


def test_the_servers_of_a_running_demo_are_for_its_owner_only(portal, running_demo):
    noted = portal.var / "run" / "demo.json"

    assert ("postgres://" in noted.read_text(), noted.stat().st_mode & 0o077) == (True, 0)


def test_a_dead_worker_is_started_again(running_demo):
    worker = running_demo.pids[1]

    os.killpg(worker, signal.SIGKILL)

    running_demo.wait_for("The worker process ended by signal 9").wait_for("Starting it again")
