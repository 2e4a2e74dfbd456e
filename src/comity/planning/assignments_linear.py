"""Which forces serve where, as a linear problem with whole numbers: it bounds large missions from below sooner than the solver of constraints.

Source: how-forces-are-generated.md, sections 4 and 5 (the rules by their numbers); OR-Tools, MathOpt; HiGHS.
"""

from __future__ import annotations

import math
from datetime import timedelta

from ortools.math_opt.python import mathopt

from comity.missions import Assigned, ForcePlan, Line, Mission, Pledge, Rotation, is_gap_accepted, obstacles
from comity.planning.options import rounded_up


class LinearAssignments:
    """The linear problem: how many of a pledge serve a line in a rotation, by pledge; ``whole``: in whole units?"""

    def __init__(self, mission: Mission, whole: bool = True) -> None:
        self.mission, self.model, self._whole = mission, mathopt.Model(), whole
        self.serve: dict[str, list[tuple[Line, Rotation, mathopt.Variable]]] = {one.id: [] for one in mission.pledges}
        self._cost: list[mathopt.LinearBase] = []
        for line in mission.lines:
            for rotation in mission.rotations:
                if mission.served(line, rotation) is not None:
                    self._place(line, rotation)
        for pledge in mission.pledges:
            self._strength(pledge)
        self._ceilings()
        self._burden()
        self.model.minimize(mathopt.fast_sum(self._cost))

    def _place(self, line: Line, rotation: Rotation) -> None:  # 4 to 13, 15
        there = []
        served = self.mission.served(line, rotation)
        for pledge in self.mission.pledges:
            if pledge.capability == line.capability and not obstacles(self.mission, pledge, line, rotation):
                own = [one for one in self.mission.accepted if (one.pledge, one.line) == (pledge.id, line.id)]
                kept = sum(one.number for one in own if served is not None and one.days.holds(served))
                number = self.model.add_variable(lb=kept, ub=max(kept, min(pledge.number, line.number)), is_integer=self._whole)
                self.serve[pledge.id].append((line, rotation, number))
                self._cost.append((pledge.cost or 0) * number)
                there.append(number)
        missing = self.model.add_variable(lb=0, ub=line.number)
        self.model.add_linear_constraint(mathopt.fast_sum([*there, missing]) == line.number)
        if not is_gap_accepted(self.mission, line, rotation):
            self._cost.append(line.weight * missing)

    def _strength(self, pledge: Pledge) -> None:  # 14
        names = [rotation.name for rotation in self.mission.rotations]
        for n in range(len(names)):
            busy = names[max(0, n - pledge.rest) : n + 1]
            some = [number for _, during, number in self.serve[pledge.id] if during.name in busy]
            if some:
                self.model.add_linear_constraint(mathopt.fast_sum(some) <= pledge.number)

    def _ceilings(self) -> None:  # 16, 17
        for ceiling in self.mission.ceilings:
            own = [(one, *each) for one in self.mission.pledges if one.party == ceiling.party for each in self.serve[one.id]]
            if ceiling.cost is not None:
                self.model.add_linear_constraint(mathopt.fast_sum((one.cost or 0) * number for one, _, _, number in own) <= ceiling.cost)
            for rotation in self.mission.rotations if ceiling.persons is not None else ():
                away = [one.persons * number for one, _, during, number in own if during.name == rotation.name]
                self.model.add_linear_constraint(mathopt.fast_sum(away) <= float(ceiling.persons or 0))

    def _burden(self) -> None:
        shares, parts = self.mission.shares, sum(share for _, share in self.mission.shares)
        if not self.mission.burden or not parts:
            return
        borne = {party: mathopt.fast_sum(self._borne(party)) for party, _ in shares}
        together = mathopt.fast_sum(borne.values())
        for party, share in shares:
            beyond = self.model.add_variable(lb=0)
            self.model.add_linear_constraint(beyond >= borne[party] - share / parts * together)
            self._cost.append(self.mission.burden * beyond)

    def _borne(self, party: str) -> list[mathopt.LinearBase]:
        found: list[mathopt.LinearBase] = []
        for pledge in self.mission.pledges:
            for line, rotation, number in self.serve[pledge.id] if pledge.party == party else ():
                served = self.mission.served(line, rotation)
                days = 0 if served is None else served.length
                found.append((pledge.persons * days if self.mission.by == "person-days" else pledge.cost or 0) * number)
        return found


def bound_linear(mission: Mission, seconds: float) -> int | None:
    """What no plan costs less than, even if units could be parted; None: that is not known in so many seconds."""
    linear = LinearAssignments(mission, whole=False)
    found = mathopt.solve(linear.model, mathopt.SolverType.GLOP, params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)))
    bound = found.termination.objective_bounds.dual_bound
    return rounded_up(bound) if math.isfinite(bound) else None


def fill_linear(mission: Mission, seconds: float) -> tuple[ForcePlan | None, int | None]:
    """The best plan that HiGHS finds in so many seconds, and what none costs less than; None: neither is known."""
    linear = LinearAssignments(mission)
    found = mathopt.solve(linear.model, mathopt.SolverType.HIGHS, params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)))
    bound = found.termination.objective_bounds.dual_bound
    proved = rounded_up(bound) if math.isfinite(bound) else None
    if not found.has_primal_feasible_solution():
        return None, proved
    values = found.variable_values()
    serve = [
        Assigned(name, line.id, rotation.name, round(values[number]))
        for name, some in linear.serve.items()
        for line, rotation, number in some
        if round(values[number])
    ]
    return ForcePlan(assigned=tuple(serve)), proved
