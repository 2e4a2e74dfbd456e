"""A ledger's own key in a file: one line, as the tools for such logs write it; whoever holds it can sign in the ledger's name.

``PRIVATE+KEY+<name>+<key id>+<base64 of 0x01 and the 32 bytes>``. Source: the form that golang.org/x/mod/sumdb/note writes; C2SP signed-note for
name and key id.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.ledger.notes import SignatureType, Signer
from comity.terms import BadInput

_BEGINS = "PRIVATE+KEY+"
_BYTES = 32


def new_signer(name: str) -> Signer:
    """A fresh key."""
    return Signer(name, Ed25519PrivateKey.generate())


def write_key(signer: Signer) -> str:
    """The line that ``read_key`` reads."""
    raw = signer.key.private_bytes_raw()
    return f"{_BEGINS}{signer.name}+{signer.verifier().key_id.hex()}+{base64.b64encode(bytes([SignatureType.ED25519]) + raw).decode()}\n"


def read_key(text: str) -> Signer:
    """The key of a file; BadInput if it is not whole."""
    parts = text.strip().removeprefix(_BEGINS).split("+", 2)
    if not text.startswith(_BEGINS) or len(parts) != 3:
        raise BadInput("the key file does not hold a private key: one line that begins with PRIVATE+KEY+")
    name, key_id, written = parts
    try:
        raw = base64.b64decode(written, validate=True)
    except binascii.Error:
        raise BadInput("the key file is damaged: its last part is not base64") from None
    if len(raw) != _BYTES + 1 or raw[0] != SignatureType.ED25519:
        raise BadInput("the key file is of a kind that this program does not know: it signs with Ed25519")
    signer = Signer(name, Ed25519PrivateKey.from_private_bytes(raw[1:]))
    if signer.verifier().key_id.hex() != key_id:
        raise BadInput("the key file is damaged: name, key and key id do not belong together")
    return signer
