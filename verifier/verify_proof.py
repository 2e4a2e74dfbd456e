#!/usr/bin/env python3
"""Is this act in that ledger, did it only grow, was it forked?  Proofs checked by one file of plain Python that needs nothing else, and no network.

    python verify_proof.py inclusion PROOF --log KEY [--witness KEY]... [--quorum N]
    python verify_proof.py consistency OLD FILE --log KEY [--witness KEY]... [--quorum N]
    python verify_proof.py fork FILE --log KEY

PROOF is a file as ``comity ledger prove`` writes it (C2SP tlog-proof). OLD is a checkpoint that you kept, FILE one as ``comity ledger growth``
writes it (C2SP tlog-witness, add-checkpoint); for ``fork``, one as ``comity ledger cosign`` leaves it. The keys are the ledger's public key
and those of witnesses who cosign its checkpoints, as they gave them to you (name+id+base64); N of the witnesses must have cosigned, or all.
Exit 0: proved, and what; 1: not proved, and why; 2: misuse.

inclusion     1. the note at the end: signed by the ledger's key (RFC 8032), cosigned by the witnesses   2. the leaf in the proof: hashed with
              the path up to a root (RFC 9162, 2.1.3.2)   3. that root is the signed one
consistency   1. both notes, as above; cosigned: the later   2. the hashes lead to both roots (RFC 9162, 2.1.4)
fork          1. both notes, as above   2. two roots at one size; or hashes that lead to the later root, and to another than the earlier one
"""

import argparse
import base64
import binascii
import hashlib
import json
import sys
import time

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


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> "bytes | None":
    """The root that a leaf at ``index`` of ``size`` leads to along ``path`` (2.1.3.2); None if the path doesn't fit."""
    if not 0 <= index < size:
        return None
    at, last, hashed = index, size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            hashed = _node(step, hashed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hashed = _node(hashed, step)
        at, last = at >> 1, last >> 1
    return hashed if last == 0 else None


def roots_from(first: int, second: int, known: bytes, path: "list[bytes]") -> "tuple[bytes, bytes] | None":
    """The roots over the first and over all leaves that a proof leads to, taken from its end (2.1.4.1); None if it doesn't fit.

    ``known``: the root of the first leaves, which the proof leaves out where they are a complete subtree. 0 < first <= second.
    """

    def built(m: int, n: int, rest: "list[bytes]", whole: bool) -> "tuple[bytes, bytes] | None":
        if m == n:
            left = [known, *rest] if whole else rest
            return (left[0], left[0]) if len(left) == 1 else None
        if not rest:
            return None
        cut, side = 1 << (n - 1).bit_length() - 1, rest[-1]
        if m <= cut:
            both = built(m, cut, rest[:-1], whole)
            return both and (both[0], _node(both[1], side))
        both = built(m - cut, n - cut, rest[:-1], False)
        return both and (_node(side, both[0]), _node(side, both[1]))

    return built(first, second, path, True)


# -- keys and notes: C2SP signed-note, tlog-checkpoint, tlog-cosignature -----------------------------------------------

LOG, WITNESS = 1, 4
Key = tuple[str, int, bytes]
Note = tuple[str, int, bytes, str]


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


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and str(int(text)) == text):
        raise NotProved(f"{text[:40]!r} is no number")
    return int(text)


def _hashes(lines: "list[str]") -> "list[bytes]":
    found = [_decoded(line) for line in lines]
    if len(found) > 63 or any(len(one) != 32 for one in found):
        raise NotProved("a proof is at most 63 hashes of 32 bytes, a line each")
    return found


