import os
import signal
import time

import pytest

from launcher.console import LauncherError
from launcher.processes import command_line
from launcher.services import MOST_RESTARTS, Service, stop_all

ENVIRONMENT = {"PATH": os.defpath}


def service(tree, script, *lines):
    return Service("worker", [script("service", *lines)], tree.logs / "worker.log", ENVIRONMENT)


def wait_until(holds):
    deadline = time.monotonic() + 10
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_process_that_died_is_started_again(tree, script, capsys):
    worker = service(tree, script, "exec sleep 60")
    worker.start()
    first = worker.pid

    os.kill(first, signal.SIGKILL)
    worker.process.wait()

    assert worker.restart_if_ended()
    assert worker.pid != first
    assert "The worker process ended by signal 9" in capsys.readouterr().err
    stop_all([worker])


def test_a_running_process_is_left_alone(tree, script):
    worker = service(tree, script, "exec sleep 60")
    worker.start()

    assert not worker.restart_if_ended()
    stop_all([worker])


def test_a_process_that_keeps_dying_ends_the_demo_with_a_sentence(tree, script):
    worker = service(tree, script, "exit 7")
    for _ in range(MOST_RESTARTS):
        worker.start()
        worker.process.wait()

    with pytest.raises(LauncherError, match=r"The worker process ended with status 7; its log is .*worker\.log"):
        worker.restart_if_ended()


def test_a_process_that_does_not_listen_is_ended_with_its_children(tree, script):
    worker = service(tree, script, "trap '' TERM", "sleep 60 & echo child $!", "wait; wait")
    worker.start()
    wait_until(lambda: "child" in worker.log.read_text())

    stop_all([worker], seconds=0.2)

    child = int(worker.log.read_text().split()[1])
    assert worker.process.returncode == -signal.SIGKILL
    # The signal is sent when stop_all returns; the kernel ends a child a moment later.
    wait_until(lambda: command_line(child) == "")
    assert command_line(child) == ""


def test_stopping_what_never_started_does_nothing(tree, script):
    worker = service(tree, script, "exit 0")

    stop_all([worker])

    assert (worker.pid, worker.has_ended) == (0, False)
