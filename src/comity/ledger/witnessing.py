"""May a witness cosign what a log's keeper hands in? Only where it goes on from all that was seen of that log before.

1. the log is one that is watched   2. the note is signed by its key   3. it does not contradict what was seen: no other root at that size,
no other beginning by its own proof   4. it covers no fewer items   5. the proof starts from the size seen   6. and shows that the log only grew.
Whoever cosigns writes down what it saw first (``watching``). Nothing here reads or writes anything.

Where 3 fails the log is proved to have two histories. The evidence is a file that anybody can check: the line ``comity fork 1``, a blank
line, the note that was seen, a blank line, and the submission that contradicts it. What fails later proves nothing against the log: an
old note can be handed in by anybody, and so can a wrong proof.

Source: C2SP tlog-witness, "add-checkpoint"; 3 stands before 5 so that no choice of the old size hides a fork.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.ledger.notes import Checkpoint, Verifier, verify
from comity.ledger.submissions import Submission, write_submission
from comity.ledger.tree import EMPTY_ROOT, denies, extends
from comity.terms import BadInput

FORK = "comity fork 1"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a witness knows of a log: its key, and the checkpoint that it cosigned last: size, root, signed note, instant."""

    log: Verifier
    size: int = 0
    root: bytes = EMPTY_ROOT
    note: str | None = None
    at: str | None = None


class Why(StrEnum):
    """Why a witness does not cosign; beside each the status that tlog-witness gives it. (What is no submission at all is BadInput: 400.)"""

    UNKNOWN = "unknown"  # 404
    UNSIGNED = "unsigned"  # 403
    FORKED = "forked"  # 422
    ROLLED_BACK = "rolled back"  # 409, with the size seen
    ELSEWHERE = "elsewhere"  # 409, with the size seen
    UNPROVED = "unproved"  # 422


class Refused(BadInput):
    """A witness does not cosign: why, the size that it has seen, and for a fork the evidence, as a file."""

    def __init__(self, why: Why, says: str, size: int = 0, evidence: str = "") -> None:
        super().__init__(says)
        self.why, self.size, self.evidence = why, size, evidence


def observe(seen: Seen | None, submitted: Submission) -> Checkpoint:
    """The checkpoint, if it may be cosigned by a witness that has ``seen`` this of its log (None: the log is not watched); Refused if not."""
    checkpoint, proof = submitted.checkpoint, submitted.proof
    # 1. a log that is watched
    if seen is None or seen.log.name != checkpoint.origin:
        raise Refused(Why.UNKNOWN, f"the log {checkpoint.origin} is not watched; if you trust its key: ledger watch KEY")
    log, before = f"the log {seen.log.name}", f"were seen on {(seen.at or '')[:10]}"
    # 2. its signature
    if not _is_signed(submitted.note, seen.log):
        raise Refused(Why.UNSIGNED, f"the checkpoint is not signed by the key of {seen.log.name} that is watched; ask its keeper for one that is")
    # 3. no other history
    if denies(seen.size, checkpoint.size, seen.root, checkpoint.root, proof):
        says = f"{log} has two histories: its {checkpoint.size} items do not begin with the {seen.size} that {before}"
        raise Refused(Why.FORKED, f"{says}; it was forked: keep both notes, tell others", seen.size, fork_file(seen, submitted))
    # 4. no fewer items
    if checkpoint.size < seen.size:
        says = f"{log} shows {checkpoint.size} items where {seen.size} {before}: it was rolled back, or the note is an old one"
        raise Refused(Why.ROLLED_BACK, f"{says}; keep both and ask its keeper", seen.size)
    # 5. from the size seen
    if submitted.old != seen.size:
        says = f"the proof starts from {submitted.old} items of {log}, and {seen.size} were seen; its keeper makes the right one with"
        raise Refused(Why.ELSEWHERE, f"{says}: ledger growth --from {seen.size}", seen.size)
    # 6. the proof
    if not extends(seen.size, checkpoint.size, seen.root, checkpoint.root, proof):
        says = f"nothing shows that {log} of {checkpoint.size} items goes on from the {seen.size} seen: the proof is wrong, or the log was forked"
        raise Refused(Why.UNPROVED, f"{says}; keep the file and ask its keeper for: ledger growth --from {seen.size}", seen.size)
    return checkpoint


def fork_file(seen: Seen, submitted: Submission) -> str:
    """The evidence that a log has two histories: the note that was seen, and what contradicts it."""
    return f"{FORK}\n\n{seen.note}\n{write_submission(submitted)}"


def _is_signed(note: str, log: Verifier) -> bool:
    try:
        return bool(verify(note, [log]))
    except BadInput:  # its line is there, and is wrong
        return False
