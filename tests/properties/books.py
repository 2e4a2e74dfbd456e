"""Random small books for property tests: one to three agreements, a handful of parties, up to fourteen acts.

No agreement leans on itself, not even round several corners: conditions, dependence, parents and amendments look to earlier
agreements only, and only an earlier agreement supersedes a later one (``ORDER``; time does not come into it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from comity.acts import CONSENT, Act, Entry, Source
from comity.agreements.clauses import (
    ActDone,
    Agreement,
    AllOf,
    Amendment,
    AnyClause,
    AnyOf,
    Condition,
    Consent,
    Consents,
    Dependence,
    Duration,
    EntryIntoForce,
    Fact,
    InForce,
    LaterParties,
    MinimumParties,
    NoAct,
    NotBefore,
    NoWithdrawal,
    PartySet,
    ProvisionalApplication,
    Reservations,
    Supersedes,
    Suspension,
    Waivable,
    Withdrawal,
)
from comity.parties import Named, Party, Register, Span, Succession
from comity.terms import PUBLIC, Delay, Label, Moment, Step, add, parse_moment

Book = tuple[list[Agreement], list[Entry], Register]

ORDER = ("alpha", "beta", "gamma")
STATES = ("AAA", "BBB", "CCC", "DDD")
OLD, NEW = "OLD", "NEW"
ORGANISATION, ORGAN, DEPOSITARY = "ORG", "ORG/COUNCIL", "DEP"
ACTORS = (*STATES, OLD, NEW, ORGANISATION)
VIEWERS = (None, "AAA", "BBB", "public")
FIRST_DAY = date(2000, 1, 1)
ARTICLES = ("1", "2", "2(1)", "3")
_SAID: dict[str, Any] = {"article": "1", "says": "in a random book"}
_T = TypeVar("_T")


# -- days -------------------------------------------------------------------------------------------------------------


def days() -> st.SearchStrategy[date]:
    """Mostly the first or middle of a month, so that days meet; sometimes any day."""
    return st.integers(0, 10**6).map(lambda number: Making(Random(number).randrange).day())


def question_days() -> st.SearchStrategy[date]:
    """Days to ask about: mostly after the first acts, sometimes after the last."""
    return st.one_of(days(), st.builds(date, st.integers(2002, 2006), st.integers(1, 12), st.sampled_from((1, 2, 15))))


DELAYS: tuple[Delay, ...] = (
    (), (), (Step(days=1),), (Step(days=30),), (Step(days=90),), (Step(months=3),), (Step(months=12),), (Step(years=1),), (Step(month_start=1),),
    (Step(days=60), Step(month_start=1)), (Step(month_start=6),), (Step(months=1, end_of_month="next"),),
)  # fmt: skip
TERMS: tuple[Delay, ...] = ((Step(years=1),), (Step(months=6),), (Step(years=2),), (Step(months=18),))


@dataclass
class Making:
    """What is being made: ``pick(n)`` gives a number below n; how many uncertain dates are left to give; the acts so far."""

    pick: Callable[[int], int]
    theme: str = ""
    before: tuple[str, ...] = ()
    uncertain: int = 3
    acts: list[Act] = field(default_factory=list)
    used: list[date] = field(default_factory=list)

    def on(self, theme: str, percent: int) -> bool:
        """A chance that is high in books of that theme."""
        return self.chance(85 if theme == self.theme else percent)

    def one(self, *options: _T) -> _T:
        return options[self.pick(len(options))]

    def chance(self, percent: int) -> bool:
        return self.pick(100) >= 100 - percent

    def some(self, options: tuple[str, ...], least: int = 0, most: int = 3) -> tuple[str, ...]:
        left, found = list(options), []
        for _ in range(least + self.pick(most - least + 1)):
            found.append(left.pop(self.pick(len(left))))
        return tuple(found)

    def day(self, first: int = 2000, last: int = 2004) -> date:
        year, month = first + self.pick(last - first + 1), 1 + self.pick(12)
        return date(year, month, self.one(1, 1, 1, 15, 15, 1 + self.pick(28)))

    def near(self) -> date:
        """A day on which something else may fall: that of an earlier act, a day beside it, or a delay after it."""
        day = self.one(*self.used)
        return add(day, self.one(*DELAYS, *TERMS)) if self.chance(50) else day + timedelta(days=self.one(0, 0, 1, -1))

    def later_day(self) -> date:
        return self.day(2001, 2006)

    def delay(self) -> Delay:
        return self.one(*DELAYS)


# -- conditions -------------------------------------------------------------------------------------------------------


def _party_set(m: Making) -> PartySet:
    of = m.one("anyone", "anyone", "signatories", "negotiating", "named", "parties", *(["members"] if m.before else []))
    frozen = m.day() if of == "members" and m.chance(50) else None
    return PartySet(
        of=of,  # type: ignore[arg-type]
        parties=m.some(ACTORS, 1, 4) if of == "named" else (),
        agreement=m.one(*m.before) if of == "members" else None,
        frozen=frozen,
        attribute="quota" if m.chance(15) else None,
        at_least=2,
        except_=m.some(ACTORS, 1, 1) if m.chance(15) else (),
    )


def _consents(m: Making) -> Consents:
    by = _party_set(m)
    number = m.one(*((1, 2, 2, 3) if by.of == "anyone" else (1, 2, "all", "majority", "2/3", "1/2")))
    acts = m.one(CONSENT, CONSENT, CONSENT, ("ratify",), ("ratify", "accede"), ("sign",), ("sign", "ratify"), ("notify",))
    return Consents(
        kind="consents", number=number, acts=acts, by=by, including=m.some(ACTORS, 1, 1) if m.chance(15) else (), organisations=m.chance(20)
    )


def _condition(m: Making, depth: int = 2, waive: bool = False) -> Condition:
    kinds = ["not-before", "act", "no-act", "fact", "consents"] + (["in-force"] if m.before else []) + (["all", "any"] if depth else [])
    kinds += ["waivable", "waivable"] if waive and depth else []
    kind = m.one(*kinds)
    if kind == "not-before":
        if m.chance(50):
            return NotBefore(kind="not-before", day=m.day())
        return NotBefore(kind="not-before", after="open", delay=m.delay())
    if kind == "act":
        return ActDone(kind="act", acts=m.one(("invite",), ("decide", "invite")), actors=m.one((), (ORGAN,), ("AAA",)))
    if kind == "no-act":
        return NoAct(kind="no-act", acts=("refuse-amendment",), after=m.one("open", "adopt"), within=m.one(*TERMS), by=_party_set(m))
    if kind == "fact":
        return Fact(kind="fact", fact="conflict", present=m.chance(40), of_party=m.chance(50))
    if kind == "in-force":
        return InForce(kind="in-force", agreement=m.one(*m.before), party=m.one(None, None, *STATES[:2], OLD))
    if kind == "waivable":
        return Waivable(kind="waivable", id=m.one("w1", "w2"), condition=_condition(m, depth - 1))
    if kind == "consents":
        return _consents(m)
    parts = (_condition(m, depth - 1, waive), _condition(m, depth - 1, waive))
    return AllOf(kind="all", of=parts) if kind == "all" else AnyOf(kind="any", of=parts)


# -- clauses ----------------------------------------------------------------------------------------------------------


def _consent_clause(m: Making) -> Consent:
    return Consent(
        kind="consent",
        acts=m.one(CONSENT, CONSENT, CONSENT, ("ratify", "accede"), ("ratify", "accept", "notify-completion")),
        signature_binds=m.chance(30),
        accession_needs=_condition(m, 1) if m.on("conditions", 35) else None,
        date=m.one("received", "received", "made", "notified"),
        depositaries="all" if m.on("depositaries", 33) else "first",
        **_SAID,
    )


def _entry_clauses(m: Making) -> list[AnyClause]:
    def one() -> EntryIntoForce:
        simple = Consents(kind="consents", number=m.one(1, 2, 2), acts=CONSENT)
        plain = 10 if m.theme in ("conditions", "waiving") else 45
        when = simple if m.chance(plain) else _consents(m) if m.chance(20 if m.theme == "waiving" else 50) else _condition(m, waive=True)
        if m.theme == "waiving" and m.chance(60):
            when = AllOf(kind="all", of=(simple, Waivable(kind="waivable", id=m.one("w1", "w2"), condition=_condition(m, 1))))
        floor = _condition(m, 1) if m.on("conditions", 20) else None
        return EntryIntoForce(kind="entry-into-force", when=when, delay=m.delay(), floor=floor, **_SAID)

    return [one() for _ in range(m.one(1, 1, 1, 1, 1, 1, 0, 2))]


def _duration(m: Making) -> Duration:
    shape = m.one("term", "term", "renews", "renews", "until", "while")
    return Duration(
        kind="duration",
        term=m.one(*TERMS) if shape in ("term", "renews") else (),
        until=m.later_day() if shape == "until" else None,
        renews=m.one(*TERMS) if shape == "renews" else (),
        notice=m.one((), (Step(months=3),), (Step(days=30),)) if shape != "while" else (),
        while_=_condition(m, 1) if shape == "while" else None,
        prolonged_by=m.one("all", "accepters"),
        **_SAID,
    )


def _withdrawal(m: Making) -> Withdrawal:
    return Withdrawal(
        kind="withdrawal",
        notice=m.delay(),
        model=m.one("after", "in-advance"),
        date=m.one("received", "received", "made", "notified"),
        not_before=m.one((), (), (Step(years=1),)),
        not_before_means=m.one("notice", "effect"),
        not_while=_condition(m, 1) if m.chance(20) else None,
        at_term=m.chance(25),
        ends=m.one("party", "party", "party", "agreement"),
        **_SAID,
    )


def _clauses(m: Making, after: tuple[str, ...]) -> tuple[AnyClause, ...]:
    found: list[AnyClause] = []
    if m.on("depositaries", 50):
        found.append(_consent_clause(m))
    found += _entry_clauses(m)
    for _ in range(m.one(0, 0, 1, 2)):
        acts = m.one((), (), ("accede",), ("ratify", "accept"))
        switch: Any = m.one("entry", "threshold")
        found.append(LaterParties(kind="later-parties", delay=m.delay(), switch=switch, acts=acts, **_SAID))
    if m.on("provisional", 25):
        lasts_from: Any = m.one("open", "start")
        by: Any = m.one("act", "signature")
        lasts: Delay = m.one((), (Step(years=1),))
        delay, articles = m.delay(), m.some(ARTICLES, 0, 1)
        found.append(
            ProvisionalApplication(kind="provisional-application", by=by, delay=delay, lasts=lasts, lasts_from=lasts_from, articles=articles, **_SAID)
        )
    if m.on("reserving", 30):
        permitted: Any = m.one("any", "none", "only", "except")
        acceptance: Any = m.one("tacit", "tacit", "none")
        found.append(Reservations(kind="reservations", permitted=permitted, articles=m.some(ARTICLES, 1, 2), acceptance=acceptance, **_SAID))
    if m.on("amending", 20):
        found.append(Amendment(kind="amendment", binds=m.one("accepters", "all"), **_SAID))
    if m.on("terms", 35):
        found.append(_duration(m))
    way_out = m.one("withdrawal", "withdrawal", "withdrawal", "none", "no-withdrawal")
    if way_out == "withdrawal":
        found.append(_withdrawal(m))
    elif way_out == "no-withdrawal":
        found.append(NoWithdrawal(kind="no-withdrawal", **_SAID))
    if m.on("suspending", 15):
        notice = m.one((), (Step(days=30),))
        found.append(Suspension(kind="suspension", notice=notice, articles=m.some(ARTICLES, 0, 1), **_SAID))
    if m.on("leaving", 10):
        found.append(MinimumParties(kind="minimum-parties", number=m.one(1, 2, 3), **_SAID))
    if m.before and m.on("linked", 30):
        effect: Any = m.one("ends-with", "ends-for-party", "needs-party")
        found.append(Dependence(kind="dependence", agreement=m.one(*m.before), effect=effect, **_SAID))
    if after and m.on("linked", 25):
        found.append(Supersedes(kind="supersedes", agreement=m.one(*after), between=m.one("pairs", "all"), **_SAID))
    return tuple(found)


def _agreements(m: Making) -> list[Agreement]:
    count = m.one(2, 2, 3) if m.theme in ("linked", "amending") else m.one(1, 1, 2, 2, 3)
    found: list[Agreement] = []
    for index in range(count):
        m.before = ORDER[:index]
        superseded = {c.agreement for a in found for c in a.clauses if isinstance(c, Supersedes)}
        amends = m.one(*m.before) if m.before and ORDER[index] not in superseded and m.on("amending", 25) else None
        administrative = bool(m.before) and amends is None and m.chance(15)
        agreement = Agreement(
            id=ORDER[index], title=ORDER[index].title(), short=ORDER[index].title(), concluded=m.one(FIRST_DAY, date(2000, 6, 1)),
            form="administrative" if administrative else "treaty",
            parent=m.one(*m.before) if administrative else None,
            survives_parent=m.chance(20),
            amends=amends,
            depositary=("AAA", "BBB") if m.on("depositaries", 25) else m.one((), (DEPOSITARY,), (DEPOSITARY,)),
            zone=m.one(None, None, "Asia/Tokyo"),
            negotiating=m.one((), ("AAA", "BBB"), ("AAA", "BBB"), ("AAA", OLD)),
            attributes={"quota": {"AAA": 3, "BBB": 2, "CCC": 1, OLD: 2}},
            clauses=_clauses(m, ORDER[index + 1 : count]),
        )  # fmt: skip
        found.append(agreement)
        if m.chance(5):
            found.append(replace(agreement, version=2, recorded=date(2003, 1, 1), clauses=agreement.clauses[:-1]))
    return found


# -- parties ----------------------------------------------------------------------------------------------------------


def _register(m: Making) -> Register:
    def party(code: str, kind: Any = "state", exists: tuple[Span, ...] = (Span(),)) -> Party:
        return Party(code, kind, (Named(code),), exists=exists)

    parties = [*map(party, STATES), party(ORGANISATION, "organisation"), party(ORGAN, "organ"), party(DEPOSITARY, "organ")]
    hows = (None, "continues", "continues", "separates", "dissolves", "unites", "absorbs", "decolonised")
    how: Any = "continues" if m.theme == "continuity" else m.one(*(hows[3:] if m.theme == "succession" else hows))
    if how is None:
        return Register({p.code: p for p in [*parties, party(OLD), party(NEW)]})
    day = date(m.one(2001, 2002, 2003), m.one(1, 6, 9), 1)
    ends = how in ("continues", "dissolves", "unites", "absorbs")
    parties += [party(OLD, exists=(Span(None, day if ends else None),)), party(NEW, exists=(Span(day, None),))]
    contested = "CCC" if how == "continues" and m.chance(40) else None
    settled = day + timedelta(days=400) if contested and m.chance(50) else None
    return Register({p.code: p for p in parties}, (Succession(NEW, OLD, how, day, contested, settled),))


# -- acts -------------------------------------------------------------------------------------------------------------

_WEIGHTS = """
    sign 10  ratify 14  accept 5  accede 9  succeed 5  confirm 1  notify-completion 2  notify 1  denounce 9  withdraw-consent 3  withdraw-signature 1
    decline 2  confirm-signature 2  apply-provisionally 3  end-provisional 1  extend-provisional 1  revoke-denunciation 4  suspend-denunciation 2
    expel 2  terminate 4  object-renewal 2  renew 4  reserve 6  object 4  accept-reservation 2  withdraw-reservation 2  withdraw-objection 1
    exclude-relations 2  restore-relations 1  suspend 5  resume 2  declare 3  modify-inter-se 2  amend 2  open 4  adopt 2  invite 3  decide 2
    refuse-amendment 2  establish-fact 5  waive 4  revoke-waiver 1  assert 2  deny 2  retract 2  replace 2  variant 1
