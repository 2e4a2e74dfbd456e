"""What a client shows: a certificate, a token or a password; how each is read, and by which SHA-256 an act names the first two.

A token is ``comity_``, 256 random bits and a CRC-32 of what stands before it, in hexadecimal digits: one that was cut off or mistyped is told from a
wrong one without being looked up, and one that strayed into a file can be searched for.

Source: docs/explanation/how-exchange-works.md, section 9; RFC 6750, 2.1; RFC 7617, 2; RFC 8705, 3.1 (of which this is the fingerprint in hexadecimal
digits).
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from comity.terms import BadInput

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_TOKEN = re.compile(r"comity_[0-9a-f]{72}")
_CHECK = 8


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of which somebody trusted says that its key was proved. ``begins``, ``ends``: from when until when it is good."""

    fingerprint: str
    begins: datetime
    ends: datetime

    def is_good_at(self, now: datetime) -> bool:
        return self.begins <= now <= self.ends


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was sent, whatever it is worth."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Password:
    """A name and a password as they were sent, whatever they are worth."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something was shown that is none of these."""


Credential = Certificate | Token | Password | Unreadable


def read_certificate(data: bytes) -> Certificate:
    """The certificate in these bytes (PEM or DER); BadInput if there is none."""
    try:
        read = x509.load_pem_x509_certificate(data) if data.lstrip().startswith(b"-----BEGIN") else x509.load_der_x509_certificate(data)
        fingerprint = hashlib.sha256(read.public_bytes(Encoding.DER)).hexdigest()
        return Certificate(fingerprint, read.not_valid_before_utc, read.not_valid_after_utc)
    except ValueError:
        raise BadInput("this is no certificate; give one as PEM or DER, as openssl x509 writes it") from None


def read_fingerprint(text: str) -> str:
    """A SHA-256 as people write it (colons, capitals, ``sha256:`` before it) in 64 small hexadecimal digits; BadInput if it is none."""
    plain = text.strip().lower().removeprefix("sha256:").replace(":", "")
    if not _FINGERPRINT.fullmatch(plain):
        raise BadInput(f"fingerprint {text!r} is not a SHA-256; write its 64 hexadecimal digits")
    return plain


def new_token() -> str:
    """A fresh token, to be given to the client and kept nowhere; an act names it by its ``token_fingerprint``."""
    begins = f"comity_{secrets.token_hex(32)}"
    return begins + _check_of(begins)


def token_fingerprint(token: str) -> str:
    """The SHA-256 by which an act names a token; BadInput if it is no token or was mistyped."""
    if not _TOKEN.fullmatch(token) or _check_of(token[:-_CHECK]) != token[-_CHECK:]:
        raise BadInput("this is no token of Comity's, or not all of it: copy it whole")
    return hashlib.sha256(token.encode()).hexdigest()


def _check_of(text: str) -> str:
    return f"{zlib.crc32(text.encode()):0{_CHECK}x}"
