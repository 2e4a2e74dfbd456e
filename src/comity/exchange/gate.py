"""The gate: may what bears a label leave for a partner now? The one place that says so; every door goes through it.

Source: docs/explanation/how-exchange-works.md, section 3; docs/explanation/how-permissions-are-derived.md, sections 2 to 4.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from comity.acts import Act, read_act
from comity.exchange.label_keys import LabelKey
from comity.keeping import Followed
from comity.ledger import Frontier, Ledger
from comity.permissions import Decision, Outcome, Permissions, ReleaseAsked
from comity.standing import Standing
from comity.terms import Answer, BadInput, Ladder, NotOnRecord, Verdict

INERT = frozenset({"release", "refuse", "publish", "receive-information", "recall", "reclassify"})
"""The kinds of act that this room writes, on which no standing rests."""


class Ground(NamedTuple):
    """On what a ruling stands: how far the log was read, how often it had moved anybody's standing by then, and the day."""

    size: int
    moves: int
    day: date


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether something may leave. ``basis``: the agreements on which it rests. ``ground``: why not, in a few words."""

    opens: bool
    basis: tuple[str, ...] = ()
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the keeper vouches for of a partner: cleared up to which level of which policy, purposes, briefings (3.4)."""

    cleared: tuple[tuple[str, str], ...] = ()
    purposes: tuple[str, ...] = ()
    briefed: tuple[str, ...] = ()


class Moved(Exception):
    """The ledger or the day has moved on since a ruling was taken: it has to be taken again."""


class Gate:
    """The gate of one node. Any thread may ask; each ruling is of what the ledger held when it was taken."""

    def __init__(self, ledger: Ledger, keeper: str, clock: Callable[[], datetime], *, strict: bool = False) -> None:
        self.ledger, self.keeper, self.clock, self.strict = ledger, keeper, clock, strict
        self._lock = threading.Lock()
        self._followed = Followed(ledger, inert=INERT)
        self._permissions: tuple[tuple[int, date], Permissions] | None = None
        self._rulings: dict[tuple[str, LabelKey], Ruling] = {}
        self._vouched: dict[str, Vouched] = {}

    def rulings(self, partner: str, keys: Iterable[LabelKey]) -> tuple[Ground, Mapping[LabelKey, Ruling]]:
        """Each key ruled on for a partner, and on what ground all of them stand."""
        with self._lock:
            ground = self._up_to_date()
            return ground, {key: self._ruled(partner, key) for key in keys}

    def ground(self) -> Ground:
        """On what a ruling would stand now."""
        with self._lock:
            return self._up_to_date()

    def holds(self, ground: Ground) -> bool:
        """Does a ruling on this ground still hold?"""
        now = self.ground()
        return (now.moves, now.day) == (ground.moves, ground.day)

    def hold_fast(self, ground: Ground, head: Frontier, connection: sa.Connection) -> None:
        """Moved, unless a ruling on this ground holds for as long as the ledger is locked, which it is, at ``head``."""
        if self.clock().date() != ground.day:
            raise Moved
        if head.size > ground.size and any(
            held.leaf.whole or (held.act is not None and read_act(held.act).kind not in INERT)
            for held in self.ledger.items(ground.size, None, connection)
        ):
            raise Moved

    def explained(self, partner: str, key: LabelKey, purpose: str | None = None) -> Answer:
        """The question of release that is asked for this key, answered with every reason; BadInput where it cannot be asked."""
        with self._lock:
            self._up_to_date()
            return self._asking().release(key.asked(self.keeper, partner, purpose))

    def standing(self) -> Standing:
        """The standing on which it rules, as of now; for one thread, until the ledger moves."""
        with self._lock:
            self._up_to_date()
            return self._asking().standing

    # -- with the lock held

    def _up_to_date(self) -> Ground:
        self._followed.catch_up()
        ground = Ground(self._followed.head.size, self._followed.moves, self.clock().date())
        if self._permissions is not None and self._permissions[0] != ground[1:]:
            self._permissions = None
            self._rulings.clear()
            self._vouched.clear()
        return ground

    def _asking(self) -> Permissions:
        if self._permissions is None:
            day = self.clock().date()
            standing = self._followed.standing(on=day, known=day, strict=self.strict)
            self._permissions = (self._followed.moves, day), Permissions(standing)
        return self._permissions[1]

    def _ruled(self, partner: str, key: LabelKey) -> Ruling:
        found = self._rulings.get((partner, key))
        if found is None:
            found = self._rulings[partner, key] = rule(self._asking(), self.keeper, partner, key, self._vouched_for(partner))
        return found

    def _vouched_for(self, partner: str) -> Vouched:
        if partner not in self._vouched:
            self._vouched[partner] = vouched(self._asking().standing, self.keeper, partner)
        return self._vouched[partner]


