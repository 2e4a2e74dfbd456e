"""Random small books for property tests: one to three agreements, a handful of parties, up to fourteen acts.

No agreement leans on itself, not even round several corners: conditions, dependence, parents and amendments look to earlier
agreements only, and only an earlier agreement supersedes a later one (``ORDER``; time does not come into it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from comity.acts import CONSENT, Act, Entry, Source
from comity.agreements.clauses import Agreement
from comity.parties import Named, Party, Register, Span, Succession
from comity.terms import PUBLIC, Label, Moment, parse_moment
from tests.properties.drafting import ACTORS, DEPOSITARY, FIRST_DAY, NEW, OLD, ORGAN, ORGANISATION, STATES, TERRITORY, Making, draft_agreements

Book = tuple[list[Agreement], list[Entry], Register]


# -- parties ----------------------------------------------------------------------------------------------------------


def _register(m: Making) -> Register:
    def party(code: str, kind: Any = "state", exists: tuple[Span, ...] = (Span(),)) -> Party:
        return Party(code, kind, (Named(code),), exists=exists)

    parties = [*map(party, STATES), party(ORGANISATION, "organisation"), party(ORGAN, "organ"), party(DEPOSITARY, "organ")]
    hows = (None, "continues", "continues", "separates", "dissolves", "unites", "absorbs", "decolonised")
    how: Any = "continues" if m.about("continuity") else m.one(*(hows[3:] if m.about("succession") else hows))
    if how is None:
        return Register({p.code: p for p in [*parties, party(OLD), party(NEW)]})
    day = date(m.one(2001, 2002, 2003), m.one(1, 6, 9), 1)
    ends = how in ("continues", "dissolves", "unites", "absorbs")
    parties += [party(OLD, exists=(Span(None, day if ends else None),)), party(NEW, exists=(Span(day, None),))]
    contested = "CCC" if how == "continues" and m.chance(40) else None
    settled = day + timedelta(days=400) if contested and m.chance(50) else None
    successions = [Succession(NEW, OLD, how, day, contested, settled)]
    if m.about("succession") and m.chance(40):
        successions.append(Succession(NEW, "DDD", "separates", date(m.one(2001, 2002, 2003), m.one(1, 6, 9), 1)))
    return Register({p.code: p for p in parties}, tuple(successions))


# -- acts -------------------------------------------------------------------------------------------------------------

_WEIGHTS = """
    sign 10  ratify 14  accept 5  accede 9  succeed 5  confirm 1  notify-completion 2  notify 1  denounce 9  withdraw-consent 3  withdraw-signature 1
    decline 2  confirm-signature 2  apply-provisionally 3  end-provisional 1  extend-provisional 1  revoke-denunciation 4  suspend-denunciation 2
    expel 2  terminate 4  object-renewal 2  renew 4  reserve 6  object 4  accept-reservation 2  withdraw-reservation 2  withdraw-objection 1
    exclude-relations 2  restore-relations 1  suspend 5  resume 2  declare 3  modify-inter-se 2  amend 2  open 4  adopt 2  invite 3  decide 2
    refuse-amendment 2  establish-fact 5  waive 4  revoke-waiver 1  assert 2  deny 2  retract 2  replace 2  variant 1  extend-territory 1
