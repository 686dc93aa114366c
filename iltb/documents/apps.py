from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents."""

    name = "iltb.documents"
    label = "documents"
