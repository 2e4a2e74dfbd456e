"""Small records of lessons, drawn: observations followed in order and out of it, with doubts, corrections, hidden acts and patchy coverage."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.lessons import Lesson, lesson_board, lesson_strays, lessons_of
from comity.parties import Register
from comity.procedures import complete_through, is_complete
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, Moment, parse_moment
from oracles import lessons as oracle

START = date(2028, 1, 1)
STATES = ("AAA", "BBB", "CCC")
SECRET = Label("NATIONAL", "SECRET", originator="BBB")
CHAIN = oracle.KINDS[:2] + oracle.KINDS[3:]
SEEDS = 700


class Drawing:
    """Draws one record; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, most: int = 60) -> date:
        return START + timedelta(days=self.r.randrange(most))

    def moment(self, day: date) -> Moment:
        if self.chance(12):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 25))}")
        return parse_moment(f"{day:%Y-%m}-xx" if self.chance(4) else f"{day}T12:00Z" if self.chance(5) else f"{day}")

    def put(self, kind: str, day: date, replies_to: Act | None, ref: str = "", details: dict[str, str] | None = None) -> Act:
        hidden = self.chance(6)
        moment = self.moment(day)
        act = Act(
            kind=kind,
            actor=self.r.choice(STATES),
            on_behalf_of=self.r.choice(STATES) if self.chance(10) else None,
            ref=ref or f"{kind}-{len(self.entries)}",
            agreement=self.r.choice((None, None, "pact", "gone")) if kind == oracle.KINDS[0] else None,
            counterparty=tuple(self.r.sample(STATES, self.r.choice((0, 1, 1, 1, 1, 2)))) if kind in (oracle.KINDS[0], oracle.KINDS[3]) else (),
            made=None if self.chance(8) else moment,
            received=moment if self.chance(20) else None,
            effect=None if self.chance(60) else self.moment(day),
            replies_to=None if replies_to is None else replies_to.hash,
            details=details or {},
            source=Source("drawn"),
            label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )
        self.entries.append(Entry(act, day + timedelta(days=self.r.choice((0, 0, 0, 3, 20)))))
        return act

    def step(self, kind: str, day: date, before: Act, ref: str = "") -> Act:
        details = {"due": f"{day + timedelta(days=self.r.randrange(-2, 25))}"} if self.chance(60) else {}
        if kind == "identify-lesson" and self.chance(95):
            details["action"] = "z"
        if kind == "validate-lesson":
            details["confirmed"] = self.r.choice(("yes", "yes", "no"))
        return self.put(kind, day, before, ref, details)

    def observation(self) -> None:
        day = self.day(20)
        details = {"activity": "x", "title": "y"} | ({"due": f"{self.day()}"} if self.chance(50) else {})
        submit = last = self.put("submit-observation", day, None, details=details)
        acts = [submit]
        for place in range(1, self.r.randrange(1, 8)):
            kind = CHAIN[min(place, len(CHAIN) - 1)] if self.chance(75) else self.r.choice(oracle.KINDS[1:])
            day = day + timedelta(days=self.r.choice((0, 0, 1, 2, 5, 9))) if self.chance(90) else self.day()
            last = self.step(kind, day, last if self.chance(70) else self.r.choice(acts), acts[-1].ref if self.chance(3) else "")
            acts.append(last)
        for act in acts:
            if self.chance(9):
                self.about(act)

    def about(self, act: Act) -> None:
        kind = self.r.choice(("deny", "deny", "deny", "deny", "retract", "replace"))
        details = {"kind": self.r.choice((*oracle.KINDS[1:], "sign"))} if kind == "replace" and self.chance(50) else {}
        if kind == "replace" and self.chance(60):
            details["made"] = f"{self.day()}"
        denial = self.put(kind, self.day(), act, details=details)
        if kind == "deny" and self.chance(25):
            self.put(self.r.choice(("retract", "retract", "deny")), self.day(), denial)

    def coverage(self) -> tuple[Coverage, ...]:
        found: list[Coverage] = []
        for _ in range(self.r.randrange(6)):
            start = found[-1].through + timedelta(days=self.r.randrange(3)) if found and self.chance(60) else self.day()
            found.append(
                Coverage(
                    source="drawn",
                    from_=None if self.chance(40) else start,
                    through=start + timedelta(days=self.r.randrange(self.r.choice((3, 12, 60)))),
                    agreements=() if self.chance(70) else (self.r.choice(("pact", "gone")),),
                    kinds=() if self.chance(70) else tuple(self.r.sample(oracle.KINDS, 4)),
                    parties=() if self.chance(85) else ("AAA",),
                )
            )
        return tuple(found)

    def standing(self) -> Standing:
        for _ in range(self.r.randrange(1, 4)):
            self.observation()
        if self.chance(10):
            self.put("accept-observation", self.day(), None)
        if self.chance(15):
            self.entries.append(Entry(self.r.choice(self.entries).act, self.day()))
        own = self.coverage() if self.chance(40) else ()
        pact = Agreement(id="pact", title="Pact", short="Pact", concluded=START, recorded=START + timedelta(days=20), coverage=own)
        record = Record((pact,), tuple(self.entries), Register({}, ()), self.coverage())
        viewer = self.r.choice((None, None, None, "BBB", "public"))
        return Standing(record, on=self.day(90), known=self.day(100) if self.chance(30) else date(2029, 1, 1), viewer=viewer)


