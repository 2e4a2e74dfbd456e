"""Some of a ledger's items, with what shows that they are in it, and what its keeper says of them: for files that carry them away.

Source: docs/explanation/how-an-answer-carries-its-proof.md, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.ledger.items import Leaf
from comity.ledger.notes import Signer, sign_text, verify
from comity.ledger.proving import latest_checkpoint, make_checkpoint, subtrees
from comity.ledger.store import Ledger
from comity.ledger.tree import inclusion_of_several
from comity.terms import BadInput


def signed_checkpoint(ledger: Ledger, signer: Signer) -> tuple[int, str]:
    """The checkpoint of the log as it is now, signed by this key and kept: its size and its note. BadInput if another key signed it."""
    if signer.name != ledger.origin:
        raise BadInput(f"the key is that of {signer.name}, the ledger is {ledger.origin}; give its own key")
    make_checkpoint(ledger, signer)
    size, note = latest_checkpoint(ledger)
    if not verify(note, [signer.verifier()]):
        raise BadInput(f"the checkpoint of {size} items was signed by another key of {ledger.origin}; give that one")
    return size, note


def proof_of(ledger: Ledger, leaves: Sequence[Leaf], size: int) -> list[bytes]:
    """The hashes that prove these leaves to be in the log of ``size`` items."""
    return inclusion_of_several([leaf.seq for leaf in leaves], size, subtrees(ledger))


def state(text: str, signer: Signer) -> str:
    """A statement of the ledger's keeper: the text, signed with the ledger's key."""
    if text.split("\n", 1)[0] == signer.name:
        raise BadInput("a statement begins with a line that is not the ledger's name, or it could be taken for a checkpoint")
    return sign_text(text, signer)
