"""The slow reading of docs/explanation/how-forces-are-generated.md, sections 2 to 6: states of lines, broken rules, costs, who bears how much.

It goes through every single day and every unit, literally as the text says, and shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from comity.missions.forces.missions import (
    Acceptance,
    AcceptedGap,
    DaySpan,
    ForceCaveat,
    ForcePlan,
    Line,
    Mandate,
    Mission,
    PlaceCover,
    Pledge,
    Rotation,
)
from comity.terms import Verdict


def is_in(day: date, span: DaySpan) -> bool:
    return not (span.start is not None and day < span.start) and not (span.end is not None and day >= span.end)


def days_of(rotation: Rotation) -> Iterator[date]:
    """Its days, one by one (rotations are never open)."""
    assert rotation.days.start is not None
    assert rotation.days.end is not None
    day = rotation.days.start
    while day < rotation.days.end:
        yield day
        day += timedelta(days=1)


def served(line: Line, rotation: Rotation) -> list[date]:
    return [day for day in days_of(rotation) if is_in(day, line.days)]


# -- what stands in the way (2)


def in_the_way(m: Mission, pledge: Pledge, line: Line, rotation: Rotation) -> set[str]:
    days = served(line, rotation)
    if not days:
        return set()
    found = set()
    if pledge.capability != line.capability or (pledge.line is not None and pledge.line != line.id):
        found.add("offered")
    if pledge.refused:
        found.add("refused")
    if pledge.withdrawn is not None and not pledge.withdrawn > days[-1]:
        found.add("withdrawn")
    if m.mandate is not None and not all(any(is_in(day, one.days) for one in m.mandate) for day in days):
        found.add("mandate")
    if not all(is_in(day, pledge.days) for day in days):
        found.add("time")
    if line.readiness is not None and (pledge.notice is None or pledge.notice > line.readiness):
        found.add("readiness")
    if pledge.level < line.level or (line.level > 0 and pledge.level_until is not None and not days[0] < pledge.level_until):
        found.add("level")
    for caveat in m.caveats:
        mine = caveat.party == pledge.party and (caveat.pledge is None or caveat.pledge == pledge.id)
        if mine and any(is_in(day, caveat.days) for day in days):
            bites = any(task in line.tasks for task in caveat.tasks)
            bites = bites or any(place == line.territory for place in caveat.territories) or any(one == line.command for one in caveat.commands)
            if bites or (caveat.longest is not None and len(days) > caveat.longest):
                found.add("caveats")
    if m.cover is not None and line.territory is not None and line.territory != pledge.party:
        for day in days:
            if not any(one.party == pledge.party and one.territory == line.territory and is_in(day, one.days) for one in m.cover):
                found.add("cover")
    return found


# -- in what state a line is (3)


def counts(one: Acceptance, days: list[date]) -> bool:
    return bool(days) and all(is_in(day, one.days) for day in days)


def filling(m: Mission, line: Line, rotation: Rotation) -> int:
    """What of the acceptances fills the line: in their order, of each pledge no more in the rotation than its number."""
    left = {pledge.id: pledge.number for pledge in m.pledges}
    fills = 0
    for one in m.accepted:
        for pledge in m.pledges:
            for where in m.lines:
                if (pledge.id, where.id) == (one.pledge, one.line) and counts(one, served(where, rotation)):
                    if not in_the_way(m, pledge, where, rotation):
                        taken = min(one.number, left[pledge.id])
                        left[pledge.id] -= taken
                        fills += taken if where.id == line.id else 0
    return fills


def read_once(m: Mission, line: Line, rotation: Rotation) -> tuple[str, tuple[int, ...]]:
    days = served(line, rotation)
    if not days:
        return "not needed", (0, 0, 0, 0, 0)
    offered = sum(pledge.number for pledge in m.pledges if not in_the_way(m, pledge, line, rotation))
    accepted = sum(one.number for one in m.accepted if one.line == line.id and counts(one, days))
    fills = filling(m, line, rotation)
    deployed = max(sum(one.number for one in m.deployed if one.line == line.id and is_in(day, one.days)) for day in days)
    numbers = (line.number, offered, accepted, fills, deployed)
    pledged = [p for p in m.pledges if p.capability == line.capability and p.line in (None, line.id) and not p.refused and p.withdrawn is None]
    if fills >= line.number:
        return "filled", numbers
    if any(one.line == line.id and all(is_in(day, one.days) for day in days) for one in m.gaps):
        return "gap accepted", numbers
    if fills > 0:
        return "partly filled", numbers
    if accepted > 0:
        return "shortfall", numbers
    if offered > 0:
        return "offered", numbers
    return ("shortfall" if pledged else "required"), numbers


def only(m: Mission, narrow: bool) -> Mission:
    """The mission read narrowly, or widely, put together anew."""

    def sure(one: Pledge | ForceCaveat | Acceptance | AcceptedGap | Mandate | PlaceCover) -> bool:
        return one.sure is Verdict.YES

    pledges = [one for one in m.pledges if sure(one)] if narrow else [_with_notice(one) for one in m.pledges]
    chosen = list[Pledge]()
    for one in pledges:
        same = [other for other in pledges if other.id == one.id]
        if one is next(other for other in same if other.number == max(each.number for each in same)):
            chosen.append(one)
    return Mission(
        id=m.id,
        rotations=m.rotations,
        lines=m.lines,
        pledges=tuple(pledges if narrow else chosen),
        caveats=m.caveats if narrow else tuple(one for one in m.caveats if sure(one)),
        accepted=tuple(one for one in m.accepted if sure(one) or not narrow),
        gaps=tuple(one for one in m.gaps if sure(one) or not narrow),
        deployed=tuple(one for one in m.deployed if sure(one) or not narrow),
        mandate=None if m.mandate is None else tuple(one for one in m.mandate if sure(one) or not narrow),
        cover=None if m.cover is None else tuple(one for one in m.cover if sure(one) or not narrow),
    )


def _with_notice(one: Pledge) -> Pledge:
    if one.notice is not None:
        return one
    return Pledge(
        id=one.id, party=one.party, capability=one.capability, number=one.number, line=one.line, persons=one.persons, notice=0, level=one.level,
        level_until=one.level_until, days=one.days, rest=one.rest, cost=one.cost, refused=one.refused, withdrawn=one.withdrawn, sure=one.sure,
    )  # fmt: skip


State = tuple[str, str, str, tuple[int, ...], tuple[int, ...], str]


def line_states(m: Mission) -> list[State]:
    """Line, rotation, the state read narrowly, the numbers read narrowly and widely, and how sure."""
    low, high = only(m, True), only(m, False)
    found = []
    for line in m.lines:
        for rotation in m.rotations:
            state, least = read_once(low, line, rotation)
            other, most = read_once(high, line, rotation)
            doubts = [one.sure for one in m.mandate or ()] + [one.sure for one in m.cover or ()]
            doubts += [one.sure for one in m.pledges if one.capability == line.capability]
            doubts += [one.sure for one in m.caveats if one.party in [p.party for p in m.pledges if p.capability == line.capability]]
            doubts += [one.sure for one in (*m.accepted, *m.deployed) if one.line == line.id] + [g.sure for g in m.gaps if g.line == line.id]
            sure = line.sure
            if sure is Verdict.YES and state != other:
                sure = Verdict.CONTESTED if Verdict.CONTESTED in doubts else Verdict.UNKNOWN
            found.append((line.id, rotation.name, f"{state} / {other}", least, most, str(sure)))
    return found


# -- the rules of a plan (4)


def broken(m: Mission, plan: ForcePlan) -> set[tuple[str, str]]:
    """The rules that the plan breaks, each with where."""
    found = set[tuple[str, str]]()
    pledges, lines, rotations = {p.id: p for p in m.pledges}, {ln.id: ln for ln in m.lines}, {r.name: r for r in m.rotations}
    for i, one in enumerate(plan.assigned):
        where = f"{one.line} in {one.rotation}"
        if one.pledge not in pledges or one.line not in lines or one.rotation not in rotations:
            found.add(("known", where))
        if any((other.pledge, other.line, other.rotation) == (one.pledge, one.line, one.rotation) for other in plan.assigned[:i]):
            found.add(("once", where))
        if one.number <= 0:
            found.add(("number", where))
    known = [one for one in plan.assigned if one.pledge in pledges and one.line in lines and one.rotation in rotations]
    for one in known:
        line, rotation = lines[one.line], rotations[one.rotation]
        where = f"{one.line} in {one.rotation}"
        there = sum(other.number for other in known if (other.line, other.rotation) == (one.line, one.rotation))
        if there > (line.number if served(line, rotation) else 0):
            found.add(("needed", where))
        found |= {(rule, where) for rule in in_the_way(m, pledges[one.pledge], line, rotation)}
    names = [r.name for r in m.rotations]
    for pledge in m.pledges:
        for n, name in enumerate(names):
            busy = sum(one.number for one in known if one.pledge == pledge.id and 0 <= n - names.index(one.rotation) <= pledge.rest)
            if busy > pledge.number:
                found.add(("strength", f"{pledge.id} in {name}"))
            for line in m.lines:
                if served(line, rotations[name]) and not in_the_way(m, pledge, line, rotations[name]):
                    wanted = sum(
                        a.number for a in m.accepted if (a.pledge, a.line) == (pledge.id, line.id) and counts(a, served(line, rotations[name]))
                    )
                    serve = sum(one.number for one in known if (one.pledge, one.line, one.rotation) == (pledge.id, line.id, name))
                    if wanted and serve < wanted:
                        found.add(("kept", f"{line.id} in {name}"))
    for ceiling in m.ceilings:
        own = [one for one in known if pledges[one.pledge].party == ceiling.party]
        for name in names:
            away = sum(one.number * pledges[one.pledge].persons for one in own if one.rotation == name)
            if ceiling.persons is not None and away > ceiling.persons:
                found.add(("persons", f"{ceiling.party} in {name}"))
        if ceiling.cost is not None and sum(one.number * (pledges[one.pledge].cost or 0) for one in own) > ceiling.cost:
            found.add(("spending", ceiling.party))
    if not any(rule in ("known", "once", "number") for rule, _ in found):
        costs = total(m, plan)
        if (plan.total is not None and plan.total != costs) or (plan.bound is not None and plan.bound > costs):
            found.add(("figures", "the plan"))
    return found


# -- what it costs, and who bears how much (5, 6)


def total(m: Mission, plan: ForcePlan) -> int:
    """What a plan costs that names only what there is."""
    costs = 0
    for one in plan.assigned:
        for pledge in m.pledges:
            if pledge.id == one.pledge:
                costs += one.number * (pledge.cost or 0)
    for line in m.lines:
        for rotation in m.rotations:
            days = served(line, rotation)
            there = sum(one.number for one in plan.assigned if (one.line, one.rotation) == (line.id, rotation.name))
            accepted = any(one.line == line.id and all(is_in(day, one.days) for day in days) for one in m.gaps)
            if days and not accepted:
                costs += line.weight * max(0, line.number - there)
    borne = {party: borne_by(m, plan, party, DaySpan())[2 if m.by == "cost" else 1] for party, _ in m.shares}
    together, parts = sum(borne.values()), sum(share for _, share in m.shares)
    beyond = Fraction(0)
    for party, share in m.shares:
        if parts and borne[party] > Fraction(share * together, parts):
            beyond += borne[party] - Fraction(share * together, parts)
    return costs + ceil(m.burden * beyond)


def borne_by(m: Mission, plan: ForcePlan, party: str, during: DaySpan) -> tuple[int, int, int]:
    """Units, person-days and cost that a party bears on the days; cost with the rotations that begin in them."""
    units = person_days = cost = 0
    for one in plan.assigned:
        pledge, line, rotation = _pledge(m, one.pledge), _line(m, one.line), _rotation(m, one.rotation)
        if pledge.party != party:
            continue
        days = [day for day in served(line, rotation) if is_in(day, during)]
        begins = is_in(next(days_of(rotation)), during)
        units += one.number if days or begins else 0
        person_days += one.number * pledge.persons * len(days)
        cost += one.number * (pledge.cost or 0) if begins else 0
    return units, person_days, cost


def fairness(m: Mission, plan: ForcePlan, during: DaySpan) -> Fraction | None:
    """The fair-share index; None: not known."""
    borne = {party: borne_by(m, plan, party, during)[2 if m.by == "cost" else 1] for party, _ in m.shares}
    together, parts = sum(borne.values()), sum(share for _, share in m.shares)
    if together == 0 or parts == 0:
        return None
    return 1 - sum((abs(Fraction(borne[party], together) - Fraction(share, parts)) for party, share in m.shares), Fraction(0)) / 2


def _pledge(m: Mission, name: str) -> Pledge:
    return next(one for one in m.pledges if one.id == name)


def _line(m: Mission, name: str) -> Line:
    return next(one for one in m.lines if one.id == name)


def _rotation(m: Mission, name: str) -> Rotation:
    return next(one for one in m.rotations if one.name == name)


# -- what is pledged and deployed, as if it served (6), and what is missing (7)


def pledged_units(m: Mission) -> set[tuple[str, str, str, int]]:
    """All that is not refused, on its line or the first of its capability, if it is there on some day served and not withdrawn by then."""
    found = set()
    for pledge in m.pledges:
        lines = [line for line in m.lines if (line.id == pledge.line if pledge.line is not None else line.capability == pledge.capability)]
        for rotation in m.rotations:
            days = [day for day in served(lines[0], rotation) if is_in(day, pledge.days)] if lines and not pledge.refused else []
            if days and (pledge.withdrawn is None or days[0] < pledge.withdrawn):
                found.add((pledge.id, lines[0].id, rotation.name, pledge.number))
    return found


def deployed_units(m: Mission) -> set[tuple[str, str, str, int]]:
    """The most that is there on any one day served, of pledges and for lines that there are."""
    found = set()
    for pledge in {one.id for one in m.pledges}:
        for line in m.lines:
            for rotation in m.rotations:
                own = [one for one in m.deployed if (one.pledge, one.line) == (pledge, line.id)]
                number = max((sum(one.number for one in own if is_in(day, one.days)) for day in served(line, rotation)), default=0)
                if number:
                    found.add((pledge, line.id, rotation.name, number))
    return found


def missing(m: Mission, plan: ForcePlan) -> list[tuple[str, str, int]]:
    """Line, rotation, and how many are missing, where some are."""
    found = []
    for line in m.lines:
        for rotation in m.rotations:
            there = sum(one.number for one in plan.assigned if (one.line, one.rotation) == (line.id, rotation.name))
            if served(line, rotation) and line.number > there:
                found.append((line.id, rotation.name, line.number - there))
    return found


def is_priced(m: Mission, plan: ForcePlan, party: str, during: DaySpan) -> bool:
    """Is the cost said of all that the party bears on these days?"""
    for one in plan.assigned:
        pledge, rotation = _pledge(m, one.pledge), _rotation(m, one.rotation)
        if pledge.party == party and pledge.cost is None:
            if is_in(next(days_of(rotation)), during) or any(is_in(day, during) for day in served(_line(m, one.line), rotation)):
                return False
    return True
