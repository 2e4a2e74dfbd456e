"""Small records of dialogue, drawn: meetings called, moved, held and minuted, with doubts, corrections, hidden acts and patchy coverage."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from itertools import combinations
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.dialogue import AgreedAction, Meeting, actions_of, bodies_of, dialogue_strays, meetings_of, met_on_record, silences_of
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, Moment, Verdict, parse_moment
from oracles import dialogue as oracle

START = date(2028, 1, 1)
STATES = ("AAA", "BBB", "CCC")
SECRET = Label("NATIONAL", "SECRET", originator="BBB")
SEEDS = 700
OTHERS = ("set-agenda", "submit-paper", "record-minutes", "agree-action", "agree-action", "agree-action")


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
            ref=ref or f"{self.r.choice('pqrs')}{kind}-{len(self.entries)}",
            agreement=self.r.choice((None, "pact", "gone")) if kind == "call-meeting" else self.r.choice(("pact", "pact", "gone")),
            counterparty=tuple(self.r.sample(STATES, self.r.choice((1, 1, 1, 2) if kind == "agree-action" else (0, 1, 1, 2, 3)))),
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

    def body(self) -> dict[str, str]:
        named: dict[str, str] = {}
        if self.chance(60):
            named["body"] = self.r.choice(("council", "Council", "staffs"))
        if self.chance(40):
            named["subject"] = self.r.choice(("council", "review"))
        return named

    def call(self, day: date, before: Act | None) -> Act:
        starts = day + timedelta(days=self.r.randrange(-3, 20))
        details = {"body": "council", **self.body(), "starts": f"{starts}"}
        if self.chance(50):
            details["ends"] = f"{starts + timedelta(days=self.r.randrange(6))}"
        if self.chance(12):
            details["cancelled"] = self.r.choice(("yes", "yes", "no"))
        return self.put("call-meeting", day, before, details=details)

    def meeting(self) -> None:
        day = self.day(45)
        acts = [self.call(day, None)] if self.chance(60) else []
        while acts and self.chance(25):
            acts.append(self.call(day + timedelta(days=self.r.randrange(-1, 6)), self.r.choice(acts)))
        for _ in range(self.r.choice((0, 1, 1, 1, 2)) if acts else 1):
            held = day + timedelta(days=self.r.randrange(12))
            details = self.body() | ({"ends": f"{held + timedelta(days=2)}"} if self.chance(30) else {})
            acts.append(self.put("meet", held, acts[-1] if acts and self.chance(85) else None, details=details))
        for _ in range(self.r.randrange(5)):
            self.other(day, acts)
        for act in list(acts):
            if self.chance(8):
                self.about(act)

    def other(self, day: date, acts: list[Act]) -> None:
        kind = self.r.choice(OTHERS)
        done = day + timedelta(days=self.r.choice((-1, 0, 0, 1, 3, 8)))
        details = {"items": "one, two" if self.chance(50) else "three", "title": "t", "action": "a"}
        kept = {"set-agenda": ("items",), "submit-paper": ("title",), "agree-action": ("action",)}.get(kind, ())
        given = {name: value for name, value in details.items() if name in kept}
        if kind == "agree-action" and self.chance(80):
            given["due"] = f"{done + timedelta(days=self.r.randrange(-2, 20))}"
        act = self.put(kind, done, self.r.choice(acts), details=given)
        acts.append(act)
        while kind == "agree-action" and self.chance(45):
            acts.append(self.put("complete-action", done + timedelta(days=self.r.randrange(-2, 20)), act if self.chance(92) else self.r.choice(acts)))

    def about(self, act: Act) -> None:
        kind = self.r.choice(("deny", "deny", "deny", "deny", "retract", "replace"))
        details = {"kind": self.r.choice((*oracle.KINDS, "sign"))} if kind == "replace" and self.chance(50) else {}
        if kind == "replace" and self.chance(60):
            details["made"] = f"{self.day()}"
        denial = self.put(kind, self.day(), act, details=details)
        if kind == "deny" and self.chance(25):
            self.put("retract", self.day(), denial)

    def coverage(self) -> tuple[Coverage, ...]:
        found: list[Coverage] = []
        for _ in range(self.r.randrange(5)):
            start = found[-1].through + timedelta(days=self.r.randrange(3)) if found and self.chance(60) else self.day()
            found.append(
                Coverage(
                    source="drawn",
                    from_=None if self.chance(45) else start,
                    through=start + timedelta(days=self.r.randrange(self.r.choice((3, 12, 60, 120)))),
                    agreements=() if self.chance(70) else (self.r.choice(("pact", "gone")),),
                    kinds=() if self.chance(60) else tuple(self.r.sample(oracle.KINDS, 4)),
                    parties=() if self.chance(88) else ("AAA",),
                )
            )
        return tuple(found)

    def after_a_meeting(self) -> tuple[Coverage, ...]:
        """Coverage that begins on the day of a meeting, or one or two days after it."""
        days = [entry.act.made.last for entry in self.entries if entry.act.kind == "meet" and entry.act.made is not None]
        if not days or self.chance(50):
            return ()
        begins = self.r.choice(days) + timedelta(days=self.r.choice((0, 1, 1, 2)))
        return (Coverage(source="drawn", from_=begins, through=START + timedelta(days=120)),)

    def next_day(self) -> None:
        """Two meetings of the same two, a day apart or on one day, the second in doubt or not."""
        day, both = self.day(), ("AAA", "BBB")
        for number in range(2):
            held = day + timedelta(days=number * self.r.choice((0, 1, 1)))
            act = Act(kind="meet", actor=both[0], counterparty=both[1:], ref=f"{self.r.choice('pqrs')}-next-{number}", agreement="pact",
                      made=parse_moment(f"{held}"), source=Source("drawn"))  # fmt: skip
            self.entries.append(Entry(act, held))
            if number and self.chance(70):
                self.entries.append(
                    Entry(Act(kind="deny", actor="CCC", ref="next-denied", made=act.made, replies_to=act.hash, source=act.source), held)
                )

    def standing(self) -> Standing:
        for _ in range(self.r.randrange(1, 4)):
            self.meeting()
        if self.chance(15):
            self.next_day()
        if self.chance(10):
            self.put("record-minutes", self.day(), None)
        if self.chance(15):
            self.entries.append(Entry(self.r.choice(self.entries).act, self.day()))
        own = self.coverage() if self.chance(40) else ()
        pact = Agreement(id="pact", title="Pact", short="Pact", concluded=START, recorded=START + timedelta(days=20), coverage=own)
        record = Record((pact,), tuple(self.entries), Register({}, ()), (*self.coverage(), *self.after_a_meeting()))
        viewer = self.r.choice((None, None, None, "BBB", "public"))
        return Standing(record, on=self.day(90), known=self.day(100) if self.chance(30) else date(2029, 1, 1), viewer=viewer)


def drawn(seed: int) -> Standing:
    """A record of dialogue with a day, a day of knowledge and a viewer."""
    return Drawing(seed).standing()


def looking(standing: Standing) -> oracle.Looking:
    """The same record and question, for the slow reading."""
    record = standing.record
    assert isinstance(record, Record)
    own = {a.id: a.coverage for a in record.agreements if record.has_agreement(a.id, standing.known)}
    return oracle.Looking(record.entries, record.coverage, own, standing.on, standing.known, standing.viewer)


Slow = tuple[list[oracle.Told], list[oracle.ToldAction], list[oracle.ToldSilence], set[str]]
Said = tuple[Standing, oracle.Looking, Slow]


@functools.cache
def said() -> tuple[Said, ...]:
    """Records with what the slow reading says of each, kept to be asked of the room again and again."""
    found = []
    for seed in range(SEEDS):
        standing = drawn(seed)
        slow = looking(standing)
        silences = [oracle.silence(slow, a, b, under) for under in (None, "pact") for a, b in combinations(STATES, 2)]
        found.append((standing, slow, (oracle.meetings(slow), oracle.actions(slow), silences, oracle.strays(slow))))
    return tuple(found)


def _says_its_state(one: Meeting | AgreedAction) -> bool:
    """Is the state that it names the one that it is surely in?"""
    return one.state == (one.states[0] if one.verdict is Verdict.YES and len(one.states) == 1 else None)


def _meetings(standing: Standing) -> list[oracle.Told]:
    assert all(_says_its_state(one) for one in meetings_of(standing))
    return [
        oracle.Told(
            begun_by=one.begun_by.hash,
            body=(one.agreement, one.body.casefold()),
            verdict=one.verdict,
            states=frozenset(str(state) for state in one.states),
            absent=one.absent,
            day=(one.day.first, one.day.last),
            ends=one.ends,
            took_part=frozenset(one.took_part),
            invited=one.invited,
            agenda=one.agenda,
            papers=tuple(act.hash for act in one.papers),
            minutes=tuple(act.hash for act in one.minutes),
            acts=tuple(act.hash for act in one.acts),
            findings=tuple((finding.code, finding.where) for finding in one.findings),
        )
        for one in meetings_of(standing)
    ]


def _actions(standing: Standing) -> list[oracle.ToldAction]:
    assert all(_says_its_state(one) for one in actions_of(standing))
    return [
        oracle.ToldAction(
            agreed_by=one.agreed_by.hash,
            meeting=one.meeting.hash,
            verdict=one.verdict,
            states=frozenset(str(state) for state in one.states),
            absent=one.absent,
            owed_by=frozenset(one.owed_by),
            owed_to=frozenset(one.owed_to),
            due=one.due,
            discharged_by=tuple(act.hash for act in one.discharged_by),
            findings=tuple((finding.code, finding.where) for finding in one.findings),
        )
        for one in actions_of(standing)
    ]


def _silences(standing: Standing) -> list[oracle.ToldSilence]:
    found = []
    for under in (None, "pact"):
        rows = silences_of(standing, STATES, under)
        longest = [(row.last is not None, row.last.last if row.last is not None else date.min, row.parties) for row in rows]
        assert longest == sorted(longest), "the longest silent come first"
        for row in sorted(rows, key=lambda one: one.parties):
            found.append(oracle.ToldSilence(row.parties, None if row.act is None else row.act.hash, row.at_least, row.at_most, row.sure))
    return found


def agrees(case: Said) -> bool:
    """Does the room say the same of each meeting, action, body and two parties, in the order in which it promises them?"""
    standing, slow, (told, acted, silences, strays) = case
    found, actions, refs = _meetings(standing), _actions(standing), {entry.act.hash: entry.act.ref for entry in slow.entries}
    return (
        found == sorted(told, key=lambda one: (one.day[0], refs[one.begun_by], one.begun_by))
        and actions == sorted(acted, key=lambda one: (one.due is None, one.due or date.max, refs[one.agreed_by], one.agreed_by))
        and _silences(standing) == silences
        and {one.where for one in dialogue_strays(standing)} == {refs[stray] for stray in strays}
        and met_on_record(standing) == sorted({who for one in told for who in one.took_part})
        and _bodies(standing) == oracle.bodies(slow)
    )


def _bodies(standing: Standing) -> dict[tuple[str | None, str], tuple[list[str], tuple[date, date] | None, date | None]]:
    rows = bodies_of(standing)
    assert [(row.agreement or "", row.name.casefold()) for row in rows] == sorted((row.agreement or "", row.name.casefold()) for row in rows)
    return {
        (row.agreement, row.name.casefold()): (
            sorted(one.begun_by.hash for one in row.meetings),
            None if row.last_met is None else (row.last_met.first, row.last_met.last),
            row.next_called,
        )
        for row in rows
    }


def dialogue_agrees() -> bool:
    """Does the room say the same of all of them?"""
    return all(agrees(case) for case in said())
