"""The items' own bytes: have they the hashes that their leaves say? If they are not there, does an act say that they were destroyed? And are the
words by which items are found those that they name?

Source: docs/explanation/how-the-ledger-is-kept.md, sections 4 and 9.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.items import Leaf, digest
from comity.ledger.naming import record_in, words_in, words_in_file
from comity.ledger.store import Held, Ledger
from comity.ledger.tampering import Tampering, where


class Payloads:
    """The items' own bytes: are they those of their leaves, and if they are not there, does an act say that they were destroyed?"""

    def __init__(self) -> None:
        self.there = 0
        self.without: list[Leaf] = []
        self.destroyed: dict[str, int] = {}
        self.with_word = _Sum()

    def look_at(self, held: Held) -> Iterator[Tampering]:
        leaf, act, text = held
        if text is None:
            self.without.append(leaf)
            return
        self.there += 1
        if digest(text) != leaf.text:
            yield Tampering(where(leaf), "its text is not the one that was recorded")
        elif leaf.act is None and leaf.whole:
            self._find_by(words_in_file(leaf.file, text), leaf)
        if (None if act is None else digest(act)) != leaf.act:
            yield Tampering(where(leaf), "its act is not the one that was recorded")
        elif act is not None:
            self._find_by(words_in(act), leaf)
            if (record := record_in(act)) is not None:
                self.destroyed[record] = leaf.seq

    def _find_by(self, words: Iterable[str], leaf: Leaf) -> None:
        for word in words:
            self.with_word.add(word, leaf.seq)

    def look_at_the_rest(self, ledger: Ledger, connection: sa.Connection) -> Iterator[Tampering]:
        for leaf in self.without:
            if not {leaf.act, leaf.text if leaf.whole else None} & self.destroyed.keys():
                yield Tampering(where(leaf), "its text is not there, and no act says that it was destroyed")
        for record, seq in self.destroyed.items():
            again = (held.leaf for held in ledger.held_as(record) if held.text is not None and held.leaf.seq < seq)
            yield from (Tampering(where(leaf), f"it was destroyed by item {seq}, and is there") for leaf in again)
        mentioned = _Sum()
        payloads = connection.execute(sa.select(sa.func.count()).select_from(schema.payload)).scalar_one()
        for word, seq in connection.execute(sa.select(schema.mention), execution_options={"stream_results": True, "yield_per": 1000}):
            mentioned.add(word, seq)
        if payloads != self.there:
            yield Tampering("items", f"{payloads} texts, {self.there} of them with a leaf")
        if mentioned.found != self.with_word.found:
            yield Tampering("mentions", "the words by which items are found are not those that the items name")


class _Sum:
    """Words and the numbers of items, summed up so that their order does not count."""

    def __init__(self) -> None:
        self.found = 0

    def add(self, word: object, seq: object) -> None:
        self.found = (self.found + int.from_bytes(hashlib.sha256(repr((word, seq)).encode()).digest(), "big")) % 2**256
