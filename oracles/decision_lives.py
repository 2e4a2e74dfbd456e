"""The slow reading of docs/explanation/how-a-decision-is-followed.md: every reading of every proposal, one by one, as the text says.

It shares nothing with the fast path but types; who votes and what votes come to is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from comity.acts import Entry
from comity.agreements.clauses import Agreement, Coverage
from comity.agreements.decision_rules import DecisionRule
from comity.decisions.proposals import Counting
from comity.terms import Verdict
from oracles.decision_cases import KINDS, SECOND, Case, Ways, placed
from oracles.decision_walks import Stood, Walk
from oracles.kept_acts import KeptAct, Reader
from oracles.silence import end_of_day


@dataclass(frozen=True)
class Told:
    """A proposal at the instant."""

    proposal: str
    verdict: Verdict
    stands: frozenset[tuple[Stood, tuple[str, ...]]]
    absent: bool
    chair: str | None
    settled: bool
    votes: tuple[tuple[str, str], ...]
    outcome: str | None
    reminders: frozenset[tuple[str, str, datetime | None, bool]]
    acts: tuple[str, ...]
    statements: tuple[str, ...]
    findings: frozenset[tuple[str, str]]


def found_in(case: Case, ways: Ways) -> frozenset[Stood | None]:
    """All ways in which it can stand in a reading of the acts: 5, and 6.1 its last sentence."""
    found = set[Stood | None]()
    for generous in (True, False):
        for unseen in range(len(case.acts) + 1):
            walk = Walk(case, ways, generous, unseen).go()
            found |= walk.stood() or {None}
            if walk.unseen:
                break
    return frozenset(found)


def every(case: Case, instants: Sequence[bool]) -> Iterator[frozenset[Stood | None]]:
    """6.1 each act at its first or last instant, with effect or, in doubt, without."""
    choices: list[list[bool | None]] = []
    for act in case.acts:
        both = instants if may_differ(case, act) or len(instants) == 1 else instants[:1]
        choices.append([*both, None] if act.doubtful and act.kind != "state-position" else [*both])
    for chosen in product(*choices):
        yield found_in(case, {act.id: way for act, way in zip(case.acts, chosen, strict=True)})


def may_differ(case: Case, act: KeptAct) -> bool:
    if act.kind == "state-position":
        return False
    first, last = case.can_be(act)
    receipt = act.act.received or act.act.notified
    return first != last or (case.silence.begins == "receipt" and receipt is not None and receipt.instant is None)


def states(found: Iterable[Stood | None]) -> frozenset[str | None]:
    return frozenset(None if one is None else one[0] for one in found)


FITS = {"adopted": {"adopted"}, "not-adopted": {"not-adopted", "no-quorum", "broken"}}
SETTLED = {"adopted", "not-adopted", "no-quorum", "broken"}


def tell(case: Case) -> Told | None:
    """6 a proposal at the instant."""
    found = {one for each in every(case, (False, True)) for one in each}
    if found == {None}:
        return None
    verdict = Verdict.UNKNOWN
    if len(states(found)) == 1:
        verdict = Verdict.YES
    else:
        for last in (False, True):
            if len({states(each) for each in every(case, (last,))}) > 1:
                verdict = Verdict.CONTESTED
    # 6.3
    said = [(case.can_be(a)[1], a.act.ref, a.id, a) for a in case.acts if a.kind == "decide" and not a.doubtful and "outcome" in a.act.details]
    said = sorted(one for one in said if one[0] <= case.to)
    chair = said[-1][3] if said else None
    fitting = {one for one in found if one is not None and chair is not None and one[0] in FITS[chair.act.details["outcome"]]}
    settled = verdict is Verdict.UNKNOWN and states(found) <= SETTLED and len(states(fitting)) == 1
    base = Walk(case, dict.fromkeys((act.id for act in case.acts), False), bare=True).go()
    findings = set(base.odd) if base.state else set()
    if case.rule is None:
        findings.add(("decision-no-rule", case.proposal.act.ref))
    if chair is not None and verdict is Verdict.YES and states(found) <= SETTLED and not fitting:
        findings.add(("decision-differs", chair.act.ref))
    done = [act for place, act in placed(case, dict.fromkeys((a.id for a in case.acts), False)) if place[0] <= case.to]
    counted = base.state == "voting" or (base.ended is not None and not base.silently)
    return Told(
        proposal=case.proposal.id,
        verdict=Verdict.YES if settled else verdict,
        stands=frozenset(together([one for one in (fitting if settled else found) if one is not None], case)),
        absent=None in found,
        chair=None if chair is None else chair.id,
        settled=settled,
        votes=tuple(sorted((who, act.id) for who, act in base.votes.items())),
        outcome=base.tally(None) if counted else None,
        reminders=frozenset((*one, one[1] == "is asked to vote") for one in base.reminded()),
        acts=tuple(act.id for act in done),
        statements=tuple(act.id for act in done if act.kind == "state-position"),
        findings=frozenset(findings),
    )


def together(stands: Sequence[Stood], case: Case) -> Iterator[tuple[Stood, tuple[str, ...]]]:
    # 6.4 who objects in all readings of a state, and who in some
    refs = {act.id: (act.act.ref, act.id) for act in case.acts}
    for one in stands:
        alike = [set(other[6]) for other in stands if other[:6] == one[:6]]
        everybody = {act for each in alike for act in each}
        always = {act for act in everybody if all(act in each for each in alike)}
        yield (*one[:6], tuple(sorted(always, key=lambda a: refs[a]))), tuple(sorted(everybody - always, key=lambda a: refs[a]))


def root(act: KeptAct, acts: Sequence[KeptAct]) -> KeptAct | None:
    # 1.3
    if act.kind == "propose":
        return act
    answered = next((other for other in acts if other.id == act.act.replies_to), None)
    return None if answered is None else root(answered, acts)


def decisions(
    entries: Sequence[Entry],
    agreements: Mapping[str, Agreement],
    declared: Sequence[Coverage],
    counting: Counting,
    at: datetime | None,
    on: date,
    known: date,
    viewer: str | None,
) -> list[Told]:
    """Every proposal. ``agreements``: those on record, by id; ``declared``: the record's general coverage."""
    acts = Reader(entries, known, viewer).kept(KINDS)
    found = []
    for proposal in acts:
        if proposal.kind == "propose":
            own_acts = [act for act in acts if (of := root(act, acts)) is not None and of.id == proposal.id]
            name = proposal.act.agreement
            agreement = agreements.get(name or "")
            general = [one for one in declared if not one.agreements or (agreement is not None and name in one.agreements)]
            rule = None if agreement is None else rule_of(agreement, proposal)
            zone = None if agreement is None else agreement.zone
            if rule is not None and rule.silence is not None and rule.silence.zone is not None:  # 1.6
                zone = rule.silence.zone
            to = at if at is not None else end_of_day(on, zone) - SECOND  # 2.7
            case = Case(proposal, own_acts, rule, zone, [*(agreement.coverage if agreement is not None else ()), *general], counting, to)
            told = tell(case)
            if told is not None:
                found.append(told)
    return found


def rule_of(agreement: Agreement, proposal: KeptAct) -> DecisionRule | None:
    # 1.5
    for clause in agreement.clauses:
        if isinstance(clause, DecisionRule) and clause.id == proposal.act.details.get("rule"):
            if (clause.start is None or clause.start <= proposal.first) and (clause.end is None or proposal.first < clause.end):
                return clause
    return None


def strays(entries: Sequence[Entry], known: date, viewer: str | None) -> set[str]:
    acts = Reader(entries, known, viewer).kept(KINDS)
    return {act.id for act in acts if root(act, acts) is None and act.kind != "decide"}
