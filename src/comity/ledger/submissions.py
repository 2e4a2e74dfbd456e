"""What a log's keeper hands to a witness: a proof that the log only grew since the size last seen, and its latest checkpoint.

The file is the line ``old SIZE``, the hashes of the proof in base64, a line each, a blank line, and the checkpoint as a signed note.
Source: C2SP tlog-witness, "add-checkpoint" (the body of its request); RFC 9162, 2.1.4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.ledger.notes import Checkpoint, from_base64, read_checkpoint, read_note, to_base64
from comity.ledger.proving import consistency_proof, latest_checkpoint
from comity.ledger.store import Ledger
from comity.ledger.tree import HASH_BYTES, extends
from comity.terms import BadInput

MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Submission:
    """The size from which the proof starts, its hashes, and the signed note; nothing of it verified. BadInput if it cannot be one."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def __post_init__(self) -> None:
        if len(self.proof) > MOST_HASHES:
            raise BadInput(f"the proof has {len(self.proof)} hashes; a log of any size is proved to go on with {MOST_HASHES} at most")
        if any(len(hashed) != HASH_BYTES for hashed in self.proof):
            raise BadInput(f"each line of the proof is a hash of {HASH_BYTES} bytes in base64")
        if not 0 <= self.old <= self.checkpoint.size:
            raise BadInput(f"the proof starts from {self.old} items, and the checkpoint covers {self.checkpoint.size}: a log does not shrink")

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says, whoever signed it."""
        return read_checkpoint(read_note(self.note).text)


def read_submission(text: str) -> Submission:
    """The submission that a file holds; BadInput unless it is written exactly as the specification says."""
    head, _, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    if not re.fullmatch("old (0|[1-9][0-9]{0,18})", first):
        raise BadInput(f"the file begins with the line 'old' and a size, as `ledger growth` writes it, not with {first[:40]!r}")
    return Submission(int(first.removeprefix("old ")), tuple(from_base64(line, "each hash of the proof") for line in hashes), note)


def write_submission(submission: Submission) -> str:
    """The file that ``read_submission`` reads."""
    return "\n".join([f"old {submission.old}", *map(to_base64, submission.proof), "", submission.note])


def growth_file(ledger: Ledger, old: int, root: bytes | None = None) -> str:
    """The proof that the log only grew from ``old`` items to its latest checkpoint, as a file for a witness.

    ``root``: the root that the log is said to have had then. BadInput if it had another, or if the checkpoint does not go as far.
    """
    size, note = latest_checkpoint(ledger)
    if old > size:
        raise BadInput(f"the latest checkpoint of {ledger.origin} covers {size} items, fewer than {old}: make a new one, or find out what was lost")
    submission = Submission(old, tuple(consistency_proof(ledger, old, size)), note)
    if root is not None and not extends(old, size, root, submission.checkpoint.root, submission.proof):
        raise BadInput(f"{ledger.origin} had another root at {old} items than that note says: one of the two was rewritten; keep both")
    return write_submission(submission)
