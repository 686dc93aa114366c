from django.apps import AppConfig


class TerminologyConfig(AppConfig):
    """Vocabularies."""

    name = "iltb.terminology"
    label = "terminology"
