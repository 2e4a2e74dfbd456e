"""Small records drawn by a seed, as an indicator asks them, and what both readings say of them.

Days lie about the turn of a month in a leap year, so that each edge of the text is met often.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from comity.acts import CONSENT, Act
from comity.agreements import Coverage
from comity.decisions import Decision, DecisionState, Stand
from comity.disputes import Dispute, DisputeState
from comity.duties import DutyStatus, State
from comity.indicators.evidence import Borne, GuestThen, ToldAct
from comity.indicators.listing import INDICATORS, indicator
from comity.indicators.reading import counted, stretches
from comity.indicators.readings import Asked, By
from comity.interoperability import CAPABILITIES, DayWindow, ExercisePart, JointExercise
from comity.terms import Moment, Verdict, parse_moment
from oracles import indicators as slow

WORLDS = 900
PERSONS = {"A": "A", "A0": "A", "A/army": "A", "B": "B", "B0": "B", "C": "C"}
CODES = tuple(PERSONS)
DAYS = tuple(date(2000, 2, day) for day in (27, 28, 29)) + tuple(date(2000, 3, day) for day in (1, 2, 3))
LATER = (*DAYS, date(1998, 3, 1), date(1998, 3, 2), date(2000, 3, 31), date(2000, 4, 1))
VERDICTS = (Verdict.YES, Verdict.YES, Verdict.NO, Verdict.NO, Verdict.UNKNOWN, Verdict.CONTESTED)
AGREEMENTS = ("x", "y")
KINDS = ("notify", "report")
CAPABLE = CAPABILITIES[:2]


@dataclass
class DrawnEvidence:
    """A record that was drawn."""

    on: date
    rows: list[DutyStatus] = field(default_factory=list)
    told: list[ToldAct] = field(default_factory=list)
    verdicts: dict[tuple[str, ...], Verdict] = field(default_factory=dict)
    proposals: list[Decision] = field(default_factory=list)
    raised: list[Dispute] = field(default_factory=list)
    held: list[JointExercise] = field(default_factory=list)
    guests: list[GuestThen] = field(default_factory=list)
    bearings: list[Borne] = field(default_factory=list)
    declared: dict[str | None, list[Coverage]] = field(default_factory=dict)
    askers: dict[str, str] = field(default_factory=dict)

    def person(self, code: str) -> str:
        return PERSONS.get(code, code)

    def duties(self, since: date, until: date) -> Sequence[DutyStatus]:
        return [row for row in self.rows if row.due is None or since <= row.due <= until]

    def bound(self, party: str, agreement: str, on: date) -> Verdict:
        return self._verdict("bound", self.person(party), agreement, str(on.day % 2))

    def acts(self, kinds: Collection[str]) -> Sequence[ToldAct]:
        return [told for told in self.told if told.kind in kinds]

    def answered(self, act: Act) -> str | None:
        return self.askers.get(act.ref)

    def decisions(self) -> Sequence[Decision]:
        return self.proposals

    def elects(self, decision: Decision, party: str) -> Verdict:
        return self._verdict("elects", decision.proposal.ref, self.person(party))

    def disputes(self) -> Sequence[Dispute]:
        return self.raised

    def exercises(self) -> Sequence[JointExercise]:
        return self.held

    def partners(self, party: str) -> Sequence[str]:
        return [code for code in ("A", "B", "C") if code != self.person(party)][: len(self.held)]

    def fresh(self, party: str, partner: str, capability: str, within: int, on: date) -> tuple[Verdict, tuple[str, ...]]:
        verdict = self._verdict("fresh", *sorted((self.person(party), self.person(partner))), capability, str(within))
        return verdict, (f"{partner}-{capability}", "shared") if verdict is Verdict.YES else ()

    def covers(self, party: str, partner: str | None, since: date, until: date) -> Sequence[GuestThen]:
        return self.guests

    def borne(self, since: date, until: date) -> Sequence[Borne]:
        return self.bearings

    def coverage(self, agreement: str | None) -> Sequence[Coverage]:
        return self.declared.get(agreement, [])

    def _verdict(self, *about: str) -> Verdict:
        return self.verdicts.setdefault(about, random.Random("/".join(about) + str(self.on) + str(len(self.rows))).choice(VERDICTS))


@cache
def drawn(seed: int) -> tuple[DrawnEvidence, Asked]:
    """A record, and what is asked of it."""
    rng = random.Random(seed)
    since, until = sorted(rng.choice(DAYS) for _ in range(2)) if rng.random() < 0.5 else (DAYS[0], rng.choice((DAYS[-1], date(2000, 3, 31))))
    on = rng.choice((*DAYS, date(2000, 3, 31), date(2001, 1, 1), date(2001, 1, 1), date(2001, 1, 1)))
    partner = rng.choice((None, "B", "B0"))
    key = tuple((code, rng.choice((0, 1, 2, 3))) for code in rng.sample(CODES, rng.choice((0, 2, 3))))
    asked = Asked(rng.choice(("A", "A0")), since, until, partner, rng.choice((None, None, None, "x")), None, key)
    found = DrawnEvidence(on)
    found.rows = [_row(rng, n) for n in range(rng.choice((0, 1, 3, 6)))]
    found.told = [one for n in range(rng.choice((0, 4, 8, 14))) for one in _told(rng, n, found)]
    found.told += [one for n in range(rng.choice((0, 0, 2))) for one in _signed(rng, n)]
    found.proposals = [_decision(rng, n, found) for n in range(rng.choice((0, 1, 4, 7)))]
    found.raised = [_dispute(rng, n) for n in range(rng.choice((0, 1, 3, 5)))]
    found.held = [_exercise(rng, n) for n in range(rng.choice((0, 1, 2, 4)))]
    found.guests = [
        GuestThen(f"e{rng.choice('12')}", rng.choice("AB"), rng.choice("BC"), rng.choice(VERDICTS), rng.choice(VERDICTS), (f"g{n}", "shared"))
        for n in range(rng.choice((0, 1, 3)))
    ]
    found.bearings = [
        Borne(rng.choice(("m1", "m2")), rng.choice(CODES), rng.choice((0, 1, 2, 12)), (f"d{n}",)) for n in range(rng.choice((0, 1, 3, 4)))
    ]
    found.declared = {name: _coverage(rng) for name in (None, *AGREEMENTS) if rng.random() < 0.9}
    return found, asked


def _row(rng: random.Random, number: int) -> DutyStatus:
    state = rng.choice((*State, State.DONE, State.DONE, State.LATE, State.OVERDUE, State.NOT_KNOWN))
    return DutyStatus(
        key=f"k{rng.choice('123')}{number}", agreement=rng.choice(AGREEMENTS), version=1, duty="d", article="1", what="w", does=rng.choice(KINDS),
        owed_by=rng.choice((*("A", "A0") * 3, "B", None)), owed_to=tuple(rng.sample(("B", "B0", "C"), rng.choice((0, 0, 1, 2)))),
        due=rng.choice((*DAYS, *DAYS, None)), at=None, opens=None, state=state, option=rng.random() < 0.1, read="text",
        brought_about_by=rng.choice((None, "b1", "b2")), discharged_by=tuple(rng.sample(("z1", "z2"), rng.choice((0, 1, 2)))),
    )  # fmt: skip


def _moment(rng: random.Random) -> Moment:
    first, last = sorted((rng.choice(DAYS), rng.choice(DAYS)))
    exact = rng.choice((*DAYS, *LATER)).isoformat()
    return parse_moment(rng.choice((*[exact] * 8, f"{first}/{last}", "2000-02-xx", "2000-03-xx")))


KINDS_OF_ACTS = ("release", "receive-information", "refuse", "refuse-visit", "refuse-force", "sign", *CONSENT[:2])


def _told(rng: random.Random, number: int, found: DrawnEvidence) -> list[ToldAct]:
    kind = rng.choice((*KINDS_OF_ACTS, "sign", "sign", "ratify", "ratify", "release", "release", "receive-information"))
    details = {"count": rng.choice(("2", "3", "0", "many"))} if rng.random() < 0.6 else {}
    if rng.random() < 0.4:
        details[rng.choice(("ground", "why"))] = rng.choice(("law", "label", ""))
    if rng.random() < 0.2:
        details["basis"] = rng.choice(("x", "y, x", "y"))
    act = Act(
        kind=kind, actor=rng.choice(CODES), ref=f"r{rng.choice('12')}{number}", agreement=rng.choice((None, *AGREEMENTS)),
        on_behalf_of=rng.choice((None, None, None, "A")), counterparty=tuple(rng.sample(CODES, rng.choice((0, 1, 1, 2)))), details=details,
        made=_moment(rng) if rng.random() < 0.95 else None,
    )  # fmt: skip
    if rng.random() < 0.3:
        found.askers[act.ref] = rng.choice(CODES)
    if rng.random() < 0.1:
        return [ToldAct(act, kind, False), ToldAct(act, kind, False)]
    return [ToldAct(act, kind, rng.random() < 0.85)]


def _signed(rng: random.Random, number: int) -> list[ToldAct]:
    """An agreement that the party signed, and perhaps ratified."""
    signed, ratified = sorted(rng.choice(DAYS) for _ in range(2))
    days = {"sign": signed, **({rng.choice(CONSENT): rng.choice((ratified, ratified, date(1998, 3, 1)))} if rng.random() < 0.6 else {})}
    return [
        ToldAct(
            Act(kind=kind, actor="A", ref=f"s{number}{kind}", agreement=f"z{number}", made=parse_moment(day.isoformat())), kind, rng.random() < 0.9
        )
        for kind, day in days.items()
    ]


def _decision(rng: random.Random, number: int, found: DrawnEvidence) -> Decision:
    details = {rng.choice(("silence", "silence_until")): "yes"} if rng.random() < 0.75 else {"silence": "no"} if rng.random() < 0.2 else {}
    proposal = Act(
        kind="propose", actor=rng.choice(CODES), ref=f"p{number}", agreement=rng.choice(AGREEMENTS), details=details,
        made=_moment(rng) if rng.random() < 0.95 else None,
    )  # fmt: skip
    acts = [proposal]
    for n in range(rng.choice((0, 0, 1, 2))):
        act = Act(kind=rng.choice(("break-silence", "break-silence", "set-silence")), actor=rng.choice(CODES), ref=f"p{number}b{n}")
        acts.append(act)
        found.told += [ToldAct(act, act.kind, rng.random() < 0.7)] if rng.random() < 0.8 else []
    stand = Stand(rng.choice(tuple(DecisionState)), proposal, proposal)
    return Decision(
        proposal=proposal, rule=None, at=datetime(2000, 3, 1, tzinfo=UTC), zone=None, verdict=rng.choice((Verdict.YES, *VERDICTS)), stands=(stand,),
        absent=rng.random() < 0.15, chair=None, settled=False, votes=(), tally=None, reminders=(), acts=tuple(acts), statements=(), findings=(),
    )  # fmt: skip


def _dispute(rng: random.Random, number: int) -> Dispute:
    sides = tuple(rng.sample(("A", "A0", "B", "C"), rng.choice((2, 2, 3))))
    raised = Act(kind="raise-dispute", actor=sides[0], ref=f"q{number}", agreement="x", made=_moment(rng) if rng.random() < 0.95 else None)
    acts = [raised]
    for n in range(rng.choice((0, 1, 2))):
        kind = rng.choice(("award", "settle-dispute", "withdraw-dispute", "consult"))
        acts.append(Act(kind=kind, actor="A", ref=f"q{number}e{n}", made=_moment(rng) if rng.random() < 0.8 else None))
    return Dispute(
        raised=raised, agreement=rng.choice(AGREEMENTS), sides=sides, since=DAYS[0], verdict=rng.choice((Verdict.YES, Verdict.YES, *VERDICTS)),
        states=(rng.choice(tuple(DisputeState)),), absent=rng.random() < 0.1, steps=(), acts=tuple(acts),
    )  # fmt: skip


def _exercise(rng: random.Random, number: int) -> JointExercise:
    first, last = sorted((rng.choice(DAYS), rng.choice(LATER)))
    if rng.random() < 0.6:
        last = first
    start = DayWindow(first, last)
    parts = [
        ExercisePart(
            nation=rng.choice("AABBC"), start=rng.choice((start, start, start, *(DayWindow(day, day) for day in (first, last)))),
            end=start, named=frozenset(),
            open=frozenset(), doubtful=rng.random() < 0.2, act=f"t{number}{n}",
        )
        for n in range(rng.choice((1, 2, 2, 3)))
    ]  # fmt: skip
    return JointExercise(activity=f"e{number}", starts="", place="", parts=tuple(parts))


def _coverage(rng: random.Random) -> list[Coverage]:
    found = list[Coverage]()
    if rng.random() < 0.4:
        found.append(Coverage(source="s", through=rng.choice((*DAYS, date(2001, 1, 1))), from_=rng.choice((None, DAYS[0]))))
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        first, last = sorted((rng.choice(LATER), rng.choice((*LATER, date(2001, 1, 1), date(2001, 1, 1)))))
        kinds = rng.choice(((), (), ("release",), ("take-part",), ("refuse", "refuse-visit"), ("receive-information",)))
        parties = tuple(rng.sample(CODES, rng.choice((0, 0, 0, 1, 2))))
        found.append(Coverage(source="s", through=last, from_=rng.choice((None, None, first)), kinds=kinds, parties=parties))
    return found


Told = tuple[object, ...]


KINDS_OF = {"duties-on-time": KINDS, "refusals": ("refuse", "refuse-visit"), "interoperability": CAPABLE, "burden-share": ("m1",)}


def _of_kind(asked: Asked, seed: int, name: str) -> Asked:
    """The same asked of one kind alone, now and then."""
    return replace(asked, kind=KINDS_OF[name][seed % len(KINDS_OF[name])]) if name in KINDS_OF and seed % 3 == 0 else asked


def fast(seed: int) -> list[Told]:
    """What ships, in the shape of the slow reading."""
    evidence, asked = drawn(seed)
    told = list[Told]()
    for one in INDICATORS:
        found = counted(evidence, indicator(one.id), _of_kind(asked, seed, one.id))
        told.append(
            _rounded(
                (
                    found.value, found.of, found.unknown, bool(found.why), found.rests_on, found.agreements, found.reach, bool(found.notes),
                    found.between, tuple(map(tuple, found.parts)),
                )
            )
        )  # fmt: skip
    return told


def slowly(seed: int) -> list[Told]:
    """The slow reading of the same."""
    evidence, asked = drawn(seed)
    return [_rounded(tuple(slow.read(evidence, one.id, _of_kind(asked, seed, one.id)))) for one in INDICATORS]


def _rounded(told: Told) -> Told:
    return tuple(_near(item) for item in told)


def _near(item: object) -> object:
    if isinstance(item, float):
        return round(item, 9)
    return tuple(_near(one) for one in item) if isinstance(item, tuple) else item


STRETCHES: tuple[tuple[By, int], ...] = (("year", 12), ("quarter", 3))
SPANS = tuple(
    (date(*since), date(*until))
    for since, until in (
        ((2000, 3, 31), (2000, 4, 1)),
        ((2000, 1, 1), (2000, 1, 1)),
        ((1999, 12, 31), (2001, 1, 1)),
        ((2000, 2, 29), (2000, 12, 31)),
        ((2000, 10, 1), (2001, 2, 1)),
        ((9999, 9, 30), (9999, 12, 31)),
        ((9999, 12, 1), (9999, 12, 30)),
    )
)


@cache
def _slow() -> tuple[list[Told], ...]:
    return tuple(slowly(seed) for seed in range(WORLDS))


@cache
def _slow_stretches() -> list[list[tuple[date, date]]]:
    return [slow.stretches(since, until, months) for since, until in SPANS for _, months in STRETCHES]


def stretches_agree() -> bool:
    """Are the years and quarters those of the calendar?"""
    return [list(stretches(since, until, by)) for since, until in SPANS for by, _ in STRETCHES] == _slow_stretches()


def indicators_agree() -> bool:
    """Do both have the same of every record?"""
    return stretches_agree() and all(fast(seed) == wanted for seed, wanted in enumerate(_slow()))
