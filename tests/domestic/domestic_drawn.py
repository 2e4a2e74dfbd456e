"""Small records of procedure at home, drawn: laid, objected to, extended, approved and consented, with patchy sitting days, doubts and coverage."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.domestic import HomeProcedure, HomeStatus, SittingDays, clock_end, home_procedures, home_status
from comity.domestic.procedures_of_states import Counted, Extension, Follows, HomeApproval, HomeObjection, Provision, Scrutiny
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, ComityError, Label, Moment, Verdict, parse_moment
from oracles import domestic as oracle

START = date(2024, 1, 1)
SECRET = Label("NATIONAL", "SECRET", originator="GBR")
SEEDS = 900
SHARES = (None, Fraction(2, 3), Fraction(2, 3), Fraction(1, 2))
STATES = ("GBR", "GBR", "GBR", "NLD", "NLD", "USA", "USA", "DEU", "FRA")
KINDS = (*oracle.KINDS[2:], "approve-treaty", "approve-treaty", "resolve-against", "state-reasons", "ratify", "notify-legislature")
NEXT = {
    "GBR": ("resolve-against", "resolve-against", "state-reasons", "state-reasons", "extend-scrutiny", "notify-completion", "lay-treaty"),
    "NLD": ("demand-approval", "approve-treaty", "approve-treaty", "resolve-against", "state-reasons", "accept"),
    "USA": ("approve-treaty", "approve-treaty", "resolve-against", "notify-legislature", "state-reasons", "ratify"),
    "DEU": ("approve-treaty", "approve-treaty", "resolve-against", "ratify"),
    "FRA": ("approve-treaty", "approve-treaty", "resolve-against", "approve"),
}


class Drawing:
    """Draws one record with one state's calendar; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []
        self.on: date | None = None
        self.only: tuple[Coverage, ...] | None = None
        self.state = self.r.choice((*STATES, *("AAB",) * 12))
        self.among: tuple[HomeProcedure, ...] = (*home_procedures(), *(self.invented() if self.state == "AAB" else ()))
        self.procedures = [one for one in self.among if one.state == self.state]
        self.procedure = self.r.choice((*self.procedures, *self.procedures[:2], *self.procedures[:2]))

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, most: int = 70) -> date:
        return START + timedelta(days=self.r.randrange(most))

    def invented(self) -> list[HomeProcedure]:
        """Procedures of a state that is not: the usual one in two versions, with a gap between them or none, and another."""
        turn = self.day(40)
        later = turn + timedelta(days=self.r.choice((0, 0, 3)))
        spans = (("usual", date(2020, 1, 1), turn), ("usual", later, None), ("other", date(2023, 12, 1), None))
        return [self.procedure_of(name, start, end) for name, start, end in spans]

    def procedure_of(self, name: str, start: date, until: date | None) -> HomeProcedure:
        said = {"article": "1", "says": "x", "read": "text", "source": "s"}
        houses, scrutiny = ("high", "low")[: self.r.choice((1, 2, 2))], self.chance(70)
        follows: tuple[Follows, ...] = ("statement", "statement-and-scrutiny", "statement-and-scrutiny", "express-approval", "bars")
        asked = [(house, self.r.choice(follows)) for house in houses if scrutiny and self.chance(85)]
        needed = houses if self.chance(60) and (not scrutiny or any(rule == "express-approval" for _, rule in asked)) else ()
        counted: Counted = self.r.choice(("sitting", "sitting", "calendar"))
        return HomeProcedure(
            state="AAB", legislature="Diet", houses={house: house for house in houses}, id=name, title="x", for_="x", usual=name == "usual",
            from_=start, until=until, law="x", who="x", begins=self.r.choice(("lay-treaty", "lay-treaty", "notify-legislature")), beginning="x",
            read="text", source="s",
            scrutiny=Scrutiny(days=self.r.randrange(1, 12), counted=counted, **said) if scrutiny else None,
            objections=tuple(HomeObjection(house=house, follows=rule, **said) for house, rule in asked),
            extension=Extension(most=self.r.choice((1, 2, 5)), **said) if self.chance(50) else None,
            exception=Provision(**said) if self.chance(50) else None,
            approvals=tuple(
                HomeApproval(house=house, share=self.r.choice(SHARES), of=self.r.choice(("present", "cast")), **said)
                for house in needed
            ),
            report=Provision(**said) if self.chance(40) else None,
        )  # fmt: skip

    def scene(self) -> None:
        """On the very days that decide: the last one, the one after, the end of a month; of a procedure of a few calendar days."""
        said = {"article": "1", "says": "x", "read": "text", "source": "s"}
        ruled: tuple[tuple[str, Follows], ...] = (("high", "statement-and-scrutiny"), ("low", "statement"))
        self.procedure = replace(
            self.procedure, id="scene", usual=False, from_=date(2020, 1, 1), until=None, begins="lay-treaty", approvals=(),
            houses={"high": "high", "low": "low"}, scrutiny=Scrutiny(days=5, counted="calendar", **said), extension=Extension(most=3, **said),
            objections=tuple(HomeObjection(house=house, follows=follows, **said) for house, follows in ruled), report=Provision(**said),
        )  # fmt: skip
        self.among = (*self.among, self.procedure)
        day = self.day(40)
        self.on = day + timedelta(days=self.r.choice((4, 5, 6, 8, 9)))
        self.put("lay-treaty", day, details={"procedure": "scene"})
        match self.r.randrange(4):
            case 0:
                longer = self.put("extend-scrutiny", day + timedelta(days=self.r.choice((4, 5, 6))), details={"days": self.r.choice("123")})
                if self.chance(50):
                    self.put("deny", day + timedelta(days=1), longer)
            case 1:
                for number, house in ((1, "high"), (2, ""), (self.r.choice((3, 4)), self.r.choice(("low", "high")))):
                    kind, given = ("resolve-against", {"house": house}) if house else ("state-reasons", {"reason": "nevertheless"})
                    self.put(kind, day + timedelta(days=number), details=given)
            case 2:
                objected = day + timedelta(days=self.r.choice((1, 2, 3)))
                self.put("resolve-against", objected, details={"house": self.r.choice(("low", "high"))})
                self.only = (
                    Coverage(
                        source="drawn", kinds=oracle.KINDS, from_=objected + timedelta(days=self.r.choice((-1, 0, 0, 1))), through=date(2025, 1, 1)
                    ),
                )
            case _:
                signed = [self.put("sign", day + timedelta(days=self.r.choice((0, 3, 40)))) for _ in range(self.r.choice((1, 2)))]
                first = min(act.made.first for act in signed if act.made is not None)
                due = oracle.end_of_next_month(first)
                for days in self.r.choice(((), (), (), (-1,), (0,), (1,), (-1, 1), (0, 1))):
                    self.put("notify-legislature", due + timedelta(days=days))
                self.on = first if self.chance(15) else due + timedelta(days=self.r.choice((-1, 0, 1, 1, 2)))
                self.only = self.whole_from(first + timedelta(days=self.r.choice((0, 1))))

    def whole_from(self, day: date) -> tuple[Coverage, ...]:
        return (Coverage(source="drawn", kinds=oracle.KINDS, from_=day, through=date(2025, 1, 1)),)

    def moment(self, day: date) -> Moment:
        if self.chance(8):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 15))}")
        return parse_moment(f"{day:%Y-%m}-xx" if self.chance(3) else f"{day}")

    def put(self, kind: str, day: date, replies_to: Act | None = None, details: dict[str, str] | None = None) -> Act:
        hidden = self.chance(4)
        act = Act(
            kind=kind,
            actor=self.state if self.chance(95) else "AAA",
            on_behalf_of=self.r.choice((self.state, "AAA")) if self.chance(6) else None,
            ref=f"{self.r.choice('pqrs')}{kind}-{len(self.entries)}",
            agreement="pact" if self.chance(97) else "other",
            made=self.moment(day),
            replies_to=None if replies_to is None else replies_to.hash,
            details=details or {},
            source=Source("drawn"),
            label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )
        self.entries.append(Entry(act, day + timedelta(days=self.r.choice((0, 0, 0, 0, 15)))))
        return act

    def named(self) -> dict[str, str]:
        return {"procedure": self.r.choice(self.procedures).id if self.chance(25) else self.procedure.id} if self.chance(60) else {}

    def step(self, kind: str, day: date) -> Act:
        details = self.named() if kind in ("lay-treaty", "notify-legislature") else {}
        if kind in ("resolve-against", "demand-approval", "approve-treaty"):
            houses = [one.house for one in (self.procedure.approvals if kind == "approve-treaty" else self.procedure.objections)]
            details["house"] = self.r.choice((*houses, *houses, *houses, *houses, *self.procedure.houses, "cellar"))
        if kind == "approve-treaty" and self.chance(60):
            votes = {
                "for": str(self.r.choice((50, 66, 67))),
                "present": str(self.r.choice((99, 100, 134))),
                "against": self.r.choice(("33", "34", "50", "51")),
            }
            details |= {name: number for name, number in votes.items() if self.chance(85)}
        if kind == "extend-scrutiny":
            details["days"] = str(self.r.choice((0, 1, 1, 2, 5, 21, 22)))
        if kind == "state-reasons":
            details["reason"] = self.r.choice(("nevertheless", "nevertheless", "nevertheless", "exception"))
        return self.put(kind, day, details=details)

    def course(self) -> None:
        day = self.day(25)
        acts = [self.put("sign", day - timedelta(days=self.r.randrange(40)))] if self.chance(60) else []
        if self.chance(90):
            acts.append(self.step(self.procedure.begins, day))
        for _ in range(self.r.randrange(6)):
            day += timedelta(days=self.r.choice((0, 0, 1, 2, 3, 5, 8, 20)))
            acts.append(self.step(self.r.choice(NEXT.get(self.state, KINDS)), day))
        for act in acts:
            if self.chance(8):
                kind = self.r.choice(("deny", "deny", "deny", "retract", "replace"))
                self.put(kind, self.day(), act, {"made": f"{self.day()}"} if kind == "replace" else {})

    def sittings(self) -> SittingDays:
        known: dict[str, dict[date, bool]] = {house: {} for house in self.procedure.houses}
        through, gaps, rest = self.r.choice((0, 20, 60, 120, 200)), self.r.choice((0, 0, 8)), self.r.choice((10, 30))
        for sits in known.values():
            for number in range(through + self.r.choice((0, 0, 9))):
                if not self.chance(gaps):
                    sits[START + timedelta(days=number)] = not self.chance(rest)
        return SittingDays(known, ("drawn",))

    def coverage(self) -> tuple[Coverage, ...]:
        found: list[Coverage] = []
        for _ in range(self.r.randrange(5)):
            start = found[-1].through + timedelta(days=self.r.randrange(3)) if found and self.chance(60) else self.day()
            found.append(
                Coverage(
                    source="drawn",
                    from_=None if self.chance(60) else start,
                    through=start + timedelta(days=self.r.choice((5, 60, 120, 120))),
                    agreements=() if self.chance(80) else ("pact",),
                    kinds=() if self.chance(8) else oracle.KINDS if self.chance(50) else tuple(self.r.sample(oracle.KINDS, 5)),
                    parties=() if self.chance(60) else (self.r.choice((self.state, self.state, "AAA")),),
                )
            )
        return tuple(found)

    def next_to_an_act(self) -> tuple[Coverage, ...]:
        """Coverage that begins or ends on the day of an act, or a day before or after it."""
        days = [entry.act.made.first for entry in self.entries if entry.act.made is not None]
        if not days or self.chance(40):
            return ()
        day = self.r.choice(days) + timedelta(days=self.r.choice((-1, 0, 0, 1, 1, 2)))
        begins = self.chance(70)
        return (Coverage(source="drawn", kinds=oracle.KINDS, from_=day if begins else None, through=START + timedelta(days=200) if begins else day),)

    def case(self) -> tuple[Standing, SittingDays, str | None]:
        if self.state == "AAB" and self.chance(40):
            self.scene()
        for _ in range(0 if self.on is not None else self.r.choice((1, 1, 1, 2))):
            self.course()
        own = self.next_to_an_act() if self.chance(40) else self.coverage() if self.chance(70) else ()
        pact = Agreement(id="pact", title="Pact", short="Pact", concluded=START - timedelta(days=self.r.randrange(50)), coverage=own)
        general = () if self.chance(40) else self.coverage()
        own, general = (own, general) if self.only is None else (self.only, ())
        record = Record((pact,), tuple(self.entries), Register({}, ()), general)
        standing = Standing(
            record, on=self.on or self.day(130), known=self.day(130) if self.chance(25) else date(2029, 1, 1), viewer=self.r.choice((None, "public"))
        )
        return standing, self.sittings(), self.procedure.id if self.chance(40) else None


