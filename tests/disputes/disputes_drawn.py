"""Small records of disputes and incidents, drawn: followed in order and out of it, with doubts, reservations, hidden acts and patchy coverage."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Consent, Coverage, EntryIntoForce, ProvisionalApplication, Withdrawal
from comity.agreements.conditions import Consents
from comity.agreements.requirements import Lead
from comity.agreements.settlements import Means, Settlement, SettlementStep
from comity.parties import Named, Party, Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, Moment, Step, parse_moment
from oracles import dispute_readings as oracle
from oracles.incidents import INCIDENT_KINDS

START = date(2028, 1, 1)
STATES = ("AAA", "BBB", "CCC")
DOERS = ("AAA", "AAA", "BBB", "BBB", "BBB", "CCC", "OFF")
SECRET = Label("NATIONAL", "SECRET", originator="BBB")
MEANS: tuple[Means, ...] = (
    "consultation", "consultation", "negotiation", "good-offices", "mediation", "conciliation", "joint-commission", "organ", "organ", "arbitration",
    "arbitration", "court",
)  # fmt: skip
ARTICLES = ("IX", "IX(1)", "IX(2)", "X", "XI; XII", "XI; IX(1)", "I")
SAID = ("report-incident", "protest", "contact-hotline")
LAW = ("ratify", "apply-provisionally", "reserve", "object", "declare", "suspend", "denounce")
"""Kinds of act on which the law between the sides rests: mostly with days that are sure, as each that is not makes worlds of its own."""
NOBODYS = (*SAID, "acknowledge", "answer-incident")
"""Kinds of act under no agreement."""
SEEDS = 800


class Drawing:
    """Draws one record; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []
        self.settled = tuple(self.settlement(name) for name in ("c1", "c2")[: self.r.choice((1, 1, 2))]) if self.chance(96) else ()
        self.zone = self.r.choice((None, "Asia/Tokyo"))
        self.provisional = self.chance(12)
        self.steps = [step for clause in self.settled for step in clause.steps]

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, most: int = 60) -> date:
        return START + timedelta(days=self.r.randrange(most))

    # -- the clause

    def lead(self) -> Lead:
        kind = self.r.randrange(6)
        if kind == 0:
            return Lead(hours=self.r.choice((24, 36, 48)))
        if kind == 1:
            return Lead(working_days=self.r.randrange(1, 6))
        return Lead(delay=(Step(months=1),) if kind == 2 else (Step(days=self.r.randrange(1, 20)),))

    def step(self, number: int) -> SettlementStep:
        def some(percent: int) -> Lead | None:
            return self.lead() if self.chance(percent) else None

        earlier = range(1, number)
        means = self.r.choice(MEANS)
        return SettlementStep(
            means=means, article=self.r.choice(ARTICLES), says="s", begun_by=self.r.choice(("either", "either", "both", "organ")),
            body=self.r.choice((None, "Council", "Meeting")) if means == "organ" else None,
            follows=tuple(self.r.sample(earlier, self.r.choice((0, 1, 1, 1, 2))) if number > 2 else earlier if self.chance(75) else ()),
            after=some(30), within=some(30), organised=some(25), answer=some(35), binding=self.chance(50),
            asked_as=self.r.choice(("clarification", "meeting")) if self.chance(25) else None,
        )  # fmt: skip

    def settlement(self, name: str) -> Settlement:
        steps = tuple(self.step(number) for number in range(1, self.r.randrange(2, 6)))
        return Settlement(kind="settlement", id=name, article="IX", says="s", disputes="d", steps=steps)

    # -- acts

    def moment(self, day: date) -> Moment:
        if self.chance(10):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 25))}")
        return parse_moment(f"{day:%Y-%m}-xx" if self.chance(3) else f"{day}T{self.r.randrange(24):02}:00Z" if self.chance(25) else f"{day}")

    def put(
        self,
        kind: str,
        day: date,
        before: Act | None = None,
        who: str | None = None,
        to: tuple[str, ...] = (),
        ref: str = "",
        said: dict[str, str] | None = None,
    ) -> Act:
        hidden = self.chance(4)
        moment = parse_moment(f"{day}") if kind in LAW and self.chance(96) else self.moment(day)
        act = Act(
            kind=kind, actor=who or self.r.choice(DOERS), on_behalf_of=self.r.choice(STATES) if who is None and self.chance(8) else None,
            ref=ref or f"{kind}-{len(self.entries)}", agreement=None if kind in NOBODYS else "pact" if self.chance(97) else None,
            counterparty=to, made=None if self.chance(5) else moment, received=moment if self.chance(20) else None,
            effect=None if kind in LAW or self.chance(60) else self.moment(day), replies_to=None if before is None else before.hash,
            details=said or {}, source=Source("drawn"), label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )  # fmt: skip
        self.entries.append(Entry(act, day + timedelta(days=self.r.choice((0, 0, 0, 0, 3, 20)))))
        return act

    def others(self) -> tuple[str, ...]:
        return self.r.choice((*[("BBB",)] * 12, *[("BBB", "CCC")] * 4, (), ("AAA",), ("GONE",)))

    def dispute(self) -> None:
        day = self.day(20)
        who = self.r.choice(("AAA", "AAA", "AAA", "BBB"))
        if self.chance(75):
            clause = {"clause": self.r.choice(("c1", "c2", "c9"))} if self.chance(25) else {}
            root = self.put("raise-dispute", day, who=who, to=self.others(), said=clause)
        else:
            root = self.put("request", day, who=who, to=self.others(), said={"subject": self.r.choice(("clarification", "meeting", "else"))})
        acts = [root]
        for _ in range(self.r.randrange(12)):
            day = day + timedelta(days=self.r.choice((0, 0, 1, 1, 2, 5, 9))) if self.chance(92) else self.day()
            before = acts[-1] if self.chance(55) else root if self.chance(50) else self.r.choice(acts)
            acts.append(self.next_of(day, before, acts[-1].ref if self.chance(2) else ""))
        for act in acts:
            if self.chance(6):
                self.about(act)

    def next_of(self, day: date, before: Act, ref: str) -> Act:
        kind = self.r.choice((*oracle.KINDS[1:], *("request-settlement",) * 9, "reply", "consult", "fail-settlement"))
        who: str | None = None
        if before.kind in oracle.ASKING and self.chance(70):
            kind = self.r.choice(("reply", "reply", "reply", "appoint-member", "appoint-member", "report", "fail-settlement", "award"))
            who = "BBB" if before.actor == "AAA" and self.chance(70) else None
        elif before.kind == "settle-dispute" and self.chance(75):
            kind, who = self.r.choice(("reply", "settle-dispute")), "BBB" if before.actor == "AAA" else "AAA"
        elif kind in ("award", "withdraw-dispute") and self.chance(50):
            kind = "request-settlement"
        if before.kind == "request-settlement" and self.chance(12):
            return self.put(before.kind, day, before, who=self.r.choice(DOERS), ref=ref, said=dict(before.details))
        said: dict[str, str] = {}
        if kind == "request-settlement" or (kind == "fail-settlement" and self.chance(60)):
            step = self.r.choice(self.steps) if self.steps and self.chance(80) else None
            said["means"] = self.r.choice(MEANS) if step is None else step.means
            if kind == "request-settlement" and self.chance(20 if step is None else 50):
                said["body"] = self.r.choice(("Council", "Meeting")) if step is None or step.body is None else step.body
        if kind == "request" and self.chance(85):
            said["subject"] = self.r.choice(("clarification", "meeting", "else"))
        if kind == "reply" and self.chance(85):
            said["answer"] = self.r.choice(("yes", "yes", "no", "no", "information"))
        if kind == "appoint-member" and self.chance(50):
            said["for"] = self.r.choice(DOERS)
        to = (self.r.choice(DOERS),) if self.chance(30) else ()
        return self.put(kind, day, before, who=who, to=to, ref=ref, said=said)

    def incident(self) -> None:
        acts: list[Act] = []
        for _ in range(self.r.randrange(1, 7)):
            kind = self.r.choice((*INCIDENT_KINDS, *SAID)) if acts or self.chance(8) else self.r.choice(SAID)
            before = None if not acts or self.chance(8) else acts[0] if self.chance(50) else self.r.choice(acts)
            who = "BBB" if kind not in SAID and self.chance(50) else None
            said = {"subject": "s"} if kind in SAID and self.chance(97) else {}
            to = self.r.choice((("BBB",), ("BBB", "CCC"), ("AAA",), ())) if kind in SAID else ()
            acts.append(self.put(kind, self.day(), before, who=who, to=to, said=said))
        if self.chance(15):
            self.put("raise-dispute", self.day(), self.r.choice(acts), who="AAA", to=("BBB",))
        for act in acts:
            if self.chance(10):
                self.about(act)

    def about(self, act: Act) -> None:
        kind = self.r.choice(("deny", "deny", "deny", "deny", "retract", "replace"))
        said = {"kind": self.r.choice((*oracle.KINDS[1:], "sign"))} if kind == "replace" and self.chance(40) else {}
        if kind == "replace" and self.chance(60):
            said["made"] = f"{self.day()}"
        denial = self.put(kind, self.day(), act, said=said)
        if kind == "deny" and self.chance(25):
            self.put(self.r.choice(("retract", "retract", "deny")), self.day(), denial)

    def law(self) -> None:
        """Consents to the agreement, reservations, objections, declarations, suspensions."""
        before = START - timedelta(days=800)
        for state in STATES:
            if self.provisional and self.chance(80):
                applied = self.r.choice(("IX, X", "XI, VI", "IX(1)", "VI"))
                self.put("apply-provisionally", before, who=state, said={"articles": applied} if self.chance(85) else {})
            elif self.chance(94):
                self.put("ratify", before, who=state)
        if self.chance(40):
            kept = []
            for _ in range(self.r.randrange(1, 3)):
                articles = {"articles": self.r.choice(("IX", "IX(1)", "X", "XII", "I", "XI, IX(2)", "X, IX", "VI, XII"))}
                extent = {"extent": self.r.choice(("exclude", "modify"))} if self.chance(85) else {}
                kept.append(self.put("reserve", before, who=self.r.choice(STATES), said=articles | extent))
            for act in kept:
                if self.chance(30):
                    self.put("object", before + timedelta(days=20), act, who=self.r.choice(STATES))
                if self.chance(35):
                    self.put("deny", before + timedelta(days=30), act, who=self.r.choice(STATES))
        if self.chance(15):
            effect = self.r.choice(("disapplies", "modifies"))
            self.put("declare", before, who="AAA", said={"articles": self.r.choice(("IX", "X")), "effect": effect})
        if self.chance(10):
            self.put("suspend", self.day(), who="AAA", said={"articles": "IX"} if self.chance(60) else {})
        if self.chance(12):
            self.put("denounce", self.day(), who=self.r.choice(STATES))

    def coverage(self) -> tuple[Coverage, ...]:
        found: list[Coverage] = []
        for _ in range(self.r.randrange(5)):
            start = found[-1].through + timedelta(days=self.r.randrange(3)) if found and self.chance(60) else self.day()
            found.append(
                Coverage(
                    source="drawn", from_=None if self.chance(40) else start,
                    through=start + timedelta(days=self.r.randrange(self.r.choice((3, 12, 60)))),
                    agreements=() if self.chance(70) else (self.r.choice(("pact", "gone")),),
                    kinds=() if self.chance(60) else tuple(self.r.sample(("reply", "consult", "meet", "appoint-member"), 3)),
                    parties=() if self.chance(65) else self.r.choice((("AAA",), ("BBB",), ("AAA", "BBB"), ("BBB", "CCC"))),
                )
            )  # fmt: skip
        return tuple(found)

    def asked_on(self) -> date:
        """The day asked about: any, or one on which a time runs out that counts from an act."""
        leads = [lead for step in self.steps for lead in (step.after, step.within, step.organised, step.answer) if lead is not None]
        acts = [entry.act for entry in self.entries if entry.act.made is not None and entry.act.kind in oracle.KINDS]
        if not leads or not acts or self.chance(40):
            return self.day(90)
        act, lead = self.r.choice(acts), self.r.choice(leads)
        assert act.made is not None
        return oracle.later(act.made.first, act.made.instant, lead, self.zone) + timedelta(days=self.r.choice((0, 1, 1)))

    def standing(self) -> Standing:
        self.law()
        for _ in range(self.r.choice((1, 1, 2))):
            self.dispute()
        if self.chance(30):
            self.incident()
        if self.chance(10):
            self.put("appoint-member", self.day())
        if self.chance(10):
            self.entries.append(Entry(self.r.choice(self.entries).act, self.day()))
        needed = 9 if self.provisional else 2
        entry = EntryIntoForce(kind="entry-into-force", article="1", says="s", when=Consents(kind="consents", number=needed, acts=("ratify",)))
        pact = Agreement(
            id="pact", title="Pact", short="Pact", concluded=START - timedelta(days=900),
            recorded=START - timedelta(days=800) if self.chance(95) else START + timedelta(days=30), zone=self.zone,
            coverage=self.coverage() if self.chance(40) else (),
            clauses=(Consent(kind="consent", article="1", says="s"), entry, Withdrawal(kind="withdrawal", article="2", says="s"),
            ProvisionalApplication(kind="provisional-application", article="3", says="s"), *self.settled),
        )  # fmt: skip
        if self.chance(35):
            self.r.shuffle(self.entries)
        register = Register({code: Party(code, "state", (Named(code),)) for code in STATES}, ())
        record = Record((pact,), tuple(self.entries), register, self.coverage())
        viewer = self.r.choice((None, None, None, "BBB", "public"))
        return Standing(record, on=self.asked_on(), known=self.day(100) if self.chance(30) else date(2029, 1, 1), viewer=viewer)


def drawn(seed: int) -> Standing:
    """A record of disputes with a day, a day of knowledge and a viewer."""
    return Drawing(seed).standing()


@functools.cache
def stood() -> tuple[Standing, ...]:
    """The records, drawn once."""
    return tuple(drawn(seed) for seed in range(SEEDS))
