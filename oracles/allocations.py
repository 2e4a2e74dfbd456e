"""The slow reading of docs/explanation/how-budgets-are-allocated.md: which rules a plan breaks, what it is worth, and the best of all plans of a
small problem, found by trying every one.

It goes through every year, literally as the text says, and shares nothing with the checker or the search but types.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from math import floor

from comity.allocations.problems import (
    AllocationPlan,
    BudgetProblem,
    Chosen,
    Initiative,
    InitiativeLevel,
    MoneyPot,
    OutcomeEffect,
    Payment,
    Synergy,
    TargetOutcome,
)

Effect = OutcomeEffect | Synergy
Said = tuple[tuple[tuple[str, int, int, int], ...], tuple[int, ...], int, tuple[tuple[tuple[str, ...], str, str], ...]]
"""Each outcome with what is added up, what counts and its points; the value by rank; the cost; what is not known."""


class Reading:
    """One plan beside its problem."""

    def __init__(self, problem: BudgetProblem, plan: AllocationPlan) -> None:
        self.problem, self.plan = problem, plan
        self.years = range(problem.years)
        self.funded: dict[str, tuple[int, InitiativeLevel]] = {}
        for one in plan.chosen:
            for initiative in problem.initiatives:
                for level in initiative.levels:
                    if (initiative.id, level.name) == (one.initiative, one.level):
                        self.funded[one.initiative] = one.start, level

    def initiative(self, name: str) -> Initiative:
        return next(one for one in self.problem.initiatives if one.id == name)

    def pot(self, name: str) -> MoneyPot:
        return next(one for one in self.problem.pots if one.id == name)

    # -- what it takes (1.5)

    def figure(self, name: str, year: int, resource: str | None = None) -> int:
        """What the initiative costs in the year, or takes of the resource."""
        if name not in self.funded:
            return 0
        start, level = self.funded[name]
        figures = [level.costs] if resource is None else [amounts for of, amounts in level.uses if of == resource]
        last = self.problem.years if level.years is None else start + level.years
        return sum(some[year - start] if year - start < len(some) else some[-1] for some in figures if some and start <= year < last)

    def cost(self, name: str) -> int:
        return sum(self.figure(name, year) for year in self.years)

    # -- the rules (2)

    def broken(self) -> set[tuple[str, str]]:
        p, plan = self.problem, self.plan
        found = self.known() | self.once()
        if not found:
            _, value, cost, _ = self.worth("expected")
            bound = list(plan.bounds)
            lower = bound < list(value)[: len(bound)]
            if lower or plan.value not in (None, value) or plan.cost not in (None, cost):
                found.add(("figures", "the plan"))
        for one in p.initiatives:
            found |= {(rule, one.id) for rule in self.alone(one)}
        found |= {("needs", need.initiative) for need in p.needs if self.needs(need.initiative, need.level, need.other, need.other_level, need.lag)}
        for exclusion in p.exclusions:
            if len([name for name in exclusion.initiatives if name in self.funded]) > exclusion.most:
                found.add(("excludes", " and ".join(exclusion.initiatives)))
        return found | self.paid() | self.money() | self.scarce() | self.balanced()

    def known(self) -> set[tuple[str, str]]:
        found = set[tuple[str, str]]()
        names, pots = [one.id for one in self.problem.initiatives], [one.id for one in self.problem.pots]
        for one in self.plan.chosen:
            if one.initiative not in names or one.level not in [level.name for level in self.initiative(one.initiative).levels]:
                found.add(("known", one.initiative))
        for paid in self.plan.paid:
            if paid.initiative not in names or paid.year not in self.years:
                found.add(("known", paid.initiative))
            if paid.pot not in pots:
                found.add(("known", paid.pot))
        return found

    def once(self) -> set[tuple[str, str]]:
        names = [one.initiative for one in self.plan.chosen]
        return {("once", name) for name in names if names.count(name) > 1}

    def reaches(self, name: str, least: str | None) -> bool:
        if name not in self.funded:
            return False
        levels = [level.name for level in self.initiative(name).levels]
        return least is None or self.funded[name][1].name in levels[levels.index(least) :]

    def alone(self, one: Initiative) -> Iterator[str]:
        if one.must is not None and not self.reaches(one.id, one.must):
            yield "must"
        if one.id in self.funded:
            if one.out:
                yield "out"
            if self.funded[one.id][0] not in range(one.earliest, one.latest + 1):
                yield "window"

    def needs(self, name: str, level: str | None, other: str, other_level: str | None, lag: int) -> bool:
        if not self.reaches(name, level):
            return False
        return not self.reaches(other, other_level) or self.funded[name][0] - self.funded[other][0] < lag

    def payments(self) -> list[Payment]:
        names, pots = [one.id for one in self.problem.initiatives], [one.id for one in self.problem.pots]
        return [one for one in self.plan.paid if one.initiative in names and one.pot in pots and one.year in self.years]

    def paid(self) -> set[tuple[str, str]]:
        found = {("paid", one.initiative) for one in self.payments() if one.amount < 0}
        for one in self.problem.initiatives:
            for year in self.years:
                if sum(p.amount for p in self.payments() if (p.initiative, p.year) == (one.id, year)) != self.figure(one.id, year):
                    found.add(("paid", one.id))
        return found | {("pots", p.initiative) for p in self.payments() if p.amount and not pays_for(self.pot(p.pot), self.initiative(p.initiative))}

    def money(self) -> set[tuple[str, str]]:
        found = set[tuple[str, str]]()
        for pot in self.problem.pots:
            carried = 0
            for year in self.years:
                left = pot.amounts[year] + carried - sum(p.amount for p in self.payments() if (p.pot, p.year) == (pot.id, year))
                if left < 0:
                    found.add(("money", pot.id))
                carried = floor(Fraction(left * pot.carry, 100)) if left > 0 else 0
        return found

    def scarce(self) -> set[tuple[str, str]]:
        return {
            ("resources", one.id)
            for one in self.problem.resources
            for year in self.years
            if sum(self.figure(name, year, one.id) for name in self.funded) > one.amounts[year]
        }

    def balanced(self) -> set[tuple[str, str]]:
        found, every = set[tuple[str, str]](), sum(self.cost(name) for name in self.funded)
        for one in self.problem.balances:
            spent = 0
            for name in self.funded:
                of = self.initiative(name)
                if one.name in {"partner": of.partners, "kind": (of.kind,), "region": (of.region,)}[one.by]:
                    spent += self.cost(name)
            where = f"{one.by} {one.name}"
            if (one.least is not None and spent < one.least) or (one.most is not None and spent > one.most):
                found.add(("amounts", where))
            low, high = (None if share is None else Fraction(share, 100) * every for share in (one.least_share, one.most_share))
            if (low is not None and spent < low) or (high is not None and spent > high):
                found.add(("shares", where))
        return found

    # -- what it is worth (3)

    def counted(self) -> Iterator[tuple[tuple[str, ...], Effect]]:
        """Each effect that shows, as often as it counts."""
        for name, (start, level) in self.funded.items():
            for effect in level.effects:
                shows = [year for year in self.years if year >= start + effect.after]
                if level.years is not None:
                    shows = shows[: level.years] if effect.yearly else shows
                yield from (((name,), effect) for _ in (shows if effect.yearly else shows[:1]))
        for synergy in self.problem.synergies:
            if all(self.reaches(name, least) for name, least in zip(synergy.initiatives, synergy.levels, strict=True)):
                begins = [self.funded[name][0] for name in synergy.initiatives]
                shows = [year for year in self.years if all(year >= begin + synergy.after for begin in begins)]
                yield from ((synergy.initiatives, synergy) for _ in (shows if synergy.yearly else shows[:1]))

    def worth(self, size: str) -> Said:
        outcomes, counted = self.problem.outcomes, list(self.counted())
        told = []
        for one in outcomes:
            figures = [getattr(effect, size) for _, effect in counted if effect.outcome == one.id]
            added = sum(figure for figure in figures if figure is not None)
            hundredths = self.returned(one, added)
            told.append((one.id, added, hundredths, min(10_000, floor(Fraction(hundredths * 10_000, 100 * one.target)))))
        ranks = sorted({one.rank for one in outcomes})
        value = tuple(sum(one.weight * at[3] for one, at in zip(outcomes, told, strict=True) if one.rank == rank) for rank in ranks)
        unknown = dict.fromkeys((of, effect.outcome, effect.evidence, id(effect)) for of, effect in counted if effect.expected is None)
        return tuple(told), value, sum(self.cost(name) for name in self.funded), tuple(one[:3] for one in unknown)

    def returned(self, outcome: TargetOutcome, added: int) -> int:
        """Unit by unit: with what each counts."""
        if not outcome.returns:
            return 100 * max(0, added)
        steps = [[step for step in outcome.returns if step.upto is None or unit < step.upto] for unit in range(max(0, added))]
        return sum(some[0].counts for some in steps if some)


def broken(problem: BudgetProblem, plan: AllocationPlan) -> set[tuple[str, str]]:
    """The rules that the plan breaks, each with where."""
    return Reading(problem, plan).broken()


def worth(problem: BudgetProblem, plan: AllocationPlan, size: str = "expected") -> Said:
    """What a plan comes to, all of which the problem has."""
    return Reading(problem, plan).worth(size)


def pays_for(pot: MoneyPot, one: Initiative) -> bool:
    """May the pot pay for it (1.2)?"""
    if pot.kinds and one.kind not in pot.kinds:
        return False
    if pot.partners and not set(pot.partners) & set(one.partners):
        return False
    return not pot.regions or one.region in pot.regions


def best(problem: BudgetProblem) -> tuple[tuple[int, ...], int] | None:
    """The value and the cost of the best plan, every plan tried; None: there is none. For small problems."""
    found: tuple[tuple[int, ...], int] | None = None
    for choice in itertools.product(*(_choices(one, problem.years) for one in problem.initiatives)):
        reading = Reading(problem, AllocationPlan(chosen=tuple(one for one in choice if one is not None)))
        rules = {rule for rule, _ in reading.broken()} - {"paid"}
        _, value, cost, _ = reading.worth("expected")
        if not rules and (found is None or (value, -cost) > (found[0], -found[1])) and _can_be_paid(reading):
            found = value, cost
    return found


def _choices(one: Initiative, years: int) -> list[Chosen | None]:
    return [None, *(Chosen(one.id, level.name, start) for level in one.levels for start in range(years))]


def _can_be_paid(reading: Reading) -> bool:
    """Does some way to pay keep within every pot? Every balance that the pots could have, year after year."""
    pots = reading.problem.pots
    balances = {tuple(0 for _ in pots)}
    for year in reading.years:
        balances = {tuple(pot.amounts[year] + had for pot, had in zip(pots, some, strict=True)) for some in balances}
        for name in reading.funded:
            able = [n for n, pot in enumerate(pots) if pays_for(pot, reading.initiative(name))]
            balances = {left for some in balances for left in _paying(some, reading.figure(name, year), able)}
        balances = {tuple(had * pot.carry // 100 for pot, had in zip(pots, some, strict=True)) for some in balances}
    return bool(balances)


def _paying(some: tuple[int, ...], due: int, able: list[int]) -> Iterator[tuple[int, ...]]:
    if not able:
        if not due:
            yield some
        return
    first, *others = able
    for amount in range(min(due, some[first]) + 1):
        yield from _paying((*some[:first], some[first] - amount, *some[first + 1 :]), due - amount, others)
