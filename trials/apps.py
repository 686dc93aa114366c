from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """Trials and matching."""

    name = "trials"
