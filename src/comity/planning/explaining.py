"""Why is there no plan? The fewest demands that cannot be met together, in words, and what would do: the least change of one of them.

A demand is dropped by writing the problem without it, and every claim here is the outcome of solving such a problem again: a solver's own word on
which constraints conflict is never taken.
Source: Chinneck (2008), Feasibility and Infeasibility in Optimization, the deletion filter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from comity.planning.options import Options
from comity.programmes import Budget, Cover, Exercise, Pool, Problem, Slots

P = TypeVar("P")
SECONDS = 5.0
"""How long one question whether there is a plan may take."""


@dataclass(frozen=True, slots=True)
class Demand(Generic[P]):
    """Something that the problem asks for, in words; the problem ``without`` it; where it is a number, the problem with it ``eased`` by so much,
    by at most ``most``, and what that is.
    """

    kind: str
    says: str
    without: Callable[[P], P]
    eased: Callable[[P, int], P] | None = None
    most: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Relief(Generic[P]):
    """A demand without which there is a plan; where it is a number, by how much it has to be eased at least."""

    demand: Demand[P]
    amount: int | None

    def __str__(self) -> str:
        if self.amount is None:
            return f"without this there is a plan: {self.demand.says}"
        return f"{self.demand.says}: {self.demand.by.format(self.amount)} there is a plan"


@dataclass(frozen=True, slots=True)
class Impasse(Generic[P]):
    """Demands that cannot be met together, no fewer of them; what would do. ``sure``: every question could be answered in the time."""

    demands: tuple[Demand[P], ...]
    reliefs: tuple[Relief[P], ...]
    sure: bool


def conflicting(problem: Problem, tell: Callable[[int, int], None] = lambda done, of: None) -> Impasse[Problem] | None:
    """The conflict because of which the problem has no plan; None: it has one, or that is not known in the time.

    ``tell``: how many demands have been looked at, of how many.
    """
    return conflict(problem, list(demands_of(problem)), _possible, tell)


def conflict(
    problem: P, demands: Sequence[Demand[P]], possible: Callable[[P], bool | None], tell: Callable[[int, int], None] = lambda done, of: None
) -> Impasse[P] | None:
    """The same for any problem whose demands are given, and of which ``possible`` says whether it has a plan (None: not known)."""
    if possible(problem) is not False:
        return None
    sure = True
    kept = _by_kind(problem, demands, possible)
    for done, demand in enumerate(list(kept)):
        tell(done, len(kept))
        found = possible(_only(problem, demands, [one for one in kept if one is not demand]))
        sure = sure and found is not None
        if found is False:
            kept.remove(demand)
    reliefs = tuple(relief for demand in kept if (relief := _relief(problem, demand, possible)) is not None)
    return Impasse(tuple(kept), tuple(sorted(reliefs, key=lambda one: (one.amount is None, one.amount or 0))), sure)


def _by_kind(problem: P, demands: Sequence[Demand[P]], possible: Callable[[P], bool | None]) -> list[Demand[P]]:
    """What is left when all demands of a kind that the conflict does not need have been dropped at once."""
    kept = list(demands)
    for kind in dict.fromkeys(demand.kind for demand in demands):
        fewer = [demand for demand in kept if demand.kind != kind]
        if possible(_only(problem, demands, fewer)) is False:
            kept = fewer
    return kept


def _only(problem: P, demands: Sequence[Demand[P]], kept: Sequence[Demand[P]]) -> P:
    for demand in demands:
        if demand not in kept:
            problem = demand.without(problem)
    return problem


def _possible(problem: Problem) -> bool | None:
    from comity.planning.whole import is_possible

    return is_possible(Options(problem), SECONDS)


def _relief(problem: P, demand: Demand[P], possible: Callable[[P], bool | None]) -> Relief[P] | None:
    """The least easing of one demand that leaves a plan; None: dropping it alone does not."""
    if not possible(demand.without(problem)):
        return None
    if demand.eased is None:
        return Relief(demand, None)
    low, high = 0, demand.most
    if not possible(demand.eased(problem, high)):
        return Relief(demand, None)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if possible(demand.eased(problem, middle)) else (middle, high)
    return Relief(demand, high)


def demands_of(problem: Problem) -> Iterator[Demand[Problem]]:
    """Everything that the problem asks for and that could be dropped."""
    yield from _of_exercises(problem)
    yield from _of_units(problem)
    yield from _of_pools(problem)
    yield from (_budget(problem, budget) for budget in problem.budgets)
    for order in problem.orders:
        says = f"{order.then} begins {order.lag} slots or more after {order.first}"
        yield Demand("orders", says, partial(_dropped, "orders", order))
    if problem.notice > 0:
        says = f"nothing begins before slot {problem.notice}, for notice must be given"
        yield Demand("notice", says, partial(_sooner, number=problem.notice), _sooner, problem.notice, "{} slots sooner")


def _of_exercises(problem: Problem) -> Iterator[Demand[Problem]]:
    for one in problem.exercises:
        if one.required:
            yield Demand("required", f"{one.id} must be held", partial(_altered, "exercises", one.id, required=False))
        if any(lock.exercise == one.id for lock in problem.locks):
            yield Demand("locks", f"what was decided about {one.id}", partial(_undecided, one.id))
        if one.least:
            says = f"{one.least} or more take part in {one.id}"
            yield Demand("number", says, partial(_altered, "exercises", one.id, least=0), partial(_fewer, one), one.least, "with {} fewer")
        if one.roles:
            needed = ", ".join(f"{number} {role}" for role, number in one.roles)
            yield Demand("roles", f"{one.id} needs {needed}", partial(_altered, "exercises", one.id, roles=()))


def _of_units(problem: Problem) -> Iterator[Demand[Problem]]:
    for unit in problem.units:
        if unit.away:
            yield Demand("away", f"{unit.id} is away at times", partial(_altered, "units", unit.id, away=()))
        rest = f", and rests {unit.rest} slots after it" if unit.rest else ""
        says = f"{unit.id} is in {unit.at_once} at once{rest}"
        yield Demand("tempo", says, partial(_altered, "units", unit.id, at_once=len(problem.exercises), rest=0))
    if problem.cover is not None:
        for host in dict.fromkeys(way.host for one in problem.exercises for way in one.ways):
            yield Demand("cover", f"whoever trains in {host} needs a legal basis there", partial(_covered, host))


def _of_pools(problem: Problem) -> Iterator[Demand[Problem]]:
    for pool in problem.pools:
        used = sum(max((dict(way.uses).get(pool.id, 0) for way in one.ways), default=0) for one in problem.exercises)
        without, eased = partial(_altered, "pools", pool.id, most=max(used, pool.most)), partial(_more, pool)
        yield Demand("pools", f"there is {pool.most} of {pool.id} in a slot", without, eased, max(1, used - pool.most), "with {} more")
        if pool.closed:
            yield Demand("closed", f"{pool.id} is closed at times", partial(_altered, "pools", pool.id, closed=()))


def _budget(problem: Problem, budget: Budget) -> Demand[Problem]:
    dear = sum(max((way.cost for way in one.ways), default=0) + sum(cost for _, cost in one.open_to) for one in problem.exercises)
    says = f"{budget.nation} spends {budget.most} or less from slot {budget.during.start} to {budget.during.end}"
    return Demand("budgets", says, partial(_dropped, "budgets", budget), partial(_richer, budget), max(1, dear), "with {} more")


def _sooner(problem: Problem, number: int) -> Problem:
    return replace(problem, notice=problem.notice - number)


def _dropped(field: str, what: object, problem: Problem) -> Problem:
    kept: dict[str, Any] = {field: tuple(one for one in getattr(problem, field) if one != what)}
    return replace(problem, **kept)


def _altered(field: str, name: str, problem: Problem, **other: object) -> Problem:
    changed: dict[str, Any] = {field: tuple(replace(one, **other) if one.id == name else one for one in getattr(problem, field))}
    return replace(problem, **changed)


def _undecided(name: str, problem: Problem) -> Problem:
    return replace(problem, locks=tuple(lock for lock in problem.locks if lock.exercise != name))


def _fewer(one: Exercise, problem: Problem, number: int) -> Problem:
    return _altered("exercises", one.id, problem, least=one.least - number)


def _more(pool: Pool, problem: Problem, number: int) -> Problem:
    return _altered("pools", pool.id, problem, most=pool.most + number)


def _richer(budget: Budget, problem: Problem, amount: int) -> Problem:
    return replace(problem, budgets=tuple(replace(one, most=one.most + amount) if one == budget else one for one in problem.budgets))


def _covered(host: str, problem: Problem) -> Problem:
    whole = Slots(0, problem.slots)
    more = tuple(Cover(nation=nation, host=host, during=whole) for nation in dict.fromkeys(unit.nation for unit in problem.units))
    return replace(problem, cover=(*(problem.cover or ()), *more))
