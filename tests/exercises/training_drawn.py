"""Small records of training, drawn: courses, posts, visits, needs and offers, with doubts, corrections, hidden acts and patchy coverage."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from random import Random
from typing import Any

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Moment, parse_moment
from comity.training import CourseAccount, courses_of, last_trained, match_needs, met_needs, needs_of, offers_of, posts_of, training_strays, visits_of
from oracles import training as oracle
from oracles import training_needs as needs
from tests.exercises.lessons_drawn import SECRET, START, STATES

SEEDS = 900
CAPABILITIES = ("mines", "Mines", "divers")


class Drawing:
    """Draws one record; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, most: int = 60) -> date:
        """Mostly one of few, so that days meet, and just miss each other."""
        number = self.r.randrange(most)
        return START + timedelta(days=number if self.chance(25) else number // 6 * 6 + self.r.choice((0, 0, 1)))

    def days(self, **percent: int) -> dict[str, str]:
        """Details that are days, each there with its chance."""
        return {name: f"{self.day()}" for name, chance in percent.items() if self.chance(chance)}

    def moment(self, day: date) -> Moment:
        if self.chance(12):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 20))}")
        return parse_moment(f"{day}")

    def put(
        self, kind: str, replies_to: Act | None = None, details: dict[str, str] | None = None, to: int | None = None, day: date | None = None
    ) -> Act:
        day = day or self.day()
        hidden, moment = self.chance(4), self.moment(day)
        named = self.r.choice((0, 0, 1, 2)) if to is None else to
        again = self.entries and self.chance(2)
        act = Act(
            kind=kind,
            actor=self.r.choice(STATES),
            on_behalf_of=self.r.choice(STATES) if self.chance(6) else None,
            ref=self.r.choice(self.entries).act.ref if again else f"{kind}-{len(self.entries)}",
            agreement=self.r.choice((None, None, "pact", "gone")),
            counterparty=tuple(self.r.sample(STATES, named)),
            made=None if self.chance(5) else moment,
            received=moment,
            effect=self.moment(self.day()) if self.chance(30) else None,
            replies_to=None if replies_to is None else replies_to.hash,
            details=details or {},
            source=Source("drawn"),
            label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )
        self.entries.append(Entry(act, day + timedelta(days=self.r.choice((0, 0, 0, 5, 30)))))
        if kind in oracle.KINDS and self.chance(12):
            self.about(act)
        return act

    def about(self, act: Act) -> None:
        kind = self.r.choice(("deny", "deny", "deny", "retract", "replace"))
        details = {"made": f"{self.day()}"} | ({"kind": self.r.choice(oracle.KINDS)} if self.chance(40) else {}) if kind == "replace" else {}
        denial = self.put(kind, act, details)
        if kind == "deny" and self.chance(20):
            self.put("retract", denial)

    def persons(self, most: int = 4) -> dict[str, str]:
        return {"persons": f"{self.r.randrange(most + 1)}"}

    def capability(self, percent: int = 100) -> dict[str, str]:
        return {"capability": self.r.choice(CAPABILITIES)} if self.chance(percent) else {}

    def course(self) -> None:
        details = {"course": "x", "places": f"{self.r.randrange(8)}"} | self.capability(80) | self.days(starts=70, ends=60, closes=50)
        offer = last = self.put("offer-course", details=details, to=self.r.choice((0, 0, 1, 2)), day=self.day(20))
        for _ in range(self.r.randrange(7)):
            kind = self.r.choice(("nominate", "nominate", "withdraw-nomination", "attend-course", "attend-course", "certify-course"))
            last = self.put(kind, last if self.chance(40) else offer, self.persons(), to=self.r.choice((0, 1, 1, 2)))

    def post(self) -> None:
        details = {"post": "x", "role": "liaison"} | (self.persons() if self.chance(60) else {}) | self.capability(80)
        details |= {name: f"{self.day(90)}" for name, chance in (("from", 50), ("until", 50)) if self.chance(chance)}
        if self.chance(15) and "from" in details:
            details["until"] = details["from"]
        post = self.put("fill-post", details=details, to=1, day=self.day(60))
        for _ in range(self.r.choice((0, 0, 1, 1, 2))):
            self.put("end-post", post, self.days(until=50), to=0)

    def visit(self) -> None:
        details = {"visit": "port-call", "starts": f"{self.day(80)}"} | self.days(answer=50)
        details |= {"ahead": f"{self.r.randrange(30)}"} if self.chance(70) else {}
        request = last = self.put("request-visit", details=details, to=1, day=self.day(50))
        for _ in range(self.r.choice((0, 0, 1, 1, 2))):
            last = self.put(self.r.choice(("grant-visit", "refuse-visit")), last if self.chance(40) else request, to=0)

    def need(self) -> None:
        self.put("state-need", details=self.persons(5) | self.capability() | self.days(**{"from": 50, "until": 60}), to=0, day=self.day(30))

    def offer(self) -> None:
        self.put("offer-training", details=self.persons(5) | self.capability() | self.days(**{"from": 50, "until": 60}), day=self.day(30))

    def fair(self) -> None:
        """A need of many, which several offer to meet: in its time, from its end on, or later."""
        mines, end = {"capability": "mines"}, START + timedelta(days=80)
        self.put("state-need", details={"persons": "9", "until": f"{end}"} | mines, to=0, day=START)
        for _ in range(3):
            starts = end + timedelta(days=self.r.choice((-1, -1, 0, 1)))
            self.put("offer-training", details=self.persons(2) | {"from": f"{starts}"} | mines, to=0, day=START)

    def coverage(self) -> tuple[Coverage, ...]:
        found: list[Coverage] = []
        for _ in range(self.r.randrange(4)):
            start = found[-1].through + timedelta(days=self.r.randrange(3)) if found and self.chance(60) else self.day(40)
            found.append(
                Coverage(
                    source="drawn",
                    from_=None if self.chance(50) else start,
                    through=start + timedelta(days=self.r.randrange(self.r.choice((12, 90)))),
                    agreements=() if self.chance(80) else ("pact",),
                    kinds=() if self.chance(60) else tuple(self.r.sample(oracle.KINDS, 8)),
                    parties=() if self.chance(90) else ("AAA",),
                )
            )
        return tuple(found)

    def standing(self) -> Standing:
        for what in (self.course, self.post, self.visit, self.need, self.offer):
            for _ in range(self.r.randrange(4 if what in (self.need, self.offer) else 3)):
                what()
        for _ in range(self.r.randrange(4)):
            begun = [entry.act for entry in self.entries if entry.act.kind in oracle.ROOTS]
            kind = self.r.choice(("close-training", "close-training", "end-post", "certify-course", "grant-visit"))
            details = self.persons() if kind == "certify-course" else {}
            self.put(kind, self.r.choice(begun) if begun else None, details, to=1)
        if self.chance(10):
            self.fair()
        pact = Agreement(id="pact", title="Pact", short="Pact", concluded=START, recorded=START, coverage=self.coverage())
        record = Record((pact,), tuple(self.entries), Register({}, ()), self.coverage())
        viewer = self.r.choice((None, None, None, "BBB", "public"))
        on, known = self.day(75), self.day(100) if self.chance(20) else date(2029, 1, 1)
        ends = [date.fromisoformat(entry.act.details["ends"]) for entry in self.entries if "ends" in entry.act.details]
        return Standing(record, on=self.r.choice(ends) if ends and self.chance(12) else on, known=known, viewer=viewer)


