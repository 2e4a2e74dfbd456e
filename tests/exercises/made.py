"""Made problems with a plan that keeps every rule: the plan first, at random, then a problem around it; and ways to break each rule.

It knows the types and the text (docs/explanation/how-programmes-are-planned.md), and nothing of the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from comity.programmes.problems import Budget, Cover, Exercise, HeldExercise, Lock, Order, Plan, Pool, Problem, Slots, Target, Unit, Way

CAPABILITIES = ("air defence", "cyber", "logistics", "medical", "mine clearance")
SKILLS = ("engineer", "medic", "pilot", "signaller")
Case = tuple[Problem, Plan]


def made(seed: int) -> Case:
    """A problem and a plan for it that keeps every rule."""
    rng = Random(seed)
    nations = [f"N{n}" for n in range(rng.randint(3, 6))]
    slots = rng.randint(8, 40)
    units = [
        Unit(
            id=f"u{n}",
            nation=nations[n] if n < len(nations) else rng.choice(nations),
            skills=frozenset(rng.sample(SKILLS, rng.randint(1, 3))),
            rest=rng.randint(0, 2),
        )
        for n in range(rng.randint(6, 12))
    ]
    pools = [f"range {n}" for n in range(rng.randint(1, 3))]
    exercises, held = list[Exercise](), list[HeldExercise]()
    for n in range(rng.randint(4, 9)):
        exercise, one = _exercise(rng, f"x{n}", nations, slots, units, pools)
        exercises.append(exercise)
        if one is not None:
            held.append(one)
    return _around(rng, Problem(slots=slots, units=tuple(units), exercises=tuple(exercises)), held, pools, nations)


def _exercise(rng: Random, name: str, nations: list[str], slots: int, units: list[Unit], pools: list[str]) -> tuple[Exercise, HeldExercise | None]:
    length = rng.randint(0 if rng.random() < 0.1 else 1, 4)
    ways = [
        Way(
            id=f"w{n}",
            host=rng.choice(nations),
            starts=tuple(sorted(rng.sample(range(slots - length + 1), rng.randint(1, 4)))),
            cost=rng.randint(0, 60),
            uses=tuple((pool, rng.randint(1, 4)) for pool in pools if rng.random() < 0.6),
            worse=((rng.randrange(slots), rng.randint(1, 9)),),
        )
        for n in range(rng.randint(1, 3))
    ]
    chosen = rng.sample(units, rng.randint(1, min(5, len(units))))
    open_to = tuple((u.id, rng.randint(0, 9)) for u in units if u in chosen or rng.random() < 0.5)
    filled = {u.id: rng.choice(sorted(u.skills)) if rng.random() < 0.4 else "" for u in chosen}
    roles = {role: sum(one == role for one in filled.values()) for role in filled.values() if role}
    exercise = Exercise(
        id=name,
        length=length,
        ways=tuple(ways),
        capabilities=frozenset(rng.sample(CAPABILITIES, rng.randint(1, 3))),
        open_to=open_to,
        least=rng.randint(0, len(chosen)),
        most=rng.randint(len(chosen), len(units)),
        roles=tuple(roles.items()),
    )
    way = rng.choice(ways)
    if rng.random() < 0.2:
        return exercise, None
    return replace(exercise, required=rng.random() < 0.4), HeldExercise(name, way.id, rng.choice(way.starts), tuple(filled.items()))


def _around(rng: Random, problem: Problem, held: list[HeldExercise], pools: list[str], nations: list[str]) -> Case:
    """The limits, drawn so that what is held keeps them, with now and then no room left."""
    what = {one.id: one for one in problem.exercises}
    ways = {(one.id, way.id): way for one in problem.exercises for way in one.ways}
    spans = {h.exercise: Slots(h.start, h.start + what[h.exercise].length) for h in held}
    used = {
        (pool, slot): sum(n for h in held for p, n in ways[h.exercise, h.way].uses if p == pool and spans[h.exercise].holds(slot))
        for pool in pools
        for slot in range(problem.slots)
    }
    units = tuple(_limited(rng, unit, [spans[h.exercise] for h in held if unit.id in dict(h.units)], problem.slots) for unit in problem.units)
    home = {unit.id: unit.nation for unit in units}
    cover = [Cover(nation=rng.choice(nations), host=rng.choice(nations), during=Slots(0, rng.randint(1, problem.slots)))]
    for h in held:
        for nation in {home[u] for u, _ in h.units} - {ways[h.exercise, h.way].host}:
            a, b = spans[h.exercise]
            middle = rng.randint(a, b)
            cover += [
                Cover(nation=nation, host=ways[h.exercise, h.way].host, during=Slots(*one))
                for one in ((a - rng.randint(0, 2), middle), (middle, b + rng.randint(0, 2)))
                if one[0] < one[1]
            ]
    free = {pool: [slot for slot in range(problem.slots) if not used[pool, slot]] for pool in pools}
    new = replace(
        problem,
        units=units,
        cover=None if rng.random() < 0.2 else tuple(cover),
        pools=tuple(
            Pool(
                id=p,
                most=max(used[p, s] for s in range(problem.slots)) + rng.choice((0, 0, 3)),
                closed=tuple(Slots(s, s + 1) for s in rng.sample(free[p], min(len(free[p]), 2))),
            )
            for p in pools
        ),
        notice=rng.randint(0, min((h.start for h in held), default=0)),
        orders=tuple(_orders(rng, held, spans, [one.id for one in problem.exercises])),
        targets=tuple(
            Target(
                nations=_two(rng, nations),
                capability=rng.choice(CAPABILITIES),
                during=Slots(a := rng.randrange(problem.slots), a + rng.randint(1, 12)),
                weight=rng.randint(1, 90),
            )
            for _ in range(6)
        ),
        shares=tuple((nation, rng.randint(1, 5)) for nation in nations if rng.random() < 0.7),
        burden=rng.randint(0, 3),
        before=None if rng.random() < 0.3 else tuple(h for h in held if rng.random() < 0.7),
        change=rng.randint(0, 9),
        finish=rng.randint(0, 2),
        locks=tuple(
            Lock(
                exercise=h.exercise,
                way=rng.choice((None, h.way)),
                start=rng.choice((None, h.start)),
                with_=tuple(u for u, _ in h.units[:1]),
                without=tuple(u.id for u in units if u.id not in dict(h.units))[:1],
            )
            for h in held
            if rng.random() < 0.3
        )
        + tuple(Lock(exercise=one.id, held=False) for one in problem.exercises if one.id not in spans and rng.random() < 0.5),
    )
    return replace(new, budgets=tuple(_budgets(rng, new, held, ways, nations))), Plan(held=tuple(held))


def _two(rng: Random, nations: list[str]) -> tuple[str, str]:
    one, other = rng.sample(nations, 2)
    return one, other


def _limited(rng: Random, unit: Unit, spans: list[Slots], slots: int) -> Unit:
    busy = [sum(s.start <= slot < s.end + unit.rest and s.end > s.start for s in spans) for slot in range(slots + 10)]
    clear = [slot for slot in range(slots) if not any(s.holds(slot) for s in spans)]
    return replace(unit, at_once=max(1, *busy) + rng.choice((0, 0, 1)), away=tuple(Slots(s, s + 1) for s in rng.sample(clear, min(len(clear), 2))))


def _orders(rng: Random, held: list[HeldExercise], spans: dict[str, Slots], names: list[str]) -> Iterator[Order]:
    for first in held:
        for then in held:
            room = spans[then.exercise].start - spans[first.exercise].end
            if first is not then and room >= 0 and rng.random() < 0.3:
                yield Order(first=first.exercise, then=then.exercise, lag=rng.choice((room, rng.randint(0, room))))
    for name in names:
        if name not in spans and held and rng.random() < 0.5:
            yield Order(first=name, then=held[0].exercise, lag=3)


def _budgets(rng: Random, problem: Problem, held: list[HeldExercise], ways: dict[tuple[str, str], Way], nations: list[str]) -> Iterator[Budget]:
    home = {unit.id: unit.nation for unit in problem.units}
    costs = {one.id: dict(one.open_to) for one in problem.exercises}
    for nation in nations:
        during = Slots(a := rng.randrange(problem.slots), a + rng.randint(1, problem.slots))
        spent = sum(
            (ways[h.exercise, h.way].cost if ways[h.exercise, h.way].host == nation else 0)
            + sum(costs[h.exercise][u] for u, _ in h.units if home[u] == nation)
            for h in held
            if during.holds(h.start)
        )
        yield Budget(nation=nation, during=during, most=spent + rng.choice((0, 0, 10)))


# -- breaking a rule: a case, altered so that the named rule is broken; None where this case has no room for it


def _with(plan: Plan, held: HeldExercise, **other: Any) -> Plan:
    return replace(plan, held=tuple(replace(h, **other) if h is held else h for h in plan.held))


def _altered(problem: Problem, name: str, **other: Any) -> Problem:
    return replace(problem, exercises=tuple(replace(one, **other) if one.id == name else one for one in problem.exercises))


def _known(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    wrong = rng.choice((replace(one, exercise="none"), replace(one, way="none"), replace(one, units=(*one.units, ("nobody", "")))))
    return problem, replace(plan, held=tuple(wrong if h is one else h for h in plan.held))


def _once(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    if rng.random() < 0.5:
        return problem, replace(plan, held=(*plan.held, one))
    return problem, _with(plan, one, units=(*one.units, rng.choice(one.units)))


def _required(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    return _altered(problem, one.exercise, required=True), replace(plan, held=tuple(h for h in plan.held if h is not one))


def _starts(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    ways = next(e.ways for e in problem.exercises if e.id == one.exercise)
    new = tuple(replace(w, starts=tuple(s for s in w.starts if s != one.start)) if w.id == one.way else w for w in ways)
    return _altered(problem, one.exercise, ways=new), plan


def _horizon(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    if rng.random() < 0.3:
        return problem, _with(plan, one, start=-rng.randint(1, 4))
    length = next(e.length for e in problem.exercises if e.id == one.exercise)
    return replace(problem, slots=one.start + length - 1), plan


def _notice(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    return replace(problem, notice=rng.choice(plan.held).start + 1), plan


def _open(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    gone = rng.choice(one.units)[0]
    return _altered(
        problem, one.exercise, open_to=tuple(p for e in problem.exercises if e.id == one.exercise for p in e.open_to if p[0] != gone)
    ), plan


def _number(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    n = len(one.units)
    return _altered(problem, one.exercise, **({"most": n - 1, "least": 0} if rng.random() < 0.5 else {"least": n + 1, "most": n + 2})), plan


def _roles(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    n = rng.randrange(len(one.units))
    name, role = one.units[n]
    if rng.random() < 0.3 and role:
        return replace(problem, units=tuple(replace(u, skills=u.skills - {role}) if u.id == name else u for u in problem.units)), plan
    other = rng.choice([s for s in (*SKILLS, "") if s != role])
    return problem, _with(plan, one, units=(*one.units[:n], (name, other), *one.units[n + 1 :]))


def _away(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    length = next(e.length for e in problem.exercises if e.id == one.exercise)
    if not length:
        return None
    slot, name = one.start + rng.randrange(length), rng.choice(one.units)[0]
    return replace(problem, units=tuple(replace(u, away=(*u.away, Slots(slot, slot + 1))) if u.id == name else u for u in problem.units)), plan


def _tempo(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    length = {e.id: e.length for e in problem.exercises}
    unit = rng.choice(problem.units)
    mine = [h for h in plan.held if unit.id in dict(h.units) and length[h.exercise]]
    busy = max((sum(h.start <= slot < h.start + length[h.exercise] + unit.rest for h in mine) for slot in range(problem.slots)), default=0)
    return None if not busy else (replace(problem, units=tuple(replace(u, at_once=busy - 1) if u is unit else u for u in problem.units)), plan)


def _pools(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    used = _used(problem, plan)
    some = [key for key, amount in used.items() if amount]
    if not some:
        return None
    pool, slot = rng.choice(some)
    return replace(problem, pools=tuple(replace(p, most=used[pool, slot] - 1) if p.id == pool else p for p in problem.pools)), plan


def _closed(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    some = [key for key, amount in _used(problem, plan).items() if amount]
    if not some:
        return None
    pool, slot = rng.choice(some)
    return replace(problem, pools=tuple(replace(p, closed=(*p.closed, Slots(slot, slot + 1))) if p.id == pool else p for p in problem.pools)), plan


def _used(problem: Problem, plan: Plan) -> dict[tuple[str, int], int]:
    found = dict[tuple[str, int], int]()
    for h in plan.held:
        exercise = next(e for e in problem.exercises if e.id == h.exercise)
        for pool, amount in next(w for w in exercise.ways if w.id == h.way).uses:
            for slot in range(h.start, h.start + exercise.length):
                found[pool, slot] = found.get((pool, slot), 0) + amount
    return found


def _cover(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    home = {u.id: u.nation for u in problem.units}
    one = rng.choice(plan.held)
    exercise = next(e for e in problem.exercises if e.id == one.exercise)
    host = next(w.host for w in exercise.ways if w.id == one.way)
    guests = sorted({home[u] for u, _ in one.units} - {host})
    if not guests or not exercise.length:
        return None
    nation, slot = rng.choice(guests), one.start + rng.randrange(exercise.length)
    cut = [(c, span) for c in problem.cover or () for span in (_cut(c.during, slot) if (c.nation, c.host) == (nation, host) else (c.during,))]
    return replace(problem, cover=tuple(replace(c, during=span) for c, span in cut)), plan


def _cut(span: Slots, slot: int) -> tuple[Slots, ...]:
    return (Slots(span.start, slot), Slots(slot + 1, span.end)) if span.holds(slot) else (span,)


def _orders_broken(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    if len(plan.held) < 2:
        return None
    length = {e.id: e.length for e in problem.exercises}
    first, then = rng.sample(plan.held, 2)
    lag = max(0, then.start - first.start - length[first.exercise] + 1)
    return replace(problem, orders=(*problem.orders, Order(first=first.exercise, then=then.exercise, lag=lag))), plan


def _budgets_broken(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    exercise = next(e for e in problem.exercises if e.id == one.exercise)
    way = next(w for w in exercise.ways if w.id == one.way)
    home = {u.id: u.nation for u in problem.units}
    payer, cost = rng.choice([(way.host, way.cost), *((home[u], c) for u, c in exercise.open_to if u in dict(one.units))])
    if not cost:
        return None
    return replace(problem, budgets=(*problem.budgets, Budget(nation=payer, during=Slots(one.start, one.start + 1), most=cost - 1))), plan


def _locks(rng: Random, problem: Problem, plan: Plan) -> Case | None:
    one = rng.choice(plan.held)
    there = {h.exercise for h in plan.held}
    wrong = [
        Lock(exercise=one.exercise, held=False),
        *(Lock(exercise=e.id) for e in problem.exercises if e.id not in there),
        Lock(exercise=one.exercise, way="another"),
        Lock(exercise=one.exercise, start=one.start + 1),
        Lock(exercise=one.exercise, without=(rng.choice(one.units)[0],)),
        *(Lock(exercise=one.exercise, with_=(u.id,)) for u in problem.units if u.id not in dict(one.units)),
    ]
    return replace(problem, locks=(*problem.locks, rng.choice(wrong))), plan


BREAKS: dict[str, Callable[[Random, Problem, Plan], Case | None]] = {
    "known": _known,
    "once": _once,
    "required": _required,
    "starts": _starts,
    "horizon": _horizon,
    "notice": _notice,
    "open": _open,
    "number": _number,
    "roles": _roles,
    "away": _away,
    "tempo": _tempo,
    "pools": _pools,
    "closed": _closed,
    "cover": _cover,
    "orders": _orders_broken,
    "budgets": _budgets_broken,
    "locks": _locks,
}
"""For each rule but *figures* (which a total or bound breaks), how a plan comes to break it."""
