"""What every installation shares. Nothing here reads the environment but through ``apply``."""

from typing import Any

import django_stubs_ext
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from iltb.env import ROOT, Environment

# ``ModelForm[Case]`` and the like are real classes only after this.
django_stubs_ext.monkeypatch()

INSTALLED_APPS = [
    "boards",
    "trials",
    "cases",
    "iltb.documents",
    "iltb.mail",
    "iltb.terminology",
    "iltb.accounts",
    "iltb.audit",
    "iltb.pages",
    "iltb.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "guardian",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "iltb.core.http.SecurityHeadersMiddleware",
    "iltb.audit.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iltb.core.http.DomainErrorMiddleware",
    "iltb.audit.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iltb.core.context.frame",
            ],
        },
    },
]

BASE_DIR = ROOT
ROOT_URLCONF = "iltb.urls"
WSGI_APPLICATION = "iltb.wsgi.application"
FORM_RENDERER = "iltb.core.forms.Renderer"

# Accounts -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "boards:inbox"
ACCOUNT_ADAPTER = "iltb.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"trial_contact": "10/m/ip,60/h/ip"}  # beside allauth's own; answers of trial contacts
ACCOUNT_EMAIL_SUBJECT_PREFIX = "iLTB: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

# Browser security ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

# Files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # one specimen may carry 100 rows of each kind of finding

# The cache is a table, so that lock-outs survive a flush of the broker's server.
# Profiles of frozen dossiers stay in the memory of the process that wrote them, for an hour.
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"},
    "profiles": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "profiles",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 60},
    },
}

# Jobs ---------------------------------------------------------------------------------------------
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_DEFAULT_QUEUE = "iltb"
CELERY_TASK_QUEUES = [Queue("iltb")]
CELERY_IMPORTS = ("iltb.core.tasks", "iltb.accounts.tasks", "iltb.mail.tasks", "trials.tasks", "boards.tasks")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "core.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "forget": {"task": "accounts.forget", "schedule": 600.0, "options": {"expires": 600}},
    "standing_matches": {"task": "trials.look_for_changes", "schedule": 60.0, "options": {"expires": 60}},
}
# A nudge must never hold up a signature: these bound it to about 0.3 s with a frozen broker.
NUDGE_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "connect_retries_timeout": 0.3,
    "socket_timeout": 0.3,
    "socket_connect_timeout": 0.3,
}

# Uploads are read in memory or on disk by Django; what is too large is thrown away before either.
FILE_UPLOAD_HANDLERS = [
    "iltb.core.uploads.RefuseLargeFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# API ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "iltb.core.http.api_exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "iLTB portal",
    "DESCRIPTION": "Cases and letters of the international Leukemia/Lymphoma Target Board.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "CaseState": "cases.enums.CaseState.choices",
        "JobState": "iltb.core.models.JobState.choices",
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ILTB_DEMO = False
ILTB_FAULT = ""
ILTB_BASE_URL = ""
ILTB_COORDINATION_EMAIL = ""
ILTB_DATABASE_ROLE = "app"
ILTB_DATABASE_APP_USER = ""
ILTB_DATABASE_OWNER_USER = ""
ILTB_MATCHING = True  # matching is decision support and can be switched off
ILTB_TRIAL_STATUS_DAYS = 30  # an older status reads "not confirmed since"
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # grants are asked through GrantedQuerySet, never through a backend
]


def logging_config(level: str) -> dict[str, Any]:
    """One line per event on standard error; no clinical text is ever logged."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        },
        "filters": {
            "request_id": {"()": "iltb.audit.request_id.RequestIdFilter"},
            "route": {"()": "iltb.core.routes.RouteFilter"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id", "route"]},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "pikepdf")},
    }


def from_environment(env: Environment) -> dict[str, Any]:
    """The settings that depend on where the process runs."""
    return {
        "SECRET_KEY": env.secret_key,
        "ALLOWED_HOSTS": env.allowed_hosts,
        "ILTB_BASE_URL": env.base_url,
        "ILTB_COORDINATION_EMAIL": env.coordination_email,
        "ILTB_DATABASE_ROLE": env.database_role,
        "ILTB_DATABASE_APP_USER": env.database_app_user,
        "ILTB_DATABASE_OWNER_USER": env.database_owner_user,
        "ALLAUTH_TRUSTED_PROXY_COUNT": env.trusted_proxies,
        "CSRF_TRUSTED_ORIGINS": [env.base_url],
        "DATABASES": {
            "default": {
                **env.database,
                "ENGINE": "django.db.backends.postgresql",
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": {"connect_timeout": 5, "options": "-c lock_timeout=10s -c statement_timeout=30s"},
                "TEST": {"NAME": env.test_database},
            },
        },
        "CELERY_BROKER_URL": env.redis_url,
        "MEDIA_ROOT": env.media_root,
        "STATIC_ROOT": env.static_root,
        "LOGGING": logging_config(env.log_level),
    }