def read_key(text: str, kind: int) -> Key:
    """Name, kind and public key of a verifier key, which is a log's or a witness's."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise NotProved(f"{text!r} is no key: name+id+base64")
    data = _decoded(parts[2])
    if len(data) != 33 or data[0] not in (LOG, WITNESS):
        raise NotProved(f"the key of {parts[0]} is of a kind that this program doesn't know: Ed25519 only")
    if data[0] != kind:
        raise NotProved(f"the key of {parts[0]} is {'a witness' if kind == LOG else 'a log'}'s; give {'a log' if kind == LOG else 'a witness'}'s")
    if _id(parts[0], data[0], data[1:]).hex() != parts[1]:
        raise NotProved(f"the key of {parts[0]} is damaged: its id does not fit")
    return parts[0], data[0], data[1:]


def _id(name: str, kind: int, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def _parts(note: str) -> "tuple[str, list[tuple[str, bytes, bytes]]]":
    """The text of a note, and its signatures as (name, key id, signature)."""
    text, blank, below = note.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise NotProved("the checkpoint has no signatures")
    found = []
    for line in below[:-1].split("\n"):
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014":
            raise NotProved(f"{line[:40]!r} is no signature line")
        data = _decoded(words[2])
        found.append((words[1], data[:4], data[4:]))
    return text + "\n", found


def signed_at(note: str, key: Key) -> "int | None":
    """When this witness saw the note, in seconds since 1970, or 0 for a log that signed it; None if there is no such line.

    NotProved where there is one, and it is wrong: such a note is not to be believed at all.
    """
    name, kind, public = key
    text, signatures = _parts(note)
    times = []
    for line_name, line_id, signature in signatures:
        if (line_name, line_id) != (name, _id(name, kind, public)):
            continue
        at = int.from_bytes(signature[:8], "big") if kind == WITNESS else 0
        message = f"cosignature/v1\ntime {at}\n{text}" if kind == WITNESS else text
        if not is_signed(public, message.encode(), signature[8:] if kind == WITNESS else signature):
            raise NotProved(f"the signature of {name} on the checkpoint is wrong")
        times.append(at)
    return max(times, default=None)


def read_note(note: str, log: Key) -> Note:
    """Origin, size and root of a checkpoint that this log signed, and the note itself."""
    if signed_at(note, log) is None:
        raise NotProved(f"the checkpoint is not signed by {log[0]}")
    lines = note.split("\n")
    if lines[0] != log[0]:
        raise NotProved(f"the checkpoint is about {lines[0]!r}, not about {log[0]}")
    size, root = _number(lines[1]), _decoded(lines[2])
    if size == 0 and root != hashlib.sha256(b"").digest():
        raise NotProved("the checkpoint gives a root of a log without items that such a log cannot have")
    return lines[0], size, root, note


def cosigned(note: Note, witnesses: "list[str] | tuple[str, ...]", quorum: "int | None" = None) -> "dict[str, int]":
    """When each of these witnesses saw the checkpoint; NotProved if they are fewer than the quorum (else: if one did not)."""
    keys = {read_key(text, WITNESS) for text in witnesses}
    seen = {key: signed_at(note[3], key) for key in keys}
    found = {f"{name}+{_id(name, kind, key).hex()}": at for (name, kind, key), at in sorted(seen.items()) if at is not None}
    lacking = sorted(key[0] for key, at in seen.items() if at is None)
    if quorum is None and lacking:
        raise NotProved(f"the checkpoint is not cosigned by {', '.join(lacking)}")
    if quorum is not None and len(found) < quorum:
        raise NotProved(f"the checkpoint is cosigned by {len(found)} of the {len(keys)} witnesses; {quorum} are asked for")
    return found


# -- the three proofs --------------------------------------------------------------------------------------------------


def inclusion(proof: str, log: str, witnesses: "list[str] | tuple[str, ...]" = (), quorum: "int | None" = None) -> "dict[str, object]":
    """What the proof proves, as what the leaf says; NotProved with the reason."""
    head, blank, below = proof.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 3 or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise NotProved("this is no proof as `comity ledger prove` writes it")
    leaf, index = _decoded(lines[1][6:]), _number(lines[2][6:])
    # 1. the note
    note = read_note(below, read_key(log, LOG))
    seen = cosigned(note, witnesses, quorum)
    # 2. the path
    root = root_from(leaf, index, note[1], _hashes(lines[3:]))
    # 3. the root
    if root is None or root != note[2]:
        raise NotProved("the leaf and its path do not lead to the root of the checkpoint")
    title, _, fields = leaf.partition(b"\n")
    if title != b"comity leaf 1":
        raise NotProved("it is in the log, and is no leaf of a kind that this program knows")
    return {**json.loads(fields), "ledger": note[0], "items": note[1], "cosigned": seen}


def _submission(text: str) -> "tuple[int, list[bytes], str]":
    """The size from which a proof starts, its hashes, and the note."""
    head, _, note = text.partition("\n\n")
    first, *rest = head.split("\n")
    if not first.startswith("old "):
        raise NotProved("this is no proof as `comity ledger growth` writes it")
    return _number(first[4:]), _hashes(rest), note


def consistency(old: str, text: str, log: str, witnesses: "list[str] | tuple[str, ...]" = (), quorum: "int | None" = None) -> "dict[str, object]":
    """How far the log goes on from the older checkpoint; NotProved with the reason."""
    start, path, below = _submission(text)
    # 1. the notes
    key = read_key(log, LOG)
    (name, first, first_root, _), later = read_note(old, key), read_note(below, key)
    seen, second = cosigned(later, witnesses, quorum), later[1]
    if start != first:
        raise NotProved(f"the proof starts from {start} items, the older checkpoint covers {first}; ask for: ledger growth --from {first}")
    if first > second:
        raise NotProved(f"the later checkpoint covers {second} items, fewer than the {first} of the older one")
    # 2. the roots; a log of no items begins every other
    goes_on = roots_from(first, second, first_root, path) == (first_root, later[2]) if first else not path
    if not goes_on:
        raise NotProved(f"the hashes do not show that the {second} items go on from the {first}")
    return {"ledger": name, "items": second, "since": first, "cosigned": seen}


def fork(text: str, log: str) -> "dict[str, object]":
    """Where the two histories of the log part; NotProved if the file doesn't show that it has two."""
    blocks = text.split("\n\n", 3)
    if len(blocks) != 4 or blocks[0] != "comity fork 1":
        raise NotProved("this is no evidence of a fork as `comity ledger cosign` leaves it")
    _, path, below = _submission(blocks[3])
    # 1. the notes
    key = read_key(log, LOG)
    (name, first, first_root, _), (_, second, second_root, _) = read_note(f"{blocks[1]}\n\n{blocks[2]}\n", key), read_note(below, key)
    # 2. the roots
    if not 0 < first <= second:
        raise NotProved("the first checkpoint covers nothing, or more than the second: both may be true")
    roots = (second_root, second_root) if first == second else roots_from(first, second, first_root, path)
    if roots is None or roots[1] != second_root or roots[0] == first_root:
        raise NotProved("the two checkpoints do not contradict each other by what this file holds")
    return {"ledger": name, "since": first, "items": second}


