"""Random small books with duties: one agreement, five parties of whom one takes a new code, a handful of acts, patchy coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import (
    Agreement,
    AnyClause,
    Coverage,
    EntryIntoForce,
    LaterParties,
    ProvisionalApplication,
    Suspension,
    Withdrawal,
)
from comity.agreements.conditions import Consents
from comity.agreements.requirements import (
    AfterBound,
    AfterEntry,
    AfterEvent,
    Always,
    BeforeEvent,
    Debtor,
    Discharge,
    Duty,
    Lead,
    Measure,
    Silence,
    When,
    Yearly,
)
from comity.parties import Named, Party, Register, Span, Succession
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Delay, Label, Moment, Step, parse_moment

START, SINCE, UNTIL = date(1999, 12, 1), date(1999, 12, 2), date(2003, 9, 1)
STATES = ("AAA", "BBB", "CCC", "OLD", "NEW")
RENAMED = date(2002, 3, 1)
_BY_ACT: tuple[Debtor, ...] = ("each-party", "together", "actor", "addressee", "host", "named")
_BY_CALENDAR: tuple[Debtor, ...] = ("each-party", "each-party", "together", "named")
SECRET = Label("NATIONAL", "SECRET", originator="BBB")


class Drawing:
    """Draws one book; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.acts: list[Act] = []

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, first: date = date(2000, 1, 1), last: date = date(2003, 6, 1)) -> date:
        return first + timedelta(days=self.r.randrange((last - first).days))

    def moment(self) -> Moment:
        day, kind = self.day(), self.r.randrange(10)
        if kind == 0:
            return parse_moment(f"{day:%Y-%m}-xx")
        if kind == 1:
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 60))}")
        if kind in (2, 3, 4):
            return parse_moment(f"{day}T{self.r.randrange(24):02}:30{self.r.choice(('Z', '+09:00', '-05:00'))}")
        return parse_moment(str(day))

    def delay(self) -> Delay:
        step = self.r.choice((Step(days=self.r.randrange(1, 200)), Step(months=self.r.randrange(1, 14)), Step(years=1), Step(month_start=2)))
        return (step, Step(days=3)) if self.chance(15) else (step,)

    def lead(self) -> Lead:
        kind = self.r.randrange(3)
        if kind == 0:
            return Lead(hours=self.r.choice((24, 36, 48, 72)))
        if kind == 1:
            return Lead(working_days=self.r.randrange(0, 12), rest=self.r.choice((("saturday", "sunday"), ("friday",))))
        return Lead(delay=self.delay())

    # -- clauses

    def agreement(self) -> Agreement:
        entry = Consents(kind="consents", number=self.r.choice((1, 2)), acts=("ratify",))
        clauses: list[AnyClause] = [
            EntryIntoForce(kind="entry-into-force", article="1", says="s", when=entry),
            LaterParties(kind="later-parties", article="2", says="s", delay=(Step(days=30),)),
            Withdrawal(kind="withdrawal", article="3", says="s", notice=(Step(months=self.r.choice((1, 6))),)),
        ]
        if self.chance(50):
            clauses.append(Suspension(kind="suspension", article="4", says="s"))
        if self.chance(40):
            clauses.append(ProvisionalApplication(kind="provisional-application", article="5", says="s", articles=self.r.choice(((), ("7",)))))
        clauses += [self.duty(number) for number in range(self.r.randrange(1, 4))]
        return Agreement(
            id="pact", title="Pact", short="Pact", concluded=date(2000, 1, 1), zone=self.r.choice((None, "Asia/Seoul", "America/New_York")),
            depositary=("CCC",), attributes={"quota": {"AAA": 5, "BBB": 50}}, clauses=tuple(clauses), coverage=self.coverage(),
        )  # fmt: skip

    def when(self) -> When:
        kind, of = self.r.randrange(9), self.r.choice(((), (), (), self.delay()))
        match = self.r.choice(({}, {}, {"subject": "x"}))
        event = self.r.choice(("received", "made", "starts"))
        if kind == 0:
            bounds = (self.r.choice((None, date(2001, 5, 1))), self.r.choice((None, date(2003, 5, 1))))
            return Yearly(
                kind="yearly", month=self.r.choice((2, 4, 12)), day=self.r.choice((15, 29)), from_=bounds[0], until=bounds[1],
                plus=self.r.choice(((), (Step(days=20),))), every=self.r.choice((1, 1, 2)), first=self.r.choice(((), (Step(days=100),))),
            )  # fmt: skip
        if kind == 1:
            return AfterBound(kind="after-bound", delay=self.delay(), every=of)
        if kind == 2:
            return AfterEntry(kind="after-entry", delay=self.delay(), every=of)
        if kind in (3, 4):
            return BeforeEvent(kind="before-event", acts=("plan",), ahead=self.lead(), event="starts", match=match)
        if kind == 5:
            return AfterEvent(kind="after-event", acts=("plan", "request"), within=self.lead(), event=event, match=match)
        if kind in (6, 7):
            return Silence(kind="silence", acts=("request",), within=self.lead(), match=match)
        return Always(kind="always")

    def duty(self, number: int) -> Duty:
        when = self.when()
        triggered = isinstance(when, BeforeEvent | AfterEvent | Silence)
        own = Measure(measure="tanks", article="8", attribute="quota", from_=date(2001, 1, 1))
        measures = (Measure(measure="troops", number=50, article="8"), own)
        return Duty(
            kind="duty", id=f"d{number}", article=self.r.choice(("7", "7(1)", "9")), says="s", what="w", does="report", when=when,
            by="addressee" if isinstance(when, Silence) else self.r.choice(_BY_ACT if triggered else _BY_CALENDAR),
            named=("AAA", "NEW"), to=self.r.choice(("all", "depositary", "actor", "addressee", "named")), to_named=("BBB",),
            bodies=self.r.choice(((), (), ("one", "two"))), thresholds=measures if triggered and self.chance(40) else (),
            limits=measures if isinstance(when, Always) and self.chance(70) else (), discharged=self.discharge() if self.chance(90) else None,
            option=self.chance(20),
        )  # fmt: skip

    def discharge(self) -> Discharge:
        return Discharge(
            acts=self.r.choice((("report",), ("report", "notify"), ("reply",))), by=self.r.choice(("debtor", "debtor", "creditor", "anyone")),
            match=self.r.choice(({}, {}, {"subject": "x"})), same=self.r.choice(((), (), ("activity",))), replies=self.chance(25),
            opens=self.r.choice(((), (), (Step(months=4),), (Step(days=30),))), number=self.r.choice((1, 1, 1, 2)),
        )  # fmt: skip

    def coverage(self) -> tuple[Coverage, ...]:
        def one() -> Coverage:
            first, last = sorted((self.day(date(1999, 1, 1)), self.day(last=date(2006, 1, 1))))
            return Coverage(
                source="s", from_=self.r.choice((None, first)), through=last, kinds=self.r.choice(((), (), ("report", "reply"), ("notify",))),
                parties=self.r.choice(((), (), ("AAA", "BBB"))),
            )  # fmt: skip

        return tuple(one() for _ in range(self.r.randrange(5)))

    # -- acts

    def act(self, kind: str, actor: str, moment: Moment) -> Act:
        label, nonce = (SECRET, "0" * 32) if self.chance(8) else (PUBLIC, None)
        return Act(kind, actor, f"a{len(self.acts)}", "pact", source=Source("s", "text"), label=label, nonce=nonce, made=moment)

    def entries(self) -> list[Entry]:
        for state in self.r.sample(STATES[:4], self.r.randrange(2, 5)):
            self.acts.append(self.act("ratify", state, parse_moment(str(self.day(date(2000, 1, 1), date(2001, 6, 1))))))
        for kind in self.r.choices(("denounce", "suspend", "resume", "apply-provisionally", "ratify"), k=self.r.randrange(4)):
            self.acts.append(self.act(kind, self.r.choice(STATES), parse_moment(str(self.day())) if self.chance(85) else self.moment()))
        for kind in self.r.choices(("plan", "request", "report", "notify", "reply", "report"), k=self.r.randrange(2, 10)):
            self._duty_act(kind)
        if self.chance(25):
            self._correction()
        return [Entry(act, self.r.choice((date(2000, 1, 1), date(2000, 1, 1), self.day()))) for act in self.acts]

    def _duty_act(self, kind: str) -> None:
        details = {"subject": self.r.choice("xxy"), "activity": self.r.choice("ab"), "body": self.r.choice(("one", "two"))}
        if self.chance(70):
            details["starts"] = str(self.moment())
        for measure in ("troops", "tanks"):
            if self.chance(50):
                details[measure] = str(self.r.randrange(100))
        if self.chance(6):
            details["due"] = f"{self.r.randrange(2001, 2004)}-04-15"
        earlier = [a.hash for a in self.acts if a.kind in ("plan", "request")]
        act = replace(
            self.act(kind, self.r.choice(STATES), self.moment()), details=details, counterparty=tuple(self.r.sample(STATES, self.r.randrange(3))),
            territory=self.r.choice(((), ("AAA",))), replies_to=self.r.choice(earlier) if earlier and self.chance(60) else None,
            received=self.moment() if self.chance(30) else None,
        )  # fmt: skip
        self.acts.append(act)

    def _correction(self) -> None:
        act = self.r.choice(self.acts)
        kind = self.r.choice(("retract", "replace", "deny", "variant"))
        if kind == "variant":
            self.acts.append(replace(act, made=self.moment()))
        else:
            details = {"received": str(self.moment())} if kind == "replace" else {}
            self.acts.append(replace(self.act(kind, self.r.choice(STATES), parse_moment(str(self.day()))), replies_to=act.hash, details=details))


def drawn(seed: int) -> Standing:
    """A standing on a random small book, on a random day, as known on another, sometimes for a viewer, sometimes strict."""
    d = Drawing(seed)
    exists = {"OLD": (Span(None, RENAMED),), "NEW": (Span(RENAMED, None),)}
    register = Register(
        {code: Party(code, "state", (Named(code),), exists=exists.get(code, (Span(),))) for code in STATES},
        (Succession("NEW", "OLD", "continues", RENAMED),),
    )
    record = Record((d.agreement(),), tuple(d.entries()), register)
    viewer = "AAA" if d.chance(15) else None
    known = d.day() if d.chance(20) else date(2006, 1, 1)
    return Standing(record, on=d.day(date(2000, 6, 1), UNTIL), known=known, viewer=viewer, strict=d.chance(20))
