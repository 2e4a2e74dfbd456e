"""What does a plan cost, part by part? As the problem weighs it, in whole numbers.

Source: how-programmes-are-planned.md, section 3.
"""

from __future__ import annotations

from collections import Counter

from comity.programmes.problems import Cost, HeldExercise, Plan, Problem, Target, Way


def cost_of(problem: Problem, plan: Plan) -> Cost:
    """The cost of a plan whose exercises, ways and units the problem has."""
    spent = spending(problem, plan)
    return Cost(
        costs=sum(spent.values()),
        worse=sum(dict(_way(problem, held).worse).get(held.start, 0) for held in plan.held),
        missed=sum(target.weight for target in missed(problem, plan)),
        burden=_burden(problem, spent),
        change=problem.change * len(moved(problem, plan)),
        finish=problem.finish * max((_end(problem, held) for held in plan.held), default=0),
    )


def spending(problem: Problem, plan: Plan) -> Counter[str]:
    """What each nation spends: as host, and for its units."""
    nations = {unit.id: unit.nation for unit in problem.units}
    spent = Counter[str]()
    for held in plan.held:
        way, costs = _way(problem, held), _open_to(problem, held)
        spent[way.host] += way.cost
        for unit, _ in held.units:
            spent[nations[unit]] += costs.get(unit, 0)
    return spent


def missed(problem: Problem, plan: Plan) -> list[Target]:
    """The targets that no exercise of the plan meets."""
    nations = {unit.id: unit.nation for unit in problem.units}
    trained = {one.id: one.capabilities for one in problem.exercises}
    together = [(held.start, trained[held.exercise], {nations[unit] for unit, _ in held.units}) for held in plan.held]
    return [
        target
        for target in problem.targets
        if not any(target.during.holds(start) and target.capability in what and set(target.nations) <= who for start, what, who in together)
    ]


def moved(problem: Problem, plan: Plan) -> set[tuple[str, str]]:
    """What came, went or moved against the plan before: exercises ("" beside them), and the units in each."""
    if problem.before is None:
        return set()
    was, now = ({held.exercise: held for held in some} for some in (problem.before, plan.held))
    found = {(name, "") for name in {*was, *now} if _when(was.get(name)) != _when(now.get(name))}
    for name in {*was, *now}:
        found |= {(name, unit) for unit in _units(was.get(name)) ^ _units(now.get(name))}
    return found


def _burden(problem: Problem, spent: Counter[str]) -> int:
    """What nations bear beyond their shares, weighed, rounded up."""
    parts, total = sum(share for _, share in problem.shares), sum(spent[nation] for nation, _ in problem.shares)
    beyond = sum(max(0, parts * spent[nation] - share * total) for nation, share in problem.shares)
    return -(-problem.burden * beyond // parts) if parts else 0


def _when(held: HeldExercise | None) -> tuple[str, int] | None:
    return None if held is None else (held.way, held.start)


def _units(held: HeldExercise | None) -> set[str]:
    return set() if held is None else {unit for unit, _ in held.units}


def _end(problem: Problem, held: HeldExercise) -> int:
    return held.start + next(one.length for one in problem.exercises if one.id == held.exercise)


def _way(problem: Problem, held: HeldExercise) -> Way:
    return next(way for one in problem.exercises if one.id == held.exercise for way in one.ways if way.id == held.way)


def _open_to(problem: Problem, held: HeldExercise) -> dict[str, int]:
    return next(dict(one.open_to) for one in problem.exercises if one.id == held.exercise)
