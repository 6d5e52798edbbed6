"""Settings: one file, read from the environment. See docs/configuration.md for every variable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from naung.gateways.home import home, secret_of

PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = os.environ.get("NAUNG_DEBUG") == "1"
SECRET_KEY = os.environ.get("NAUNG_SECRET_KEY") or secret_of("secret-key")
ALLOWED_HOSTS = os.environ.get("NAUNG_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# What the square on a paper leads to; without it, the address by which the page was asked.
PUBLIC_URL = os.environ.get("NAUNG_PUBLIC_URL", "").rstrip("/")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("NAUNG_TRUSTED_ORIGINS", "").split(",") if o]

# Behind TLS (production): cookies only over TLS. The demo runs on plain http on the loopback address.
_TLS = os.environ.get("NAUNG_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
# How many proxies of ours stand in front and add to X-Forwarded-For; without one the header is anybody's word.
TRUSTED_PROXIES = int(os.environ.get("NAUNG_PROXIES", "0"))
SECURE_REFERRER_POLICY = "same-origin"
# A session ends by idleness (accounts/sessions.py): this long after it was last used.
SESSION_COOKIE_AGE = 60 * max(5, int(os.environ.get("NAUNG_IDLE_MINUTES", "480")))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "naung_session"
CSRF_COOKIE_NAME = "naung_csrf"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "procrastinate.contrib.django",
    "naung.ui.apps.UIConfig",
    "naung.areas.apps.AreasConfig",
    "naung.audit.apps.AuditConfig",
    "naung.accounts.apps.AccountsConfig",
    "naung.jobs.apps.JobsConfig",
    "naung.lawbook.apps.LawbookConfig",
    "naung.registry.apps.RegistryConfig",
    "naung.agreements.apps.AgreementsConfig",
    "naung.programmes.apps.ProgrammesConfig",
    "naung.selection.apps.SelectionConfig",
    "naung.coverage.apps.CoverageConfig",
    "naung.contributions.apps.ContributionsConfig",
    "naung.cards.apps.CardsConfig",
    "naung.partners.apps.PartnersConfig",
    "naung.outreach.apps.OutreachConfig",
    "naung.planning.apps.PlanningConfig",
    "naung.papers.apps.PapersConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "naung.ui.weight.LightPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "naung.ui.language.LanguageInAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "naung.accounts.sessions.stays_signed_in",
    "naung.programmes.offline_device.wipes_for_others",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "naung.ui.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "naung.ui.forms.Renderer"

ROOT_URLCONF = "naung.config.urls"
WSGI_APPLICATION = "naung.config.wsgi.application"


def _database() -> dict[str, Any]:
    # Without the variable the command line starts the embedded cluster and sets it (config/cli.py).
    parts = conninfo_to_dict(os.environ.get("NAUNG_DATABASE_URL", "postgresql:///naung"))
    options: dict[str, Any] = {
        name: value for name, value in parts.items() if name not in {"dbname", "user", "password", "host", "port"}
    }
    if os.environ.get("NAUNG_POOL"):  # the server: a connection per request costs a third of the throughput
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname") or "naung",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": parts.get("port") or "",
        "OPTIONS": options,
        "TEST": {"NAME": os.environ.get("NAUNG_TEST_DATABASE") or None},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "planning:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("NAUNG_TIME_ZONE", "Asia/Jakarta")

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if os.environ.get("NAUNG_STATIC") == "hashed"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = os.environ.get("NAUNG_STATIC") != "hashed"

# A village list is small; the command line takes the big ones.
UPLOAD_LIMIT_BYTES = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# Long work is a job with a page of its own (naung.jobs). Below these sizes it is done while one waits.
LONG_UPLOAD_BYTES = 300 * 1024
LONG_ROUND_CANDIDATES = 5_000
LONG_BILL_PEOPLE = 5_000
LONG_PAPER_NAMES = 3_000
JOBS_KEPT_DAYS = 30
# Our kinds of work are found by naung.jobs.kinds, and only when one is asked for.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_invitations": {"()": "naung.accounts.hiding.HideInvitations"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_invitations"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("NAUNG_LOG_LEVEL", "WARNING")},
}
