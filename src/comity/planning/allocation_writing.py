"""A budget's problem and a plan for it as files, and read again the same.

Source: docs/reference/allocation-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.allocations import AllocationPlan, Initiative, OutcomeEffect, Synergy
from comity.planning.allocation_reading import UNKNOWN, BudgetGiven
from comity.planning.toml_writing import Value, fields_of, table_of, written


def allocation_plan_text(plan: AllocationPlan, given: BudgetGiven, file: str, sha256: str) -> str:
    """The plan as a file for the problem in another; years by the calendar."""
    lines = list(fields_of({"problem": file, "sha256": sha256, "value": plan.value, "cost": plan.cost, "bounds": plan.bounds or None}))
    for one in sorted(plan.chosen, key=lambda one: (one.start, one.initiative)):
        lines += ["", "[[funded]]", *fields_of({"initiative": one.initiative, "level": one.level, "start": given.year(one.start)}), "paid = ["]
        for paid in sorted((p for p in plan.paid if p.initiative == one.initiative), key=lambda p: (p.year, p.pot)):
            lines.append(f"  {{ year = {given.year(paid.year)}, pot = {written(paid.pot)}, amount = {paid.amount} }},")
        lines.append("]")
    return "\n".join(lines) + "\n"


def allocation_text(given: BudgetGiven) -> str:
    """The problem as a file: all its money as pots, outcomes by their ranks."""
    p = given.problem
    lines = list(fields_of({"title": given.title or None, "money": p.money or None, "first": given.first, "years": p.years}))
    lines += ['objective = "lexicographic"'] if any(one.rank != 1 for one in p.outcomes) else []
    for pot in p.pots:
        only = {"kinds": pot.kinds or None, "partners": pot.partners or None, "regions": pot.regions or None}
        lines += table_of("pot", {"id": pot.id, "amounts": pot.amounts, "carry": pot.carry or None, **only})
    for resource in p.resources:
        lines += table_of("resource", {"id": resource.id, "amounts": resource.amounts})
    for aim in p.outcomes:
        lines += table_of("outcome", {"id": aim.id, "unit": aim.unit, "target": aim.target, "weight": aim.weight, "rank": aim.rank})
        steps = [f"{{ counts = {s.counts}{'' if s.upto is None else f', upto = {s.upto}'} }}" for s in aim.returns]
        lines += [f"returns = [{', '.join(steps)}]"] if steps else []
    for initiative in p.initiatives:
        lines += _initiative(initiative, given)
    for need in p.needs:
        fields: dict[str, Value] = {"initiative": need.initiative, "other": need.other, "level": need.level, "other_level": need.other_level}
        lines += table_of("need", fields | {"lag": need.lag or None})
    for exclusion in p.exclusions:
        lines += table_of("exclusion", {"initiatives": exclusion.initiatives, "most": exclusion.most})
    for one in p.balances:
        shares: dict[str, Value] = {"least": one.least, "most": one.most, "least_share": one.least_share, "most_share": one.most_share}
        lines += table_of("balance", {"by": one.by, "name": one.name} | shares)
    for synergy in p.synergies:
        least = [level or "" for level in synergy.levels]
        lines += table_of("synergy", {"initiatives": synergy.initiatives, "levels": least if any(least) else None} | _effect(synergy))
    return "\n".join(lines) + "\n"


def _initiative(one: Initiative, given: BudgetGiven) -> Iterator[str]:
    fields: dict[str, Value] = {"id": one.id, "kind": one.kind, "partners": one.partners or None, "region": one.region or None}
    fields |= {"earliest": given.year(one.earliest), "latest": given.year(one.latest), "must": one.must, "out": one.out or None}
    yield from table_of("initiative", fields)
    for level in one.levels:
        yield from table_of("initiative.level", {"name": level.name, "cost": level.costs, "years": level.years, "uses": dict(level.uses) or None})
        for effect in level.effects:
            yield from table_of("initiative.level.effect", _effect(effect))


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
