"""Is an Ed25519 signature right?  The one place where checking acts rests on a library; the verifier in one file brings its own instead.

Source: RFC 8032, 5.1.7.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Does ``signature`` (64 bytes) by the public ``key`` (32 bytes) hold for ``message``?"""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
