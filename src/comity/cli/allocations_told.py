"""A budget's plan as one reads it: what is funded and what it comes to, who pays, how sure it is; what more, less or other would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from comity import allocations
from comity.allocations import AllocationPlan, Attained, BudgetProblem, UnknownEffect, worth_of
from comity.cli.rendering import console, show_notes, show_table

if TYPE_CHECKING:
    from comity.planning import Allocated, BudgetGiven, EffectRange, Impasse

SHOWN = 12
"""So many lines of a list are told; all of them with --json."""


@dataclass(slots=True)
class Told:
    """What was found of a problem: the plan, why there is none, and what was supposed besides (None: not asked)."""

    given: BudgetGiven
    found: Allocated
    why: Impasse[BudgetProblem] | None = None
    frontier: Mapping[str, Allocated] | None = None
    sizes: Mapping[str, Allocated] | None = None
    ranges: Sequence[EffectRange] | None = None
    cuts: Mapping[str, Allocated] | None = None
    more: Mapping[str, Allocated] | None = None
    amount: int = 0

    @property
    def problem(self) -> BudgetProblem:
        return self.given.problem

    @property
    def plan(self) -> AllocationPlan | None:
        return self.found.plan

    def curve(self) -> list[tuple[int, tuple[Attained, ...]]]:
        """How far each outcome is attained at each percentage of the money at which there is a plan."""
        some = (self.frontier or {}).items()
        return [(int(name.split()[0]), worth_of(self.problem, one.plan).attained) for name, one in some if one.plan is not None]


def tell_all(told: Told) -> None:
    """Prints all that was found."""
    out = console()
    if told.plan is None:
        _tell_why(told)
        return
    tell_plan(told.given, told.plan)
    out.print(proof(told.found), soft_wrap=True)
    if told.frontier is not None:
        _tell_frontier(told, told.frontier)
    if told.sizes is not None:
        _tell_sizes(told, told.sizes)
    if told.ranges is not None:
        _tell_ranges(told, told.ranges)
    if told.cuts is not None:
        _tell_losses(told, told.cuts, "without", "what is lost by cutting each")
    if told.more is not None:
        _tell_losses(told, told.more, f"{told.amount:,} more in", "what more money would buy")


def tell_plan(given: BudgetGiven, plan: AllocationPlan) -> None:
    """Prints what a plan funds, what it comes to, who pays, and what is not known."""
    problem, out = given.problem, console()
    worth = {size: worth_of(problem, plan, size) for size in ("low", "expected", "high")}
    years = [str(given.year(n)) for n in range(problem.years)]
    if given.title:
        out.print(Text(given.title, style="bold"))
    costs = allocations.spent_by_year(problem, plan)
    rows = [
        (one.initiative, one.level, *(f"{cost:,}" if cost else "·" for cost in costs[one.initiative]), f"{sum(costs[one.initiative]):,}")
        for one in sorted(plan.chosen, key=lambda one: -sum(costs[one.initiative]))
    ]
    show_table((f"funded ({problem.money})" if problem.money else "funded", "level", *years, "together"), rows)
    there = {one.id for one in problem.initiatives} - set(costs)
    if there:
        out.print(f"not funded: {', '.join(one.id for one in problem.initiatives if one.id in there)}", soft_wrap=True, markup=False)
    show_table(("paid from", *years, "together"), list(_pots(problem, plan)))
    found = [
        (
            one.id,
            f"{at.added:,} of {one.target:,} {one.unit}",
            percent(at.points),
            f"{percent(low.points)} to {percent(high.points)}",
            _unknown(one.id, worth["expected"].unknown),
        )
        for one, at, low, high in zip(problem.outcomes, worth["expected"].attained, worth["low"].attained, worth["high"].attained, strict=True)
    ]
    show_table(("outcome", "added up", "attained", "by low to by high figures", "not counted: unknown"), found)
    value = " then ".join(f"{one:,}" for one in worth["expected"].value)
    out.print(f"worth {value}; costs {worth['expected'].cost:,} {problem.money}".rstrip(), soft_wrap=True, markup=False)
    show_notes(allocations.budget_remarks(problem))


def _pots(problem: BudgetProblem, plan: AllocationPlan) -> Iterator[tuple[str, ...]]:
    for pot in problem.pots:
        paid = [sum(one.amount for one in plan.paid if (one.pot, one.year) == (pot.id, year)) for year in range(problem.years)]
        cells = (f"{out:,} of {amount:,}" for out, amount in zip(paid, pot.amounts, strict=True))
        yield pot.id, *cells, f"{sum(paid):,}"


def _unknown(outcome: str, some: Iterable[UnknownEffect]) -> str:
    return "; ".join(" with ".join(one.of) for one in some if one.outcome == outcome)


def percent(points: int) -> str:
    """Points of a target as a percentage."""
    return f"{points / 100:.1f} %"


def proof(found: Allocated) -> str:
    """How sure it is that no plan does better, in words."""
    took = f"({found.seconds:.0f} s)"
    plan = found.plan
    if found.cheapest:
        return f"proved: no plan is worth more, and none that is worth as much costs less {took}"
    if found.best:
        return f"proved: no plan is worth more; whether one that is worth as much costs less is not known {took}"
    if plan is None or plan.value is None or not found.bounds:
        return f"how far it is from the best possible is not known {took}"
    last = len(found.bounds) - 1
    value, bound = plan.value[last], found.bounds[last]
    where = f" in rank {last + 1}" if len(plan.value) > 1 else ""
    return f"no plan is worth more than {bound:,}{where}, so that it lacks at most {max(0, bound - value) / max(1, bound):.1%} of the best {took}"


def changes(plan: AllocationPlan, other: AllocationPlan) -> tuple[list[str], list[str], list[tuple[str, int]]]:
    """What another plan funds that the plan does not, at its level; what it does not that the plan does; what it begins so many years later."""
    begin, begins = ({(one.initiative, one.level): one.start for one in some.chosen} for some in (plan, other))
    moved = [(name, start - begin[name, level]) for (name, level), start in begins.items() if begin.get((name, level), start) != start]
    ours, theirs = ({one.initiative: one.level for one in some.chosen} for some in (plan, other))
    comes = [f"{name} ({level})" for name, level in theirs.items() if ours.get(name) != level]
    return comes, [f"{name} ({level})" for name, level in ours.items() if theirs.get(name) != level], moved


def _moves(told: Told, other: AllocationPlan) -> str:
    assert told.plan is not None
    comes, goes, moved = changes(told.plan, other)
    later = [f"{name} {abs(by)} {'years' if abs(by) > 1 else 'year'} {'later' if by > 0 else 'sooner'}" for name, by in moved]
    return "; ".join([*(f"+ {one}" for one in comes), *(f"- {one}" for one in goes), *later]) or "the same"


def _worth(one: Allocated) -> str:
    if one.plan is None:
        return "no plan" if one.none else "not known"
    said = ", ".join(f"{value:,}" for value in one.plan.value or ())
    return said if one.best else f"{said} or more"


def _tell_frontier(told: Told, found: Mapping[str, Allocated]) -> None:
    rows = []
    for name, one in found.items():
        money = sum(amount * int(name.split()[0]) // 100 for pot in told.problem.pots for amount in pot.amounts)
        spent = "" if one.plan is None else f"{one.plan.cost:,}"
        rows.append((name, f"{money:,}", spent, _worth(one), "" if one.plan is None else _moves(told, one.plan)))
    show_table(("money", "there is", "is spent", "worth", "beside the plan"), rows, title="\nwhat more and less money would yield")


def _tell_sizes(told: Told, found: Mapping[str, Allocated]) -> None:
    assert told.plan is not None
    rows = []
    for size, one in found.items():
        held = worth_of(told.problem, told.plan, "low" if size == "low" else "high").value
        moves = "" if one.plan is None else _moves(told, one.plan)
        rows.append((size, ", ".join(f"{value:,}" for value in held), _worth(one), moves))
    show_table(
        ("figures", "the plan is worth", "the best by them", "beside the plan"), rows, title="\nif every effect were as low, or as high, as it may be"
    )


def _tell_ranges(told: Told, found: Sequence[EffectRange]) -> None:
    if not told.found.cheapest:
        console().print("\nranges of effects: the plan is not proved best, so that it cannot be said within which figures it stays so")
        return
    held = [one for one in found if one.holds]
    rows = [
        (
            " with ".join(one.of) + (f" ({one.level})" if one.level else ""),
            one.outcome,
            one.source,
            f"{one.low} / {one.expected} / {one.high}",
            _range(one),
        )
        for one in found
        if not one.holds
    ]
    out = console()
    out.print(f"\nwithin the range of {len(held)} of {len(found)} effects the plan stays the best, each by itself; solved again at both ends of each")
    if rows:
        show_table(("effect of", "on", "source", "low / expected / high", "the plan is best"), rows)
        out.print(
            "where it does not stay the best the range was halved: the figures next to the limit were tried, not every one between", soft_wrap=True
        )


def _range(one: EffectRange) -> str:
    if one.lowest is None or one.highest is None:
        return "not known in the time"
    return f"from {one.lowest} to {one.highest}"


def _tell_losses(told: Told, found: Mapping[str, Allocated], what: str, title: str) -> None:
    assert told.plan is not None
    ours = worth_of(told.problem, told.plan)
    rows = []
    for name, one in found.items():
        if one.plan is None:
            rows.append((f"{what} {name}", _worth(one), "", ""))
            continue
        theirs = worth_of(told.problem, one.plan)
        moved = [
            f"{outcome.outcome} {(other.points - outcome.points) / 100:+.1f} %"
            for outcome, other in zip(ours.attained, theirs.attained, strict=True)
            if outcome.points != other.points
        ]
        by = ", ".join(f"{other - value:+,}" for value, other in zip(ours.value, theirs.value, strict=True))
        rows.append((f"{what} {name}", by if one.best else f"{by} or better", "; ".join(moved), _moves(told, one.plan)))
    show_table(("", "worth", "by outcome, of the target", "beside the plan"), rows, title=f"\n{title}")


def _tell_why(told: Told) -> None:
    out = console()
    if not told.found.none:
        out.print("no plan found in the time, and it is not known whether there is one; give it longer with --seconds", soft_wrap=True)
    elif told.why is None:
        out.print("there is no plan; why could not be found in the time", soft_wrap=True)
    else:
        sure = "These cannot be met together:" if told.why.sure else "Among these is why (not all could be tried):"
        out.print(f"there is no plan. {sure}", soft_wrap=True)
        for demand in told.why.demands:
            out.print(f"  - {demand.says}", soft_wrap=True, markup=False)
        for relief in told.why.reliefs:
            out.print(str(relief), soft_wrap=True, markup=False)
