"""Section 9 of the contract: what holds between two parties on the day asked about, in one world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.agreements.clauses import Agreement, Amendment, Reservations, Suspension
from comity.terms import Step, Verdict, add, parse_day
from oracles.record import Deed, amendments, superseders
from oracles.worlds import World

ExceptionMade = tuple[str, str, str]
TWELVE_MONTHS = (Step(months=12),)


@dataclass(frozen=True)
class Suspended:
    """9.3 a suspension in operation: by whom, towards whom (None: all), but not those in ``freed``; of what (empty: all)."""

    by: str
    towards: frozenset[str] | None
    freed: frozenset[str]
    articles: tuple[str, ...]
    ref: str

    def against(self, other: str) -> bool:
        return (self.towards is None or other in self.towards) and other not in self.freed


class Pairs:
    """One agreement on the day asked about, in one world."""

    def __init__(self, world: World, agreement: Agreement) -> None:
        self.world = world
        self.agreement = agreement
        self.on = world.on
        self.history = world.history(agreement.id)
        self.deeds = world.deeds(agreement.id)

    def person(self, code: str) -> str:
        return self.world.people.person(code, self.on)

    def one(self, code: str) -> str:
        return self.world.people.one(code)

    def persons(self, codes: tuple[str, ...]) -> frozenset[str]:
        # 3.6 a name of either names both
        return frozenset(self.one(code) for code in codes)

    # -- 5.5, 9.3: modes ----------------------------------------------------------------------------------------------

    def mode(self, code: str) -> str:
        seat = self.history.seat(code, self.on)
        if seat.mode != "party":
            return seat.mode
        waiting = seat.suspended_until is not None and self.on < seat.suspended_until  # 3.5 decolonised
        everything = any(s.by == code and s.towards is None and not s.freed and not s.articles for s in self.suspensions())
        return "suspended" if waiting or everything else "party"

    def bound(self, code: str) -> Verdict:
        # 5.5
        if self.mode(code) in ("party", "provisional"):
            return Verdict.YES
        # 4.3 no clause says when it enters into force
        return Verdict.UNKNOWN if self.history.undecided and self.mode(code) == "contracting" else Verdict.NO

    def suspensions(self) -> list[Suspended]:
        found = []
        clause = next((c for c in self.agreement.clauses if isinstance(c, Suspension)), None)
        for deed in self.deeds:
            if deed.kind != "suspend":
                continue
            by = self.person(deed.actor)
            start = deed.effect or add(deed.received, clause.notice if clause else ())
            over = "until" in deed.details and parse_day(deed.details["until"]) <= self.on
            if start > self.on or over or self.history.seat(by, self.on).mode != "party":
                continue
            running = self._resumed(deed, by)
            # 9.3 settled, or else: no effect, and suspended
            if running is not None and (self._settled(deed, start, clause) or self.world.choose(("suspend", deed.id), 2) == 1):
                found.append(running)
        return found

    def _touches(self, suspended: Suspended, a: str, b: str) -> bool:
        return any(suspended.by == one and suspended.against(self.one(other)) for one, other in ((a, b), (b, a)))

    def _settled(self, deed: Deed, start: date, clause: Suspension | None) -> bool:
        named, articles = self.persons(deed.counterparty), deed.listed("articles")
        if clause is not None and (not clause.articles or (articles and set(articles) <= set(clause.articles))):
            return True  # 57(a)
        also = {self.one(d.actor) for d in self.deeds if d.kind == "suspend"}
        if named and named <= also:
            return True  # 58
        if named and deed.details.get("ground") == "material breach":
            return True  # 60(2)(b)
        parties = {self.one(code) for code in self.history.covered(start)}
        return bool(parties) and parties <= also  # 57(b)

    def _resumed(self, deed: Deed, by: str) -> Suspended | None:
        """What is left of a suspension after the same party's acts of resumption."""
        towards, freed, articles = self.persons(deed.counterparty) or None, frozenset[str](), deed.listed("articles")
        for other in self.deeds:
            if other.kind != "resume" or self.person(other.actor) != by or not deed.received <= other.received <= self.on:
                continue
            # 9.3 one with counterparties towards these only, one with articles for these only
            named = other.listed("articles")
            if named:
                if articles and not other.counterparty:
                    articles = tuple(a for a in articles if a not in named)
                    if not articles:
                        return None
            elif other.counterparty:
                freed |= self.persons(other.counterparty)
            else:
                return None
        return Suspended(by, towards, freed, articles, deed.ref)

    # -- 9: in force between ------------------------------------------------------------------------------------------

    def between(self, a: str, b: str) -> Verdict:
        both = (self.bound(a), self.bound(b))
        if Verdict.NO not in both and Verdict.UNKNOWN in both:
            return Verdict.UNKNOWN  # 4.3 no clause says when it enters into force
        if Verdict.NO in both or self._excluded(a, b) or self._suspended(a, b):
            return Verdict.NO
        if any(self._reserved_out(r, o) for r, o in ((a, b), (b, a))):
            return Verdict.NO
        verdict = Verdict.YES
        # 9.4 a later agreement with `supersedes` this one is in force between them
        for later in superseders(self.agreement.id, self.world.view):
            instead = Pairs(self.world, later).between(a, b)
            if instead is Verdict.YES:
                return Verdict.NO
            if instead is Verdict.UNKNOWN:
                verdict = Verdict.UNKNOWN
        return verdict

    def _excluded(self, a: str, b: str) -> bool:
        # 9.1 by one naming the other, from its received day until restore-relations
        for one, other in ((a, b), (b, a)):
            excluded = False
            for deed in sorted(self.deeds, key=lambda d: (d.received, d.ref)):
                if deed.received <= self.on and self.person(deed.actor) == one and self.one(other) in self.persons(deed.counterparty):
                    if deed.kind == "exclude-relations":
                        excluded = True
                    elif deed.kind == "restore-relations":
                        excluded = False
            if excluded:
                return True
        return False

    def _suspended(self, a: str, b: str) -> bool:
        return "suspended" in (self.mode(a), self.mode(b)) or any(not s.articles and self._touches(s, a, b) for s in self.suspensions())

    # -- 9.2: reservations --------------------------------------------------------------------------------------------

    def _reservations(self, r: str, o: str) -> list[tuple[Deed, tuple[str, ...]]]:
        """The reservations of R that stand towards O today, with the articles still touched."""
        found = []
        for deed in self.deeds:
            if deed.kind != "reserve" or self.person(deed.actor) != r or deed.received > self.on:
                continue
            # 22(3) a withdrawal operates for the other on its notified day
            gone = [d for d in self._replies("withdraw-reservation", deed, r) if d.notified <= self.on]
            articles = deed.articles()
            freed = {article for d in gone for article in d.listed("articles")}
            left = tuple(article for article in articles if article not in freed)
            if left and all(d.listed("articles") for d in gone):
                found.append((deed, left))
        return found

    def _replies(self, kind: str, to: Deed, by: str) -> list[Deed]:
        return [d for d in self.deeds if d.kind == kind and d.answers(to) and self.person(d.actor) == by]

    def _permitted(self, deed: Deed) -> bool:
        clause = self._reservation_clause()
        if clause is None or clause.permitted == "any":
            return True
        named = [_within(article, clause.articles) for article in deed.articles()]
        if clause.permitted == "only":
            return all(named)
        return clause.permitted == "except" and not any(named)

    def _reservation_clause(self) -> Reservations | None:
        return next((c for c in self.agreement.clauses if isinstance(c, Reservations)), None)

    def _attitude(self, deed: Deed, o: str) -> tuple[str, str]:
        """What O makes of a reservation today: accepted, objected, precluded or open; and the act that says so."""
        clause = self._reservation_clause()
        if deed.flag("authorised") or (clause is not None and clause.acceptance == "none"):
            return "accepted", deed.ref  # accepted at once
        if any(d.received <= self.on for d in self._replies("accept-reservation", deed, o)):
            return "accepted", deed.ref
        deadline = add(deed.notified, TWELVE_MONTHS)
        consented = self.history.seat(o, self.on).consented
        if consented is not None:
            deadline = max(deadline, consented)  # 20(5)
        # an objection not yet made, or made too late, changes nothing
        made = [d for d in self._replies("object", deed, o) if d.received <= min(self.on, deadline)]
        stand = [d for d in made if not any(w.notified <= self.on for w in self._replies("withdraw-objection", d, o))]
        for objection in sorted(stand, key=lambda d: (not d.flag("precludes"), d.received, d.ref)):
            return ("precluded" if objection.flag("precludes") else "objected"), objection.ref
        # an objection withdrawn reads as acceptance
        return ("accepted" if made or self.on >= deadline else "open"), deed.ref

    def _reserved_out(self, r: str, o: str) -> bool:
        # 20(4)(a), 20(4)(b): not in force between the two on that account
        standing = [d for d, _ in self._reservations(r, o) if self._permitted(d) and not self._late(d, r)]
        return any(self._attitude(d, o)[0] in ("open", "precluded") for d in standing)

    def _late(self, deed: Deed, r: str) -> bool:
        # 9.2 received after R's stretch had started: relations stay as they are, unless it is accepted
        start = self.history.seat(r, self.on).start
        return start is not None and deed.received > start

    # -- 9.5: exceptions ----------------------------------------------------------------------------------------------

    def exceptions(self, a: str, b: str) -> frozenset[ExceptionMade]:
        found: set[ExceptionMade] = set()
        if Verdict.UNKNOWN in (self.bound(a), self.bound(b)):
            return frozenset()  # 4.3
        for r, o in ((a, b), (b, a)):
            for deed, articles in self._reservations(r, o):
                attitude, ref = self._attitude(deed, o)
                how = {"accepted": "reservation", "objected": None if self._late(deed, r) else "objection"}.get(attitude)
                if not self._permitted(deed):
                    how, ref = "reservation not permitted", deed.ref
                found |= {(article, how, ref) for article in articles if how is not None}
        found |= {(article, "suspended", s.ref) for s in self.suspensions() if self._touches(s, a, b) for article in s.articles}
        for code in (a, b):
            seat = self.history.seat(code, self.on)
            if seat.mode == "provisional":
                found |= {(article, "provisional: only", seat.provisional_by or "") for article in seat.provisional_articles}
        return frozenset(found | self._agreed(a, b))

    def _agreed(self, a: str, b: str) -> set[ExceptionMade]:
        """Declarations and modifications between some only."""
        found: set[ExceptionMade] = set()
        for deed in self.deeds:
            how = self._changes(deed)
            if how is None or deed.received > self.on:
                continue
            among = self.persons(deed.listed("among"))
            if among:
                # once each of them has declared, or agreed (41)
                done = {
                    self.one(d.actor)
                    for d in self.deeds
                    if d.kind == deed.kind and self._changes(d) and d.received <= self.on and self.persons(d.listed("among")) == among
                }
                operates = self.persons((a, b)) <= among <= done
            else:
                operates = deed.kind == "declare" and self.person(deed.actor) in (a, b)
            if operates:
                found |= {(article, how, deed.ref) for article in deed.articles()}
        return found

    @staticmethod
    def _changes(deed: Deed) -> str | None:
        if deed.kind == "modify-inter-se":
            return "modified inter se"
        effect = deed.details.get("effect", "none")
        return effect if deed.kind == "declare" and effect in ("disapplies", "modifies") else None

    # -- 9.6: text ----------------------------------------------------------------------------------------------------

    def texts(self, a: str, b: str) -> tuple[str, ...]:
        found = [self.agreement.id]
        clause = next((c for c in self.agreement.clauses if isinstance(c, Amendment)), None)
        for amending in amendments(self.agreement.id, self.world.view):
            pair = Pairs(self.world, amending)
            if not pair.history.in_force(self.on):
                continue
            everyone = clause is not None and clause.binds == "all"
            if everyone or all(pair.bound(code) is Verdict.YES for code in (a, b)):
                found.append(amending.id)
        return (*found, *self._amended_by_act())

    def _amended_by_act(self) -> list[str]:
        done = sorted(((d.effect or d.received, d.ref, d) for d in self.deeds if d.kind == "amend"), key=lambda item: item[:2])
        done = [item for item in done if item[0] <= self.on]
        actors = {self.person(d.actor) for _, _, d in done}
        parties = self.history.parties(self.on)
        by_all = bool(parties) and parties <= actors
        organs = ("organ", "organisation")
        return [ref for _, ref, d in done if by_all or self.world.people.kind(d.actor) in organs]


def _within(article: str, named: tuple[str, ...]) -> bool:
    # 9.2 IX(1) is within IX
    return any(article == name or article.startswith(f"{name}(") for name in named)
