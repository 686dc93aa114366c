import shutil
import stat
import subprocess

import pytest

from launcher import engines
from launcher.console import LauncherError


def test_the_wheels_come_first(tree):
    assert (engines.find_postgres(tree).wheel, engines.find_broker(tree).wheel) == (True, True)


def test_programs_of_the_machine_come_next(tree, script, monkeypatch):
    shutil.rmtree(tree.venv)
    program = script("machine/redis-server", "exit 0")
    monkeypatch.setenv("PATH", str(program.parent))

    assert engines.find_broker(tree) == engines.BrokerEngine(program)


def test_without_any_broker_there_is_one_sentence(tree, monkeypatch):
    shutil.rmtree(tree.venv)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(LauncherError, match="install Redis 7 or newer, or set REDIS_URL"):
        engines.find_broker(tree)


def test_the_major_version_is_read_from_the_program(tree, script):
    program = script("pg/postgres", "echo 'postgres (PostgreSQL) 17.5 (Debian 17.5-1)'")

    assert engines.PostgresEngine(program.parent).major == 17


def test_published_programs_run_from_their_new_place(tree):
    postgres, broker = engines.published(engines.find_postgres(tree), engines.find_broker(tree), tree.root)

    version = subprocess.run([postgres.folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("postgres (PostgreSQL) 18")
    assert broker.program.is_relative_to(tree.root / "engines")


def test_programs_are_published_once(tree):
    postgres = engines.find_postgres(tree)
    first, _ = engines.published(postgres, None, tree.root)
    born = first.folder.stat().st_ino

    second, _ = engines.published(postgres, None, tree.root)

    assert second.folder.stat().st_ino == born


def test_everybody_can_read_what_is_published(tree):
    private = tree.root / "private" / "program"
    private.parent.mkdir(mode=0o700)
    private.touch(mode=0o700)

    engines.publish([private], base=private.parent, copy=tree.var / "copy")

    assert stat.S_IMODE((tree.var / "copy" / "program").stat().st_mode) == 0o755
    shutil.rmtree(tree.var / "copy")


def test_a_closed_folder_above_is_noticed(tree):
    inner = tree.root / "closed" / "inner"
    inner.mkdir(parents=True)
    before = engines.open_to_all(inner)

    inner.parent.chmod(0o700)

    assert (before, engines.open_to_all(inner)) == (True, False)
