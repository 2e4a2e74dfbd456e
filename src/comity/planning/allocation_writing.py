"""A budget's problem and a plan for it as files, and read again the same.

Source: docs/reference/allocation-format.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from comity.allocations import AllocationPlan, Initiative, OutcomeEffect, Synergy
from comity.planning.allocation_reading import UNKNOWN, BudgetGiven

Value: TypeAlias = str | int | bool | Sequence[str] | Sequence[int] | None


def allocation_plan_text(plan: AllocationPlan, given: BudgetGiven, file: str, sha256: str) -> str:
    """The plan as a file for the problem in another; years by the calendar."""
    lines = list(_fields({"problem": file, "sha256": sha256, "value": plan.value, "cost": plan.cost, "bounds": plan.bounds or None}))
    for one in sorted(plan.chosen, key=lambda one: (one.start, one.initiative)):
        lines += ["", "[[funded]]", *_fields({"initiative": one.initiative, "level": one.level, "start": given.year(one.start)}), "paid = ["]
        for paid in sorted((p for p in plan.paid if p.initiative == one.initiative), key=lambda p: (p.year, p.pot)):
            lines.append(f"  {{ year = {given.year(paid.year)}, pot = {_quoted(paid.pot)}, amount = {paid.amount} }},")
        lines.append("]")
    return "\n".join(lines) + "\n"


def allocation_text(given: BudgetGiven) -> str:
    """The problem as a file: all its money as pots, outcomes by their ranks."""
    p = given.problem
    lines = list(_fields({"title": given.title or None, "money": p.money or None, "first": given.first, "years": p.years}))
    lines += ['objective = "lexicographic"'] if any(one.rank != 1 for one in p.outcomes) else []
    for pot in p.pots:
        only = {"kinds": pot.kinds or None, "partners": pot.partners or None, "regions": pot.regions or None}
        lines += _table("pot", {"id": pot.id, "amounts": pot.amounts, "carry": pot.carry or None, **only})
    for resource in p.resources:
        lines += _table("resource", {"id": resource.id, "amounts": resource.amounts})
    for outcome in p.outcomes:
        lines += _table("outcome", {"id": outcome.id, "unit": outcome.unit, "target": outcome.target, "weight": outcome.weight, "rank": outcome.rank})
        steps = [f"{{ counts = {s.counts}{'' if s.upto is None else f', upto = {s.upto}'} }}" for s in outcome.returns]
        lines += [f"returns = [{', '.join(steps)}]"] if steps else []
    for initiative in p.initiatives:
        lines += _initiative(initiative, given)
    for need in p.needs:
        fields: dict[str, Value] = {"initiative": need.initiative, "other": need.other, "level": need.level, "other_level": need.other_level}
        lines += _table("need", fields | {"lag": need.lag or None})
    for exclusion in p.exclusions:
        lines += _table("exclusion", {"initiatives": exclusion.initiatives, "most": exclusion.most})
    for one in p.balances:
        shares: dict[str, Value] = {"least": one.least, "most": one.most, "least_share": one.least_share, "most_share": one.most_share}
        lines += _table("balance", {"by": one.by, "name": one.name} | shares)
    for synergy in p.synergies:
        least = [level or "" for level in synergy.levels]
        lines += _table("synergy", {"initiatives": synergy.initiatives, "levels": least if any(least) else None} | _effect(synergy))
    return "\n".join(lines) + "\n"


def _initiative(one: Initiative, given: BudgetGiven) -> Iterator[str]:
    fields: dict[str, Value] = {"id": one.id, "kind": one.kind, "partners": one.partners or None, "region": one.region or None}
    fields |= {"earliest": given.year(one.earliest), "latest": given.year(one.latest), "must": one.must, "out": one.out or None}
    yield from _table("initiative", fields)
    for level in one.levels:
        yield from _table("initiative.level", {"name": level.name, "cost": level.costs, "years": level.years})
        if level.uses:
            yield f"uses = {{ {', '.join(f'{_quoted(name)} = {list(amounts)}' for name, amounts in level.uses)} }}"
        for effect in level.effects:
            yield from _table("initiative.level.effect", _effect(effect))


def _effect(one: OutcomeEffect | Synergy) -> dict[str, Value]:
    return {
        "outcome": one.outcome,
        "expected": UNKNOWN if one.expected is None else one.expected,
        "low": one.low,
        "high": one.high,
        "source": one.source,
        "evidence": one.evidence or None,
        "after": one.after or None,
        "yearly": one.yearly or None,
    }


def _table(name: str, fields: Mapping[str, Value]) -> list[str]:
    return ["", f"[[{name}]]", *_fields(fields)]


def _fields(fields: Mapping[str, Value]) -> Iterator[str]:
    for name, value in fields.items():
        if value is not None:
            yield f"{name} = {_written(value)}"


def _written(value: Value) -> str:
    if isinstance(value, str | int):
        return _quoted(value)
    return f"[{', '.join(_quoted(one) for one in value or ())}]"


def _quoted(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)
