"""Is a mission one that can be planned? What contradicts itself in it, or names what is not there, in words; and what is hardly meant.

Source: how-forces-are-generated.md, section 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from comity.missions.forces.checking import check_forces
from comity.missions.forces.missions import Mission
from comity.missions.forces.states import accepted_plan

NAMED = 8
"""So many names are told of those that there are."""


def unsound_mission(mission: Mission) -> tuple[str, ...]:
    """What has to be put right before anything can be planned, a line each."""
    found = tuple(says for look in LOOKS for says in look(mission))
    return found or tuple(_contradictory(mission))


def mission_remarks(mission: Mission) -> tuple[str, ...]:
    """What can be planned with, but is hardly meant."""
    return tuple(says for look in REMARKS for says in look(mission))


def _empty(m: Mission) -> Iterator[str]:
    if not m.rotations:
        yield "no rotation is given; add first, months and rotations at the top, or a [[rotation]]"
    if not m.lines:
        yield "no line is given; add a [[line]] with id, capability and number"


def _twice(m: Mission) -> Iterator[str]:
    for what, names in (
        ("rotation", [one.name for one in m.rotations]),
        ("line", [one.id for one in m.lines]),
        ("pledge", [one.id for one in m.pledges]),
        ("caveat", [one.id for one in m.caveats]),
        ("ceiling of", [one.party for one in m.ceilings]),
    ):
        yield from (f"{what} {name!r} stands {count} times; give each a name of its own" for name, count in Counter(names).items() if count > 1)


def _spans(m: Mission) -> Iterator[str]:
    for one in m.rotations:
        if one.days.start is None or one.days.end is None:
            yield f"rotation {one.name!r} is open; give it its first day and its end"
    for first, then in pairwise(m.rotations):
        if first.days.end is not None and then.days.start is not None and then.days.start < first.days.end:
            yield f"rotation {then.name!r} begins on {then.days.start}, before {first.name!r} has ended; put them in order, without overlap"
    spans = [(f"rotation {one.name!r}", one.days) for one in m.rotations] + [(f"line {one.id!r}", one.days) for one in m.lines]
    spans += [(f"pledge {one.id!r}", one.days) for one in m.pledges] + [(f"caveat {one.id!r}", one.days) for one in m.caveats]
    spans += [(f"the acceptance of {one.pledge!r}", one.days) for one in m.accepted] + [(f"the gap in {one.line!r}", one.days) for one in m.gaps]
    for what, days in spans:
        if days.start is not None and days.end is not None and days.start >= days.end:
            yield f"{what} is from {days.start} until {days.end}: it ends before it has begun; put the later day last"


def _numbers(m: Mission) -> Iterator[tuple[str, int, int]]:
    """What, how much, and the least that it can be."""
    for line in m.lines:
        yield f"line {line.id!r}, number", line.number, 1
        yield from ((f"line {line.id!r}, {name}", value or 0, 0) for name, value in (("readiness", line.readiness), ("weight", line.weight)))
    for pledge in m.pledges:
        yield f"pledge {pledge.id!r}, number", pledge.number, 1
        given = ("persons", pledge.persons), ("notice", pledge.notice), ("rest", pledge.rest), ("cost", pledge.cost)
        yield from ((f"pledge {pledge.id!r}, {name}", value or 0, 0) for name, value in given)
    yield from ((f"caveat {one.id!r}, longest", 1 if one.longest is None else one.longest, 1) for one in m.caveats)
    yield from ((f"the acceptance of {one.pledge!r}, number", one.number, 1) for one in m.accepted)
    yield from ((f"the share of {party}", share, 0) for party, share in m.shares)
    yield "burden", m.burden, 0


def _small(m: Mission) -> Iterator[str]:
    for what, number, least in _numbers(m):
        if number < least:
            yield f"{what} is {number}; it cannot be less than {least}"


def _named(m: Mission) -> Iterator[str]:
    lines, pledges = [one.id for one in m.lines], {one.id: one for one in m.pledges}
    yield from _absent("is for", "line", ((f"pledge {one.id!r}", one.line) for one in m.pledges), lines)
    yield from _absent("is on", "pledge", ((f"caveat {one.id!r}", one.pledge) for one in m.caveats), pledges)
    yield from _absent("names", "line", ((f"the acceptance of {one.pledge!r}", one.line) for one in m.accepted), lines)
    yield from _absent("names", "pledge", (("an acceptance", one.pledge) for one in m.accepted), pledges)
    yield from _absent("names", "line", (("an accepted gap", one.line) for one in m.gaps), lines)
    for one in m.caveats:
        if one.pledge in pledges and pledges[one.pledge].party != one.party:
            whose = pledges[one.pledge].party
            yield f"caveat {one.id!r} of {one.party} is on {one.pledge!r}, a pledge of {whose}; a caveat is on a pledge of one's own"


def _absent(says: str, what: str, given: Iterable[tuple[str, str | None]], there: Iterable[str]) -> Iterator[str]:
    known = sorted(there)
    some = ", ".join(known[:NAMED]) or "none"
    more = ", ..." if len(known) > NAMED else ""
    for who, name in given:
        if name is not None and name not in known:
            yield f"{who} {says} the {what} {name!r}, which is not given; there are: {some}{more}"


def _contradictory(m: Mission) -> Iterator[str]:
    for broken in check_forces(m, accepted_plan(m)):
        yield f"what is accepted cannot all be carried out: {broken}; accept less, or raise what limits it"


def _not_looked_at(m: Mission) -> Iterator[str]:
    if m.mandate is None:
        yield "no mandate is given: nothing is said of whether there is one on the days served"
    if m.cover is None and any(line.territory is not None for line in m.lines):
        yield "no legal cover is given: nothing is said of whether forces may be where the lines send them"


def _without_use(m: Mission) -> Iterator[str]:
    capabilities = {line.capability for line in m.lines}
    for one in m.pledges:
        if one.capability not in capabilities:
            yield f"pledge {one.id!r} is {one.capability!r}, which no line asks for"
    bare = sorted({one.id for one in m.pledges if one.cost is None})
    if bare:
        some = ", ".join(bare[:NAMED]) + (", ..." if len(bare) > NAMED else "")
        yield f"no cost is said of {len(bare)} pledges ({some}); they count as 0"
    parties = {one.party for one in m.pledges}
    for party in sorted({one.party for one in m.caveats if one.pledge is None} - parties):
        yield f"{party} has a caveat and no pledge"


def _idle_caveats(m: Mission) -> Iterator[str]:
    """Words in a caveat that no line has: a slip of the pen, as likely as not."""
    tasks = {task for line in m.lines for task in line.tasks}
    places, commands = {line.territory for line in m.lines}, {line.command for line in m.lines}
    for one in m.caveats:
        for what, idle in (("task", one.tasks - tasks), ("territory", one.territories - places), ("command", one.commands - commands)):
            yield from (f"caveat {one.id!r} excludes the {what} {name!r}, which no line has" for name in sorted(idle))


LOOKS: tuple[Callable[[Mission], Iterator[str]], ...] = (_empty, _twice, _spans, _small, _named)
REMARKS: tuple[Callable[[Mission], Iterator[str]], ...] = (_not_looked_at, _without_use, _idle_caveats)
