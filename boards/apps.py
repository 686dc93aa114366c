from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """The board's work."""

    name = "boards"

    def ready(self) -> None:
        """Register jobs, grants, and what this app wants to hear from below."""
        from boards import receivers  # noqa: PLC0415 -- models exist only now

        receivers.register()
