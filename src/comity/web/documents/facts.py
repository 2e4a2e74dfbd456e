"""What the record knows that a draft says: titles, days, articles, addressees, and the acts on which these rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from comity.acts import Act, Entry
from comity.agreements import PARTY, Clause
from comity.agreements.clauses import Duration, Suspension, Withdrawal
from comity.questions import show
from comity.standing import Change, Standing
from comity.terms import PUBLIC, Answer, BadInput, Delay, Label, Moment, NotOnRecord, Reason, Verdict, join, parse_moment
from comity.web.asking import Asked
from comity.web.documents.effects import day_of_effect
from comity.web.documents.kinds_of_drafts import DraftKind
from comity.web.documents.names_of_parties import Names
from comity.web.documents.papers import Line, Piece, text_of
from comity.web.documents.wordings import Wording
from comity.web.drawing import BOUND
from comity.web.linking import href
from comity.web.status_tables import current_acts

FEW = 3
"""Other parties that a note names one by one, where there is no depositary."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What is to be drafted. ``day``: on which it is taken to be done or received."""

    kind: DraftKind
    agreement: str
    party: str
    other: str
    act: str
    day: date


@dataclass(frozen=True, slots=True)
class Told:
    """The facts, and beside them the clause (its number on the agreement's page) and the acts that they rest on."""

    facts: dict[str, Line]
    number: int
    clause: Clause | None
    entries: tuple[Entry, ...]
    label: Label


