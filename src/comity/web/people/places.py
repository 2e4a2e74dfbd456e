"""Where accounts are kept, and who else says who somebody is: the address of the database, and the file that names OpenID providers."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from comity.terms import BadInput

CHOSEN = "COMITY_PEOPLE"
IDENTITIES = "COMITY_OIDC"
KEY = "COMITY_PEOPLE_KEY"
NEEDS = ("id", "name", "server", "client", "secret_file")


def choose(url: str, identities: str | None = None, key: str | None = None) -> None:
    """From now on accounts are kept there; BadInput if that is no address of a database."""
    database(url)
    os.environ[CHOSEN] = url
    if identities is not None:
        providers(Path(identities))
        os.environ[IDENTITIES] = identities
    if key is not None:
        os.environ[KEY] = key


def key_beside(url: str) -> str:
    """The key file where none is named: beside the file of the database, else in the folder in which Comity runs."""
    found = database(url)
    return f"{found['NAME']}.key" if found["ENGINE"].endswith("sqlite3") else "people.key"


def database(url: str) -> dict[str, Any]:
    """The database at an address, as Django names one."""
    kind, found, rest = url.partition("://")
    if kind == "sqlite" and rest.startswith("/") and len(rest) > 1:
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": rest[1:], "OPTIONS": options}
    parts = urlsplit(url)
    if not found or kind != "postgresql" or len(parts.path) < 2:
        raise BadInput(f"--people {url!r}: write sqlite:///FILE or postgresql://USER@HOST/NAME")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def providers(file: Path) -> list[dict[str, Any]]:
    """The OpenID providers that a file names, as allauth wants them; BadInput says what is wrong with it.

    A table ``[[provider]]`` each, with ``id``, ``name``, ``server``, ``client`` and ``secret_file``, which is looked for beside the file.
    """
    try:
        with file.open("rb") as opened:
            listed = tomllib.load(opened).get("provider", [])
    except OSError as problem:
        raise BadInput(f"--oidc {str(file)!r} cannot be read ({problem.strerror}); name a file that lists providers") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(f"--oidc {str(file)!r}: {problem}; put that right") from None
    if not isinstance(listed, list) or not listed:
        raise BadInput(f"--oidc {str(file)!r} names no provider; write a table [[provider]] for each")
    return [_provider(file, one) for one in listed]


def _provider(file: Path, given: dict[str, Any]) -> dict[str, Any]:
    if missing := [name for name in NEEDS if not isinstance(given.get(name), str) or not given[name]]:
        raise BadInput(f"--oidc {str(file)!r}: a provider lacks {', '.join(missing)}; give each provider {', '.join(NEEDS)}")
    server = urlsplit(given["server"])
    if server.scheme != "https" and server.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise BadInput(f"--oidc {str(file)!r}: {given['server']} is asked without TLS; write https://")
    secret = file.parent / given["secret_file"]
    try:
        said = secret.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise BadInput(f"--oidc: {str(secret)!r} cannot be read ({problem.strerror}); put the secret of {given['client']} there") from None
    settings = {"server_url": given["server"], "oauth_pkce_enabled": True, "fetch_userinfo": False}
    return {"provider_id": given["id"], "name": given["name"], "client_id": given["client"], "secret": said, "settings": settings}
