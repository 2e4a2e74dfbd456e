"""What does a log say of itself, who signed it, and who has seen it, and when?

Source: C2SP signed-note (the note and its keys), tlog-checkpoint (its text), tlog-cosignature (what witnesses add), all with Ed25519.

A note is text, a blank line and signature lines. Reading one proves nothing: trust its text only after ``verify`` has found the signatures
that you ask for. Keys and times are passed in.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.terms import BadInput

MOST_SIGNATURES = 100
MOST_BYTES = 1_000_000
"""A longer note is not read; the specification asks for room for 16 signatures of up to 5,000 bytes at least."""
MOST_LEAVES = 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROOT_BYTES, _KEY_BYTES, _ID_BYTES, _SIGNATURE_BYTES, _TIME_BYTES = 32, 32, 4, 64, 8


class SignatureType(IntEnum):
    """What a key signs: a note as it stands, or a checkpoint with the time at which it was seen. Source: signed-note, "Signature types"."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


_WHOSE = {SignatureType.ED25519: "a log's, which signs checkpoints (01)", SignatureType.COSIGNATURE: "a witness's, which cosigns them (04)"}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its name, how many leaves it has, and the root hash over them; BadInput if it cannot be written.

    Source: tlog-checkpoint, "Note text".
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MOST_LEAVES:
            raise BadInput(f"a checkpoint has a size from 0 to 2**63 - 1, not {self.size}")
        if len(self.root) != _ROOT_BYTES:
            raise BadInput(f"a checkpoint has a root hash of {_ROOT_BYTES} bytes, not {len(self.root)}")
        for line in (self.origin, *self.extensions):
            if not line or "\n" in line:
                raise BadInput(f"the origin and every extension of a checkpoint is one line that is not empty, not {line[:80]!r}")
            _check_characters(line)

    def text(self) -> str:
        """The text of the note."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), to_base64(self.root), *self.extensions))


class SignatureLine(NamedTuple):
    """One line below a note, not verified: the name and the id of a key, and what it is said to have signed with."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    """A note taken apart, not verified: its text with the last line end, and its signature lines."""

    text: str
    signatures: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key that is known: its name, the 32 bytes of the public key, and what it signs."""

    name: str
    public_key: bytes
    type: SignatureType = SignatureType.ED25519

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.public_key) != _KEY_BYTES:
            raise BadInput(f"the public key of {self.name} has {len(self.public_key)} bytes; an Ed25519 key has {_KEY_BYTES}")

    @property
    def key_id(self) -> bytes:
        """The four bytes by which signature lines name the key. Source: signed-note, "Signatures"."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public_key).digest()[:_ID_BYTES]


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name. Use one key for a log and another for a witness."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    def verifier(self, signature_type: SignatureType = SignatureType.ED25519) -> Verifier:
        """What others need to verify its signatures (or cosignatures)."""
        return Verifier(self.name, self.key.public_key().public_bytes_raw(), signature_type)


class Signed(NamedTuple):
    """A signature that was verified: whose, and for a cosignature at what time (UTC, whole seconds) the checkpoint was seen."""

    verifier: Verifier
    at: datetime | None = None


def verifier_key(name: str, public_key: bytes, signature_type: SignatureType = SignatureType.ED25519) -> str:
    """The key as text, to be handed to others. Source: signed-note, "Verifier keys"."""
    verifier = Verifier(name, public_key, signature_type)
    return f"{name}+{verifier.key_id.hex()}+{to_base64(bytes([signature_type]) + public_key)}"


def read_verifier_key(text: str, of: SignatureType | None = None) -> Verifier:
    """The key that such a text gives; BadInput if it is not one, its id is not that of the key, or it is not ``of`` that type."""
    parts = text.split("+", 2)  # base64 may have a plus of its own, a name may not
    if len(parts) != 3:
        raise BadInput(f"a verifier key is name+id+key, not {text[:80]!r}")
    name, key_id, encoded = parts
    material = from_base64(encoded, "the key of a verifier key")
    if material[:1] not in {bytes([known]) for known in SignatureType}:
        raise BadInput(f"the verifier key of {name!r} is of a type that is not read here; Ed25519 signatures (01) and cosignatures (04) are")
    verifier = Verifier(name, material[1:], SignatureType(material[0]))
    if key_id != verifier.key_id.hex():
        raise BadInput(f"the verifier key of {name!r} has the id {key_id!r}, but its key has the id {verifier.key_id.hex()}")
    if of not in (None, verifier.type):
        raise BadInput(f"the verifier key of {name!r} is {_WHOSE[verifier.type]}; give {_WHOSE[SignatureType(of)]}")
    return verifier


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that is the text of a note; BadInput unless it is written exactly as the specification says."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise BadInput("a checkpoint is at least three lines (origin, size, root hash), none empty, each with a line end")
    origin, size, root, *extensions = lines
    if not re.fullmatch("0|[1-9][0-9]{0,18}", size):
        raise BadInput(f"the size of a checkpoint is a decimal number without leading zeros, not {size[:40]!r}")
    return Checkpoint(origin, int(size), from_base64(root, "the root hash of a checkpoint"), tuple(extensions))


def read_note(note: str) -> Note:
    """The note taken apart, nothing verified; BadInput if it is not one. Source: signed-note, "Format"."""
    if len(_check_characters(note)) > MOST_BYTES:
        raise BadInput(f"the note is longer than {MOST_BYTES:,} bytes")
    text, blank, below = note.rpartition("\n\n")
    lines = below.split("\n")
    if not blank or lines.pop() or not lines:
        raise BadInput("a note is text, a blank line and signature lines, each with a line end")
    if len(lines) > MOST_SIGNATURES:
        raise BadInput(f"the note has {len(lines)} signatures; at most {MOST_SIGNATURES} are read")
    return Note(text + "\n", tuple(map(_read_line, lines)))


def write_note(note: Note) -> str:
    """The note put together again, which we write only if we would read it."""
    return _checked(note.text + "\n" + "".join(f"— {s.name} {to_base64(s.key_id + s.signature)}\n" for s in note.signatures))


def signatures(note: str) -> tuple[SignatureLine, ...]:
    """The signature lines of a note, nothing verified."""
    return read_note(note).signatures


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    """The whole note, signed by the log. Source: tlog-checkpoint, "Signatures"."""
    return sign_text(checkpoint.text(), signer)


def sign_text(text: str, signer: Signer) -> str:
    """Any text as a signed note. What a log's key signs besides checkpoints begins with another line than the log's name. Source: signed-note."""
    return _checked(f"{text}\n{_line(signer.verifier(), signer.key.sign(text.encode()))}")


def cosign(note: str, signer: Signer, at: datetime) -> str:
    """The note with one more line, by which the signer says that it saw this checkpoint at that time, and nothing that contradicts it.

    What the signer must first make sure of, the log's signature and the consistency with what it saw before, is not looked at here.
    """
    return _checked(note + cosignature(read_note(note).text, signer, at))


def cosignature(text: str, signer: Signer, at: datetime) -> str:
    """The line alone, with its line end, that cosigns the checkpoint with this text. Source: tlog-cosignature, "Format"."""
    read_checkpoint(text)
    if at.tzinfo is None or at < EPOCH:
        raise BadInput(f"a cosignature has a time with its zone, from 1970 on, not {at}")
    seconds = (at - EPOCH) // timedelta(seconds=1)
    signature = signer.key.sign(cosigned_message(text, seconds))
    return _line(signer.verifier(SignatureType.COSIGNATURE), seconds.to_bytes(_TIME_BYTES, "big") + signature)


def cosigned_message(text: str, seconds: int) -> bytes:
    """The bytes that a cosignature signs; seconds since 1970. Source: tlog-cosignature, "Ed25519 signed message"."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def verify(note: str, verifiers: Iterable[Verifier]) -> list[Signed]:
    """Whose signatures and cosignatures are on the note, of the keys that are known; each key is told once, a cosigner with its latest time.

    Lines of other keys are ignored. BadInput if the note is malformed, or if a known key did not sign what stands there. An empty list: nobody
    known has signed, and the note must not be believed. Source: signed-note, "Signatures".
    """
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise BadInput(f"two different keys are known as {verifier.name} with the id {verifier.key_id.hex()}: leave one out")
    text, lines = read_note(note)
    found: dict[Verifier, Signed] = {}
    for line in lines:
        if by := known.get((line.name, line.key_id)):
            signed = _verified(text, line, by)
            found[by] = max(found.get(by, signed), signed, key=lambda s: s.at or EPOCH)
    return list(found.values())


