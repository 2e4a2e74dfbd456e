"""Is a problem one at all? What contradicts itself in it, or names what is not there, in words; nothing is planned before that is put right.

Source: how-programmes-are-planned.md, section 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from comity.programmes.problems import Exercise, Problem, Slots, Way

NAMED = 8
"""So many names are told of those that there are."""


def unsound(problem: Problem) -> tuple[str, ...]:
    """What has to be put right before anything can be planned, a line each."""
    return tuple(says for look in LOOKS for says in look(problem))


def remarks(problem: Problem) -> tuple[str, ...]:
    """What can be planned with, but is hardly meant."""
    return tuple(says for look in REMARKS for says in look(problem))


def _empty(p: Problem) -> Iterator[str]:
    if p.slots < 1:
        yield f"there are {p.slots} slots; give 1 or more"
    if not p.exercises:
        yield "no exercise is given; add an [[exercise]]"
    for one in p.exercises:
        if not one.ways:
            yield f"exercise {one.id!r} has no way to be held; add an [[exercise.way]] with a host and starts"
        for way in one.ways:
            if not way.starts:
                yield f"exercise {one.id!r}, way {way.id!r}: no start is given; say in which slots it may begin"


def _twice(p: Problem) -> Iterator[str]:
    for what, names in (("exercise", [e.id for e in p.exercises]), ("pool", [pool.id for pool in p.pools])):
        yield from (f"{what} {name!r} stands {count} times; give each a name of its own" for name, count in Counter(names).items() if count > 1)
    for name, count in Counter(unit.id for unit in p.units).items():
        if count > 1:
            whose = " and ".join(dict.fromkeys(unit.nation for unit in p.units if unit.id == name))
            yield f"unit {name!r} stands {count} times, of {whose}; give each unit a name of its own"
    for one in p.exercises:
        for name, count in Counter(way.id for way in one.ways).items():
            if count > 1:
                yield f"exercise {one.id!r} has {count} ways {name!r}; give each a name of its own"
        for name, count in Counter(unit for unit, _ in one.open_to).items():
            if count > 1:
                yield f"exercise {one.id!r} is open to {name!r} {count} times; once is enough"


def _negative(p: Problem) -> Iterator[str]:
    for what, number in _numbers(p):
        if number < 0:
            yield f"{what} is {number}; it cannot be less than 0"
    for unit in p.units:
        if unit.at_once < 1:
            yield f"unit {unit.id!r} can be in {unit.at_once} exercises at once; give 1 or more"


def _numbers(p: Problem) -> Iterator[tuple[str, int]]:
    yield from (("notice", p.notice), ("burden", p.burden), ("change", p.change), ("finish", p.finish))
    yield from ((f"the share of {nation}", share) for nation, share in p.shares)
    yield from ((f"the rest of unit {unit.id!r}", unit.rest) for unit in p.units)
    yield from ((f"pool {pool.id!r}, most", pool.most) for pool in p.pools)
    yield from ((f"the budget of {budget.nation}", budget.most) for budget in p.budgets)
    yield from ((f"the weight of the target {' and '.join(target.nations)}, {target.capability!r}", target.weight) for target in p.targets)
    yield from ((f"the lag from {order.first!r} to {order.then!r}", order.lag) for order in p.orders)
    for one in p.exercises:
        yield from ((f"exercise {one.id!r}, {what}", number) for what, number in (("length", one.length), ("least", one.least), ("most", one.most)))
        yield from ((f"exercise {one.id!r}, the cost of {unit!r}", cost) for unit, cost in one.open_to)
        yield from ((f"exercise {one.id!r}, role {role!r}", number) for role, number in one.roles)
        for way in one.ways:
            yield f"exercise {one.id!r}, way {way.id!r}: its cost", way.cost
            yield from ((f"exercise {one.id!r}, way {way.id!r}: its use of {pool!r}", amount) for pool, amount in way.uses)
            yield from ((f"exercise {one.id!r}, way {way.id!r}: what is worse in slot {slot}", cost) for slot, cost in way.worse)


def _named(p: Problem) -> Iterator[str]:
    units, pools, exercises = {u.id for u in p.units}, {pool.id for pool in p.pools}, {e.id for e in p.exercises}
    nations = {unit.nation for unit in p.units} | {way.host for one in p.exercises for way in one.ways}
    for one in p.exercises:
        yield from _absent(f"exercise {one.id!r} is open to", "unit", (unit for unit, _ in one.open_to), units)
        for way in one.ways:
            yield from _absent(f"exercise {one.id!r}, way {way.id!r} uses", "pool", (pool for pool, _ in way.uses), pools)
    for order in p.orders:
        yield from _absent("an order names", "exercise", (order.first, order.then), exercises)
        if order.first == order.then:
            yield f"an order puts {order.first!r} after itself; name two exercises"
    for target in p.targets:
        yield from _absent(f"a target for {target.capability!r} names", "nation", target.nations, {unit.nation for unit in p.units})
        if target.nations[0] == target.nations[1]:
            yield f"a target for {target.capability!r} names {target.nations[0]} twice; name two nations"
    for budget in p.budgets:
        yield from _absent("a budget names", "nation", (budget.nation,), nations)
    yield from _absent("a share names", "nation", (nation for nation, _ in p.shares), nations)
    for lock in p.locks:
        yield from _absent("a decision names", "exercise", (lock.exercise,), exercises)
        yield from _absent(f"the decision on {lock.exercise!r} names", "unit", (*lock.with_, *lock.without), units)


def _absent(who: str, what: str, names: Iterable[str], there: set[str]) -> Iterator[str]:
    some = ", ".join(sorted(there)[:NAMED]) or "none"
    more = ", ..." if len(there) > NAMED else ""
    yield from (f"{who} the {what} {name!r}, which is not given; there are: {some}{more}" for name in names if name not in there)


def _spans(p: Problem) -> Iterator[str]:
    found = [(f"unit {unit.id!r} is away", span) for unit in p.units for span in unit.away]
    found += [(f"pool {pool.id!r} is closed", span) for pool in p.pools for span in pool.closed]
    found += [(f"{cover.nation} has cover in {cover.host}", cover.during) for cover in p.cover or ()]
    found += [(f"the budget of {budget.nation} is", budget.during) for budget in p.budgets]
    found += [(f"the target of {' and '.join(target.nations)} is", target.during) for target in p.targets]
    for what, span in found:
        if span.start >= span.end:
            yield f"{what} from slot {span.start} to {span.end}: it ends before it has begun; put the later one last"


def _contradictory(p: Problem) -> Iterator[str]:
    must = {one.id for one in p.exercises if one.required} | {lock.exercise for lock in p.locks if lock.held}
    for one in p.exercises:
        if one.least > one.most:
            yield f"exercise {one.id!r}: at least {one.least} and at most {one.most} take part; no number is both"
        if one.least > len(one.open_to):
            yield f"exercise {one.id!r}: at least {one.least} take part, and it is open to {len(one.open_to)}"
        if sum(number for _, number in one.roles) > one.most:
            yield f"exercise {one.id!r}: its roles need {sum(number for _, number in one.roles)} units, and at most {one.most} take part"
        for role, number in one.roles:
            able = sum(role in unit.skills for unit in p.units if unit.id in dict(one.open_to))
            if able < number:
                yield f"exercise {one.id!r}: the role {role!r} needs {number}, and {able} of the units that it is open to can fill it"
    for one in p.exercises:
        if one.id in must and one.ways and not any(_fits(p, one, start) for way in one.ways for start in way.starts):
            yield f"exercise {one.id!r} must be held, and none of its starts leaves room for it from slot {p.notice} to {p.slots}"
    yield from _decisions(p)


def _decisions(p: Problem) -> Iterator[str]:
    for name in dict.fromkeys(lock.exercise for lock in p.locks):
        locks = [lock for lock in p.locks if lock.exercise == name]
        if len({lock.held for lock in locks}) > 1:
            yield f"exercise {name!r} was decided to be held, and to be left out; keep one decision"
        one = next((e for e in p.exercises if e.id == name), None)
        if one is not None and one.required and not all(lock.held for lock in locks):
            yield f"exercise {name!r} must be held, and was decided to be left out; keep one of the two"
        for lock in locks:
            if one is not None and lock.way is not None and lock.way not in {way.id for way in one.ways}:
                yield f"exercise {name!r} was decided to be held by {lock.way!r}, which is none of its ways"
            for unit in sorted(set(lock.with_) & {u for other in locks for u in other.without}):
                yield f"exercise {name!r} was decided with {unit!r} and without; keep one decision"


def _fits(p: Problem, one: Exercise, start: int) -> bool:
    return max(0, p.notice) <= start and start + one.length <= p.slots


def _bare_hosts(p: Problem) -> Iterator[str]:
    """A host in which nobody from abroad may train."""
    if p.cover is None:
        yield "no legal cover is given: the plan says nothing of whether those who take part may be where it sends them"
        return
    covered = {cover.host for cover in p.cover}
    for one in p.exercises:
        for way in one.ways:
            if way.host not in covered and _guests(p, one, way):
                yield f"exercise {one.id!r}, way {way.id!r}: nobody has a legal basis to train in {way.host}, so only its own units can take part"


def _guests(p: Problem, one: Exercise, way: Way) -> bool:
    may = dict(one.open_to)
    return any(unit.nation != way.host for unit in p.units if unit.id in may)


def _untrained(p: Problem) -> Iterator[str]:
    trained = {capability for one in p.exercises for capability in one.capabilities}
    for capability in sorted({target.capability for target in p.targets} - trained):
        yield f"no exercise trains {capability!r}: its targets are missed whatever is planned"
    every = Slots(0, p.slots)
    late = sum(not target.during.meets(every) for target in p.targets)
    if late:
        yield f"{late} targets lie outside the time that is planned: they are missed whatever is planned"


LOOKS: tuple[Callable[[Problem], Iterator[str]], ...] = (_empty, _twice, _negative, _named, _spans, _contradictory)
REMARKS: tuple[Callable[[Problem], Iterator[str]], ...] = (_bare_hosts, _untrained)
