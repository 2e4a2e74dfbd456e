"""Is a budget's problem one at all? What contradicts itself in it, or names what is not there, with where that stands; nothing is planned before.

Source: how-budgets-are-allocated.md, section 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from comity.allocations.problems import BudgetProblem, Initiative, MoneyPot, OutcomeEffect, ScarceResource, Synergy

SOURCES = ("judgement", "estimate", "indicator")
"""What the figures of an effect may come from."""
NAMED = 8
"""So many names are told of those that there are."""
Place = tuple[str | int, ...]
"""Where in a problem's file: the table, its number from 0, the key."""


@dataclass(frozen=True, slots=True)
class Unsound:
    """Something that has to be put right before anything can be planned: where, and in words."""

    place: Place
    says: str


def unsound_budget(problem: BudgetProblem) -> tuple[Unsound, ...]:
    """What has to be put right before anything can be planned."""
    return tuple(Unsound(place, says) for look in LOOKS for place, says in look(problem))


def budget_remarks(problem: BudgetProblem) -> tuple[str, ...]:
    """What can be planned with, but has to be borne in mind."""
    return tuple(_remarks(problem))


Said = Iterator[tuple[Place, str]]


def _empty(p: BudgetProblem) -> Said:
    if not p.pots:
        yield (), "there is no money; give budget = [a figure for each year], or a [[pot]]"
    if not p.initiatives:
        yield (), "no initiative is given; add an [[initiative]]"
    if not p.outcomes:
        yield (), "no outcome is given; add an [[outcome]] with a target and its unit"
    elif not any(one.weight for one in p.outcomes):
        yield (
            ("outcome", 0, "weight"),
            "the weights of all outcomes are 0, so that every plan is worth the same; give one of them a weight of 1 or more",
        )
    for n, one in enumerate(p.initiatives):
        if not one.levels:
            yield ("initiative", n), f"initiative {one.id!r} has no level; add an [[initiative.level]] with its cost"


