"""What ``manage.py prepare`` loads: once for each test database, and again after a test that emptied it."""

from django.core.management import call_command, get_commands
from django.db import connection

from iltb.terminology.models import Concept


def prepare_installation() -> None:
    call_command("createcachetable", verbosity=0)
    for command in ("load_terminology", "load_catalogue"):
        if command in get_commands():
            call_command(command, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS reference CASCADE")
        cursor.execute("CREATE SCHEMA reference")
        for table in _tables(cursor, "public"):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
            if cursor.fetchone()[0] and table.startswith(("terminology_", "trials_")):
                cursor.execute(f"CREATE TABLE reference.{table} AS SELECT * FROM public.{table}")


def restore_installation() -> None:
    """Copy the reference rows back where a flush took them."""
    if Concept.objects.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in _tables(cursor, "reference"):
            cursor.execute(f"INSERT INTO public.{table} SELECT * FROM reference.{table}")
        cursor.execute("SET session_replication_role = DEFAULT")


def _tables(cursor, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return [row[0] for row in cursor.fetchall()]
