"""An act's own signature: made with a key, read from its text, checked against a key. Whose key it is: standing.

A compact JSON Web Signature whose payload, the act's canonical bytes, is left out: ``header..signature``. It stands beside the act, in the entry, and
is under no hash. The header is ``{"alg":"Ed25519","kid":"<thumbprint>"}`` and may say nothing else: no other algorithm, no ``crit``. Base64url has no
padding and one spelling. So there is nothing to negotiate, and a few lines over ``cryptography`` do it: a library for all of JOSE would bring every
algorithm that has to be refused here.

Source: RFC 7515, 3.1, 5 and appendix F (detached); RFC 8037, 2 and 3.1; RFC 9864, 2.2 (``Ed25519``; ``EdDSA`` is deprecated); RFC 7638, 3.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.acts.ed25519 import is_signed
from comity.acts.envelope import Act, canonical_bytes
from comity.terms import BadInput

if TYPE_CHECKING:  # whoever only checks needs no private keys
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "Ed25519"
_LONGEST = 512
_SIGNATURE_BYTES = 64
_KEY_BYTES = 32
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was read: the thumbprint of the key that it names, its header as written (base64url), its 64 bytes."""

    thumbprint: str
    header: str
    value: bytes


def sign(act: Act, key: Ed25519PrivateKey) -> str:
    """The act's signature with this key, as it is written in a record."""
    thumbprint = thumbprint_of(key.public_key().public_bytes_raw())
    header = to_base64url(json.dumps({"alg": ALGORITHM, "kid": thumbprint}, separators=(",", ":")).encode())
    return f"{header}..{to_base64url(key.sign(signing_input(header, canonical_bytes(act))))}"


def read_signature(text: str) -> Signature:
    """The signature that a text writes; BadInput says what is wrong with it. Whether it fits any act is not looked at."""
    parts = text.split(".")
    if len(parts) != 3 or parts[1] or len(text) > _LONGEST:
        raise BadInput("a signature is written header..signature (a JWS without its payload); sign the act with: comity sign")
    header, _, value = parts
    raw = from_base64url(value)
    if len(raw) != _SIGNATURE_BYTES:
        raise BadInput(f"the signature has {len(raw)} bytes instead of {_SIGNATURE_BYTES}; copy it whole, or sign the act with: comity sign")
    return Signature(_thumbprint_in(header), header, raw)


def is_signed_by(act: Act, signature: Signature, key: bytes) -> bool:
    """Did the holder of this public key (32 bytes), which the signature must name, sign this act?"""
    return thumbprint_of(key) == signature.thumbprint and is_signed(key, signing_input(signature.header, canonical_bytes(act)), signature.value)


def signing_input(header: str, payload: bytes) -> bytes:
    """What is signed: the header as written, a full stop, the payload in base64url. Source: RFC 7515, 5.1."""
    return f"{header}.{to_base64url(payload)}".encode("ascii")


def thumbprint_of(key: bytes) -> str:
    """The name by which a public key of 32 bytes goes: the SHA-256 of its JWK, in base64url. Source: RFC 7638, 3; RFC 8037, appendix A.3."""
    jwk = {"crv": "Ed25519", "kty": "OKP", "x": to_base64url(key)}
    return to_base64url(hashlib.sha256(json.dumps(jwk, separators=(",", ":")).encode()).digest())


def read_key(text: str) -> bytes:
    """A public key, or the thumbprint of one, out of its 43 characters: 32 bytes; BadInput if it is none."""
    raw = from_base64url(text)
    if len(raw) != _KEY_BYTES:
        raise BadInput(f"{text!r} is not a key or its thumbprint: 43 characters of base64url, as `comity keys` prints them")
    return raw


def write_private_key(key: Ed25519PrivateKey) -> bytes:
    """The key as a PEM file (PKCS 8, not encrypted). Source: RFC 8410, 7."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_private_key(pem: bytes) -> Ed25519PrivateKey:
    """The key that a PEM file holds; BadInput if it holds none, or one of another kind."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadInput("no private key that can be read: give a PEM file without a password, as `comity keys make` writes it") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput("a private key of another kind: acts are signed with Ed25519; make one with: comity keys make")
    return key


def to_base64url(data: bytes) -> str:
    """The bytes in the one way in which signatures and keys write them."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """The bytes that a text writes in the one way that is allowed: no padding, no stray bits. Source: RFC 7515, 2; RFC 4648, 3.5 and 5."""
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise BadInput(f"{text!r} is not base64url (letters, digits, - and _, without =)")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text:
        raise BadInput(f"{text!r} is not base64url as it ought to be written: its last character has stray bits")
    return data


def _thumbprint_in(header: str) -> str:
    """The key's thumbprint that a header names, if the header is one that is understood."""
    try:
        said = json.loads(from_base64url(header).decode("utf-8"), object_pairs_hook=_once)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise BadInput("the signature's header is not JSON; sign the act with: comity sign") from None
    if not isinstance(said, dict) or said.get("alg") != ALGORITHM:
        alg = said.get("alg") if isinstance(said, dict) else None
        raise BadInput(f"the signature's algorithm is {alg!r}; acts are signed with {ALGORITHM}")
    if set(said) != {"alg", "kid"} or not isinstance(said["kid"], str):
        raise BadInput(f"the signature's header has {', '.join(map(repr, said))}; it must have 'alg' and 'kid' (text), and nothing else")
    read_key(said["kid"])
    return said["kid"]


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadInput("the signature's header says one thing twice; sign the act with: comity sign")
    return found
