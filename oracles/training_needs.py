"""The slow reading of section 5 of docs/explanation/how-training-is-counted.md: every reading of every need, every cut of needs and offers.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, pairwise

from comity.terms import parse_moment
from oracles.kept_acts import KeptAct
from oracles.training import DAY, Reading, agreed, nominated, of, stated, ways, whose


@dataclass(frozen=True)
class Side:
    """A need or an offer that is told."""

    id: str
    ref: str
    party: str
    capability: str
    persons: int
    from_: date
    until: date | None
    stands: str
    open_to: tuple[str, ...]


def sides(reading: Reading, kind: str) -> list[Side]:
    acts, found, on = reading.acts(), list[Side](), reading.on
    for act in acts:
        if act.kind == kind:
            until = stated(act, "until")

            def stands(there: list[KeptAct], day: Callable[[KeptAct], date], act: KeptAct = act, until: date | None = until) -> str:
                made = any(one.id == act.id and day(one) <= on for one in there)
                closed = any(one.kind == "close-training" and day(one) <= on for one in there)
                return "yes" if made and not closed and (until is None or on < until) else "no"

            told = agreed(ways([act, *of(act, acts, "close-training")], stands))
            details = act.act.details
            open_to = act.act.counterparty if kind == "offer-training" else ()
            if told != "no":
                side = Side(
                    act.id,
                    act.act.ref,
                    act.who,
                    details["capability"],
                    int(details["persons"]),
                    stated(act, "from") or act.first,
                    until,
                    told,
                    open_to,
                )
                found.append(side)
    return found


def places_left(reading: Reading) -> list[Side]:
    """5.2"""
    acts, found = reading.acts(), list[Side]()
    for course in acts:
        details = course.act.details
        if course.kind == "offer-course" and reading.surely(course) and "capability" in details and "starts" in details:
            starts = parse_moment(details["starts"]).first
            nations = {whose(act) for act in of(course, acts, "nominate", "withdraw-nomination")}
            left = int(details["places"]) - sum(nominated(reading, course, nation, acts)[1] for nation in nations)
            if reading.on < starts and left > 0:
                found.append(
                    Side(course.id, course.act.ref, course.who, details["capability"], left, starts, starts + DAY, "yes", course.act.counterparty)
                )
    return found


def reasons(need: Side, offers: Sequence[Side]) -> str:
    """5.5"""
    same = [o for o in offers if o.party != need.party and o.capability.casefold() == need.capability.casefold()]
    to_it = [o for o in same if o.open_to == () or need.party in o.open_to]
    timely = [o for o in to_it if in_common(need, o)]
    if not same:
        return "nobody offers it"
    if not to_it:
        return f"it is not offered to {need.party}"
    return "all that is offered is taken" if timely else "it is not offered at the time"


def in_common(a: Side, b: Side) -> bool:
    start = max(a.from_, b.from_)
    return all(until is None or start < until for until in (a.until, b.until))


def fits(need: Side, offer: Side) -> bool:
    return reasons(need, [offer]) == "all that is offered is taken"


def most_met(needs: Sequence[int], offers: Sequence[int], fits: Sequence[Sequence[bool]]) -> int:
    """The least cut: those needs that are cut away, and all offers that the others could turn to."""
    every = range(len(needs))
    return min(
        sum(needs[n] for n in every if n not in kept) + sum(offer for o, offer in enumerate(offers) if any(fits[n][o] for n in kept))
        for kept in chain.from_iterable(combinations(every, size) for size in range(len(needs) + 1))
    )


def in_turn(needs: Sequence[int], offers: Sequence[int], fits: Sequence[Sequence[bool]]) -> list[int]:
    """How many of each need are met, each in its turn getting as many as it can."""
    totals = [most_met(needs[:n], offers, fits[:n]) for n in range(len(needs) + 1)]
    return [after - before for before, after in pairwise(totals)]


def met(reading: Reading) -> list[tuple[str, int, str]]:
    """Of each need, in their order, how many of its persons are met, and why no more."""
    needs = [one for one in sides(reading, "state-need") if one.stands == "yes"]
    needs.sort(key=lambda one: (1 if one.until is None else 0, one.until or date.min, one.ref, one.id))
    offers = [*(one for one in sides(reading, "offer-training") if one.stands == "yes"), *places_left(reading)]
    got = in_turn([one.persons for one in needs], [one.persons for one in offers], [[fits(n, o) for o in offers] for n in needs])
    return [(need.id, n, "" if n == need.persons else reasons(need, offers)) for need, n in zip(needs, got, strict=True)]
