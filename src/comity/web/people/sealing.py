"""Second factors sealed where they are kept: whoever has a copy of the database of accounts has no codes, unless they have the key file too.

Source: NIST SP 800-63B, 5.1.4.1 (keys of one-time passwords are kept as secrets are); Fernet (AES-128-CBC and HMAC-SHA-256).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from comity.terms import BadInput

SEALED = "fernet:"


def seal(text: str) -> str:
    """A secret, as it is kept."""
    return SEALED + _fernet(settings.PEOPLE_KEY).encrypt(text.encode()).decode()


def unseal(kept: str) -> str:
    """The secret; one that was kept before there was a key is as it is."""
    if not kept.startswith(SEALED):
        return kept
    try:
        return _fernet(settings.PEOPLE_KEY).decrypt(kept.removeprefix(SEALED).encode()).decode()
    except InvalidToken:
        raise BadInput("a second factor was sealed with another key; give the file that has it with --people-key") from None


@cache
def _fernet(file: str) -> Fernet:
    try:
        return Fernet(Path(file).read_bytes().strip())
    except OSError as problem:
        raise BadInput(f"--people-key {file!r} cannot be read ({problem.strerror}); put the key file there") from None
    except ValueError:
        raise BadInput(f"--people-key {file!r} holds no key; name the file that Comity made") from None


def prepare_key() -> None:
    """The key file, made if nothing is sealed yet; what was kept unsealed is sealed. BadInput if the key is gone or is another."""
    from allauth.mfa.models import Authenticator

    kept = [one for one in Authenticator.objects.all() if _secrets(one.data)]
    sealed = [one for one in kept if all(text.startswith(SEALED) for text in _secrets(one.data).values())]
    if not Path(settings.PEOPLE_KEY).exists():
        if sealed:
            raise BadInput(f"--people-key {settings.PEOPLE_KEY!r} is not there, and second factors are sealed with it; put the key file back")
        _make(Path(settings.PEOPLE_KEY))
    for one in sealed[:1]:
        unseal(next(iter(_secrets(one.data).values())))
    for one in kept:
        if one not in sealed:
            one.data = {**one.data, **{name: seal(unseal(text)) for name, text in _secrets(one.data).items()}}
            one.save()


def _secrets(data: dict[str, Any]) -> dict[str, str]:
    """What is secret in a second factor: the key of an app, or the seed of recovery codes."""
    return {name: data[name] for name in ("secret", "seed") if isinstance(data.get(name), str)}


def _make(file: Path) -> None:
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(Fernet.generate_key() + b"\n")
    except FileExistsError:  # another process made it meanwhile
        return
    except OSError as problem:
        raise BadInput(f"--people-key {str(file)!r} cannot be written ({problem.strerror}); name another file") from None
