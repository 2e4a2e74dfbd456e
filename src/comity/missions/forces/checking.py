"""Does a plan of who serves where keep the rules? Every rule that it breaks, by name, where and by how much: a solver is never trusted.

One function a rule, in one tuple, in the order of the text. Nothing here is shared with what makes plans.
Source: how-forces-are-generated.md, section 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.missions.forces.costing import cost_of_forces
from comity.missions.forces.missions import Assigned, ForcePlan, Line, Mission, Pledge, Rotation
from comity.missions.forces.obstacles import obstacles
from comity.missions.forces.states import counting
from comity.terms import Broken

Placed = tuple[Assigned, Pledge, Line, Rotation]


@dataclass(frozen=True)
class Checked:
    """A plan beside its mission, with what is looked up again and again."""

    mission: Mission
    plan: ForcePlan

    @cached_property
    def pledges(self) -> dict[str, Pledge]:
        return {one.id: one for one in self.mission.pledges}

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {one.id: one for one in self.mission.lines}

    @cached_property
    def rotations(self) -> dict[str, Rotation]:
        return {one.name: one for one in self.mission.rotations}

    @cached_property
    def known(self) -> tuple[Placed, ...]:
        """What is assigned of what there is."""
        found = []
        for one in self.plan.assigned:
            pledge, line, rotation = self.pledges.get(one.pledge), self.lines.get(one.line), self.rotations.get(one.rotation)
            if pledge is not None and line is not None and rotation is not None:
                found.append((one, pledge, line, rotation))
        return tuple(found)


Rule = Callable[[Checked], Iterator[Broken]]


def check_forces(mission: Mission, plan: ForcePlan) -> tuple[Broken, ...]:
    """Every rule that the plan breaks; empty: those whom it names could serve where it says."""
    checked = Checked(mission, plan)
    return tuple(broken for rule in FORCE_RULES for broken in rule(checked))


def _where(one: Assigned) -> str:
    return f"{one.line} in {one.rotation}"


def _known(c: Checked) -> Iterator[Broken]:
    """1: what a plan names is there."""
    for one in c.plan.assigned:
        for what, name, there in (("pledge", one.pledge, c.pledges), ("line", one.line, c.lines), ("rotation", one.rotation, c.rotations)):
            if name not in there:
                yield Broken("known", _where(one), f"the mission has no {what} {name!r}")


def _once(c: Checked) -> Iterator[Broken]:
    """2: a pledge serves a line in a rotation once."""
    for key, count in Counter(one[:3] for one in c.plan.assigned).items():
        if count > 1:
            yield Broken("once", f"{key[1]} in {key[2]}", f"{key[0]} stands there {count} times; add its units together")


def _number(c: Checked) -> Iterator[Broken]:
    """3: whoever serves is somebody."""
    for one in c.plan.assigned:
        if one.number < 1:
            yield Broken("number", _where(one), f"{one.number} of {one.pledge} serve; leave it out, or give 1 or more")


def _needed(c: Checked) -> Iterator[Broken]:
    """4: no more serve than are needed."""
    serve = Counter[tuple[str, str]]()
    for one, _, line, rotation in c.known:
        serve[line.id, rotation.name] += one.number
    for (name, during), number in serve.items():
        needed = 0 if c.mission.served(c.lines[name], c.rotations[during]) is None else c.lines[name].number
        if number > needed:
            yield Broken("needed", f"{name} in {during}", f"{number} serve; {needed} are needed")


def _in_the_way(c: Checked) -> Iterator[Broken]:
    """5 to 13: nothing stands in the way of those who serve."""
    for one, pledge, line, rotation in c.known:
        for found in obstacles(c.mission, pledge, line, rotation):
            yield Broken(found.rule, _where(one), f"{pledge.id} of {pledge.party} {found.says}")


def _strength(c: Checked) -> Iterator[Broken]:
    """14: nobody serves twice at once, or while resting."""
    place = {rotation.name: n for n, rotation in enumerate(c.mission.rotations)}
    serve = Counter[tuple[str, int]]()
    for one, pledge, _, rotation in c.known:
        for n in range(place[rotation.name], place[rotation.name] + pledge.rest + 1):
            serve[pledge.id, n] += one.number
    over = [(name, n, number) for (name, n), number in sorted(serve.items()) if n < len(place) and number > c.pledges[name].number]
    for name, n, number in over:
        during = c.mission.rotations[n].name
        yield Broken("strength", f"{name} in {during}", f"{number} serve or rest, of {c.pledges[name].number}")


def _kept(c: Checked) -> Iterator[Broken]:
    """15: what was accepted, and can serve, serves."""
    wanted = Counter[tuple[str, str, str]]()
    for one in c.mission.accepted:
        if one.pledge in c.pledges and one.line in c.lines:
            pledge, line = c.pledges[one.pledge], c.lines[one.line]
            for rotation in counting(c.mission, one, line):
                if not obstacles(c.mission, pledge, line, rotation):
                    wanted[pledge.id, line.id, rotation.name] += one.number
    serve = Counter[tuple[str, str, str]]()
    for assigned, *_ in c.known:
        serve[assigned[:3]] += assigned.number
    for key, number in wanted.items():
        if serve[key] < number:
            yield Broken("kept", f"{key[1]} in {key[2]}", f"{number} of {key[0]} were accepted; {serve[key]} serve")


def _persons(c: Checked) -> Iterator[Broken]:
    """16: no party has more persons away than it can."""
    away = Counter[tuple[str, str]]()
    for one, pledge, _, rotation in c.known:
        away[pledge.party, rotation.name] += one.number * pledge.persons
    for ceiling in c.mission.ceilings:
        for rotation in c.mission.rotations:
            number = away[ceiling.party, rotation.name]
            if ceiling.persons is not None and number > ceiling.persons:
                yield Broken("persons", f"{ceiling.party} in {rotation.name}", f"{number} persons are away; {ceiling.persons} can be")


def _spending(c: Checked) -> Iterator[Broken]:
    """17: no party bears more cost than it can."""
    spent = Counter[str]()
    for one, pledge, *_ in c.known:
        spent[pledge.party] += one.number * (pledge.cost or 0)
    for ceiling in c.mission.ceilings:
        if ceiling.cost is not None and spent[ceiling.party] > ceiling.cost:
            yield Broken("spending", ceiling.party, f"bears a cost of {spent[ceiling.party]}; it can bear {ceiling.cost}")


def _figures(c: Checked) -> Iterator[Broken]:
    """18: it costs what it says, and no bound lies above that."""
    if (c.plan.total is None and c.plan.bound is None) or [*_known(c), *_once(c), *_number(c)]:
        return
    total = cost_of_forces(c.mission, c.plan).total
    if c.plan.total not in (None, total):
        yield Broken("figures", "the plan", f"says that it costs {c.plan.total}; it costs {total}")
    if c.plan.bound is not None and c.plan.bound > total:
        yield Broken("figures", "the plan", f"says that no plan costs less than {c.plan.bound}; it costs {total}")


FORCE_RULES: tuple[Rule, ...] = (_known, _once, _number, _needed, _in_the_way, _strength, _kept, _persons, _spending, _figures)
RULE_NAMES = (
    "known", "once", "number", "needed", "offered", "refused", "withdrawn", "mandate", "time", "readiness", "level", "caveats", "cover",
    "strength", "kept", "persons", "spending", "figures",
)  # fmt: skip
"""The rules by their names, in the order of the text."""
