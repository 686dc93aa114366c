"""The demonstration: synthetic data, one-click logins, a permanent banner."""

from iltb.env import ROOT, read
from iltb.settings.base import *
from iltb.settings.base import from_environment

_env = read(demo=True)
globals().update(from_environment(_env))

ILTB_DEMO = True
ILTB_FAULT = _env.fault
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ROOT / "var" / "mail"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
