"""Cosignatures come back from witnesses: each is verified, and kept with the checkpoint that it is about.

Proofs end with the latest checkpoint, and so carry the cosignatures that it has.

Source: C2SP tlog-cosignature; tlog-witness, "add-checkpoint" (its response: signature lines alone).
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.notes import EPOCH, Note, SignatureLine, Verifier, read_note, verify, write_note
from comity.ledger.store import Ledger
from comity.terms import BadInput


def add_cosignature(ledger: Ledger, lines: str, witness: Verifier) -> tuple[int, datetime]:
    """Keep the line of this witness with its checkpoint: of how many items, and when it was seen; lines of other keys are left out.

    Of two of the same witness on one checkpoint the later is kept. BadInput if there is none, or if it fits no checkpoint of this ledger.
    """
    line = _line_of(lines, witness)
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for size, note in connection.execute(sa.select(schema.checkpoint).order_by(schema.checkpoint.c.size.desc())).all():
            at = _seen_at(note, line, witness)
            if at is not None:
                values = {"note": _with_line(note, line, at, witness)}
                connection.execute(sa.update(schema.checkpoint).where(schema.checkpoint.c.size == size).values(values))
                return size, at
    raise BadInput(f"{witness.name} cosigned no checkpoint that the ledger {ledger.origin} has kept; hand it the latest one: ledger growth")


def _line_of(lines: str, witness: Verifier) -> SignatureLine:
    found = read_note(f"lines alone are no note\n\n{lines}").signatures
    theirs = [line for line in found if (line.name, line.key_id) == (witness.name, witness.key_id)]
    if not theirs:
        raise BadInput(f"none of the {len(found)} signatures is of {witness.name} with the key {witness.key_id.hex()}")
    return theirs[-1]


def _seen_at(note: str, line: SignatureLine, witness: Verifier) -> datetime | None:
    """When the witness saw this checkpoint, by that line; None if the line is about another."""
    try:
        (signed,) = verify(write_note(Note(read_note(note).text, (line,))), [witness])
        return signed.at
    except BadInput:
        return None


def _with_line(note: str, line: SignatureLine, at: datetime, witness: Verifier) -> str:
    """The note with the line in place of an earlier one of the same witness."""
    text, lines = read_note(note)
    others = tuple(one for one in lines if (one.name, one.key_id) != (witness.name, witness.key_id))
    if any((before.at or EPOCH) > at for before in verify(note, [witness])):
        return note
    return write_note(Note(text, (*others, line)))
