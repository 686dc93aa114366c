"""The Celery application: assembly only, jobs live in their apps."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.demo")

app = Celery("iltb")
app.config_from_object("django.conf:settings", namespace="CELERY")
