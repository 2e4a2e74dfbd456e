"""What ought never to have been recorded (a spill) destroyed: its bytes go, its leaf in the log stays, and the act that says who, when and why.

Source: docs/explanation/how-the-ledger-is-kept.md, section 9.
"""

from __future__ import annotations

from datetime import date

from comity.acts import DESTRUCTION, read_act
from comity.book import COLUMNS, write_rows
from comity.keeping.adding import add_rows
from comity.keeping.parts import PartedRecord
from comity.ledger import Ledger
from comity.terms import BadInput, NotOnRecord


def destroy(ledger: Ledger, record: str, *, by: str, authority: str, why: str, today: date) -> str:
    """Destroy the act, or the whole file, with this hash: the hash of the act of destruction, once both are on disk.

    ``by``: the party that does it; ``authority``: what allows it, cited. The act's reference is kept only where other acts reply to it.
    """
    held = ledger.held_as(record)
    if not held:
        raise NotOnRecord(f"no act and no whole file {record} is in the ledger at {ledger.shown_url}; name it by its hash: comity acts --json")
    if all(one.text is None for one in held):
        ledger.scrub()  # it may have been interrupted before that
        raise BadInput(f"{record} was destroyed already; its leaf and the act that says so stay")
    if ";" in why:
        raise BadInput(f"--why {why!r}: leave out semicolons, which part details from one another")
    acts = [read_act(one.act) for one in held if one.act is not None]
    ref = next((act.ref for act in acts if PartedRecord(ledger).replies_to(act.hash)), "")
    details = {"record": record, **({"ref": ref} if ref else {}), "why": why}
    row = {
        **dict.fromkeys(COLUMNS, ""),
        "ref": f"destroy-{record.removeprefix('sha256:')[:16]}",
        "kind": DESTRUCTION,
        "actor": by,
        "made": today.isoformat(),
        "details": "; ".join(f"{name}={value}" for name, value in details.items()),
        "source": authority,
    }
    hashes, _ = add_rows(ledger, write_rows([row], every=True), "the act of destruction", today)
    ledger.scrub()
    return hashes[0]
