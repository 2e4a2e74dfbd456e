"""Random small books with a charter that wants treaties registered, and a few treaties; and their rows, fast and slow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements import contains
from comity.agreements.clauses import Agreement, AnyClause, Coverage, EntryIntoForce, Withdrawal
from comity.agreements.conditions import Consents
from comity.agreements.requirements import Discharge, Duty, EachTreaty
from comity.duties import duties as fast_duties
from comity.parties import Named, Party, Register, Span
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, Verdict, parse_moment
from oracles.duties import Row
from oracles.duty_treaties import Treaty, to_register
from tests.duties.comparing import as_row, question

STATES = ("AAA", "BBB", "CCC")
CHARTER = "charter"
START, UNTIL = date(1999, 12, 1), date(2002, 12, 1)
PARTIES = (None, "AAA", "BBB")


def drawn(seed: int) -> Standing:
    """A standing on a random small book, on a random day."""
    r = Random(seed)
    numbers = iter(range(1000))

    def day() -> date:
        return date(2000 + r.randrange(3), r.randrange(1, 13), 15) + timedelta(days=r.choice((0, 0, 0, -1, 1)))

    def entry(agreement: str, kind: str, actor: str, when: str) -> Entry:
        label, nonce = (Label("NATIONAL", "SECRET", originator="BBB"), "0" * 32) if r.randrange(12) == 0 else (PUBLIC, None)
        made = parse_moment(when)
        return Entry(Act(kind, actor, f"a{next(numbers)}", agreement, source=Source("s", "text"), label=label, nonce=nonce, made=made), made.first)

    def agreement(name: str, *more: AnyClause) -> Agreement:
        when = Consents(kind="consents", number=r.choice((1, 2, 2)), acts=("ratify",))
        clauses = EntryIntoForce(kind="entry-into-force", article="1", says="s", when=when), Withdrawal(kind="withdrawal", article="3", says="s")
        kinds = ((), ("register",), ("ratify",), ("register", "ratify"))
        covered = [Coverage(source="s", from_=r.choice((None, day())), through=day(), kinds=r.choice(kinds)) for _ in range(r.choice((0, 0, 1, 2)))]
        return Agreement(
            id=name, title=name, short=name, concluded=day(), form=r.choice(("treaty", "treaty", "treaty", "political")), clauses=(*clauses, *more),
            coverage=tuple(covered), registration=r.choice((None, None, None, "UNTS 1")),
        )  # fmt: skip

    done = Discharge(acts=("register",), by=r.choice(("debtor", "anyone")), number=r.choice((1, 1, 2)))
    wants = Duty(
        kind="duty", id="register", article="102", says="s", what="w", does="register", when=EachTreaty(kind="each-treaty"), by="together",
        to="named", to_named=("UNSG",), discharged=r.choice((done, done, done, None)), option=r.randrange(8) == 0,
    )  # fmt: skip
    charter = replace(agreement(CHARTER, wants), concluded=date(1999, 12, 15), form="treaty", registration=None)
    treaties = [agreement(name) for name in ("one", "two", "three")]
    entries = [entry(CHARTER, "ratify", who, str(r.choice((date(2000, 1, 15), day())))) for who in r.sample(STATES, r.choice((1, 2, 3, 3)))]
    for treaty in treaties:
        for who in r.sample(STATES, r.choice((1, 2, 2, 3))):
            when = day()
            entries.append(entry(treaty.id, "ratify", who, r.choice((str(when), str(when), f"{when:%Y-%m}-xx"))))
        for kind in r.choices(("register", "register", "denounce", "ratify"), k=r.choice((0, 1, 2))):
            entries.append(entry(treaty.id, kind, r.choice(STATES), r.choice((str(day()), f"{day():%Y-%m}-xx"))))
    if r.randrange(5) == 0:
        denied = r.choice(entries).act
        entries.append(replace(entry(denied.agreement or "", "deny", "CCC", str(day())), act=_denial(denied)))
    register = Register({code: Party(code, "state", (Named(code),), exists=(Span(),)) for code in STATES}, ())
    on = day() if r.randrange(4) else UNTIL
    viewer = "AAA" if r.randrange(6) == 0 else None
    known = day() if r.randrange(6) == 0 else date(2006, 1, 1)
    return Standing(Record((charter, *treaties), tuple(entries), register), on=on, known=known, viewer=viewer, strict=r.randrange(5) == 0)


def _denial(act: Act) -> Act:
    assert act.made is not None
    return Act(
        "deny", "CCC", f"no-{act.ref}", act.agreement, source=Source("s", "text"), label=PUBLIC, made=act.made, replies_to=act.hash
    )  # fmt: skip


def fast_register(standing: Standing, party: str | None) -> list[Row]:
    """The room's rows in the oracle's form."""
    return sorted((as_row(r) for r in fast_duties(standing, START, UNTIL, party=party) if r.does == "register"), key=repr)


def slow_register(standing: Standing, party: str | None) -> list[Row]:
    """The oracle's rows."""
    treaties = [_treaty(standing, name) for name in standing.known_agreements()]
    return sorted(to_register(question(standing, CHARTER, UNTIL, START), treaties, party), key=repr)


def _treaty(standing: Standing, name: str) -> Treaty:
    course = standing.first_course(name)

    def bound(party: str, day: date) -> Verdict:
        return Verdict.YES if contains(course.binding_days(party), day.toordinal()) else Verdict.NO

    def in_force(day: date) -> Verdict:
        return Verdict.YES if course.is_in_force(day.toordinal()) else Verdict.NO

    return Treaty(question(standing, name, UNTIL, START), in_force, bound)
