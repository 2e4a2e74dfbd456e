"""What the slow reading says of drawn strategies, kept to be asked of the fast path again and again."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import cast

from comity.indicators import Asked, Reading
from comity.strategies import STRATEGY_RULES, StrategyKnown, check_strategy, progress_of, remarks_on, strategy_diff
from comity.strategies.progress import course_on
from comity.strategies.strategy import Done, Part, Review, ReviewChange, Strategy, Version
from comity.terms import parse_moment
from oracles import strategies as slow
from oracles import strategy_days as slow_days
from tests.strategies.aimed import aimed
from tests.strategies.drawn import INDICATORS, Case, made, review_of
from tests.strategies.scrambled import scrambled

VALID, ALTERED, AIMED, PROGRESS, PAIRS = 100, 800, 900, 500, 300
NAMES = tuple(rule.__name__.strip("_").replace("_", "-") for rule in STRATEGY_RULES)


def known_of(case: Case) -> StrategyKnown:
    return StrategyKnown(case.parties, case.agreements, case.acts, INDICATORS)


def fast(case: Case) -> slow.Broken:
    return {(flaw.rule, flaw.where) for flaw in check_strategy(case.strategy, known_of(case))}


def slowly(case: Case) -> slow.Broken:
    return slow.broken(case.strategy, case.parties, case.agreements, case.acts, INDICATORS)


def altered(seed: int) -> Case:
    """A strategy in which one or some fields are otherwise."""
    rng = Random(seed)
    return Case(scrambled(rng, made(seed).strategy, rng.choice((1, 1, 2, 3, 8))))


@functools.cache
def said() -> tuple[tuple[Case, slow.Broken, slow.Broken], ...]:
    """Strategies that keep every rule, and others that do not, with what is broken and what is remarked."""
    cases = [made(seed) for seed in range(VALID)] + [altered(seed) for seed in range(ALTERED)] + [aimed(seed) for seed in range(AIMED)]
    return tuple((case, slowly(case), slow.remarked(case.strategy)) for case in cases)


def often_broken() -> Counter[str]:
    """In how many of the strategies each rule is broken."""
    return Counter(rule for _, broken, _ in said() for rule in {name for name, _ in broken})


def checker_agrees() -> bool:
    """Does the checker name the same rules in the same places?"""
    return all(fast(case) == broken for case, broken, _ in said())


def remarks_agree() -> bool:
    return all({(one.rule, one.where) for one in remarks_on(case.strategy, known_of(case))} == remarked for case, _, remarked in said())


def rules_agree() -> bool:
    """Of both rules and remarks, since both look things up alike."""
    return checker_agrees() and remarks_agree()


NUMBERS = (0.0, 0.5, 0.85, 0.95, 1.0, 2 / 3, 1 / 3, 0.333, 40.0, 100.0, 7.5)
NEAR = (None, None, 0.05, 0.4)


def record(name: str, asked: Asked) -> Reading:
    """A record that says the same whenever it is asked the same."""
    rng = Random(f"{name} {asked}")
    value = rng.choice((None, *NUMBERS))
    near = rng.choice(NEAR)
    between = None if value is None or near is None else (value - near, value + rng.choice((0.0, near)))
    return Reading(name, asked, value, INDICATORS.get(name, "guns"), 3, between=between)


@functools.cache
def lives() -> tuple[tuple[Strategy, date, list[slow_days.Told]], ...]:
    """Strategies with a day, and how far each is."""
    found = []
    for seed in range(PROGRESS):
        rng = Random(seed)
        strategy = made(seed).strategy if seed % 3 else scrambled(rng, made(seed).strategy, 12)
        strategy = strategy if seed % 5 else _at_the_baseline(strategy)
        days = [target.by for one in strategy.indicator for target in one.target if target.by is not None]
        days += _edges(strategy)
        days += [day for one in strategy.indicator for seen in one.observation for day in (seen.on.first, seen.on.last)]
        on = rng.choice([*days, date(2026, 6, 1)]) + timedelta(days=rng.choice((0, 0, -1, 1, rng.randint(-400, 400))))
        found.append((strategy, on, slow_days.told(strategy, on, record)))
    return tuple(found)


def _edges(strategy: Strategy) -> list[date]:
    """The first day, and those on which an observation falls due again, more often than others."""
    again = [
        slow_days.months_after(seen.on.last, slow_days.EVERY[one.cadence])
        for one in strategy.indicator
        if one.cadence is not None
        for seen in one.observation
    ]
    return [strategy.from_, strategy.from_, *again, *again]


def _at_the_baseline(strategy: Strategy) -> Strategy:
    """The same, where what is observed was first observed on the first day that the baseline can be."""
    return replace(
        strategy,
        indicator=tuple(
            one
            if one.baseline is None
            else replace(one, observation=tuple(replace(seen, on=parse_moment(one.baseline.on.first.isoformat())) for seen in one.observation[:1]))
            for one in strategy.indicator
        ),
    )


def progress_fast(strategy: Strategy, on: date) -> list[slow_days.Told]:
    return [
        (one.measure.id, one.due, [(target.target.by, str(target.progress)) for target in one.targets]) for one in progress_of(strategy, on, record)
    ]


def courses_agree() -> bool:
    """Is the place on the path that is told the one of the slow reading?"""
    for strategy, on, _ in lives()[:200]:
        for one in strategy.indicator:
            if one.baseline is not None:
                begins = one.baseline.on.first
                if course_on(one, begins, on) != slow_days.path(one, begins, on):
                    return False
    return True


def progress_agrees() -> bool:
    return courses_agree() and all(progress_fast(strategy, on) == told for strategy, on, told in lives())


Compared = tuple[set[slow_days.Different], list[tuple[str, str, str, str, str]], set[str]]


@functools.cache
def pairs() -> tuple[tuple[Strategy, Strategy, Compared], ...]:
    """Two versions of strategies, and what changed from one to the other."""
    found = []
    for seed in range(PAIRS):
        old, new = two_versions(seed)
        found.append((old, new, (slow_days.differences(old, new), slow_days.not_carried_out(old, new), slow_days.odd(old, new))))
    return tuple(found)


def two_versions(seed: int) -> tuple[Strategy, Strategy]:
    """Two versions with reviews that decide some of what changed, and some of what did not."""
    rng, old = Random(seed), made(seed).strategy
    new = scrambled(rng, old, rng.choice((0, 1, 3, 9)))
    adopted = rng.choice((old.adopted, None, date(2026, 7, 1), date(2026, 1, 1)))
    new = replace(new, id=old.id, version=old.version + rng.choice((1, 1, 1, 0, -1)), adopted=adopted)
    if old.adopted is not None and rng.random() < 0.8:
        before = Version(version=old.version, adopted=old.adopted + timedelta(days=rng.choice((0, 0, 1))))
        new = replace(new, earlier=(*old.earlier, before))
    if rng.random() < 0.3 and len(new.objective) > 1:
        new = replace(new, objective=new.objective[1:])
    if rng.random() < 0.3 and len(old.indicator) > 1:
        old = replace(old, indicator=old.indicator[1:])
    changed = sorted(one[:4] for one in slow_days.differences(old, new))
    return replace(old, review=_deciding(rng, old, old.version, changed)), replace(new, review=_deciding(rng, new, old.version, changed))


def _deciding(rng: Random, one: Strategy, version: int, changed: list[tuple[str, str, str, str]]) -> tuple[Review, ...]:
    """Reviews with changes of what did change, of what did otherwise, and of what did not; mostly of the older version."""
    reviews = []
    for review in one.review or (review_of(rng, "w0", version, date(2026, 1, 1), one),) * rng.randint(0, 1):
        changes = list(review.change)
        for _ in range(rng.randint(0, 6)):
            part, name, done, field = rng.choice([*changed, ("strategy", one.id, "altered", "title")])
            change = ReviewChange(
                decision=rng.choice([*(decision.id for decision in review.decision), "d9"]),
                part=cast(Part, part if rng.random() < 0.9 else rng.choice(("objective", "risk"))),
                id=name if rng.random() < 0.9 else "o0",
                done=cast(Done, done if rng.random() < 0.9 else rng.choice(("added", "removed", "altered"))),
                field=rng.choice((field, field, "", "title")),
            )
            changes.append(change)
        reviews.append(replace(review, change=tuple(changes), of=rng.choice((review.of, version, version))))
    return tuple(reviews)


def diff_fast(old: Strategy, new: Strategy) -> Compared:
    found = strategy_diff(old, new)
    return (
        {
            (one.part, one.id, one.done, one.field, frozenset((answer.review, answer.decision.id) for answer in one.answers))
            for one in found.differences
        },
        sorted((review.id, change.part, change.id, change.done, change.field) for review, change in found.missing),
        {one.rule for one in found.oddities},
    )


def versions_agree() -> bool:
    return all(diff_fast(old, new) == wanted for old, new, wanted in pairs())
