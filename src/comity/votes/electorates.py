"""Who may vote under a rule on a day, what each weighs, and what of that is contested or unknown?

Source: how-decisions-are-counted.md, section 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from comity.acts import Act
from comity.agreements.clauses import Consent
from comity.agreements.decision_rules import DecisionRule, Electorate, Share, WeightTable, Without
from comity.procedures import complete_through, kept_acts
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict, all_of, any_of
from comity.votes.losses import Losses
from comity.votes.rules import NamedRule, holds_on, persons_on, rule_of_persons
from comity.votes.spans import held

ELECT = "elect"
_CONSENT = ("ratify", "accept", "approve", "accede")
Told = Mapping[Without, Collection[str]]
"""Parties of whom a reason not to count, or to have no vote, is said besides what is on record."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of an electorate: whether it counts (never *no*), whether it has its vote; ``acts``: references of those that seat it."""

    code: str
    counts: Verdict
    has_vote: Verdict
    acts: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True, slots=True)
class Weights:
    """A table of weights in force on the day, with the agreement whose clause it is."""

    count: str
    agreement: str
    table: WeightTable


@dataclass(frozen=True, slots=True)
class Roll:
    """The electorate of a rule on a day.

    ``rule``: with its named parties as they were that day. ``left_out``: who is seated but does not count, and for which reason. ``complete``:
    may nobody else be a member; ``through``: to which day that is declared (None: it needs no declaring). ``counts``: the tables that the rule
    counts by; those without one on the day are missing in ``weights``.
    """

    of: NamedRule
    rule: DecisionRule
    on: date
    seats: tuple[Seat, ...]
    left_out: tuple[tuple[str, Without], ...]
    complete: bool
    through: date | None
    counts: tuple[str, ...]
    weights: tuple[Weights, ...]


def roll(standing: Standing, of: NamedRule, proposal: Act | None = None, told: Told | None = None) -> Roll:
    """Who may vote under the rule on the day asked about, on a proposal where one is given; ``told``: reasons besides those on record."""
    rule = rule_of_persons(of.rule, standing.record.register, standing.on)
    electorate, losses = rule.electorate, Losses(standing, of.agreement.id, proposal, told or {})
    seats, left_out = list[Seat](), list[tuple[str, Without]]()
    for code, verdict, acts in _members(standing, of, electorate):
        reasons = [(reason, losses.verdict(reason, code)) for reason in electorate.without]
        counts = all_of((verdict, *(_not(lost) for _, lost in reasons)))
        if counts is Verdict.NO:
            left_out.append((code, next(reason for reason, lost in reasons if lost is Verdict.YES)))
        else:
            has_vote = all_of(_not(losses.verdict(reason, code)) for reason in electorate.voteless)
            seats.append(Seat(code, counts, has_vote, acts))
    taken = len(seats) + len(left_out)
    unnamed = [Seat(f"seat {n}", Verdict.YES, Verdict.YES, named=False) for n in range(taken + 1, (electorate.size or 0) + 1)]
    complete, through = _completeness(standing, of, electorate)
    counts_by = tables_of(rule)
    found = (_weights(standing, of, count) for count in counts_by)
    weights = tuple(one for one in found if one is not None)
    return Roll(of, rule, standing.on, (*seats, *unnamed), tuple(left_out), complete, through, counts_by, weights)


def membership(of: NamedRule) -> str | None:
    """The agreement whose parties are the electorate; None: it is not of parties."""
    electorate = of.rule.electorate
    return {"parties": of.agreement.id, "members": electorate.agreement or of.agreement.id}.get(electorate.of)


def _members(standing: Standing, of: NamedRule, electorate: Electorate) -> list[tuple[str, Verdict, tuple[str, ...]]]:
    """Each that is seated, as far as it is, with the acts that say so; in the order of their codes."""
    register, constituent = standing.record.register, membership(of)
    never = persons_on(register, electorate.except_, standing.on)
    found = dict[str, tuple[Verdict, tuple[str, ...]]]()
    if constituent is not None:
        for code, verdict, _ in standing.status(constituent):
            person = register.parties.get(code)
            if person is None or person.kind != "organisation":
                found[code] = (verdict, ())
    else:
        found = dict(_elected(standing, of, electorate)) if electorate.of == "elected" else {}
        found |= dict.fromkeys(persons_on(register, electorate.parties, standing.on), (Verdict.YES, ()))
    return [(code, verdict, acts) for code, (verdict, acts) in sorted(found.items()) if verdict is not Verdict.NO and code not in never]


def _elected(standing: Standing, of: NamedRule, electorate: Electorate) -> Iterator[tuple[str, tuple[Verdict, tuple[str, ...]]]]:
    """Those elected to the body, with the acts that elected them."""
    body = electorate.body or of.rule.body
    acts = [one for one in kept_acts(standing, (ELECT,)) if one.act.agreement == of.agreement.id and one.act.details.get("body") == body]
    for code in {code for one in acts for code in one.act.counterparty}:
        said = [(held(one, standing.on), one.act.ref) for one in acts if code in one.act.counterparty]
        yield code, (any_of(verdict for verdict, _ in said), tuple(sorted(ref for verdict, ref in said if verdict is not Verdict.NO)))


def _completeness(standing: Standing, of: NamedRule, electorate: Electorate) -> tuple[bool, date | None]:
    """May nobody else be a member; and to which day that is declared."""
    constituent = membership(of)
    if constituent is None:
        return True, None
    agreement = standing.record.agreement(constituent, standing.known)
    consent = next((clause for clause in agreement.clauses if isinstance(clause, Consent)), None)
    acts = _CONSENT if consent is None else consent.acts
    kinds = [kind for kind in _CONSENT if kind in acts] + (["sign"] if consent is not None and consent.signature_binds else [])
    reached = [complete_through(standing.coverage_of(constituent), kind, agreement.concluded) for kind in kinds]
    days = [day for day in reached if day is not None]
    return len(days) == len(reached), min(days) if days and len(days) == len(reached) else None


def tables_of(rule: DecisionRule) -> tuple[str, ...]:
    """The tables of weights that a rule counts by."""
    return tuple(dict.fromkeys(_counts(rule)))


def _counts(rule: DecisionRule) -> Iterator[str]:
    """The tables that the rule counts by."""
    for share in (*(s for way in rule.passes for s in way), *(s for bar in rule.bars for s in bar.shares), *((rule.quorum,) if rule.quorum else ())):
        yield from _counts_of(share)


def _counts_of(share: Share) -> Iterator[str]:
    if share.count != "members":
        yield share.count
    if share.all_but_fewest is not None:
        yield from _counts_of(share.all_but_fewest)


def _weights(standing: Standing, of: NamedRule, count: str) -> Weights | None:
    """The table of that name on the day, of the agreement of the rule or of the one named with it."""
    elsewhere, slash, name = count.rpartition("/")
    try:
        agreement = standing.record.agreement(elsewhere, standing.known) if slash else of.agreement
    except NotOnRecord:
        return None
    tables = [clause for clause in agreement.clauses if isinstance(clause, WeightTable) and clause.name == name]
    return next((Weights(count, agreement.id, table) for table in tables if holds_on(table, standing.on)), None)


def _not(verdict: Verdict) -> Verdict:
    return {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}.get(verdict, verdict)
