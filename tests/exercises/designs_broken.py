"""Ways to break each rule of designs: a case, altered so that the named rule is broken; None where this case has no room for it.

It knows the types and the text (docs/explanation/how-exercises-are-planned.md), and nothing of the checker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from comity.exercises.design import (
    MEASURES,
    Audience,
    Conference,
    Expense,
    Force,
    HostSupport,
    Media,
    Objective,
    Observers,
    Participant,
    Share,
)
from comity.exercises.processes import Cycle
from comity.permissions import Exchange, Support
from comity.terms import Moment, Verdict
from tests.exercises.designed import NATIONS, PARTIES, Case, day

Break = Callable[[Random, Case], Case | None]


def _with(case: Case, **other: Any) -> Case:
    return replace(case, design=replace(case.design, **other))


def _swap(items: tuple[Any, ...], one: Any, **other: Any) -> tuple[Any, ...]:
    return tuple(replace(item, **other) if item is one else item for item in items)


def _id(rng: Random, case: Case) -> Case | None:
    return _with(case, id=rng.choice(("", " storm", "storm ", "sto;rm", "a=b", "a,b", "two\nlines", "cr\r")))


def _later(moment: Moment, days: int) -> Moment:
    return day(moment.last + timedelta(days=days))


def _sooner(moment: Moment, days: int) -> Moment:
    return day(moment.first - timedelta(days=days))


def _days(rng: Random, case: Case) -> Case | None:
    d, by = case.design, rng.randint(1, 3)
    ways = [
        {"until": _sooner(d.from_, by)},
        {"startex": _sooner(d.from_, by)},
        {"startex": _later(d.until, by)},
        {"endex": _later(d.until, by)},
        {"endex": _sooner(d.from_, by)},
        {"startex": day(d.until.first), "endex": _sooner(d.until, 1)},
    ]
    return _with(case, **rng.choice(ways))


def _party(rng: Random, case: Case) -> Case | None:
    d = case.design
    ways: list[dict[str, Any]] = [{"host": "XXX"}, {"territory": "XXX"}, {"observer": (*d.observer, Observers(party="XXX"))}]
    ways.append({"participant": (*d.participant, Participant(nation="XXX"))})
    ways += [{"audience": _swap(d.audience, one, nation="XXX")} for one in d.audience[:1]]
    ways += [{"conference": _swap(d.conference, one, host="XXX")} for one in d.conference[:1]]
    ways += [{"cost": _swap(d.cost, one, paid_by="XXX")} for one in d.cost[:1]]
    ways += [{"share": _swap(d.share, one, nation="XXX")} for one in d.share[:1]]
    ways += [{"exchange": (Exchange(from_="XXX", to="AAA", level="S"),)}, {"exchange": (Exchange(from_="AAA", to="XXX", level="S"),)}]
    ways += [{"support": (Support(activity="train", from_="XXX", to=d.host),)}, {"support": (Support(activity="train", from_=d.host, to="XXX"),)}]
    ways += [{"host_support": (HostSupport(what="w", provider="XXX", receiver=d.host, arrangement="pact"),)}]
    ways += [{"host_support": (HostSupport(what="w", provider=d.host, receiver="XXX", arrangement="pact"),)}]
    return _with(case, **rng.choice(ways))


def _host(rng: Random, case: Case) -> Case | None:
    if rng.random() < 0.5:
        return _with(case, host=rng.choice([one for one in PARTIES if one not in case.design.nations]))
    return _with(case, participant=tuple(one for one in case.design.participant if one.nation != case.design.host))


def _twice(rng: Random, case: Case) -> Case | None:
    tables = ["participant", "objective", "audience", "cost", "conference", "product"]
    table = rng.choice([name for name in tables if getattr(case.design, name)])
    rows = getattr(case.design, table)
    again = rng.choice(rows)
    if table == "conference" and again.on is not None:
        again = replace(again, on=_sooner(again.on, rng.randint(0, 9)))
    return _with(case, **{table: (*rows, again)})


def _stay(rng: Random, case: Case) -> Case | None:
    d, by = case.design, rng.randint(1, 3)
    one = rng.choice(d.participant)
    first, last = one.from_ or d.from_, one.until or d.until
    ways: list[dict[str, Any]] = [
        {"from_": _sooner(d.from_, by)},
        {"until": _later(d.until, by)},
        {"from_": _later(last, 1)},
        {"until": _sooner(first, 1)},
    ]
    forces: list[dict[str, Any]] = [
        {"from_": _sooner(first, by)},
        {"until": _later(last, by)},
        {"from_": _later(last, by)},
        {"until": _sooner(first, by)},
    ]
    ways += [{"force": (*one.force, Force(unit="more", **way))} for way in forces]
    return _with(case, participant=_swap(d.participant, one, **rng.choice(ways)))


def _unit(rng: Random, case: Case) -> Case | None:
    d = case.design
    one = rng.choice(d.participant)
    last = one.until or d.until
    if (one.from_ or d.from_).last > last.first:
        return None
    more = Force(unit="more")
    other = rng.choice((more, replace(more, from_=last), replace(more, until=one.from_ or d.from_)))
    if not (other.from_ or one.from_ or d.from_).certain or not (other.until or last).certain:
        return None
    both = (more, other) if rng.random() < 0.5 else (other, more)
    return _with(case, participant=_swap(d.participant, one, force=(*one.force, *both)))


def _objective(rng: Random, case: Case) -> Case | None:
    return _with(case, objective=(*case.design.objective, Objective(id="more", text="t")))


def _audience(rng: Random, case: Case) -> Case | None:
    more = Audience(id="more", title="t", nation=case.design.nations[0])
    if rng.random() < 0.5 or not case.design.audience:
        return _with(case, audience=(*case.design.audience, more))
    gone = rng.choice(case.design.audience).id
    return _with(case, objective=tuple(replace(o, audience=tuple(a for a in o.audience if a != gone)) for o in case.design.objective))


def _known_audience(rng: Random, case: Case) -> Case | None:
    if not case.design.objective:
        return _with(case, objective=(Objective(id="more", text="t", audience=("nobody",)),))
    one = rng.choice(case.design.objective)
    return _with(case, objective=_swap(case.design.objective, one, audience=(*one.audience, "nobody")))


def _trainee(rng: Random, case: Case) -> Case | None:
    if not case.design.audience:
        return None
    outside = [one for one in NATIONS if one not in case.design.nations]
    return _with(case, audience=_swap(case.design.audience, rng.choice(case.design.audience), nation=rng.choice(outside)))


def _conference(rng: Random, case: Case) -> Case | None:
    return _with(case, conference=(*case.design.conference, Conference(kind=rng.choice(("middle", "Initial", "")))))


def _order(rng: Random, case: Case) -> Case | None:
    d = case.design
    begins = d.startex or d.from_
    if rng.random() < 0.5:
        known = [(one, one.on) for one in d.conference if one.on is not None]
        pairs = [(on, b) for a, on in known for b, _ in known if RANK.get(a.kind, 9) < RANK.get(b.kind, -1)]
        if pairs:
            on, later = rng.choice(pairs)
            return _with(case, conference=_swap(d.conference, later, on=_sooner(on, rng.randint(1, 4))))
    if not d.conference:
        return None
    after = day(begins.last + timedelta(days=rng.choice((0, 0, 1, 9))))
    return _with(case, conference=_swap(d.conference, rng.choice(d.conference), on=after))


RANK = {"initial": 0, "main": 1, "final": 2}


def _due(rng: Random, case: Case) -> Case | None:
    d = case.design
    begins, held = d.startex or d.from_, {one.kind: one.on for one in d.conference}
    needed = {"SPEC": held.get("initial"), "PLAN": held.get("final")}
    ways = [(one, _later(on, rng.randint(1, 3))) for one in d.product if (on := needed.get(one.name)) is not None]
    ways += [(one, day(begins.last + timedelta(days=rng.choice((0, 1))))) for one in d.product if one.name in ("LIST", "extra")]
    if not ways:
        return None
    one, due = rng.choice(ways)
    return _with(case, product=_swap(d.product, one, due=due))


def _share(rng: Random, case: Case) -> Case | None:
    d = case.design
    if not d.share:
        return None
    one = rng.choice(d.share)
    cost = next((cost for cost in d.cost if cost.id == one.of), None)
    if cost is None:
        return None
    if rng.random() < 0.4:
        return (
            _with(case, cost=_swap(d.cost, cost, amount=cost.amount + rng.randint(1, 5)))
            if any(s.amount for s in d.share if s.of == one.of)
            else None
        )
    if one.amount is not None:
        return _with(case, share=_swap(d.share, one, amount=one.amount + 1))
    if cost.amount == 0:
        return None
    return _with(case, share=_swap(d.share, one, fraction=(one.fraction or 0) + Fraction(1, 1000)))


def _share_of(rng: Random, case: Case) -> Case | None:
    d = case.design
    if not d.share:
        return _with(case, share=(Share(of="none", nation="AAA", amount=0),))
    one = rng.choice(d.share)
    ways: list[dict[str, Any]] = [{"of": "none"}, {"fraction": None, "amount": None}, {"fraction": Fraction(1, 2), "amount": 3}]
    ways += [{"fraction": Fraction(-1, 2), "amount": None}, {"fraction": None, "amount": -1}, {"fraction": Fraction(0), "amount": 0}]
    if rng.random() < 0.2:
        return _with(case, share=(*d.share, one))
    return _with(case, share=_swap(d.share, one, **rng.choice(ways)))


def _amount(rng: Random, case: Case) -> Case | None:
    d = case.design
    below: dict[str, Any] = {name: -rng.randint(1, 9) for name in MEASURES}
    ways: list[dict[str, Any]] = [{"numbers": replace(d.numbers, **{name: below[name]})} for name in MEASURES]
    ways += [{"cost": (*d.cost, Expense(id="more", what="w", amount=-1, currency="EUR", paid_by=d.host))}]
    ways += [{"host_support": _swap(d.host_support, one, quantity=-1)} for one in d.host_support[:1]]
    ways += [{"observer": (*d.observer, Observers(party="ORG", number=number))} for number in (0, -1)]
    ways += [{"participant": _swap(d.participant, one, force=(*one.force, Force(unit="more", persons=-3)))} for one in d.participant]
    return _with(case, **rng.choice(ways))


def _currency(rng: Random, case: Case) -> Case | None:
    wrong = rng.choice(("", "eur", "EURO", "EU", "E R", "EU1", "ÄUR", "EUR "))
    return _with(case, cost=(*case.design.cost, Expense(id="more", what="w", amount=1, currency=wrong, paid_by=case.design.host)))


def _strength(rng: Random, case: Case) -> Case | None:
    d = case.design
    most: dict[tuple[str, str], int] = {}
    for nation in d.participant:
        for force in nation.force:
            most[nation.nation, force.unit] = max(most.get((nation.nation, force.unit), 0), force.persons or 0)
    total = sum(most.values())
    return None if not total else _with(case, numbers=replace(d.numbers, troops=total - rng.randint(1, min(total, 3))))


def _arrangement(rng: Random, case: Case) -> Case | None:
    d = case.design
    if not d.host_support:
        return None
    one = rng.choice(d.host_support)
    drawn = rng.random()
    if drawn < 0.3:
        return _with(case, host_support=_swap(d.host_support, one, arrangement="none"))
    if drawn < 0.5:
        return _with(case, host_support=_swap(d.host_support, one, receiver=one.provider))
    verdict = rng.choice((Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN))
    return replace(case, arrangements={**case.arrangements, (one.arrangement, one.provider, one.receiver): verdict})


def _supporter(rng: Random, case: Case) -> Case | None:
    d = case.design
    other = rng.choice([one for one in (*NATIONS, "ORG") if one not in d.nations])
    pair = rng.choice(((d.host, other), (other, d.host)))
    if rng.random() < 0.5:
        return _with(case, support=(*d.support, Support(activity="overfly", from_=pair[0], to=pair[1])))
    more = HostSupport(what="more", provider=pair[0], receiver=pair[1], arrangement="pact")
    return replace(_with(case, host_support=(*d.host_support, more)), arrangements={**case.arrangements, ("pact", *pair): Verdict.YES})


def _observer(rng: Random, case: Case) -> Case | None:
    d = case.design
    party = rng.choice([*d.nations, *(one.party for one in d.observer)])
    return _with(case, observer=(*d.observer, Observers(party=party)))


def _media(rng: Random, case: Case) -> Case | None:
    return _with(case, media=(*case.design.media, Media(what="more", approver=rng.choice(("", " ", "   ")))))


def _cycle_broken(rng: Random, case: Case) -> Case | None:
    d, years = case.design, rng.randint(2, 4)
    begins = d.startex or d.from_
    if not begins.certain:
        return None
    year, on = rng.randint(1, years), begins.first
    beside = rng.choice((on + timedelta(days=1), on - timedelta(days=366)))  # the right year begins on the morrow, or ended
    back = year - 1 + years * rng.randint(-1, 2)
    text = date(beside.year - back, beside.month, min(beside.day, 28) if beside <= on else beside.day if beside.day <= 28 else 28)
    if text.day != beside.day:
        return None
    return replace(case, process=replace(case.process, cycle=Cycle(years, day(text), year, "text", "s")))


BREAKS: dict[str, Break] = {
    "id": _id,
    "days": _days,
    "party": _party,
    "host": _host,
    "twice": _twice,
    "stay": _stay,
    "unit": _unit,
    "objective": _objective,
    "audience": _audience,
    "known-audience": _known_audience,
    "trainee": _trainee,
    "conference": _conference,
    "order": _order,
    "due": _due,
    "share": _share,
    "share-of": _share_of,
    "amount": _amount,
    "currency": _currency,
    "strength": _strength,
    "arrangement": _arrangement,
    "supporter": _supporter,
    "observer": _observer,
    "media": _media,
    "cycle": _cycle_broken,
}
"""For each rule, how a design comes to break it."""
