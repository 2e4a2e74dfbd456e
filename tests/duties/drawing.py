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

START, FIRST, SINCE, UNTIL = date(1999, 12, 1), date(2000, 1, 1), date(1999, 12, 2), date(2002, 12, 1)
AHEAD = date(2003, 3, 1)
"""The last day that a desk looks at, on the last day on which it is asked."""
STATES = ("AAA", "BBB", "CCC", "OLD", "NEW")
RENAMED = date(2001, 6, 15)
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

    def day(self, last: date = date(2002, 8, 1)) -> date:
        """Mostly the fifteenth of a month, the day before or the day after: so that days meet, and just miss each other."""
        month = self.r.randrange((last - FIRST).days // 30)
        day = date(2000 + month // 12, month % 12 + 1, 15)
        return day + timedelta(days=self.r.choice((0, 0, 0, -1, 1)) if self.chance(90) else self.r.randrange(-12, 13))

    def moment(self) -> Moment:
        day, kind = self.day(), self.r.randrange(12)
        if kind == 0:
            return parse_moment(f"{day:%Y-%m}-xx")
        if kind == 1:
            return parse_moment(f"{day}/{day + timedelta(days=self.r.choice((1, 30, 60)))}")
        if kind in (2, 3, 4):
            return parse_moment(f"{day}T12:{self.r.choice((29, 30, 30, 31))}{self.r.choice(('Z', 'Z', '+09:00', '-05:00'))}")
        return parse_moment(str(day))

    def delay(self) -> Delay:
        step = self.r.choice((Step(days=30), Step(days=31), Step(months=1), Step(months=self.r.randrange(1, 7)), Step(years=1), Step(month_start=2)))
        return (step, Step(days=1)) if self.chance(15) else (step,)

    def lead(self) -> Lead:
        kind = self.r.randrange(3)
        if kind == 0:
            return Lead(hours=self.r.choice((24, 24, 36, 48)))
        if kind == 1:
            return Lead(working_days=self.r.choice((0, 1, 5, 10)), rest=self.r.choice((("saturday", "sunday"), ("friday",))))
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
        clauses += [self.duty(number) for number in range(self.r.randrange(5, 11))]
        return Agreement(
            id="pact", title="Pact", short="Pact", concluded=date(2000, 1, 1), zone=self.r.choice((None, "Asia/Seoul", "America/New_York")),
            depositary=("CCC",), attributes={"quota": {"AAA": 5, "BBB": 7}}, clauses=tuple(clauses), coverage=self.coverage(),
        )  # fmt: skip

    def when(self) -> When:
        kind, of = self.r.randrange(9), self.r.choice(((), (), (), self.delay()))
        match = self.r.choice(({}, {}, {"subject": "x"}))
        event = self.r.choice(("received", "made", "starts"))
        unless = {"subject": "x"} if kind in (4, 6) and not match else {}
        if kind == 0:
            bounds = (self.r.choice((None, date(2001, 4, 15))), self.r.choice((None, date(2002, 4, 15))))
            return Yearly(
                kind="yearly", month=self.r.choice((2, 4, 4, 12)), day=self.r.choice((15, 15, 29)), from_=bounds[0], until=bounds[1],
                plus=self.r.choice(((), (Step(days=30),))), every=self.r.choice((1, 1, 2)), first=self.r.choice(((), (Step(months=6),))),
            )  # fmt: skip
        if kind == 1:
            return AfterBound(kind="after-bound", delay=self.delay(), every=of)
        if kind == 2:
            return AfterEntry(kind="after-entry", delay=self.delay(), every=of)
        if kind in (3, 4):
            return BeforeEvent(kind="before-event", acts=("plan",), ahead=self.lead(), event="starts", match=match, unless=unless)
        if kind == 5:
            lead = self.lead()
            within = None if lead.hours == 24 else lead  # no day is named
            return AfterEvent(kind="after-event", acts=("plan", "request"), within=within, event=event, match=match)
        if kind in (6, 7):
            return Silence(kind="silence", acts=("request",), within=self.lead(), match=match, unless=unless)
        return Always(kind="always")

    def duty(self, number: int) -> Duty:
        when = self.when()
        triggered = isinstance(when, BeforeEvent | AfterEvent | Silence)
        own = Measure(measure="tanks", article="8", attribute="quota", from_=date(2001, 1, 15))
        measures = (Measure(measure="troops", number=5, article="8", until=self.r.choice((None, date(2001, 6, 15)))), own)
        return Duty(
            kind="duty", id=f"d{number}", article=self.r.choice(("7", "7(1)", "9")), says="s", what="w", does="report", when=when,
            by="addressee" if isinstance(when, Silence) else self.r.choice(_BY_ACT if triggered else _BY_CALENDAR),
            named=("AAA", "NEW"), to=self.r.choice(("all", "depositary", "actor", "addressee", "named")), to_named=("BBB",),
            bodies=self.r.choice(((), (), (), ("one", "two"))), thresholds=measures if triggered and self.chance(40) else (),
            limits=measures if isinstance(when, Always) and self.chance(70) else (), discharged=self.discharge() if self.chance(90) else None,
            option=self.chance(20),
        )  # fmt: skip

    def discharge(self) -> Discharge:
        return Discharge(
            acts=self.r.choice((("report",), ("report", "notify"), ("reply", "report", "notify"), ("reply",))),
            by=self.r.choice(("debtor", "debtor", "creditor", "anyone")),
            match=self.r.choice(({}, {}, {}, {"subject": "x"})), same=self.r.choice(((), (), (), ("activity",))), replies=self.chance(25),
            opens=self.r.choice(((), (), (Step(months=4),), (Step(days=30),))), number=self.r.choice((1, 1, 1, 2)),
        )  # fmt: skip

    def coverage(self) -> tuple[Coverage, ...]:
        """Often two that meet, overlap or leave a day between them."""

        def one(first: date | None, last: date) -> Coverage:
            kinds = self.r.choice(((), (), ("report", "reply", "notify"), ("notify",)))
            return Coverage(source="s", from_=first, through=last, kinds=kinds, parties=self.r.choice(((), (), ("AAA", "BBB", "CCC"))))

        if self.chance(20):
            return ()
        first, middle, last = sorted((self.day(), self.day(), self.day()))
        found = [one(self.r.choice((None, date(1999, 1, 1), first)), middle)]
        if self.chance(60):
            found.append(one(middle + timedelta(days=self.r.choice((-20, 0, 1, 1, 2))), max(last, middle) + timedelta(days=self.r.choice((0, 200)))))
        return tuple(self.r.sample(found, len(found)))

    # -- acts

    def act(self, kind: str, actor: str, moment: Moment) -> Act:
        label, nonce = (SECRET, "0" * 32) if self.chance(8) else (PUBLIC, None)
        if kind in ("plan", "request") and len(self.acts) % 7 == 3:
            actor = ("ORG", "ORG/c", "OTHER")[len(self.acts) // 7 % 3]
        return Act(kind, actor, f"a{len(self.acts)}", "pact", source=Source("s", "text"), label=label, nonce=nonce, made=moment)

    def entries(self) -> list[Entry]:
        for state in self.r.sample(STATES[:4], self.r.randrange(2, 5)):
            day = FIRST + timedelta(days=self.r.choice((0, 14, 14, 45)))
            self.acts.append(self.act("ratify", state, parse_moment(str(day if self.chance(80) else self.day()))))
        for kind in self.r.choices(
            ("denounce", "suspend", "suspend", "resume", "apply-provisionally", "apply-provisionally", "ratify"), k=self.r.randrange(5)
        ):
            self.acts.append(self.act(kind, self.r.choice(STATES), parse_moment(str(self.day())) if self.chance(85) else self.moment()))
        for kind in self.r.choices(("plan", "request", "request"), k=self.r.randrange(1, 4)):
            self._duty_act(kind)
        for kind in self.r.choices(("report", "report", "notify", "reply", "reply"), k=self.r.randrange(1, 9)):
            self._duty_act(kind)
        for _ in range(self.r.choice((0, 0, 1, 2))):
            self._correction()
        return [Entry(act, self.r.choice((FIRST, FIRST, FIRST, self.day()))) for act in self.acts]

    def _duty_act(self, kind: str) -> None:
        details = {"subject": self.r.choice("xxy"), "activity": self.r.choice("ab"), "body": self.r.choice(("one", "two"))}
        if self.chance(70):
            details["starts"] = str(self.moment())
        for measure in ("troops", "tanks"):
            if self.chance(60):
                details[measure] = str(self.r.choice((4, 5, 6, 7, 8)))
        if self.chance(6):
            details["due"] = f"{self.r.randrange(2000, 2003)}-04-15"
        earlier = [a for a in self.acts if a.kind in ("plan", "request")]
        answered = self.r.choice(earlier) if earlier and self.chance(70) else None
        whom = self.r.sample(STATES[:4], self.r.randrange(1, 3))
        actor = self.r.choice(answered.counterparty) if answered is not None and answered.counterparty and self.chance(70) else self.r.choice(STATES)
        self.acts.append(
            replace(
                self.act(kind, actor, self._soon_after(answered) if answered is not None and self.chance(50) else self.moment()), details=details,
                counterparty=tuple(whom), territory=self.r.choice(((), ("AAA",))), replies_to=None if answered is None else answered.hash,
                received=self.moment() if self.chance(15) else None,
            )
        )  # fmt: skip

    def _soon_after(self, act: Act) -> Moment:
        """About when an answer to the act would be due."""
        assert act.made is not None
        if "starts" in act.details and self.chance(40):
            return self._soon_before(parse_moment(act.details["starts"]))
        day = act.made.first + timedelta(days=self.r.choice((0, 1, 1, 2, 2, 5, 30, 31, 32)))
        if self.chance(25):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.choice((1, 30)))}")
        if act.made.instant is not None and self.chance(50):
            at = act.made.instant + timedelta(hours=self.r.choice((24, 24, 36, 48)), minutes=self.r.choice((0, 0, 1, -1)))
            return parse_moment(f"{at:%Y-%m-%dT%H:%M}Z")
        return parse_moment(str(day))

    def _soon_before(self, event: Moment) -> Moment:
        """About when what is due before an event would be due."""
        day = event.first - timedelta(days=self.r.choice((0, 1, 2, 5, 30, 31, 32)))
        if event.instant is not None and self.chance(50):
            at = event.instant - timedelta(hours=self.r.choice((24, 24, 36, 48)), minutes=self.r.choice((0, 0, 1, -1)))
            return parse_moment(f"{at:%Y-%m-%dT%H:%M}Z")
        return parse_moment(f"{day}/{day + timedelta(days=self.r.choice((1, 30)))}" if self.chance(25) else str(day))

    def _correction(self) -> None:
        act = self.r.choice(self.acts)
        kind = self.r.choice(("retract", "replace", "deny", "deny", "variant", "variant"))
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
        {code: Party(code, "state", (Named(code),), exists=exists.get(code, (Span(),))) for code in STATES}
        | {
            "ORG": Party("ORG", "organisation", (Named("ORG"),), constituent="pact"),
            "ORG/c": Party("ORG/c", "organ", (Named("ORG/c"),), part_of="ORG"),
            "OTHER": Party("OTHER", "organisation", (Named("OTHER"),), constituent="another"),
        },
        (Succession("NEW", "OLD", "continues", RENAMED),),
    )
    record = Record((d.agreement(),), tuple(d.entries()), register)
    viewer = "AAA" if d.chance(15) else None
    known = d.day() if d.chance(20) else date(2006, 1, 1)
    return Standing(record, on=d.day(UNTIL) if d.chance(75) else UNTIL, known=known, viewer=viewer, strict=d.chance(20))
