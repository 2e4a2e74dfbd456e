"""Passwords of clients: made, kept as what cannot be turned back, compared.

A record is ``$scrypt$ln=15,r=8,p=1$salt$hash`` (base64 without padding): log2 of the cost, size of a block, runs side by side. What is derived
from is the SHA-256 of the password. Making or comparing one takes some 100 ms and 32 MiB.

Source: RFC 7914 (scrypt); RFC 8265, 4.2 (normal form C); NIST SP 800-63B-4, 3.1.1.2 (length, and no other rule on what a password is made of).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import unicodedata
from typing import Protocol

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from comity.terms import BadInput

SHORTEST, LONGEST = 15, 256
_COST, _BLOCK, _SIDE_BY_SIDE = 15, 8, 1
_SALT, _HASH = 16, 32
_RECORD = re.compile(r"\$scrypt\$ln=(1[0-9]|20),r=(8|16),p=([1-8])\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})")


class PasswordRecords(Protocol):
    """Where the records of passwords are kept, by the names of clients. What ``put`` kept, the next ``get`` gives, from any process."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, record: str) -> None: ...


def new_password() -> str:
    """A fresh password of 160 random bits."""
    return base64.b32encode(secrets.token_bytes(20)).decode().lower()


def password_record(password: str) -> str:
    """The record of a password, with a salt of its own; BadInput if it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"the password has {len(password)} characters; take {SHORTEST} to {LONGEST}, or have one made")
    salt = secrets.token_bytes(_SALT)
    derived = Scrypt(salt=salt, length=_HASH, n=2**_COST, r=_BLOCK, p=_SIDE_BY_SIDE).derive(_bytes_of(password))
    return _written(salt, derived)


def nobodys_record() -> str:
    """A record that no password fits, which costs as much to compare as any."""
    return _written(secrets.token_bytes(_SALT), secrets.token_bytes(_HASH))


def fits(password: str, record: str) -> bool:
    """Is this the password of the record? BadInput if the record is damaged."""
    found = _RECORD.fullmatch(record)
    if found is None:
        raise BadInput("the record of a password is damaged; set the password again")
    cost, block, side_by_side = (int(number) for number in found.groups()[:3])
    salt, derived = (base64.b64decode(text + "=" * (-len(text) % 4)) for text in found.groups()[3:])
    try:
        Scrypt(salt=salt, length=_HASH, n=2**cost, r=block, p=side_by_side).verify(_bytes_of(password), derived)
    except InvalidKey:
        return False
    return True


def _written(salt: bytes, derived: bytes) -> str:
    salted, hashed = (base64.b64encode(data).decode().rstrip("=") for data in (salt, derived))
    return f"$scrypt$ln={_COST},r={_BLOCK},p={_SIDE_BY_SIDE}${salted}${hashed}"


def _bytes_of(password: str) -> bytes:
    """What is derived from: of one length. As a key of HMAC a short text is the same as one that goes on in zero bytes (RFC 2104, 2)."""
    return hashlib.sha256(unicodedata.normalize("NFC", password).encode()).digest()
