"""Create the portal's database and its two roles; run by the virtual environment's Python.

Reads one JSON object from standard input: ``superuser_url``, ``database`` and ``roles`` (name to password). The
first role owns the database and may create others for tests; the second only serves. Running it again renews the
passwords and changes nothing else.
"""

from __future__ import annotations

import json
import sys

import psycopg2  # type: ignore[import-untyped]  # four calls do not need its stubs
from psycopg2 import sql


def create(superuser_url: str, database: str, roles: dict[str, str]) -> None:
    """Bring roles and database into being.

    ``superuser_url`` names any database that exists.
    """
    connection = psycopg2.connect(superuser_url)
    # CREATE DATABASE refuses to run inside a transaction.
    connection.autocommit = True
    with connection.cursor() as cursor:
        for number, (role, password) in enumerate(roles.items()):
            name = sql.Identifier(role)
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE ROLE {}").format(name))
            rights = sql.SQL("CREATEDB" if number == 0 else "NOCREATEDB")
            alter = "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS {} PASSWORD {}"
            cursor.execute(sql.SQL(alter).format(name, rights, sql.Literal(password)))
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if not cursor.fetchone():
            owner = sql.Identifier(next(iter(roles)))
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), owner))
    connection.close()


if __name__ == "__main__":
    create(**json.load(sys.stdin))