"""
_WORDS = _WEIGHTS.split()
_BAG = tuple(kind for kind, weight in zip(_WORDS[::2], _WORDS[1::2], strict=True) for _ in range(int(weight)))
THEMES: dict[str, tuple[str, ...]] = {
    "": (),
    "claims": ("assert",),
    "waiving": ("waive", "waive", "revoke-waiver"),
    "succession": ("succeed", "succeed", "sign", "withdraw-consent", "denounce"),
    "continuity": ("ratify", "sign", "denounce", "reserve", "object", "waive", "revoke-denunciation", "renew"),
    "reserving": ("reserve", "reserve", "object", "object", "accept-reservation", "withdraw-reservation", "withdraw-objection", "denounce"),
    "leaving": ("denounce", "denounce", "revoke-denunciation", "suspend-denunciation", "expel", "withdraw-consent", "ratify"),
    "terms": ("renew", "renew", "object-renewal", "terminate", "denounce"),
    "depositaries": ("ratify", "accede", "sign"),
    "suspending": ("suspend", "suspend", "resume", "exclude-relations", "restore-relations", "declare", "modify-inter-se"),
    "provisional": ("apply-provisionally", "end-provisional", "extend-provisional", "sign", "open", "decline", "withdraw-signature"),
    "conditions": ("notify", "sign", "establish-fact", "refuse-amendment", "open", "adopt", "invite", "decide", "accede"),
    "amending": ("amend", "decline", "accede", "ratify", "denounce"),
    "linked": ("ratify", "accede", "denounce"),
    "corrections": ("deny", "retract", "replace", "variant", "denounce", "suspend"),
}
_ANSWERS = {
    "object": "reserve", "accept-reservation": "reserve", "withdraw-reservation": "reserve", "withdraw-objection": "object",
}  # fmt: skip


def _moment(m: Making, day: date) -> Moment:
    if m.uncertain and m.chance(8):
        m.uncertain -= 1
        return parse_moment(m.one(f"{day:%Y-%m}-xx", f"{day:%Y-%m}-xx", f"{day:%Y}-xx-xx", f"{day:%Y-%m}~", f"{day}/{day + timedelta(days=20)}"))
    if m.chance(4):
        return parse_moment(f"{day}T20:00+00:00[Europe/London]")
    return parse_moment(str(day))


def _details(m: Making, kind: str, among: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    if kind == "sign":
        found = m.one({}, {}, {"definitive": "yes"}, {"ad_referendum": "yes"}, {"subject_to": "ratification"})
    elif kind == "succeed":
        found = m.one({}, {"of": OLD}, {"of": "DDD"}, {"to": "signature"})
    elif kind == "reserve":
        found = m.one({"articles": "1"}, {"articles": "2(1),3"}, {"articles": "2", "authorised": "yes"}, {})
    elif kind == "withdraw-reservation":
        found = m.one({}, {}, {"articles": "2(1)"})
    elif kind == "object":
        found = m.one({}, {"precludes": "yes"})
    elif kind in ("renew", "apply-provisionally", "extend-provisional", "suspend", "establish-fact") and m.chance(50):
        found = {"until": str(m.later_day())}
    if kind in ("suspend", "apply-provisionally", "resume") and m.chance(25):
        found = {**found, "articles": "2"}
    if kind == "suspend" and m.chance(20):
        found = {**found, "ground": "material breach"}
    elif kind == "establish-fact":
        found = {**found, "fact": "conflict", **m.one({}, {"of": "BBB"})}
    elif kind == "waive":
        found = {"conditions": m.one("w1", "w1,w2")}
    elif kind in ("declare", "modify-inter-se"):
        found = {"articles": "3"} if m.chance(80) else {}
        if kind == "modify-inter-se" or m.chance(50):
            found["among"] = ",".join(among)
        if kind == "declare":
            found["effect"] = m.one("none", "disapplies", "modifies")
    elif kind == "assert":
        name = m.one("in_force", "ended", "bound_from", "bound_until")
        found = {name: str(m.near() if m.used and m.chance(30) else m.day()), "standing": m.one("depositary", "depositary", "depositary", "register")}
        if name.startswith("bound") or m.chance(10):
            found["party"] = m.one(*STATES[:3], OLD, NEW) if m.chance(50) else m.one(*STATES[:2])
    elif kind == "replace":
        found = m.one({"received": str(m.day())}, {"kind": "accept"}, {"made": str(m.day()), "received": str(m.day())})
    return found


def _actor(m: Making, kind: str, agreement: Agreement) -> str:
    if kind in ("expel", "amend", "decide", "invite", "open", "adopt"):
        return m.one(ORGAN, ORGAN, "AAA", DEPOSITARY)
    if kind == "assert":
        return agreement.depositary[0] if agreement.depositary else "AAA"
    if kind == "succeed":
        return m.one(NEW, NEW, NEW, "CCC")
    return m.one(*STATES[:3], *STATES[:3], *ACTORS)


def _act(m: Making, agreements: list[Agreement], number: int) -> Act | None:
    kind = m.one(*THEMES[m.theme]) if THEMES[m.theme] and m.chance(50) else m.one(*_BAG)
    if kind == "variant":
        if not m.acts:
            return None
        return replace(m.one(*m.acts), received=_moment(m, m.day()), source=Source("another record", "register"))
    agreement = m.one(*agreements)
    answered = [a for a in m.acts if kind in ("deny", "retract", "replace") or a.kind == _ANSWERS.get(kind)]
    if kind == "revoke-denunciation" and m.chance(30):
        answered = [a for a in m.acts if a.kind == "denounce"]
    if (kind in _ANSWERS or kind in ("deny", "retract", "replace")) and not answered:
        return None
    to = m.one(*answered) if answered else None
    day = m.near() if m.used and m.chance(25) else m.day()
    m.used.append(day)
    actor = m.one(OLD, NEW) if m.theme in ("continuity", "succession") and m.chance(40) else _actor(m, kind, agreement)
    if kind in ("withdraw-reservation", "withdraw-objection", "revoke-denunciation") and to is not None:
        if kind == "withdraw-objection" or m.chance(80):
            actor = to.actor
    moments: dict[str, Moment] = {"received": _moment(m, day)}
    if m.chance(15):
        moments["made"] = _moment(m, max(FIRST_DAY, day - timedelta(days=m.one(1, 20))))
    if m.chance(15):
        moments["notified"] = _moment(m, day + timedelta(days=m.one(1, 31)))
    if kind in ("denounce", "apply-provisionally", "expel", "terminate", "suspend", "amend") and m.chance(30):
        moments["effect"] = _moment(m, m.later_day())
    if m.chance(5):
        moments = {"made": moments["received"]}
    needs_counterparty = kind in ("expel", "exclude-relations", "restore-relations") or (kind in ("suspend", "resume", "invite") and m.chance(50))
    label, nonce = PUBLIC, None
    if m.on("corrections", 8) and m.chance(30 if m.theme == "corrections" else 99):
        label, nonce = Label("NATIONAL", "RESTRICTED", (), m.one((), ("BBB",)), (), "AAA"), f"{number:032x}"
    return Act(
        kind, actor, f"{agreement.id}-{actor}-{kind}-{number:02}", to.agreement if to else agreement.id,
        counterparty=m.some((*STATES[:3], OLD), 1, 2) if needs_counterparty else (),
        depositary=m.one(None, *agreement.depositary),
        replies_to=to.hash if to else None,
        details=_details(m, kind, m.some((*STATES[:3], OLD), 2, 2)),
        on_behalf_of="BBB" if kind in CONSENT and m.chance(3) else None,
        label=label, nonce=nonce,
        made=moments.get("made"), received=moments.get("received"), notified=moments.get("notified"), effect=moments.get("effect"),
    )  # fmt: skip


def _first_consent(m: Making, agreements: list[Agreement], number: int) -> Act:
    """An early ratification, so that many books have something in force."""
    agreement, actor = m.one(agreements[0], *agreements), m.one("AAA", "BBB", "AAA", "BBB", "CCC", OLD)
    day = m.day(2000, 2001)
    m.used.append(day)
    return Act("ratify", actor, f"{agreement.id}-{actor}-ratify-{number:02}", agreement.id, received=_moment(m, day))


def make(pick: Callable[[int], int], most_acts: int = 14, theme: str = "") -> Book:
    """A small book out of a source of numbers: ``pick(n)`` gives one from 0 up to n - 1."""
    m = Making(pick, theme)
    register = _register(m)
    agreements = _agreements(m)
    current = [a for a in agreements if a.version == 1]
    first = 3 + pick(4)
    for number in range(first + pick(most_acts - first + 1)):
        act = _first_consent(m, current, number) if number < first else _act(m, current, number)
        if act is not None:
            m.acts.append(act)
    return agreements, [Entry(act, m.day() if m.chance(10) else FIRST_DAY) for act in m.acts], register


def random_book(seed: int) -> Book:
    """Evenly random, and always the same for one seed; seeds go round the themes, so that every rule has its turn."""
    return make(Random(seed).randrange, theme=tuple(THEMES)[seed % len(THEMES)])


@st.composite
def books(draw: st.DrawFn, most_acts: int = 14) -> Book:
    """A random small book, which Hypothesis can make smaller."""
    return make(lambda n: draw(st.integers(0, n - 1)), most_acts)


def reduced(book: Book, fails: Callable[[Book], bool]) -> Book:
    """The book without the acts, clauses, agreements and successions that it also fails without (greedy)."""

    def smaller(now: Book) -> Iterator[Book]:
        agreements, entries, register = now
        for i in range(len(entries)):
            yield agreements, entries[:i] + entries[i + 1 :], register
        for i in range(len(agreements)):
            yield agreements[:i] + agreements[i + 1 :], entries, register
        if register.successions:
            yield agreements, entries, Register(register.parties)
        for i, agreement in enumerate(agreements):
            for j in range(len(agreement.clauses)):
                fewer = replace(agreement, clauses=agreement.clauses[:j] + agreement.clauses[j + 1 :])
                yield [*agreements[:i], fewer, *agreements[i + 1 :]], entries, register

    while True:
        found = next((candidate for candidate in smaller(book) if fails(candidate)), None)
        if found is None:
            return book
        book = found
