"""A ledger as a witness: which logs it watches, what it has seen of each, and its cosignature, given once that is on disk.

What was seen is looked up, held against the submission and replaced in one transaction, while others wait. The cosignature is made after
the commit: whoever has one knows that the witness will not go back behind it. A witness that ended between the two is asked again.

Source: C2SP tlog-witness, "add-checkpoint" (check and persist at once, before responding).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.items import instant
from comity.ledger.notes import (
    EPOCH,
    Note,
    SignatureType,
    Signer,
    cosignature,
    read_checkpoint,
    read_note,
    read_verifier_key,
    verify,
    write_note,
)
from comity.ledger.store import Ledger
from comity.ledger.submissions import Submission
from comity.ledger.tree import EMPTY_ROOT
from comity.ledger.witnessing import Seen, observe
from comity.terms import BadInput

_LONGEST_ORIGIN = 200


@dataclass(frozen=True, slots=True)
class Watched:
    """A log that is watched, and what was seen of it; None where what is kept of that is damaged."""

    origin: str
    seen: Seen | None


def watch(ledger: Ledger, key: str) -> bool:
    """Trust the log with this verifier key from now on: is it new? BadInput if the log is watched with another key, or is this ledger."""
    log = read_verifier_key(key, SignatureType.ED25519)
    if log.name == ledger.origin:
        raise BadInput(f"{log.name} is this ledger itself; a witness is somebody else: run this on another ledger")
    if len(log.name) > _LONGEST_ORIGIN:
        raise BadInput(f"the name of the log is longer than {_LONGEST_ORIGIN} characters; such a log is not watched")
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        known = connection.execute(sa.select(schema.log.c.key).where(schema.log.c.origin == log.name)).scalar()
        if known is None:
            connection.execute(sa.insert(schema.log), {"origin": log.name, "key": key, "size": 0, "root": EMPTY_ROOT})
        elif known != key:
            raise BadInput(f"the log {log.name} is watched with another key ({known}); a log that changes its key takes another name")
    return known is None


def watched(ledger: Ledger) -> list[Watched]:
    """The logs that are watched, by their names."""
    with ledger.engine.connect() as connection:
        return [Watched(row.origin, _seen(row)) for row in connection.execute(sa.select(schema.log).order_by(schema.log.c.origin))]


def cosign_submission(ledger: Ledger, signer: Signer, submitted: Submission) -> str:
    """The line by which this witness cosigns what was handed in, after it was written down; Refused if it may not."""
    origin = submitted.checkpoint.origin
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        row = connection.execute(sa.select(schema.log).where(schema.log.c.origin == origin).with_for_update()).one_or_none()
        seen = None if row is None else _seen(row)
        if row is not None and seen is None:
            says = "restore a backup, and make this witness a new key, since the backup knows less than the old key has signed"
            raise BadInput(f"what was seen of the log {origin} is damaged, and nothing of it is cosigned; {says}")
        checkpoint = observe(seen, submitted)
        assert seen is not None, "what is not watched is refused"
        at = max(ledger.clock(), EPOCH if seen.at is None else datetime.fromisoformat(seen.at))  # its times never go back
        kept = {"size": checkpoint.size, "root": checkpoint.root, "note": _signed_by_log(submitted.note, seen), "seen": instant(at)}
        connection.execute(sa.update(schema.log).where(schema.log.c.origin == origin).values(kept))
    # the commit is on disk: only now is anything signed
    return cosignature(checkpoint.text(), signer, at)


def _signed_by_log(note: str, seen: Seen) -> str:
    """The note with the log's own lines alone: what others added to it is nothing that the witness saw to."""
    text, lines = read_note(note)
    return write_note(Note(text, tuple(line for line in lines if (line.name, line.key_id) == (seen.log.name, seen.log.key_id))))


def _seen(row: sa.Row[tuple[object, ...]]) -> Seen | None:
    """What a row says was seen of a log; None where the log did not sign just that."""
    try:
        seen = Seen(read_verifier_key(row.key, SignatureType.ED25519), row.size, bytes(row.root), row.note, row.seen)
        if seen.note is None or seen.at is None:
            return seen if seen == Seen(seen.log) and row.origin == seen.log.name else None
        said = read_checkpoint(read_note(seen.note).text)
        as_kept = (said.origin, said.size, said.root, seen.at) == (row.origin, seen.size, seen.root, instant(datetime.fromisoformat(seen.at)))
        return seen if as_kept and verify(seen.note, [seen.log]) else None
    except (BadInput, TypeError, ValueError, AttributeError):  # in SQLite a column holds anything
        return None
