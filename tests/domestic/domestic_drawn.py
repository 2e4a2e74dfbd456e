"""Small records of procedure at home, drawn: laid, objected to, extended, approved and consented, with patchy sitting days, doubts and coverage."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.domestic import HomeStatus, SittingDays, clock_end, home_procedures, home_status
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, ComityError, Label, Moment, parse_moment
from oracles import domestic as oracle

START = date(2024, 1, 1)
SECRET = Label("NATIONAL", "SECRET", originator="GBR")
SEEDS = 900
STATES = ("GBR", "GBR", "GBR", "NLD", "NLD", "USA", "USA", "DEU", "FRA")
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
        self.state = self.r.choice(STATES)
        self.procedures = [one for one in home_procedures() if one.state == self.state]
        self.procedure = self.r.choice((*self.procedures, *self.procedures[:2], *self.procedures[:2]))

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, most: int = 70) -> date:
        return START + timedelta(days=self.r.randrange(most))

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
            details["house"] = self.r.choice((*houses, *houses, *houses, *self.procedure.houses, "cellar"))
        if kind == "approve-treaty" and self.chance(60):
            votes = {"for": str(self.r.choice((66, 67, 70))), "present": str(self.r.choice((99, 100, 105))), "against": "33"}
            details |= {name: number for name, number in votes.items() if self.chance(85)}
        if kind == "extend-scrutiny":
            details["days"] = str(self.r.choice((0, 1, 5, 21, 22)))
        if kind == "state-reasons":
            details["reason"] = self.r.choice(("nevertheless", "nevertheless", "nevertheless", "exception"))
        return self.put(kind, day, details=details)

    def course(self) -> None:
        day = self.day(25)
        acts = [self.put("sign", day - timedelta(days=self.r.randrange(40)))] if self.chance(60) else []
        if self.chance(90):
            acts.append(self.step(self.procedure.begins, day))
        for _ in range(self.r.randrange(6)):
            day += timedelta(days=self.r.choice((0, 0, 1, 3, 8, 20, 30)))
            acts.append(self.step(self.r.choice(NEXT[self.state]), day))
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

    def case(self) -> tuple[Standing, SittingDays, str | None]:
        for _ in range(self.r.choice((1, 1, 1, 2))):
            self.course()
        own = self.coverage() if self.chance(70) else ()
        pact = Agreement(id="pact", title="Pact", short="Pact", concluded=START - timedelta(days=self.r.randrange(50)), coverage=own)
        record = Record((pact,), tuple(self.entries), Register({}, ()), self.coverage())
        standing = Standing(
            record, on=self.day(130), known=self.day(130) if self.chance(25) else date(2029, 1, 1), viewer=self.r.choice((None, "public"))
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


Said = tuple[Standing, str, SittingDays, str | None, oracle.Told | None]


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
            record.entries, coverage, home_procedures(), sittings.known, ("pact", pact.concluded), drawing.state, asked,
            standing.on, standing.known, standing.viewer,
        )  # fmt: skip
        found.append((standing, drawing.state, sittings, asked, told))
    return tuple(found)


def agrees(case: Said) -> bool:
    """Does the room say the same of the agreement, and of the clock alone?"""
    standing, state, sittings, asked, told = case
    try:
        status = home_status(standing, "pact", state, sittings, asked)
    except ComityError:
        return told is None
    return told is not None and _told(status) == told and _clock_agrees(status, standing.on, sittings)


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
