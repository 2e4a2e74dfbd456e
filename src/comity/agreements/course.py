"""The course of one agreement: for every party the periods of its standing, and when the agreement was in force.

A course is the result of deriving one agreement in one world. Each period keeps its cause: the rule, the clause, the
acts, and the causes behind it, as light tuples; explaining turns them into words only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from comity.agreements.articles import Clause
from comity.agreements.clauses import Agreement
from comity.agreements.days import BEGIN, Day, Days, contains, union
from comity.agreements.deeds import Deed, World

PARTY, PROVISIONAL, SUSPENDED, CONTRACTING, SIGNATORY, FORMER, NONE = (
    "party",
    "provisional",
    "suspended",
    "contracting",
    "signatory",
    "former",
    "none",
)
BOUND_MODES = frozenset((PARTY, PROVISIONAL))


class Cause(NamedTuple):
    """Why a period starts, ends or stands: the rule (a page of docs/rules), its clause, the acts, days, further causes."""

    rule: str
    clause: Clause | None = None
    deeds: tuple[Deed, ...] = ()
    days: tuple[Day, ...] = ()
    says: str = ""
    because: tuple[Cause, ...] = ()


class Stretch(NamedTuple):
    """From one consent to the end of what it brought: ``consented`` to ``start`` contracting, ``start`` to ``end`` bound.

    ``besides``: what happened on the way without changing it (a notice taken back, the person going on under another code).
    ``since``: the first day on which the code that it is listed under bears the person.
    """

    consented: Day
    start: Day
    end: Day
    opened: Cause
    started: Cause
    ended: Cause | None
    besides: tuple[Cause, ...] = ()
    since: Day = BEGIN

    def consented_as(self, codes: Container[str], otherwise: str) -> str:
        """The code under which its person consented, where that was by an act of its own."""
        return next((deed.actor for deed in self.opened.deeds if deed.actor in codes), otherwise)

    @property
    def binds(self) -> Days:
        """The days from start to end on which its code bears the person."""
        start = max(self.start, self.since)
        return [(start, self.end)] if start < self.end else []


class Suspended(NamedTuple):
    """A suspension that has effect in this world: by whose act, from when, to when, and the acts that resume operation."""

    deed: Deed
    start: Day
    end: Day
    resumed: tuple[Deed, ...]
    cause: Cause

    @property
    def whom(self) -> tuple[str, ...]:
        return self.deed.act.counterparty

    @property
    def articles(self) -> tuple[str, ...]:
        return self.deed.act.listed("articles")

    @property
    def of_all(self) -> bool:
        """Of the whole agreement, towards everybody?"""
        return not self.whom and not self.articles

    def end_for(self, other: tuple[str, ...] | None, article: str | None) -> Day:
        """The end towards one other person (its codes) and of one article; None: of its being towards all, and of all."""
        ends = [self.end]
        for deed in self.resumed:
            whom, articles = deed.act.counterparty, deed.act.listed("articles")
            if other is not None and whom and not set(whom) & set(other):
                continue
            if articles and article not in articles:
                continue
            ends.append(deed.received)
        return min(ends)


class Link(NamedTuple):
    """One code of a line and the days on which the person bore it."""

    code: str
    start: Day
    end: Day


Line = tuple[Link, ...]


class Stage(NamedTuple):
    """A period [start, end) of one standing."""

    start: Day
    end: Day
    mode: str
    why: tuple[Cause, ...]
    ended: Cause | None = None


@dataclass(slots=True)
class Course:
    """What derivation yields for one agreement in one world.

    ``threshold``, ``entry``: the days on which the condition was met and it entered into force (for those who waived
    nothing); ``base``: the day from which terms and waiting times run.
    """

    agreement: Agreement
    world: World
    threshold: Day | None = None
    entry: Day | None = None
    entered: Cause | None = None
    base: Day | None = None
    ended: Day | None = None
    end_cause: Cause | None = None
    stages: dict[str, list[Stage]] = field(default_factory=dict)
    stretches: dict[str, list[Stretch]] = field(default_factory=dict)
    bound: dict[str, Days] = field(default_factory=dict)
    in_force: Days = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=dict)
    suspensions: tuple[Suspended, ...] = ()

    def parties(self) -> list[str]:
        """Everyone who ever was bound."""
        return sorted(self.bound)

    def bound_days(self, party: str | None) -> Days:
        return self.bound.get(party or "", [])

    def binding_days(self, party: str) -> Days:
        """Days on which the agreement binds ``party``: as party or provisionally."""
        return union([(s.start, s.end) for s in self.stages.get(party, ()) if s.mode in BOUND_MODES])

    def stage_on(self, party: str, day: Day) -> Stage | None:
        return next((s for s in self.stages.get(party, ()) if s.start <= day < s.end), None)

    def person(self, code: str) -> str:
        """One name for the legal person that bears ``code``: the first code it bore."""
        line = self.lines.get(code)
        return line[0].code if line else code

    def is_in_force(self, day: Day) -> bool:
        return contains(self.in_force, day)
