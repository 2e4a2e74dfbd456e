"""Why has a budget no plan? The fewest demands that cannot be met together, in words, and what would do: so much more money, so much less asked.

Each claim is the outcome of solving the problem again without a demand, or with one eased.
Source: explaining.py (the deletion filter); how-budgets-are-allocated.md, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from comity.allocations import Balance, BudgetProblem, MoneyPot, ScarceResource
from comity.planning.explaining import SECONDS, Demand, Impasse, conflict

BudgetDemand = Demand[BudgetProblem]
BudgetImpasse = Impasse[BudgetProblem]


def conflicting_in_budget(problem: BudgetProblem, left: Callable[[], float]) -> BudgetImpasse | None:
    """The conflict because of which the budget has no plan; None: it has one, or that is not known in the time."""
    from comity.planning.allocation_searching import is_allocation_possible

    return conflict(problem, list(budget_demands(problem)), lambda one: is_allocation_possible(one, min(SECONDS, left())))


def budget_demands(problem: BudgetProblem) -> Iterator[BudgetDemand]:
    """Everything that the problem asks for and that could be dropped."""
    most = sum(max((sum(level.costs) * problem.years for level in one.levels), default=0) for one in problem.initiatives)
    for one in problem.initiatives:
        if one.must is not None:
            yield Demand("must", f"{one.id} must be funded at {one.must!r} or above", partial(_altered, one.id, must=None))
        if one.out:
            yield Demand("out", f"{one.id} was decided to be left out", partial(_altered, one.id, out=False))
        if (one.earliest, one.latest) != (0, problem.years - 1):
            says = f"{one.id} begins in year {one.earliest} to {one.latest} of the problem, from 0"
            yield Demand("window", says, partial(_altered, one.id, earliest=0, latest=problem.years - 1))
    for need in problem.needs:
        yield Demand("needs", f"{need.initiative} needs {need.other}", partial(_dropped, "needs", need))
    for exclusion in problem.exclusions:
        says = f"of {', '.join(exclusion.initiatives)} at most {exclusion.most} are funded"
        yield Demand("excludes", says, partial(_dropped, "exclusions", exclusion))
    for pot in problem.pots:
        yield Demand("money", _pot_says(pot), partial(_richer, pot, amount=most), partial(_richer, pot), max(1, most), "with {:,} more in each year")
    for resource in problem.resources:
        says = f"there is {_figures(resource.amounts)} of {resource.id}"
        used = sum(
            max((max(a, default=0) for level in i.levels for name, a in level.uses if name == resource.id), default=0) for i in problem.initiatives
        )
        yield Demand(
            "resources", says, partial(_dropped, "resources", resource), partial(_larger, resource), max(1, used), "with {:,} more in each year"
        )
    for balance in problem.balances:
        yield from _balance(balance)


def _balance(one: Balance) -> Iterator[BudgetDemand]:
    what = f"on {one.by} {one.name}"
    for key, says, unit in (
        ("least", "{} or more is spent {}", "less"),
        ("most", "{} or less is spent {}", "more"),
        ("least_share", "{} % or more of all is spent {}", "per cent less"),
        ("most_share", "{} % or less of all is spent {}", "per cent more"),
    ):
        figure: int | None = getattr(one, key)
        if figure is not None:
            sign = -1 if key.startswith("least") else 1
            room = figure if sign < 0 else 100 - figure if key.endswith("share") else 0
            eased = partial(_eased, one, key, sign) if room else None
            yield Demand("balance", says.format(f"{figure:,}", what), partial(_eased, one, key, 0), eased, room, f"with {{:,}} {unit}")


def _pot_says(pot: MoneyPot) -> str:
    only = " and ".join(", ".join(names) for names in (pot.kinds, pot.partners, pot.regions) if names)
    return f"there is {_figures(pot.amounts)} in {pot.id}{f', for {only} alone' if only else ''}"


def _figures(amounts: tuple[int, ...]) -> str:
    return f"{amounts[0]:,} a year" if len(set(amounts)) == 1 else ", ".join(f"{one:,}" for one in amounts)


def _altered(name: str, problem: BudgetProblem, **other: Any) -> BudgetProblem:
    return replace(problem, initiatives=tuple(replace(one, **other) if one.id == name else one for one in problem.initiatives))


def _dropped(field: str, what: object, problem: BudgetProblem) -> BudgetProblem:
    kept: dict[str, Any] = {field: tuple(one for one in getattr(problem, field) if one != what)}
    if field == "resources" and isinstance(what, ScarceResource):
        return _larger(what, problem, 10**9)
    return replace(problem, **kept)


def _richer(pot: MoneyPot, problem: BudgetProblem, amount: int) -> BudgetProblem:
    more = replace(pot, amounts=tuple(one + amount for one in pot.amounts))
    return replace(problem, pots=tuple(more if one.id == pot.id else one for one in problem.pots))


def _larger(resource: ScarceResource, problem: BudgetProblem, amount: int) -> BudgetProblem:
    more = replace(resource, amounts=tuple(one + amount for one in resource.amounts))
    return replace(problem, resources=tuple(more if one.id == resource.id else one for one in problem.resources))


def _eased(balance: Balance, key: str, sign: int, problem: BudgetProblem, amount: int = 0) -> BudgetProblem:
    """The balance with one of its figures further out by so much; ``sign`` 0: without it."""
    figure: dict[str, Any] = {key: None if sign == 0 else getattr(balance, key) + sign * amount}
    found = []
    for one in problem.balances:
        same = (one.by, one.name) == (balance.by, balance.name) and getattr(one, key) == getattr(balance, key)
        found.append(replace(one, **figure) if same else one)
    return replace(problem, balances=tuple(found))
