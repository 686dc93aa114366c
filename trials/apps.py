from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """Trials and matching."""

    name = "trials"

    def ready(self) -> None:
        """Register the match job and what this app wants to hear from below."""
        from trials import receivers  # noqa: PLC0415 -- models exist only now

        receivers.register()
