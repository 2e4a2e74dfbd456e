"""One agreement in every world: exact days for partial dates, a reading for each fork, and the course in each.

Source: how-standing-is-derived.md, sections 1 and 2.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.acts import Act, Entry
from comity.agreements import Agreement, Course, Days, Deed, Docket, Fork, Found, Supersedes, World, derive, relation
from comity.standing.current import CORRECTIONS, Current, CurrentActs
from comity.standing.record import Holding, needs
from comity.terms import Finding, Moment, Reading

Choices = Mapping[str, int]
Kept = tuple[Current, Deed | None]
"""An act as its corrections have it, and what it is in every world alike; None: its days are not sure, or not given."""


MOST_WORLDS = 64
MOST_DATES = 4


@dataclass(frozen=True, slots=True)
class Case:
    """An agreement in one world: the choices that were made, the docket and the course."""

    choices: Choices
    docket: Docket
    course: Course

    @property
    def met(self) -> Iterable[Fork]:
        """The forks met in this world."""
        return self.course.world.forks.values()


class Worlds:
    """Derives agreements for one viewer and one day of knowledge; each agreement once per world, on demand."""

    def __init__(self, record: Holding, known: date, viewer: str | None) -> None:
        self.record, self.known = record, known
        self.current = CurrentActs(record, known, viewer)
        self._readings: dict[str, tuple[tuple[Case, ...], ...]] = {}
        self._derived: dict[str, list[Case]] = defaultdict(list)
        self._acts: dict[str, list[list[Kept]]] = {}
        self._busy: list[str] = []
        self._came_to_rest: dict[str, Found] = {}

    def forget(self) -> None:
        """Let go of everything derived: cases and the worlds that they ask refer to each other, and would stay until somebody looks for such."""
        for kept in (self._readings, self._derived, self._acts):
            kept.clear()

    def renew(self, record: Holding, touched: Iterable[str]) -> None:
        """Go on with the record as it has grown, without what was derived of ``touched``: their acts or versions, or what they lean on, changed."""
        self.record, self.current = record, CurrentActs(record, self.known, self.current.viewer)
        for agreement in touched:
            for kept in (self._readings, self._derived, self._acts, self._came_to_rest):
                kept.pop(agreement, None)

    @property
    def derived(self) -> list[str]:
        """The agreements of which something was derived, in order."""
        return sorted(agreement for agreement, cases in self._derived.items() if cases)

    def readings(self, agreement_id: str) -> tuple[tuple[Case, ...], ...]:
        """The agreement under every way to read its forks, the first readings first: each in every world of its partial dates."""
        if agreement_id not in self._readings:
            self._readings[agreement_id] = tuple(self._explore(agreement_id))
        return self._readings[agreement_id]

    def cases(self, agreement_id: str) -> tuple[Case, ...]:
        """The agreement in every world that matters to it, once each; the first is that of the first readings and dates."""
        return tuple({id(case): case for of_dates in self.readings(agreement_id) for case in of_dates}.values())

    def first_held(self, agreement_id: str, day: int) -> Case:
        """The world of the first readings that anybody still holds on ``day``, and of first dates."""
        choices: dict[str, int] = {}
        while True:
            case = self.case_in(agreement_id, choices)
            given_up = [f.id for f in case.course.world.forks.values() if f.until is not None and f.until <= day and f.id not in choices]
            if not given_up:
                return case
            choices |= dict.fromkeys(given_up, 1)

    def _explore(self, agreement_id: str) -> list[tuple[Case, ...]]:
        """Read every fork in every way, until no world meets another one."""
        forks: dict[str, Fork] = {}
        while True:
            found = [self._in_date_worlds(agreement_id, choices) for choices in _readings(forks)]
            met = {f.id: f for cases in found for case in cases for f in case.met if f.dated is None}
            if met.keys() <= forks.keys():
                _note_if_many(forks, found[0][0])
                return found
            forks |= met

    def _in_date_worlds(self, agreement_id: str, choices: Choices) -> tuple[Case, ...]:
        """Take every partial date, of the agreement and of those it leans on, at its ends."""
        first = self.case_in(agreement_id, choices)
        if not first.met:
            return (first,)
        dates = [f.id for name in self._leans_on(agreement_id) for f in self.case_in(name, choices).met if f.dated == name]
        cases = [self.case_in(agreement_id, {**choices, **days}) for days in _corners(dates, alone=not any(choices.values()))]
        return tuple({id(case): case for case in cases}.values())

    def _leans_on(self, agreement_id: str) -> list[str]:
        """The agreement, and those on record that its standing depends on, however far."""
        found, todo = dict[str, None](), [agreement_id]
        while todo:
            name = todo.pop()
            if name not in found and self.record.has_agreement(name, self.known):
                found[name] = None
                todo += needs(self.record.agreement(name, self.known), (later for later, _ in self.record.superseding(name)))
        return list(found)

    def case_in(self, agreement_id: str, choices: Choices) -> Case:
        """The agreement in the world of these choices (0 at any other fork): derived once for all that it does not meet."""
        for case in self._derived[agreement_id]:
            if all(choices.get(fork, 0) == taken for fork, taken in case.choices.items()):
                return case
        case = self._derive(agreement_id, choices)
        self._derived[agreement_id].append(case)
        return case

    def _derive(self, agreement_id: str, choices: Choices) -> Case:
        agreement = self.record.agreement(agreement_id, self.known)
        world = World(choices)
        deeds = list(self._deeds(agreement, world))
        docket = Docket(agreement, deeds, self.record.register, _Others(self, world, agreement_id), world)
        self._busy.append(agreement_id)
        try:
            course = derive(docket, self._came_to_rest.get(agreement_id))
        finally:
            self._busy.pop()
        self._came_to_rest[agreement_id] = docket.last_round.found
        return Case({f: choices.get(f, 0) for f in world.forks}, docket, course)

    def course_in(self, agreement_id: str, world: World) -> Course | None:
        """Another agreement's course in the same world; its forks become forks of the asker."""
        if agreement_id in self._busy or not self.record.has_agreement(agreement_id, self.known):
            return None
        case = self.case_in(agreement_id, world.choices)
        world.asked |= {agreement_id, *case.course.world.asked}
        for fork_id, fork in case.course.world.forks.items():
            world.forks.setdefault(fork_id, fork)
        return case.course

    # -- which acts count (section 1), and forks (ii) and (iii)

    def _deeds(self, agreement: Agreement, world: World) -> Iterator[Deed]:
        if agreement.id not in self._acts:
            self._acts[agreement.id] = [[(c, _deed(c.act, c.kind, agreement.zone)) for c in found] for found in self.current.under(agreement.id)]
        for versions in self._acts[agreement.id]:
            current, deed = versions[0] if len(versions) == 1 else versions[self._record_of_act(versions, world)]
            if current.act.kind in CORRECTIONS or current.kind == "deny" or not _stands(current, world):
                continue
            deed = deed or _deed_in(current.act, current.kind, agreement.zone, world)
            if deed is not None:
                yield deed

    def _record_of_act(self, versions: list[Kept], world: World) -> int:
        acts = [current.act for current, _ in versions]
        readings = [Reading(_moments(act), act.source.citation, act.source.citation) for act in acts]
        return world.choose(f"records:{acts[0].ref}", readings, acts[0].ref)


