"""What ``manage.py prepare`` loads: once for each test database, and again after a test that emptied it."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command, get_commands
from django.db import connection


@contextmanager
def sharing_one_installation(folder: Path) -> Iterator[Callable[[], None]]:
    """Of several workers the first prepares its database, the others wait and begin with a copy of it.

    Yields what a worker calls once its own database is ready.
    """
    with (folder / "prepared-database").open("a+") as shared:
        fcntl.flock(shared, fcntl.LOCK_EX)
        shared.seek(0)
        copy = shared.read()
        if copy:
            connection.settings_dict["TEST"]["TEMPLATE"] = copy
            fcntl.flock(shared, fcntl.LOCK_UN)

        def ready() -> None:
            if not copy:
                connection.creation.clone_test_db(suffix="prepared", verbosity=0)
                made.append(connection.creation.get_test_db_clone_settings("prepared")["NAME"])
                shared.write(made[0])
                shared.flush()
                fcntl.flock(shared, fcntl.LOCK_UN)

        made: list[str] = []
        yield ready
        with connection.creation._nodb_cursor() as cursor:
            for name in made:
                cursor.execute(f'DROP DATABASE "{name}"')


def prepare_installation() -> None:
    """Load what belongs to every installation, and keep a copy of all rows for ``restore_installation``."""
    call_command("createcachetable", verbosity=0)
    for command in ("load_terminology", "load_catalogue"):
        if command in get_commands():
            call_command(command, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS reference CASCADE")
        cursor.execute("CREATE SCHEMA reference")
        for table in _filled(cursor):
            if not table.startswith("audit_"):  # the trail of a test begins with its own first deed
                cursor.execute(f"CREATE TABLE reference.{table} AS SELECT * FROM public.{table}")
    restore_installation()


def restore_installation() -> None:
    """Bring every table back to the rows that were prepared, with the same keys.

    Django's flush empties all tables, then makes rights and types anew: ten times the work, with other keys.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in _filled(cursor):
            cursor.execute(f"DELETE FROM public.{table}")
        for table in _tables(cursor, "reference"):
            cursor.execute(f"INSERT INTO public.{table} SELECT * FROM reference.{table}")
        cursor.execute("SET session_replication_role = DEFAULT")


def _filled(cursor) -> list[str]:
    tables = [table for table in _tables(cursor, "public") if table != "django_migrations"]
    cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT FROM public.{table})" for table in tables))
    return [table for table, has_rows in zip(tables, cursor.fetchone(), strict=True) if has_rows]


def _tables(cursor, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return [row[0] for row in cursor.fetchall()]
