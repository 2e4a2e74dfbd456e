"""Made acts about a made design, and made activities beside it: with days that are not sure, doubts, acts of others, acts of other exercises."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from comity.acts import Act, Attachment, Source
from comity.exercises.constraints import Constraint, Large
from comity.terms import Moment, parse_moment
from tests.exercises.designed import NATIONS, STEPS, Case, around, day

DAY = date(2026, 9, 1)
Told = list[tuple[Act, bool]]


def lived(seed: int, case: Case) -> tuple[Told, date]:
    """Acts in no order, most of them about the design, and a day to look at them."""
    rng, design = Random(seed), case.design
    told: Told = []
    start = (design.startex or design.from_).first
    for number in range(rng.randint(0, 26)):
        step = rng.choice((*STEPS, *STEPS[-2:]))
        details = {"activity": design.id if rng.random() < 0.9 else "another"}
        details |= {"product": step.product if rng.random() < 0.9 else "LIST"} if step.product else {}
        details |= {"conference": step.conference if rng.random() < 0.9 else "final"} if step.conference else {}
        if step.act == "meet" and rng.random() < 0.7:
            details = {"body": rng.choice(("group", "group", "other"))}
        moments = dict.fromkeys(rng.sample(("made", "received", "notified", "effect"), rng.choice((1, 1, 2, 0))))
        given: dict[str, Moment | None] = {name: around(rng, _some_day(rng, start)) for name in moments}
        if step.act == "meet" and case.process.cycle is not None and rng.random() < 0.4:  # about the first day of a term
            given = {"made": day(case.process.cycle.begins.first - timedelta(days=rng.choice((0, 0, 1))))}
        behalf = rng.choice((None, None, *NATIONS))
        act = Act(
            kind=step.act if rng.random() < 0.95 else "observe",
            actor=rng.choice((*NATIONS, "ORG")),
            on_behalf_of=behalf,
            ref=f"r{number}",
            details=details,
            attachments=tuple(Attachment(f"sha256:{seed}{n}", "text/plain", "en") for n in range(rng.randint(0, 2)))
            if step.act == "design-exercise"
            else (),
            source=Source("s"),
            made=given.get("made"),
            received=given.get("received"),
            notified=given.get("notified"),
            effect=given.get("effect"),
        )
        told.append((act, rng.random() < 0.8))
        if rng.random() < 0.15:  # a record of it that differs: both are disputed
            told[-1] = (act, False)
            told.append((Act(kind=act.kind, actor=act.actor, ref=act.ref, made=around(rng, start), details=details, source=Source("s")), False))
    rng.shuffle(told)
    dues = [one.due for one in design.product if one.due is not None] + [one.on for one in design.conference if one.on is not None]
    edge = rng.choice([DAY, start, *(act.done.first for act, _ in told if act.done is not None), *(due.last for due in dues)])
    return told, edge + timedelta(days=rng.choice((-1, 0, 0, 1, 400)))


def _some_day(rng: Random, start: date) -> date:
    return start + timedelta(days=rng.choice((-rng.randint(0, 320), -rng.randint(0, 320), rng.randint(-3, 3), -1500)))


Weighed = tuple[Constraint, Large, list[Large]]


def weighed(seed: int) -> Weighed:
    """A constraint, a design and other activities, about its edges."""
    rng = Random(seed)
    years = rng.choice((0, 0, 1, 2, 3))
    above = {"troops": 100} | ({"tanks": 10} if rng.random() < 0.5 else {})
    own = _activity(rng, "own")
    since = rng.choice((date(2011, 12, 1), date(2011, 12, 1), own.starts.last, own.starts.last + timedelta(days=1)))
    constraint = Constraint("c", "pact", "-", "s", "text", "s", parse_moment(since.isoformat()), rng.randint(1, 3), years, above)
    others = [_activity(rng, rng.choice((*(f"x{n}" for n in range(8)), "own"))) for _ in range(rng.randint(0, 9))]
    return constraint, own, others


def planned(seed: int) -> tuple[list[Act], str]:
    """Plans of some states, some of other things, on one another's territory, some twice; and a state."""
    rng = Random(seed)
    acts = []
    for number in range(rng.randint(0, 12)):
        details = {"what": rng.choice(("exercise", "exercise", "exercise", "visit"))}
        details |= {"activity": f"x{rng.randrange(4)}"} if rng.random() < 0.8 else {}
        details |= {"starts": f"2026-0{rng.randint(1, 9)}"} if rng.random() < 0.9 else {}
        details |= {"ends": "2026-10-01"} if rng.random() < 0.5 else {}
        details |= {name: str(rng.randrange(300)) for name in ("troops", "tanks", "no_notice") if rng.random() < 0.5}
        where, behalf = rng.choice(((), (), ("AAA",), ("BBB", "AAA"), ("CCC",))), rng.choice((None, None, "AAA", "BBB"))
        actor = rng.choice(("AAA", "BBB", "CCC"))
        acts.append(Act("plan", actor, f"r{number}", "pact", on_behalf_of=behalf, territory=where, details=details, source=Source("s")))
    return acts, rng.choice(("AAA", "BBB"))


def _activity(rng: Random, name: str) -> Large:
    numbers = (
        {}
        if rng.random() < 0.15
        else {"troops": rng.choice((99, 100, 101, 200, 200, 200, 200))}
        if rng.random() < 0.7
        else {"tanks": rng.choice((9, 10, 11))}
    )
    if rng.random() < 0.1:
        return Large(name, parse_moment(rng.choice(("2025", "2026", "2027"))), parse_moment("2027-12-31"), numbers)
    if rng.random() < 0.1:
        return Large(name, parse_moment("2026-12-20/2027-01-05"), parse_moment("2027-01-05"), numbers)
    span = 12 if rng.random() < 0.6 else 1000
    starts = around(rng, date(2026, 1, 1) + timedelta(days=rng.randint(0, span)))
    return Large(name, starts, around(rng, starts.last + timedelta(days=rng.randint(0, 6))), numbers)
