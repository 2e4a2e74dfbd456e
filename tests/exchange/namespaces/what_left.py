"""What left a node, as its front proxy wrote it down: did all of it get into the log, and did the law allow it on the record as of then?"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from comity.exchange import Desk
from comity.exchange.desk import Logged
from comity.ledger import root_of
from tests.exchange.ledger_nodes import LedgerNode
from tests.exchange.pacts_and_reports import Pacts, against

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Left:
    """A page that left, or the beginning of one: to whom, its objects."""

    taker: str
    objects: Sequence[bytes]
    whole: bool


def leaked(
    node: LedgerNode, told: Path, takers: Mapping[str, str], reports: Mapping[bytes, Mapping[str, Any]], pacts: Pacts
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The reports that left; and of each that ought not to have: why. ``takers``: who shows which Authorization. ``reports``: all that were made."""
    all_left, found = list[Mapping[str, Any]](), list[str]()
    bound = cache(node.is_bound)
    reads = _Reads(node)
    for left in sorted(_pages(told, takers), key=lambda one: not one.whole):
        asked = [reports[body] for body in left.objects if body in reports]
        all_left += asked
        candidates = reads.of(left)
        says = [_against(node, asked, left.taker, pacts, bound(*where)) for where in candidates]
        if not candidates:
            found.append(f"{node.party} gave {left.taker} {len(left.objects)} objects of which nothing is in the log")
        elif all(says):
            found += says[0]
    return all_left, found


def _against(node: LedgerNode, asked: Sequence[Mapping[str, Any]], taker: str, pacts: Pacts, bound: Any) -> list[str]:
    return [f"{node.party} gave {taker} {one['id']}: {why}" for one in asked if (why := against(one, node.party, taker, pacts, bound))]


class _Reads:
    """The access log: on which day, and with how much in the ledger, each page was let out."""

    def __init__(self, node: LedgerNode) -> None:
        self.node = node
        self.by_root = defaultdict[tuple[str, str], deque[Logged]](deque)
        self.by_taker = defaultdict[str, list[Logged]](list)
        self.known = set[int]()
        for one in reversed(Desk(node.node).log(most=_MOST)):
            if one.root is not None and one.client != "check":
                self.by_root[one.partner, one.root].append(one)
                self.by_taker[one.partner].append(one)

    def of(self, left: Left) -> list[tuple[date, int]]:
        """The read that this page came of; of the beginning of one: those that it may have come of, once all whole pages are known."""
        if not left.whole:
            return [self._where(one) for one in self.by_taker[left.taker] if one.count >= len(left.objects) and one.number not in self.known]
        root = root_of([hashlib.sha256(body).digest() for body in left.objects]).hex()
        if not self.by_root[left.taker, root]:
            return []
        found = self.by_root[left.taker, root].popleft()
        self.known.add(found.number)
        return [self._where(found)]

    def _where(self, one: Logged) -> tuple[date, int]:
        return date.fromisoformat(one.at[:10]), min(self.node.ledger.numbers_of(one.acts).values())


def _pages(told: Path, takers: Mapping[str, str]) -> Iterator[Left]:
    for file in sorted(told.iterdir(), key=lambda one: int(one.name)):
        authorization, _, body = file.read_bytes().partition(b"\n")
        objects, whole = _objects(body.decode())
        if objects:
            yield Left(takers.get(authorization.decode(), "nobody"), objects, whole)


def _objects(text: str) -> tuple[list[bytes], bool]:
    """The objects of an envelope, byte by byte, as far as it goes; and does it go on to its end?"""
    decoder, found = json.JSONDecoder(), list[bytes]()
    at = text.find('"objects":')
    at = at + len('"objects":') if at >= 0 else len(text)
    while text[at : at + 1] and text[at] in "[,":
        try:
            _, end = decoder.raw_decode(text, at + 1)
        except ValueError:
            return found, False
        found.append(text[at + 1 : end].encode())
        at = end
    return found, text.endswith("}")
