"""What the serving role may do with each table: the owner migrates, the app serves."""

from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection

EVERYTHING: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")


def grant_app_privileges() -> int:
    """Give the app role its privileges anew; returns the number of tables.

    A model narrows them with ``app_privileges``, e.g. ``("SELECT", "INSERT")`` for a table that only grows.
    TRUNCATE is never among them. Does nothing where owner and app are one role (a developer's server).
    """
    role = settings.ILTB_DATABASE_APP_USER
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [role])
        if cursor.fetchone()[0]:
            return 0
        quoted = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for name in connection.introspection.table_names(cursor):
            privileges = ", ".join(getattr(tables.get(name), "app_privileges", EVERYTHING))
            table = connection.ops.quote_name(name)
            cursor.execute(f"REVOKE ALL ON {table} FROM {quoted}")
            cursor.execute(f"GRANT {privileges} ON {table} TO {quoted}")
        return len(tables)
