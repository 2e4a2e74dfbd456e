"""Does a plan keep the rules of its budget? Every rule that it breaks, by name, where and by how much: a solver is never trusted.

One function a rule, in one tuple. Nothing here is shared with what makes plans.
Source: how-budgets-are-allocated.md, section 2, which has the rules in this order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.allocations.problems import AllocationPlan, Balance, BudgetProblem, Chosen, Initiative, InitiativeLevel, MoneyPot, Payment
from comity.allocations.valuing import found_in, height, spent_by_year, worth_of
from comity.terms import Broken


@dataclass(frozen=True)
class CheckedAllocation:
    """A plan beside its problem, with what is looked up again and again."""

    problem: BudgetProblem
    plan: AllocationPlan

    @cached_property
    def initiatives(self) -> dict[str, Initiative]:
        return {one.id: one for one in self.problem.initiatives}

    @cached_property
    def pots(self) -> dict[str, MoneyPot]:
        return {one.id: one for one in self.problem.pots}

    @cached_property
    def funded(self) -> dict[str, tuple[Chosen, Initiative, InitiativeLevel]]:
        """What is chosen of what there is, at a level that it has; of one chosen twice, the later choice."""
        return {one.initiative: (one, initiative, level) for one, initiative, level in found_in(self.problem, self.plan.chosen)}

    @cached_property
    def spent(self) -> dict[str, tuple[int, ...]]:
        return spent_by_year(self.problem, self.plan)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """Those whose initiative, pot and year there are."""
        return tuple(
            one for one in self.plan.paid if one.initiative in self.initiatives and one.pot in self.pots and 0 <= one.year < self.problem.years
        )

    def spent_on(self, balance: Balance) -> int:
        """What is spent, over all years, on what the balance is about."""
        return sum(sum(costs) for name, costs in self.spent.items() if balance.name in self.initiatives[name].named(balance.by))


AllocationRule = Callable[[CheckedAllocation], Iterator[Broken]]


def check_allocation(problem: BudgetProblem, plan: AllocationPlan) -> tuple[Broken, ...]:
    """Every rule of the problem that the plan breaks; empty: it is a plan that could be carried out."""
    checked = CheckedAllocation(problem, plan)
    return tuple(broken for rule in ALLOCATION_RULES for broken in rule(checked))


def _known(c: CheckedAllocation) -> Iterator[Broken]:
    """1: what a plan names is there."""
    for one in c.plan.chosen:
        initiative = c.initiatives.get(one.initiative)
        if initiative is None:
            yield Broken("known", one.initiative, "the problem has no such initiative")
        elif one.level not in {level.name for level in initiative.levels}:
            yield Broken("known", one.initiative, f"it has no level {one.level!r}")
    for paid in c.plan.paid:
        if paid.initiative not in c.initiatives:
            yield Broken("known", paid.initiative, "is paid for, and the problem has no such initiative")
        if paid.pot not in c.pots:
            yield Broken("known", paid.pot, "the problem has no such pot")
        if not 0 <= paid.year < c.problem.years:
            yield Broken("known", paid.initiative, f"is paid for in year {paid.year}; there are {c.problem.years}, from 0")


def _once(c: CheckedAllocation) -> Iterator[Broken]:
    """2: an initiative is funded once, at one level."""
    for name, count in Counter(one.initiative for one in c.plan.chosen).items():
        if count > 1:
            yield Broken("once", name, f"is funded {count} times; once is all")


def _must(c: CheckedAllocation) -> Iterator[Broken]:
    """3: what must be funded is, at its level or a higher one."""
    for initiative in c.problem.initiatives:
        if initiative.must is not None and not _reaches(c, initiative.id, initiative.must):
            yield Broken("must", initiative.id, f"must be funded at {initiative.must!r} or above, and is not")


def _out(c: CheckedAllocation) -> Iterator[Broken]:
    """4: what was decided to be left out is."""
    for name, (_, initiative, _) in c.funded.items():
        if initiative.out:
            yield Broken("out", name, "is funded; it was decided to leave it out")


def _window(c: CheckedAllocation) -> Iterator[Broken]:
    """5: it begins between its earliest and its latest first year."""
    for name, (one, initiative, _) in c.funded.items():
        if not initiative.earliest <= one.start <= initiative.latest:
            yield Broken("window", name, f"begins in year {one.start}; it may from {initiative.earliest} to {initiative.latest}")


def _needs(c: CheckedAllocation) -> Iterator[Broken]:
    """6: what another needs is there, at its level, soon enough."""
    for need in c.problem.needs:
        if _reaches(c, need.initiative, need.level):
            begins = c.funded[need.initiative][0].start
            if not _reaches(c, need.other, need.other_level):
                yield Broken("needs", need.initiative, f"needs {need.other}{_at(need.other_level)}, which is not funded so")
            elif c.funded[need.other][0].start > begins - need.lag:
                when = c.funded[need.other][0].start
                yield Broken(
                    "needs", need.initiative, f"begins in year {begins} and needs {need.other} {need.lag} years before; that begins in {when}"
                )


def _excludes(c: CheckedAllocation) -> Iterator[Broken]:
    """7: of what excludes one another no more is funded than may be."""
    for exclusion in c.problem.exclusions:
        some = [name for name in exclusion.initiatives if name in c.funded]
        if len(some) > exclusion.most:
            yield Broken("excludes", " and ".join(exclusion.initiatives), f"{len(some)} of them are funded; {exclusion.most} may be")


def _paid(c: CheckedAllocation) -> Iterator[Broken]:
    """8: what is funded is paid for in each year, neither less nor more; nothing else is."""
    paid = Counter[tuple[str, int]]()
    for one in c.payments:
        if one.amount < 0:
            yield Broken("paid", one.initiative, f"{one.amount} is paid from {one.pot} in year {one.year}; it cannot be less than 0")
        paid[one.initiative, one.year] += one.amount
    for name in c.initiatives:
        costs = c.spent.get(name, (0,) * c.problem.years)
        for year, cost in enumerate(costs):
            if paid[name, year] != cost:
                yield Broken("paid", name, f"costs {cost} in year {year}; {paid[name, year]} is paid")


def _pots(c: CheckedAllocation) -> Iterator[Broken]:
    """9: a pot pays only for what it is for."""
    for one in c.payments:
        if one.amount and not admits(c.pots[one.pot], c.initiatives[one.initiative]):
            yield Broken("pots", one.initiative, f"is paid from {one.pot}, which is not for it")


def _money(c: CheckedAllocation) -> Iterator[Broken]:
    """10: no more comes out of a pot in a year than is in it, with what is left of the year before."""
    for pot in c.problem.pots:
        left = 0
        for year, amount in enumerate(pot.amounts):
            there = amount + left * pot.carry // 100
            out = sum(one.amount for one in c.payments if one.pot == pot.id and one.year == year)
            if out > there:
                yield Broken("money", pot.id, f"{out} comes out of it in year {year}; {there} is in it")
            left = max(0, there - out)


def _resources(c: CheckedAllocation) -> Iterator[Broken]:
    """11: no more of a scarce resource is taken in a year than there is."""
    for resource in c.problem.resources:
        for year, amount in enumerate(resource.amounts):
            used = sum(level.use_in(resource.id, year - one.start) for one, _, level in c.funded.values())
            if used > amount:
                yield Broken("resources", resource.id, f"{used} of it is taken in year {year}; there is {amount}")


def _amounts(c: CheckedAllocation) -> Iterator[Broken]:
    """12: with a partner, on a kind, in a region at least and at most so much is spent."""
    for one in c.problem.balances:
        spent = c.spent_on(one)
        if one.least is not None and spent < one.least:
            yield Broken("amounts", f"{one.by} {one.name}", f"{spent} is spent; at least {one.least} is to be")
        if one.most is not None and spent > one.most:
            yield Broken("amounts", f"{one.by} {one.name}", f"{spent} is spent; at most {one.most} may be")


def _shares(c: CheckedAllocation) -> Iterator[Broken]:
    """13: and such a part of all that is spent."""
    total = sum(sum(costs) for costs in c.spent.values())
    for one in c.problem.balances:
        spent = c.spent_on(one)
        if one.least_share is not None and 100 * spent < one.least_share * total:
            yield Broken("shares", f"{one.by} {one.name}", f"{spent} of {total} is spent; at least {one.least_share} % is to be")
        if one.most_share is not None and 100 * spent > one.most_share * total:
            yield Broken("shares", f"{one.by} {one.name}", f"{spent} of {total} is spent; at most {one.most_share} % may be")


def _figures(c: CheckedAllocation) -> Iterator[Broken]:
    """14: it is worth and costs what it says, and no bound lies below that. Judged where what it names is there, once."""
    if any(True for rule in (_known, _once) for _ in rule(c)):
        return
    worth = worth_of(c.problem, c.plan)
    if c.plan.value not in (None, worth.value):
        yield Broken("figures", "the plan", f"says that it is worth {_told(c.plan.value)}; it is worth {_told(worth.value)}")
    if c.plan.cost not in (None, worth.cost):
        yield Broken("figures", "the plan", f"says that it costs {c.plan.cost}; it costs {worth.cost}")
    if c.plan.bounds < worth.value[: len(c.plan.bounds)]:
        yield Broken("figures", "the plan", f"says that no plan is worth more than {_told(c.plan.bounds)}; it is worth {_told(worth.value)}")


def admits(pot: MoneyPot, initiative: Initiative) -> bool:
    """May the pot pay for the initiative?"""
    return (
        (not pot.kinds or initiative.kind in pot.kinds)
        and (not pot.partners or any(partner in pot.partners for partner in initiative.partners))
        and (not pot.regions or initiative.region in pot.regions)
    )


def _reaches(c: CheckedAllocation, name: str, level: str | None) -> bool:
    found = c.funded.get(name)
    return found is not None and height(found[1], found[2].name) >= height(found[1], level)


def _at(level: str | None) -> str:
    return "" if level is None else f" at {level!r} or above"


def _told(value: tuple[int, ...] | None) -> str:
    return ", ".join(f"{one:,}" for one in value or ()) or "nothing"


ALLOCATION_RULES: tuple[AllocationRule, ...] = (
    _known,
    _once,
    _must,
    _out,
    _window,
    _needs,
    _excludes,
    _paid,
    _pots,
    _money,
    _resources,
    _amounts,
    _shares,
    _figures,
)
"""The rules of a plan, in the order of the text."""
