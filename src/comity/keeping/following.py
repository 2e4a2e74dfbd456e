"""Standing that is kept up to date: what is appended to a ledger is read once, and only what it touches is derived again.

Catching up: 1. how far the log goes now; 2. the items since, and no others; 3. whose standing they touch: that of the agreements that new acts
are under, or whose acts these reply to, however far; that of agreements with another version; and of all that depend on one of them; 4. of
those, what was read and derived is let go. Where a file that all share is another one, or something was destroyed, everything is let go.

Source: docs/explanation/how-the-ledger-is-kept.md, section 11.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from comity.acts import DESTRUCTION, Entry
from comity.agreements import Agreement
from comity.book import read_agreement
from comity.keeping.parts import PartedRecord, entry_of
from comity.ledger import Frontier, Ledger
from comity.standing import Standing, differing
from comity.terms import BadInput

_MOST_STANDINGS = 8
_SHARED = ("book.toml", "parties.toml", "ladders/")
_Asked = tuple[date, str | None, bool]


@dataclass(slots=True)
class _News:
    """What was appended: acts; files of agreements, by the numbers of their latest items, and how they read; whether all is touched."""

    entries: list[Entry] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    touches_all: bool = False
    moves: bool = False
    hashes: list[bytes] = field(default_factory=list)

    def follow(self, log: Frontier) -> Frontier:
        """The log with this appended."""
        for hashed in self.hashes:
            log = log.append(hashed)
        return log


class Followed:
    """A ledger that is asked again and again while others append to it. For one thread at a time.

    ``inert``: kinds of act that no standing rests on; what comes of them later is passed over. ``moves``: how often anything else came.
    """

    def __init__(self, ledger: Ledger, head: Frontier | None = None, inert: frozenset[str] = frozenset()) -> None:
        self.ledger, self.head = ledger, head or ledger.head()
        self.inert, self.moves = inert, 0
        self.record = PartedRecord(ledger, self.head.size)
        self._standings: OrderedDict[_Asked, Standing] = OrderedDict()

    def standing(self, *, on: date, known: date, viewer: str | None = None, strict: bool = False) -> Standing:
        """Ask what was appended up to the last catching up. Good until the next one: then ask for it again."""
        asked = (known, viewer, strict)
        if asked not in self._standings:
            self._standings[asked] = Standing(self.record, on=on, known=known, viewer=viewer, strict=strict)
            if len(self._standings) > _MOST_STANDINGS:
                self._standings.popitem(last=False)
        self._standings.move_to_end(asked)
        return self._standings[asked].on_day(on)

    def catch_up(self) -> tuple[str, ...]:
        """Take in what was appended since: the agreements whose standing that touches, in order.

        BadInput if the log is not the one that was followed so far, gone on.
        """
        # 1. how far the log goes now
        before, head = self.head, self.ledger.head()
        if head == before:
            return ()
        # 2. the items since
        news = self._read(before.size, head.size)
        if news.follow(before) != head:
            raise BadInput(
                f"the ledger at {self.ledger.shown_url} does not go on from the {before.size} items that it had: "
                "another stands in its place, or it was tampered with; look it over (comity ledger verify), then open it again"
            )
        if not news.moves:
            self.head = head
            return ()
        self.moves += 1
        try:
            touched = self._take_in(head.size, news)
        except BaseException:
            self._let_go(before.size)
            raise
        self.head = head
        return tuple(sorted(touched))

    def _take_in(self, size: int, news: _News) -> set[str]:
        if news.touches_all:
            known = {*self.record.on_record}
            self._let_go(size)
            return known | {*self.record.on_record}
        # 3. whose standing they touch: by what depended on what before, and by what does now
        touched = self.record.depending_on([*_agreements_of(self._with_answered(news.entries)), *(a.id for a in news.agreements)])
        self.record.take_in(size, news.entries, news.files, news.agreements)
        touched = self.record.depending_on(touched)
        # 4. let it go
        for standing in self._standings.values():
            standing.renew(self.record, touched)
        return touched

    def rebuilt(self) -> Followed:
        """The same ledger as far as it was caught up with, read again; nothing derived."""
        return Followed(self.ledger, self.head, self.inert)

    def compare(self) -> list[str]:
        """The agreements whose standing, as it was kept, is not what comes out from scratch. There ought to be none."""
        again, found = self.rebuilt(), set[str]()
        for (known, viewer, strict), kept in self._standings.items():
            found.update(differing(kept, again.standing(on=kept.on, known=known, viewer=viewer, strict=strict)))
        return sorted(found)

    def _read(self, start: int, until: int) -> _News:
        news, texts = _News(), dict[str, bytes]()
        for held in self.ledger.items(start, until):
            leaf = held.leaf
            news.hashes.append(leaf.hash)
            if held.act is not None:
                entry = entry_of(held)
                if entry.act.kind in self.inert:
                    continue
                news.entries.append(entry)
            elif leaf.whole and leaf.file.startswith("agreements/") and held.text is not None:
                news.files[leaf.file], texts[leaf.file] = leaf.seq, held.text
            news.touches_all |= leaf.whole and leaf.file.startswith(_SHARED)
            news.moves |= held.act is not None or leaf.whole
        news.agreements = [a for name, text in texts.items() if (a := read_agreement(name, text)) is not None]
        news.touches_all |= any(entry.act.kind == DESTRUCTION for entry in news.entries) or len(news.agreements) < len(texts)
        return news

    def _let_go(self, size: int) -> None:
        self.record = PartedRecord(self.ledger, size)
        self._standings.clear()

    def _with_answered(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """These, the acts that they reply to, those that these reply to, and so on."""
        todo = list(entries)
        while todo:
            yield from todo
            numbers = self.ledger.numbers_of({e.act.replies_to for e in todo if e.act.replies_to is not None})
            todo = [entry_of(held) for number in numbers.values() for held in self.ledger.items(number, number + 1) if held.act is not None]


def _agreements_of(entries: Iterable[Entry]) -> set[str]:
    return {entry.act.agreement for entry in entries if entry.act.agreement is not None}
