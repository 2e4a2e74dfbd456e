"""How is one exercise best held beside what a draft holds already: in which of its ways, from when, with whom?

For each option the nations are chosen that together gain most: the targets still missed that they would meet, less what they cost. All who could meet
a target begin in it; those whose part is worth least leave, until everybody is worth its cost and there is room; then some are exchanged.
This finds good choices, not always the best one.
"""

from __future__ import annotations

from random import Random

from comity.planning.drafts import Draft, Placed
from comity.planning.options import Option

EXCHANGES = 20
"""How many exchanges are tried at most."""
Gains = dict[int, dict[int, int]]


def best(draft: Draft, exercise: int, rng: Random) -> tuple[int, Placed] | None:
    """What the best way found to hold it takes off the total, and that way; None: it takes nothing off, or there is none."""
    found: tuple[int, Placed] | None = None
    must = draft.options.must[exercise]
    for option in draft.options.of[exercise]:
        gains, most = _gains(draft, option)
        over = 0 if found is None else found[0]
        if (must and found is None) or most - option.weighs > over:
            if draft.fits(option):
                placed = _chosen(draft, option, gains, rng)
                if placed is not None and ((must and found is None) or placed[0] > over):
                    found = placed
    return found


def _gains(draft: Draft, option: Option) -> tuple[Gains, int]:
    """What each two nations would gain together, and what all would: with what units take off the weight of the change, no option gains more."""
    gains: Gains = {}
    met, weights, together = draft.met, draft.weights, option.back
    forces: dict[int, bool] = {}
    for a, b, target in option.meets:
        if not met[target] and _sends(draft, option, a, forces) and _sends(draft, option, b, forces):
            mine, theirs = gains.setdefault(a, {}), gains.setdefault(b, {})
            mine[b] = theirs[a] = mine.get(b, 0) + weights[target]
            together += weights[target]
    return gains, together


def _sends(draft: Draft, option: Option, nation: int, known: dict[int, bool]) -> bool:
    """Has the nation a unit that is free?"""
    if nation not in known:
        known[nation] = any(draft.is_free(unit, option) for unit, _, _ in option.forces[nation])
    return known[nation]


def _chosen(draft: Draft, option: Option, gains: Gains, rng: Random) -> tuple[int, Placed] | None:
    one = draft.problem.exercises[option.exercise]
    units = {unit: (unit, cost, weighs) for unit, cost, weighs in option.units if unit in option.needed}
    if not all(draft.is_free(unit, option) for unit in units):
        return None
    kept = {draft.options.of_unit[unit] for unit in units}
    forces = {nation: _force(draft, option, nation) for nation in gains if nation not in kept}
    there = {*gains, *kept}
    worth = {nation: sum(gains[nation].values()) if nation in gains else 0 for nation in there}
    _leave(there, worth, gains, {nation: force[2] for nation, force in forces.items()}, one.most, kept, rng)
    if len(gains) > one.most:
        _exchange(there, worth, gains, kept)
    units |= {forces[nation][0]: forces[nation] for nation in there - kept}
    if len(units) < one.least and not _fill(draft, option, units, one.least):
        return None
    if len(units) > one.most or not draft.affords(option, ((unit, cost) for unit, cost, _ in units.values())):
        return None
    nations = {*there, *(draft.options.of_unit[unit] for unit in units)}
    met = sum(draft.weights[target] for a, b, target in option.meets if a in nations and b in nations and not draft.met[target])
    gain = met - option.weighs - sum(weighs for _, _, weighs in units.values())
    return gain, Placed(option, frozenset(units))


def _force(draft: Draft, option: Option, nation: int) -> tuple[int, int, int]:
    """The unit that the nation would send: of those that are free, the one that weighs least."""
    return next(one for one in option.forces[nation] if draft.is_free(one[0], option))


def _leave(there: set[int], worth: dict[int, int], gains: Gains, weighs: dict[int, int], most: int, kept: set[int], rng: Random) -> None:
    """Those worth least leave, until all are worth what they weigh and there is room."""
    while True:
        some = [nation for nation in there if nation not in kept]
        if not some:
            return
        least = min(some, key=lambda nation: (worth[nation] - weighs[nation], rng.random()))
        if len(there) <= most and worth[least] > weighs[least]:
            return
        there.discard(least)
        for other, gain in gains.get(least, {}).items():
            if other in there:
                worth[other] -= gain


def _exchange(there: set[int], worth: dict[int, int], gains: Gains, kept: set[int]) -> None:
    """One that is out for one that is in, as long as that gains something."""
    for _ in range(EXCHANGES):
        outside = [(sum(gain for other, gain in gains[nation].items() if other in there), nation) for nation in gains if nation not in there]
        pair = next(
            ((new, old) for gain, new in sorted(outside, reverse=True) for old in there - kept if gain - gains[new].get(old, 0) > worth[old]), None
        )
        if pair is None:
            return
        new, old = pair
        there.discard(old)
        there.add(new)
        for nation in there:
            worth[nation] = sum(gain for other, gain in gains.get(nation, {}).items() if other in there)


def _fill(draft: Draft, option: Option, units: dict[int, tuple[int, int, int]], least: int) -> bool:
    """The cheapest units that are free besides, up to the least number."""
    for one in sorted(option.units, key=lambda unit: unit[2]):
        if len(units) >= least:
            break
        if one[0] not in units and draft.is_free(one[0], option):
            units[one[0]] = one
    return len(units) >= least
