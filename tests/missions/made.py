"""Made missions with a plan that keeps every rule: the plan first, at random, then the limits around it; and missions at random, in doubt.

It knows the types and the text (docs/explanation/how-forces-are-generated.md), and nothing of the checker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from comity.missions.forces.missions import (
    ALWAYS,
    Acceptance,
    AcceptedGap,
    Assigned,
    Ceiling,
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

FIRST = date(2030, 1, 1)
CAPABILITIES = ("frigate", "hospital", "infantry")
TASKS = ("boarding", "escort", "patrol", "protection")
PLACES = ("DJI", "P0", "P1")
COMMANDS = ("EU", "UN")
Case = tuple[Mission, ForcePlan]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@cache
def made(seed: int) -> Case:
    """A mission and a plan for it that keeps every rule."""
    rng = Random(seed)
    parties = [f"P{n}" for n in range(rng.randint(2, 5))]
    rotations = list(_rotations(rng))
    lines = [_line(rng, f"L{n}", rotations) for n in range(rng.randint(2, 6))]
    pledges = [_pledge(rng, f"F{n}", parties, rng.choice(lines)) for n in range(rng.randint(3, 9))]
    plan = list(_planned(rng, Mission(id="m", rotations=tuple(rotations), lines=tuple(lines), pledges=tuple(pledges))))
    return _around(rng, Mission(id="m", rotations=tuple(rotations), lines=tuple(lines)), pledges, plan, parties)


def _rotations(rng: Random) -> Iterator[Rotation]:
    at = rng.randint(0, 5)
    for n in range(rng.randint(2, 5)):
        length = rng.randint(2, 9)
        yield Rotation(name=f"R{n}", days=DaySpan(day(at), day(at + length)))
        at += length + rng.choice((0, 0, 3))


def _line(rng: Random, name: str, rotations: list[Rotation]) -> Line:
    start, end = rotations[0].days.start, rotations[-1].days.end
    assert start is not None
    assert end is not None
    number = (end - start).days
    early, late = sorted(rng.sample(range(number + 1), 2))
    days = DaySpan(start + timedelta(days=early), start + timedelta(days=late))
    return Line(
        id=name,
        capability=rng.choice(CAPABILITIES),
        number=rng.randint(1, 3),
        readiness=rng.choice((None, 0, 10, 30)),
        level=rng.choice((0, 0, 1, 2)),
        days=rng.choice((ALWAYS, ALWAYS, DaySpan(None, days.end), DaySpan(days.start), days)),
        territory=rng.choice((None, *PLACES)),
        tasks=frozenset(rng.sample(TASKS, rng.randint(0, 2))),
        command=rng.choice((None, *COMMANDS)),
        weight=rng.randint(0, 50),
    )


def _pledge(rng: Random, name: str, parties: list[str], line: Line) -> Pledge:
    return Pledge(
        id=name,
        party=rng.choice(parties),
        capability=line.capability,
        number=rng.randint(1, 4),
        line=rng.choice((None, None, line.id)),
        persons=rng.randint(0, 200),
        rest=rng.choice((0, 0, 1, 2)),
        cost=rng.choice((None, 0, 7, 40)),
    )


def _planned(rng: Random, m: Mission) -> Iterator[Assigned]:
    """Who serves where: nobody twice at once or while resting, no more than are needed."""
    busy = Counter[tuple[str, int]]()
    for n, rotation in enumerate(m.rotations):
        for line in m.lines:
            left = line.number if m.served(line, rotation) is not None else 0
            for pledge in rng.sample(m.pledges, len(m.pledges)):
                if pledge.capability != line.capability or pledge.line not in (None, line.id):
                    continue
                number = min(left, pledge.number - busy[pledge.id, n], rng.randint(0, 3))
                if number > 0:
                    left -= number
                    busy.update({(pledge.id, later): number for later in range(n, n + pledge.rest + 1)})
                    yield Assigned(pledge.id, line.id, rotation.name, number)


def _around(rng: Random, bare: Mission, pledges: list[Pledge], plan: list[Assigned], parties: list[str]) -> Case:
    """The limits, drawn so that the plan keeps them, with now and then no room left."""
    lines, rotations = {one.id: one for one in bare.lines}, {one.name: one for one in bare.rotations}
    serve = {one: bare.served(lines[one.line], rotations[one.rotation]) or ALWAYS for one in plan}
    limited = tuple(_limited(rng, one, [(lines[a.line], serve[a]) for a in plan if a.pledge == one.id]) for one in pledges)
    party = {one.id: one.party for one in pledges}
    away, cost = Counter[tuple[str, str]](), Counter[str]()
    priced = {one.id: one for one in pledges}
    for one in plan:
        away[party[one.pledge], one.rotation] += one.number * priced[one.pledge].persons
        cost[party[one.pledge]] += one.number * (priced[one.pledge].cost or 0)
    mission = replace(
        bare,
        pledges=limited,
        caveats=tuple(_caveats(rng, limited, plan, lines, serve)),
        mandate=None if rng.random() < 0.3 else tuple(Mandate(span) for span in _split(rng, list(serve.values()))),
        cover=None if rng.random() < 0.3 else tuple(_cover(rng, plan, party, lines, serve)),
        accepted=tuple(
            Acceptance(pledge=one.pledge, line=one.line, number=rng.randint(1, one.number), days=serve[one]) for one in plan if rng.random() < 0.3
        ),
        gaps=tuple(AcceptedGap(line=line.id, days=rng.choice((ALWAYS, bare.rotations[0].days))) for line in bare.lines if rng.random() < 0.2),
        ceilings=tuple(
            Ceiling(
                party=name,
                persons=rng.choice((None, max((away[name, one.name] for one in bare.rotations), default=0) + rng.choice((0, 0, 9)))),
                cost=rng.choice((None, cost[name] + rng.choice((0, 0, 9)))),
            )
            for name in parties
            if rng.random() < 0.6
        ),
        shares=tuple((name, rng.randint(0, 5)) for name in parties if rng.random() < 0.7),
        burden=rng.randint(0, 3),
        by=rng.choice(("cost", "person-days")),
    )
    return mission, ForcePlan(assigned=tuple(plan))


def _limited(rng: Random, pledge: Pledge, used: list[tuple[Line, DaySpan]]) -> Pledge:
    """The pledge as narrow as what it serves allows."""
    if not used:
        return replace(
            pledge, refused=rng.random() < 0.3, withdrawn=rng.choice((None, None, day(9))), notice=rng.choice((None, 5, 90)), level=rng.randint(0, 2)
        )
    starts, ends = [s.start for _, s in used if s.start is not None], [s.end for _, s in used if s.end is not None]
    soon = min((line.readiness for line, _ in used if line.readiness is not None), default=None)
    return replace(
        pledge,
        days=rng.choice((ALWAYS, DaySpan(min(starts), max(ends)), DaySpan(min(starts) - timedelta(days=1), None))),
        notice=rng.choice((None, 99)) if soon is None else max(0, soon - rng.choice((0, 3))),
        level=max(line.level for line, _ in used) + rng.choice((0, 0, 1)),
        level_until=rng.choice((None, max(starts) + timedelta(days=1))),
        withdrawn=rng.choice((None, max(ends), max(ends) + timedelta(days=2))),
    )


def _caveats(
    rng: Random, pledges: tuple[Pledge, ...], plan: list[Assigned], lines: dict[str, Line], serve: dict[Assigned, DaySpan]
) -> Iterator[ForceCaveat]:
    for n in range(rng.randint(0, 5)):
        pledge = rng.choice(pledges)
        whole = rng.random() < 0.4
        mine = [one.id for one in pledges if one.party == pledge.party] if whole else [pledge.id]
        used = [one for one in plan if one.pledge in mine]
        tasks = {task for one in used for task in lines[one.line].tasks}
        caveat = ForceCaveat(
            id=f"C{n}",
            party=pledge.party,
            pledge=None if whole else pledge.id,
            tasks=frozenset(rng.sample([task for task in TASKS if task not in tasks], 1))
            if tasks < set(TASKS) and rng.random() < 0.5
            else frozenset(),
            territories=frozenset(place for place in PLACES if rng.random() < 0.4 and place not in {lines[one.line].territory for one in used}),
            commands=frozenset(one for one in COMMANDS if rng.random() < 0.3 and one not in {lines[a.line].command for a in used}),
            longest=rng.choice((None, max((serve[one].length for one in used), default=1))),
        )
        ends = [serve[one].end for one in used]
        if rng.random() < 0.3 and ends:
            last = max(one for one in ends if one is not None)
            caveat = replace(caveat, tasks=frozenset(TASKS), days=DaySpan(last, None))
        yield caveat


def _split(rng: Random, spans: list[DaySpan]) -> Iterator[DaySpan]:
    """Spans that cover these, in pieces, and one that covers little."""
    for span in spans:
        if span.start is None or span.end is None or rng.random() < 0.1:
            yield span
        else:
            middle = span.start + timedelta(days=rng.randint(0, span.length))
            yield from (one for one in (DaySpan(span.start - timedelta(days=1), middle), DaySpan(middle, span.end)) if one.start != one.end)
    yield DaySpan(day(0), day(1))


def _cover(rng: Random, plan: list[Assigned], party: dict[str, str], lines: dict[str, Line], serve: dict[Assigned, DaySpan]) -> Iterator[PlaceCover]:
    yield PlaceCover("P0", "DJI", DaySpan(day(0), day(2)))
    for one in plan:
        place = lines[one.line].territory
        if place is not None:
            yield from (PlaceCover(party[one.pledge], place, span) for span in list(_split(rng, [serve[one]]))[:-1])


# -- missions at random, with what is in doubt


def wild(seed: int) -> Mission:
    """Any mission: much stands in the way, little is sure."""
    rng = Random(seed)
    m, plan = made(seed)
    sure = (Verdict.YES, Verdict.YES, Verdict.YES, Verdict.UNKNOWN, Verdict.CONTESTED) if rng.random() < 0.8 else (Verdict.YES,)
    pledges = [_shaken(rng, one, sure) for one in m.pledges]
    twice = [replace(one, number=rng.randint(1, 5), notice=None, sure=Verdict.CONTESTED) for one in pledges if one.sure is Verdict.CONTESTED]
    wanted = [(one.pledge, one.line) for one in plan.assigned] + [(p.id, ln.id) for p in pledges for ln in m.lines if rng.random() < 0.2]
    return replace(
        m,
        lines=tuple(replace(one, sure=rng.choice((Verdict.YES, *sure))) for one in m.lines),
        pledges=(*pledges, *twice),
        caveats=tuple(replace(one, sure=rng.choice(sure), tasks=frozenset(TASKS[:2])) for one in m.caveats),
        accepted=tuple(_taken(rng, m, *one, sure) for one in wanted if rng.random() < 0.7),
        deployed=tuple(_taken(rng, m, *one, sure) for one in wanted if rng.random() < 0.4),
        gaps=tuple(
            AcceptedGap(line=one.line, days=one.days, sure=rng.choice(sure)) for one in (_taken(rng, m, "", ln.id, sure) for ln in m.lines[:2])
        ),
        mandate=None if m.mandate is None else tuple(Mandate(one.days, rng.choice(sure)) for one in m.mandate),
        cover=None if m.cover is None else tuple(one._replace(sure=rng.choice(sure)) for one in m.cover),
    )


def _shaken(rng: Random, one: Pledge, sure: tuple[Verdict, ...]) -> Pledge:
    changed = rng.choice(
        (
            one, one, one, replace(one, notice=rng.choice((None, 10, 30, 31))), replace(one, level=rng.randint(0, 2)), replace(one, refused=True),
            replace(one, withdrawn=day(rng.randint(0, 30))), replace(one, days=DaySpan(day(rng.randint(0, 20)), None)),
            replace(one, level_until=day(rng.randint(0, 30))), replace(one, line="L0"),
        )
    )  # fmt: skip
    return replace(changed, sure=rng.choice(sure))


def _taken(rng: Random, m: Mission, pledge: str, line: str, sure: tuple[Verdict, ...]) -> Acceptance:
    rotation = rng.choice(m.rotations).days
    where = next(one for one in m.lines if one.id == line)
    served = where.days.shared(rotation) or rotation
    short = DaySpan(served.start, served.end and served.end - timedelta(days=1))
    middle = served.start and served.start + timedelta(days=served.length // 2)
    halves = DaySpan(served.start, middle), DaySpan(middle, served.end)
    days = rng.choice((ALWAYS, served, DaySpan(None, served.end), DaySpan(served.start, None), short, *halves, *halves))
    return Acceptance(pledge=pledge, line=line, number=rng.randint(1, 3), days=days, sure=rng.choice(sure))
