"""What changed from one version of a strategy to the next, and which decision each change answers.

Source: how-strategies-are-checked.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any, get_args

from comity.strategies.looking import ITSELF, written
from comity.strategies.strategy import Done, Part, Review, ReviewChange, ReviewDecision, Strategy
from comity.terms import BadInput, Broken

PARTS: tuple[Part, ...] = get_args(Part)
ITS_OWN = ("title", "from_", "until", "owner", "scales")
"""What of the strategy itself can change; its version, its adoption and what it says of earlier versions always do."""
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision of a review that a difference answers."""

    review: str
    decision: ReviewDecision


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that one version has otherwise than the other: a part added, removed, or altered in a field; which decisions it answers."""

    part: Part
    id: str
    done: Done
    field: str
    old: str
    new: str
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class StrategyDiff:
    """Two versions beside one another: what is odd about them, the differences, and the changes that were decided and are not there."""

    old: int
    new: int
    oddities: tuple[Broken, ...]
    differences: tuple[Difference, ...]
    missing: tuple[tuple[Review, ReviewChange], ...]


def strategy_diff(old: Strategy, new: Strategy) -> StrategyDiff:
    """What changed from the old version to the new one, each with the decisions that it answers; BadInput where these are two strategies."""
    if old.id != new.id:
        raise BadInput(f"{old.id!r} and {new.id!r} are two strategies; give two versions of one")
    reviews = tuple({**{one.id: one for one in old.review}, **{one.id: one for one in new.review}}.values())
    decided = [(one, change) for one in reviews if one.of == old.version for change in one.change]
    found = list(_differences(old, new))
    return StrategyDiff(
        old.version,
        new.version,
        tuple(_oddities(old, new)),
        tuple(_answering(one, decided) for one in found),
        tuple((review, change) for review, change in decided if not any(_meets(change, one) for one in found)),
    )


def _oddities(old: Strategy, new: Strategy) -> Iterator[Broken]:
    if new.version <= old.version:
        yield Broken("version", ITSELF, f"version {new.version} is no later than version {old.version}; give the older one first")
    elif not any(one.version == old.version and one.adopted == old.adopted for one in new.earlier):
        on = "a day" if old.adopted is None else old.adopted
        yield Broken("earlier", ITSELF, f"version {new.version} does not have version {old.version}, adopted on {on}, among the earlier ones; add it")
    if old.adopted is not None and new.adopted is not None and new.adopted <= old.adopted:
        yield Broken("dates", ITSELF, f"version {new.version} was adopted on {new.adopted}, no later than version {old.version} on {old.adopted}")


def _differences(old: Strategy, new: Strategy) -> Iterator[Difference]:
    for part in PARTS:
        before, after = _by_id(old, part), _by_id(new, part)
        for name in dict.fromkeys([*before, *after]):
            if name not in after:
                yield Difference(part, name, "removed", NOTHING, told(before[name]), NOTHING)
            elif name not in before:
                yield Difference(part, name, "added", NOTHING, NOTHING, told(after[name]))
            else:
                yield from _altered(part, name, before[name], after[name])


def _by_id(strategy: Strategy, part: Part) -> Mapping[str, Any]:
    return {strategy.id: strategy} if part == "strategy" else {one.id: one for one in getattr(strategy, part)}


def _altered(part: Part, name: str, before: Any, after: Any) -> Iterator[Difference]:
    for field in ITS_OWN if part == "strategy" else [one.name for one in fields(before)]:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Difference(part, name, "altered", field.rstrip("_"), *_both(old, new))


def _answering(one: Difference, decided: list[tuple[Review, ReviewChange]]) -> Difference:
    found = [
        Answered(review.id, decision)
        for review, change in decided
        if _meets(change, one)
        for decision in review.decision
        if decision.id == change.decision
    ]
    return Difference(one.part, one.id, one.done, one.field, one.old, one.new, tuple(dict.fromkeys(found)))


def _meets(change: ReviewChange, one: Difference) -> bool:
    return (change.part, change.id, change.done) == (one.part, one.id, one.done) and change.field in (NOTHING, one.field)


def _both(old: Any, new: Any) -> tuple[str, str]:
    """The two values in words, of things with ids or fields only what differs."""
    if isinstance(old, tuple) and isinstance(new, tuple) and all(hasattr(one, "id") for one in (*old, *new)):
        before, after = {one.id: one for one in old}, {one.id: one for one in new}
        names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
        pairs = [_both(before.get(name), after.get(name)) for name in names]
        if not names:
            return _row(before), _row(after)
        return _row(_named(names, [one for one, _ in pairs])), _row(_named(names, [one for _, one in pairs]))
    if is_dataclass(old) and is_dataclass(new) and type(old) is type(new):
        differ = [one.name for one in fields(old) if getattr(old, one.name) != getattr(new, one.name)]
        pairs = [_both(getattr(old, name), getattr(new, name)) for name in differ]
        return "; ".join(_named(differ, [one for one, _ in pairs])), "; ".join(_named(differ, [one for _, one in pairs]))
    return told(old), told(new)


def _named(names: list[str], said: list[str]) -> list[str]:
    return [f"{name.rstrip('_')} {one}" for name, one in zip(names, said, strict=True) if one]


def _row(some: Any) -> str:
    return ", ".join(some)


def told(value: Any) -> str:
    """A value of a strategy in words; blank: there is none."""
    if value is None:
        return NOTHING
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(told, value)))
    if isinstance(value, Fraction):
        return written(value)
    if not is_dataclass(value) or not fields(value) or hasattr(value, "written"):
        return str(value)
    for name in ("text", "statement", "title", "what"):
        if hasattr(value, name):
            return str(getattr(value, name))
    said = [f"{one.name.rstrip('_')} {told(getattr(value, one.name))}" for one in fields(value) if told(getattr(value, one.name))]
    return " ".join(said)
