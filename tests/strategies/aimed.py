"""Strategies altered where a rule looks: for rules that a blind alteration seldom breaks, and near the edges of others.

It knows the types and the text (docs/explanation/how-strategies-are-checked.md), and nothing of the checker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

from comity.strategies.strategy import Baseline, FromRecord, Observed, Resource, Role, Scales, Strategy, Target, Tested
from tests.strategies.drawn import FROM, UNTIL, Case, made, moment

Way = Callable[[Random, Strategy], Strategy]
DAY = timedelta(days=1)


def aimed(seed: int) -> Case:
    """A strategy that is altered in one of the ways, or in two."""
    rng = Random(seed)
    strategy = made(seed).strategy
    for _ in range(rng.choice((1, 1, 2))):
        strategy = WAYS[(seed + rng.choice((0, 0, 0, 1))) % len(WAYS)](rng, strategy)
    return Case(strategy)


def _one(rng: Random, strategy: Strategy, table: str, **other: Any) -> Strategy:
    """The strategy with something else in one of a table's parts; as it is where it has none."""
    parts = getattr(strategy, table)
    if not parts:
        return strategy
    place = rng.randrange(len(parts))
    row: Any = (*parts[:place], replace(parts[place], **other), *parts[place + 1 :])
    return replace(strategy, **{table: row})


def _id(rng: Random, s: Strategy) -> Strategy:
    return replace(s, id=rng.choice(("", " plan", "plan ", "p;q", "p=q", "p,q", "p\nq", "p\rq", "\tplan")))


def _prose(rng: Random, s: Strategy) -> Strategy:
    ways = [("risk", name) for name in ("mitigation", "shown_by", "owner", "likelihood", "consequence")]
    ways += [("assumption", "test"), ("objective", "statement"), ("objective", "who"), ("initiative", "lead")]
    ways += [("indicator", name) for name in ("owner", "source", "unit")]
    table, name = rng.choice(ways)
    return _one(rng, s, table, **{name: rng.choice(("", " ", "ZZZ"))})


def _rows(rng: Random, s: Strategy) -> Strategy:
    ways = [("risk", "threatens"), ("assumption", "about"), ("initiative", "input"), ("initiative", "activity"), ("initiative", "output")]
    ways += [("objective", "serves"), ("outcome", "serves"), ("objective", "indicators"), ("stakeholder", "consultation"), ("indicator", "target")]
    table, name = rng.choice(ways)
    return _one(rng, s, table, **{name: ()})


def _ring(rng: Random, s: Strategy) -> Strategy:
    for _ in range(rng.randint(1, 4)):
        s = _one(rng, s, "initiative", depends_on=(rng.choice(s.initiative).id,))
    return s


def _days(rng: Random, s: Strategy) -> Strategy:
    edge = rng.choice((FROM, FROM - DAY, UNTIL, UNTIL + DAY))
    table, name = rng.choice((("initiative", "from_"), ("initiative", "until"), ("objective", "due")))
    return _one(rng, s, table, **{name: edge})


def _start(rng: Random, s: Strategy) -> Strategy:
    for _ in range(2):
        s = _one(rng, s, "initiative", from_=FROM + timedelta(days=rng.randint(0, 1)))
    return s


def _window(rng: Random, s: Strategy) -> Strategy:
    return _one(rng, s, "indicator", record=FromRecord(indicator="kept", party="AAA", months=rng.choice((-1, 0, 1, None))))


def _bounds(rng: Random, s: Strategy) -> Strategy:
    numbers = (None, Fraction(0), Fraction(1), Fraction(-1), Fraction(101), Fraction(100), Fraction(1, 2))
    value = rng.choice((Fraction(-1), Fraction(0), Fraction(101), Fraction(100), Fraction(1), Fraction(11, 10)))
    seen = Observed(on=moment(FROM), value=value, source=rng.choice(("t", " ")))
    return _one(rng, s, "indicator", least=rng.choice(numbers), most=rng.choice(numbers), record=None, source=s.owner, observation=(seen,))


def _targets(rng: Random, s: Strategy) -> Strategy:
    days = [None, *(FROM + timedelta(days=rng.choice((-1, 0, 700, 700, 701))) for _ in range(3)), UNTIL, UNTIL + DAY]
    some = tuple(Target(value=Fraction(rng.randint(0, 3), 3), by=rng.choice(days)) for _ in range(rng.randint(1, 3)))
    return _one(rng, s, "indicator", target=some)


def _keeping(rng: Random, s: Strategy) -> Strategy:
    one = rng.choice(s.indicator)
    value = Fraction(0) if one.baseline is None else one.baseline.value
    return replace(s, indicator=tuple(replace(m, target=tuple(replace(t, value=value) for t in m.target)) if m == one else m for m in s.indicator))