def _stands(current: Current, world: World) -> bool:
    """Has it, in this world, the effect that somebody denies?"""
    act = current.act
    return not current.denials or world.choose(f"denied:{act.ref}", _told_denied(act, current.denials), act.ref) == 0


def _too_many(forks: Mapping[str, Fork]) -> bool:
    return math.prod(len(f.readings) for f in forks.values()) > MOST_WORLDS


def _note_if_many(forks: Mapping[str, Fork], case: Case) -> None:
    if _too_many(forks):
        agreement = case.course.agreement.id
        says = f"{len(forks)} points are contested: each is varied alone against the first reading of the others, not all together"
        case.course.world.find("many-forks", says, agreement, agreement)


def _readings(forks: Mapping[str, Fork]) -> list[dict[str, int]]:
    """Every combination of their readings; of too many, each alone against the first readings of the others."""
    if not _too_many(forks):
        return [dict(zip(forks, read, strict=True)) for read in itertools.product(*(range(len(f.readings)) for f in forks.values()))]
    return [{}, *({f.id: index} for f in forks.values() for index in range(1, len(f.readings)))]


def _corners(dates: list[str], alone: bool) -> list[dict[str, int]]:
    """Of a few partial dates every combination of first and last days; of many: all first, all last, and each ``alone``."""
    if len(dates) <= MOST_DATES:
        return [dict(zip(dates, ends, strict=True)) for ends in itertools.product((0, 1), repeat=len(dates))]
    corners = [dict.fromkeys(dates, 0), dict.fromkeys(dates, 1)]
    return corners + [{**dict.fromkeys(dates, 1 - end), one: end} for one in dates if alone for end in (1, 0)]


