"""The rules about indicators: their units, where their readings come from and how often, their targets.

Source: how-strategies-are-checked.md, 2.27 to 2.32.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from comity.strategies.looking import BOUNDS, MONTHS, Looked, listed, values_of, written
from comity.strategies.strategy import Measure
from comity.terms import Broken, Step, add


def unit(x: Looked) -> Iterator[Broken]:
    """27: there is a unit, and all values are in it."""
    for one in x.strategy.indicator:
        where = f"indicator {one.id}"
        if not one.unit:
            yield Broken("unit", where, "has no unit, so that its targets cannot be compared with anything; add unit")
        for what, value in values_of(one):
            if value.unit and value.unit != one.unit:
                yield Broken("unit", where, f"{what} is in {value.unit!r}, the indicator in {one.unit!r}; use one unit")
        read = None if one.record is None else x.known.indicators.get(one.record.indicator)
        if one.record is not None and read is not None and read != one.unit:
            yield Broken("unit", where, f'{one.record.indicator} is read in {read!r}, not in {one.unit!r}; write unit = "{read}"')


def source(x: Looked) -> Iterator[Broken]:
    """28: it is read from the record, or observed by a stakeholder; one of the two."""
    there = x.tables["stakeholder"]
    for one in x.strategy.indicator:
        where = f"indicator {one.id}"
        if one.record is None and not one.source:
            yield Broken("source", where, "is neither read from the record nor observed by anybody; add record, or the stakeholder as source")
        if one.record is not None and (one.source or one.observation):
            yield Broken("source", where, "is read from the record, and has a source or observations as well; choose one")
        if one.source and one.source not in there:
            yield Broken("source", where, f"its source {one.source!r} is no stakeholder; there are: {listed(there)}")
        for seen in one.observation:
            if not seen.source.strip():
                yield Broken("source", where, f"its observation of {seen.on} does not say where it is written; add source")


def window(x: Looked) -> Iterator[Broken]:
    """29: a window of the record is a month or longer."""
    for one in x.strategy.indicator:
        if one.record is not None and one.record.months is not None and one.record.months < 1:
            yield Broken("window", f"indicator {one.id}", f"looks back over {one.record.months} months; give 1 or more")


def cadence(x: Looked) -> Iterator[Broken]:
    """30: it is read at least twice between its baseline and its last target."""
    for one in x.strategy.indicator:
        where = f"indicator {one.id}"
        if one.cadence is None:
            yield Broken("cadence", where, f"does not say how often it is read; add cadence: {', '.join(MONTHS)}")
            continue
        last = max((target.by for target in one.target if target.by is not None), default=None)
        if one.baseline is None or last is None:
            continue
        second = add(one.baseline.on.last, (Step(months=2 * MONTHS[one.cadence], end_of_month="clip"),))
        if second > last:
            yield Broken(
                "cadence",
                where,
                f"read {one.cadence}, its second reading after the baseline is on {second}, after its last target on {last}; read it more often",
            )


def target(x: Looked) -> Iterator[Broken]:
    """31: each target has a day of its own, within the period and after the baseline; and none goes back."""
    s = x.strategy
    for one in s.indicator:
        where, days = f"indicator {one.id}", [aim.by for aim in one.target if aim.by is not None]
        if len(days) < len(one.target):
            yield Broken("target", where, "a target has no day; say by when")
        if len(set(days)) < len(days):
            yield Broken("target", where, "two targets are for one day; keep one")
        for day in days:
            if not s.from_ <= day <= s.until:
                yield Broken("target", where, f"its target by {day} is not from {s.from_} to {s.until}; put the day right")
            if one.baseline is not None and day <= one.baseline.on.first:
                yield Broken("target", where, f"its target by {day} is not after its baseline of {one.baseline.on}; put the day right")
        yield from _goes_back(where, one)


def _goes_back(where: str, one: Measure) -> Iterator[Broken]:
    sign = 1 if one.direction == "more" else -1
    before: Fraction | None = None if one.baseline is None else one.baseline.value
    for aim in sorted((aim for aim in one.target if aim.by is not None), key=lambda aim: aim.by or date.max):
        if before is not None and sign * aim.value < sign * before:
            yield Broken(
                "target",
                where,
                f"its target by {aim.by} is {written(aim.value)}, worse than {written(before)} before it, where {one.direction} is better",
            )
        before = aim.value


def bounds(x: Looked) -> Iterator[Broken]:
    """32: values are such as the unit allows."""
    for one in x.strategy.indicator:
        least, most = bounds_of(one)
        if least is not None and most is not None and most < least:
            yield Broken("bounds", f"indicator {one.id}", f"its most {written(most)} is below its least {written(least)}; put one of them right")
            continue
        for what, value in values_of(one):
            if (least is not None and value.value < least) or (most is not None and value.value > most):
                ends = " and ".join(f"{word} {written(end)}" for word, end in (("at least", least), ("at most", most)) if end is not None)
                yield Broken("bounds", f"indicator {one.id}", f"{what} is {written(value.value)}; {one.unit or 'it'} is {ends}")


def bounds_of(one: Measure) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that an indicator can be: as it says, else as its unit has it; None: no bound is known."""
    low, high = BOUNDS.get(one.unit, (None, None))
    least = one.least if one.least is not None else None if low is None else Fraction(low)
    most = one.most if one.most is not None else None if high is None else Fraction(high)
    return least, most
