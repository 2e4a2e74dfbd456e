"""Kinds of act that are not recorded through these pages: they open or close doors, or destroy, and have commands and rights of their own."""

from __future__ import annotations

from comity.acts import DESTRUCTION, Entry
from comity.standing import CORRECTIONS
from comity.web.recording.faults import Row, detail_in
from comity.web.recording.ground import Ground

_KEYS, _EXCHANGE = "comity keys make, and ledger append", "comity exchange"
APART = {
    DESTRUCTION: "comity ledger destroy",
    "record-text": "comity ledger import",
    **dict.fromkeys(("introduce-key", "rotate-key", "revoke-key"), _KEYS),
    **dict.fromkeys(("admit-client", "dismiss-client", "admit-partner", "dismiss-partner"), _EXCHANGE),
    **dict.fromkeys(("publish", "release", "refuse", "recall", "reclassify", "receive-information"), _EXCHANGE),
}
"""Each with the command that records it."""


def kept_apart(ground: Ground, row: Row, entry: Entry | None) -> str:
    """Why the row is not recorded here, in one line; blank if it may be."""
    named = [row["kind"], *([detail_in(row, "kind")] if row["kind"] in CORRECTIONS else [])]
    if entry is not None and entry.act.replies_to is not None:
        target = ground.any_entry(entry.act.replies_to)
        named += [target.act.kind] if target is not None else []
    found = next((name for name in named if name in APART), "")
    return f"an act of kind {found!r} is not recorded, answered or corrected through the pages; use: {APART[found]}" if found else ""
