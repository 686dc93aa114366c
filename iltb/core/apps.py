from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Foundations without tables."""

    name = "iltb.core"
    label = "core"

    def ready(self) -> None:
        """Register the deployment checks."""
        from iltb.core import checks  # noqa: F401, PLC0415 -- registers on import, which needs the app registry