def main(arguments: "list[str]") -> int:
    parser = argparse.ArgumentParser(prog="verify_proof.py", description="Checks a proof about a ledger; exit 0: proved, 1: not, 2: misuse.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, files in (("inclusion", ["PROOF"]), ("consistency", ["OLD", "FILE"]), ("fork", ["FILE"])):
        command = commands.add_parser(name)
        for file in files:
            command.add_argument(file)
        command.add_argument("--log", required=True, metavar="KEY", help="the ledger's public key")
        if name != "fork":
            command.add_argument("--witness", action="append", default=[], metavar="KEY", help="a witness's public key; may be given again")
            command.add_argument("--quorum", type=int, metavar="N", help="so many of the witnesses must have cosigned (else all)")
    given = vars(parser.parse_args(arguments))
    if given.get("quorum") is not None and given["quorum"] < 1:
        parser.error("--quorum is how many witnesses must have cosigned, from 1 on")
    try:
        texts = [_read(given[name]) for name in ("OLD", "PROOF", "FILE") if name in given]
        if given["command"] == "fork":
            found = fork(*texts, given["log"])
        else:
            found = {"inclusion": inclusion, "consistency": consistency}[given["command"]](*texts, given["log"], given["witness"], given["quorum"])
    except OSError as problem:
        print(f"{problem.filename} cannot be read: {problem.strerror}", file=sys.stderr)
        return 2
    except NotProved as why:
        print(f"not proved: {why}")
        return 1
    _tell(given["command"], found)
    return 0


def _read(file: str) -> str:
    with open(file, encoding="utf-8") as opened:
        try:
            return opened.read()
        except UnicodeDecodeError:
            raise NotProved(f"{file} is not text in UTF-8") from None


def _tell(command: str, found: "dict[str, object]") -> None:
    if command == "inclusion":
        print(f"proved: item {found['seq']} of {found['items']} in {found['ledger']}")
    elif command == "consistency":
        print(f"proved: {found['ledger']} of {found['items']} items goes on from the {found['since']} that it had")
    elif found["since"] == found["items"]:
        print(f"proved: {found['ledger']} was forked: it signed two histories of {found['items']} items")
    else:
        print(f"proved: {found['ledger']} was forked: its {found['items']} items do not begin with the {found['since']} that it had signed")
    for name in ("act", "recorded", "logged", "file"):
        if name in found:
            print(f"  {name}: {found[name]}")
    for name, at in found.get("cosigned", {}).items():
        print(f"  cosigned: {name} at {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(at)) if at < 2**37 else at}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
