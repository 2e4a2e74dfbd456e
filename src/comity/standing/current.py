"""The acts that a question looks at: as known on a day, as one viewer may see them, corrected, and with who denies them.

Source: how-standing-is-derived.md, section 1.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable
from datetime import date
from typing import NamedTuple

from comity.acts import Act, Entry
from comity.standing.record import Holding
from comity.terms import parse_moment

CORRECTIONS = ("replace", "retract")
_MOMENTS = ("made", "received", "notified", "effect")


class Current(NamedTuple):
    """An act as its latest correction has it, its kind, and who denies its effect."""

    act: Act
    kind: str
    denials: tuple[Entry, ...] = ()


class CurrentActs:
    """The acts on record as known on a day, as one viewer may see them, corrected."""

    def __init__(self, record: Holding, known: date, viewer: str | None) -> None:
        self.record, self.known, self.viewer = record, known, viewer

    def under(self, agreement_id: str) -> list[list[Current]]:
        """The acts under an agreement; records of one act (same reference) that differ stand together."""
        entries = self._visible(self.record.entries_of(agreement_id))
        if len({e.act.ref for e in entries}) < len(entries):
            entries = sorted(entries, key=lambda e: (e.recorded, e.act.hash))
        return self._by_reference(entries)

    def of_kinds(self, kinds: Container[str]) -> list[list[Current]]:
        """The acts of these kinds under whatever agreement or none, in the same way."""
        found = self._by_reference(self._visible(self.record.entries_of_kinds(kinds)))
        return [kept for versions in found if (kept := [current for current in versions if current.kind in kinds])]

    def _by_reference(self, entries: Iterable[Entry]) -> list[list[Current]]:
        found: dict[str, list[Current]] = {}
        answered = self.record.answered
        for entry in entries:
            current = self._corrected(entry) if answered else Current(entry.act, entry.act.kind)
            versions = found.setdefault(entry.act.ref, [])
            if current is not None and all((current.act, current.kind) != (other.act, other.kind) for other in versions):
                versions.append(current)
        return [versions for versions in found.values() if versions]

    def _corrected(self, entry: Entry) -> Current | None:
        """The act as its latest correction has it; None if it was retracted."""
        replies = self._visible(self.record.replies_to(entry.act.hash))
        corrections = [e for e in replies if e.act.kind in CORRECTIONS]
        denials = tuple(e for e in replies if e.act.kind == "deny" and (kept := self._corrected(e)) is not None and kept.kind == "deny")
        if not corrections:
            return Current(entry.act, entry.act.kind, denials)
        last = max(corrections, key=lambda e: (e.recorded, e.act.ref, e.act.hash)).act
        return None if last.kind == "retract" else Current(*_replaced(entry.act, last), denials)

    def _visible(self, entries: Iterable[Entry]) -> list[Entry]:
        return self.record.visible(entries, self.known, self.viewer)


def _replaced(act: Act, correction: Act) -> tuple[Act, str]:
    """The act as the correction says it should read, and its kind."""
    given = {name: parse_moment(correction.details[name]) for name in _MOMENTS if name in correction.details}
    changed = dataclasses.replace(
        act,
        made=given.get("made", act.made),
        received=given.get("received", act.received),
        notified=given.get("notified", act.notified),
        effect=given.get("effect", act.effect),
    )
    # The correction changes how the act reads, never its identity: replies still find it by the hash it was recorded with.
    changed.__dict__["hash"] = act.hash
    return changed, correction.details.get("kind", act.kind)