def _told(one: HomeStatus) -> oracle.Told:
    return oracle.Told(
        procedure=(one.procedure.id, one.procedure.from_),
        named=one.named,
        verdict=one.verdict,
        states=frozenset(str(state) for state in one.states),
        ends=None if one.ends is None else (one.ends.earliest, one.ends.latest),
        counted=one.counted,
        days=one.days,
        may_consent=one.may_consent,
        objected=frozenset(one.objected),
        lacking=frozenset(one.lacking),
        acts=tuple(act.hash for act in one.acts),
        consents=tuple(act.hash for act in one.consents),
        report=None
        if one.report is None
        else (frozenset(str(state) for state in one.report.states), one.report.due, tuple(act.hash for act in one.report.discharged_by)),
        findings=tuple((finding.code, finding.where) for finding in one.findings),
    )


Said = tuple[Standing, str, SittingDays, str | None, tuple[HomeProcedure, ...], oracle.Told | None]


@functools.cache
def said() -> tuple[Said, ...]:
    """Records with what the slow reading says of each, kept to be asked of the room again and again."""
    found = []
    for seed in range(SEEDS):
        drawing = Drawing(seed)
        standing, sittings, asked = drawing.case()
        record = standing.record
        assert isinstance(record, Record)
        pact = record.agreements[0]
        coverage = [*pact.coverage, *(one for one in record.coverage if not one.agreements or "pact" in one.agreements)]
        told = oracle.told(
            record.entries, coverage, drawing.among, sittings.known, ("pact", pact.concluded), drawing.state, asked,
            standing.on, standing.known, standing.viewer,
        )  # fmt: skip
        found.append((standing, drawing.state, sittings, asked, drawing.among, told))
    return tuple(found)


def agrees(case: Said) -> bool:
    """Does the room say the same of the agreement, and of the clock alone?"""
    standing, state, sittings, asked, among, told = case
    try:
        status = home_status(standing, "pact", state, sittings, asked, among)
    except ComityError:
        return told is None
    sure = status.states[0] if status.verdict is Verdict.YES else None
    return told is not None and _told(status) == told and status.stands == sure and _clock_agrees(status, standing.on, sittings)


def _clock_agrees(status: HomeStatus, laid: date, sittings: SittingDays) -> bool:
    procedure = status.procedure
    end = clock_end(procedure, sittings, laid)
    if procedure.scrutiny is None or end is None:
        return (procedure.scrutiny is None) is (end is None)
    days = procedure.scrutiny.days
    earliest, latest = (oracle.last_day(laid, days, procedure, sittings.known, way) for way in (True, False))
    return (end.earliest, end.latest, end.exact) == (earliest, latest, latest if earliest == latest else None)


def domestic_agrees() -> bool:
    """Does the room say the same of all of them?"""
    return all(agrees(case) for case in said())
