"""Everything the law looks at for one agreement in one world: its clauses, the acts, the parties, the other agreements.

The docket answers small questions about the acts (who signed when, on which days does a consent count); the rules
themselves are in the modules of this room, each under its article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol, TypeVar

from comity.acts import CONSENT
from comity.agreements.articles import Clause
from comity.agreements.clauses import Agreement, Consent, Supersedes, parties_named
from comity.agreements.course import Course, Line, Link
from comity.agreements.days import BEGIN, EVER, Day, Days, clip, first_from, union
from comity.agreements.deeds import Deed, World, rank
from comity.agreements.rounds import Found, LastRound
from comity.agreements.when import days_when
from comity.parties import Register, Succession
from comity.terms import Reading

C = TypeVar("C", bound=Clause)
T = TypeVar("T")
_TAKEN_BACK = ("withdraw-consent", "denounce")
_DEFAULT_CONSENT = Consent(kind="consent", article="VCLT 11 to 16", says="Consent by any means the law of treaties knows, effective on deposit.")


class Outside(Protocol):
    """What derivation may ask about other agreements: their course, and which later ones supersede this one."""

    def course(self, agreement: str) -> Course | None: ...

    def superseding(self, agreement: str) -> Iterable[tuple[Course, Supersedes]]: ...

    def between(self, agreement: str, a: str, b: str) -> Days: ...


class Docket:
    """One agreement's acts in one world."""

    def __init__(self, agreement: Agreement, deeds: Iterable[Deed], register: Register, outside: Outside, world: World) -> None:
        self.agreement, self.register, self.outside, self.world = agreement, register, outside, world
        self.deeds = sorted(deeds, key=lambda d: (d.received, rank(d.kind), d.ref))
        self._clauses: dict[type[Clause], list[Any]] = defaultdict(list)
        for clause in agreement.clauses:
            self._clauses[type(clause)].append(clause)
        self.consent: Consent = self.clause(Consent) or _DEFAULT_CONSENT
        self._kinds: dict[str, list[Deed]] = defaultdict(list)
        self._actors: dict[str, list[Deed]] = defaultdict(list)
        for deed in self.deeds:
            self._kinds[deed.kind].append(deed)
            self._actors[deed.actor].append(deed)
        self._lines: dict[tuple[str, bool], Line] = {}
        self.begin(Found())

    # -- acts

    def of_kind(self, kind: str) -> list[Deed]:
        return self._kinds[kind]

    def by(self, actor: str) -> list[Deed]:
        return self._actors.get(actor, [])

    def by_person(self, code: str) -> list[Deed]:
        """The acts of the person that acts as ``code``: those under that code, and under others from when they bore the person."""
        line = self.line_of(code)
        own = next(link.start for link in line if link.code == code)
        return [d for link in line for d in self.by(link.code) if link.code == code or d.received >= max(link.start, own)]

    @cached_property
    def named(self) -> frozenset[str]:
        """Codes that acts name beside their actors."""
        among = {code for d in self.deeds if d.act.details for code in d.act.listed("among")}
        return frozenset(among.union(*(d.act.counterparty for d in self.deeds if d.act.counterparty)))

    @property
    def beginning(self) -> Day:
        """The earlier of conclusion and the first act: nothing about the agreement can be met before."""
        return min([self.agreement.concluded.toordinal(), *(min(d.made, d.received) for d in self.deeds)])

    @property
    def actors(self) -> list[str]:
        return sorted(self._actors)

    @property
    def consenting(self) -> list[str]:
        """Actors with any act that may express consent."""
        return sorted({d.actor for kind in CONSENT for d in self.of_kind(kind)})

    def clause(self, kind: type[C]) -> C | None:
        found = self.clauses(kind)
        return found[0] if found else None

    def clauses(self, kind: type[C]) -> list[C]:
        return self._clauses[kind]

    def is_organisation(self, code: str) -> bool:
        party = self.register.parties.get(code)
        return party is not None and party.kind == "organisation"

    # -- signature (VCLT 12 and 18)

    def signature_day(self, deed: Deed) -> Day | None:
        """The day from which a signature counts: its own, and only if confirmed where it was ad referendum (12(2)(b))."""
        if deed.act.flag("ad_referendum") and not any(c.received >= deed.made for c in self.by(deed.actor) if c.kind == "confirm-signature"):
            return None
        return None if self.posthumous(deed, deed.made) else deed.made

    def posthumous(self, deed: Deed, day: Day) -> bool:
        """Was this done when its person had ended? Then it has no effect (a finding)."""
        if day < self.line_of(deed.actor)[-1].end:
            return False
        self.world.find("after-its-end", f"{deed.actor} had ended by then: no effect", deed.ref, self.agreement.id)
        return True

    def signature_days(self) -> dict[str, Days]:
        """The days on which the signature of each actor counts (whether or not it has consented since)."""
        result: dict[str, Days] = {}
        for deed in self.of_kind("sign"):
            day = self.signature_day(deed)
            if day is not None:
                result[deed.actor] = union(result.get(deed.actor, []), self._until_withdrawn(deed.actor, day))
        return result

    def signatory_days(self) -> dict[str, Days]:
        """The days on which each actor is a signatory: by its own signature, or by succession to one."""
        result = self.signature_days()
        for deed in self.of_kind("succeed"):
            succession = self.succession_of(deed)
            if succession is not None and self.only_signature_passes(deed):
                result[deed.actor] = union(result.get(deed.actor, []), self._until_withdrawn(deed.actor, succession.on.toordinal()))
        return result

    def _until_withdrawn(self, actor: str, day: Day) -> Days:
        end = min((d.received for d in self.by(actor) if d.kind == "withdraw-signature" and d.received >= day), default=EVER)
        return [(day, end)]

    # -- consent (VCLT 11 to 16)

    def expresses_consent(self, deed: Deed) -> bool:
        """Is this act, under this agreement, a consent to be bound?"""
        if deed.kind == "sign":
            act = deed.act
            return act.flag("definitive") or (self.consent.signature_binds and "subject_to" not in act.details and not act.flag("ad_referendum"))
        return deed.kind in self.consent.acts and deed.kind in CONSENT

    def consent_day(self, deed: Deed) -> Day | None:
        """The day on which this act establishes consent (16, 78), or None if something it needs is missing."""
        if not self._accessions_known and self.consent.accession_needs is not None:
            self._find_accessions()
        key = id(deed)
        if key not in self._consent_day:
            self._consent_day[key] = self._living(deed, self._find_consent_day(deed))
        return self._consent_day[key]

    def _find_accessions(self) -> None:
        """Accessions may need what other accessions bring about: start from none, and add until nothing more follows."""
        self._accessions_known = True
        waiting = self.of_kind("accede")
        self._consent_day.update(dict.fromkeys(map(id, waiting)))
        while True:
            found = {id(d): self._living(d, self._find_consent_day(d)) for d in waiting}
            if all(self._consent_day[key] == day for key, day in found.items()):
                return
            self._consent_day.update(found)

    def _living(self, deed: Deed, day: Day | None) -> Day | None:
        return None if day is None or self.posthumous(deed, day) else day

    def _find_consent_day(self, deed: Deed) -> Day | None:
        day = self._lodged_on(deed)
        if self.consent.depositaries == "all" and deed.act.depositary is not None:
            everywhere = self._lodged_everywhere(deed)
            if everywhere is None:
                return None
            day = everywhere
        return self.accession_day(deed.actor, day) if deed.kind == "accede" else day

    def _lodged_everywhere(self, deed: Deed) -> Day | None:
        """The day by which such an act was lodged with every depositary, since its person last took its consent back."""
        back = self.taken_back(deed.actor)

        def times(day: Day) -> int:
            return sum(t < day for t in back)

        own = self._lodged_on(deed)
        lodged = [(d.act.depositary, self._lodged_on(d)) for d in self.by(deed.actor) if d.kind == deed.kind]
        firsts = [
            min((day for where, day in lodged if where == depositary and times(day) == times(own)), default=EVER)
            for depositary in self.agreement.depositary
        ]
        everywhere = max(firsts, default=own)
        return everywhere if everywhere < EVER else None

    def _lodged_on(self, deed: Deed) -> Day:
        return deed.made if deed.kind == "sign" else deed.on(self.consent.date)

    def accession_day(self, actor: str, day: Day) -> Day | None:
        """The first day from ``day`` on which what an accession needs is there (15), unless it was taken back before."""
        needed = self.consent.accession_needs
        if needed is None:
            return day
        back = next((t for t in self.taken_back(actor) if t >= day), EVER)
        found = first_from(days_when(needed, self, actor), day)
        return found if found is not None and found <= back else None

    def taken_back(self, actor: str) -> list[Day]:
        """The days on which the person that consents as ``actor`` took its consent back, or gave notice."""
        return sorted(d.received for d in self.by_person(actor) if d.kind in _TAKEN_BACK)

    def consented_days(self) -> dict[str, Days]:
        """For each legal person (by its first code): the days on which its consent, by whatever means bind here, stands."""
        result: dict[str, Days] = {}
        for actor in self._actors:
            result[self.root(actor)] = union(result.get(self.root(actor), []), self.counting_days(actor, self._kinds))
        return result

    def counting_days(self, actor: str, acts: Container[str]) -> Days:
        """The days on which ``actor``'s acts of these consent kinds count towards a number."""
        taken_back = self.taken_back(actor)
        days = [self._counts_from(deed) for deed in self.by(actor) if deed.kind in acts]
        return union([(day, next((t for t in taken_back if t >= day), EVER)) for day in days if day is not None])

    def _counts_from(self, deed: Deed) -> Day | None:
        if deed.kind == "succeed":
            return None if self.only_signature_passes(deed) else self._living(deed, self.succession_notified(deed))
        return self.consent_day(deed) if self.expresses_consent(deed) else None

    # -- succession (1978 Convention)

    def succession_of(self, deed: Deed) -> Succession | None:
        """The succession a *succeed* act rests on: by its detail ``of``, else the successor's only one."""
        found = self.register.predecessors(deed.actor)
        wanted = deed.act.details.get("of")
        if wanted is not None:
            found = [s for s in found if s.predecessor == wanted]
        found = sorted(found, key=lambda s: (not self.by(s.predecessor), s.on, s.predecessor))
        return found[0] if found else None

    def succession_notified(self, deed: Deed) -> Day:
        """The day a succession was notified; a notification before the succession is taken on its day."""
        succession = self.succession_of(deed)
        return deed.received if succession is None else max(deed.received, succession.on.toordinal())

    def only_signature_passes(self, deed: Deed) -> bool:
        """Does this succession give the place of a signatory only? By its own words, or as the round before found."""
        return deed.act.details.get("to") == "signature" or deed.ref in self.last_round.signature_passed

    def line_of(self, code: str, continuous: bool = True) -> Line:
        """The codes under which this legal person appears, from its first to its last."""
        key = (code, continuous)
        if key not in self._lines:
            self._lines[key] = self._find_line(code, continuous)
        return self._lines[key]

    def _find_line(self, code: str, continuous: bool) -> Line:
        first = code
        while continuous and (before := next((s for s in self.register.predecessors(first) if s.how == "continues" and self.continuity(s)), None)):
            first = before.predecessor
        links = [Link(first, BEGIN, self._end_of(first))]
        while continuous and (then := next((s for s in self.register.continuators(links[-1].code) if self.continuity(s)), None)):
            on = then.on.toordinal()
            links[-1] = links[-1]._replace(end=on)
            links.append(Link(then.successor, on, self._end_of(then.successor)))
        return tuple(links)

    def _end_of(self, code: str) -> Day:
        party = self.register.parties.get(code)
        if party is None or not party.exists or party.exists[-1].end is None:
            return EVER
        return party.exists[-1].end.toordinal()

    def root(self, code: str) -> str:
        """The first code of the legal person that bears ``code``: one person is counted once."""
        return self.line_of(code)[0].code

    def bearer(self, code: str, day: Day) -> str:
        """The code under which the legal person that bears ``code`` is known on ``day``."""
        line = self.line_of(code)
        return next((link.code for link in reversed(line) if link.start <= day), line[0].code)

    def person_on(self, code: str, day: Day) -> str:
        """Whom ``code`` meant on ``day``: before it took a person on, whoever bore it alone; from then on, that person."""
        own = next(link for link in self.line_of(code) if link.code == code)
        return code if day < own.start else self.bearer(code, day)

    def bound_elsewhere(self, other: Course, code: str, day: Day) -> Days:
        """The days on which whoever ``code`` meant on ``day`` is bound by another agreement, under whichever code it then had."""
        line = self.line_of(code)
        own = next(link.start for link in line if link.code == code)
        if day >= own:
            return union(*(clip(other.bound_days(link.code), link.start, link.end) for link in line))
        later = [clip(other.bound_days(link.code), max(link.start, own), link.end) for link in line]
        return union(clip(other.bound_days(code), BEGIN, own), *later)

    def continuity(self, succession: Succession) -> bool:
        """Is the successor, in this world, the same legal person? A fork where that is contested."""
        if succession.contested is None:
            return True
        who, whom = succession.successor, succession.predecessor
        if not self.by(whom) and not {who, whom} & parties_named(self.agreement) and whom not in self.named:
            return True  # nothing here turns on it
        readings = (
            Reading(f"{who} continues {whom}", who, succession.source or "parties.toml"),
            Reading(f"{who} is a new person", succession.contested, succession.source or "parties.toml"),
        )
        settled = succession.settled.toordinal() if succession.settled is not None else None
        return self.world.choose(f"continuity:{who}:{whom}", readings, until=settled) == 0

    # -- waivers, and what is already derived

    def waivers(self, party: str, condition: str) -> Days:
        """The days on which ``party`` has waived the condition with this id."""
        deeds = [d for link in self.line_of(party) for d in self.by(link.code)]
        back = sorted((d.received, d.ref) for d in deeds if d.kind == "revoke-waiver")
        given = [(d.received, d.ref) for d in deeds if d.kind == "waive" and condition in d.act.listed("conditions")]
        return union([(at[0], next((b[0] for b in back if b > at), EVER)) for at in given])

    # -- while deriving

    def begin(self, found: Found) -> None:
        """Derive anew, with what the round before found."""
        self.last_round = LastRound(found)
        self._bound: Mapping[str, Days] | None = None
        self._consent_day: dict[int, Day | None] = {}
        self._accessions_known = False
        self._told: dict[Hashable, Any] = {}

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is the same whenever it is asked, once all is derived: worked out the first time."""
        if key not in self._told:
            self._told[key] = work_out()
        found: T = self._told[key]
        return found

    def note_bound(self, bound: Mapping[str, Days]) -> None:
        """Called once the stretches are known, before anything that depends on who is bound is asked."""
        self._bound = bound

    def bound_so_far(self) -> Mapping[str, Days]:
        """Who is bound, as far as is known while deriving."""
        return self.last_round.bound if self._bound is None else self._bound
