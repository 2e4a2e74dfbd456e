"""Made designs that keep every rule, with what is known of them.

It knows the types and the text (docs/explanation/how-exercises-are-planned.md), and nothing of the checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from comity.exercises.design import (
    Audience,
    Conference,
    Design,
    Expense,
    Force,
    HostSupport,
    Media,
    Numbers,
    Objective,
    Observers,
    Officers,
    Participant,
    Product,
    Scenario,
    Share,
)
from comity.exercises.processes import Cycle, Process, ProcessStage, ProcessStep
from comity.permissions import Exchange, Support
from comity.terms import Moment, Verdict, parse_moment

NATIONS = ("AAA", "BBB", "CCC", "DDD", "EEE")
LOOKERS = ("OOO", "PPP")
PARTIES = frozenset([*NATIONS, *LOOKERS, "ORG"])
STEPS = (
    ProcessStep("design", "w", "design-exercise"),
    ProcessStep("spec", "w", "approve-product", product="SPEC", by="approver", before="initial"),
    ProcessStep("initial", "w", "confer", conference="initial", by="conducting", before="main"),
    ProcessStep("main", "w", "confer", conference="main", by="scheduling", before="final"),
    ProcessStep("plan", "w", "approve-product", product="PLAN", by="owner", before="final"),
    ProcessStep("final", "w", "confer", conference="final", by="directing", before="start"),
    ProcessStep("list", "w", "approve-product", product="LIST", by="approver", before="start"),
    ProcessStep("notes", "w", "approve-product", product="NOTES", by="approver"),
    ProcessStep("meetings", "w", "meet", before="start", number=2),
    ProcessStep("held", "w", "take-part", by="host"),
)
STAGES = (
    ProcessStage(0, "zero", "Zero", STEPS[:2]),
    ProcessStage(1, "one", "One", STEPS[2:6]),
    ProcessStage(2, "two", "Two", STEPS[6:9]),
    ProcessStage(3, "three", "Three", STEPS[9:]),
)
PLAIN = Process("made", "Made", "s", STAGES, ("initial", "main", "final"))


@dataclass(frozen=True)
class Case:
    """A design beside its process and what is known of it."""

    design: Design
    process: Process
    parties: frozenset[str]
    arrangements: Mapping[tuple[str, str, str], Verdict]


def day(of: date) -> Moment:
    return parse_moment(of.isoformat())


def around(rng: Random, of: date) -> Moment:
    """The day, or at times its month, or some days about it."""
    drawn = rng.random()
    if drawn < 0.1:
        return parse_moment(f"{of.isoformat()[:7]}-xx")
    return day(of) if drawn < 0.85 else parse_moment(f"{of - timedelta(days=rng.randint(0, 3))}/{of + timedelta(days=rng.randint(0, 3))}")


def made(seed: int) -> Case:
    """A design that keeps every rule."""
    rng = Random(seed)
    start = date(2026, 3, 1) + timedelta(days=rng.randrange(900))
    length = rng.randint(0, 25)
    end = start + timedelta(days=length)
    into = rng.randint(0, length)
    startex = start + timedelta(days=into)
    endex = startex + timedelta(days=rng.randint(0, length - into))
    nations = rng.sample(NATIONS, rng.randint(1, 4))
    participants = tuple(_participant(rng, nation, start, length) for nation in nations)
    audiences = tuple(Audience(id=f"a{n}", title="t", nation=rng.choice(nations)) for n in range(rng.randint(0, 4)))
    costs = tuple(
        Expense(
            id=f"c{n}",
            what="w",
            amount=rng.choice((0, *(rng.randint(1, 9_000) for _ in range(4)))),
            currency=rng.choice(("EUR", "USD")),
            paid_by=rng.choice(nations),
        )
        for n in range(rng.randint(0, 3))
    )
    process = replace(PLAIN, cycle=_cycle(rng, startex) if rng.random() < 0.5 else None)
    supports = tuple(_support(rng, nations) for _ in range(rng.randint(0, 2)) if len(nations) > 1)
    persons = sum(max(0, *(f.persons or 0 for f in one.force if f.unit == unit)) for one in participants for unit in {f.unit for f in one.force})
    design = Design(
        id=rng.choice(("storm", "storm-28", "Steel Storm 28")),
        title="Storm",
        host=rng.choice(nations),
        from_=around(rng, start) if length > 8 and startex - start > timedelta(days=4) else day(start),
        until=day(end),
        startex=day(startex) if rng.random() < 0.7 or startex != start else None,
        endex=day(endex) if rng.random() < 0.7 or endex != end else None,
        process="made",
        scenarios=tuple(rng.sample(SCENARIOS, rng.randint(0, 2))),
        body=rng.choice((None, "group")),
        territory=rng.choice((None, "ORG")),
        officers=Officers(scheduling=rng.choice((None, "ORG", "A staff")), conducting=rng.choice(nations), directing=rng.choice((None, "DDD"))),
        numbers=Numbers(
            troops=rng.choice((None, persons, persons + rng.randint(0, 400))),
            tanks=rng.choice((None, 0, 40)),
            vehicles=rng.choice((None, 0)),
            no_notice=rng.random() < 0.1,
        ),
        participant=participants,
        audience=audiences,
        objective=_objectives(rng, [one.id for one in audiences]),
        conference=_conferences(rng, startex, nations),
        product=_products(rng, startex, nations),
        exchange=tuple(Exchange(from_=rng.choice(nations), to=rng.choice([*nations, "ORG"]), level="S") for _ in range(rng.randint(0, 2))),
        support=tuple(Support(activity="supply", from_=rng.choice(nations), to=rng.choice(nations)) for _ in range(rng.randint(0, 2))),
        host_support=supports,
        observer=tuple(Observers(party=one, number=rng.randint(1, 3)) for one in rng.sample(LOOKERS, rng.randint(0, 2))),
        media=tuple(Media(what=f"m{n}", approver="Press office") for n in range(rng.randint(0, 2))),
        cost=costs,
        share=tuple(share for cost in costs for share in _shares(rng, cost)),
    )
    if design.from_.last > startex or design.from_.first > start:
        design = replace(design, from_=day(start))
    return Case(design, process, PARTIES, {(one.arrangement, one.provider, one.receiver): Verdict.YES for one in supports})


SCENARIOS: tuple[Scenario, ...] = ("combat", "cyber", "maritime", "disaster-response")


def _participant(rng: Random, nation: str, start: date, length: int) -> Participant:
    into = rng.randint(0, length)
    own = rng.random() < 0.5
    first, last = (into, rng.randint(into, length)) if own else (0, length)
    forces = list[Force]()
    for n in range(rng.randint(0, 3)):
        begin = rng.randint(first, last)
        forces.append(
            Force(
                unit=f"u{n}",
                persons=rng.choice((None, rng.randint(0, 900))),
                from_=day(start + timedelta(days=begin)) if rng.random() < 0.5 else None,
                until=day(start + timedelta(days=rng.randint(begin, last))) if rng.random() < 0.5 else None,
            )
        )
    if last > first and rng.random() < 0.3:  # one unit, there twice, one stay after the other
        middle = rng.randint(first, last - 1)
        twice = Force(unit="again", persons=rng.randint(0, 90), until=day(start + timedelta(days=middle)))
        forces += [twice, replace(twice, persons=rng.randint(0, 90), from_=day(start + timedelta(days=middle + 1)), until=None)]
    given = (day(start + timedelta(days=first)), day(start + timedelta(days=last))) if own else (None, None)
    return Participant(nation=nation, from_=given[0], until=given[1], force=tuple(forces))


def _objectives(rng: Random, audiences: list[str]) -> tuple[Objective, ...]:
    if not audiences:
        return ()
    objectives = [
        Objective(id=f"o{n}", text="t", audience=tuple(rng.sample(audiences, rng.randint(1, len(audiences))))) for n in range(rng.randint(1, 3))
    ]
    named = {name for one in objectives for name in one.audience}
    objectives[0] = replace(objectives[0], audience=(*objectives[0].audience, *(name for name in audiences if name not in named)))
    return tuple(objectives)


def _conferences(rng: Random, startex: date, nations: list[str]) -> tuple[Conference, ...]:
    days = sorted(rng.sample(range(1, 200), 3), reverse=True)
    found = [
        Conference(kind=kind, on=None if rng.random() < 0.1 else around(rng, startex - timedelta(days=ahead)), host=rng.choice((None, *nations)))
        for kind, ahead in zip(("initial", "main", "final"), days, strict=True)
        if rng.random() < 0.85
    ]
    rng.shuffle(found)
    return tuple(found)


def _products(rng: Random, startex: date, nations: list[str]) -> tuple[Product, ...]:
    names = [name for name in ("SPEC", "PLAN", "LIST", "NOTES", "extra") if rng.random() < 0.7]
    late = startex + timedelta(days=40)
    return tuple(
        Product(
            name=name,
            owner=rng.choice((*nations, "A staff")),
            approver=rng.choice((*nations, "A staff")),
            due=None if rng.random() < 0.2 else around(rng, late if name == "NOTES" else startex - timedelta(days=rng.randint(201, 300))),
        )
        for name in names
    )


def _shares(rng: Random, cost: Expense) -> list[Share]:
    nations = rng.sample(NATIONS, rng.randint(0, 3))
    left = Fraction(cost.amount)
    found = list[Share]()
    for nation in nations[:-1]:
        if rng.random() < 0.5:
            fraction = Fraction(1, rng.randint(3, 7))
            found.append(Share(of=cost.id, nation=nation, fraction=fraction))
            left -= fraction * cost.amount
        else:
            amount = int(left / 4)
            found.append(Share(of=cost.id, nation=nation, amount=amount))
            left -= amount
    if nations:
        rest = left / cost.amount if cost.amount else Fraction(1)
        found.append(
            Share(of=cost.id, nation=nations[-1], fraction=rest)
            if left.denominator > 1 or rng.random() < 0.5
            else Share(of=cost.id, nation=nations[-1], amount=int(left))
        )
    return found


def _support(rng: Random, nations: list[str]) -> HostSupport:
    provider, receiver = rng.sample(nations, 2)
    return HostSupport(
        what=rng.choice(("fuel", "food")), provider=provider, receiver=receiver, arrangement="pact", quantity=rng.choice((None, 0, 50))
    )


def _cycle(rng: Random, startex: date) -> Cycle:
    """A cycle in whose right year the start lies, near its edges at times; its first day before or after it."""
    years = rng.randint(1, 4)
    year = rng.randint(1, years)
    edge = startex - timedelta(days=rng.choice((0, 0, 360, rng.randint(0, 360))))
    back = (year - 1 + years * rng.randint(-2, 3)) if rng.random() < 0.9 else year - 1
    begins = date(edge.year - back, edge.month, min(edge.day, 28))
    text = begins.isoformat() if rng.random() < 0.7 else f"{begins.year}-{begins.month:02}"
    return Cycle(years, parse_moment(text), year, "text", "s")


def leap(seed: int) -> Case:
    """A design whose conduct begins about the end of a February, under a cycle that begins on 29 February; whether it keeps that or not."""
    rng, case = Random(seed), made(seed)
    start = date(rng.choice((2026, 2027, 2028)), 2, 27) + timedelta(days=rng.randint(0, 3))
    design = replace(case.design, from_=day(start), startex=None, endex=None, until=day(start), conference=(), product=())
    return replace(case, design=design, process=replace(case.process, cycle=Cycle(2, day(date(2024, 2, 29)), rng.randint(1, 2), "text", "s")))
