"""Which acts of some kinds a question looks at, under whatever agreement or none, read slowly: recorded, visible, corrected, in doubt or not.

Source: how-lessons-are-learned.md, section 1; how-training-is-counted.md, section 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.acts import Act, Entry
from comity.acts import kinds as every_kind
from comity.terms import Moment, may_see, parse_moment


@dataclass(frozen=True)
class KeptAct:
    """An act that counts: its hash as recorded, its kind and moments as corrected, the days that it can be of, whether it is in doubt."""

    id: str
    act: Act
    kind: str
    first: date
    last: date
    doubtful: bool

    @property
    def who(self) -> str:
        return self.act.on_behalf_of or self.act.actor


def has(act: Act, need: str) -> bool:
    """Whether an act says what its kind needs."""
    if need.startswith("details."):
        return act.details.get(need.removeprefix("details."), "") != ""
    return getattr(act, need) not in (None, "", ())


def needs_of(kind: str) -> tuple[str, ...]:
    """What an act of the kind needs."""
    return every_kind()[kind].needs


@dataclass(frozen=True)
class Reader:
    """Everything on record, and who asks as known on which day."""

    entries: Sequence[Entry]
    known: date
    viewer: str | None

    def seen(self) -> list[Entry]:
        return [e for e in self.entries if e.recorded <= self.known and may_see(e.act.label, self.viewer)]

    def replies(self, to: Act, kinds: tuple[str, ...]) -> list[Entry]:
        return [e for e in self.seen() if e.act.replies_to == to.hash and e.act.kind in kinds]

    def read(self, entry: Entry) -> tuple[str, dict[str, Moment | None]] | None:
        """Its kind and moments as last corrected; None: retracted."""
        moments = {name: getattr(entry.act, name) for name in ("made", "received", "notified", "effect")}
        corrections = self.replies(entry.act, ("retract", "replace"))
        if not corrections:
            return entry.act.kind, moments
        last = sorted(corrections, key=lambda e: (e.recorded, e.act.ref, e.act.hash))[-1].act
        if last.kind == "retract":
            return None
        said = {name: parse_moment(last.details[name]) for name in moments if name in last.details}
        return last.details.get("kind", entry.act.kind), {**moments, **said}

    def denied(self, act: Act) -> bool:
        return any((read := self.read(denial)) is not None and read[0] == "deny" for denial in self.replies(act, ("deny",)))

    def kept(self, kinds: Sequence[str]) -> list[KeptAct]:
        """The acts that count (1.2), with the days that they can be of (1.4)."""
        records: dict[str, list[tuple[Entry, str, dict[str, Moment | None]]]] = {}
        for entry in self.seen():
            read = self.read(entry) if entry.act.kind in kinds else None
            if read is not None and read[0] in kinds:
                there = records.setdefault(entry.act.ref, [])
                if all((entry.act.hash, *read) != (other.act.hash, kind, moments) for other, kind, moments in there):
                    there.append((entry, *read))
        found = []
        for there in records.values():
            for entry, kind, moments in there:
                when = moments["made"] or moments["received"] or moments["notified"] or moments["effect"]
                if when is not None and all(has(entry.act, need) for need in needs_of(kind)):
                    doubtful = len(there) > 1 or self.denied(entry.act)
                    act = replace(
                        entry.act, made=moments["made"], received=moments["received"], notified=moments["notified"], effect=moments["effect"]
                    )
                    found.append(KeptAct(entry.act.hash, act, kind, when.first, when.last, doubtful))
        return found
