"""Django's settings, as few as the pages need: no database, no sessions, no accounts, this machine only.

Where COMITY_PEOPLE names a database, accounts are kept in it, and what they need is set besides.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from comity.web.people.switching_on import with_accounts

SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "comity.web.urls"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}
PEOPLE_KEY = ""
MIDDLEWARE = ["comity.web.guarding.Guard", "django.middleware.locale.LocaleMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "builtins": ["comity.web.tags", "comity.web.tags_of_decisions", "django.templatetags.i18n"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 9_000_000
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "French"), ("es", "Spanish"), ("de", "German"), ("ar", "Arabic")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
USE_TZ = True
TIME_ZONE = "UTC"
DATE_FORMAT = "Y-m-d"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "comity.web.guarding.forged"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"not-busy": {"()": "django.utils.log.CallbackFilter", "callback": lambda record: getattr(record, "status_code", 500) != 503}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "level": "ERROR", "filters": ["not-busy"]}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

if _people := os.environ.get("COMITY_PEOPLE", ""):
    globals().update(with_accounts(globals(), _people, os.environ.get("COMITY_OIDC", ""), os.environ.get("COMITY_PEOPLE_KEY", "")))
