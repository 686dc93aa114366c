from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "iltb.audit"
    label = "audit"