def drawn(seed: int) -> Standing:
    """A record of training with a day, a day of knowledge and a viewer."""
    return Drawing(seed).standing()


def slowly(standing: Standing) -> dict[str, Any]:
    """What the slow reading says of all of it."""
    record = standing.record
    assert isinstance(record, Record)
    own = {a.id: a.coverage for a in record.agreements}
    reading = oracle.Reading(record.entries, record.coverage, own, standing.on, standing.known, standing.viewer)
    sides = [one for kind in ("state-need", "offer-training") for one in needs.sides(reading, kind)]
    return {
        "strays": oracle.strays(reading),
        "courses": oracle.courses(reading),
        "posts": oracle.posts(reading),
        "visits": oracle.visits(reading),
        "sides": sorted([*sides, *needs.places_left(reading)], key=lambda one: one.id),
        "met": needs.met(reading),
        "together": oracle.together(reading),
    }


def fast(standing: Standing) -> dict[str, Any]:
    """What the room says, in the words of the slow reading."""
    visits = visits_of(standing)
    assert [visit.starts for visit in visits] == sorted(visit.starts for visit in visits)
    return {
        "strays": {one.where for one in training_strays(standing)},
        "courses": {
            c.offer.hash: (
                c.offered_by,
                c.places,
                None if c.starts is None else c.starts.written,
                {nation: _numbers(account) for nation, account in c.nations},
                _numbers(c.together),
                _complete(c.together),
                {(one.code, one.where) for one in c.findings},
            )
            for c in courses_of(standing)
        },
        "posts": {p.act.hash: (p.nation, p.host, p.persons, str(p.filled), (p.from_, p.until), bool(p.findings)) for p in posts_of(standing)},
        "visits": {
            v.request.hash: (v.state, None if v.asked is None else str(v.asked), v.answered, v.answer_by, {(f.code, f.where) for f in v.findings})
            for v in visits
        },
        "sides": sorted(map(_as_told, [*needs_of(standing), *offers_of(standing)]), key=lambda one: one.id),
        "met": [(m.need.act.hash, m.need.persons - m.unmet, m.why) for m in met_needs(standing)],
        "together": {(*row.parties, row.capability.casefold()): (row.last.last, row.act.ref) for row in last_trained(standing)},
    }


