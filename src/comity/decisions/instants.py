"""When the acts of a proposal are taken: their first and last instants, deadlines, ends of silence; in what order.

Source: how-a-decision-is-followed.md, sections 1.1, 2 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from comity.agreements.decision_rules import DecisionRule, Silence
from comity.decisions.proposals import AMEND, BREAK, CLOSE, DECIDE, DECISION_KINDS, EXTEND, PROPOSE, RESTORE, SET, VOTE
from comity.decisions.silences import end_of_day, expiry, last_day, last_second, start_of_day
from comity.procedures import KeptAct
from comity.terms import Moment, parse_moment

Key = tuple[datetime, int, str, str]
"""Where an act stands in the order: its instant, its kind, its reference, its hash."""
Way = bool | None
"""How a reading takes an act: at its last instant, at its first, or (None) without effect."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same in all readings of one proposal: its rule, whose clock counts, who proposed it."""

    proposal: KeptAct
    rule: DecisionRule | None
    zone: str | None

    @property
    def silence(self) -> Silence:
        """How the rule has silence, or, where it has none, how silence is anyhow."""
        found = None if self.rule is None else self.rule.silence
        return found or Silence()

    def is_leading(self, act: KeptAct) -> bool:
        """Is it an act that leads, and no answer?"""
        if act.kind == AMEND:
            return act.by == self.proposal.by
        return act.kind not in (BREAK, RESTORE, VOTE)

    def counts_against(self, act: KeptAct) -> bool:
        """Can this answer break silence?"""
        return act.kind == BREAK or (act.kind == AMEND and "amendment" in self.silence.broken_by)

    def span(self, act: KeptAct) -> tuple[datetime, datetime]:
        """The first and the last instant that it can be of."""
        moment = act.act.done if self.is_leading(act) else act.act.lodged
        assert moment is not None
        first, last = self.instants(moment)
        if act.kind in (CLOSE, DECIDE) and moment.instant is None:
            return last_second(moment.first, self.zone), last
        return first, last

    def instants(self, moment: Moment) -> tuple[datetime, datetime]:
        """The first and the last instant that a moment can be."""
        if moment.instant is not None:
            return moment.instant, moment.instant
        return start_of_day(moment.first, self.zone), last_second(moment.last, self.zone)

    def deadline(self, act: KeptAct, detail: str) -> datetime | None:
        """The deadline that an act names."""
        if detail not in act.act.details:
            return None
        moment = parse_moment(act.act.details[detail])
        return moment.instant or end_of_day(moment.last, self.zone)

    def receipt(self, act: KeptAct) -> Moment | None:
        """When an act that begins a silence was received, where the rule counts from that."""
        return (act.act.received or act.act.notified) if self.silence.begins == "receipt" else None

    def silence_ends(self, act: KeptAct, at: datetime, last: bool) -> datetime | None:
        """When the silence that an act begins ends, the act being taken at an instant, its last or its first; None: never."""
        named = self.deadline(act, "until" if act.kind == SET else "silence_until")
        term = self.silence.term
        if named is not None or term is None:
            return named
        received = self.receipt(act)
        moment = received or act.act.done
        assert moment is not None
        if received is not None:
            at = self.instants(received)[last]
        if moment.instant is not None or term.hours is not None:
            return expiry(at, term, self.zone, self.silence.holidays)
        return end_of_day(last_day(moment.last if last else moment.first, term, self.silence.holidays), self.zone)

    def is_unsure(self, act: KeptAct) -> bool:
        """Can it be of more than one instant, or began what it begins at more than one?"""
        received = self.receipt(act)
        spans = [self.span(act)] if received is None else [self.span(act), self.instants(received)]
        return any(first != last for first, last in spans)


def key_of(act: KeptAct, at: datetime) -> Key:
    """Where an act taken at an instant stands in the order."""
    return at, DECISION_KINDS.index(act.kind), act.act.ref, act.act.hash


def taken(frame: Frame, acts: Sequence[KeptAct], ways: Mapping[str, Way], proposed: datetime | None = None) -> dict[str, Key]:
    """The place of each act that has effect in a reading, by hash; ``ways``: how the reading takes each.

    ``proposed``: the instant of the proposal, where it is not among them. Source: section 2, 2 to 4.
    """
    instants: dict[str, datetime] = {} if proposed is None else {frame.proposal.act.hash: proposed}
    keys: dict[str, Key] = {}
    for act in sorted(acts, key=_in_turn):
        way = ways[act.act.hash]
        if way is not None:
            first, last = frame.span(act)
            at = last if way else first
            for other in (frame.proposal.act.hash, _taken_up(act, acts)):
                at = max(at, min(last, instants.get(other, at)))
            instants[act.act.hash] = at
            keys[act.act.hash] = key_of(act, at)
    return keys


def _in_turn(act: KeptAct) -> tuple[bool, bool]:
    """The proposal first; last what follows from another act."""
    return act.kind != PROPOSE, act.kind in (EXTEND, RESTORE)


def _taken_up(act: KeptAct, acts: Sequence[KeptAct]) -> str:
    """The set that an extend replies to, the answer of one's own that a restore takes back."""
    found = next((other for other in acts if other.act.hash == act.act.replies_to), None)
    if found is None:
        return ""
    if act.kind == EXTEND:
        return found.act.hash if found.kind == SET else ""
    return found.act.hash if takes_back(act, found) else ""


def takes_back(act: KeptAct, other: KeptAct) -> bool:
    """Is it a restore that takes this answer back?"""
    return act.kind == RESTORE and act.act.replies_to == other.act.hash and other.kind in (BREAK, AMEND) and act.by == other.by


def local_day(at: datetime, zone: str | None) -> date:
    """The day of an instant on the clock of a zone."""
    return at.date() if zone is None else at.astimezone(ZoneInfo(zone)).date()
