"""Which forces serve where, as one model for the solver of constraints. Only what nothing stands in the way of is in it.

Source: how-forces-are-generated.md, sections 4 and 5 (the rules by their numbers); OR-Tools, CP-SAT.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from ortools.sat.python import cp_model

from comity.missions import Assigned, ForcePlan, Line, Mission, Pledge, Rotation, is_gap_accepted, obstacles
from comity.planning.options import rounded_up

Terms = list[tuple[int, cp_model.IntVar]]
Tell = Callable[[ForcePlan | None, int | None], None]
Key = tuple[str, str, str]
"""A pledge, a line and a rotation by their names."""


class Assignments:
    """The variables: how many of a pledge serve a line in a rotation; and how many are missing."""

    def __init__(self, mission: Mission) -> None:
        self.mission, self.model = mission, cp_model.CpModel()
        self.serve: dict[Key, cp_model.IntVar] = {}
        self._by_pledge: dict[str, list[tuple[Key, cp_model.IntVar]]] = {}
        self._weighed: Terms = []
        self._missing: dict[tuple[str, str], cp_model.IntVar] = {}
        self._over: list[tuple[cp_model.IntVar, int, Terms]] = []
        self._together: Terms = []
        self._beyond: cp_model.IntVar | None = None
        for line in mission.lines:
            for rotation in mission.rotations:
                if mission.served(line, rotation) is not None:
                    self._place(line, rotation)
        for pledge in mission.pledges:
            self._strength(pledge)
        self._kept()
        self._ceilings()
        self._burden()
        self.model.minimize(_sum(self._weighed))

    def _place(self, line: Line, rotation: Rotation) -> None:  # 4 to 13
        there: Terms = []
        for pledge in self.mission.pledges:
            most = min(pledge.number, line.number) if pledge.capability == line.capability else 0
            if most > 0 and not obstacles(self.mission, pledge, line, rotation):
                number = self.model.new_int_var(0, most, "")
                key = (pledge.id, line.id, rotation.name)
                self.serve[key] = number
                self._by_pledge.setdefault(pledge.id, []).append((key, number))
                there.append((1, number))
                if pledge.cost:
                    self._weighed.append((pledge.cost, number))
        missing = self._missing[line.id, rotation.name] = self.model.new_int_var(0, line.number, "")
        self.model.add(_sum(there) + missing == line.number)
        if line.weight and not is_gap_accepted(self.mission, line, rotation):
            self._weighed.append((line.weight, missing))

    def _strength(self, pledge: Pledge) -> None:  # 14
        names = [rotation.name for rotation in self.mission.rotations]
        for n in range(len(names)):
            busy = set(names[max(0, n - pledge.rest) : n + 1])
            some = [(1, number) for (_, _, during), number in self._by_pledge.get(pledge.id, ()) if during in busy]
            if some:
                self.model.add(_sum(some) <= pledge.number)

    def _kept(self) -> None:  # 15
        rotations = {one.name: one.days for one in self.mission.rotations}
        lines = {one.id: one for one in self.mission.lines}
        for (pledge, line, during), number in self.serve.items():
            served = lines[line].days.shared(rotations[during])
            wanted = [one.number for one in self.mission.accepted if (one.pledge, one.line) == (pledge, line) and served and one.days.holds(served)]
            if wanted:
                self.model.add(number >= sum(wanted))

    def _ceilings(self) -> None:  # 16, 17
        for ceiling in self.mission.ceilings:
            own = [
                (pledge, key[2], number)
                for pledge in self.mission.pledges
                if pledge.party == ceiling.party
                for key, number in self._by_pledge.get(pledge.id, ())
            ]
            if ceiling.cost is not None:
                self.model.add(_sum([(pledge.cost or 0, number) for pledge, _, number in own]) <= ceiling.cost)
            for rotation in self.mission.rotations if ceiling.persons is not None else ():
                away = [(pledge.persons, number) for pledge, during, number in own if during == rotation.name]
                self.model.add(_sum(away) <= (ceiling.persons or 0))

    def _burden(self) -> None:
        shares, parts = self.mission.shares, sum(share for _, share in self.mission.shares)
        if not self.mission.burden or not parts:
            return
        borne = {party: self._borne(party) for party, _ in shares}
        together = self._together = [term for terms in borne.values() for term in terms]
        most = parts * (1 + sum(times * self._most for times, _ in together))
        for party, share in shares:
            over = self.model.new_int_var(0, most, "")
            self.model.add(over >= parts * _sum(borne[party]) - share * _sum(together))
            self._over.append((over, share, borne[party]))
        self._beyond = self.model.new_int_var(0, self.mission.burden * most, "")
        self.model.add(parts * self._beyond >= _sum((self.mission.burden, over) for over, _, _ in self._over))
        self._weighed.append((1, self._beyond))

    def _borne(self, party: str) -> Terms:
        found: Terms = []
        lines, rotations = {one.id: one for one in self.mission.lines}, {one.name: one for one in self.mission.rotations}
        for pledge in self.mission.pledges:
            for (_, line, during), number in self._by_pledge.get(pledge.id, ()) if pledge.party == party else ():
                served = self.mission.served(lines[line], rotations[during])
                days = 0 if served is None else served.length
                found.append((pledge.persons * days if self.mission.by == "person-days" else pledge.cost or 0, number))
        return found

    @property
    def _most(self) -> int:
        """More than any one pledge has."""
        return max((pledge.number for pledge in self.mission.pledges), default=0)

    def hint(self, plan: ForcePlan) -> None:
        """A plan to begin with, every variable of it."""
        there = {one[:3]: one.number for one in plan.assigned}
        value = {number.index: there.get(key, 0) for key, number in self.serve.items()}
        for key, number in self.serve.items():
            self.model.add_hint(number, there.get(key, 0))
        lines = {one.id: one.number for one in self.mission.lines}
        for (line, rotation), missing in self._missing.items():
            self.model.add_hint(missing, lines[line] - sum(one.number for one in plan.assigned if one[1:3] == (line, rotation)))
        if self._beyond is not None:
            parts, all_ = sum(share for _, share in self.mission.shares), sum(times * value[number.index] for times, number in self._together)
            beyond = [max(0, parts * sum(times * value[n.index] for times, n in terms) - share * all_) for _, share, terms in self._over]
            for (over, _, _), number_ in zip(self._over, beyond, strict=True):
                self.model.add_hint(over, number_)
            self.model.add_hint(self._beyond, -(-self.mission.burden * sum(beyond) // parts))

    def plan(self, value: Callable[[cp_model.IntVar], int]) -> ForcePlan:
        return ForcePlan(assigned=tuple(Assigned(*key, value(number)) for key, number in self.serve.items() if value(number)))


def _sum(terms: Iterable[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExpr:
    some = list(terms)
    return cp_model.LinearExpr.weighted_sum([variable for _, variable in some], [times for times, _ in some])


class _Watching(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Assignments, tell: Tell) -> None:
        super().__init__()
        self._model, self._tell = model, tell

    def on_solution_callback(self) -> None:
        self._tell(self._model.plan(self.value), rounded_up(self.best_objective_bound))


def fill_whole(
    mission: Mission, seconds: float, workers: int, begin: ForcePlan, tell: Tell = lambda plan, bound: None
) -> tuple[ForcePlan | None, int | None]:
    """The best plan found in so many seconds by so many threads, and what none costs less than. ``tell``: each better plan or bound as it comes."""
    model = Assignments(mission)
    model.hint(begin)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    solver.best_bound_callback = lambda bound: tell(None, rounded_up(bound))
    status = solver.solve(model.model, _Watching(model, tell))
    if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
        raise AssertionError(f"what was accepted is a plan, and the model has none: {solver.status_name(status)}")
    bound = solver.best_objective_bound
    plan = model.plan(solver.value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return plan, rounded_up(bound) if math.isfinite(bound) else None
