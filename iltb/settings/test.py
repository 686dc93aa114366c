"""Tests: as the demo, with a mail box in memory and a guard against query loops."""

from iltb.env import read
from iltb.settings.base import *
from iltb.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES, from_environment

_env = read(demo=True, secret_key="for-tests-only")  # noqa: S106 -- tests have no secret
_values = from_environment(_env)
_values["DATABASES"]["default"]["CONN_MAX_AGE"] = 0  # a connection kept open would hold up the end of the tests
globals().update(_values)

ILTB_DEMO = True
ILTB_FAULT = _env.fault
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# One request may lock or freeze its own case twice; that is no loop over cases.
ZEAL_ALLOWLIST = [{"model": "cases.Case", "field": "get()"}]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True
