"""Known instances of generalized assignment as missions of ours: an agent is a party, its capacity a ceiling of persons, a job a line for one unit.

What is sought is the most worth; so a pledge costs what it is worth less than the dearest, and a job that is left out weighs more than all.
Source: Beasley (1990), OR-Library, Journal of the Operational Research Society 41.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.missions import Ceiling, DaySpan, ForcePlan, Line, Mission, Pledge, Rotation

ROTATION = Rotation(name="R1", days=DaySpan(date(2030, 1, 1), date(2030, 2, 1)))


@dataclass(frozen=True, slots=True)
class AssignmentInstance:
    """A mission with the most worth that is known of it; ``dearest``: what a pledge's cost is counted down from."""

    name: str
    mission: Mission
    dearest: int
    best: int

    def worth_of(self, total: int) -> int:
        """The worth of a plan in which every job is done, from what it costs."""
        return self.dearest * len(self.mission.lines) - total

    def worth(self, plan: ForcePlan) -> int:
        """What the jobs that are done are worth."""
        costs = {one.id: one.cost or 0 for one in self.mission.pledges}
        return sum(self.dearest - costs[one.pledge] for one in plan.assigned)


def generalized(text: str, name: str = "", best: int = 0) -> AssignmentInstance:
    """An instance in the library's format: agents, jobs; the worth by agent and job; what each uses; the capacities."""
    numbers = [int(word) for word in text.split()]
    agents, jobs = numbers[:2]
    rows = [numbers[2 + n * jobs : 2 + (n + 1) * jobs] for n in range(2 * agents)]
    worth, uses = rows[:agents], rows[agents:]
    capacity = numbers[2 + 2 * agents * jobs :][:agents]
    dearest = max(max(row) for row in worth)
    pledges = tuple(
        Pledge(id=f"agent {a}, job {j}", party=f"agent {a}", capability=f"job {j}", persons=uses[a][j], cost=dearest - worth[a][j], line=f"job {j}")
        for a in range(agents)
        for j in range(jobs)
    )
    mission = Mission(
        id=name or "assignment",
        rotations=(ROTATION,),
        lines=tuple(Line(id=f"job {j}", capability=f"job {j}", number=1, weight=1 + dearest * jobs) for j in range(jobs)),
        pledges=pledges,
        ceilings=tuple(Ceiling(party=f"agent {a}", persons=capacity[a]) for a in range(agents)),
    )
    return AssignmentInstance(name, mission, dearest, best)


def known_assignments(folder: Path) -> list[AssignmentInstance]:
    """The instances of assignment in the folder, as its bounds.csv lists them."""
    with (folder / "bounds.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["family"] == "gap"]
    return [generalized((folder / row["file"]).read_text(encoding="utf-8"), row["file"], int(row["upper_bound"])) for row in rows]