def _verified(text: str, line: SignatureLine, by: Verifier) -> Signed:
    timed = by.type is SignatureType.COSIGNATURE
    stamp, signature = (line.signature[:_TIME_BYTES], line.signature[_TIME_BYTES:]) if timed else (b"", line.signature)
    seconds = int.from_bytes(stamp, "big")
    if timed:
        read_checkpoint(text)  # nothing else can be cosigned
    try:
        if len(signature) != _SIGNATURE_BYTES:
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(by.public_key).verify(signature, cosigned_message(text, seconds) if timed else text.encode())
        return Signed(by, EPOCH + timedelta(seconds=seconds) if timed else None)
    except InvalidSignature:
        raise BadInput(f"the note bears a signature of {by.name} (key {by.key_id.hex()}) that is not right: reject the note") from None
    except OverflowError:
        raise BadInput(f"the cosignature of {by.name} has a time after the year 9999") from None


def _read_line(line: str) -> SignatureLine:
    dash, *words = line.split(" ")
    if dash != "—" or len(words) != 2:
        raise BadInput(f"a signature line is a dash (U+2014), the name of a key and a signature, with a space between, not {line[:80]!r}")
    name, encoded = words
    blob = from_base64(encoded, "a signature")
    if len(blob) <= _ID_BYTES:
        raise BadInput(f"the signature of {name!r} is too short to be one")
    return SignatureLine(_check_name(name), blob[:_ID_BYTES], blob[_ID_BYTES:])


def _line(by: Verifier, signature: bytes) -> str:
    return f"— {by.name} {to_base64(by.key_id + signature)}\n"


def _checked(note: str) -> str:
    """The note, which we write only if we would read it."""
    read_note(note)
    return note


def _check_name(name: str) -> str:
    _check_characters(name)
    if not name or "+" in name or any(character.isspace() for character in name):
        raise BadInput(f"the name of a key is not empty and has no space and no plus sign, unlike {name!r}")
    return name


def _check_characters(text: str) -> bytes:
    """The text in UTF-8; BadInput if it has what a note may not have."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        raise BadInput("a note is Unicode text; this has half a character in it (a lone surrogate)") from None
    if found := re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise BadInput(f"a note has no control characters but line ends; this has {found[0]!r}")
    return encoded


def to_base64(data: bytes) -> str:
    """The one way in which bytes are written in notes and proofs. Source: RFC 4648, 4."""
    return base64.b64encode(data).decode()


def from_base64(text: str, what: str) -> bytes:
    """The bytes; BadInput unless the text is the one way in which they are written. Source: RFC 4648, 4."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if not data or to_base64(data) != text:
        raise BadInput(f"{what} is written in base64, not {text[:80]!r}")
    return data
