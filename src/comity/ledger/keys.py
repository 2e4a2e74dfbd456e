"""A ledger's own key in a file: one line, as the tools for such logs write it; whoever holds it can sign in the ledger's name.

``PRIVATE+KEY+<name>+<key id>+<base64 of the type and the 32 bytes>``. The type is 0x01 for the key of a log, which signs its checkpoints,
and 0x04 for that of a witness, which cosigns others': a ledger that is both has two keys, and neither file does the other's work.
Source: the form that golang.org/x/mod/sumdb/note writes; C2SP signed-note for name and key id.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.ledger.notes import SignatureType, Signer
from comity.terms import BadInput

_BEGINS = "PRIVATE+KEY+"
_BYTES = 32
_MADE = {
    SignatureType.ED25519: "the key with which a ledger signs its checkpoints (made with: ledger key FILE)",
    SignatureType.COSIGNATURE: "the key with which it cosigns those of others (made with: ledger key --witness FILE)",
}


def new_signer(name: str) -> Signer:
    """A fresh key."""
    return Signer(name, Ed25519PrivateKey.generate())


def write_key(signer: Signer, signature_type: SignatureType = SignatureType.ED25519) -> str:
    """The line that ``read_key`` reads."""
    material = bytes([signature_type]) + signer.key.private_bytes_raw()
    return f"{_BEGINS}{signer.name}+{signer.verifier(signature_type).key_id.hex()}+{base64.b64encode(material).decode()}\n"


def read_key(text: str, signature_type: SignatureType = SignatureType.ED25519) -> Signer:
    """The key of a file; BadInput if it is not whole, or of another type."""
    parts = text.strip().removeprefix(_BEGINS).split("+", 2)
    if not text.startswith(_BEGINS) or len(parts) != 3:
        raise BadInput("the key file does not hold a private key: one line that begins with PRIVATE+KEY+")
    name, key_id, written = parts
    try:
        material = base64.b64decode(written, validate=True)
    except binascii.Error:
        raise BadInput("the key file is damaged: its last part is not base64") from None
    if len(material) != _BYTES + 1 or material[0] not in list(SignatureType):
        raise BadInput("the key file is of a kind that this program does not know: it signs with Ed25519")
    signer = Signer(name, Ed25519PrivateKey.from_private_bytes(material[1:]))
    if signer.verifier(SignatureType(material[0])).key_id.hex() != key_id:
        raise BadInput("the key file is damaged: name, key and key id do not belong together")
    if material[0] != signature_type:
        raise BadInput(f"the key file holds {_MADE[SignatureType(material[0])]}; this needs {_MADE[signature_type]}")
    return signer
