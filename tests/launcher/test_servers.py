import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import psycopg2.errors
import pytest

from launcher import servers
from launcher.commands import ROOT
from launcher.console import LauncherError
from launcher.postgres import APP, OWNER
from launcher.processes import command_line

START_AND_DIE = """
import os, signal, sys
from pathlib import Path
from launcher import servers
from launcher.project import Project
project = Project(Path(sys.argv[1]))
servers.choose(project, Path(sys.argv[2]), throw_away=True, environment={}).start()
os.kill(os.getpid(), signal.SIGKILL)
"""


def query(url, statement):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def launcher_killed_after_its_start(tree, home):
    dying = [sys.executable, "-c", START_AND_DIE, tree.root, home]
    status = subprocess.run(dying, env=os.environ | {"PYTHONPATH": str(ROOT / "bin")}, check=False).returncode
    assert status == -signal.SIGKILL


def test_the_demo_gives_the_two_roles_by_environment(running):
    given = running.environment()

    assert query(given["DATABASE_URL"], "SELECT current_user::text, current_database()::text") == [(APP, "iltb")]
    assert query(given["DATABASE_OWNER_URL"], "SELECT current_user::text") == [(OWNER,)]


def test_neither_role_is_a_superuser_and_only_the_owner_creates_databases(running):
    statement = (
        "SELECT rolname::text, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles"
        " WHERE rolname LIKE 'iltb%' ORDER BY 1"
    )

    assert query(running.environment()["DATABASE_URL"], statement) == [
        (APP, False, False, False, False),
        (OWNER, False, True, False, False),
    ]


def test_the_owner_owns_the_database(running):
    statement = "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'iltb'"

    assert query(running.environment()["DATABASE_URL"], statement) == [(OWNER,)]


def test_the_app_role_cannot_create_tables(running):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        query(running.environment()["DATABASE_URL"], "CREATE TABLE mine (id int)")


def test_a_wrong_password_is_refused_on_the_loopback_address_too(running):
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        query(running.postgres.url(APP, "guess"), "SELECT 1")


def test_tests_get_a_superuser_and_the_password_of_the_app_role(running):
    given = running.test_environment()
    app_url = running.postgres.url(APP, given["ILTB_TEST_APP_PASSWORD"])

    assert query(given["DATABASE_URL"], "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(True,)]
    assert query(app_url, "SELECT current_user::text") == [(APP,)]


def test_creating_the_roles_again_changes_nothing(running):
    servers.create_roles(running.project, running.postgres)

    assert query(running.environment()["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_the_demo_does_not_forget_and_holds_no_socket_file(running):
    statement = "SELECT current_setting('fsync'), current_setting('unix_socket_directories')"

    assert query(running.postgres.superuser_url, statement) == [("on", "")]


def test_the_broker_wants_its_password(running):
    stranger = servers.Broker(
        running.broker.engine, running.home, running.broker.log, "guess", port=running.broker.port
    )

    assert (running.broker.answers(), stranger.answers()) == (True, False)


def test_no_password_shows_in_the_list_of_processes(running):
    shown = " ".join(command_line(int(path.name)) for path in Path("/proc").glob("[0-9]*"))

    assert [name for name, value in running.project.secrets().items() if value in shown] == []


def test_secrets_that_no_longer_fit_get_one_sentence(running):
    stranger = servers.Postgres(running.postgres.engine, running.home, running.postgres.log, "other")
    stranger.port = running.postgres.port

    with pytest.raises(LauncherError, match=r"secrets\.json no longer fits the database"):
        servers.create_roles(running.project, stranger)


def test_the_identity_stays_while_the_cluster_does(running):
    again = servers.choose(running.project, running.home, throw_away=False, environment={})

    assert again.identity == running.identity != ""


def test_servers_of_a_killed_launcher_are_taken_over(tree):
    launcher_killed_after_its_start(tree, tree.var)
    ours = servers.choose(tree, tree.var, throw_away=True, environment={})
    postmaster = (ours.postgres.data / "postmaster.pid").read_text().splitlines()[0]
    broker = ours.broker.pid

    ours.start()

    assert (ours.postgres.data / "postmaster.pid").read_text().splitlines()[0] == postmaster
    assert (ours.broker.pid, ours.broker.answers()) == (broker, True)
    ours.stop()


def test_data_and_ports_outlive_a_stop(tree):
    ours = servers.choose(tree, tree.var, throw_away=False, environment={})
    ours.start()
    before = ours.environment()
    query(before["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 7 AS number")
    ours.stop()

    ours.start()

    assert ours.environment() == before
    assert query(before["DATABASE_OWNER_URL"], "SELECT number FROM kept") == [(7,)]
    ours.stop()


def test_throw_away_servers_of_a_killed_launcher_are_cleared(tree):
    home = servers.throw_away_home()
    launcher_killed_after_its_start(tree, home)
    (home / "launcher.pid").write_text("0")
    postmaster = int((home / "pg18" / "postmaster.pid").read_text().splitlines()[0])

    servers.clear_leftovers(tree)

    assert (home.exists(), command_line(postmaster)) == (False, "")


def test_a_server_named_by_the_person_is_used_and_never_started(tree):
    named = {"DATABASE_URL": "postgres://me@db/x", "REDIS_URL": "redis://broker/1"}

    ours = servers.choose(tree, tree.var, throw_away=False, environment={**named, "PATH": "/bin"})
    ours.start()

    assert (ours.postgres, ours.broker, ours.environment(), ours.identity) == (None, None, named, "")


def test_one_named_server_leaves_the_other_to_us(tree):
    ours = servers.choose(tree, tree.var, throw_away=False, environment={"REDIS_URL": "redis://broker/1"})

    assert (ours.broker, ours.postgres is None) == (None, False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of another user")
def test_a_database_of_another_user_gets_one_sentence(tree):
    ours = servers.choose(tree, tree.var, throw_away=True, environment={})
    ours.postgres.data.mkdir()
    (ours.postgres.data / "PG_VERSION").write_text("18")

    with pytest.raises(LauncherError, match="was made by another user"):
        ours.postgres.start()
