"""Is the log of this ledger the one that a note held elsewhere speaks of, or one that goes on from it?

A ledger that was rewritten throughout, head, subtrees and all, or put back to an earlier state, fits itself: it shows only here. A note that
was given away is one that the ledger keeps too; where it no longer does, an earlier state was put back, and others were appended since.

Source: docs/explanation/how-the-ledger-is-kept.md, sections 4 and 5; C2SP tlog-checkpoint.
"""

from __future__ import annotations

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.checking import readable
from comity.ledger.notes import Checkpoint, Note, SignatureLine, read_checkpoint, read_note
from comity.ledger.store import Ledger
from comity.ledger.tampering import Tampering
from comity.ledger.tree import Frontier
from comity.terms import BadInput


def compare(ledger: Ledger, note: str) -> Tampering | None:
    """What in this ledger contradicts the note, if anything does; BadInput if it is no checkpoint. Whose signature it bears is not looked at."""
    held = read_note(note)
    said = read_checkpoint(held.text)
    return _of_another(ledger, said) or _without_its_root(ledger, said) or _not_kept(ledger, said, held)


def _of_another(ledger: Ledger, said: Checkpoint) -> Tampering | None:
    return None if said.origin == ledger.origin else _against(said, f"it is a note of {said.origin}, this ledger is {ledger.origin}")


def _without_its_root(ledger: Ledger, said: Checkpoint) -> Tampering | None:
    """The root at that size, worked out from the leaves alone."""
    found: list[Tampering] = []
    frontier = Frontier()
    for leaf, _, _ in readable(ledger, found, until=said.size):
        frontier = frontier.append(leaf.hash)
    if found:
        return found[0]
    if frontier.size < said.size:
        return _against(said, f"the ledger has only {frontier.size}")
    return None if frontier.root() == said.root else _against(said, "the log had another root then")


def _not_kept(ledger: Ledger, said: Checkpoint, held: Note) -> Tampering | None:
    """Witnesses may have signed one copy and not the other; what the log signed is the same in both."""
    with ledger.engine.connect() as connection:
        kept = connection.execute(sa.select(schema.checkpoint.c.note).where(schema.checkpoint.c.size == said.size)).scalar()
    try:
        found = None if kept is None else read_note(str(kept))
    except BadInput:
        found = None
    if found is not None and found.text == held.text and _signed_by_log(found, said) >= _signed_by_log(held, said):
        return None
    return _against(said, "the ledger no longer keeps it as it was signed")


def _signed_by_log(note: Note, said: Checkpoint) -> set[SignatureLine]:
    return {line for line in note.signatures if line.name == said.origin}


def _against(said: Checkpoint, says: str) -> Tampering:
    return Tampering(f"note of {said.size} items", says)