def drawn(seed: int) -> Standing:
    """A record of lessons with a day, a day of knowledge and a viewer."""
    return Drawing(seed).standing()


def slowly(standing: Standing) -> list[oracle.Told]:
    """What the slow reading says."""
    record = standing.record
    assert isinstance(record, Record)
    own = {a.id: a.coverage for a in record.agreements if record.has_agreement(a.id, standing.known)}
    return oracle.lessons(record.entries, record.coverage, own, standing.on, standing.known, standing.viewer)


def _told(lesson: Lesson) -> oracle.Told:
    return oracle.Told(
        observation=lesson.observation.hash,
        verdict=lesson.verdict,
        places=frozenset((str(s.state), s.by.hash, s.since, s.who, s.due) for s in lesson.stages),
        absent=lesson.absent,
        late=lesson.late,
        acts=tuple(act.hash for act in lesson.acts),
        findings=frozenset((one.code, one.where) for one in lesson.findings),
    )


Said = tuple[Standing, list[oracle.Told], set[str]]


@functools.cache
def said() -> tuple[Said, ...]:
    """Records with what the slow reading says of each, kept to be asked of the room again and again."""
    found = []
    for seed in range(SEEDS):
        standing = drawn(seed)
        assert isinstance(standing.record, Record)
        strays = oracle.strays(standing.record.entries, standing.known, standing.viewer)
        found.append((standing, slowly(standing), strays))
    return tuple(found)


def agrees(case: Said) -> bool:
    """Does the room say the same of each observation, of the board, and of what leads to none?"""
    standing, wanted, strays = case
    assert isinstance(standing.record, Record)
    refs = {entry.act.hash: entry.act.ref for entry in standing.record.entries}
    found = lessons_of(standing)
    in_turn = [(lesson.observation.ref, lesson.observation.hash) for lesson in found]
    told = sorted((_told(lesson) for lesson in found), key=lambda t: t.observation)
    columns = [[(lesson.observation.ref, lesson.late) for lesson in column] for _, column in lesson_board(found)]
    late = {one.observation: one.late for one in wanted}
    return (
        told == sorted(wanted, key=lambda t: t.observation)
        and {one.where for one in lesson_strays(standing)} == {refs[stray] for stray in strays}
        and in_turn == sorted(in_turn)
        and columns == [[(refs[one], late[one]) for one in column] for column in oracle.board(wanted, refs)]
    )


def covered_alike(seed: int) -> bool:
    """Is it told of a few stretches of coverage how far they reach without a gap, and whether to a day?"""
    r = Random(seed)
    day = [START + timedelta(days=number) for number in range(12)]
    coverage = [
        Coverage(source="drawn", from_=r.choice((None, *day)) if r.randrange(9) else None, through=r.choice(day), kinds=kinds, parties=parties)
        for kinds, parties in (
            r.choice((((), ()), ((), ()), (oracle.KINDS[:1], ()), (oracle.KINDS[1:], ()), ((), ("AAA",)), ((), ("AAA", "BBB")))) for _ in range(5)
        )
    ]
    start, end = r.choice(day), r.choice(day)
    reached = {kind: oracle.covered_through(coverage, kind, start) for kind in oracle.KINDS[:2]}
    whole = end < start or all(last is not None and end <= last for last in reached.values())
    of_all = [replace(one, parties=()) if "BBB" in one.parties else one for one in coverage]
    by_one = {kind: oracle.covered_through(of_all, kind, start) for kind in reached}
    return (
        all(complete_through(coverage, kind, start) == last for kind, last in reached.items())
        and all(complete_through(coverage, kind, start, "BBB".__eq__) == last for kind, last in by_one.items())
        and is_complete(coverage, oracle.KINDS[:2], start, end) is whole
    )


def lessons_agree() -> bool:
    """Does the room say the same of all of them?"""
    return all(covered_alike(seed) for seed in range(SEEDS)) and all(agrees(case) for case in said())
