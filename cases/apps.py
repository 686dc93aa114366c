from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and their dossiers."""

    name = "cases"

    def ready(self) -> None:
        """Tell ``sync_grants`` who should hold what."""
        from cases.services.access import register  # noqa: PLC0415 -- models exist only now

        register()
