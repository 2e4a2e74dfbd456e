"""The rules about objectives (specific, measurable, achievable, relevant, time-bound) and about the chain from inputs to interests.

Source: how-strategies-are-checked.md, 2.11 to 2.26.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.strategies.looking import Looked
from comity.strategies.strategy import Aim
from comity.terms import Broken


def specific(x: Looked) -> Iterator[Broken]:
    """11: an objective says who brings about what."""
    for aim in x.strategy.objective:
        missing = [word for word, given in (("who", aim.who), ("what (its statement)", aim.statement.strip())) if not given]
        if missing:
            yield Broken("specific", f"objective {aim.id}", f"does not say {' and '.join(missing)}; write it")


def measurable(x: Looked) -> Iterator[Broken]:
    """12: it has an indicator with unit, baseline and target."""
    for aim in x.strategy.objective:
        found = [one for name in aim.indicators for one in x.measures.get(name, ())]
        if not found:
            yield Broken("measurable", f"objective {aim.id}", "no indicator measures it; name one")
        for one in found:
            lacks = [word for word, there in (("unit", one.unit), ("baseline", one.baseline), ("target", one.target)) if not there]
            if lacks:
                yield Broken("measurable", f"objective {aim.id}", f"its indicator {one.id} has no {' and no '.join(lacks)}; add it")


def achievable(x: Looked) -> Iterator[Broken]:
    """13: something into which inputs go leads to it."""
    with_inputs = {name for one in x.strategy.initiative if one.input for name in x.reached(one)}
    for aim in x.strategy.objective:
        if not any(outcome.id in with_inputs and aim.id in outcome.serves for outcome in x.strategy.outcome):
            yield Broken("achievable", f"objective {aim.id}", "no initiative with an input leads to it; give one its inputs")


def relevant(x: Looked) -> Iterator[Broken]:
    """14: it serves an interest."""
    for aim in x.strategy.objective:
        if not any(name in x.tables["interest"] for name in aim.serves):
            yield Broken("relevant", f"objective {aim.id}", "serves no interest; say which, or leave it out")


def time_bound(x: Looked) -> Iterator[Broken]:
    """15: it is due within the period, and each of its indicators has a target by then."""
    s = x.strategy
    for aim in s.objective:
        if aim.due is None:
            yield Broken("time-bound", f"objective {aim.id}", "has no day by which it is due; add due")
        elif not s.from_ <= aim.due <= s.until:
            yield Broken("time-bound", f"objective {aim.id}", f"is due on {aim.due}, not from {s.from_} to {s.until}; put the day right")
        else:
            yield from _in_time(x, aim)


def _in_time(x: Looked, aim: Aim) -> Iterator[Broken]:
    for name in aim.indicators:
        for one in x.measures.get(name, ()):
            if not one.target or any(t.by is not None and aim.due is not None and t.by <= aim.due for t in one.target):
                continue
            yield Broken("time-bound", f"objective {aim.id}", f"its indicator {name} has no target by {aim.due}, when it is due; add one")


def interest(x: Looked) -> Iterator[Broken]:
    """16: an objective serves each interest."""
    served = {name for aim in x.strategy.objective for name in aim.serves}
    for one in x.strategy.interest:
        if one.id not in served:
            yield Broken("interest", f"interest {one.id}", "no objective serves it; write one, or leave it out")


def objective(x: Looked) -> Iterator[Broken]:
    """17: an outcome serves each objective."""
    served = {name for outcome in x.strategy.outcome for name in outcome.serves}
    for aim in x.strategy.objective:
        if aim.id not in served:
            yield Broken("objective", f"objective {aim.id}", "no outcome serves it; say what has to be different for it to be reached")


def outcome(x: Looked) -> Iterator[Broken]:
    """18: an output leads to each outcome, and it serves an objective."""
    led = {name for output in x.strategy.outputs() for name in output.leads_to}
    for one in x.strategy.outcome:
        if one.id not in led:
            yield Broken("outcome", f"outcome {one.id}", "no output leads to it; say what brings it about")
        if not any(name in x.tables["objective"] for name in one.serves):
            yield Broken("outcome", f"outcome {one.id}", "serves no objective; say which, or leave it out")


def initiative(x: Looked) -> Iterator[Broken]:
    """19: each initiative has inputs, activities and outputs, and leads to an outcome."""
    for one in x.strategy.initiative:
        missing = [word for word, some in (("input", one.input), ("activity", one.activity), ("output", one.output)) if not some]
        if missing:
            yield Broken("initiative", f"initiative {one.id}", f"has no {' and no '.join(missing)}; add it")
        elif not x.reached(one):
            yield Broken("initiative", f"initiative {one.id}", "leads to no outcome; let an output of it lead to one")


def input_(x: Looked) -> Iterator[Broken]:
    """20: an activity uses each input."""
    for one in x.strategy.initiative:
        used = {name for activity in one.activity for name in activity.uses}
        for given in one.input:
            if given.id not in used:
                yield Broken("input", f"input {given.id}", f"no activity of {one.id} uses it; say which does, or leave it out")


def activity(x: Looked) -> Iterator[Broken]:
    """21: each activity yields an output."""
    for one in x.strategy.initiative:
        made = {output.id for output in one.output}
        for done in one.activity:
            if not made.intersection(done.yields):
                yield Broken("activity", f"activity {done.id}", f"yields no output of {one.id}; say what comes of it")


def output(x: Looked) -> Iterator[Broken]:
    """22: an activity yields each output, and it leads to an outcome."""
    for one in x.strategy.initiative:
        made = {name for done in one.activity for name in done.yields}
        for got in one.output:
            if got.id not in made:
                yield Broken("output", f"output {got.id}", f"no activity of {one.id} yields it; say which does")
            if not any(name in x.tables["outcome"] for name in got.leads_to):
                yield Broken("output", f"output {got.id}", "leads to no outcome; say to which, or leave it out")


def indicator(x: Looked) -> Iterator[Broken]:
    """23: something is measured by each indicator."""
    s = x.strategy
    lists = [one.indicators for one in s.objective] + [one.indicators for one in s.outcome] + [one.indicators for one in s.outputs()]
    used = {name for names in lists for name in names}
    for one in s.indicator:
        if one.id not in used:
            yield Broken("indicator", f"indicator {one.id}", "measures nothing; let an objective, outcome or output name it")


def cycle(x: Looked) -> Iterator[Broken]:
    """24: no initiative depends on itself, however far round."""
    needs: dict[str, list[str]] = {}
    for one in x.strategy.initiative:
        needs.setdefault(one.id, []).extend(one.depends_on)
    for start, first in needs.items():
        seen, ahead = set[str](), list(first)
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                ahead += needs.get(name, ())
        if start in seen:
            yield Broken("cycle", f"initiative {start}", "depends on itself, over those that it depends on; cut the ring")


def order(x: Looked) -> Iterator[Broken]:
    """25: an initiative's days lie within the period, and it does not begin before what it depends on."""
    s = x.strategy
    for one in s.initiative:
        where = f"initiative {one.id}"
        for word, day in (("begins", one.from_), ("ends", one.until)):
            if day is not None and not s.from_ <= day <= s.until:
                yield Broken("order", where, f"{word} on {day}, not from {s.from_} to {s.until}; put the day right")
        if one.from_ is not None and one.until is not None and one.until < one.from_:
            yield Broken("order", where, f"ends on {one.until}, before it begins on {one.from_}; put one of them right")
        for other in s.initiative:
            if other.id in one.depends_on and one.from_ is not None and other.from_ is not None and one.from_ < other.from_:
                yield Broken("order", where, f"begins on {one.from_}, before {other.id}, on which it depends, on {other.from_}; begin it later")


def cost(x: Looked) -> Iterator[Broken]:
    """26: a cost is 0 or more, in a currency."""
    for one in x.strategy.inputs():
        if one.cost is None:
            continue
        if one.cost < 0:
            yield Broken("cost", f"input {one.id}", f"costs {one.cost:,}; give 0 or more")
        if not re.fullmatch(r"[A-Z]{3}", one.currency):
            yield Broken("cost", f"input {one.id}", f"its currency is {one.currency!r}; write three capital letters, such as EUR")
