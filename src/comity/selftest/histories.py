"""Other pasts of the small ledger, made by the ledger itself: each fits itself throughout, and shows only beside a note that somebody else holds.

Rolled back: what it was at every earlier size, and an older backup. Forked: another act in place of each, and all after it hashed anew; with
checkpoints of the right sizes, which a key of the same name has signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from comity.ledger import Signer, open_ledger
from comity.selftest.crashing import now
from comity.selftest.rewriting import Rewritten, Rows
from comity.selftest.specimens import ACTS, HALF, Files, book_of, first_files, keep, signer_of
from comity.selftest.tables import rows_of

_ROLLED_BACK, _FORKED = "rollbacks", "forks"


def histories(folder: Path) -> Iterator[Rewritten]:
    """Every other past, each in a file of its own in ``folder``."""
    own, forger = signer_of("own"), signer_of("forger")
    whole = len(book_of(0)) - 1
    yield Rewritten(_ROLLED_BACK, "rolled back to nothing", _kept(folder, [], []))
    for files in range(1, whole + 1):
        yield Rewritten(_ROLLED_BACK, f"rolled back to {files} files", _kept(folder, [first_files(files)], [None]))
    for acts in range(HALF + 1):
        yield Rewritten(_ROLLED_BACK, f"rolled back to {acts} acts", _kept(folder, [book_of(acts)], [None]))
    yield Rewritten(_ROLLED_BACK, "an older backup put back", _kept(folder, [book_of(HALF)], [own]))
    for acts in range(HALF, ACTS):
        past = _kept(folder, [book_of(HALF), book_of(acts)], [own, None])
        yield Rewritten(_ROLLED_BACK, f"rolled back to {acts} acts, the first checkpoint kept", past)
    for other in range(ACTS):
        signers = [forger if other < HALF else own, forger]
        yield Rewritten(_FORKED, f"act {other} replaced", _kept(folder, [book_of(HALF, other), book_of(ACTS, other)], signers))


def _kept(folder: Path, stages: Sequence[Files], signers: Sequence[Signer | None]) -> Rows:
    """The rows of a ledger that had this past."""
    file = folder / "past.db"
    file.unlink(missing_ok=True)
    keep(f"sqlite:///{file}", stages, signers)
    ledger = open_ledger(f"sqlite:///{file}", now)
    rows = rows_of(ledger)
    ledger.close()
    return rows
