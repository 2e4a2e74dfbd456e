"""Budgets put over generated initiatives: beside a plain greedy by value for money, and beside one linear model in HiGHS (through OR-Tools).

Every plan is checked and valued by the plain checker. A gap is (bound - value) / bound, by each solver's own bound.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from math import floor

from ortools.math_opt.python import mathopt

from bench.page import machine
from comity.allocations import (
    IN_FULL,
    WHOLE,
    AllocationPlan,
    Balance,
    BudgetProblem,
    Chosen,
    Initiative,
    InitiativeExclusion,
    InitiativeLevel,
    InitiativeNeed,
    MoneyPot,
    OutcomeEffect,
    Payment,
    Return,
    ScarceResource,
    Synergy,
    TargetOutcome,
    admits,
    check_allocation,
    height,
    times_shown,
    worth_of,
)
from comity.planning import allocate

SIZES, YEARS, SECONDS = (40, 120), 5, 30
KINDS, PARTNERS = ("exercise", "training", "systems", "posts"), tuple(f"P{n}" for n in range(8))
Outcome = tuple[AllocationPlan | None, int | None, float]
"""The plan, the bound, how long it took."""


def section(sizes: tuple[int, ...] = SIZES, seconds: float = SECONDS) -> list[str]:
    """The lines of the page."""
    lines = [f"{machine()}. Every plan passes the checker, and is worth what the checker says.", ""]
    lines += ["| initiatives | | worth | of the least bound | costs | bound | gap | seconds |", "|---|---|---|---|---|---|---|---|"]
    for size in sizes:
        problem = generated_budget(size)
        found = [(name, job(problem, seconds)) for name, job in JOBS]
        least = min(bound for _, (_, bound, _) in found if bound is not None)
        for name, (plan, bound, took) in found:
            if plan is None:
                lines.append(f"| {size} | {name} | no plan | | | {_number(bound)} | | {took:.1f} |")
                continue
            assert check_allocation(problem, plan) == (), name
            worth = worth_of(problem, plan)
            value = worth.value[0]
            gap = "none is claimed" if bound is None else f"{max(0, bound - value) / bound:.2%}"
            lines.append(f"| {size} | {name} | {value:,} | {value / least:.2%} | {worth.cost:,} | {_number(bound)} | {gap} | {took:.1f} |")
    return [
        *lines,
        "",
        f"{YEARS} years, three pots, two scarce resources, five outcomes whose returns diminish; {seconds:g} s for each, one after another. "
        "The greedy takes options by what each alone is worth for its cost, as long as the rules are kept. The linear model does not round points down.",
    ]


def _number(bound: int | None) -> str:
    return "" if bound is None else f"{bound:,}"


def generated_budget(size: int, seed: int = 3) -> BudgetProblem:
    """So many initiatives over five years, with money for about a third of them; the same each time."""
    rng = random.Random(seed * 1_000 + size)
    outcomes = tuple(
        TargetOutcome(
            id=f"O{n}", unit="units", target=size * rng.randint(4, 6), weight=rng.randint(1, 5),
            returns=(Return(upto=size * 2, counts=100), Return(upto=size * 4, counts=70), Return(upto=None, counts=35)),
        )
        for n in range(5)
    )  # fmt: skip
    initiatives = tuple(_initiative(rng, n) for n in range(size))
    names = [one.id for one in initiatives]
    typical = sum(sum(one.levels[0].cost_in(year) for year in range(YEARS)) for one in initiatives) // YEARS
    pots = (
        MoneyPot(id="budget", amounts=(typical // 4,) * YEARS, carry=50),
        MoneyPot(id="training", amounts=(typical // 20,) * YEARS, kinds=("exercise", "training")),
        MoneyPot(id="support", amounts=(typical // 25,) * YEARS, carry=100, partners=PARTNERS[:2]),
    )
    pairs = [tuple(rng.sample(range(size), 2)) for _ in range(size // 2)]
    return BudgetProblem(
        years=YEARS,
        pots=pots,
        resources=tuple(ScarceResource(id=name, amounts=(size,) * YEARS) for name in ("staff", "range days")),
        initiatives=initiatives,
        outcomes=outcomes,
        needs=tuple(InitiativeNeed(initiative=names[max(pair)], other=names[min(pair)], lag=rng.choice((0, 1))) for pair in pairs[: size // 6]),
        exclusions=tuple(InitiativeExclusion(initiatives=(names[a], names[b])) for a, b in pairs[size // 6 : size // 3]),
        balances=(Balance(by="partner", name=PARTNERS[0], most_share=30), Balance(by="kind", name="systems", most_share=50)),
        synergies=tuple(_synergy(rng, names[a], names[b]) for a, b in pairs[size // 3 :]),
    )


def _initiative(rng: random.Random, number: int) -> Initiative:
    first, goes_on = rng.randint(20, 200), rng.randint(5, 90)
    effects = tuple(_effect(rng, 1) for _ in range(rng.randint(1, 3)))
    more = tuple(
        OutcomeEffect(outcome=e.outcome, low=0, expected=round((e.expected or 0) * 1.7), high=99, source=e.source, after=e.after, yearly=e.yearly)
        for e in effects
    )
    staff = rng.randint(0, 4)
    basic = InitiativeLevel(name="basic", costs=(first, goes_on), uses=(("staff", (staff,)), ("range days", (rng.randint(0, 4),))), effects=effects)
    full = InitiativeLevel(name="full", costs=(2 * first, goes_on * 2), uses=(("staff", (staff + 2,)),), effects=more)
    levels = (basic, full) if rng.random() < 0.6 else (basic,)
    partners = tuple(rng.sample(PARTNERS, rng.randint(1, 2)))
    return Initiative(id=f"I{number}", kind=rng.choice(KINDS), levels=levels, earliest=rng.choice((0, 0, 1)), latest=YEARS - 1, partners=partners)


def _effect(rng: random.Random, least: int) -> OutcomeEffect:
    yearly = rng.random() < 0.5
    expected = rng.randint(least, 8 if yearly else 24)
    return OutcomeEffect(
        outcome=f"O{rng.randrange(5)}", low=0, expected=expected, high=99, source="estimate", after=rng.choice((0, 1, 1)), yearly=yearly
    )


def _synergy(rng: random.Random, first: str, second: str) -> Synergy:
    expected = rng.choice((-6, -3, 4, 8))
    return Synergy(initiatives=(first, second), outcome=f"O{rng.randrange(5)}", low=-9, expected=expected, high=9, source="judgement")


def _ours(problem: BudgetProblem, seconds: float) -> Outcome:
    began = time.monotonic()
    found = allocate(problem, seconds, time.monotonic)
    return found.plan, found.bounds[0] if found.bounds else None, time.monotonic() - began


def _greedy(problem: BudgetProblem, seconds: float) -> Outcome:
    """Options by value for money, each taken if the rules are still kept; whoever may pay and has most left pays."""
    began = time.monotonic()
    options = []
    for one in problem.initiatives:
        for level in one.levels:
            for start in range(one.earliest, one.latest + 1):
                worth = worth_of(problem, AllocationPlan(chosen=(Chosen(one.id, level.name, start),)))
                options.append((worth.value[0] / max(1, worth.cost), Chosen(one.id, level.name, start)))
    plan = AllocationPlan(chosen=())
    for _, option in sorted(options, key=lambda pair: -pair[0]):
        if time.monotonic() - began > seconds:
            break
        if option.initiative not in {one.initiative for one in plan.chosen}:
            paid = _paid(problem, plan, option)
            longer = None if paid is None else AllocationPlan(chosen=(*plan.chosen, option), paid=(*plan.paid, *paid))
            if longer is not None and not check_allocation(problem, longer) and worth_of(problem, longer).value > worth_of(problem, plan).value:
                plan = longer
    return plan, None, time.monotonic() - began


def _paid(problem: BudgetProblem, plan: AllocationPlan, option: Chosen) -> list[Payment] | None:
    """Who pays for it, the pots for fewer first; None: there is not enough."""
    one = next(one for one in problem.initiatives if one.id == option.initiative)
    level = next(level for level in one.levels if level.name == option.level)
    found = list[Payment]()
    able = [pot for pot in reversed(problem.pots) if admits(pot, one)]
    for year in range(problem.years):
        due = level.cost_in(year - option.start)
        for pot in able:
            amount = min(due, _left(pot, [p for p in (*plan.paid, *found) if p.pot == pot.id], year))
            due -= amount
            found += [Payment(one.id, pot.id, year, amount)] if amount else []
        if due:
            return None
    return found


def _left(pot: MoneyPot, paid: list[Payment], year: int) -> int:
    left = 0
    for number, amount in enumerate(pot.amounts[: year + 1]):
        left = (left * pot.carry // 100 if number else 0) + amount - sum(p.amount for p in paid if p.year == number)
    return max(0, left)


def _highs(problem: BudgetProblem, seconds: float) -> Outcome:
    """One linear model as one would write it down."""
    began, model = time.monotonic(), mathopt.Model()
    initiatives = {one.id: one for one in problem.initiatives}
    take = {
        (one.id, place, start): model.add_binary_variable()
        for one in problem.initiatives
        for place in range(len(one.levels))
        for start in range(one.earliest, one.latest + 1)
    }

    def level(option: tuple[str, int, int]) -> InitiativeLevel:
        return initiatives[option[0]].levels[option[1]]

    def takes(name: str, until: int = YEARS, least: int = 0) -> mathopt.LinearSum:
        return mathopt.fast_sum(x for (of, place, start), x in take.items() if of == name and start <= until and place >= least)

    pays: dict[tuple[str, str, int], mathopt.Variable] = {}
    for one in problem.initiatives:
        model.add_linear_constraint(takes(one.id) <= 1)
        for year in range(problem.years):
            able = [pot.id for pot in problem.pots if admits(pot, one)]
            pays |= {(one.id, pot, year): model.add_integer_variable(lb=0) for pot in able}
            cost = mathopt.fast_sum(level(o).cost_in(year - o[2]) * x for o, x in take.items() if o[0] == one.id)
            model.add_linear_constraint(mathopt.fast_sum(pays[one.id, pot, year] for pot in able) == cost)
    for pot in problem.pots:
        kept: mathopt.LinearTypes = 0
        for year, amount in enumerate(pot.amounts):
            out = mathopt.fast_sum(pay for (_, of, when), pay in pays.items() if (of, when) == (pot.id, year))
            model.add_linear_constraint(out <= amount + kept)
            left = model.add_integer_variable(lb=0)
            model.add_linear_constraint(100 * left <= pot.carry * (amount + kept - out))
            kept = left
    for resource in problem.resources:
        for year, amount in enumerate(resource.amounts):
            model.add_linear_constraint(mathopt.fast_sum(level(o).use_in(resource.id, year - o[2]) * x for o, x in take.items()) <= amount)
    for need in problem.needs:
        for year in range(problem.years):
            model.add_linear_constraint(takes(need.initiative, year) <= takes(need.other, year - need.lag))
    for exclusion in problem.exclusions:
        model.add_linear_constraint(mathopt.fast_sum(takes(name) for name in exclusion.initiatives) <= exclusion.most)
    costs = {o: sum(level(o).cost_in(year - o[2]) for year in range(problem.years)) for o in take}
    for balance in problem.balances:
        of = mathopt.fast_sum(costs[o] * x for o, x in take.items() if balance.name in initiatives[o[0]].named(balance.by))
        model.add_linear_constraint(100 * of <= (balance.most_share or 0) * mathopt.fast_sum(costs[o] * x for o, x in take.items()))
    value = []
    for outcome in problem.outcomes:
        parts = [
            (effect.expected or 0) * times_shown(effect, level(o).years, o[2], problem.years) * x
            for o, x in take.items()
            for effect in level(o).effects
            if effect.outcome == outcome.id
        ]
        for synergy in problem.synergies:
            if synergy.outcome == outcome.id:
                both = model.add_binary_variable()
                first, second = (takes(name, least=height(initiatives[name], None)) for name in synergy.initiatives)
                for limit in (both <= first, both <= second, both >= first + second - 1):
                    model.add_linear_constraint(limit)
                parts.append((synergy.expected or 0) * both)
        points, base, below = model.add_variable(lb=0, ub=WHOLE), 0, 0
        for step in outcome.returns or (IN_FULL,):
            line = base - step.counts * below + step.counts * mathopt.fast_sum(parts)
            model.add_linear_constraint(outcome.target * points <= WHOLE // 100 * line)
            base, below = base + step.counts * ((step.upto or below) - below), step.upto or below
        value.append(outcome.weight * points)
    model.maximize(mathopt.fast_sum(value))
    found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)))
    bound = floor(found.termination.objective_bounds.dual_bound + 1e-6)
    if not found.has_primal_feasible_solution():
        return None, bound, time.monotonic() - began
    values = found.variable_values()
    chosen = tuple(Chosen(o[0], level(o).name, o[2]) for o, x in take.items() if values[x] > 0.5)
    paid = tuple(Payment(name, pot, year, round(values[pay])) for (name, pot, year), pay in pays.items() if values[pay] > 0.5)
    return AllocationPlan(chosen=chosen, paid=paid), bound, time.monotonic() - began


JOBS: tuple[tuple[str, Callable[[BudgetProblem, float], Outcome]], ...] = (
    ("Comity", _ours),
    ("greedy, by value for money", _greedy),
    ("one linear model, HiGHS", _highs),
)
