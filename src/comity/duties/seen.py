"""Which acts under an agreement count for duties, with their days and hours, and which of them are doubtful.

Source: how-duties-are-derived.md, section 1; how-standing-is-derived.md, section 1.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from comity.acts import Act, Entry
from comity.standing import Standing
from comity.terms import Moment, parse_moment

_MOMENTS = ("received", "made", "notified", "effect")
_CORRECTIONS = ("retract", "replace")


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """One act as a duty looks at it: its first and last possible day, its instant where the hour is on record."""

    act: Act
    kind: str
    first: int
    last: int
    instant: datetime | None
    doubtful: bool

    @property
    def actor(self) -> str:
        """In law: the one on whose behalf it was done."""
        return self.act.on_behalf_of or self.act.actor

    @property
    def unsure(self) -> bool:
        return self.first != self.last

    def day(self, last: bool) -> int:
        return self.last if last else self.first


def seen_acts(standing: Standing, agreement: str) -> list[Seen]:
    """The acts under ``agreement`` that the question may look at, corrected, by day."""
    zone = standing.record.agreement(agreement, standing.known).zone
    versions: dict[str, dict[tuple[Act, str], bool]] = {}
    for entry in sorted(_visible(standing, standing.record.entries_of(agreement)), key=lambda e: (e.recorded, e.act.hash)):
        if entry.act.kind in (*_CORRECTIONS, "deny"):
            continue
        corrected = _corrected(standing, entry)
        if corrected is not None:
            versions.setdefault(entry.act.ref, {})[corrected] = _is_denied(standing, entry)
    found = [
        seen
        for of_one in versions.values()
        for (act, kind), denied in of_one.items()
        if (seen := _seen(act, kind, zone, denied or len(of_one) > 1)) is not None
    ]
    return sorted(found, key=lambda s: (s.first, s.act.ref, s.act.hash))


def _visible(standing: Standing, entries: Sequence[Entry]) -> list[Entry]:
    return standing.record.visible(entries, standing.known, standing.viewer)


def _corrected(standing: Standing, entry: Entry) -> tuple[Act, str] | None:
    """The act and its kind as its latest correction has them; None if it was retracted."""
    act = entry.act
    corrections = [e for e in _visible(standing, standing.record.replies_to(act.hash)) if e.act.kind in _CORRECTIONS]
    if not corrections:
        return act, act.kind
    last = max(corrections, key=lambda e: (e.recorded, e.act.ref, e.act.hash)).act
    if last.kind == "retract":
        return None
    read = {name: parse_moment(last.details[name]) if name in last.details else moment_of(act, name) for name in _MOMENTS}
    changed = dataclasses.replace(act, received=read["received"], made=read["made"], notified=read["notified"], effect=read["effect"])
    vars(changed)["hash"] = act.hash  # a correction changes how an act reads, not which one it is
    return changed, last.details.get("kind", act.kind)


def _is_denied(standing: Standing, entry: Entry) -> bool:
    denials = [e for e in _visible(standing, standing.record.replies_to(entry.act.hash)) if e.act.kind == "deny"]
    return any(kept is not None and kept[1] == "deny" for kept in (_corrected(standing, e) for e in denials))


def _seen(act: Act, kind: str, zone: str | None, doubtful: bool) -> Seen | None:
    moment = next((m for name in _MOMENTS if (m := moment_of(act, name)) is not None), None)
    if moment is None:
        return None
    first, last = (day.toordinal() for day in moment.days_in(zone))
    return Seen(act, kind, first, last, moment.instant, doubtful)


def moment_of(act: Act, name: str) -> Moment | None:
    """The moment that a clause names: one of the envelope, else a detail that is a day or a moment."""
    if name in _MOMENTS:
        found: Moment | None = getattr(act, name)
        return found
    written = act.details.get(name)
    return None if written is None else parse_moment(written)


def event_moment(act: Act, name: str) -> Moment | None:
    """When the event is that ``act`` announces; its receipt is stood in for by its other moments."""
    if name == "received":
        return next((m for other in _MOMENTS if (m := moment_of(act, other)) is not None), None)
    return moment_of(act, name)
