"""A log in memory that can do what an honest one never does: the witness's adversary. Each attack is named by its defect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.ledger.notes import EPOCH, Checkpoint, Signer, cosign, sign
from comity.ledger.submissions import Submission, write_submission
from comity.ledger.tree import EMPTY_ROOT, Frontier, consistency, leaf_hash, subtrees_of
from comity.ledger.witnessing import Seen, Why

KEY = Signer("log.example.org", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = Signer("log.example.org", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
OTHER_NAME = Signer("other.example.org", KEY.key)


@dataclass(frozen=True)
class Log:
    """Leaves, and a key that signs whatever it is told to."""

    leaves: tuple[bytes, ...]
    signer: Signer = KEY

    @classmethod
    def of(cls, size: int) -> Log:
        return cls(tuple(leaf_hash(b"item %d" % number) for number in range(size)))

    def forked(self, at: int) -> Log:
        """Another history of the same log: other leaves from there on."""
        others = tuple(leaf_hash(b"other item %d" % number) for number in range(at, len(self.leaves)))
        return replace(self, leaves=self.leaves[:at] + others)

    def root(self, size: int) -> bytes:
        frontier = Frontier()
        for leaf in self.leaves[:size]:
            frontier = frontier.append(leaf)
        return frontier.root()

    def note(self, size: int) -> str:
        return sign(Checkpoint(self.signer.name, size, self.root(size)), self.signer)

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        return tuple(consistency(old, size, subtrees_of(self.leaves)))

    def hands_in(self, old: int, size: int) -> Submission:
        return Submission(old, self.proof(old, size), self.note(size))

    def seen(self, size: int) -> Seen:
        """What a witness has seen that cosigned it at this size."""
        if size == 0:
            return Seen(self.signer.verifier())
        return Seen(self.signer.verifier(), size, self.root(size), self.note(size), "2026-11-26T12:00:00.000000Z")


SIZE, SEEN = 12, 7
HONEST = Log.of(SIZE)
FORKED = HONEST.forked(5)
EMPTY_FORGED = sign(Checkpoint(KEY.name, 0, leaf_hash(b"something")), KEY)


def _signature_spoilt(note: str) -> str:
    """The same key's line, but another signature in it: the one of another checkpoint."""
    return note.rpartition("\n\n")[0] + "\n\n" + HONEST.note(3).rpartition("\n\n")[2]


