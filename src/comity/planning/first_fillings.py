"""A first filling of a statement of requirements, at once: what was accepted, then line by line, the heaviest first, whoever is cheapest and free.

It finds a good plan, not the best one. Source: how-forces-are-generated.md, section 4 (the rules by their numbers).
"""

from __future__ import annotations

from collections import Counter

from comity.missions import Assigned, ForcePlan, Mission, Pledge, accepted_plan, is_gap_accepted, obstacles


def first_filling(mission: Mission) -> ForcePlan:
    """What was accepted and more, as far as that is worth it and nothing stands in the way."""
    return _Filling(mission).filled()


class _Filling:
    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self.place = {rotation.name: n for n, rotation in enumerate(mission.rotations)}
        self.pledges = {one.id: one for one in mission.pledges}
        self.serve = Counter[tuple[str, str, str]]()
        self.busy, self.away = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
        self.spent, self.there = Counter[str](), Counter[tuple[str, str]]()
        for one in accepted_plan(mission).assigned:
            self._add(self.pledges[one.pledge], one.line, one.rotation, one.number)

    def _add(self, pledge: Pledge, line: str, rotation: str, number: int) -> None:
        at = self.place[rotation]
        self.serve[pledge.id, line, rotation] += number
        self.there[line, rotation] += number
        self.away[pledge.party, at] += number * pledge.persons
        self.spent[pledge.party] += number * (pledge.cost or 0)
        self.busy.update(dict.fromkeys([(pledge.id, n) for n in range(at, at + pledge.rest + 1)], number))

    def _free(self, pledge: Pledge, at: int) -> int:
        """How many units more could serve in the rotation: 14, 16, 17."""
        left = [pledge.number - self.busy[pledge.id, n] for n in range(at, min(at + pledge.rest + 1, len(self.place)))]
        for ceiling in self.mission.ceilings:
            if ceiling.party == pledge.party:
                if ceiling.persons is not None and pledge.persons:
                    left.append((ceiling.persons - self.away[pledge.party, at]) // pledge.persons)
                if ceiling.cost is not None and pledge.cost:
                    left.append((ceiling.cost - self.spent[pledge.party]) // pledge.cost)
        return min(left)

    def filled(self) -> ForcePlan:
        m = self.mission
        for rotation in m.rotations:
            for line in sorted(m.lines, key=lambda one: -one.weight):
                weight = 0 if is_gap_accepted(m, line, rotation) else line.weight
                lacks = 0 if m.served(line, rotation) is None else line.number - self.there[line.id, rotation.name]
                able = [one for one in m.pledges if one.capability == line.capability and (one.cost or 0) < weight] if lacks > 0 else []
                for pledge in sorted(able, key=lambda one: (one.cost or 0, one.rest)):
                    number = min(lacks, self._free(pledge, self.place[rotation.name]))
                    if number > 0 and not obstacles(m, pledge, line, rotation):
                        lacks -= number
                        self._add(pledge, line.id, rotation.name, number)
        return ForcePlan(assigned=tuple(Assigned(*key, number) for key, number in self.serve.items() if number))
