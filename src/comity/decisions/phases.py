"""How a proposal runs through the acts that lead it, from one phase to the next, as if every silence that ends were broken.

Whether it was, the answers tell (``answering``). Source: how-a-decision-is-followed.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from comity.decisions.instants import Frame, Key
from comity.decisions.proposals import (
    AMEND,
    CALL,
    CLOSE,
    DECIDE,
    DEFER,
    EXTEND,
    PROPOSE,
    SET,
    WITHDRAW,
    DecisionState,
)
from comity.procedures import KeptAct

S = DecisionState
COUNTED = S.NOT_ADOPTED
"""Of a phase: the vote is closed, whatever it comes to."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a proposal's life.

    ``by``: the act that led to it, taken at ``since``; ``text``: the text as it stands, from ``text_since``. ``until``: when it ends by itself.
    ``at``: the deadline that it began with, where no act began it. ``expired``: of a silence, it ran to its end.
    """

    state: DecisionState
    by: KeptAct
    since: Key
    text: KeptAct
    text_since: Key
    until: datetime | None = None
    at: datetime | None = None
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The phases of a proposal up to an instant, none where it is not there yet; and what of the acts that lead it is odd, with their places."""

    phases: tuple[Phase, ...]
    odd: tuple[tuple[str, KeptAct, Key], ...]

    def up_to(self, adopted: datetime) -> Run:
        """The same, ended by a silence that ran to its end then."""
        place = next(number for number, phase in enumerate(self.phases) if phase.expired and phase.until == adopted)
        return Run(self.phases[: place + 1], self.odd)


