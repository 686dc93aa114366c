"""Portal of the international Leukemia/Lymphoma Target Board."""

from iltb.celery import app as celery_app

__version__ = "0.1.0"
__all__ = ("__version__", "celery_app")