class _Others:
    """What one agreement's derivation may ask about others, in its own world."""

    def __init__(self, worlds: Worlds, world: World, agreement_id: str) -> None:
        self.worlds, self.world, self.agreement_id = worlds, world, agreement_id

    def course(self, agreement: str) -> Course | None:
        return self.worlds.course_in(agreement, self.world)

    def between(self, agreement: str, a: str, b: str) -> Days:
        if self.course(agreement) is None:
            return []
        case = self.worlds.case_in(agreement, self.world.choices)
        return relation(case.docket, case.course, a, b).in_force

    def superseding(self, agreement: str) -> Iterable[tuple[Course, Supersedes]]:
        for later in dict.fromkeys(later for later, _ in self.worlds.record.superseding(agreement)):
            course = self.worlds.course_in(later, self.world)
            for clause in course.agreement.clauses if course is not None else ():
                if course is not None and isinstance(clause, Supersedes) and clause.agreement == agreement:
                    yield course, clause


def _deed_in(act: Act, kind: str, zone: str | None, world: World) -> Deed | None:
    """The act in a world that takes its days as their first or their last; without any day it has no effect."""
    if not _given(act):
        world.find("no-date", "the act has no date: it is recorded and has no effect", act.ref, act.agreement)
        return None
    return _on_its_days(act, kind, zone, world.choose(f"date:{act.ref}", _told_ends(act), act.ref, dated=act.agreement))


def _deed(act: Act, kind: str, zone: str | None) -> Deed | None:
    """The act as it is in every world, where its days are sure."""
    given = _given(act)
    return _on_its_days(act, kind, zone, 0) if given and all(moment.certain for moment in given) else None


def _given(act: Act) -> list[Moment]:
    return [moment for moment in (act.made, act.received, act.notified, act.effect) if moment is not None]


def _on_its_days(act: Act, kind: str, zone: str | None, last: int) -> Deed:
    moments = (act.made, act.received, act.notified, act.effect)
    m, r, n, e = (None if moment is None else moment.days_in(zone)[last].toordinal() for moment in moments)
    stated = next(day for day in (m, r, n, e) if day is not None)  # the effect stands in only where there is nothing else
    # the party is Act.attributed_to, spelt out: this is done for every act
    return Deed(act, kind, act.on_behalf_of or act.actor, m or stated, r or m or stated, n or r or m or stated, e)


def _told_denied(act: Act, denials: Sequence[Entry]) -> tuple[Reading, Reading]:
    """That the act has the effect it claims, or what the first to deny it says."""
    denial = min(denials, key=lambda e: (e.recorded, e.act.ref)).act
    return (
        Reading(f"{act.ref} has the effect it claims", act.actor, act.source.citation),
        Reading(denial.details.get("effect", f"{act.ref} has no effect"), denial.actor, denial.source.citation),
    )


def _told_ends(act: Act) -> list[Reading]:
    return [Reading(_moments(act, end), "partial date", act.source.citation) for end in (0, 1)]


def _moments(act: Act, end: int | None = None) -> str:
    parts = []
    for name in ("made", "received", "notified", "effect"):
        moment: Moment | None = getattr(act, name)
        if moment is not None:
            parts.append(f"{name} {moment.written if end is None else (moment.first, moment.last)[end]}")
    return ", ".join(parts)


def forks_of(cases: Iterable[Case]) -> list[Fork]:
    """Every fork met in any of the worlds, in the order met."""
    found: dict[str, Fork] = {}
    for case in cases:
        for fork in case.course.world.forks.values():
            found.setdefault(fork.id, fork)
    return list(found.values())


def findings_of(cases: Iterable[Case]) -> list[Finding]:
    """What was found odd in any of the worlds, once each."""
    return sorted({f for case in cases for f in case.course.world.findings}, key=lambda f: (f.where, f.code, f.says))
