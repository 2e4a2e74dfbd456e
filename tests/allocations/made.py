"""Small budgets with plans, drawn: limits lie at what the plan takes or just beside it, so that every rule is now kept and now broken."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from random import Random
from typing import Any, Literal, TypeVar, cast

from comity.allocations import (
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
)
from oracles.allocations import Reading

KINDS, PARTNERS, REGIONS, RESOURCES = ("k", "l"), ("A", "B", "C"), ("n", "s"), ("staff", "days")
OUTCOMES = ("one", "two", "three")
NEAR = (-1, 0, 0, 1)


T = TypeVar("T")


def stated(cls: Callable[..., T], **told: Any) -> T:
    """One of these, of which only what is not as it would be anyway is told."""
    usual = {field.name: field.default for field in dataclasses.fields(cast(Any, cls))}
    return cls(**{name: value for name, value in told.items() if usual[name] is dataclasses.MISSING or usual[name] != value})


def made(seed: int) -> tuple[BudgetProblem, AllocationPlan]:
    """A problem and a plan for it, which breaks rules now and then."""
    rng = Random(seed)
    years = rng.randint(1, 4)
    outcomes = tuple(_outcome(rng, name) for name in OUTCOMES[: rng.randint(1, 3)])
    initiatives = tuple(_initiative(rng, f"i{n}", years, outcomes) for n in range(rng.randint(1, 5)))
    chosen = tuple(_chosen(rng, one, years) for one in initiatives if rng.random() < 0.7)
    problem = BudgetProblem(years=years, pots=(), initiatives=initiatives, outcomes=outcomes)
    reading = Reading(problem, AllocationPlan(chosen=chosen))
    pots = tuple(_pot(rng, f"p{n}") for n in range(rng.randint(1, 3)))
    paid = tuple(_paid(rng, reading, pots))
    problem = BudgetProblem(
        years=years,
        pots=tuple(_filled(rng, pot, paid, years) for pot in pots),
        resources=tuple(ScarceResource(id=name, amounts=_around(rng, reading, name)) for name in RESOURCES),
        initiatives=initiatives,
        outcomes=outcomes,
        needs=tuple(_need(rng, initiatives) for _ in range(rng.choice((0, 0, 1, 2)))),
        exclusions=tuple(
            stated(
                InitiativeExclusion,
                initiatives=tuple(one.id for one in rng.sample(initiatives, rng.randint(1, len(initiatives)))),
                most=rng.randint(0, 3),
            )
            for _ in range(rng.choice((0, 0, 1)))
        ),
        balances=tuple(_balance(rng, reading) for _ in range(rng.choice((0, 0, 1, 2)))),
        synergies=tuple(_synergy(rng, initiatives, outcomes) for _ in range(rng.choice((0, 1, 2)))) if len(initiatives) > 1 else (),
    )
    return problem, _with_figures(rng, problem, AllocationPlan(chosen=_doubled(rng, chosen, initiatives), paid=_strange(rng, paid)))


def _outcome(rng: Random, name: str) -> TargetOutcome:
    counts = sorted((rng.choice((0, 30, 50, 100, 100, 120)) for _ in range(rng.choice((0, 0, 1, 2, 3)))), reverse=True)
    ends = sorted(rng.sample(range(1, 15), len(counts)))
    returns = tuple(
        Return(upto=None if n == len(counts) - 1 and rng.random() < 0.5 else end, counts=count)
        for n, (end, count) in enumerate(zip(ends, counts, strict=True))
    )
    return stated(TargetOutcome, id=name, unit="u", target=rng.randint(1, 17), weight=rng.randint(0, 3), rank=rng.choice((1, 1, 2)), returns=returns)


def _figures(rng: Random, low: int) -> tuple[int | None, int | None, int | None]:
    if rng.random() < 0.15:
        return None, None, None
    first, second, third = sorted(rng.randint(low, 7) for _ in range(3))
    return first, second, third


def _initiative(rng: Random, name: str, years: int, outcomes: tuple[TargetOutcome, ...]) -> Initiative:
    levels = tuple(_level(rng, level, outcomes) for level in ("low", "mid", "top")[: rng.randint(1, 3)])
    first, last = sorted(rng.randrange(years) for _ in range(2))
    if rng.random() < 0.5:
        first, last = 0, years - 1
    must = rng.choice(levels).name if rng.random() < 0.15 else None
    partners = tuple(rng.sample(PARTNERS, rng.choice((0, 1, 1, 2))))
    out = must is None and rng.random() < 0.06
    return stated(
        Initiative,
        id=name,
        kind=rng.choice(KINDS),
        levels=levels,
        earliest=first,
        latest=last,
        partners=partners,
        region=rng.choice(REGIONS),
        must=must,
        out=out,
    )


def _level(rng: Random, name: str, outcomes: tuple[TargetOutcome, ...]) -> InitiativeLevel:
    costs = tuple(rng.randint(0, 5) for _ in range(rng.randint(1, 3)))
    uses = tuple((of, tuple(rng.randint(0, 3) for _ in range(rng.randint(1, 2)))) for of in RESOURCES if rng.random() < 0.4)
    effects = tuple(_effect(rng, outcomes) for _ in range(rng.choice((0, 1, 1, 2))))
    return InitiativeLevel(name=name, costs=costs, years=rng.choice((None, None, 1, 2, 3)), uses=uses, effects=effects)


def _effect(rng: Random, outcomes: tuple[TargetOutcome, ...]) -> OutcomeEffect:
    low, expected, high = _figures(rng, rng.choice((0, 0, -3)))
    return stated(OutcomeEffect,
        outcome=rng.choice(outcomes).id, low=low, expected=expected, high=high, source="judgement", evidence=rng.choice(("", "e")),
        after=rng.choice((0, 0, 1, 2)), yearly=rng.random() < 0.4,
    )  # fmt: skip


def _synergy(rng: Random, initiatives: tuple[Initiative, ...], outcomes: tuple[TargetOutcome, ...]) -> Synergy:
    first, second = rng.sample(initiatives, 2)
    low, expected, high = _figures(rng, -4)
    least = (rng.choice((None, *(level.name for level in one.levels))) for one in (first, second))
    return stated(Synergy,
        initiatives=(first.id, second.id), outcome=rng.choice(outcomes).id, low=low, expected=expected, high=high, source="estimate",
        levels=(next(least), next(least)), after=rng.choice((0, 0, 1)), yearly=rng.random() < 0.4,
    )  # fmt: skip


def _chosen(rng: Random, one: Initiative, years: int) -> Chosen:
    start = rng.randint(one.earliest, one.latest)
    if rng.random() < 0.06:
        start = rng.choice((one.earliest - 1, one.latest + 1, years))
    return Chosen(one.id, rng.choice(one.levels).name, start)


def _pot(rng: Random, name: str) -> MoneyPot:
    def some(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(rng.sample(names, rng.randint(1, 2))) if rng.random() < 0.25 else ()

    return stated(
        MoneyPot, id=name, amounts=(), carry=rng.choice((0, 0, 50, 33, 100)), kinds=some(KINDS), partners=some(PARTNERS), regions=some(REGIONS)
    )


def _admits(pot: MoneyPot, one: Initiative) -> bool:
    of = (not pot.kinds or one.kind in pot.kinds, not pot.regions or one.region in pot.regions)
    return all(of) and (not pot.partners or bool(set(pot.partners) & set(one.partners)))


def _paid(rng: Random, reading: Reading, pots: tuple[MoneyPot, ...]) -> list[Payment]:
    """What each costs, split over pots that may pay for it; over any now and then, or where there is none."""
    found = []
    for name in reading.funded:
        able = [pot for pot in pots if _admits(pot, reading.initiative(name))]
        for year in reading.years:
            due, some = reading.figure(name, year), able if able and rng.random() < 0.96 else list(pots)
            part = rng.randint(0, due)
            split = ((rng.choice(some), part), (rng.choice(some), due - part)) if rng.random() < 0.5 else ((rng.choice(some), due),)
            found += [Payment(name, pot.id, year, amount) for pot, amount in split if amount or rng.random() < 0.1]
    return found


def _filled(rng: Random, pot: MoneyPot, paid: tuple[Payment, ...], years: int) -> MoneyPot:
    """The pot with amounts about what comes out of it, less what is carried."""
    amounts, carried = list[int](), 0
    for year in range(years):
        out = sum(one.amount for one in paid if (one.pot, one.year) == (pot.id, year))
        amounts.append(max(0, out - carried + rng.choice((-1, 0, 0, 0, 1, 2, 4, 7))))
        carried = max(0, amounts[-1] + carried - out) * pot.carry // 100
    return stated(MoneyPot, id=pot.id, amounts=tuple(amounts), carry=pot.carry, kinds=pot.kinds, partners=pot.partners, regions=pot.regions)


def _around(rng: Random, reading: Reading, resource: str) -> tuple[int, ...]:
    return tuple(
        max(0, sum(reading.figure(name, year, resource) for name in reading.funded) + rng.choice((-1, 0, 0, 0, 0, 1, 3))) for year in reading.years
    )


def _need(rng: Random, initiatives: tuple[Initiative, ...]) -> InitiativeNeed:
    one, other = (rng.choice(initiatives) for _ in range(2))
    levels = [rng.choice((None, *(level.name for level in of.levels))) for of in (one, other)]
    return stated(InitiativeNeed, initiative=one.id, other=other.id, level=levels[0], other_level=levels[1], lag=rng.choice((0, 0, 1, 2)))


def _balance(rng: Random, reading: Reading) -> Balance:
    by: Literal["partner", "kind", "region"] = rng.choice(("partner", "kind", "region"))
    name = rng.choice({"partner": PARTNERS, "kind": KINDS, "region": REGIONS}[by])
    within = [one.id for one in reading.problem.initiatives if name in one.named(by)]
    spent, every = sum(map(reading.cost, within)), sum(map(reading.cost, reading.funded))
    share = 100 * spent // every if every else rng.randint(0, 100)
    limits = {"least": spent, "most": spent, "least_share": share, "most_share": share}
    key = rng.choice(list(limits))
    return Balance(by=by, name=name, **{key: max(0, limits[key] + rng.choice(NEAR))})


def _doubled(rng: Random, chosen: tuple[Chosen, ...], initiatives: tuple[Initiative, ...]) -> tuple[Chosen, ...]:
    """Now and then one twice, or one that there is not."""
    if chosen and rng.random() < 0.05:
        one = rng.choice(chosen)
        return (*chosen, Chosen(one.initiative, rng.choice(("low", one.level)), one.start))
    if rng.random() < 0.06:
        return (*chosen, Chosen(rng.choice(("nothing", initiatives[0].id)), rng.choice(("low", "never")), 0))
    return chosen


def _strange(rng: Random, paid: tuple[Payment, ...]) -> tuple[Payment, ...]:
    """Now and then a payment that is too much, less than nothing, or of what there is not."""
    if not paid or rng.random() < 0.75:
        return paid
    one = rng.choice(paid)
    more = rng.choice(
        (
            (Payment(one.initiative, one.pot, one.year, 1),),
            (Payment(one.initiative, one.pot, one.year, -1),),
            (Payment(one.initiative, one.pot, one.year, 2), Payment(one.initiative, one.pot, one.year, -2)),
            (Payment("nothing", one.pot, one.year, 1),),
            (Payment(one.initiative, "no pot", one.year, 1),),
            (Payment(one.initiative, one.pot, rng.choice((-1, 9)), 1),),
            (Payment("i0", one.pot, 0, rng.choice((0, 1))),),
        )
    )
    return (*paid, *more)


def _with_figures(rng: Random, problem: BudgetProblem, plan: AllocationPlan) -> AllocationPlan:
    """Now and then with what it says that it is worth, so or nearly so."""
    if rng.random() < 0.5:
        return plan
    _, value, cost, _ = Reading(problem, plan).worth("expected")
    told = (*value[:-1], value[-1] + rng.choice(NEAR)) if rng.random() < 0.5 else value
    bounds = rng.choice(((), value[:1], value, (value[0] + 1,), (value[0] - 1,), (*value[:-1], value[-1] - 1)))
    return AllocationPlan(
        chosen=plan.chosen, paid=plan.paid, value=rng.choice((None, told)), cost=rng.choice((None, cost, cost + rng.choice(NEAR))), bounds=bounds
    )