class _Running:
    """A proposal that is run through its acts."""

    def __init__(self, frame: Frame, lasts: frozenset[str]) -> None:
        self.frame, self.lasts = frame, lasts
        self.phases: list[Phase] = []
        self.odd: list[tuple[str, KeptAct, Key]] = []

    @property
    def now(self) -> Phase:
        return self.phases[-1]

    def go(self, phase: Phase) -> None:
        self.phases.append(phase)

    def pass_time(self, to: datetime) -> None:
        """Deadlines up to an instant are reached."""
        lapses = self._not_before(self.frame.deadline(self.frame.proposal, "lapses"), self.phases[0].since)
        while not self.now.state.final:
            now, ends = self.now, self.now.until
            if ends is not None and now.state is not S.DEFERRED and ends <= to and (lapses is None or ends <= lapses):
                if now.state is S.SILENCE:
                    self.phases[-1] = replace(now, expired=True)
                    self.go(replace(now, state=S.BROKEN, until=None, at=ends))
                else:
                    self.go(replace(now, state=COUNTED, until=None, at=ends))
            elif lapses is not None and lapses <= to:
                self.go(replace(now, state=S.LAPSED, until=None, at=lapses))
            else:
                return

    def take(self, act: KeptAct, key: Key) -> None:
        """An act that leads has its effect."""
        if not self.phases:
            self._begin(act, key)
            return
        self.pass_time(key[0])
        if self.now.state.final:
            if act.kind != DECIDE:
                self.odd.append(("decision-late", act, key))
            return
        oddity = self._lead(act, key)
        if oddity is not None:
            self.odd.append((oddity, act, key))

    def _begin(self, act: KeptAct, key: Key) -> None:
        if act.kind != PROPOSE:
            self.odd.append(("decision-before", act, key))
            return
        self.go(Phase(S.PROPOSED, act, key, act, key))
        if not ("silence_until" in act.act.details or act.act.flag("silence")) or not self._silence(act, key):
            self._vote_if_named(act, key)

    @staticmethod
    def _not_before(deadline: datetime | None, key: Key) -> datetime | None:
        """A deadline, which is reached with the act that sets it where it lies before that."""
        return None if deadline is None else max(deadline, key[0])

    def _vote_if_named(self, act: KeptAct, key: Key) -> bool:
        closes = self._not_before(self.frame.deadline(act, "vote_by"), key)
        if closes is not None:
            self.phases[-1] = replace(self.now, state=S.VOTING, until=closes)
        return closes is not None

    def _ends(self, act: KeptAct, key: Key) -> datetime | None:
        """When the silence that an act begins ends; None: it has no end after that."""
        ends = self.frame.silence_ends(act, key[0], act.act.hash in self.lasts)
        return None if ends is None or ends <= key[0] else ends

    def _silence(self, act: KeptAct, key: Key) -> bool:
        """Silence begins with an act that has begun a phase, if it has an end after that."""
        ends = self._ends(act, key)
        if ends is None:
            self.odd.append(("silence-no-end", act, key))
            return False
        self.phases[-1] = replace(self.now, state=S.SILENCE, by=act, since=key, until=ends)
        if self.frame.rule is not None and self.frame.rule.silence is None:
            self.odd.append(("silence-not-provided", act, key))
        counted = self.frame.silence.begins == "receipt" and not {"until", "silence_until"} & set(act.act.details)
        if counted and self.frame.receipt(act) is None:
            self.odd.append(("silence-no-receipt", act, key))
        return True

    def _lead(self, act: KeptAct, key: Key) -> str | None:
        now = self.now
        if act.kind == SET:
            if self._ends(act, key) is None:
                return "silence-no-end"
            self.go(replace(now, by=act, since=key, at=None))
            self._silence(act, key)
        elif act.kind == EXTEND:
            return self._extend(act)
        elif act.kind == AMEND:
            self._amend(act, key)
        elif act.kind == CALL:
            closes = self._not_before(self.frame.deadline(act, "until"), key)
            self.go(replace(now, state=S.VOTING, by=act, since=key, until=closes, at=None))
        elif act.kind == DEFER:
            self.go(replace(now, state=S.DEFERRED, by=act, since=key, until=self.frame.deadline(act, "until"), at=None))
        elif act.kind == WITHDRAW:
            if act.by != self.frame.proposal.by:
                return "decision-not-proposer"
            self.go(replace(now, state=S.WITHDRAWN, by=act, since=key, until=None, at=None))
        elif act.kind == CLOSE:
            if now.state is not S.VOTING:
                return "decision-no-vote"
            self.go(replace(now, state=COUNTED, by=act, since=key, until=None, at=None))
        elif act.kind == DECIDE:
            adopted = act.act.details.get("outcome") == "adopted"
            if now.state is S.SILENCE:
                return "decision-early" if adopted else None
            if now.state is S.BROKEN and not adopted:
                return None
            self.go(replace(now, state=COUNTED, by=act, since=key, until=None, at=None))
        return None

    def _extend(self, act: KeptAct) -> str | None:
        ends = self.frame.deadline(act, "until")
        if self.now.state is not S.SILENCE:
            return "silence-not-running"
        if ends is None or self.now.until is None or ends <= self.now.until:
            return "silence-not-longer"
        self.phases[-1] = replace(self.now, until=ends)
        return None

    def _amend(self, act: KeptAct, key: Key) -> None:
        now = self.now
        kept = now.state if now.state in (S.VOTING, S.DEFERRED) else S.PROPOSED
        self.go(Phase(kept, act, key, act, key, now.until if kept is not S.PROPOSED else None))
        if "silence_until" in act.act.details and self._silence(act, key):
            return
        if not self._vote_if_named(act, key) and now.state is S.SILENCE and self.frame.silence.term is not None:
            self._silence(act, key)


def run_through(frame: Frame, acts: Iterable[tuple[Key, KeptAct]], lasts: frozenset[str], to: datetime) -> Run:
    """The phases after these acts that lead (``lasts``: the hashes of those taken at their last instant), up to an instant."""
    running = _Running(frame, lasts)
    for key, act in sorted(acts, key=lambda one: one[0]):
        if key[0] <= to:
            running.take(act, key)
    if running.phases:
        running.pass_time(to)
    return Run(tuple(running.phases), tuple(running.odd))
