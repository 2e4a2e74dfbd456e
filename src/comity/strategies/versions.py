"""What changed from one version of a strategy to the next, and which decision each change answers.

Source: how-strategies-are-checked.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from comity.strategies.looking import ITSELF
from comity.strategies.strategy import Done, Part, Review, ReviewChange, ReviewDecision, Strategy
from comity.strategies.wording import NOTHING, both, told
from comity.terms import BadInput, Broken

PARTS: tuple[Part, ...] = get_args(Part)
ITS_OWN = ("title", "from_", "until", "owner", "scales")
"""What of the strategy itself can change; its version, its adoption and what it says of earlier versions always do."""
FACTS = ("observation", "tested", "consultation")
"""What was seen or done since is no change of the strategy."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision of a review that a difference answers."""

    review: str
    decision: ReviewDecision


@dataclass(frozen=True, slots=True)
class VersionDifference:
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
    differences: tuple[VersionDifference, ...]
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


def _differences(old: Strategy, new: Strategy) -> Iterator[VersionDifference]:
    for part in PARTS:
        before, after = _by_id(old, part), _by_id(new, part)
        for name in dict.fromkeys([*before, *after]):
            if name not in after:
                yield VersionDifference(part, name, "removed", NOTHING, told(before[name]), NOTHING)
            elif name not in before:
                yield VersionDifference(part, name, "added", NOTHING, NOTHING, told(after[name]))
            else:
                yield from _altered(part, name, before[name], after[name])


def _by_id(strategy: Strategy, part: Part) -> Mapping[str, Any]:
    return {strategy.id: strategy} if part == "strategy" else {one.id: one for one in getattr(strategy, part)}


def _altered(part: Part, name: str, before: Any, after: Any) -> Iterator[VersionDifference]:
    for field in ITS_OWN if part == "strategy" else [one.name for one in fields(before) if one.name not in FACTS]:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield VersionDifference(part, name, "altered", field.rstrip("_"), *both(old, new))


def _answering(one: VersionDifference, decided: list[tuple[Review, ReviewChange]]) -> VersionDifference:
    found = [
        Answered(review.id, decision)
        for review, change in decided
        if _meets(change, one)
        for decision in review.decision
        if decision.id == change.decision
    ]
    return VersionDifference(one.part, one.id, one.done, one.field, one.old, one.new, tuple(dict.fromkeys(found)))


def _meets(change: ReviewChange, one: VersionDifference) -> bool:
    return (change.part, change.id, change.done) == (one.part, one.id, one.done) and change.field in (NOTHING, one.field)
