"""What stands in a candidate's way: each bar, yes, no or unknown, towards each side and altogether.

Source: docs/explanation/how-mediators-are-ranked.md, section 3.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from comity.mediators.candidates import Bar, Fact
from comity.mediators.rules import ONE_SIDED, BarName
from comity.mediators.ties import Ties, together
from comity.terms import Verdict, any_of

Towards = Callable[[Ties, str, str], list[Fact]]
"""What the sources say of a candidate and a side; nothing, where the bar is not asked between them."""


def bars_of(ties: Ties, candidate: str) -> tuple[Bar, ...]:
    """Every bar that is looked at and asked of this candidate."""
    found = (_bar(ties, candidate, name) for name in ties.rules.bars)
    return tuple(bar for bar in found if bar is not None)


def barred(bars: tuple[Bar, ...]) -> Verdict:
    """Does any of them stand in the way?"""
    return any_of(bar.verdict for bar in bars)


def _bar(ties: Ties, candidate: str, name: BarName) -> Bar | None:
    facts = [_TOWARDS[name](ties, candidate, side) for side in ties.material.sides]
    a, b = (together(of_side) if of_side else None for of_side in facts)
    asked = [verdict for verdict in (a, b) if verdict is not None]
    if not asked:
        return None
    verdict = one_sided(asked[0], asked[1]) if name in ONE_SIDED and len(asked) > 1 else any_of(asked)
    return Bar(name, verdict, (a, b), tuple(fact for of_side in facts for fact in of_side))


def one_sided(a: Verdict, b: Verdict) -> Verdict:
    """Does it hold towards one side and not the other?"""
    if Verdict.UNKNOWN in (a, b):
        return Verdict.UNKNOWN
    return Verdict.NO if a is b else Verdict.YES


def _alliance(ties: Ties, candidate: str, side: str) -> list[Fact]:
    return [*ties.on_record("alliance", candidate, side), *ties.by_table("alliance", candidate, side)]


def _dispute(ties: Ties, candidate: str, side: str) -> list[Fact]:
    return [*ties.on_record("dispute", candidate, side), *ties.by_table("dispute", candidate, side, ties.rules.years)]


def _rivalry(ties: Ties, candidate: str, side: str) -> list[Fact]:
    return [*ties.on_record("rivalry", candidate, side), *ties.by_table("rivalry", candidate, side)]


def _arms(ties: Ties, candidate: str, side: str) -> list[Fact]:
    """The share of each in what is listed for the other."""
    years, reach = ties.years_of("arms", ties.rules.arms_years), ties.material.reaches.get("arms")
    if reach is None:
        return [Fact(side, Verdict.UNKNOWN, f"arms from or to {side}: not looked up", "no table in the store")]
    if not ties.reaches_years("arms", years):
        return [Fact(side, Verdict.UNKNOWN, f"arms from or to {side}: the table does not reach all of {_told_span(years)}", reach.source)]
    if not ties.are_members(candidate, side, _end(years[-1])):
        return [Fact(side, Verdict.UNKNOWN, f"arms from or to {side}: the table does not list one of the two", reach.source)]
    return [
        _share(ties, candidate, side, side, years, f"{{share}} of its arms from {side}", reach.source),
        _share(ties, side, candidate, side, years, f"{{share}} of the arms of {side} from it", reach.source),
    ]


def _share(ties: Ties, receiver: str, deliverer: str, side: str, years: range, says: str, source: str) -> Fact:
    listed = [ties.material.received[receiver, year] for year in years if (receiver, year) in ties.material.received]
    if len(listed) < len(years):
        return Fact(side, Verdict.UNKNOWN, f"arms of {receiver}: the table lists nothing of what it received, {_told_span(years)}", source)
    all_of_it = sum(listed)
    part = sum(ties.material.delivered.get((deliverer, receiver, year), 0.0) for year in years)
    holds = all_of_it > 0 and part >= ties.rules.share * all_of_it
    says = says.format(share=_told_share(part, all_of_it))
    return Fact(side, Verdict.YES if holds else Verdict.NO, f"{says}, {_told_span(years)}", source)


def _troops(ties: Ties, candidate: str, side: str) -> list[Fact]:
    """Soldiers of the one in the other, of states whose soldiers are counted."""
    pairs = [(owner, host) for owner, host in ((candidate, side), (side, candidate)) if owner in ties.material.counted]
    return [_stationed(ties, owner, host, side) for owner, host in pairs]


def _stationed(ties: Ties, owner: str, host: str, side: str) -> Fact:
    reach, year = ties.material.reaches.get("troops"), ties.years_of("troops", 1)[0]
    if reach is None:
        return Fact(side, Verdict.UNKNOWN, f"troops of {owner} in {host}: not looked up", "no table in the store")
    count = ties.material.stationed.get((owner, host, year))
    if count is None:
        return Fact(side, Verdict.UNKNOWN, f"troops of {owner} in {host} in {year}: not counted", reach.source)
    return Fact(side, Verdict.YES if count >= ties.rules.troops else Verdict.NO, f"{count:,} troops of {owner} in {host} in {year}", reach.source)


_TOWARDS: dict[BarName, Towards] = {"alliance": _alliance, "dispute": _dispute, "rivalry": _rivalry, "arms": _arms, "troops": _troops}


def _end(year: int) -> int:
    return date(year, 12, 31).toordinal()


def _told_share(part: float, all_of_it: float) -> str:
    return f"{part / all_of_it:.0%}" if all_of_it > 0 else "none"


def _told_span(years: range) -> str:
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
