"""Which acts under an agreement count for duties, with their days and hours, and which of them are doubtful.

Source: how-duties-are-derived.md, section 1; how-standing-is-derived.md, section 1.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime

from comity.acts import Act
from comity.standing import Standing
from comity.terms import Moment, parse_moment

_MOMENTS = ("received", "made", "notified", "effect")
_ABOUT_RECORDS = ("retract", "replace", "deny")
"""Kinds of act that are about another record, and do nothing under the agreement themselves."""


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
        return self.act.attributed_to

    @property
    def unsure(self) -> bool:
        return self.first != self.last

    def day(self, last: bool) -> int:
        return self.last if last else self.first


def seen_acts(standing: Standing, agreement: str) -> list[Seen]:
    """The acts under ``agreement`` that the question may look at, corrected, by day."""
    zone = standing.record.agreement(agreement, standing.known).zone
    found = []
    for versions in standing.current_acts(agreement):
        acts = [current for current in versions if current.act.kind not in _ABOUT_RECORDS]
        seen = (_seen(current.act, current.kind, zone, bool(current.denials) or len(acts) > 1) for current in acts)
        found += [one for one in seen if one is not None]
    return sorted(found, key=lambda s: (s.first, s.act.ref, s.act.hash))


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
