"""Which rules are on record on a day, under which names, for which bodies?

Source: how-decisions-are-counted.md, section 1.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from comity.agreements import Agreement
from comity.agreements.decision_rules import Bar, DecisionRule, WeightTable
from comity.parties import Register
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule with the agreement whose clause it is."""

    agreement: Agreement
    rule: DecisionRule

    @property
    def name(self) -> str:
        """AGREEMENT/RULE."""
        return f"{self.agreement.id}/{self.rule.id}"


def rules_on_record(standing: Standing, of: str | None = None) -> list[NamedRule]:
    """All rules that hold on the day, or those of one agreement or body; NotOnRecord offers what is near."""
    found = [one for one in _all_rules(standing) if holds_on(one.rule, standing.on)]
    if of is None:
        return found
    wanted = of.casefold()
    chosen = [one for one in found if wanted in (one.agreement.id.casefold(), one.rule.body.casefold())]
    if not chosen:
        names = sorted({name for one in found for name in (one.agreement.id, one.rule.body)})
        raise NotOnRecord(
            f"no rule of {of!r} is on record on {standing.on}{_told_near(of, names)}; list all of them with: comity decision rules --on {standing.on}"
        )
    return chosen


def rule_named(standing: Standing, name: str) -> NamedRule:
    """The rule of that name on the day; NotOnRecord says what is near, or on which days it holds."""
    agreement_id, slash, rule_id = name.partition("/")
    if not slash or not agreement_id or not rule_id:
        names = [one.name for one in _all_rules(standing)]
        own = list(dict.fromkeys(one for one in names if one.startswith(f"{agreement_id}/")))
        near = f"; it has: {', '.join(own)}" if own else _told_near(name, names)
        raise BadInput(f"{name!r} names no rule; write AGREEMENT/RULE, for instance un-charter/security-council{near}")
    agreement = standing.record.agreement(agreement_id, standing.known)
    rules = [clause for clause in agreement.clauses if isinstance(clause, DecisionRule)]
    if not rules:
        raise NotOnRecord(f"{agreement_id} says on record no rule of decision; list those that do with: comity decision rules")
    called = [rule for rule in rules if rule.id == rule_id]
    if not called:
        ids = list(dict.fromkeys(rule.id for rule in rules))
        raise NotOnRecord(f"{agreement_id} has no rule {rule_id!r}{_told_near(rule_id, ids)}; it has: {', '.join(ids)}")
    for rule in called:
        if holds_on(rule, standing.on):
            return NamedRule(agreement, rule)
    days = "; ".join(_told_days(rule) for rule in called)
    raise NotOnRecord(f"the rule {name} does not hold on {standing.on}, only {days}: ask with --on a day of these")


def holds_on(rule: DecisionRule | WeightTable, day: date) -> bool:
    """Does the rule, or the table of weights, hold on the day?"""
    return (rule.start is None or rule.start <= day) and (rule.end is None or day < rule.end)


def person_on(register: Register, code: str, day: date) -> str | None:
    """Who was that person on the day: itself, the one that continued it, or that it continued; None: nobody."""
    seen, todo = set[str](), [code]
    while todo:
        one = todo.pop(0)
        party = register.parties.get(one)
        if party is None or party.exists_on(day):
            return one
        seen.add(one)
        later = [s.successor for s in register.continuators(one)]
        earlier = [s.predecessor for s in register.predecessors(one) if s.how == "continues"]
        todo += [other for other in (*later, *earlier) if other not in seen]
    return None


def persons_on(register: Register, codes: Iterable[str], day: date) -> tuple[str, ...]:
    """The same of several; those that are nobody on the day are left out."""
    return tuple(person for code in codes if (person := person_on(register, code, day)) is not None)


def rule_of_persons(rule: DecisionRule, register: Register, day: date) -> DecisionRule:
    """The rule with the parties that its bars name as they were on the day; a bar by named parties who all were nobody falls away."""
    bars = tuple(found for bar in rule.bars if (found := _bar_of_persons(bar, register, day)) is not None)
    return replace(rule, bars=bars)


def _bar_of_persons(bar: Bar, register: Register, day: date) -> Bar | None:
    if not bar.by:
        return bar
    by = persons_on(register, bar.by, day)
    return replace(bar, by=by) if by else None


def _all_rules(standing: Standing) -> Iterator[NamedRule]:
    for agreement_id in standing.known_agreements():
        agreement = standing.record.agreement(agreement_id, standing.known)
        yield from (NamedRule(agreement, clause) for clause in agreement.clauses if isinstance(clause, DecisionRule))


def _told_days(rule: DecisionRule) -> str:
    start, end = (None if day is None else f"{day}" for day in (rule.start, rule.end))
    return f"from {start} and before {end}" if start and end else f"from {start}" if start else f"before {end}"


def _told_near(wanted: str, names: Iterable[str]) -> str:
    by_fold = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wanted.casefold(), by_fold, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(by_fold[one] for one in near)}?" if near else ""
