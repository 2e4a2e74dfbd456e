"""Small disputes and incidents, drawn about the very days that decide: the last one of a time, the one after, that on which an answer is given."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Consent, Coverage, EntryIntoForce
from comity.agreements.conditions import Consents
from comity.agreements.requirements import Lead
from comity.agreements.settlements import Settlement, SettlementStep
from comity.parties import Named, Party, Register
from comity.standing import Record, Standing
from comity.terms import Step, parse_moment

ASKED = date(2028, 2, 1)
STATES = ("AAA", "BBB", "CCC")
SEEDS = 160


class Drawing:
    """Two steps: the first asked for on one day, with a time to answer and one to be organised; the second ripe when they are past."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []
        self.answer, self.organised = (self.r.choice((3, 5, 8)) for _ in range(2))

    def put(self, kind: str, written: str, who: str, before: Act | None = None, to: tuple[str, ...] = (), **said: str) -> Act:
        act = Act(
            kind=kind, actor=who, ref=f"{kind}-{len(self.entries)}", agreement=None if to and kind == "report-incident" else "pact",
            counterparty=to, made=parse_moment(written), replies_to=None if before is None else before.hash, details=said, source=Source("drawn"),
        )  # fmt: skip
        self.entries.append(Entry(act, ASKED))
        return act

    def clause(self) -> Settlement:
        def lead(days: int, percent: int) -> Lead | None:
            return Lead(delay=(Step(days=days),)) if self.r.randrange(100) < percent else None

        first = SettlementStep(
            means="consultation", article="IX", says="s", begun_by=self.r.choice(("both", "either")),
            answer=lead(self.answer, 75), organised=lead(self.organised, 75),
        )  # fmt: skip
        then = SettlementStep(means="arbitration", article="X", says="s", begun_by="either", follows=(1,))
        return Settlement(kind="settlement", id="c1", article="IX", says="s", disputes="d", steps=(first, then))

    def dispute(self) -> None:
        root = self.put("raise-dispute", f"{ASKED}", "AAA", to=self.r.choice((("BBB",), ("BBB",), ("BBB", "CCC"))))
        asked = self.put("request-settlement", f"{ASKED}", "AAA", root, means="consultation")
        if self.r.randrange(3) == 0:
            self.put("request-settlement", f"{ASKED + timedelta(days=1)}", self.r.choice(("AAA", "BBB", "BBB", "CCC")), root, means="consultation")
        if self.r.randrange(2):
            self.put("appoint-member", f"{ASKED + timedelta(days=1)}", self.r.choice(("AAA", "BBB")), asked)

    def incident(self, on: date) -> None:
        told = self.put("report-incident", f"{ASKED}", "AAA", to=("BBB",), subject="s")
        first, last = sorted(on + timedelta(days=self.r.choice((-1, 0, 1))) for _ in range(2))
        self.put(self.r.choice(("acknowledge", "answer-incident")), f"{first}" if first == last else f"{first}/{last}", "BBB", told)

    def coverage(self) -> tuple[Coverage, ...]:
        """To the last day of a time, the one before it or the one after, or for long; by all, or by one of them."""
        ends = [ASKED + timedelta(days=days + more) for days in (self.answer, self.organised) for more in (-1, 0, 1)]
        return tuple(
            Coverage(
                source="drawn", from_=ASKED, through=self.r.choice((*ends, ASKED + timedelta(days=60), ASKED + timedelta(days=60))),
                kinds=self.r.choice(((), ("appoint-member",), ("consult", "reply"))), parties=self.r.choice(((), (), ("AAA",), ("BBB",))),
            )
            for _ in range(self.r.choice((0, 1, 1, 2)))
        )  # fmt: skip

    def standing(self) -> Standing:
        clause = self.clause()
        on = ASKED + timedelta(days=self.r.choice((self.answer, self.organised, max(self.answer, self.organised))) + self.r.choice((0, 1, 1, 2)))
        for state in STATES:
            self.put("ratify", "2020-01-01", state)
        self.dispute()
        self.incident(on)
        entry = EntryIntoForce(kind="entry-into-force", article="1", says="s", when=Consents(kind="consents", number=2, acts=("ratify",)))
        pact = Agreement(
            id="pact", title="Pact", short="Pact", concluded=date(2019, 1, 1), clauses=(Consent(kind="consent", article="1", says="s"), entry, clause)
        )
        register = Register({code: Party(code, "state", (Named(code),)) for code in STATES}, ())
        return Standing(Record((pact,), tuple(self.entries), register, self.coverage()), on=on, known=date(2029, 1, 1))


def timed(seed: int) -> Standing:
    """A record of one dispute and one incident, asked about on a day that decides."""
    return Drawing(seed).standing()
