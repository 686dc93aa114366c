"""Whether this process lives, and whether everything it needs is there."""

import logging
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

BROKER_TIMEOUT = 0.5
"""Seconds to wait for the broker, to connect and to answer."""


def failures() -> dict[str, str]:
    """What is not ready, each part with one plain word; empty when all is well."""
    checks: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "broker": _broker,
    }
    found = {}
    for part, check in checks.items():
        if part == "migrations" and "database" in found:
            continue
        problem = check()
        if problem:
            found[part] = problem
    return found


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("The database does not answer.", exc_info=True)
        return "no answer"
    return ""


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.warning("The list of migrations cannot be read.", exc_info=True)
        return "unreadable"
    return f"{len(pending)} not applied" if pending else ""


def _broker() -> str:
    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL,  # type: ignore[misc]  # set from the environment
        socket_connect_timeout=BROKER_TIMEOUT,
        socket_timeout=BROKER_TIMEOUT,
        retry=None,
    )
    try:
        client.ping()
    except (redis.RedisError, OSError):
        logger.warning("The broker does not answer.", exc_info=True)
        return "no answer"
    finally:
        client.close()
    return ""
