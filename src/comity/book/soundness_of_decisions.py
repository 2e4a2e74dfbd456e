"""What is well-typed in rules of decision and tables of weights and yet cannot be meant: each as one line that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from comity.agreements import Agreement
from comity.agreements.decision_rules import DecisionRule, Share, WeightTable
from comity.parties import Register
from comity.standing import Record

_NUMBER = re.compile(r"([0-9]+)(?:/([1-9][0-9]*))?")
_HOWS = ("least", "more", "all_but", "all_but_fewest")


def unsound_decisions(agreement: Agreement, record: Record) -> Iterator[str]:
    """Problems in the agreement's rules of decision and tables of weights."""
    rules = [clause for clause in agreement.clauses if isinstance(clause, DecisionRule)]
    tables = [clause for clause in agreement.clauses if isinstance(clause, WeightTable)]
    told: list[tuple[str, str, DecisionRule | WeightTable]] = [("rule", r.id, r) for r in rules] + [("table of weights", t.name, t) for t in tables]
    for (what, name, one), (_, _, other) in combinations(told, 2):
        if type(one) is type(other) and name == (other.id if isinstance(other, DecisionRule) else other.name) and _meet(one, other):
            yield f"two clauses of the {what} {name!r} hold on the same day; give each its start and end, or a name of its own"
    for what, name, one in told:
        if "/" in name or not name:
            yield f"{what} {name!r}: a name has a letter at least and no slash; write for instance 'council'"
        if one.start is not None and one.end is not None and one.end <= one.start:
            yield f"{what} {name!r} ends on {one.end}, not after it starts on {one.start}; put the days right"
    for rule in rules:
        yield from (f"rule {rule.id!r}: {says}" for says in (*_unsound_electorate(rule, record), *_unknown(rule, record.register)))
        for share in _shares(rule):
            yield from (f"rule {rule.id!r}: {says}" for says in _unsound_share(share, agreement, record))


def _meet(one: DecisionRule | WeightTable, other: DecisionRule | WeightTable) -> bool:
    return max(one.start or date.min, other.start or date.min) < min(one.end or date.max, other.end or date.max)


def _unsound_electorate(rule: DecisionRule, record: Record) -> Iterator[str]:
    electorate = rule.electorate
    if electorate.of == "members" and (electorate.agreement is None or not record.holds(electorate.agreement)):
        yield f"its electorate is of members of {electorate.agreement!r}, which has no file in agreements/; write the id of one that has"
    if electorate.of != "members" and electorate.agreement is not None:
        yield f"its electorate is of {electorate.of}, and names the agreement {electorate.agreement!r}; write of = 'members', or leave it out"
    if electorate.of == "named" and not electorate.parties:
        yield "its electorate is of parties that are named, and names none; list them in parties"


def _unknown(rule: DecisionRule, register: Register) -> Iterator[str]:
    """Codes of parties in it that are not among the parties."""
    named = (*rule.electorate.parties, *rule.electorate.except_, *(code for bar in rule.bars for code in bar.by))
    for code in dict.fromkeys(named):
        if code not in register.parties:
            yield f"party {code!r} is not among the parties; add it to parties.toml or correct it"


def _shares(rule: DecisionRule) -> Iterator[Share]:
    for share in (*(s for way in rule.passes for s in way), *(s for bar in rule.bars for s in bar.shares), *([rule.quorum] if rule.quorum else [])):
        yield share
        if share.all_but_fewest is not None:
            yield share.all_but_fewest


def _unsound_share(share: Share, agreement: Agreement, record: Record) -> Iterator[str]:
    said = [how for how in _HOWS if getattr(share, how) is not None]
    if len(said) != 1:
        yield f"a share says exactly one of {', '.join(_HOWS)}; this one says {' and '.join(said) or 'none'}"
    for number in (share.least, share.more):
        match = None if number is None else _NUMBER.fullmatch(number)
        if number is not None and (match is None or (match[2] is not None and int(match[1]) > int(match[2]))):
            yield f"{number!r} is neither a whole number ('9') nor a share of at most one ('2/3'); write one of these in quotes"
    if share.all_but is not None and share.all_but < 0:
        yield f"all_but is {share.all_but}; write 0 or more"
    if share.all_but_fewest is not None and (share.count != "members" or share.all_but_fewest.all_but_fewest is not None):
        yield "all_but_fewest counts members, and has a plain share in it; put that right"
    if share.count != "members" and not _has_table(share.count, agreement, record):
        yield f"it counts by {share.count!r}, but no clause of kind weights has that name; add one, or correct it"


def _has_table(count: str, agreement: Agreement, record: Record) -> bool:
    elsewhere, slash, name = count.rpartition("/")
    if slash and not record.holds(elsewhere):
        return False
    home = record.agreement(elsewhere) if slash else agreement
    return any(isinstance(clause, WeightTable) and clause.name == name for clause in home.clauses)
