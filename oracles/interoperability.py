"""The slow reading of docs/explanation/how-interoperability-is-told.md, sections 1 to 6: day by day, act by act, as the text says.

Standards are in ``oracles.standards``; courses and posts in ``oracles.courses_and_posts``.

It shares nothing with the fast path but types. Days are ordinals; acts come with whether they are undisputed, as a question looks at them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from comity.acts import Act
from comity.agreements.clauses import Coverage
from comity.interoperability.training import DOMAINS, PURPOSES, TrainingRow
from comity.parties import Register
from comity.terms import Moment, parse_moment
from oracles.courses_and_posts import Persons, sessions
from oracles.kept_acts import KeptAct

Acts = Sequence[tuple[Act, bool]]
PARTS = ("force", "agency", "organ")


@dataclass
class Seen:
    """A sighting (2.1)."""

    exercise: Any
    start: tuple[int, int]
    end: tuple[int, int]
    sure_of: set[str]
    possible_of: set[str]
    doubtful: bool
    acts: list[str]
    what: str
    kind: str


@dataclass(frozen=True)
class Told:
    """What is told (4 and 5)."""

    state: str
    last: tuple[int | None, int | None]
    first: tuple[int | None, int | None]
    count: dict[str, tuple[int, int]]
    recency: tuple[float, float]
    since: int | None
    complete: bool
    courses_complete: bool


def days(moment: Moment) -> tuple[int, int]:
    return moment.first.toordinal(), moment.last.toordinal()


class Reading:
    """Acts of taking part, rows and coverage on record; ``kept``: the acts of training that count."""

    def __init__(
        self, acts: Acts, register: Register, coverage: Sequence[Coverage], rows: Sequence[TrainingRow] = (), kept: Sequence[KeptAct] = ()
    ) -> None:
        self.acts, self.register, self.coverage, self.rows, self.kept = acts, register, coverage, rows, kept
        self.said: dict[tuple[tuple[str, ...], str], list[Seen]] = {}

    # -- nations (1.2)

    def whole(self, code: str) -> str:
        party = self.register.parties.get(code)
        steps = 0
        while party is not None and party.kind in PARTS and party.part_of is not None and steps < len(self.register.parties):
            code = party.part_of
            party = self.register.parties.get(code)
            steps += 1
        return code

    def person(self, code: str) -> set[str]:
        """Every code of the legal person."""
        codes = {self.whole(code)}
        for _ in self.register.successions:
            for s in self.register.successions:
                if s.how == "continues" and s.contested is None and ({s.successor, s.predecessor} & codes):
                    codes |= {s.successor, s.predecessor}
        return codes

    def existed(self, codes: set[str], day: int) -> bool:
        for code in codes:
            for span in self.register.parties[code].exists:
                if (span.start is None or span.start.toordinal() <= day) and (span.end is None or day < span.end.toordinal()):
                    return True
        return False

    # -- acts (1.3 to 1.5)

    @staticmethod
    def span(act: Act) -> tuple[tuple[int, int], tuple[int, int]] | None:
        written = act.details.get("starts")
        moment = parse_moment(written) if written is not None else act.made or act.received or act.notified or act.effect
        if moment is None:
            return None
        start = days(moment)
        end = days(parse_moment(act.details["ends"])) if "ends" in act.details else start
        if end[1] < start[0]:
            end = start
        return (start[0], min(start[1], end[1])), (max(end[0], start[0]), end[1])

    @staticmethod
    def exercise(act: Act) -> object:
        name = "".join(c if not c.isspace() else " " for c in act.details.get("activity", "")).lower()
        while "  " in name:
            name = name.replace("  ", " ")
        written = act.details.get("starts")
        when = written if written is not None else (act.made or act.received or act.notified or act.effect)
        return (name.strip(), str(when), act.details.get("place", "")) if name.strip() else act.hash

    @staticmethod
    def names(act: Act, capability: str) -> bool:
        return capability == "any" or capability in act.listed("domains") or capability in act.listed("purposes")

    @staticmethod
    def leaves_open(act: Act, capability: str) -> bool:
        if capability in DOMAINS and not act.listed("domains"):
            return True
        return capability in PURPOSES and not act.listed("purposes")

    # -- sightings (2)

    def sightings(self, nations: Sequence[str], capability: str) -> list[Seen]:
        key = tuple(nations), capability
        if key not in self.said:
            self.said[key] = self.look(nations, capability)
        return self.said[key]

    def look(self, nations: Sequence[str], capability: str) -> list[Seen]:
        persons = [self.person(code) for code in nations]
        of_each: list[list[tuple[Act, bool]]] = [
            [(act, undisputed) for act, undisputed in self.acts if (act.on_behalf_of or act.actor) and self.is_of(act, person)] for person in persons
        ]
        found = []
        for chosen in itertools.product(*of_each):
            exercises = {self.exercise(act) for act, _ in chosen}
            spans = [self.span(act) for act, _ in chosen]
            if len(exercises) > 1 or None in spans:
                continue
            known = [span for span in spans if span is not None]
            start = max(s[0] for s, _ in known), max(s[1] for s, _ in known)
            end = min(e[0] for _, e in known), min(e[1] for _, e in known)
            if end[1] < start[0]:
                continue
            sure = {capability} if all(self.names(act, capability) for act, _ in chosen) else set[str]()
            possible = {capability} if all(self.names(act, capability) or self.leaves_open(act, capability) for act, _ in chosen) else set[str]()
            doubtful = not all(undisputed for _, undisputed in chosen)
            found.append(
                Seen(
                    exercises.pop(),
                    (start[0], min(start[1], end[1])),
                    (max(end[0], start[0]), end[1]),
                    sure,
                    possible,
                    doubtful,
                    [act.ref for act, _ in chosen],
                    chosen[0][0].details.get("activity", ""),
                    "exercise",
                )
            )
        for number, row in enumerate(self.rows):
            if all(any(self.whole(code) in person for code in row.nations) for person in persons) and capability in (row.capability, "any"):
                found.append(Seen(("row", number), days(row.moment), days(row.moment), {capability}, {capability}, False, [], row.source, "other"))
        return found + self.trained(persons, capability)

    def trained(self, persons: Sequence[set[str]], capability: str) -> list[Seen]:
        """Those on courses and by posts (9)."""
        found = []
        about = Persons(
            lambda code, person: self.whole(code) in person,
            lambda person: any(code in self.register.parties and self.register.parties[code].kind == "organisation" for code in person),
            lambda day: self.goes_on(day, lambda one: self.exist(persons, one) and all(self.declared(p, "end-post", one) for p in persons)),
            lambda day: self.goes_on(day, lambda one: self.exist(persons, one)),
        )
        for one in sessions(self.kept, persons, about):
            of_it = {capability} if capability in (one.capability, "any") else set[str]()
            found.append(Seen((one.kind, one.root.id), one.start, one.end, of_it, of_it, one.doubtful, list(one.acts), one.title, one.kind))
        return found

    def exist(self, persons: Sequence[set[str]], day: int) -> bool:
        return all(self.existed(person, day) for person in persons)

    def goes_on(self, start: int, holds: Callable[[int], bool]) -> int | None:
        """The last day up to which it holds, from ``start`` on without a gap."""
        if not holds(start):
            return None
        turns = [turn for turn in self.turns() if turn > start]
        return next((turn for turn in turns if not holds(turn)), date.max.toordinal()) - 1

    def is_of(self, act: Act, person: set[str]) -> bool:
        return self.whole(act.on_behalf_of or act.actor) in person

    # -- coverage (3)

    def covered(self, nations: Sequence[str], kind: str, day: int) -> bool:
        persons = [self.person(code) for code in nations]
        if any(not self.existed(person, day) for person in persons):
            return True
        return all(self.declared(person, kind, day) for person in persons)

    def declared(self, person: set[str], kind: str, day: int) -> bool:
        for c in self.coverage:
            if c.agreements or (c.kinds and kind not in c.kinds) or (c.parties and not person & set(c.parties)):
                continue
            if (c.from_ is None or c.from_.toordinal() <= day) and day <= c.through.toordinal():
                return True
        return False

    def turns(self) -> list[int]:
        """The days on which what is covered can change: between two of them it is the same throughout."""
        found = {1}
        for c in self.coverage:
            found |= {c.through.toordinal() + 1} | ({c.from_.toordinal()} if c.from_ is not None else set())
        for party in self.register.parties.values():
            found |= {day.toordinal() for span in party.exists for day in (span.start, span.end) if day is not None}
        return sorted(found)

    def last_not_covered(self, nations: Sequence[str], kind: str, on: int) -> int | None:
        """The last day up to ``on`` that is not covered."""
        starts = [turn for turn in self.turns() if turn <= on]
        for start, end in reversed(list(itertools.zip_longest(starts, starts[1:], fillvalue=on + 1))):
            if not self.covered(nations, kind, start):
                return end - 1
        return None

    # -- what is told (4, 5)

    def told(self, nations: Sequence[str], capability: str, on: int, half_life: float) -> Told:
        seen = [s for s in self.sightings(nations, capability) if capability in s.possible_of and s.start[0] <= on]
        sure = [s for s in seen if capability in s.sure_of and not s.doubtful and s.start[1] <= on]
        open_day = self.last_not_covered(nations, "take-part", on)
        complete = self.covered(nations, "take-part", on)
        earliest = max((min(s.end[0], on) for s in sure), default=None)
        possible = [min(s.end[1], on) for s in seen] + ([open_day] if open_day is not None else [])
        latest = max(possible, default=None)
        first_by = min((s.start[1] for s in sure), default=None)
        first_from = min((s.start[0] for s in seen), default=None)
        if first_from is not None and self.last_not_covered(nations, "take-part", first_from - 1) is not None:
            first_from = None
        state = self.in_both(seen, lambda some: self.state(some, on, complete))
        return Told(
            state=state,
            last=(earliest, latest),
            first=(first_from, first_by),
            count={
                kind: (len({s.exercise for s in sure if s.kind == kind}), len({s.exercise for s in seen if s.kind == kind}))
                for kind in {s.kind for s in seen}
            },
            recency=(self.faded(earliest, on, half_life), self.faded(latest, on, half_life)),
            since=open_day + 1 if state == "none" and open_day is not None else None,
            complete=complete,
            courses_complete=all(self.covered(nations, kind, on) for kind in ("attend-course", "certify-course", "fill-post")),
        )

    @staticmethod
    def faded(last: int | None, on: int, half_life: float) -> float:
        return 0.0 if last is None else float(0.5 ** ((on - last) / half_life))

    @staticmethod
    def in_both(seen: Sequence[Seen], asked: Callable[[list[Seen]], str]) -> str:
        """With the doubtful ones as if they were sure, and without them."""
        taken = asked([replace(s, doubtful=False) for s in seen])
        left = asked([s for s in seen if not s.doubtful])
        return taken if taken == left else "contested"

    @staticmethod
    def state(seen: Sequence[Seen], on: int, complete: bool) -> str:
        if any(s.sure_of and s.start[1] <= on for s in seen):
            return "trained"
        return "none" if not seen and complete else "unknown"

    def fresh(self, nations: Sequence[str], capability: str, on: int, within: int) -> str:
        seen = [s for s in self.sightings(nations, capability) if capability in s.possible_of and s.start[0] <= on]
        open_day = self.last_not_covered(nations, "take-part", on)

        def verdict(some: list[Seen]) -> str:
            if any(min(s.end[0], on) >= on - within for s in some if s.sure_of and s.start[1] <= on):
                return "yes"
            if any(min(s.end[1], on) >= on - within for s in some) or (open_day is not None and open_day >= on - within):
                return "unknown"
            return "no"

        return self.in_both(seen, verdict)

    def sources(self, nations: Sequence[str], kind: str) -> set[str]:
        """What declares coverage for any of them."""
        persons = [self.person(code) for code in nations]
        fitting = [c for c in self.coverage if not c.agreements and (not c.kinds or kind in c.kinds)]
        return {c.source for c in fitting for person in persons if not c.parties or person & set(c.parties)}

    def called(self, code: str, on: int) -> str:
        """The code of the person on the day: of several the one that follows the others; of none the last of all (1.2)."""
        codes = self.person(code)
        alive = {one for one in codes if self.existed({one}, on)} or codes
        followed = {s.predecessor for s in self.register.successions if s.how == "continues" and s.contested is None and s.successor in codes}
        order = [one for one in codes if one not in followed]
        while order and order[-1] not in alive:
            order.append(
                next(s.predecessor for s in self.register.successions if s.successor == order[-1] and s.how == "continues" and s.contested is None)
            )
        return order[-1]


# -- gaps (6)

Gap = tuple[tuple[str, str], str, str, int | None]
"""Pair, capability, how it stands, and the first day on which it was no longer fresh."""
ORDER = ("no", "contested", "unknown")


def gaps(reading: Reading, pairs: Sequence[tuple[str, str]], capabilities: Sequence[str], on: int, within: int) -> list[Gap]:
    """The gaps, in the order of what they need."""
    found = []
    for pair in pairs:
        for capability in capabilities:
            how = reading.fresh(pair, capability, on, within)
            if how != "yes":
                last = reading.told(pair, capability, on, 1.0).last[0]
                found.append((ORDER.index(how), last or 0, pair, capability, how))
    return [(pair, capability, how, last + within + 1 if last else None) for _, last, pair, capability, how in sorted(found)]


def targets(
    reading: Reading, pair: tuple[str, str], capability: str, on: int, within: int, slot: int, slots: int, soon: int
) -> list[tuple[int, int]]:
    """From which slot to which each target is; ``slot``: how many days a slot has; ``on`` is the first day of slot 0."""
    last = reading.told(pair, capability, on, 1.0).last[0]
    end = soon if last is None else max(soon, (last + within - on) // slot)
    each = max(1, within // slot)
    found = []
    start = 0
    while end <= slots:
        found.append((start, end))
        start, end = end, end + each
    return found
