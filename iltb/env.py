"""Every environment variable of the portal, read once and typed.

A missing or malformed variable stops the start with its name.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent

Role = Literal["app", "owner"]


@dataclass(frozen=True)
class Environment:
    """What the process was told from outside. Paths are absolute, URLs as in the Twelve-Factor form."""

    secret_key: str
    allowed_hosts: list[str]
    base_url: str
    database: dict[str, Any]
    database_role: Role
    database_app_user: str
    database_owner_user: str
    redis_url: str
    media_root: Path
    static_root: Path
    test_database: str
    fault: str
    log_level: str
    email: dict[str, Any]
    trusted_proxies: int
    coordination_email: str


def read(*, demo: bool = False, secret_key: str | None = None) -> Environment:
    """Read the environment; ``demo`` allows defaults that production refuses, as does ``secret_key`` for tests.

    Raises ``ImproperlyConfigured`` with the name of the first variable that is missing or malformed.
    """
    env = environ.Env()
    role = env.str("ILTB_DB_ROLE", default="app")
    if role not in ("app", "owner"):
        message = f"ILTB_DB_ROLE is {role!r}, it must be 'app' or 'owner'."
        raise ImproperlyConfigured(message)
    app_database = env.db_url("DATABASE_URL")
    owner_database = env.db_url("DATABASE_OWNER_URL", default=env.str("DATABASE_URL"))
    base_url = env.str("ILTB_BASE_URL", default="http://127.0.0.1:8000") if demo else env.str("ILTB_BASE_URL")
    hosts = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"]) if demo else env.list("ALLOWED_HOSTS")
    email_default = "consolemail://" if demo else environ.Env.NOTSET
    return Environment(
        secret_key=secret_key or env.str("SECRET_KEY"),
        allowed_hosts=hosts,
        base_url=base_url.rstrip("/"),
        database=owner_database if role == "owner" else app_database,
        database_role="owner" if role == "owner" else "app",
        database_app_user=app_database.get("USER", ""),
        database_owner_user=owner_database.get("USER", ""),
        redis_url=env.str("REDIS_URL"),
        media_root=Path(env.str("ILTB_MEDIA_ROOT", default=str(ROOT / "var" / "media"))),
        static_root=Path(env.str("ILTB_STATIC_ROOT", default=str(ROOT / "var" / "static"))),
        test_database=env.str("ILTB_TEST_DATABASE", default="test_iltb"),
        fault=env.str("ILTB_FAULT", default=""),
        log_level=env.str("ILTB_LOG_LEVEL", default="INFO"),
        email=env.email_url("EMAIL_URL", default=email_default),
        trusted_proxies=env.int("ILTB_TRUSTED_PROXIES", default=0),
        coordination_email=env.str("ILTB_COORDINATION_EMAIL", default="office@iltb.example"),
    )
