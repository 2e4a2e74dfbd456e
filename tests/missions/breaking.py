"""Ways to break each rule: a made case, altered so that the named rule is broken; None where the case has no room for it.

It knows the types and the text, and nothing of the checker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from comity.missions.forces.missions import (
    ALWAYS,
    Acceptance,
    Assigned,
    Ceiling,
    DaySpan,
    ForceCaveat,
    ForcePlan,
    Line,
    Mission,
    Pledge,
)
from tests.missions.made import Case

Break = Callable[[Random, Mission, ForcePlan], Case | None]


def _plan(plan: ForcePlan, one: Assigned, other: Assigned) -> ForcePlan:
    return replace(plan, assigned=tuple(other if each is one else each for each in plan.assigned))


def _pledge(m: Mission, name: str) -> Pledge:
    return next(one for one in m.pledges if one.id == name)


def _line(m: Mission, name: str) -> Line:
    return next(one for one in m.lines if one.id == name)


def _with_pledge(m: Mission, new: Pledge) -> Mission:
    return replace(m, pledges=tuple(new if one.id == new.id else one for one in m.pledges))


def _with_line(m: Mission, new: Line) -> Mission:
    return replace(m, lines=tuple(new if one.id == new.id else one for one in m.lines))


def _served(m: Mission, one: Assigned) -> DaySpan:
    rotation = next(each for each in m.rotations if each.name == one.rotation)
    return m.served(_line(m, one.line), rotation) or ALWAYS


def _known(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    return m, _plan(plan, one, rng.choice((one._replace(pledge="none"), one._replace(line="none"), one._replace(rotation="none"))))


def _once(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    return m, replace(plan, assigned=(*plan.assigned, one._replace(number=rng.randint(1, 2))))


def _number(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    return m, _plan(plan, one, one._replace(number=-rng.randint(0, 1)))


def _needed(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    there = sum(each.number for each in plan.assigned if each[1:3] == one[1:3])
    end = next(each.days.end for each in m.rotations if each.name == one.rotation)
    if rng.random() < 0.3:
        return _with_line(m, replace(_line(m, one.line), days=DaySpan(end))), plan
    return _with_line(m, replace(_line(m, one.line), number=there - 1)), plan


def _offered(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    pledge = _pledge(m, one.pledge)
    return _with_pledge(m, rng.choice((replace(pledge, capability="other"), replace(pledge, line="other")))), plan


def _refused(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    return _with_pledge(m, replace(_pledge(m, rng.choice(plan.assigned).pledge), refused=True)), plan


def _withdrawn(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    end = _served(m, one).end
    assert end is not None
    return _with_pledge(m, replace(_pledge(m, one.pledge), withdrawn=end - timedelta(days=rng.randint(1, 3)))), plan


def _mandate(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    served = _served(m, rng.choice(plan.assigned))
    if m.mandate is None or served.start is None:
        return None
    bare = served.start + timedelta(days=rng.randrange(served.length))
    cut = [(one, span) for one in m.mandate for span in _cut(one.days, DaySpan(bare, bare + timedelta(days=1)))]
    return replace(m, mandate=tuple(one._replace(days=span) for one, span in cut)), plan


def _cut(span: DaySpan, out: DaySpan) -> list[DaySpan]:
    """The span without some days."""
    if span.shared(out) is None:
        return [span]
    before, after = DaySpan(span.start, out.start), DaySpan(out.end, span.end)
    return [one for one in (before, after) if one.start is None or one.end is None or one.start < one.end]


def _time(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    served, pledge = _served(m, one), _pledge(m, one.pledge)
    assert served.start is not None
    assert served.end is not None
    first, last = served.start + timedelta(days=1), served.end - timedelta(days=1)
    return _with_pledge(m, replace(pledge, days=rng.choice((DaySpan(first, pledge.days.end), DaySpan(pledge.days.start, last))))), plan


def _readiness(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    line = replace(_line(m, one.line), readiness=rng.randint(0, 30))
    return _with_pledge(
        _with_line(m, line), replace(_pledge(m, one.pledge), notice=rng.choice((None, (line.readiness or 0) + rng.randint(1, 2))))
    ), plan


def _level(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    pledge, line = _pledge(m, one.pledge), _line(m, one.line)
    if rng.random() < 0.5:
        return _with_line(m, replace(line, level=pledge.level + 1)), plan
    if not line.level:
        return None
    return _with_pledge(m, replace(pledge, level_until=_served(m, one).start)), plan


def _caveats(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    line, pledge, served = _line(m, one.line), _pledge(m, one.pledge), _served(m, one)
    caveat = ForceCaveat(
        id="C", party=pledge.party, pledge=rng.choice((None, pledge.id)), days=rng.choice((ALWAYS, DaySpan(None, served.end), served))
    )
    ways = [replace(caveat, longest=served.length - 1)]
    ways += [replace(caveat, tasks=frozenset([task])) for task in sorted(line.tasks)]
    ways += [replace(caveat, territories=frozenset([line.territory]))] if line.territory is not None else []
    ways += [replace(caveat, commands=frozenset([line.command]))] if line.command is not None else []
    return replace(m, caveats=(*m.caveats, rng.choice(ways))), plan


def _cover(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    served, party, place = _served(m, one), _pledge(m, one.pledge).party, _line(m, one.line).territory
    if place in (None, party) or served.start is None:
        return None
    bare = served.start + timedelta(days=rng.randrange(served.length))
    out = DaySpan(bare, bare + timedelta(days=1))
    cover = [each._replace(days=s) for each in m.cover or () for s in (_cut(each.days, out) if each[:2] == (party, place) else [each.days])]
    return replace(m, cover=tuple(cover)), plan


def _strength(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    pledge, names = _pledge(m, one.pledge), [each.name for each in m.rotations]
    busy = Counter[int]()
    for each in plan.assigned:
        if each.pledge == one.pledge:
            at = names.index(each.rotation)
            busy.update(dict.fromkeys(range(at, at + pledge.rest + 1), each.number))
    if rng.random() < 0.4:
        others = [e for e in plan.assigned if e.pledge == one.pledge and e is not one and names.index(e.rotation) > names.index(one.rotation)]
        if others and busy[names.index(others[0].rotation)] + one.number > pledge.number:
            later = names.index(others[0].rotation) - names.index(one.rotation)
            return None if pledge.rest >= later else (_with_pledge(m, replace(pledge, rest=later)), plan)
    most = max(busy[n] for n in range(len(names)))
    return (_with_pledge(m, replace(pledge, number=most - 1)), plan) if most > 0 else None


def _kept(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    if rng.random() < 0.5:
        return replace(m, accepted=(*m.accepted, Acceptance(pledge=one.pledge, line=one.line, number=one.number + 1, days=_served(m, one)))), plan
    accepted = (*m.accepted, Acceptance(pledge=one.pledge, line=one.line, number=1, days=_served(m, one)))
    return replace(m, accepted=accepted), replace(plan, assigned=tuple(each for each in plan.assigned if each is not one))


def _persons(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    one = rng.choice(plan.assigned)
    party = _pledge(m, one.pledge).party
    mine = [each for each in plan.assigned if each.rotation == one.rotation and _pledge(m, each.pledge).party == party]
    away = sum(each.number * _pledge(m, each.pledge).persons for each in mine)
    return None if not away else (replace(m, ceilings=(*m.ceilings, Ceiling(party=party, persons=away - 1))), plan)


def _spending(rng: Random, m: Mission, plan: ForcePlan) -> Case | None:
    party = _pledge(m, rng.choice(plan.assigned).pledge).party
    cost = sum(each.number * (_pledge(m, each.pledge).cost or 0) for each in plan.assigned if _pledge(m, each.pledge).party == party)
    return None if not cost else (replace(m, ceilings=(*m.ceilings, Ceiling(party=party, cost=cost - 1))), plan)


BREAKS: dict[str, Break] = {
    "known": _known,
    "once": _once,
    "number": _number,
    "needed": _needed,
    "offered": _offered,
    "refused": _refused,
    "withdrawn": _withdrawn,
    "mandate": _mandate,
    "time": _time,
    "readiness": _readiness,
    "level": _level,
    "caveats": _caveats,
    "cover": _cover,
    "strength": _strength,
    "kept": _kept,
    "persons": _persons,
    "spending": _spending,
}