def _twice(p: BudgetProblem) -> Said:
    for table, names in (
        ("pot", [one.id for one in p.pots]),
        ("resource", [one.id for one in p.resources]),
        ("outcome", [one.id for one in p.outcomes]),
        ("initiative", [one.id for one in p.initiatives]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield (table, names.index(name)), f"{table} {name!r} stands {count} times; give each a name of its own"
    for n, one in enumerate(p.initiatives):
        for name, count in Counter(level.name for level in one.levels).items():
            if count > 1:
                yield ("initiative", n), f"initiative {one.id!r} has {count} levels {name!r}; give each a name of its own"


def _years(p: BudgetProblem) -> Said:
    for table, n, one in _amounts(p):
        if len(one.amounts) != p.years:
            yield (table, n, "amounts"), f"{table} {one.id!r} has figures for {len(one.amounts)} years; there are {p.years}"
    for n, initiative in enumerate(p.initiatives):
        if initiative.earliest > initiative.latest:
            yield ("initiative", n), f"initiative {initiative.id!r}: its earliest first year comes after its latest; put the later one last"
        elif not 0 <= initiative.earliest <= initiative.latest < p.years:
            yield (
                ("initiative", n),
                f"initiative {initiative.id!r}: its first year may be one outside the {p.years} years that are planned; keep it within them",
            )


def _negative(p: BudgetProblem) -> Said:
    for place, what, number in _numbers(p):
        if number is not None and number < 0:
            yield place, f"{what} is {number}; it cannot be less than 0"
    for n, pot in enumerate(p.pots):
        if pot.carry > 100:
            yield ("pot", n, "carry"), f"pot {pot.id!r} carries {pot.carry} % of what is left; 100 is all"
    for n, balance in enumerate(p.balances):
        for key, share in (("least_share", balance.least_share), ("most_share", balance.most_share)):
            if share is not None and share > 100:
                yield ("balance", n, key), f"the balance of {balance.by} {balance.name!r}: {share} % is more than all; give 100 or less"


def _amounts(p: BudgetProblem) -> Iterator[tuple[str, int, MoneyPot | ScarceResource]]:
    """What has a figure for each year, with its table and its number there."""
    yield from (("pot", n, one) for n, one in enumerate(p.pots))
    yield from (("resource", n, one) for n, one in enumerate(p.resources))


def _numbers(p: BudgetProblem) -> Iterator[tuple[Place, str, int | None]]:
    for table, n, one in _amounts(p):
        yield from (((table, n, "amounts"), f"{table} {one.id!r}, an amount", amount) for amount in one.amounts)
    yield from ((("pot", n, "carry"), f"pot {one.id!r}, carry", one.carry) for n, one in enumerate(p.pots))
    yield from ((("outcome", n, "weight"), f"outcome {one.id!r}, weight", one.weight) for n, one in enumerate(p.outcomes))
    yield from ((("need", n, "lag"), f"what {one.initiative!r} needs, lag", one.lag) for n, one in enumerate(p.needs))
    yield from ((("exclusion", n, "most"), "an exclusion, most", one.most) for n, one in enumerate(p.exclusions))
    for n, balance in enumerate(p.balances):
        figures = {"least": balance.least, "most": balance.most, "least_share": balance.least_share, "most_share": balance.most_share}
        yield from ((("balance", n, key), f"the balance of {balance.by} {balance.name!r}, {key}", figure) for key, figure in figures.items())
    for n, initiative in enumerate(p.initiatives):
        for k, level in enumerate(initiative.levels):
            place, who = ("initiative", n, "level", k), f"initiative {initiative.id!r}, level {level.name!r}"
            yield from (((*place, "cost"), f"{who}: a cost", cost) for cost in level.costs)
            yield from (((*place, "uses"), f"{who}: its use of {name!r}", amount) for name, amounts in level.uses for amount in amounts)
            yield (*place, "years"), f"{who}: its years", level.years
    yield from ((place, f"{who}: after", effect.after) for place, who, effect in _effects(p))


def _named(p: BudgetProblem) -> Said:
    initiatives = {one.id: one for one in p.initiatives}
    resources, outcomes = {one.id for one in p.resources}, {one.id for one in p.outcomes}
    groups = {axis: {name for one in p.initiatives for name in one.named(axis)} for axis in ("partner", "kind", "region")}
    for at_effect, who, effect in _effects(p):
        yield from _absent(at_effect, f"{who} names", "outcome", (effect.outcome,), outcomes)
    for n, initiative in enumerate(p.initiatives):
        place: Place = ("initiative", n)
        for k, level in enumerate(initiative.levels):
            who = f"initiative {initiative.id!r}, level {level.name!r} uses"
            yield from _absent((*place, "level", k, "uses"), who, "resource", (name for name, _ in level.uses), resources)
        yield from _levels((*place, "must"), f"initiative {initiative.id!r} must be funded at", initiative, initiative.must)
        if initiative.must is not None and initiative.out:
            yield (*place, "out"), f"initiative {initiative.id!r} must be funded, and was decided to be left out; keep one of the two"
    for n, need in enumerate(p.needs):
        yield from _absent(("need", n), "a need names", "initiative", (need.initiative, need.other), initiatives)
        for key, name, at in (("level", need.initiative, need.level), ("other_level", need.other, need.other_level)):
            if name in initiatives:
                yield from _levels(("need", n, key), f"a need names, of {name!r},", initiatives[name], at)
    for n, exclusion in enumerate(p.exclusions):
        yield from _absent(("exclusion", n), "an exclusion names", "initiative", exclusion.initiatives, initiatives)
    for n, synergy in enumerate(p.synergies):
        yield from _absent(("synergy", n), "a synergy names", "initiative", synergy.initiatives, initiatives)
        if synergy.initiatives[0] == synergy.initiatives[1]:
            yield ("synergy", n), f"a synergy names {synergy.initiatives[0]!r} twice; name two initiatives"
        for name, at in zip(synergy.initiatives, synergy.levels, strict=True):
            if name in initiatives:
                yield from _levels(("synergy", n, "levels"), f"a synergy names, of {name!r},", initiatives[name], at)
    for n, balance in enumerate(p.balances):
        yield from _absent(("balance", n), "a balance names", balance.by, (balance.name,), groups[balance.by])
    for n, pot in enumerate(p.pots):
        yield from _absent(("pot", n, "kinds"), f"pot {pot.id!r} names", "kind", pot.kinds, groups["kind"])
        yield from _absent(("pot", n, "partners"), f"pot {pot.id!r} names", "partner", pot.partners, groups["partner"])
        yield from _absent(("pot", n, "regions"), f"pot {pot.id!r} names", "region", pot.regions, groups["region"])


def _absent(place: Place, who: str, what: str, names: Iterable[str], there: Iterable[str]) -> Said:
    known = sorted(there)
    some, more = ", ".join(known[:NAMED]) or "none", ", ..." if len(known) > NAMED else ""
    yield from ((place, f"{who} the {what} {name!r}, which is not given; there are: {some}{more}") for name in names if name not in known)


def _levels(place: Place, who: str, initiative: Initiative, level: str | None) -> Said:
    names = [one.name for one in initiative.levels]
    if level is not None and level not in names:
        yield place, f"{who} the level {level!r}, which it does not have; it has: {', '.join(names) or 'none'}"


def _effects(p: BudgetProblem) -> Iterator[tuple[Place, str, OutcomeEffect | Synergy]]:
    for n, initiative in enumerate(p.initiatives):
        for k, level in enumerate(initiative.levels):
            for j, effect in enumerate(level.effects):
                yield ("initiative", n, "level", k, "effect", j), f"an effect of {initiative.id!r}, level {level.name!r}", effect
    for n, synergy in enumerate(p.synergies):
        yield ("synergy", n), f"the synergy of {' and '.join(synergy.initiatives)}", synergy


def _evidence(p: BudgetProblem) -> Said:
    for place, who, effect in _effects(p):
        if not effect.source:
            yield place, f"{who} on {effect.outcome!r} has no source; say where it comes from: source = one of {', '.join(SOURCES)}"
        elif effect.source not in SOURCES:
            yield place, f"{who} on {effect.outcome!r} has the source {effect.source!r}; choose one of {', '.join(SOURCES)}"
        low, expected, high = effect.low, effect.expected, effect.high
        if expected is None and (low is not None or high is not None):
            yield place, f"{who} on {effect.outcome!r} is unknown and has a low or high figure; leave these out, or give what is expected"
        elif low is not None and expected is not None and high is not None and not low <= expected <= high:
            yield place, f"{who} on {effect.outcome!r}: low {low}, expected {expected}, high {high} are not in order; put the least first"


def _targets(p: BudgetProblem) -> Said:
    for n, one in enumerate(p.outcomes):
        if not one.unit:
            yield ("outcome", n), f"outcome {one.id!r} has a target of {one.target} and no unit; say of what: unit = ..."
        if one.target < 1:
            yield ("outcome", n, "target"), f"outcome {one.id!r} has a target of {one.target}; give 1 or more"
        place, before, worth = ("outcome", n, "returns"), 0, None
        for k, step in enumerate(one.returns):
            if step.upto is None and k < len(one.returns) - 1:
                yield place, f"outcome {one.id!r}: step {k + 1} of its returns goes to the end, and another comes after it; give it upto = ..."
            if step.upto is not None and step.upto <= before:
                yield place, f"outcome {one.id!r}: step {k + 1} of its returns ends at {step.upto}, where it has not begun; put the steps in order"
            if step.counts < 0 or (worth is not None and step.counts > worth):
                after = "" if worth is None else f", after {worth} %"
                yield (
                    place,
                    f"outcome {one.id!r}: step {k + 1} of its returns counts {step.counts} %{after}; none more than the one before, none below 0",
                )
            before, worth = step.upto or before, step.counts


def _circles(p: BudgetProblem) -> Said:
    """What needs itself, by way of others."""
    needs: dict[str, list[str]] = {}
    for need in p.needs:
        needs.setdefault(need.initiative, []).append(need.other)
    told: set[frozenset[str]] = set()
    for n, need in enumerate(p.needs):
        circle = _way_back(need.initiative, needs)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield ("need", n), f"what is needed goes round in a circle: {' needs '.join([*circle, circle[0]])}; take one of these away"


def _way_back(start: str, needs: dict[str, list[str]]) -> list[str] | None:
    """From an initiative by what it needs back to it, the shortest way; None: there is none."""
    ways, seen = [[start]], {start}
    for way in ways:
        for name in needs.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return None


def _remarks(p: BudgetProblem) -> Iterator[str]:
    unknown = [(who, effect) for _, who, effect in _effects(p) if effect.expected is None]
    if unknown:
        yield f"{len(unknown)} effects are unknown: they count nothing in what a plan is worth, and are told beside it"
    touched = {effect.outcome for _, _, effect in _effects(p) if effect.expected is not None}
    for one in p.outcomes:
        if one.id not in touched:
            yield f"no initiative has a known effect on {one.id!r}: it is not attained whatever is planned"
    if p.initiatives and all(effect.source == "judgement" for _, _, effect in _effects(p)):
        yield "every effect is a judgement: nothing here was measured"


LOOKS: tuple[Callable[[BudgetProblem], Said], ...] = (_empty, _twice, _years, _negative, _named, _evidence, _targets, _circles)
