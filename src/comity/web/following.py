"""What is served, followed: a page shows what was appended to the ledger before it was asked for.

A request looks how far the log goes, which is one row, and takes in what is new. Others that come meanwhile do not wait: they see what was
held before. A request that is under way keeps what it began with. A book in a folder stays what it was at the start.

Source: docs/explanation/how-the-ledger-is-kept.md, section 11.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from comity.about import Opened
from comity.keeping import Followed, PartedRecord
from comity.ledger import Frontier, Ledger, told
from comity.terms import BadInput
from comity.web.holding import Held


class Served:
    """What is held now; if the ledger cannot be followed, what was held before, which says so."""

    def __init__(self, holding: Held) -> None:
        kept = holding.opened.kept
        self._holding, self._following = holding, _Following(kept.ledger) if isinstance(kept, PartedRecord) else None
        self._turn = threading.Lock()

    def now(self) -> Held:
        """What a request that comes now is answered from."""
        if self._following is not None and self._turn.acquire(blocking=False):
            try:
                self._holding = self._following.go_on(self._holding)
            finally:
                self._turn.release()
        return self._holding


class _Following:
    def __init__(self, ledger: Ledger) -> None:
        self._followed, self._touched = Followed(ledger), set[str]()
        self._held: Frontier | None = None

    def go_on(self, holding: Held) -> Held:
        """What is held, with what was appended since."""
        followed = self._followed
        try:
            with told(followed.ledger.url):
                self._touched.update(followed.catch_up())
                if followed.head != self._held:
                    holding = holding.renewed(Opened(followed.record.book), followed.head.size, self._touched)
                    self._held, self._touched = followed.head, set()
        except BadInput as problem:
            return replace(holding, behind=str(problem))
        return replace(holding, behind="") if holding.behind else holding