class Telling:
    """Tells the facts of one draft, as the reader may see them."""

    def __init__(self, this: Asked, drafting: Drafting, wording: Wording) -> None:
        self.this, self.drafting, self.wording, self.kind = this, drafting, wording, drafting.kind
        self.names = Names(this, wording)
        self.agreement = this.record.agreement(drafting.agreement, this.known) if drafting.agreement else None
        self.acts = this.ask(("draft-acts", drafting.agreement), lambda s: current_acts(drafting.agreement, s)) if self.agreement else []
        self.act = self._named()
        self.refs: set[str] = {self.act.ref} if self.act else set()
        self.label = PUBLIC

    def told(self) -> Told:
        """All of it."""
        number, clause = self._clause()
        found: dict[str, Line] = {**self._who(), **self._agreement(), **self._cited(number, clause), **self._days(clause), **self._done()}
        if self.kind.name == "circulate-entry":
            found |= self._entry()
        if self.kind.name == "object-precluding":
            found["precludes"] = ()
        entries = tuple(e for e in self.this.visible(self.this.record.entries) if e.act.ref in self.refs)
        return Told(found, number, clause, entries, join((self.label, *(e.act.label for e in entries))))

    # -- who writes to whom

    def _who(self) -> dict[str, Line]:
        found: dict[str, Line] = {}
        if party := self.drafting.party or self._depositary():
            found |= {"party": self.names.name(party), "of_party": self.names.of(party), "office": self.names.office(party)}
        other = self.drafting.other or (self.act.actor if self.act else "")
        if other:
            found["other"] = self.names.name(other)
        if other and self.names.is_state(other):
            found["of_other"] = self.names.of(other)
        if addressees := self._addressees():
            found["to"] = self.names.to(addressees)
        if self._depositaries():
            found["depositary"] = ()
        return found

    def _depositaries(self) -> list[str]:
        codes = self.agreement.depositary if self.agreement else ()
        return [code for code in codes if self.names.exists(code) and code != self.drafting.party]

    def _depositary(self) -> str:
        return next(iter(self._depositaries()), "") if self.kind.by == "depositary" else ""

    def _addressees(self) -> list[str]:
        if self.kind.wording == "consent" or self.agreement is None:
            return [self.drafting.other] if self.drafting.other else []
        if self.agreement.depositary:
            return self._depositaries()
        status = self.this.fold.status(self.this.on, self.agreement.id)
        bound = [code for code, verdict, mode in status if verdict is Verdict.YES and mode in BOUND]
        others = [c for c in bound or self.agreement.negotiating if c != self.drafting.party and self.names.exists(c)]
        return others if len(others) <= FEW else []

    # -- what about

    def _agreement(self) -> dict[str, Line]:
        if self.agreement is None:
            return {}
        own = "" if self.wording.language == "en" else "en"
        title: Line = (Piece(self.agreement.title, href(self.this.carried, "agreement", self.agreement.id), lang=own),)
        when: Line = (Piece(self.wording.day(self.agreement.concluded)),)
        if own:
            title = self.wording.fill(str(self.wording.common["quoted"]), {"words": title})
        if self.agreement.place:
            titled = self.wording.phrase("titled_at", agreement=title, place=(Piece(self.agreement.place, lang=own),), concluded=when)
        else:
            titled = self.wording.phrase("titled", agreement=title, concluded=when)
        found: dict[str, Line] = {"agreement": title, "titled": titled}
        if self.agreement.registration:
            found["registration"] = (Piece(self.agreement.registration, lang=own),)
        return found

    def _clause(self) -> tuple[int, Clause | None]:
        """The clause on which it rests, of the first type that the agreement has."""
        clauses = list(enumerate(self.agreement.clauses, 1)) if self.agreement else []
        for wanted in self.kind.clause:
            for number, clause in clauses:
                if isinstance(clause, wanted):
                    return number, clause
        return 0, None

    def _cited(self, number: int, clause: Clause | None) -> dict[str, Line]:
        if clause is not None and self.agreement is not None and clause.article != "-":
            return {"cited": self.wording.cited(clause.article, href(self.this.carried, "clause", self.agreement.id, number))}
        if self.kind.vclt:
            return {"cited": self.wording.phrase("vclt", number=(Piece(self.kind.vclt),))}
        return {}

    # -- when

    def _days(self, clause: Clause | None) -> dict[str, Line]:
        drafting = self.drafting
        found: dict[str, Line] = {"day": (Piece(self.wording.day(drafting.day)),)}
        if not (self.kind.brings and drafting.party and self.agreement):
            return found
        answer = self.this.ask(
            ("draft-bound", drafting.party, drafting.agreement), lambda s: show(s.bound(drafting.party, drafting.agreement), s.viewer)
        )
        self._rest_on(answer)
        if effect := self._effect():
            found["effect"] = (Piece(self.wording.day(effect)),)
        if notice := self.wording.delay(_notice(clause)):
            found["notice"] = (Piece(notice),)
        if isinstance(clause, Withdrawal):
            found["after" if clause.model == "after" else "ahead"] = ()
        return found

    def _effect(self) -> date | None:
        drafting = self.drafting
        act = f"{drafting.kind.name} {drafting.party} {drafting.agreement} {drafting.day.isoformat()}"

        def question(standing: Standing) -> tuple[date | None]:
            return (day_of_effect(standing, act, drafting.party, drafting.agreement, self.kind.brings),)

        return self.this.ask(("draft-effect", act), question)[0]

    def _entry(self) -> dict[str, Line]:
        """Since when it is in force, and for whom on that day."""
        agreement = self.drafting.agreement
        answer = self.this.ask(("draft-force", agreement), lambda s: show(s.in_force(agreement), s.viewer))
        self._rest_on(answer)
        if answer.verdict is not Verdict.YES or answer.since is None:
            return {}
        status = self.this.fold.status(answer.since, agreement)
        bound = [code for code, verdict, mode in status if verdict is Verdict.YES and mode in BOUND]
        found: dict[str, Line] = {"entered": (Piece(self.wording.day(answer.since)),)}
        return {**found, "bound_then": self.wording.listing(sorted(map(self.names.name, bound), key=text_of))} if bound else found

    def _rest_on(self, answer: Answer) -> None:
        self.refs |= set(_refs(answer.because))
        self.label = join((self.label, answer.label))

    # -- an act on record that it is about

    def _named(self) -> Act | None:
        """The act that the URL names, or for a depositary the last that was received."""
        fitting = [act for act in self.acts if act.kind in self.kind.act]
        if self.drafting.act:
            found = next((act for act in self.acts if act.ref == self.drafting.act), None)
            if found is None:
                raise NotOnRecord(f"no act {self.drafting.act!r} is on record under {self.drafting.agreement}; look it up under Acts")
            if found.kind not in self.kind.act:
                raise BadInput(f"the act {found.ref!r} is one of kind {found.kind!r}; this document is about one of {', '.join(self.kind.act)}")
            return found
        if self.drafting.other and self.kind.name.startswith("object"):
            fitting = [act for act in fitting if act.actor == self.drafting.other]
            return fitting[0] if len(fitting) == 1 else None
        return None

    def _done(self) -> dict[str, Line]:
        found: dict[str, Line] = {}
        signed = next((act for act in self.acts if act.kind == "sign" and act.actor == self.drafting.party), None)
        if self.kind.wording == "instrument" and signed is not None and (when := self._on(signed.made)):
            found["signed"] = when
            self.refs.add(signed.ref)
        if (act := self.act) is None:
            return found
        for name, line in {
            "reserved_on": self._on(act.made or act.received),
            "received": self._on(act.received or act.made),
            "proposed": self._on(act.made or act.received),
            "provisions": self.wording.cited(articles, "") if (articles := act.details.get("articles", act.article or "")) else None,
            "deadline": self._on(parse_moment(act.details["objection_until"])) if "objection_until" in act.details else None,
        }.items():
            if line:
                found[name] = line
        return {**found, **(self._received(act) if self.kind.name == "circulate-instrument" else {})}

    def _received(self, act: Act) -> dict[str, Line]:
        """What a depositary received, and what it brings."""
        noun = str(self.wording.common["instruments"][act.kind])
        found: dict[str, Line] = {"instrument": (Piece(noun),), "act_subject": (Piece(f"{noun}: "), *self.names.name(act.actor))}
        change = self._binding(act)
        if change is None:
            return found
        self.refs |= set(_refs(change.because))
        found["effect"] = (Piece(self.wording.day(change.on)),)
        article = next((r.article for r in change.because if r.article and not r.article.startswith("VCLT")), None)
        return {**found, "cited": self.wording.cited(article, self._link(article))} if article else found

    def _binding(self, act: Act) -> Change | None:
        """The first change after the act by which the agreement binds whoever did it."""
        moment = act.received or act.made
        agreement = self.drafting.agreement
        changes = self.this.ask(("draft-since", agreement, act.actor), lambda s: [show(c, s.viewer) for c in s.timeline(agreement, act.actor)])
        later = (c for c in changes if moment is not None and c.on >= moment.first and c.verdict is Verdict.YES and c.mode == PARTY)
        return min(later, key=lambda c: c.on, default=None)

    def _link(self, article: str) -> str:
        """The page of the clause with this article."""
        clauses = enumerate(self.agreement.clauses if self.agreement else (), 1)
        number = next((n for n, clause in clauses if clause.article == article), None)
        return href(self.this.carried, "clause", self.drafting.agreement, number) if number else ""

    def _on(self, moment: Moment | None) -> Line | None:
        """The moment as a day; None where its day is not known."""
        return (Piece(self.wording.day(moment.first)),) if moment is not None and moment.certain else None


def _notice(clause: Clause | None) -> Delay:
    return clause.notice if isinstance(clause, Withdrawal | Suspension | Duration) else ()


def _refs(because: Iterable[Reason]) -> Iterator[str]:
    """Every act in a tree of reasons."""
    for reason in because:
        yield from reason.acts
        yield from _refs(reason.because)
