"""Strategies with some of their fields altered at random: to other values of the same type, to none, near to what another field has.

It knows the types, and nothing of the checker.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from comity.strategies.strategy import AtStage, Baseline, Strategy
from comity.terms import Moment, parse_moment

Path = tuple[tuple[str, int | None], ...]
"""The way to a part: fields, and places in them."""
STRAY = ("", "", " ", "ZZZ", "owner", "a;b", " x", "y ")


def scrambled(rng: Random, strategy: Strategy, times: int) -> Strategy:
    """The strategy, altered so many times."""
    for _ in range(times):
        path, part = rng.choice(list(_parts(strategy)))
        names = [one.name for one in dataclasses.fields(part)]
        name = rng.choice(names)
        kind: Any = type(part)
        hint = _hints(kind)[name]
        other = dataclasses.replace(part, **{name: _other(rng, strategy, hint, getattr(part, name))})
        strategy = cast(Strategy, _placed(strategy, path, other))
    return strategy


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _parts(part: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every part of a strategy that has fields, with the way to it."""
    yield path, part
    for one in dataclasses.fields(part):
        value = getattr(part, one.name)
        if isinstance(value, tuple):
            for place, item in enumerate(value):
                if dataclasses.is_dataclass(item):
                    yield from _parts(item, (*path, (one.name, place)))
        elif dataclasses.is_dataclass(value) and not isinstance(value, Moment):
            yield from _parts(value, (*path, (one.name, None)))


def _placed(part: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    (name, place), *rest = path
    value = getattr(part, name)
    if place is None:
        return dataclasses.replace(part, **{name: _placed(value, tuple(rest), new)})
    inner = (*value[:place], _placed(value[place], tuple(rest), new), *value[place + 1 :])
    return dataclasses.replace(part, **{name: inner})


def _other(rng: Random, strategy: Strategy, hint: Any, value: Any) -> Any:
    """Another value of that type."""
    if get_origin(hint) in (Union, types.UnionType):
        return None if value is not None and rng.random() < 0.5 else _other(rng, strategy, get_args(hint)[0], value)
    if get_origin(hint) is Literal:
        return rng.choice(get_args(hint))
    if get_origin(hint) is tuple:
        return _others(rng, strategy, get_args(hint)[0], value)
    if get_origin(hint) is dict:
        return rng.choice(({}, {"AAA": 1}, {"AAA": 1, "ZZZ": 2}))
    if hint is str:
        return rng.choice((*STRAY, *_found(strategy, str)))
    if hint is int:
        return rng.choice((-1, 0, 1, 2, 3, (value or 0) + 1, (value or 0) - 1))
    if hint is Fraction:
        near = value if value is not None else Fraction(1)
        return rng.choice((*_found(strategy, Fraction), near - Fraction(1, 20), near + Fraction(1, 20), -near, Fraction(0), Fraction(101)))
    if hint is date:
        return _day(rng, strategy, value)
    if hint is Moment:
        drawn = rng.random()
        first = _day(rng, strategy, value.first)
        if drawn < 0.6:
            return parse_moment(first.isoformat())
        return parse_moment(f"{first.isoformat()[:7]}-xx") if drawn < 0.8 else parse_moment(f"{first}/{first + timedelta(days=rng.randint(0, 70))}")
    if hint is AtStage:
        return AtStage(agreement=rng.choice(("pact", "no-pact")), state=rng.choice(("AAA", "ZZZ")))
    if hint is Baseline:
        return Baseline(value=Fraction(rng.randint(0, 9)), on=parse_moment(_day(rng, strategy, None).isoformat()))
    return value


def _others(rng: Random, strategy: Strategy, hint: Any, value: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row with one more, one fewer, one twice, none, or in another order."""
    drawn = rng.random()
    if drawn < 0.3 and value:
        place = rng.randrange(len(value))
        return (*value[:place], *value[place + 1 :])
    if drawn < 0.4:
        return ()
    if drawn < 0.6 and value:
        return (*value, rng.choice(value))
    if hint is str:
        return (*value, rng.choice((*STRAY, *_found(strategy, str))))
    return tuple(rng.sample(value, len(value)))


def _day(rng: Random, strategy: Strategy, value: date | None) -> date:
    """A day near to the value, or to one that stands somewhere else."""
    days = [*_found(strategy, date), *(day for one in _found(strategy, Moment) for day in (one.first, one.last))]
    day = value if value is not None and rng.random() < 0.4 else rng.choice(days)
    return day + timedelta(days=rng.choice((0, 0, -1, 1, -1, 1, rng.randint(-900, 900))))


def _found(strategy: Strategy, kind: type) -> list[Any]:
    """The values of that type, wherever they stand."""
    found = []
    for _, part in _parts(strategy):
        for one in dataclasses.fields(part):
            value = getattr(part, one.name)
            found += [item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, kind)]
    return found
