"""Where every proposal stands at an instant, as known on a day, for a viewer: sure, contested or not known, and what is odd about it.

Source: how-a-decision-is-followed.md, sections 1, 5 and 6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, datetime

from comity.acts import Act
from comity.agreements.decision_rules import DecisionRule
from comity.decisions.instants import Frame
from comity.decisions.oddities import SAYS
from comity.decisions.proposals import DECIDE, DECISION_KINDS, PROPOSE, STATE, Counting, Decision, DecisionState, Stand
from comity.decisions.readings import Life, told_of
from comity.decisions.resolving import Asked
from comity.decisions.silences import last_second
from comity.procedures import KeptAct, by_root, kept_acts
from comity.standing import Standing
from comity.terms import Finding, Verdict
from comity.votes import holds_on

S = DecisionState
_TEXT = "how-a-decision-is-followed.md"
_SETTLED = {"adopted": (S.ADOPTED,), "not-adopted": (S.NOT_ADOPTED, S.NO_QUORUM, S.BROKEN)}


def decisions_of(standing: Standing, counting: Counting, at: datetime | None = None) -> list[Decision]:
    """Every proposal that is there at the instant (None: at the end of the day asked about), by reference."""
    belonging, _ = by_root(kept_acts(standing, DECISION_KINDS), (PROPOSE,))
    found = (_decision(standing, counting, at, proposal, acts) for proposal, acts in belonging)
    return sorted((one for one in found if one is not None), key=lambda one: (one.proposal.ref, one.proposal.hash))


def proposals_on_record(standing: Standing) -> list[Act]:
    """Every proposal on record, whenever it was made, by reference."""
    return sorted((one.act for one in kept_acts(standing, (PROPOSE,))), key=lambda act: (act.ref, act.hash))


def decision_strays(standing: Standing) -> tuple[Finding, ...]:
    """Acts of these kinds that lead to no proposal."""
    _, strays = by_root(kept_acts(standing, DECISION_KINDS), (PROPOSE,))
    return tuple(_finding("decision-stray", one) for one in strays if one.kind != DECIDE)


def rule_of(standing: Standing, proposal: Act, on: date) -> tuple[DecisionRule | None, str | None]:
    """The rule that a proposal names as it is on a day, and whose local time counts. Source: section 1, 5 and 6."""
    name = proposal.agreement
    if name is None or not standing.record.has_agreement(name, standing.known):
        return None, None
    agreement = standing.record.agreement(name, standing.known)
    rules = [one for one in agreement.clauses if isinstance(one, DecisionRule) and one.id == proposal.details.get("rule")]
    rule = next((one for one in rules if holds_on(one, on)), None)
    own = None if rule is None or rule.silence is None else rule.silence.zone
    return rule, own or agreement.zone


def _decision(standing: Standing, counting: Counting, at: datetime | None, proposal: KeptAct, acts: Sequence[KeptAct]) -> Decision | None:
    rule, zone = rule_of(standing, proposal.act, proposal.first)
    frame = Frame(proposal, rule, zone)
    to = at if at is not None else last_second(standing.on, zone)
    asked = Asked(frame, counting, tuple(standing.coverage_of(proposal.act.agreement)), to)
    answers = defaultdict[str, list[KeptAct]](list)
    for one in acts:
        if not frame.is_leading(one):
            answers[one.by].append(one)
    leading = tuple(one for one in acts if frame.is_leading(one) and one.kind != STATE)
    life = Life(asked, leading, answers, tuple(one for one in acts if one.kind == STATE))
    every = frozenset[Stand | None]().union(*life.can_be(False, True))
    stands = sorted(_together(one for one in every if one is not None), key=_order)
    if not stands:
        return None
    verdict, chair = _verdict(life, every), _chair(frame, acts, to)
    outcome = () if chair is None else _SETTLED[chair.details["outcome"]]
    fitting = [one for one in stands if one.state in outcome]
    settled = verdict is Verdict.UNKNOWN and len({one.state for one in fitting}) == 1 and all(_can_be_settled(one) for one in every)
    told = told_of(life)
    findings = [_finding(code, one) for code, one in told.odd]
    if rule is None:
        findings.append(_finding("decision-no-rule", proposal))
    if chair is not None and verdict is Verdict.YES and _can_be_settled(stands[0]) and not fitting:
        findings.append(Finding("decision-differs", SAYS["decision-differs"], chair.ref, chair.agreement, f"{_TEXT}, 6.3"))
    return Decision(
        proposal.act, rule, to, zone, Verdict.YES if settled else verdict, tuple(fitting if settled else stands), None in every,
        chair, settled, told.votes, told.tally, told.reminders, told.acts, tuple(one for one in told.acts if one.kind == STATE), tuple(findings),
    )  # fmt: skip


def _verdict(life: Life, every: Set[Stand | None]) -> Verdict:
    """Sure, contested or not known. Source: section 6.2."""
    if len({_state(one) for one in every}) == 1:
        return Verdict.YES
    ways = ({frozenset(_state(one) for one in found) for found in life.can_be(last)} for last in (False, True))
    return Verdict.CONTESTED if any(len(found) > 1 for found in ways) else Verdict.UNKNOWN


def _state(stand: Stand | None) -> DecisionState | None:
    return None if stand is None else stand.state


def _can_be_settled(stand: Stand | None) -> bool:
    return stand is not None and any(stand.state in states for states in _SETTLED.values())


def _chair(frame: Frame, acts: Sequence[KeptAct], to: datetime) -> Act | None:
    """The last record of the chair that nobody disputes. Source: section 6.3."""
    found = [(frame.span(one)[1], one.act.ref, one.act.hash, one.act) for one in acts if one.kind == DECIDE and not one.doubtful]
    said = [each for each in found if each[0] <= to and "outcome" in each[3].details]
    return max(said, key=lambda each: each[:3])[3] if said else None


def _together(stands: Iterable[Stand]) -> Iterator[Stand]:
    """Those that differ only in who objects as one."""
    groups = defaultdict[Stand, list[frozenset[Act]]](list)
    for one in stands:
        groups[replace(one, objecting=())].append(frozenset(one.objecting))
    for one, objecting in groups.items():
        surely = frozenset.intersection(*objecting)
        perhaps = frozenset[Act]().union(*objecting) - surely
        yield replace(one, objecting=_by_reference(surely), perhaps=_by_reference(perhaps))


def _by_reference(acts: Iterable[Act]) -> tuple[Act, ...]:
    return tuple(sorted(acts, key=lambda act: (act.ref, act.hash)))


def _order(stand: Stand) -> tuple[int, str, str, str, str]:
    return [*S].index(stand.state), stand.by.ref, stand.by.hash, str(stand.until), str(stand.at)


def _finding(code: str, one: KeptAct) -> Finding:
    return Finding(code, SAYS[code], one.act.ref, one.act.agreement, _TEXT)
