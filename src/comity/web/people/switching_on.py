"""Django's settings where there are accounts, beside those that the pages have anyway."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from comity.web.people.places import database, key_beside, providers

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "comity.web.people",
    "comity.web.watching",
)
MIDDLEWARE = (
    "comity.web.guarding.Guard",
    "comity.web.people.admitting.OverTls",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "comity.web.people.admitting.Admit",
)
PASSWORDS = ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")


def with_accounts(pages: Mapping[str, Any], url: str, identities: str = "", key: str = "") -> dict[str, Any]:
    """What is set where accounts are kept at ``url``; ``identities``: the file that names OpenID providers; ``key``: the one that seals factors."""
    (engine,) = pages["TEMPLATES"]
    words = {**engine["OPTIONS"], "context_processors": [*engine["OPTIONS"]["context_processors"], "comity.web.people.framing.around"]}
    return {
        "INSTALLED_APPS": list(APPS),
        "DATABASES": {"default": database(url)},
        "MIDDLEWARE": list(MIDDLEWARE),
        "ROOT_URLCONF": "comity.web.people.urls",
        "TEMPLATES": [{**engine, "DIRS": [Path(__file__).parent / "templates", *engine["DIRS"]], "APP_DIRS": True, "OPTIONS": words}],
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            *({"NAME": f"django.contrib.auth.password_validation.{name}"} for name in PASSWORDS),
        ],
        # attempts at second factors and the like are counted in the database too, for all processes; wrong passwords: see waiting
        "CACHES": {
            "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_counts", "OPTIONS": {"MAX_ENTRIES": 100_000}}
        },
        # browsers keep the ports of a machine not apart: two that are served on one have sessions of different names
        "SESSION_COOKIE_NAME": f"comity_{sha256(url.encode()).hexdigest()[:8]}",
        "SESSION_COOKIE_SAMESITE": "Lax",  # an OpenID provider sends people back from elsewhere
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "today",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_ADAPTER": "comity.web.people.signing_in.Accounts",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_ENABLED": False,
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_PRESERVE_USERNAME_CASING": True,
        # everybody comes from this machine, or through one proxy: an address is nobody's own
        "ACCOUNT_RATE_LIMITS": {"login": "120/m/ip", "login_failed": "5/5m/key"},
        "SOCIALACCOUNT_ADAPTER": "comity.web.people.signing_in.Identities",
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": providers(Path(identities)) if identities else []}},
        "PEOPLE_KEY": key or key_beside(url),
        "MFA_ADAPTER": "comity.web.people.signing_in.Factors",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "Comity",
    }
