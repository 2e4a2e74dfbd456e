"""What is odd about the answers to a proposal, in the one reading of which findings are told; and whose answer is awaited.

Source: how-a-decision-is-followed.md, sections 7 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from comity.decisions.answering import Position
from comity.decisions.instants import Key, takes_back
from comity.decisions.phases import COUNTED, Phase, Run
from comity.decisions.proposals import BREAK, DECIDE, PROPOSE, RESTORE, STATE, VOTE, DecisionState, Electors, Reminder, Stand
from comity.decisions.resolving import Asked, closing_day
from comity.procedures import KeptAct

S = DecisionState
Odd = tuple[str, KeptAct]
SAYS = {
    "decision-stray": "replies to nothing that is a proposal on record",
    "decision-no-rule": "names no rule of its agreement that holds on that day: nobody knows who votes, and nothing can be counted",
    "decision-before": "comes before the proposal, and has no effect",
    "decision-late": "comes when nothing can be changed any more, and has no effect",
    "decision-not-proposer": "takes back the proposal of another, and has no effect",
    "decision-no-vote": "closes a vote while none is open, and has no effect",
    "decision-early": "says that it is adopted while silence still runs",
    "decision-differs": "the chair has another outcome on record than the acts come to",
    "decision-not-elector": "is by one who does not vote on this, and does not count",
    "decision-not-own": "takes back what is no objection of one's own, and has no effect",
    "decision-older-text": "is about a text that has been replaced since, and does not count any more",
    "decision-vote-in-silence": "is a vote while silence runs: it breaks nothing",
    "silence-no-end": "begins a silence that has no end, or none after its beginning: none is begun",
    "silence-not-provided": "begins a silence under a rule that does not provide for one",
    "silence-no-receipt": "begins a silence that runs from receipt, of which no day is on record: it is counted from the act",
    "silence-not-running": "comes while no silence runs, and has no effect",
    "silence-not-longer": "lets a silence end no later than it does, and has no effect",
}
"""What each finding says."""


def odd_acts(asked: Asked, run: Run, stand: Stand, keys: Mapping[str, Key], acts: Sequence[KeptAct]) -> Iterator[Odd]:
    """What of the acts that lead a proposal and of the answers to it is odd, each with its code."""
    adopted = stand.at if stand.silently else None
    for code, act, key in run.odd:
        if adopted is None or key[0] < adopted:
            yield code, act
    electors = electors_at(asked, run, stand)
    for act in acts:
        key = keys[act.act.hash]
        if key[0] > asked.to:
            continue
        if asked.frame.is_leading(act):
            if adopted is not None and key[0] >= adopted and act.kind not in (DECIDE, PROPOSE, STATE):
                yield "decision-late", act
        else:
            yield from ((code, act) for code in _odd_answer(asked, run, stand, electors, key, act, acts))


def electors_at(asked: Asked, run: Run, stand: Stand) -> Electors | None:
    """Who votes on it, as it stands; None: nobody knows."""
    last = run.phases[-1]
    if stand.silently and stand.at is not None:
        return asked.electors(run, asked.day(stand.at))
    return asked.electors(run, closing_day(asked, last) if last.state is COUNTED else asked.day(asked.to))


def _odd_answer(asked: Asked, run: Run, stand: Stand, electors: Electors | None, key: Key, act: KeptAct, acts: Sequence[KeptAct]) -> Iterator[str]:
    last = run.phases[-1]
    if key < run.phases[0].since:
        yield "decision-before"
    elif stand.state.final and (key[0] >= stand.at if stand.at is not None else key > last.since):
        yield "decision-late"
    elif act.kind == RESTORE:
        if not any(takes_back(act, other) for other in acts):
            yield "decision-not-own"
    else:
        state = _phase_at(run, key).state
        if electors is not None and not electors.has(act.by, True):
            yield "decision-not-elector"
        if key < last.text_since:
            yield "decision-older-text"
        if act.kind == VOTE and state is S.SILENCE:
            yield "decision-vote-in-silence"
        if act.kind == BREAK and state is not S.SILENCE:
            yield "silence-not-running"


def _phase_at(run: Run, key: Key) -> Phase:
    """The phase in which something was taken."""
    return [phase for phase in run.phases if (phase.since < key if phase.at is None else phase.at <= key[0])][-1]


def reminders(asked: Asked, run: Run, stand: Stand, positions: Mapping[str, Position]) -> Iterator[Reminder]:
    """Whose answer is awaited, and who may still give one. Source: section 7."""
    electors = electors_at(asked, run, stand)
    if stand.state is S.BROKEN and stand.until is not None:
        for who in sorted({act.attributed_to for act in stand.objecting}):
            yield Reminder(who, "may take back its objection", stand.until, False)
    if electors is None:
        return
    for who in sorted(electors.named(True)):
        if stand.state is S.SILENCE:
            yield Reminder(who, "may break silence", stand.until, False)
        elif stand.state is S.VOTING and (who not in positions or positions[who].ballot is None):
            yield Reminder(who, "is asked to vote", stand.until, True)
