"""What does an answer rest on? The agreements and the acts with which alone it comes out the same.

1. the agreement asked about, and those whose standing its own depends on, or on whose text it bears; 2. the acts under them that were known and
that the viewer may see; 3. the acts that reply to those, and those to which they reply; 4. from 1 for the agreements of such acts, until nothing is
added. A question that looks over all agreements rests on the whole record.

Source: docs/explanation/how-an-answer-carries-its-proof.md, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.acts import DESTRUCTION, Entry
from comity.questions import Put
from comity.standing import Record, needs
from comity.terms import BadInput, may_see


@dataclass(frozen=True, slots=True)
class Resting:
    """Agreements, by their ids, and acts."""

    agreements: frozenset[str]
    entries: tuple[Entry, ...]


def rests_on(record: Record, put: Put) -> Resting:
    """What the answer to this question rests on; BadInput where its viewer may not see all that is needed to read what it may see."""
    replies, visible = _Replies(record, put), record.visible(record.entries, put.known, put.viewer)
    if put.about is None:
        return Resting(frozenset(record.ids), tuple(replies.around(visible)))
    names, entries, found = frozenset[str](), list[Entry](), _related(record, [put.about])
    while found != names:
        names = found
        entries = replies.around(entry for entry in visible if entry.act.agreement in names)
        found = _related(record, [*names, *(entry.act.agreement for entry in entries if entry.act.agreement is not None)])
    return Resting(names, tuple(entries))


def _related(record: Record, todo: list[str]) -> frozenset[str]:
    """These agreements and, however far, those that they depend on, that take their place, amend them, or that they name as their own."""
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found and record.holds(name):
            found.add(name)
            todo += _next_to(record, name)
    return frozenset(found)


def _next_to(record: Record, name: str) -> Iterator[str]:
    later = [other for other, _ in record.superseding(name)]
    yield from (*later, *record.amendments_of(name))
    for version in record.agreements:
        if version.id == name:
            yield from (*needs(version), *(other for other in (version.parent, version.protocol_to) if other))


class _Replies:
    """Which act replies to which."""

    def __init__(self, record: Record, put: Put) -> None:
        self.record, self.put = record, put
        self.by_hash = {entry.act.hash: entry for entry in record.entries}
        destroyed = (entry for entry in record.entries if entry.act.kind == DESTRUCTION and "ref" in entry.act.details)
        self.by_hash |= {entry.act.details["record"]: entry for entry in destroyed}

    def around(self, start: Iterable[Entry]) -> list[Entry]:
        """These acts, those that reply to them as far as they may be looked at, and those to which they reply, in the order of the record."""
        found, todo = set[str](), list(start)
        while todo:
            entry = todo.pop()
            if entry.act.hash in found:
                continue
            found.add(entry.act.hash)
            todo += self.record.visible(self.record.replies_to(entry.act.hash), self.put.known, self.put.viewer)
            todo += self._replied_to(entry)
        return [entry for entry in self.record.entries if entry.act.hash in found]

    def _replied_to(self, entry: Entry) -> list[Entry]:
        """The act that it replies to, without which it can't be read; if that was destroyed, the act that says so."""
        target = self.by_hash.get(entry.act.replies_to or "")
        if target is not None and not may_see(target.act.label, self.put.viewer):
            raise BadInput(
                f"{self.put.viewer} may see the act {entry.act.ref!r}, but not the one that it replies to, without which it can't be read: "
                "an answer that carries its proof can't be made for this viewer"
            )
        return [] if target is None else [target]
