"""The slow reading of docs/explanation/how-domestic-procedure-is-followed.md: days counted one by one, every reading by itself, as the text says.

It shares nothing with the fast path but types; the procedures themselves are data.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from comity.acts import CONSENT, Entry
from comity.agreements.clauses import Coverage
from comity.domestic.procedures_of_states import HomeProcedure
from comity.terms import Verdict
from oracles.kept_acts import KeptAct, Reader

DAY = timedelta(days=1)
KINDS = (
    "lay-treaty", "notify-legislature", "extend-scrutiny", "resolve-against", "demand-approval", "state-reasons", "approve-treaty",
)  # fmt: skip
Sittings = Mapping[str, Mapping[date, bool]]


@dataclass(frozen=True)
class Told:
    """Where an agreement stands at home."""

    procedure: tuple[str, date]
    named: bool
    verdict: Verdict
    states: frozenset[str]
    ends: tuple[date, date | None] | None
    counted: int
    days: int
    may_consent: Verdict
    objected: frozenset[str]
    lacking: frozenset[str]
    acts: tuple[str, ...]
    consents: tuple[str, ...]
    report: tuple[frozenset[str], date | None, tuple[str, ...]] | None
    findings: tuple[tuple[str, str], ...]


# -- 3. sitting days


def is_sitting(day: date, sittings: Sittings, houses: Sequence[str]) -> Verdict:
    sat = [sittings.get(house, {}).get(day) for house in houses]
    if any(one is False for one in sat):
        return Verdict.NO
    return Verdict.YES if all(one is True for one in sat) else Verdict.UNKNOWN


def counts(day: date, procedure: HomeProcedure, sittings: Sittings, earliest: bool) -> bool:
    if procedure.scrutiny is None or procedure.scrutiny.counted == "calendar":
        return True
    sits = is_sitting(day, sittings, tuple(procedure.houses))
    return sits is Verdict.YES or (sits is Verdict.UNKNOWN and earliest)


def last_day(start: date, days: int, procedure: HomeProcedure, sittings: Sittings, earliest: bool) -> date | None:
    """3.3 and 3.4: day by day; None: it does not end within what is known."""
    beyond = max((max(house) for house in sittings.values() if house), default=start)
    day, counted = start, 0
    while counted < days:
        day += DAY
        if day > beyond and not counts(day, procedure, {}, earliest):
            return None
        counted += counts(day, procedure, sittings, earliest)
    return day


def passed(start: date, on: date, procedure: HomeProcedure, sittings: Sittings, earliest: bool) -> int:
    number, day = 0, start
    while day < on:
        day += DAY
        number += counts(day, procedure, sittings, earliest)
    return number


# -- 4. the course


@dataclass
class Course:
    """What happened so far, in one reading."""

    procedure: HomeProcedure
    sittings: Sittings
    earliest: bool
    begun: date | None = None
    start: date | None = None
    days: int = 0
    second: bool = False
    objections: list[tuple[str, date]] = field(default_factory=list)
    any_objection: bool = False
    barred: bool = False
    stated: bool = False
    demanded: bool = False
    refused: bool = False
    approved: set[str] = field(default_factory=set)
    exceptional: bool = False

    def follows(self, house: str) -> str | None:
        return next((one.follows for one in self.procedure.objections if one.house == house), None)

    def needed(self) -> set[str]:
        return {one.house for one in self.procedure.approvals}

    def end(self) -> date | None:
        assert self.start is not None
        return last_day(self.start, self.days, self.procedure, self.sittings, self.earliest)

    def over(self, day: date) -> bool:
        end = self.end()
        return end is not None and end < day

    def take(self, act: KeptAct, day: date) -> str | None:
        details, scrutiny = act.act.details, self.procedure.scrutiny
        if act.kind == self.procedure.begins:  # 4.1
            self.begun = self.start = day
            self.days = scrutiny.days if scrutiny is not None else 0
            self.second = self.any_objection = self.barred = self.stated = self.demanded = self.refused = False
            self.objections, self.approved = [], set()
            return None
        if act.kind == "extend-scrutiny":  # 4.2
            number, rule = int(details["days"]), self.procedure.extension
            if scrutiny is None or rule is None or self.start is None or self.second or self.over(day):
                return "domestic-no-extension"
            if number < 1 or number > rule.most:
                return "domestic-no-extension"
            self.days += number
            return None
        if act.kind in ("resolve-against", "demand-approval"):
            return self.object(details["house"], day, act.kind == "demand-approval")
        if act.kind == "state-reasons":
            return self.reasons(day, details["reason"])
        if act.kind == "approve-treaty":  # 4.7
            rule_of = next((one for one in self.procedure.approvals if one.house == details["house"]), None)
            if rule_of is None:
                return "domestic-no-approval"
            if rule_of.share is not None and not enough(details, rule_of.share, rule_of.of):
                return "domestic-short"
            self.approved.add(rule_of.house)
            self.refused = False
        return None

    def object(self, house: str, day: date, demand: bool) -> str | None:
        # 4.3, 4.4
        if not demand and house in self.needed() and (self.procedure.scrutiny is None or self.demanded):
            self.refused = True
            self.approved = set()
            return None
        follows = self.follows(house)
        if follows is None or (follows == "express-approval") is not demand:
            return "domestic-no-objection"
        if self.procedure.scrutiny is None or self.start is None or day <= self.start or self.over(day):
            return "domestic-no-objection"
        if self.second and follows != "statement-and-scrutiny":
            return "domestic-no-objection"
        if demand:
            self.demanded = True
            return None
        self.objections.append((house, day))
        self.any_objection = True
        self.barred = self.barred or follows == "bars"
        return None

    def reasons(self, day: date, reason: str) -> str | None:
        # 4.5, 4.6
        if reason == "exception":
            if self.procedure.exception is None or self.any_objection:
                return "domestic-no-reasons"
            self.exceptional = True
            return None
        after = {self.follows(house) for house, _ in self.objections}
        if "statement-and-scrutiny" in after:
            assert self.procedure.scrutiny is not None
            self.start, self.days, self.second = day, self.procedure.scrutiny.days, True
            self.objections, self.stated = [], False
            return None
        if "statement" in after:
            self.stated = True
            return None
        return "domestic-no-reasons"

    def state(self, on: date) -> tuple[str, bool]:
        """The table of section 4, the first that applies; and whether it is clear by silence."""
        if self.exceptional and not self.any_objection:
            return "clear", False
        if self.procedure.scrutiny is None and not self.procedure.approvals:
            return "clear", False
        if self.procedure.approvals and self.needed() - self.approved == set():
            return "clear", False
        if self.refused or self.barred:
            return "refused", False
        if self.start is None:
            return "not laid", False
        if self.procedure.scrutiny is None or self.demanded:
            return "awaiting approval", False
        after = {self.follows(house) for house, _ in self.objections}
        if "statement-and-scrutiny" in after or ("statement" in after and not self.stated):
            return "objected to", False
        return ("clear", True) if self.over(on) else ("scrutiny running", False)


def enough(details: Mapping[str, str], share: Fraction, of: str) -> bool:
    if "for" not in details:
        return True
    if of == "present":
        return "present" not in details or Fraction(int(details["for"])) >= share * int(details["present"])
    return "against" not in details or int(details["for"]) >= share * (int(details["for"]) + int(details["against"]))


# -- 5. on a day


def in_turn(acts: Sequence[KeptAct], last: bool) -> list[tuple[date, KeptAct]]:
    days = [(act.last if last else act.first, act) for act in acts]
    return sorted(days, key=lambda one: (one[0], KINDS.index(one[1].kind), one[1].act.ref, one[1].id))


@dataclass(frozen=True)
class Home:
    """What is looked at: the acts that count, the procedure, the sitting days, the coverage of the agreement, and since when it is concluded."""

    acts: Sequence[KeptAct]
    procedure: HomeProcedure
    sittings: Sittings
    coverage: Sequence[Coverage]
    state: str
    concluded: date

    def readings(self, on: date, last: bool, earliest: bool) -> list[Course]:
        taken = [(day, act) for day, act in in_turn(self.acts, last) if day <= on]
        doubtful = [act.id for _, act in taken if act.doubtful]
        found = []
        for choice in product((True, False), repeat=len(doubtful)):
            gone = {name for name, holds in zip(doubtful, choice, strict=True) if not holds}
            course = Course(self.procedure, self.sittings, earliest)
            for day, act in taken:
                if act.id not in gone:
                    course.take(act, day)
            found.append(course)
        return found

    def ways(self, on: date) -> list[list[Course]]:
        return [self.readings(on, last, earliest) for last in (False, True) for earliest in (False, True)]

    def complete(self, kinds: set[str], start: date, end: date) -> bool:
        # 2.2
        return all(any(self.names(one, kind, day) for one in self.coverage) for kind in kinds for day in days(start, end))

    def names(self, one: Coverage, kind: str, day: date) -> bool:
        return kind in one.kinds and (not one.parties or self.state in one.parties) and (one.from_ is None or one.from_ <= day) and day <= one.through

    def may(self, course: Course, on: date) -> Verdict:
        # 5.3
        state, silent = course.state(on)
        if state == "clear" and silent:
            end = course.end()
            assert course.start is not None
            assert end is not None
            kinds = {"demand-approval" if one.follows == "express-approval" else "resolve-against" for one in self.procedure.objections}
            return Verdict.YES if self.complete(kinds, course.start + DAY, end) else Verdict.UNKNOWN
        if state == "clear":
            return Verdict.YES
        if state in ("scrutiny running", "refused"):
            return Verdict.NO
        if state == "not laid":
            kinds, start = {self.procedure.begins} | ({"approve-treaty"} if self.procedure.scrutiny is None else set()), self.concluded
        elif state == "awaiting approval":
            assert course.begun is not None
            kinds, start = {"approve-treaty"}, course.begun
        else:
            kinds, start = {"state-reasons"}, course.objections[-1][1]
        return Verdict.NO if self.complete(kinds, start, on) else Verdict.UNKNOWN

    def may_consent(self, on: date) -> Verdict:
        return settled([{self.may(course, on) for course in way} for way in self.ways(on)])


def days(start: date, end: date) -> list[date]:
    return [start + n * DAY for n in range((end - start).days + 1)]


def settled(ways: Sequence[set[Verdict]]) -> Verdict:
    # 5.1
    if any(len(way) > 1 for way in ways):
        return Verdict.CONTESTED
    return next(iter(ways[0])) if all(way == ways[0] for way in ways) else Verdict.UNKNOWN


def end_of_next_month(day: date) -> date:
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, monthrange(year, month)[1])


def possibly(acts: Sequence[KeptAct], on: date) -> list[KeptAct]:
    return sorted((act for act in acts if act.first <= on), key=lambda act: (act.first, act.act.ref, act.id))


def report(home: Home, signed: Sequence[KeptAct], on: date) -> tuple[frozenset[str], date | None, tuple[str, ...]]:
    # 5.5
    notices = [act for act in home.acts if act.kind == "notify-legislature"]
    found = set()
    for last in (False, True):
        signatures = sorted(act.last if last else act.first for act in signed if (act.last if last else act.first) <= on)
        told = sorted(act.last if last else act.first for act in notices if (act.last if last else act.first) <= on)
        if not signatures:
            found.add("nothing due")
            continue
        due = end_of_next_month(signatures[0])
        if told:
            found.add("done" if told[0] <= due else "done late")
        elif on <= due:
            found.add("open")
        else:
            found.add("overdue" if home.complete({"notify-legislature"}, signatures[0], due) else "not known")
    first = min((act.first for act in signed if act.first <= on), default=None)
    return frozenset(found), None if first is None else end_of_next_month(first), tuple(act.id for act in possibly(notices, on))


def told(
    entries: Sequence[Entry], coverage: Sequence[Coverage], procedures: Sequence[HomeProcedure], sittings: Sittings,
    agreement: tuple[str, date], state: str, asked: str | None, on: date, known: date, viewer: str | None,
) -> Told | None:  # fmt: skip
    """Where an agreement (its id, when it was concluded) stands in a state; None: no procedure is in force on the day that decides (1.2)."""
    reader, name = Reader(entries, known, viewer), asked
    every = [act for act in reader.kept(KINDS) if act.act.agreement == agreement[0] and act.who == state]
    beginnings = [act for act in possibly(every, on) if act.kind in ("lay-treaty", "notify-legislature")]
    for act in beginnings if asked is None else []:
        name = act.act.details.get("procedure", name)
    versions = [one for one in procedures if one.state == state and (one.id == name if name is not None else one.usual)]
    own_beginnings = [act for act in beginnings if act.kind == versions[0].begins and act.act.details.get("procedure", name) == name]
    day = own_beginnings[-1].first if own_beginnings else on
    there = [one for one in versions if one.from_ <= day and (one.until is None or one.until > day)]
    if not there:
        return None
    procedure = there[0]
    own = [act for act in every if act.act.details.get("procedure", procedure.id) == procedure.id]
    home = Home(own, procedure, sittings, coverage, state, agreement[1])
    ways = home.ways(on)
    states = [{course.state(on)[0] for course in way} for way in ways]
    same = all(way == states[0] for way in states)
    verdict = Verdict.CONTESTED if any(len(way) > 1 for way in states) else Verdict.YES if same else Verdict.UNKNOWN
    running = [course for way in ways for course in way if course.state(on)[0] == "scrutiny running"]
    starts = [(course.start, course.days) for course in running if course.start is not None]
    earliest = [end for start, days in starts if (end := last_day(start, days, procedure, sittings, True)) is not None]
    latest = [last_day(start, days, procedure, sittings, False) for start, days in starts]
    reached = [end for end in latest if end is not None]
    signed = [act for act in reader.kept(("sign", *CONSENT)) if act.act.agreement == agreement[0] and act.who == state]
    consents = [act for act in possibly(signed, on) if act.kind in CONSENT]
    findings, course = [], Course(procedure, sittings, True)
    for when, act in in_turn(own, False):
        if when <= on and (code := course.take(act, when)) is not None:
            findings.append((code, act.act.ref))
    for act in consents:
        if not act.doubtful and act.last <= on and home.may_consent(act.last) is Verdict.NO:
            findings.append(("domestic-consent-early", act.act.ref))
    return Told(
        procedure=(procedure.id, procedure.from_),
        named=name is not None,
        verdict=verdict,
        states=frozenset(one for way in states for one in way),
        ends=(max(on, min(earliest)), None if None in latest else max(reached)) if running else None,
        counted=min((passed(start, on, procedure, sittings, False) for start, _ in starts), default=0),
        days=max((days for _, days in starts), default=0),
        may_consent=home.may_consent(on),
        objected=frozenset(house for way in ways for one in way for house, _ in one.objections),
        lacking=frozenset(house for way in ways for one in way for house in one.needed() - one.approved),
        acts=tuple(act.id for act in possibly(own, on)),
        consents=tuple(act.id for act in consents),
        report=None if procedure.report is None else report(home, [act for act in signed if act.kind == "sign"], on),
        findings=tuple(findings),
    )
