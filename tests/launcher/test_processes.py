import signal
import subprocess
import sys
import time

import pytest

from launcher import processes
from launcher.processes import CommandFailedError

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def sleeper():
    process = subprocess.Popen(SLEEP, start_new_session=True)
    # The kernel shows the arguments of a fresh program a moment after its start.
    processes.wait_until(lambda: "sleep" in processes.command_line(process.pid), seconds=5)
    return process


def test_settings_of_the_shell_for_other_programs_are_dropped():
    shell = {"PYTHONPATH": "/x", "DJANGO_SETTINGS_MODULE": "x", "PGHOST": "x", "PYTEST_ADDOPTS": "-x", "HOME": "/root"}

    assert processes.clean_environment(shell) == {"HOME": "/root"}


def test_the_servers_that_a_person_names_are_kept():
    shell = {"DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x", "PATH": "/bin"}

    assert processes.clean_environment(shell) == shell


def test_a_failing_command_tells_what_it_wrote(tree):
    log = tree.logs / "x.log"
    log.write_text("from an earlier start\n")

    with pytest.raises(CommandFailedError, match="ended with status 3") as caught:
        processes.run(["sh", "-c", "echo no luck; exit 3"], log=log, environment={"PATH": "/bin:/usr/bin"})

    assert caught.value.output.splitlines() == ["$ sh -c echo no luck; exit 3", "no luck"]


def test_a_command_is_ended_when_the_launcher_is_interrupted(tree):
    began = time.monotonic()

    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with pytest.raises(KeyboardInterrupt):
        processes.run(SLEEP, log=tree.logs / "x.log", environment={})
    signal.signal(signal.SIGALRM, before)

    assert time.monotonic() - began < 10


def test_a_leftover_is_ended_by_its_name():
    process = sleeper()

    assert processes.end_leftover(process.pid, named="time.sleep(60)")
    assert process.wait(5) == -signal.SIGTERM


def test_a_number_that_now_belongs_to_another_program_is_left_alone():
    process = sleeper()

    assert not processes.end_leftover(process.pid, named="gunicorn")
    assert process.poll() is None
    process.kill()
    process.wait()


def test_no_number_means_no_leftover():
    assert not processes.end_leftover(0, named="")


def test_waiting_gives_up_after_its_time():
    assert not processes.wait_until(lambda: False, seconds=0.1)
