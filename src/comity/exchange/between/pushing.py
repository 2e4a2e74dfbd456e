"""Pushing to a partner: for a node that nobody can reach. What the gate lets out for the partner is delivered to a collection on its server.

1. Pages come from the own node, as the partner would read them: so the gate, the release acts and the log are the same whichever way bytes leave.
2. A page is delivered in pieces, no larger than the partner takes. Before each, the page is asked whether what let it out still holds.
3. The partner's status is followed until it is complete; only then is it kept how far that went. Interrupted, something is delivered twice, which
   changes nothing there, and nothing is left out.
4. A piece that the partner refuses is halved until one object is left; that one is counted as refused, and passed over.

Source: TAXII 2.1, 4.3 and 5.5; docs/explanation/how-exchange-works.md, sections 4 and 10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from comity.exchange.asking import Asked, Filters, Page, Told
from comity.exchange.between.asking_partners import Bounds, Calls, Ended, KeptCursors, Partner, Send, quoted
from comity.exchange.between.raw_objects import write_envelope
from comity.terms import ComityError

Outbox = Callable[[Asked], Page]
"""One page of what the own node lets out for the partner."""
_STATUS = re.compile(r"[A-Za-z0-9-]{1,64}")
_REFUSED = frozenset({400, 413, 422})
_MOST_POLLS = 20
_ENVELOPE = len(write_envelope(()))


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of pushing to a partner: objects delivered and refused (by the partner), why it ended early, and the first refusal."""

    party: str
    path: str
    delivered: int = 0
    refused: int = 0
    says: str = ""
    first_refusal: str = ""
    again: float | None = None


class Pusher:
    """Pushes to partners, one at a time. ``clock`` gives the instant, with its zone; ``wait`` lets seconds pass."""

    def __init__(
        self, send: Send, kept: KeptCursors, wait: Callable[[float], None], clock: Callable[[], datetime], bounds: Bounds = Bounds()
    ) -> None:
        self._send, self._kept, self._wait, self._clock, self._bounds = send, kept, wait, clock, bounds

    def push(self, partner: Partner, root: str, collection: str, outbox: Outbox) -> Pushed:
        """Everything that is new for the partner, into one collection (by its id) under one of its API roots (by its path)."""
        push = _Push(Calls(partner, self._send, self._wait, self._clock, self._bounds), self._kept, root, collection)
        try:
            push.all(outbox)
        except Ended as problem:
            return replace(push.done, says=str(problem), again=problem.again)
        except ComityError as problem:
            return replace(push.done, says=f"{partner.party}: {problem}")
        return push.done


class _Push:
    def __init__(self, calls: Calls, kept: KeptCursors, root: str, collection: str) -> None:
        self.calls, self.kept, self.root = calls, kept, calls.path_of(root)
        self.path = f"{self.root}collections/{collection}/objects/"
        self.done = Pushed(calls.partner.party, self.path)

    def all(self, outbox: Outbox) -> None:
        key = f"push {self.calls.partner.party} {self.calls.partner.url}{self.path}"
        given = self.calls.get(self.root).fields.get("max_content_length")
        largest = given if isinstance(given, int) and given > 0 else self.calls.bounds.page_bytes
        kept = self.kept.get(key)
        after = None if kept is None else int(kept)
        for _ in range(self.calls.bounds.pages):
            page = outbox(Asked(Filters(versions=("all",)), after=after, limit=self.calls.bounds.page_objects, door="push"))
            for piece in _pieces(page.objects, min(largest, self.calls.bounds.page_bytes)):
                self._deliver(page, piece)
                after = piece[-1].stamp
                self.kept.put(key, str(after))
            if not page.more or not page.objects:
                return
        raise self.calls.ended(self.path, f"was given {self.calls.bounds.pages} pages at once; the rest the next time")

    def _deliver(self, page: Page, piece: Sequence[Told]) -> None:
        """One piece; halved where it is refused as a whole."""
        if not page.holds():
            raise self.calls.ended(self.path, "is not given the rest: what let it out has changed meanwhile; it is asked anew the next time")
        try:
            status = self._complete(self.calls.post(self.path, write_envelope([told.body for told in piece])))
        except Ended as problem:
            if problem.status not in _REFUSED:
                raise
            if len(piece) == 1:
                self._count(0, 1, f"{piece[0].id}: {problem}")
                return
            middle = len(piece) // 2
            self._deliver(page, piece[:middle])
            self._deliver(page, piece[middle:])
            return
        failed = status.get("failure_count")
        failed = min(failed, len(piece)) if isinstance(failed, int) and failed > 0 else 0
        self._count(len(piece) - failed, failed, _first_failure(status))

    def _complete(self, status: dict[str, Any]) -> dict[str, Any]:
        """The status once it is complete; Ended if it does not come to that."""
        own = status.get("id")
        for tried in range(_MOST_POLLS):
            if status.get("status") == "complete":
                return status
            if not isinstance(own, str) or not _STATUS.fullmatch(own):
                break
            self.calls.pause(self.path, "is still busy with what it was given", min(2.0**tried, 60.0))
            status = self.calls.get(f"{self.root}status/{own}/").fields
        raise self.calls.ended(self.path, f"leaves what it was given {quoted(status.get('status'))}: it is delivered again the next time", again=60)

    def _count(self, delivered: int, refused: int, says: str) -> None:
        done = self.done
        self.done = replace(
            done, delivered=done.delivered + delivered, refused=done.refused + refused, first_refusal=done.first_refusal or (says if refused else "")
        )


def _pieces(objects: Sequence[Told], most: int) -> Iterator[Sequence[Told]]:
    """The objects in their order, in pieces whose envelopes have so many bytes at most, or one object."""
    start, size = 0, _ENVELOPE
    for at, told in enumerate(objects):
        more = len(told.body) + 1
        if at > start and size + more > most:
            yield objects[start:at]
            start, size = at, _ENVELOPE
        size += more
    if start < len(objects):
        yield objects[start:]


def _first_failure(status: dict[str, Any]) -> str:
    failures = status.get("failures")
    first = failures[0] if isinstance(failures, list) and failures and isinstance(failures[0], dict) else {}
    return f"{quoted(first.get('id'))}: {quoted(first.get('message'))}"