"""
_WORDS = _WEIGHTS.split()
_BAG = tuple(kind for kind, weight in zip(_WORDS[::2], _WORDS[1::2], strict=True) for _ in range(int(weight)))
THEMES: dict[str, tuple[str, ...]] = {
    "": (),
    "claims": ("assert", "assert", "assert", "denounce", "expel"),
    "waiving": ("waive", "waive", "revoke-waiver"),
    "succession": ("succeed", "succeed", "sign", "withdraw-consent", "denounce"),
    "continuity": ("ratify", "sign", "denounce", "reserve", "object", "waive", "revoke-denunciation", "renew"),
    "reserving": ("reserve", "reserve", "object", "object", "accept-reservation", "withdraw-reservation", "withdraw-objection", "denounce"),
    "leaving": ("denounce", "denounce", "revoke-denunciation", "expel", "withdraw-consent", "ratify"),
    "notices": ("denounce", "denounce", "revoke-denunciation", "suspend-denunciation", "suspend-denunciation"),
    "relations": ("exclude-relations", "exclude-relations", "restore-relations", "suspend", "resume"),
    "mutual": ("declare", "declare", "modify-inter-se", "modify-inter-se"),
    "territory": ("extend-territory", "extend-territory", "exclude-territory", "end-territory", "end-territory", "denounce"),
    "dates": ("ratify", "denounce", "reserve", "object", "sign"),
    "doubts": ("deny", "deny", "variant", "denounce", "suspend"),
    "terms": ("renew", "renew", "renew", "object-renewal", "terminate", "terminate", "denounce"),
    "depositaries": ("ratify", "ratify", "accede", "sign", "withdraw-consent"),
    "suspending": ("suspend", "suspend", "resume", "exclude-relations", "restore-relations", "declare", "modify-inter-se"),
    "provisional": ("apply-provisionally", "end-provisional", "extend-provisional", "sign", "open", "decline", "withdraw-signature"),
    "conditions": ("notify", "sign", "establish-fact", "refuse-amendment", "open", "adopt", "invite", "decide", "accede"),
    "amending": ("amend", "decline", "accede", "ratify", "denounce"),
    "opening": ("open", "open", "adopt", "refuse-amendment", "refuse-amendment"),
    "facts": ("establish-fact", "establish-fact", "accede", "denounce"),
    "inviting": ("invite", "invite", "decide", "accede", "accede"),
    "counting": ("accede", "accede", "denounce", "notify", "withdraw-consent"),
    "signing": ("sign", "sign", "withdraw-signature", "confirm-signature", "succeed"),
    "linked": ("ratify", "accede", "denounce"),
    "corrections": ("deny", "retract", "replace", "variant", "denounce", "suspend"),
}
_FORKING = ("claims", "dates", "doubts")
"""Themes whose acts make worlds: fewer of them."""
_ANSWERS = {
    "object": "reserve", "accept-reservation": "reserve", "withdraw-reservation": "reserve", "withdraw-objection": "object",
}  # fmt: skip


def _moment(m: Making, day: date) -> Moment:
    if m.uncertain and m.chance(50 if m.about("dates") else 8):
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
            found["party"] = m.one(*STATES[:3], OLD, NEW) if m.chance(40) else m.one(*STATES[:2])
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
    return m.one(*m.cast) if m.chance(65) else m.one(*ACTORS)


def _act(m: Making, agreements: list[Agreement], number: int) -> Act | None:
    about = THEMES[m.theme] + THEMES[m.also]
    kind = m.one(*about) if about and m.chance(60) else m.one(*_BAG)
    if kind == "variant":
        if not m.acts:
            return None
        return replace(m.one(*m.acts), received=_moment(m, m.day()), source=Source("another record", "register"))
    lodged = [a for a in m.acts if a.kind in CONSENT and a.depositary is not None]
    if m.about("depositaries") and lodged and m.chance(50):
        again = m.one(*lodged)
        where = m.one(*next(a for a in agreements if a.id == again.agreement).depositary)
        return replace(again, ref=f"{again.ref}-{number:02}", depositary=where, received=_moment(m, m.near()))
    agreement = m.one(*agreements)
    answered = [a for a in m.acts if kind in ("deny", "retract", "replace") or a.kind == _ANSWERS.get(kind)]
    if kind in ("revoke-denunciation", "suspend-denunciation") and m.chance(60):
        answered = [a for a in m.acts if a.kind == "denounce"]
    if (kind in _ANSWERS or kind in ("deny", "retract", "replace")) and not answered:
        return None
    to = m.one(*answered) if answered else None
    day = m.near() if m.used and m.chance(25) else m.day()
    if kind in ("revoke-denunciation", "suspend-denunciation") and to is not None and to.received is not None and m.chance(80):
        day = to.received.first + timedelta(days=m.one(0, 1, 15, 40))
    m.used.append(day)
    actor = m.one(OLD, NEW) if m.about("continuity", "succession") and m.chance(40) else _actor(m, kind, agreement)
    if kind in ("withdraw-reservation", "withdraw-objection", "revoke-denunciation", "suspend-denunciation") and to is not None:
        if kind == "withdraw-objection" or m.chance(80):
            actor = to.actor
    replies = to is not None and not (kind == "suspend-denunciation" and m.chance(50))
    moments: dict[str, Moment] = {"received": _moment(m, day)}
    if m.chance(15):
        moments["made"] = _moment(m, max(FIRST_DAY, day - timedelta(days=m.one(1, 20))))
    if m.chance(15):
        moments["notified"] = _moment(m, day + timedelta(days=m.one(1, 31)))
    if kind in ("denounce", "apply-provisionally", "expel", "terminate", "suspend", "amend", "end-territory") and m.chance(30):
        moments["effect"] = _moment(m, m.later_day())
    if m.chance(5):
        moments = {"made": moments["received"]}
    needs_counterparty = kind in ("expel", "exclude-relations", "restore-relations") or (kind in ("suspend", "resume", "invite") and m.chance(50))
    label, nonce = PUBLIC, None
    if m.on("corrections", 8) and m.chance(30 if m.about("corrections") else 99):
        label, nonce = Label("NATIONAL", "RESTRICTED", (), m.one((), ("BBB",)), (), "AAA"), f"{number:032x}"
    return Act(
        kind, actor, f"{agreement.id}-{actor}-{kind}-{number:02}", to.agreement if to else agreement.id,
        counterparty=() if not needs_counterparty else m.some(m.cast, 1, 1) if m.chance(50) else m.some((*STATES[:3], OLD), 1, 2),
        depositary=m.one(None, *agreement.depositary),
        replies_to=to.hash if to is not None and replies else None,
        details=_details(m, kind, m.some(m.cast, 2, 2) if m.chance(60) else m.some((*STATES[:3], OLD), 2, 2)),
        territory=(TERRITORY,) if kind.endswith("-territory") else (),
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
    m.also = m.one("", *THEMES) if theme else ""
    m.uncertain = 6 if m.about("dates") else 3
    m.cast = STATES[: m.one(2, 3)]
    register = _register(m)
    agreements = draft_agreements(m)
    current = [a for a in agreements if a.version == 1]
    first = 3 + pick(4)
    most = min(most_acts, 9) if m.about(*_FORKING) else most_acts
    for number in range(first + pick(most - first + 1)):
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
