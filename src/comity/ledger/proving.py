"""Checkpoints of a ledger, and proofs that an act is in it or that it only grew: files that anybody can check without it.

Source: C2SP tlog-checkpoint and tlog-proof; RFC 9162, 2.1.3 and 2.1.4.
"""

from __future__ import annotations

import base64

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.appending import LEVEL
from comity.ledger.notes import Checkpoint, Signer, sign
from comity.ledger.store import Ledger
from comity.ledger.tree import Subtree, consistency, inclusion, node_hash
from comity.terms import NotOnRecord


def make_checkpoint(ledger: Ledger, signer: Signer) -> str:
    """A signed note on the log as it is now, kept in the ledger too. One log signs one root for each size."""
    head = ledger.head()
    note = sign(Checkpoint(ledger.origin, head.size, head.root()), signer)
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        kept = connection.execute(sa.select(schema.checkpoint.c.note).where(schema.checkpoint.c.size == head.size)).scalar()
        if kept is not None:
            return str(kept)
        connection.execute(sa.insert(schema.checkpoint), {"size": head.size, "note": note})
    return note


def latest_checkpoint(ledger: Ledger) -> tuple[int, str]:
    """The checkpoint that goes furthest; NotOnRecord if there is none."""
    with ledger.engine.connect() as connection:
        found = connection.execute(sa.select(schema.checkpoint).order_by(schema.checkpoint.c.size.desc()).limit(1)).first()
    if found is None:
        make = f"comity --ledger {ledger.shown_url} ledger checkpoint --key FILE"
        raise NotOnRecord(f"the ledger at {ledger.shown_url} has no checkpoint yet; make one with: {make}")
    return found.size, found.note


def inclusion_file(ledger: Ledger, act: str) -> str:
    """The proof that the act with this hash is in the log, up to the latest checkpoint (C2SP tlog-proof), with its leaf as the extra."""
    seq = ledger.seq_of(act)
    size, note = latest_checkpoint(ledger)
    if seq >= size:
        raise NotOnRecord(f"act {act} was appended after the latest checkpoint, of {size} items; make a new one first")
    (leaf,) = ledger.leaves(seq, seq + 1)
    lines = ["c2sp.org/tlog-proof@v1", f"extra {_text(leaf.to_bytes())}", f"index {seq}"]
    return "\n".join([*lines, *map(_text, inclusion(seq, size, subtrees(ledger))), "", note])


def consistency_proof(ledger: Ledger, first: int, second: int) -> list[bytes]:
    """The hashes that prove that the log of ``first`` items is the beginning of that of ``second``."""
    return consistency(first, second, subtrees(ledger))


def subtrees(ledger: Ledger) -> Subtree:
    """Hashes of complete subtrees: those that are kept, and the others worked out from the leaves below."""

    def of(level: int, place: int) -> bytes:
        if level and level % LEVEL == 0:
            with ledger.engine.connect() as connection:
                where = (schema.subtree.c.level == level) & (schema.subtree.c.place == place)
                kept = connection.execute(sa.select(schema.subtree.c.hash).where(where)).scalar()
            if kept is not None:
                return bytes(kept)
        if level < LEVEL:
            row = [leaf.hash for leaf in ledger.leaves(place << level, (place + 1) << level)]
            while len(row) > 1:
                row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
            return row[0]
        return node_hash(of(level - 1, 2 * place), of(level - 1, 2 * place + 1))

    return of


def _text(hashed: bytes) -> str:
    return base64.b64encode(hashed).decode()