def _cost(rng: Random, s: Strategy) -> Strategy:
    one = s.initiative[0]
    some = [replace(given, cost=rng.choice((None, -1, 0, 5)), currency=rng.choice(("EUR", "eur", "EU", "EURO", ""))) for given in one.input]
    more = [Resource(id="more", what="w", by=rng.choice(("", s.owner)))] * rng.randint(0, 1)
    return replace(s, initiative=(replace(one, input=(*some, *more)), *s.initiative[1:]))


def _scales(rng: Random, s: Strategy) -> Strategy:
    words = ("rare", "possible", "minor", "severe", "rare")
    return replace(s, scales=Scales(likelihood=words[: rng.randint(0, 5)], consequence=words[rng.randint(0, 4) :]))


def _roles(rng: Random, s: Strategy) -> Strategy:
    roles: tuple[Role, ...] = ("contributor", "consulted", "informed")
    other = rng.choice(roles)
    return replace(s, stakeholder=tuple(replace(one, role=other) if one.role == "owner" and rng.random() < 0.8 else one for one in s.stakeholder))


def _tests(rng: Random, s: Strategy) -> Strategy:
    some = tuple(Tested(on=moment(FROM + timedelta(days=rng.randint(0, 1))), holds=rng.choice(("yes", "no", "not known"))) for _ in range(3))
    return _one(rng, s, "assumption", tested=some)


def _reviews(rng: Random, s: Strategy) -> Strategy:
    if not s.review:
        return s
    one = rng.choice(s.review)
    parts: list[tuple[str, dict[str, Any]]] = [
        ("decision", {"findings": ()}),
        ("decision", {"on": rng.choice((None, one.on, one.on - DAY))}),
        ("finding", {"evidence": (" ",)}),
    ]
    parts += [
        ("decision", {"unchanged": rng.choice(("", " ", "t"))}),
        ("finding", {"evidence": ()}),
        ("decision", {"by": ""}),
        ("decision", {"id": "d0"}),
    ]
    table, other = rng.choice(parts)
    rows = getattr(one, table)
    place = rng.randrange(len(rows))
    row: Any = (*rows[:place], replace(rows[place], **other), *rows[place + 1 :])
    new = replace(one, **{table: row})
    new = rng.choice((new, replace(new, of=s.version - 1), replace(new, on=new.on - DAY), replace(new, change=()), new))
    return replace(s, review=tuple(new if review == one else review for review in s.review))


def _gone(rng: Random, s: Strategy) -> Strategy:
    """Something is about what a change removed, or says that it did."""
    for review in s.review:
        about = (rng.choice(("gone", "never")),)
        new = replace(review, finding=(replace(review.finding[0], about=about), *review.finding[1:]))
        s = replace(s, review=tuple(new if one == review else one for one in s.review))
    return s


def _party(rng: Random, s: Strategy) -> Strategy:
    return _one(rng, s, "stakeholder", party=rng.choice((None, "ZZZ")))


def _versions(rng: Random, s: Strategy) -> Strategy:
    if not s.earlier:
        return replace(s, version=rng.choice((0, 1, -1)))
    last = s.earlier[-1]
    adopted = rng.choice((s.adopted, last.adopted, last.adopted + DAY, last.adopted - DAY))
    return replace(s, version=rng.choice((last.version, last.version + 1, last.version - 1)), adopted=adopted)


def _edges(rng: Random, s: Strategy) -> Strategy:
    """On the very edge of a rule."""
    drawn = rng.randrange(6)
    if drawn == 0:
        return replace(s, until=s.from_)
    if drawn == 1:
        return replace(s, owner="")
    if drawn == 2:
        first = (Target(value=Fraction(1), by=FROM),)
        measures = tuple(replace(one, target=first) for one in s.indicator)
        return replace(s, indicator=measures, objective=tuple(replace(one, due=FROM) for one in s.objective))
    if drawn == 3:
        base = Baseline(value=Fraction(0), on=moment(FROM + 9 * DAY))
        some = (Target(value=Fraction(1), by=FROM + rng.choice((8, 9, 10)) * DAY), Target(value=Fraction(1), by=UNTIL))
        return _one(rng, s, "indicator", baseline=base, target=some, direction="more")
    return _one(rng, s, "indicator", least=Fraction(1), most=rng.choice((Fraction(1), Fraction(9, 10))), baseline=None, target=(), observation=())


WAYS: tuple[Way, ...] = (
    _id, _prose, _rows, _ring, _days, _start, _window, _bounds, _targets, _keeping, _cost, _scales, _roles, _tests, _reviews, _gone, _party,
    _versions, _prose, _prose, _rows, _reviews, _targets, _bounds, _ring, _edges, _edges, _edges,
)  # fmt: skip