REFUSED: dict[str, tuple[Callable[[], Submission], Why, int]] = {
    "another root at the size seen": (lambda: FORKED.hands_in(SEEN, SEEN), Why.FORKED, SEEN),
    "another root at the size seen, behind an old size of nought": (lambda: FORKED.hands_in(0, SEEN), Why.FORKED, SEEN),
    "a fork that its own proof shows": (lambda: FORKED.hands_in(SEEN, SIZE), Why.FORKED, SEEN),
    "a fork after a size that is a power of two": (lambda: HONEST.forked(3).hands_in(4, SIZE), Why.UNPROVED, 4),
    "a fork behind the proof of the true log": (lambda: Submission(SEEN, HONEST.proof(SEEN, SIZE), FORKED.note(SIZE)), Why.UNPROVED, SEEN),
    "a fork behind an old size of nought": (lambda: FORKED.hands_in(0, SIZE), Why.ELSEWHERE, SEEN),
    "a log that is shorter than it was": (lambda: HONEST.hands_in(5, 5), Why.ROLLED_BACK, SEEN),
    "a log that begins anew": (lambda: HONEST.hands_in(0, 0), Why.ROLLED_BACK, SEEN),
    "a file handed in before": (lambda: HONEST.hands_in(3, SEEN), Why.ELSEWHERE, SEEN),
    "an older file handed in before": (lambda: HONEST.hands_in(3, 5), Why.ROLLED_BACK, SEEN),
    "a proof that starts later than what was seen": (lambda: HONEST.hands_in(9, SIZE), Why.ELSEWHERE, SEEN),
    "a proof for another old size": (lambda: Submission(SEEN, HONEST.proof(6, SIZE), HONEST.note(SIZE)), Why.UNPROVED, SEEN),
    "a proof for another size": (lambda: Submission(SEEN, HONEST.proof(SEEN, 11), HONEST.note(SIZE)), Why.UNPROVED, SEEN),
    "no proof": (lambda: Submission(SEEN, (), HONEST.note(SIZE)), Why.UNPROVED, SEEN),
    "a hash too many": (lambda: Submission(SEEN, (*HONEST.proof(SEEN, SIZE), EMPTY_ROOT), HONEST.note(SIZE)), Why.UNPROVED, SEEN),
    "a proof where nothing is to be proved": (lambda: Submission(SEEN, (EMPTY_ROOT,), HONEST.note(SEEN)), Why.UNPROVED, SEEN),
    "a proof of what begins everything": (lambda: Submission(0, (EMPTY_ROOT,), HONEST.note(SIZE)), Why.UNPROVED, 0),
    "a root of a log without items": (lambda: Submission(0, (), EMPTY_FORGED), Why.UNPROVED, 0),
    "another key": (lambda: replace(HONEST, signer=OTHER_KEY).hands_in(SEEN, SIZE), Why.UNSIGNED, SEEN),
    "a signature from another checkpoint": (
        lambda: replace(HONEST.hands_in(SEEN, SIZE), note=_signature_spoilt(HONEST.note(SIZE))),
        Why.UNSIGNED,
        SEEN,
    ),
    "a cosignature by the log's key and no signature": (
        lambda: replace(HONEST.hands_in(SEEN, SIZE), note=cosign(replace(HONEST, signer=OTHER_KEY).note(SIZE), KEY, EPOCH)),
        Why.UNSIGNED,
        SEEN,
    ),
    "another name": (lambda: replace(HONEST, signer=OTHER_NAME).hands_in(SEEN, SIZE), Why.UNKNOWN, SEEN),
}
"""By its defect: what is handed in, why a witness refuses it, and what that witness had seen of the honest log."""

BODY = write_submission(HONEST.hands_in(SEEN, SIZE))
_LINES = BODY.split("\n")
UNREADABLE: dict[str, tuple[str, str]] = {
    "nothing": ("", "begins with the line 'old' and a size"),
    "a bare checkpoint": (HONEST.note(SIZE), "begins with the line 'old' and a size"),
    "a size with a nought before it": (BODY.replace("old 7", "old 07"), "begins with the line 'old' and a size"),
    "a size in other digits": (BODY.replace("old 7", "old ٧"), "begins with the line 'old' and a size"),
    "a size below nought": (BODY.replace("old 7", "old -7"), "begins with the line 'old' and a size"),
    "a size that no log has": (BODY.replace("old 7", "old 9999999999999999999"), "a log does not shrink"),
    "an old size above its own": (BODY.replace("old 7", "old 13"), "a log does not shrink"),
    "a line more": ("\n".join([_LINES[0], "extra line", *_LINES[1:]]), "each hash of the proof is written in base64"),
    "a hash that is too short": ("\n".join([_LINES[0], "AAAA", *_LINES[1:]]), "a hash of 32 bytes"),
    "a hash with blanks after it": (BODY.replace(_LINES[1], f"{_LINES[1]} "), "each hash of the proof is written in base64"),
    "a blank line more": (BODY.replace("\n\n", "\n\n\n", 1), "at least three lines"),
    "no blank line": (BODY.replace("\n\n", "\n", 1), "each hash of the proof is written in base64"),
    "64 hashes": ("\n".join(["old 7", *[_LINES[1]] * 64]) + f"\n\n{HONEST.note(SIZE)}", "the proof has 64 hashes"),
    "a note without signatures": (BODY.rpartition("\n\n")[0] + "\n\n", "each with a line end"),
    "the line ends of another system": (BODY.replace("\n", "\r\n"), "begins with the line 'old' and a size"),
}
"""By its defect: what is no submission, and what is said of it."""
