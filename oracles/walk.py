"""One agreement, walked day by day in one world: the order of a day, who comes and goes (3.6, 3.7), modes (5.5).

A walk looks at every day on which anything it compares with falls (``reached`` notes each such day), and at the day after
each and after each change; a day that nothing is compared with changes nothing. With ``every_day`` it looks at all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from comity.acts import CONSENT
from comity.agreements.clauses import Agreement, AnyClause, Consent, Duration, EntryIntoForce, ProvisionalApplication, Withdrawal
from comity.parties import Succession
from comity.terms import parse_day
from oracles import endings, entering, standings
from oracles.conditions import waivable
from oracles.history import History, Seat
from oracles.parties import DAY
from oracles.record import Deed
from oracles.standings import Established, Standing

if TYPE_CHECKING:
    from oracles.worlds import World

# 3 the order of groups on one day
_GROUPS = ("signature", "provisional", "consent", "reservation", "declaration", "exit", "else")
_GROUP_OF = {
    "sign": "signature", "confirm-signature": "signature",
    "apply-provisionally": "provisional", "end-provisional": "provisional", "extend-provisional": "provisional",
    "reserve": "reservation", "declare": "declaration", "waive": "declaration", "revoke-waiver": "declaration",
    "denounce": "exit", "expel": "exit", "revoke-denunciation": "exit", "suspend-denunciation": "exit", "terminate": "exit",
}  # fmt: skip
_Kind = TypeVar("_Kind", bound=AnyClause)


@dataclass(frozen=True)
class PartyClaim:
    """That a person starts, or ends, on a day; ``about``: the consent day of the stretch it speaks of, as derived."""

    person: str
    day: date
    about: date | None


@dataclass
class Claims:
    """2 (iv) what a depositary claims, in a world where that is taken as true."""

    entry: date | None = None
    end: date | None = None
    starts: list[PartyClaim] = field(default_factory=list)
    ends: list[PartyClaim] = field(default_factory=list)


class Walk:
    """The state of one agreement on the day reached (``today``)."""

    def __init__(self, world: World, agreement: Agreement, *, party_claims: bool = True) -> None:
        self.world = world
        self.people = world.people
        self.agreement = agreement
        self.deeds: list[Deed] = world.deeds(agreement.id)
        self.standings: dict[str, Standing] = {}
        self.history = History(agreement.id)
        self.alarms: set[date] = set()
        self.consent_clause = self.clause(Consent)
        self.consent_kinds = self.consent_clause.acts if self.consent_clause else CONSENT
        self.withdrawal = self.clause(Withdrawal)
        self.provisional_clause = self.clause(ProvisionalApplication)
        self.entries = [c for c in agreement.clauses if isinstance(c, EntryIntoForce)]
        self.each_own = any(waivable(c.when) or waivable(c.floor) for c in self.entries)
        self.met: dict[tuple[int, str | None], date] = {}
        self.entered: dict[str | None, tuple[date, date]] = {}
        self.entry: date | None = None
        duration = self.clause(Duration)
        self.term_end: date | None = duration.until if duration is not None and not duration.term else None
        self.last_term_end: date | None = None
        self.term_over = False
        self.prolongations_used: set[str] = set()
        self.ended: date | None = None
        self.succession: dict[str, str] = {}
        self.claims = self._claims(party_claims)
        # 4.3 no clause, and nobody named as negotiating
        self.history.undecided = not self.entries and not agreement.negotiating and self.claims.entry is None
        claimed = [d for d in (self.claims.entry, self.claims.end) if d is not None]
        claimed += [claim.day for claim in (*self.claims.starts, *self.claims.ends)]
        self.first = min([agreement.concluded, *claimed, *(min(d.made, d.received, d.notified, d.effect or d.made) for d in self.deeds)])
        self.today = self.first

    # -- small helpers ------------------------------------------------------------------------------------------------

    def clause(self, kind: type[_Kind]) -> _Kind | None:
        return next((c for c in self.agreement.clauses if isinstance(c, kind)), None)

    def reached(self, day: date) -> bool:
        if day > self.today:
            self.alarms.add(day)
        return day <= self.today

    def person(self, code: str) -> str:
        return self.people.person(code, self.today)

    def same(self, code: str, codes: tuple[str, ...]) -> bool:
        return self.people.one(code) in {self.people.one(other) for other in codes}

    def predecessor(self, deed: Deed) -> Succession | None:
        # 3.5 of several predecessors the first that acted under the agreement
        return self.people.predecessor(deed.actor, deed.details.get("of"), {d.actor for d in self.deeds})

    def standing(self, person: str) -> Standing:
        return self.standings.setdefault(person, Standing())

    def other(self, agreement_id: str) -> History:
        return self.world.history(agreement_id)

    def everyone(self) -> set[str]:
        return set(self.standings) | {self.person(d.actor) for d in self.deeds}

    def signatories_now(self) -> set[str]:
        return {person for person, standing in self.standings.items() if standing.signature is not None}

    def parties_now(self) -> set[str]:
        return {person for person, standing in self.standings.items() if standing.bound}

    def accepters_now(self) -> set[str]:
        return {p for p, standing in self.standings.items() if standing.bound and standing.stretch is not None and standing.stretch.by != "base"}

    def day_of(self, deed: Deed) -> date:
        """The day on which an act does its work here."""
        if deed.kind == "sign":
            return deed.made  # 3.1, 3.3
        if deed.kind in self.consent_kinds:
            return self._by(deed, self.consent_clause.date if self.consent_clause else "received")  # 3.3
        if deed.kind == "denounce":
            return self._by(deed, self.withdrawal.date if self.withdrawal else "received")  # 6
        if deed.kind in ("apply-provisionally", "expel", "terminate"):
            return deed.effect or deed.received  # 5.4, 6.7, 7.4
        return deed.received

    @staticmethod
    def _by(deed: Deed, name: str) -> date:
        return {"made": deed.made, "received": deed.received, "notified": deed.notified}[name]

    def todays(self) -> list[Deed]:
        # 3 in the order of group, then reference
        def order(deed: Deed) -> tuple[int, str, str]:
            group = "consent" if deed.kind in self.consent_kinds else _GROUP_OF.get(deed.kind, "else")
            return _GROUPS.index(group), deed.ref, deed.id

        return sorted((d for d in self.deeds if self.day_of(d) == self.today), key=order)

    def _claims(self, party_claims: bool) -> Claims:
        claims = Claims()
        derived: History | None = None
        for deed in sorted(self.deeds, key=lambda d: (d.ref, d.id)):
            # 2 (iv) as derived, and as claimed
            from_depositary = deed.kind == "assert" and deed.details.get("standing") == "depositary" and deed.actor in self.agreement.depositary
            if not from_depositary or self.world.choose(("claim", deed.id), 2) == 0:
                continue
            said = {name: parse_day(deed.details[name]) for name in ("in_force", "ended", "bound_from", "bound_until") if name in deed.details}
            # 4.4 of the agreement only where no party is named
            party = deed.details.get("party")
            if party is None:
                claims.entry = said.get("in_force", claims.entry)
                claims.end = said.get("ended", claims.end)
            elif party_claims:
                if derived is None:
                    derived = Walk(self.world, self.agreement, party_claims=False).run(self.world.horizon, self.world.every_day)
                self._party_claims(claims, party, said, derived)
        return claims

    def _party_claims(self, claims: Claims, party: str, said: dict[str, date], derived: History) -> None:
        # 2 (iv) a claimed start is about the stretch open on that day; a claimed end about the last that started before it
        if "bound_from" in said:
            day = said["bound_from"]
            person = self.people.person(party, day)
            claims.starts.append(PartyClaim(person, day, derived.seat(person, day).consented))
        if "bound_until" in said:
            day = said["bound_until"]
            person = self.people.person(party, day - DAY)
            covered = [
                seats[person].consented
                for on, seats in zip(derived.days, derived.seats, strict=True)
                if on < day and person in seats and seats[person].covered
            ]
            if covered:
                claims.ends.append(PartyClaim(person, day, covered[-1]))

    # -- the walk -----------------------------------------------------------------------------------------------------

    def run(self, horizon: date, every_day: bool) -> History:
        self.alarms |= self.people.turning_days()
        for deed in self.deeds:
            self.alarms |= {deed.made, deed.received, self.day_of(deed)}
        for name in self.world.leans_on(self.agreement.id):
            self.alarms |= set(self.other(name).changes())
        while self.today <= horizon:
            noted = self.today in self.alarms
            self._step()
            seats = self.history.seats
            self.alarms = {d for d in self.alarms if d > self.today}
            tomorrow = every_day or noted or len(seats) < 2 or seats[-1] != seats[-2]
            if not tomorrow and not self.alarms:
                break
            self.today = self.today + DAY if tomorrow else min(self.alarms)
        self.history.ended = self.ended
        return self.history

    def _step(self) -> None:
        self._pass_on()
        self._extinguish()
        standings.signatures(self)
        established = standings.consents(self)
        endings.due(self)
        entering.expire(self)
        for consent in established:
            self._open(consent)
        entering.claimed_starts(self)
        entering.provisional(self)
        endings.taken_back(self)
        entering.entry(self)
        entering.starts(self)
        endings.acts(self)
        entering.starts(self)
        endings.exits(self)
        entering.by_the_base(self)
        endings.due_today(self)
        entering.expire(self)
        parties = self.parties_now()
        for standing in self.standings.values():
            if standing.stretch is not None and standing.bound and len(parties) >= 2:
                standing.stretch.in_force_once = True  # 8
        self.history.days.append(self.today)
        self.history.seats.append({person: self._seat(person, standing) for person, standing in self.standings.items()})

    def _seat(self, person: str, standing: Standing) -> Seat:
        if self.people.gone(person, self.today):
            return Seat()  # 5.5 none once the person has ended
        stretch, provisional = standing.stretch, standing.provisional[-1] if standing.provisional else None
        if provisional is not None and not self.reached(self.agreement.concluded):
            provisional = None  # 5.4 not before the agreement is concluded
        # 8 left alone after having been in force with another: bound to nobody
        alone = stretch is not None and stretch.in_force_once and len(self.parties_now()) < 2
        # 5.5 modes by precedence
        if standing.bound:
            mode = "former" if alone else "party"
        elif provisional is not None:
            mode = "provisional"
        elif stretch is not None:
            mode = "contracting"
        elif standing.former:
            mode = "former"
        else:
            mode = "none" if standing.signature is None else "signatory"
        return Seat(
            mode,
            covered=standing.bound,
            consented=stretch.day if stretch else None,
            start=stretch.start if stretch else None,
            signed=standing.signature is not None,
            suspended_until=stretch.suspended_until if stretch else None,
            by_base=stretch is not None and stretch.by == "base",
            provisional_by=provisional.ref if provisional else None,
            provisional_articles=provisional.articles if provisional else (),
        )

    # -- 3.6, 3.7: who comes and goes -----------------------------------------------------------------------------------

    def _pass_on(self) -> None:
        # 3.6 P's open stretch, signature and pending notices pass to S on b, and P's end there
        for succession in self.people.moves(self.today):
            for (clause, person), day in list(self.met.items()):
                if person == succession.predecessor:  # one person, and one entry into force of its own
                    key = (clause, succession.successor)
                    self.met[key] = min(day, self.met.get(key, day))
            if succession.predecessor in self.entered:
                found = (self.entered[succession.predecessor], self.entered.get(succession.successor))
                self.entered[succession.successor] = min((f for f in found if f is not None), key=lambda entry: entry[1])
            old = self.standings.get(succession.predecessor)
            if old is None:
                continue
            new = self.standings.get(succession.successor)
            if new is not None:
                old.counted += new.counted
                old.signatures_counted += new.signatures_counted
                old.provisional += new.provisional
                old.waiting += new.waiting
                old.terminates = old.terminates or new.terminates
                old.former = old.former or new.former
                if new.stretch is not None and old.stretch is None:
                    old.stretch, old.notices = new.stretch, new.notices
                if old.signature is None:
                    old.signature, old.to_apply = new.signature, new.to_apply
            self.standings[succession.successor] = old
            self.standings[succession.predecessor] = Standing()

    def _extinguish(self) -> None:
        # 3.7 stretch, signature and provisional application end; what was done before still counts
        for person, standing in self.standings.items():
            if self.people.gone(person, self.today):
                standing.close(self.today)
                standing.signature = None
                standing.end_provisional()
                standing.waiting.clear()

    def _open(self, consent: Established) -> None:
        # 3.4 consent while a stretch is open opens nothing; 7.8 later consents have no effect
        standing = self.standing(consent.person)
        if standing.stretch is None and self.ended is None:
            standing.stretch, standing.may_return = consent.stretch, False
