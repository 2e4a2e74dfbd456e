"""Who has a legal basis, entry and status, to be where the lines send those who pledged, and when?

Source: how-permissions-are-derived.md, section 5; how-forces-are-generated.md, 1.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.missions.forces.missions import DaySpan, Mission, PlaceCover
from comity.permissions import Permissions, Stationing
from comity.terms import Verdict


@dataclass(frozen=True, slots=True)
class PlaceBasis:
    """Whether forces of a party may be in a territory on these days, and why."""

    party: str
    territory: str
    days: DaySpan
    stationing: Stationing


def place_bases(permissions: Permissions, mission: Mission, purpose: str | None = None) -> Iterator[PlaceBasis]:
    """The basis of each party in each territory to which its pledges could be sent, through all rotations; asked again wherever the answer ends.

    NotOnRecord where one of the two is no party on record.
    """
    places: dict[str, list[str]] = {}
    for line in mission.lines:
        if line.territory is not None:
            places.setdefault(line.capability, []).append(line.territory)
    pairs = ((pledge.party, place) for pledge in mission.pledges for place in places.get(pledge.capability, ()))
    start = min((one.days.start for one in mission.rotations if one.days.start is not None), default=None)
    end = max((one.days.end for one in mission.rotations if one.days.end is not None), default=None)
    for party, place in dict.fromkeys(pairs):
        if party != place and start is not None and end is not None:
            for span in permissions.stationings(party, place, start, end, purpose):
                yield PlaceBasis(party, place, DaySpan(span.start, span.end), span.stationing)


def with_cover(permissions: Permissions, mission: Mission, purpose: str | None = None) -> Mission:
    """The mission with the legal basis that the record has for each party in each place; what is contested or unknown is cover in doubt."""
    found = (PlaceCover(one.party, one.territory, one.days, one.stationing.verdict) for one in place_bases(permissions, mission, purpose))
    return replace(mission, cover=tuple(one for one in found if one.sure is not Verdict.NO))
