"""The agreements of random books: a source of numbers, days, conditions and clauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from comity.acts import CONSENT, Act
from comity.agreements.clauses import (
    Agreement,
    Amendment,
    AnyClause,
    Consent,
    Dependence,
    Duration,
    EntryIntoForce,
    LaterParties,
    MinimumParties,
    NoWithdrawal,
    ProvisionalApplication,
    Reservations,
    Supersedes,
    Suspension,
    Territory,
    Withdrawal,
)
from comity.agreements.conditions import ActDone, AllOf, AnyOf, Condition, Consents, Fact, InForce, NoAct, NotBefore, PartySet, Waivable
from comity.terms import Delay, Step, add

ORDER = ("alpha", "beta", "gamma")
UNKNOWN = "omega"
"""An agreement that is not on record."""
STATES = ("AAA", "BBB", "CCC", "DDD")
OLD, NEW = "OLD", "NEW"
ORGANISATION, ORGAN, DEPOSITARY = "ORG", "ORG/COUNCIL", "DEP"
ACTORS = (*STATES, OLD, NEW, ORGANISATION)
VIEWERS = (None, "AAA", "BBB", "public")
TERRITORY = "TTT"
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
    """What is being made: ``pick(n)`` gives a number below n; how many uncertain dates are left to give; the acts so far.

    ``cast``: who acts most; in every other book only two, so that one's acts answer another's.
    """

    pick: Callable[[int], int]
    theme: str = ""
    also: str = ""
    before: tuple[str, ...] = ()
    uncertain: int = 3
    cast: tuple[str, ...] = STATES[:3]
    acts: list[Act] = field(default_factory=list)
    used: list[date] = field(default_factory=list)

    def about(self, *themes: str) -> bool:
        """Is the book about one of these themes?"""
        return self.theme in themes or self.also in themes

    def on(self, theme: str, percent: int) -> bool:
        """A chance that is high in books of that theme."""
        return self.chance(85 if self.about(theme) else percent)

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
    of: Any = m.one("anyone", "anyone", "signatories", "negotiating", "named", "parties", *(["members"] if m.before else []))
    if m.about("counting", "signing") and m.chance(60):
        of = "parties" if m.about("counting") else "signatories"
    frozen = m.day() if of == "members" and m.chance(50) else None
    return PartySet(
        of=of,
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


_THEIRS = {"opening": ("not-before", "no-act"), "facts": ("fact",), "inviting": ("act",), "counting": ("consents",), "signing": ("consents",)}
"""The conditions that books of a theme are about."""


def _condition(m: Making, depth: int = 2, waive: bool = False) -> Condition:
    kinds = ["not-before", "act", "no-act", "fact", "consents"] + (["in-force"] if m.before else []) + (["all", "any"] if depth else [])
    kinds += ["waivable", "waivable"] if waive and depth else []
    kind = m.one(*_THEIRS[m.theme]) if m.theme in _THEIRS and m.chance(80) else m.one(*kinds)
    if kind == "not-before":
        if m.chance(15 if m.theme == "opening" else 50):
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
        accession_needs=_condition(m, 1) if m.on("conditions", 80 if m.theme in _THEIRS else 35) else None,
        date=m.one("received", "received", "made", "notified"),
        depositaries="all" if m.on("depositaries", 33) else "first",
        **_SAID,
    )


def _entry_clauses(m: Making) -> list[AnyClause]:
    def one() -> EntryIntoForce:
        simple = Consents(kind="consents", number=m.one(1, 2, 2), acts=CONSENT)
        plain = 10 if m.about("conditions", "waiving") else 30 if m.theme in _THEIRS else 45
        when = simple if m.chance(plain) else _consents(m) if m.chance(20 if m.about("waiving") else 50) else _condition(m, waive=True)
        if m.about("waiving") and m.chance(60):
            when = AllOf(kind="all", of=(simple, Waivable(kind="waivable", id=m.one("w1", "w2"), condition=_condition(m, 1))))
        floor = _condition(m, 1, waive=m.chance(30)) if m.on("conditions", 20) else None
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
        not_while=_condition(m, 1) if m.chance(60 if m.theme in _THEIRS else 20) else None,
        at_term=m.chance(25),
        ends=m.one("party", "party", "party", "agreement"),
        **_SAID,
    )


def _clauses(m: Making, after: tuple[str, ...]) -> tuple[AnyClause, ...]:
    found: list[AnyClause] = []
    if m.on("depositaries", 85 if m.theme in _THEIRS else 50):
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
    if m.on("territory", 8):
        scope: Any = m.one("entire", "metropolitan")
        found.append(Territory(kind="territory", scope=scope, delay=m.delay(), **_SAID))
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
        other = UNKNOWN if m.chance(5) else m.one(*m.before)
        found.append(Dependence(kind="dependence", agreement=other, effect=effect, **_SAID))
    if after and m.on("linked", 25):
        found.append(Supersedes(kind="supersedes", agreement=m.one(*after), between=m.one("pairs", "all"), **_SAID))
    return tuple(found)


def draft_agreements(m: Making) -> list[Agreement]:
    count = m.one(2, 2, 3) if m.about("linked", "amending") else m.one(1, 1, 2, 2, 3)
    found: list[Agreement] = []
    for index in range(count):
        m.before = ORDER[:index]
        superseded = {c.agreement for a in found for c in a.clauses if isinstance(c, Supersedes)}
        amends = m.one(*m.before) if m.before and ORDER[index] not in superseded and m.on("amending", 25) else None
        administrative = bool(m.before) and amends is None and m.chance(15)
        agreement = Agreement(
            id=ORDER[index], title=ORDER[index].title(), short=ORDER[index].title(),
            concluded=m.one(FIRST_DAY, date(2000, 6, 1), date(2000, 6, 1), date(2001, 2, 1)),
            form="administrative" if administrative else "treaty",
            parent=m.one(*m.before) if administrative else None,
            survives_parent=m.chance(20),
            amends=amends,
            depositary=("AAA", "BBB") if m.on("depositaries", 25) else (DEPOSITARY,) if m.on("claims", 66) else (),
            recorded=date(2004, 1, 1) if m.about("linked") and index == 0 and m.chance(8) else FIRST_DAY,
            zone=m.one(None, None, "Asia/Tokyo"),
            negotiating=m.one((), ("AAA", "BBB"), ("AAA", "BBB"), ("AAA", OLD)),
            attributes={"quota": {"AAA": 3, "BBB": 2, "CCC": 1, OLD: 2}},
            clauses=_clauses(m, ORDER[index + 1 : count]),
        )  # fmt: skip
        found.append(agreement)
        if m.chance(5):
            found.append(replace(agreement, version=2, recorded=date(2003, 1, 1), clauses=agreement.clauses[:-1]))
    return found
