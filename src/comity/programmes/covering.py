"""Where is there a legal basis to train, and when? What a programme's cover is on record: entry and status, day by day where they change.

Source: how-permissions-are-derived.md, section 5; how-programmes-are-planned.md, 1.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.acts import Act, Entry, Source
from comity.permissions import Permissions, Stationing
from comity.programmes.problems import Problem
from comity.standing import Standing
from comity.terms import parse_moment


@dataclass(frozen=True, slots=True)
class Basis:
    """Whether forces of ``nation`` may be on the territory of ``host`` from ``start`` up to, without, ``end``, and why."""

    nation: str
    host: str
    start: date
    end: date
    stationing: Stationing


def visits(problem: Problem) -> list[tuple[str, str]]:
    """Which nations could be sent to which hosts: each pair once, as the problem has them."""
    home = {unit.id: unit.nation for unit in problem.units}
    pairs = ((home[unit], way.host) for one in problem.exercises for way in one.ways for unit, _ in one.open_to)
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def as_if_invited(standing: Standing, problem: Problem, on: date, purpose: str | None = None) -> Standing:
    """The standing as if every host had consented on ``on`` that whoever comes is there: what inviting to an exercise of one's own says."""
    details = {"activity": "station"} | ({} if purpose is None else {"purposes": purpose})
    hosts = dict.fromkeys(host for _, host in visits(problem))
    acts = [
        Act(
            kind="consent-activity",
            actor=standing.record.party(host),
            ref=f"supposed-invitation-{host}",
            made=parse_moment(on.isoformat()),
            details=details,
            source=Source("supposed"),
        )
        for host in hosts
    ]
    return standing.what_if([Entry(act, standing.known) for act in acts])


def bases(permissions: Permissions, nation: str, host: str, start: date, end: date, purpose: str | None = None) -> Iterator[Basis]:
    """The basis of the nation's forces with the host from ``start`` up to ``end``, one after another; asked again wherever the answer ends.

    NotOnRecord where one of the two is no party on record.
    """
    for span in permissions.stationings(nation, host, start, end, purpose):
        yield Basis(nation, host, *span)
