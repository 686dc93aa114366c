"""Settings that must not reach production, each refused in a plain sentence."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def production_is_safe(**_: Any) -> list[CheckMessage]:
    """Refuse demo mode, shared database roles and a cache that forgets lock-outs."""
    findings = [
        (settings.ILTB_DEMO, "iltb.E001", "The demo settings are in use: they sign anyone in with one click."),
        (
            settings.ILTB_DATABASE_APP_USER == settings.ILTB_DATABASE_OWNER_USER,
            "iltb.E002",
            "DATABASE_URL and DATABASE_OWNER_URL name the same role: the app could change its own audit trail.",
        ),
        (
            "DatabaseCache" not in settings.CACHES["default"]["BACKEND"],
            "iltb.E003",
            "The cache must be the database table, or lock-outs vanish when a cache is flushed.",
        ),
        ("*" in settings.ALLOWED_HOSTS, "iltb.E004", "ALLOWED_HOSTS must name the portal's hosts, not '*'."),
    ]
    return [Error(text, id=code) for wrong, code, text in findings if wrong]