def _numbers(account: CourseAccount) -> tuple[tuple[int, int], ...]:
    return tuple((count.least, count.most) for count in (account.nominated, account.attended, account.certified))


def _complete(account: CourseAccount) -> tuple[bool, ...]:
    return tuple(count.complete for count in (account.nominated, account.attended, account.certified))


def is_possible(standing: Standing) -> bool:
    """Is what is given to offers within what they offer, to those needs only that they can meet?"""
    taken: dict[str, int] = {}
    for met in met_needs(standing):
        need = _as_told(met.need)
        for offer, persons in met.by:
            taken[offer.act.hash] = taken.get(offer.act.hash, 0) + persons
            if persons <= 0 or taken[offer.act.hash] > offer.persons or not needs.fits(need, _as_told(offer)):
                return False
        if sum(persons for _, persons in met.by) + met.unmet != met.need.persons:
            return False
    return True


def _as_told(side: Any) -> needs.Side:
    return needs.Side(side.act.hash, side.act.ref, side.party, side.capability, side.persons, side.from_, side.until, str(side.stands), side.open_to)


def matching_agrees(problems: int = 400) -> bool:
    """Small needs and offers alone: does each need get what the least cuts say, by offers that can, none of which gives more than it has?"""
    for seed in range(problems):
        rng = Random(seed)
        wanted, offers = ([rng.randrange(5) for _ in range(rng.randrange(1, 6))] for _ in range(2))
        fits = [[rng.random() < 0.55 for _ in offers] for _ in wanted]
        given = match_needs(wanted, offers, fits)
        if [sum(row) for row in given] != needs.in_turn(wanted, offers, fits):
            return False
        if any(sum(row[o] for row in given) > offer for o, offer in enumerate(offers)):
            return False
        if any(n < 0 or (n > 0 and not fits[row][o]) for row, some in enumerate(given) for o, n in enumerate(some)):
            return False
    return True


Said = tuple[Standing, dict[str, Any]]


@functools.cache
def said() -> tuple[Said, ...]:
    """Records with what the slow reading says of each, kept to be asked of the room again and again."""
    return tuple((standing, slowly(standing)) for standing in map(drawn, range(SEEDS)))


def agrees(case: Said) -> bool:
    """Does the room say the same, and give persons only where they can go?"""
    standing, wanted = case
    return fast(standing) == wanted and is_possible(standing)


def training_agrees() -> bool:
    """Does the room say the same of all of them?"""
    return matching_agrees() and all(agrees(case) for case in said())
