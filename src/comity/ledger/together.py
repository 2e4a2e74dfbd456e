"""Group commit: what several threads append at the same time is committed to disk once, for all of them.

Whoever finds nobody at work takes all that wait and appends it in one transaction; those who come meanwhile wait for the next, which one of
them leads. Each is answered after the commit that holds its items. One whose items can't be appended fails alone.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from comity.ledger.items import Item
from comity.ledger.store import Ledger
from comity.terms import BadInput


class _Request:
    """One batch that waits; ``turn`` is set once it was answered, or is to lead."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items, self.turn = items, threading.Event()
        self.numbers: list[int] | None = None
        self.failed: Exception | None = None

    def answer(self, ledger: Ledger) -> None:
        """Appended alone."""
        try:
            self.numbers = ledger.append(self.items)
        except Exception as problem:
            self.failed = problem


class Together:
    """A ledger to which many threads append."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._lock, self._waiting, self._at_work = threading.Lock(), list[_Request](), False

    def append(self, items: Sequence[Item]) -> list[int]:
        """Append all, or nothing, as ``Ledger.append`` does: the number of each, once they are on disk."""
        request = _Request(items)
        with self._lock:
            self._waiting.append(request)
            leads, self._at_work = not self._at_work, True
        if not leads:
            request.turn.wait()
        if request.numbers is None and request.failed is None:
            self._lead()
        if request.failed is not None:
            raise request.failed
        assert request.numbers is not None
        return request.numbers

    def _lead(self) -> None:
        """Append all that waits; then let another go on, if more came meanwhile."""
        with self._lock:
            taken, self._waiting = self._waiting, []
        try:
            self._append(taken)
        finally:
            for request in taken:  # where the one that led was interrupted
                if request.numbers is None and request.failed is None:
                    request.failed = BadInput("the append was interrupted; it may be there or not: send it again")
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._at_work = following is not None
            for request in taken:
                request.turn.set()
            if following is not None:
                following.turn.set()

    def _append(self, taken: Sequence[_Request]) -> None:
        try:
            numbers = iter(self.ledger.append([item for request in taken for item in request.items]))
        except Exception:
            for request in taken:
                request.answer(self.ledger)
            return
        for request in taken:
            request.numbers = [next(numbers) for _ in request.items]