def rule(permissions: Permissions, keeper: str, partner: str, key: LabelKey, vouches: Vouched) -> Ruling:
    """May what bears this label leave the keeper for the partner, as this standing has it?"""
    # 1. its own
    if partner == key.originator:
        return Ruling(True)
    # 2. open to nobody
    if key.closed:
        return Ruling(False, (), f"marking unknown: {key.closed}")
    # 3. the permission, for what is vouched for to be its purpose, and with none said
    ground = ""
    for purpose in (*vouches.purposes, None):
        try:
            asked, decision = permissions.decided(key.asked(keeper, partner, purpose))
        except (BadInput, NotOnRecord) as problem:
            return Ruling(False, (), f"unknown: {problem}")
        if decision.outcome is not Outcome.ALLOWED:
            failed = next(test.name for test in decision.tests if test.verdict is not Verdict.YES)
            ground = f"{decision.outcome}: {failed}"
            continue
        # 4. what it leaves to be filled in
        lacking = _lacking(permissions, asked, decision, vouches)
        if not lacking:
            return Ruling(True, _basis(permissions, decision))
        ground = f"not vouched for: {lacking}"
    return Ruling(False, (), ground)


def _lacking(permissions: Permissions, asked: ReleaseAsked, decision: Decision, vouches: Vouched) -> str:
    """What nobody vouches for, of what the release leaves to be filled in; blank if nothing is lacking."""
    line = decision.line
    if asked.unclassified or line is None:
        return ""
    if line.cleared:
        ladder = permissions.grounds.ladders[asked.policy]
        cleared = _ranks(ladder, [level for policy, level in vouches.cleared if policy == asked.policy])
        if max(cleared, default=0) < _ranks(ladder, [asked.level])[0]:
            return f"clearance for {asked.policy} {asked.level}"
    if asked.purpose is None and line.purposes and line.purposes.isdisjoint(vouches.purposes):
        return "purpose"
    unbriefed = sorted(asked.categories - set(vouches.briefed))
    return f"briefing into {unbriefed[0]}" if unbriefed else ""


def _ranks(ladder: Ladder, levels: Iterable[str]) -> list[int]:
    """How high each of these levels stands on a ladder; those that are not on it are left out."""
    return [one.rank for level in levels for one in ladder.levels if one.is_called(level)]


def _basis(permissions: Permissions, decision: Decision) -> tuple[str, ...]:
    """The agreements on which an allowed release rests: of the line, and of the memberships."""
    found = [] if decision.line is None else [decision.line.agreement]
    parties = permissions.standing.record.register.parties
    for test in decision.tests:
        if test.membership is not None:
            group = parties.get(test.membership.group)
            found.append(test.membership.group if group is None or group.constituent is None else group.constituent)
    return tuple(sorted(set(found)))


def vouched(standing: Standing, keeper: str, partner: str) -> Vouched:
    """What the keeper's latest act about a partner vouches for (of one day: the one that came on record last); nothing, where that is a dismissal,
    or where its record is disputed.
    """
    said = [
        (act, sure) for act, sure in standing.acts_of(("admit-partner", "dismiss-partner")) if act.actor == keeper and partner in act.counterparty
    ]
    past = [(_day(act), place) for place, (act, _) in enumerate(said) if _day(act) <= standing.on]
    if not past:
        return Vouched()
    act, sure = said[max(past)[1]]
    if act.kind == "dismiss-partner" or not sure:
        return Vouched()
    cleared = tuple((policy, level) for policy, _, level in (text.partition(":") for text in act.listed("cleared")) if level)
    return Vouched(cleared, act.listed("purposes"), act.listed("briefed"))


def _day(act: Act) -> date:
    """From when an act about a partner counts."""
    moment = act.effect or act.received or act.made
    return date.max if moment is None else moment.last
