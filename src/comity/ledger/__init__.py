"""The ledger: the record as a database that loses nothing it acknowledged, and that nobody can quietly change.

This room owns: the database's tables and versions, appending, the log over all that was appended (a Merkle tree, signed
checkpoints, proofs), what it has seen of other logs as their witness, and whether anything in it was touched.
It does not own: books and what their rows say (book), what acts bring about (standing), or keys and the clock (doors).
Source: docs/explanation/how-the-ledger-is-kept.md; RFC 9162; C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-witness.
"""

from comity.ledger.appending import insert
from comity.ledger.carrying import proof_of, signed_checkpoint, state
from comity.ledger.checking import Checked, check
from comity.ledger.comparing import compare
from comity.ledger.copying import back_up, copy, restore
from comity.ledger.cosignatures import add_cosignature
from comity.ledger.database import create, open_ledger, told, upgrade, version_of
from comity.ledger.health import Examined, examine
from comity.ledger.items import Item, Leaf
from comity.ledger.keys import new_signer, read_key, write_key
from comity.ledger.notes import SignatureType, Signer, read_checkpoint, read_note, read_verifier_key, verifier_key, verify
from comity.ledger.prepared import Prepared
from comity.ledger.proving import inclusion_file, latest_checkpoint, make_checkpoint
from comity.ledger.schema import FORMAT
from comity.ledger.store import Held, Kept, Ledger, files_of
from comity.ledger.submissions import growth_file, read_submission
from comity.ledger.tampering import Tampering
from comity.ledger.tree import Frontier, root_of
from comity.ledger.watching import cosign_submission, watch, watched
from comity.ledger.witnessing import Refused, Seen

__all__ = [
    "FORMAT",
    "Checked",
    "Examined",
    "Frontier",
    "Held",
    "Item",
    "Kept",
    "Leaf",
    "Ledger",
    "Prepared",
    "Refused",
    "Seen",
    "SignatureType",
    "Signer",
    "Tampering",
    "add_cosignature",
    "back_up",
    "check",
    "compare",
    "copy",
    "cosign_submission",
    "create",
    "examine",
    "files_of",
    "growth_file",
    "inclusion_file",
    "insert",
    "latest_checkpoint",
    "make_checkpoint",
    "new_signer",
    "open_ledger",
    "proof_of",
    "read_checkpoint",
    "read_key",
    "read_note",
    "read_submission",
    "read_verifier_key",
    "restore",
    "root_of",
    "signed_checkpoint",
    "state",
    "told",
    "upgrade",
    "verifier_key",
    "verify",
    "version_of",
    "watch",
    "watched",
    "write_key",
]
