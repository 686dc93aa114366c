"""The app of the public pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Public pages; no tables."""

    name = "iltb.pages"
    label = "pages"
