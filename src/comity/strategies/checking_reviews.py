"""The rules about assumptions and risks, and about reviews: what was found, decided and changed.

Source: how-strategies-are-checked.md, 2.33 to 2.42.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from comity.strategies.looking import ITSELF, Looked, listed
from comity.strategies.strategy import (
    Aim,
    Assumption,
    Initiative,
    Interest,
    Measure,
    Outcome,
    Part,
    Review,
    ReviewChange,
    ReviewDecision,
    Risk,
    Stakeholder,
    Strategy,
)
from comity.terms import Broken

TYPES: dict[Part, type] = {
    "strategy": Strategy, "interest": Interest, "objective": Aim, "outcome": Outcome, "initiative": Initiative, "indicator": Measure,
    "assumption": Assumption, "risk": Risk, "stakeholder": Stakeholder,
}  # fmt: skip
"""The type of each part that a review can change."""


def assumption(x: Looked) -> Iterator[Broken]:
    """33: it is said how each assumption is tested."""
    for one in x.strategy.assumption:
        if not one.test.strip():
            yield Broken("assumption", f"assumption {one.id}", "nothing tests it; say how one will see whether it holds")


def mitigation(x: Looked) -> Iterator[Broken]:
    """34: something is done about each risk."""
    for one in x.strategy.risk:
        if not one.mitigation.strip():
            yield Broken("mitigation", f"risk {one.id}", "nothing is done about it; write what is, or that it is borne and why")


def sign(x: Looked) -> Iterator[Broken]:
    """35: it is said what would show each risk."""
    for one in x.strategy.risk:
        if not one.shown_by.strip():
            yield Broken("sign", f"risk {one.id}", "nothing would show it; say what would")


def scale(x: Looked) -> Iterator[Broken]:
    """36: how likely and how bad are words of the scales."""
    scales = x.strategy.scales
    for name, words in (("likelihood", scales.likelihood), ("consequence", scales.consequence)):
        if len(set(words)) < max(len(words), 2):
            yield Broken("scale", ITSELF, f"its scale of {name} needs two words or more, each once; it has: {listed(words)}")
        for one in x.strategy.risk:
            word = one.likelihood if name == "likelihood" else one.consequence
            if word not in words:
                yield Broken("scale", f"risk {one.id}", f"its {name} is {word!r}; choose one of: {listed(words)}")


def bearing(x: Looked) -> Iterator[Broken]:
    """37: an assumption or a risk bears on something."""
    for one in x.strategy.assumption:
        if not one.about:
            yield Broken("bearing", f"assumption {one.id}", "bears on nothing; name the parts that rest on it")
    for risk in x.strategy.risk:
        if not risk.threatens:
            yield Broken("bearing", f"risk {risk.id}", "threatens nothing; name the parts that it threatens")


def review(x: Looked) -> Iterator[Broken]:
    """38: a review is of a version that there was, after its adoption."""
    s = x.strategy
    adopted = {**{one.version: one.adopted for one in s.earlier}, s.version: s.adopted}
    for one in s.review:
        if one.of not in adopted:
            yield Broken("review", f"review {one.id}", f"is of version {one.of}; there are: {', '.join(map(str, adopted))}")
            continue
        day = adopted[one.of]
        if day is None:
            yield Broken("review", f"review {one.id}", f"is of version {one.of}, which is not adopted; say when it was")
        elif one.on < day:
            yield Broken("review", f"review {one.id}", f"is of {one.on}, before version {one.of} was adopted on {day}; put the day right")


def evidence(x: Looked) -> Iterator[Broken]:
    """39: a finding rests on evidence."""
    for one in x.strategy.review:
        for found in one.finding:
            if not any(given.strip() for given in found.evidence):
                yield Broken("evidence", f"{one.id} finding {found.id}", "rests on nothing; name acts, readings or papers")


def finding(x: Looked) -> Iterator[Broken]:
    """40: a decision answers each finding."""
    for one in x.strategy.review:
        answered = {name for decision in one.decision for name in decision.findings}
        for found in one.finding:
            if found.id not in answered:
                yield Broken("finding", f"{one.id} finding {found.id}", "no decision answers it; decide, even if nothing is to change")


def decision(x: Looked) -> Iterator[Broken]:
    """41: a decision answers a finding, on a day, and changes something or says why nothing."""
    for one in x.strategy.review:
        for decided in one.decision:
            where = f"{one.id} decision {decided.id}"
            yield from (Broken("decision", where, says) for says in _oddities(one, decided))


def _oddities(one: Review, decided: ReviewDecision) -> Iterator[str]:
    if not decided.findings:
        yield "answers no finding; name those that it answers"
    if decided.on is None:
        yield "has no day; say when it was taken"
    elif decided.on < one.on:
        yield f"was taken on {decided.on}, before the review of {one.on}; put the day right"
    changes = any(change.decision == decided.id for change in one.change)
    kept = bool(decided.unchanged.strip())
    if not changes and not kept:
        yield "changes nothing, and does not say why; add a change, or unchanged = the reason"
    if changes and kept:
        yield "changes something, and says why nothing is changed; keep one"


def change(x: Looked) -> Iterator[Broken]:
    """42: what a review of the version before changed is in this one."""
    s = x.strategy
    before = s.earlier[-1].version if s.earlier else None
    for one in s.review:
        for changed in one.change:
            where = f"{one.id} change of {changed.part} {changed.id}"
            if changed.field and changed.field not in fields_of(changed):
                yield Broken("change", where, f"{changed.part}s have no {changed.field!r}; there are: {listed(fields_of(changed))}")
            there = changed.id in ([s.id] if changed.part == "strategy" else x.tables[changed.part])
            if one.of == before and there is (changed.done == "removed"):
                yield Broken("change", where, f"it was {changed.done}, and is {'still' if there else 'not'} here; carry the change out")


def fields_of(changed: ReviewChange) -> list[str]:
    """What the part of a change can have, as the file has it."""
    return [one.name.rstrip("_") for one in fields(TYPES[changed.part])]
