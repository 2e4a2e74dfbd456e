"""The ledger: the record as a database that loses nothing it acknowledged, and that nobody can quietly change.

This room owns: the database's tables and versions, appending, the log over all that was appended (a Merkle tree, signed
checkpoints, proofs), and whether anything in it was touched.
It does not own: books and what their rows say (book), what acts bring about (standing), or keys and the clock (doors).
Source: docs/explanation/how-the-ledger-is-kept.md; RFC 9162; C2SP signed-note, tlog-checkpoint, tlog-cosignature.
"""

from comity.ledger.checking import Checked, Tampering, check
from comity.ledger.comparing import compare
from comity.ledger.copying import back_up, copy, restore
from comity.ledger.database import create, open_ledger, told
from comity.ledger.health import Examined, examine
from comity.ledger.items import Item
from comity.ledger.keys import new_signer, read_key, write_key
from comity.ledger.notes import Signer, read_verifier_key, verifier_key, verify
from comity.ledger.proving import inclusion_file, latest_checkpoint, make_checkpoint
from comity.ledger.store import Ledger

__all__ = [
    "Checked",
    "Examined",
    "Item",
    "Ledger",
    "Signer",
    "Tampering",
    "back_up",
    "check",
    "compare",
    "copy",
    "create",
    "examine",
    "inclusion_file",
    "latest_checkpoint",
    "make_checkpoint",
    "new_signer",
    "open_ledger",
    "read_key",
    "read_verifier_key",
    "restore",
    "told",
    "verifier_key",
    "verify",
    "write_key",
]
