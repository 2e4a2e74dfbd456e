#!/usr/bin/env python3
"""Is this act in that ledger?  A proof checked by one file of plain Python that needs nothing else, and no network.

    python verify_proof.py PROOF KEY [WITNESS ...]

PROOF is a file as ``comity ledger prove`` writes it (C2SP tlog-proof). KEY is the ledger's public key and each WITNESS that of somebody who
cosigns its checkpoints, as they gave them to you (name+id+base64). Exit 0: proved, and what; 1: not proved, and why; 2: misuse.

1. the note at the end: signed by the ledger's key (RFC 8032), and cosigned by each witness   2. the leaf in the proof: hashed with the
path up to a root (RFC 9162, 2.1.3.2)   3. that root is the signed one.
"""

import base64
import binascii
import hashlib
import json
import sys

# -- Ed25519 verification, straight from RFC 8032, 5.1 -----------------------------------------------------------------

Point = tuple[int, int, int, int]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def _point(data: bytes) -> "Point | None":
    """A point from its 32 bytes (5.1.3); None if there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def _add(a: "Point", b: "Point") -> "Point":
    """The sum of two points in extended coordinates (5.1.4)."""
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, z - t, z + t, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number: int, point: "Point") -> "Point":
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point, number = _add(point, point), number >> 1
    return total


_BASE_Y = 4 * pow(5, P - 2, P) % P


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Does ``signature`` (64 bytes) by ``key`` (32 bytes) hold for ``message`` (5.1.7)?"""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = _point(key), _point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or number >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    base = _point(_BASE_Y.to_bytes(32, "little"))
    assert base is not None
    left, right = _times(number, base), _add(commitment, _times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# -- the tree: RFC 9162, 2.1 -------------------------------------------------------------------------------------------


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> "bytes | None":
    """The root that a leaf at ``index`` of ``size`` leads to along ``path`` (2.1.3.2); None if the path doesn't fit."""
    if not 0 <= index < size:
        return None
    at, last, hashed = index, size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            hashed = hashlib.sha256(b"\x01" + step + hashed).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hashed = hashlib.sha256(b"\x01" + hashed + step).digest()
        at, last = at >> 1, last >> 1
    return hashed if last == 0 else None


# -- keys, notes, proofs: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof ------------------------------


class NotProved(Exception):
    """Why it isn't."""


def _decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotProved(f"{text[:40]!r} is not base64") from None
    if base64.b64encode(data).decode() != text:
        raise NotProved(f"{text[:40]!r} is not base64 as it is written")
    return data


def read_key(text: str) -> tuple[str, bytes]:
    """Name and public key of a verifier key."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise NotProved(f"{text!r} is no key: name+id+base64")
    data = _decoded(parts[2])
    if len(data) != 33 or data[0] not in (1, 4):
        raise NotProved(f"the key of {parts[0]} is of a kind that this program doesn't know: Ed25519 only")
    if hashlib.sha256(parts[0].encode() + b"\n" + data).digest()[:4].hex() != parts[1]:
        raise NotProved(f"the key of {parts[0]} is damaged: its id does not fit")
    return parts[0], data[1:]


def _id(name: str, kind: int, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def _lines_of(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a note, and its signatures as (name, key id, signature)."""
    text, blank, below = note.rpartition("\n\n")
    if not blank:
        raise NotProved("the checkpoint has no signatures")
    found = []
    for line in below.splitlines():
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014":
            raise NotProved(f"{line[:40]!r} is no signature line")
        data = _decoded(words[2])
        found.append((words[1], data[:4], data[4:]))
    return text + "\n", found


def is_note_signed(note: str, name: str, key: bytes) -> bool:
    """Is the note signed by this key?"""
    text, signatures = _lines_of(note)
    return any(n == name and i == _id(name, 1, key) and is_signed(key, text.encode(), s) for n, i, s in signatures)


def cosigned_at(note: str, name: str, key: bytes) -> "int | None":
    """When this witness saw the checkpoint, in seconds since 1970; None if it did not cosign."""
    text, signatures = _lines_of(note)
    for n, i, s in signatures:
        if n == name and i == _id(name, 4, key) and len(s) == 72:
            at = int.from_bytes(s[:8], "big")
            if is_signed(key, f"cosignature/v1\ntime {at}\n{text}".encode(), s[8:]):
                return at
    return None


def check(proof: str, key: str, witnesses: "list[str] | tuple[str, ...]" = ()) -> "dict[str, object]":
    """What the proof proves, as what the leaf says; NotProved with the reason."""
    head, blank, note = proof.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 3 or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise NotProved("this is no proof as `comity ledger prove` writes it")
    leaf, index = _decoded(lines[1][6:]), lines[2][6:]
    if not index.isdigit() or str(int(index)) != index:
        raise NotProved(f"the index {index!r} is no number")
    # 1. the note
    name, public = read_key(key)
    if not is_note_signed(note, name, public):
        raise NotProved(f"the checkpoint is not signed by {name}")
    for witness in witnesses:
        who, their = read_key(witness)
        if cosigned_at(note, who, their) is None:
            raise NotProved(f"the checkpoint is not cosigned by {who}")
    said = note.split("\n")
    if said[0] != name or not said[1].isdigit():
        raise NotProved(f"the checkpoint is about {said[0]!r}, not about {name}")
    # 2. the path
    root = root_from(leaf, int(index), int(said[1]), [_decoded(line) for line in lines[3:]])
    # 3. the root
    if root is None or root != _decoded(said[2]):
        raise NotProved("the leaf and its path do not lead to the root of the checkpoint")
    title, _, fields = leaf.partition(b"\n")
    if title != b"comity leaf 1":
        raise NotProved("it is in the log, and is no leaf of a kind that this program knows")
    return {**json.loads(fields), "ledger": name, "items": int(said[1])}


def main(arguments: list[str]) -> int:
    if len(arguments) < 2:
        print("usage: verify_proof.py PROOF KEY [WITNESS ...]", file=sys.stderr)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            found = check(file.read(), arguments[1], arguments[2:])
    except (OSError, UnicodeDecodeError) as problem:
        print(f"{arguments[0]} cannot be read: {problem}", file=sys.stderr)
        return 2
    except NotProved as why:
        print(f"not proved: {why}")
        return 1
    print(f"proved: item {found['seq']} of {found['items']} in {found['ledger']}")
    for name in ("act", "recorded", "logged", "file"):
        if name in found:
            print(f"  {name}: {found[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
