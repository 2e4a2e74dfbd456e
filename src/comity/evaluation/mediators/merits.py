"""What speaks for a candidate: named by a treaty between the sides, mediations on record, agreements with both, votes near to both.

Source: docs/explanation/how-mediators-are-ranked.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable

from comity.evaluation.mediators.candidates import Fact, Merit
from comity.evaluation.mediators.rules import MERITS, MeritName
from comity.evaluation.mediators.ties import Ties, together
from comity.terms import Verdict


def merits_of(ties: Ties, candidate: str) -> tuple[Merit, ...]:
    """Every merit, whether or not the order looks at it."""
    return tuple(_MERITS[name](ties, candidate) for name in MERITS)


def _on_record(name: MeritName) -> Callable[[Ties, str], Merit]:
    def found(ties: Ties, candidate: str) -> Merit:
        recorded = ties.recorded(name, candidate)
        value = max((one.count for one in recorded if one.verdict is Verdict.YES), default=0)
        return Merit(name, value, tuple(Fact(one.side, one.verdict, one.says, one.source) for one in recorded))

    return found


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
        lacking = [party for party, point in zip((candidate, *ties.material.sides), (own, *of_sides), strict=True) if point is None]
        says = f"votes in the General Assembly: none of {' and '.join(lacking)} in the session of {year}"
        return Merit("votes", None, (Fact(None, Verdict.UNKNOWN, says, reach.source),))
    distances = [abs(own - point) for point in of_sides if point is not None]
    facts = (
        Fact(side, Verdict.YES, f"{distance:.2f} from {side} in votes, session of {year}", reach.source)
        for side, distance in zip(ties.material.sides, distances, strict=True)
    )
    return Merit("votes", max(distances), tuple(facts))


_MERITS: dict[MeritName, Callable[[Ties, str], Merit]] = {
    "treaty": _on_record("treaty"),
    "mediations": _on_record("mediations"),
    "agreements": _agreements,
    "votes": _votes,
}
