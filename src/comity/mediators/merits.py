"""What speaks for a candidate: named by a treaty between the sides, mediations on record, agreements with both, votes near to both.

Source: docs/explanation/how-mediators-are-ranked.md, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.mediators.candidates import Fact, Merit
from comity.mediators.rules import MeritName
from comity.mediators.ties import Ties, together
from comity.terms import Verdict

ON_RECORD: tuple[MeritName, ...] = ("treaty", "mediations")


def merits_of(ties: Ties, candidate: str) -> tuple[Merit, ...]:
    """Every merit, whether or not the order looks at it; in the order of ``MERITS``."""
    recorded = (_on_record(ties, candidate, name) for name in ON_RECORD)
    return (*recorded, _agreements(ties, candidate), _votes(ties, candidate))


def _on_record(ties: Ties, candidate: str, name: MeritName) -> Merit:
    found = ties.recorded(name, candidate)
    value = max((one.count for one in found if one.verdict is Verdict.YES), default=0)
    return Merit(name, value, tuple(Fact(one.side, one.verdict, one.says, one.source) for one in found))


def _agreements(ties: Ties, candidate: str) -> Merit:
    facts, both = list[Fact](), True
    for side in ties.material.sides:
        of_side = [*ties.on_record("agreements", candidate, side), *ties.by_table("agreements", candidate, side)]
        both = both and together(of_side) is Verdict.YES
        facts += of_side
    return Merit("agreements", int(both), tuple(facts))


def _votes(ties: Ties, candidate: str) -> Merit:
    """The greater of its distances from the sides."""
    reach, year = ties.material.reaches.get("votes"), ties.years_of("votes", 1)[0]
    if reach is None:
        return Merit("votes", None, (Fact(None, Verdict.UNKNOWN, "votes in the General Assembly: not looked up", "no table in the store"),))
    own = ties.material.points.get((candidate, year))
    of_sides = [ties.material.points.get((side, year)) for side in ties.material.sides]
    if own is None or None in of_sides:
        return Merit("votes", None, (_told_lacking((candidate, *ties.material.sides), (own, *of_sides), year, reach.source),))
    distances = [abs(own - point) for point in of_sides if point is not None]
    facts = (
        Fact(side, Verdict.YES, f"{distance:.2f} from {side} in votes, session of {year}", reach.source)
        for side, distance in zip(ties.material.sides, distances, strict=True)
    )
    return Merit("votes", max(distances), tuple(facts))


def _told_lacking(parties: Sequence[str], points: Sequence[float | None], year: int, source: str) -> Fact:
    lacking = " and ".join(party for party, point in zip(parties, points, strict=True) if point is None)
    return Fact(None, Verdict.UNKNOWN, f"votes in the General Assembly: none of {lacking} in the session of {year}", source)
