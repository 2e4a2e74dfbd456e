"""Accounts made ready: the database with its tables, and the key that keeps sessions valid over a restart."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from comity.terms import BadInput


def start() -> None:
    """Load Django with accounts, bring the database's tables up to date, and take its key; BadInput if it cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.web.settings")
    import django

    django.setup()
    prepare()


def prepare() -> None:
    """The tables and the key; the file of a new database is its owner's alone to read."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    from comity.web.people.sealing import prepare_key

    chosen = settings.DATABASES["default"]
    if chosen["ENGINE"].endswith("sqlite3"):
        _keep_to_its_owner(Path(chosen["NAME"]))
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("clearsessions")
        settings.SECRET_KEY = _key()
        prepare_key()
        connections.close_all()
    except DatabaseError as problem:
        says = str(problem).strip().splitlines()[0]
        raise BadInput(f"--people: the database cannot be used ({says}); name another, or put that right") from None


def _keep_to_its_owner(file: Path) -> None:
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise BadInput(f"--people: {str(file)!r} cannot be written ({problem.strerror}); name another file") from None


def _key() -> str:
    """The key that signs sessions: made once, kept in the database."""
    from comity.web.people.models import Key

    return Key.objects.get_or_create(pk=1, defaults={"value": secrets.token_urlsafe(50)})[0].value
