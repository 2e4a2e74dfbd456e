"""Reads of a node that are ended in their midst: what ends the permission comes at any step of one, or between two; what left after it is told.

Steps: the ruling, the rows, their bytes, the transaction, and before each piece that a door sends. The end is brought about in a thread of its
own, as another person's act would be: where a database's lock is in its way, it comes as soon as that is gone.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from comity.acts import read_act
from comity.exchange import Asked, Page
from tests.exchange.small_nodes import BET, CLOSE, OPEN, SmallNode, thing

OBJECTS = 12
CLOSED = [f"thing--closed-{n}" for n in range(1, OBJECTS, 2)]
PIECE = 3
"""So many objects a door sends at once here."""
End = Literal["dismissal", "day", "recall"]
BEFORE, AFTER = "2024-01-31", "2024-02-01"
"""The last day on which what Betonia denounced is in force, and the first on which it is not."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a walk: closed objects that left after the end, and how many left in all; whether the end came while it was walked."""

    leaked: tuple[str, ...]
    left: int
    midway: bool


class EndedReads:
    """One node, read again and again; each time something ends what Betonia may read, and then it begins anew."""

    def __init__(self, url: str) -> None:
        self.small = SmallNode(url, BEFORE)
        self.number, self._step, self._at = 0, 0, -1
        self._ends: Callable[[], None] | None = None
        self._thread: threading.Thread | None = None
        small = self.small
        small.put(*(thing(f"{'closed' if n % 2 else 'open'}-{n}", CLOSE if n % 2 else OPEN) for n in range(OBJECTS)))
        self._admit()
        node = small.node
        for owner, name in (
            (node.gate, "rulings"), (node.gate, "ground"), (node.holdings, "tables"), (node.holdings, "rows_with_bodies"),
            (node.ledger, "append_with"),
        ):  # fmt: skip
            setattr(owner, name, self._counted(getattr(owner, name)))

    def walk(self, end: End, at: int, limit: int) -> Came:
        """Read all that there is, in pages; at the step ``at`` the end comes."""
        self._admit()
        over = threading.Event()
        self._step, self._at, self._ends = 0, at, lambda: self._bring(end, over)
        leaked, left = list[str](), 0
        cursor, more = None, True
        while more:
            page = self.small.node.read(BET, self.small.home, Asked(limit=limit, cursor=cursor))
            for was_over, told in self._sent(page, over):
                left += 1
                leaked += [told] if was_over and told.startswith("thing--closed") else []
            cursor, more = page.cursor, page.more
        midway = over.is_set()
        self._ends = None
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.small.clock.set(BEFORE)
        if end == "recall" and over.is_set():
            for name in CLOSED:
                self.small.node.reclassify(name, frozenset({CLOSE}), "CLOSE")
        return Came(tuple(leaked), left, midway)

    def _sent(self, page: Page, over: threading.Event) -> Iterator[tuple[bool, str]]:
        """The ids of a page as a door sends them, piece by piece, and whether the end had come before it was asked if it may."""
        for start in range(0, len(page.objects), PIECE):
            self._count()
            was_over = over.is_set()
            if not page.holds():
                return
            for told in page.objects[start : start + PIECE]:
                yield was_over, told.id

    def _counted(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self._count()
            found = inner(*given, **named)
            self._count()
            return found

        return counted

    def _count(self) -> None:
        self._step += 1
        if self._step >= self._at and self._ends is not None:
            ends, self._ends = self._ends, None
            self._thread = threading.Thread(target=ends)
            self._thread.start()
            self._thread.join(0.002)

    # -- what ends it, and how it begins anew

    def _bring(self, end: End, over: threading.Event) -> None:
        self.number += 1
        if end == "dismissal":
            self.small.act(f"out-{self.number}", "dismiss-partner", "ALF", counterparty="BET", made=BEFORE)
        elif end == "recall":
            for name in CLOSED:
                self.small.node.recall(name)
        else:
            self.small.clock.set(AFTER)
        over.set()

    def _admit(self) -> None:
        self.number += 1
        self.small.act(f"in-{self.number}", "admit-partner", "ALF", counterparty="BET", made=BEFORE, details="cleared=ALF:CLOSE")

    # -- afterwards

    def releases_after_the_last(self, kind: str) -> list[str]:
        """References of release acts that rest on an agreement, and stand in the log after the last act of a kind."""
        acts = [read_act(held.act) for held in self.small.ledger.items() if held.act is not None]
        last = max((n for n, act in enumerate(acts) if act.kind == kind), default=len(acts))
        return [act.ref for act in acts[last:] if act.kind == "release" and act.details.get("basis")]


def drawn(seed: int) -> tuple[End, int, int]:
    """By what, at which step, and in pages of how many."""
    rng = random.Random(seed)
    ends: tuple[End, ...] = ("dismissal", "dismissal", "day", "day", "recall")
    return rng.choice(ends), rng.randrange(1, 70), rng.choice((1, 2, 5, 100))
