"""A record cut down to what a reader may see at all: only the agreements to which they are confined, only levels for which they are cleared.

What is left out is not there: whatever is made from what is left says the same as where it never was.

Source: docs/adr/0013-pages.md, section 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from comity.about import Opened
from comity.acts import Entry, kinds
from comity.book import Book
from comity.standing import Record
from comity.terms import Label, Ladder, NotOnRecord

UNMARKED = "UNCLASSIFIED"


def confined(opened: Opened, agreements: Collection[str] | None, cleared: Sequence[str]) -> Opened:
    """The same, if nothing has to be left out."""
    book = opened.book
    record = book.record
    entries = tuple(e for e in record.entries if stays(e, agreements) and is_cleared(e.act.label, cleared, record.ladders))
    if agreements is None and len(entries) == len(record.entries):
        return opened
    kept = {id(entry) for entry in entries}
    rows = {place: entry for place, entry in book.rows.items() if id(entry) in kept}
    return Opened(Book("", _with(record, agreements, entries), (), {}, rows))


def stays(entry: Entry, agreements: Collection[str] | None) -> bool:
    """Is it under one of these? Acts about keys stay, since by them one knows who signed."""
    if agreements is None:
        return True
    return entry.act.agreement in agreements if entry.act.agreement is not None else kinds()[entry.act.kind].group == "key"


def _with(record: Record, agreements: Collection[str] | None, entries: tuple[Entry, ...]) -> Record:
    if agreements is None:
        return replace(record, entries=entries)
    named = ((replace(c, agreements=tuple(a for a in c.agreements if a in agreements)), bool(c.agreements)) for c in record.coverage)
    coverage = tuple(c for c, some in named if c.agreements or not some)
    return replace(record, agreements=tuple(a for a in record.agreements if a.id in agreements), entries=entries, coverage=coverage)


def is_cleared(label: Label, cleared: Sequence[str], ladders: Iterable[Ladder]) -> bool:
    """Is somebody with these clearances cleared for what bears the label? What is not classified needs none."""
    ladders = tuple(ladders)
    return label.classification == UNMARKED or all(covers(cleared, policy, label.classification, ladders) for policy in label.policy.split("+"))


def covers(cleared: Sequence[str], policy: str, level: str, ladders: Iterable[Ladder]) -> bool:
    """Is one of the clearances, each ``POLICY: LEVEL``, as high as this level? On no ladder: only if it is the very same."""
    mine = [held.strip() for of, _, held in (one.partition(":") for one in cleared) if of.strip().casefold() == policy.casefold()]
    ladder = next((one for one in ladders if one.policy.casefold() == policy.casefold()), None)
    if ladder is None:
        return level in mine
    try:
        wanted = ladder.level(level).rank
        return any(ladder.level(held).rank >= wanted for held in mine)
    except NotOnRecord:
        return False
