"""Ask the database itself, behind the services."""

from django.db import DatabaseError, connection, transaction


def refused(statement: str, *, role: str = "") -> bool:
    """Whether the database refuses ``statement``; nothing of it stays either way."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if role:
                cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False
