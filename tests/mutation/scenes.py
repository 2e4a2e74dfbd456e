"""Small books drawn by hand for constellations that chance seldom makes: several renewals, answers to answers, claims about claims.

An act is a line: its kind, its actor, the day it was received, then what else there is to it (``as`` names it, ``to`` replies).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from comity.acts import CONSENT, Act, Entry, Source
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
    ProvisionalApplication,
    Reservations,
    Supersedes,
    Suspension,
    Territory,
    Withdrawal,
)
from comity.agreements.conditions import AllOf, Consents, Fact, InForce, NoAct, PartySet, Waivable
from comity.parties import Named, Party, Register, Span, Succession
from comity.terms import Delay, Step, parse_moment
from tests.properties.books import Book
from tests.properties.drafting import DEPOSITARY, FIRST_DAY, NEW, OLD, ORGAN, ORGANISATION, STATES, TERRITORY

_SAID: dict[str, Any] = {"article": "1", "says": "in a scene"}
_YEAR: Delay = (Step(years=1),)
_TWO_YEARS: Delay = (Step(years=2),)
_MONTH: Delay = (Step(days=30),)
_TWO = Consents(kind="consents", number=2, acts=CONSENT)
ENTRY = EntryIntoForce(kind="entry-into-force", when=_TWO, **_SAID)
LEAVING = Withdrawal(kind="withdrawal", notice=(Step(months=6),), **_SAID)
_BOTH = "ratify AAA 2000-02-01; ratify BBB 2000-03-01; "
_THREE = _BOTH + "ratify CCC 2000-04-01; "


def _register(*successions: Succession) -> Register:
    born = {s.successor: s.on for s in successions if s.successor == NEW}
    gone = {s.predecessor: s.on for s in successions if s.how in ("continues", "dissolves")}
    parties = [Party(c, "state", (Named(c),), exists=(Span(born.get(c), gone.get(c)),)) for c in (*STATES, OLD, NEW)]
    parties += [Party(ORGANISATION, "organisation", (Named(ORGANISATION),), exists=(Span(),))]
    parties += [Party(c, "organ", (Named(c),), exists=(Span(),)) for c in (ORGAN, DEPOSITARY)]
    return Register({p.code: p for p in parties}, successions)


def _agreement(name: str, *clauses: AnyClause, **more: Any) -> Agreement:
    return Agreement(id=name, title=name, short=name, concluded=FIRST_DAY, depositary=(DEPOSITARY,), clauses=clauses, **more)


def _acts(lines: str) -> list[Entry]:
    named: dict[str, Act] = {}
    found: list[Entry] = []
    moments: dict[str, Any]
    for number, line in enumerate(filter(None, (part.strip() for part in lines.split(";")))):
        kind, actor, day, *rest = line.split()
        more = dict(item.split("=", 1) for item in rest)
        about = more.pop("of", "alpha")
        moments = {name: parse_moment(more.pop(name)) for name in ("made", "notified", "effect") if more.get(name, "")[:1].isdigit()}
        name, to = more.pop("as", ""), more.pop("to", "")
        whom = tuple(more.pop("whom").split("+")) if "whom" in more else ()
        recorded = date.fromisoformat(more.pop("recorded", str(FIRST_DAY)))
        territory = (TERRITORY,) if kind.endswith("-territory") else ()
        if "from" in more:
            more["of"] = more.pop("from")
        details = {key.replace("-", "_"): value.replace("+", ",") for key, value in more.items()}
        act = Act(
            kind, actor, more.pop("ref", f"{about}-{actor}-{kind}-{number:02}"), about, counterparty=whom, territory=territory, details=details,
            replies_to=named[to].hash if to in named else None, received=parse_moment(day), source=Source("a scene", "register"), **moments,
        )  # fmt: skip
        if name:
            named[name] = act
        found.append(Entry(act, recorded))
    return found


def _scene(lines: str, *agreements: Agreement, parties: tuple[Succession, ...] = ()) -> Book:
    return list(agreements), _acts(lines), _register(*parties)


def _alpha(*clauses: AnyClause, **more: Any) -> Agreement:
    return _agreement("alpha", ENTRY, *clauses, **more)


def _term(**more: Any) -> Duration:
    return Duration(kind="duration", **more, **_SAID)


def _follows(how: Any, day: str, **more: Any) -> Succession:
    return Succession(NEW, OLD, how, date.fromisoformat(day), **more)


_RENEWED = """
    renew AAA 2001-06-01 until=2003-05-01; renew BBB 2001-07-01 until=2003-09-01; renew AAA 2003-01-01 until=2004-01-01; renew BBB 2003-02-01;
    renew AAA 2003-11-01; renew BBB 2003-12-01 until=2003-12-15
"""
_OBJECTIONS = """
    ratify CCC 2000-04-01; reserve AAA 2000-02-01 articles=1+2(1) as=R; object BBB 2000-06-01 to=R as=X; object BBB 2000-08-01 to=R precludes=yes as=Y;
    object BBB 2000-09-01 to=R as=Z; withdraw-objection BBB 2000-10-01 to=Y; withdraw-objection BBB 2000-11-01 to=Y; object CCC 2001-04-01 to=R as=V;
    withdraw-objection BBB 2000-12-01 to=X; withdraw-objection BBB 2001-06-01 to=Z; accept-reservation CCC 2001-08-01 to=R;
    accept-reservation CCC 2001-09-01 to=R; withdraw-reservation AAA 2002-03-01 to=R articles=2(1); withdraw-reservation AAA 2002-06-01 to=R;
    withdraw-reservation AAA 2002-09-01 to=R articles=1; withdraw-reservation AAA 2002-12-01 to=R
"""
_PRECLUDED = """
    ratify BBB 2000-03-01; ratify AAA 2000-05-01; reserve AAA 2000-05-01 articles=1+3 as=R; object BBB 2000-06-01 to=R precludes=yes as=X;
    object BBB 2000-07-01 to=R precludes=yes as=Y; withdraw-objection BBB 2000-09-01 to=X; withdraw-reservation AAA 2001-02-01 to=R articles=1;
    withdraw-reservation AAA 2001-05-01 to=R articles=3; accept-reservation BBB 2002-01-01 to=R; denounce AAA 2001-08-01; ratify AAA 2002-06-01
"""
_CLAIMS_END = (
    _BOTH
    + """
    denounce AAA 2001-01-01; ratify AAA 2002-01-01; denounce AAA 2003-01-01; assert DEP 2001-02-01 party=AAA bound_until=2001-11-01 standing=depositary;
    assert DEP 2001-03-01 party=AAA bound_until=2001-10-01 standing=depositary
"""
)
_SCENES: tuple[Callable[[], Book], ...] = (
    lambda: _scene(_BOTH + _RENEWED, _alpha(_term(term=_TWO_YEARS))),
    lambda: _scene(_BOTH + _RENEWED.replace("until=2003-05-01", "until=2002-02-01"), _alpha(_term(term=_TWO_YEARS))),
    lambda: _scene(_THREE + _RENEWED + "; renew CCC 2001-08-01; renew CCC 2003-02-01; denounce CCC 2003-10-01", _alpha(_term(until=date(2002, 6, 1)), LEAVING)),
    lambda: _scene(
        _THREE + "ratify DDD 2001-06-01; renew AAA 2000-09-01 until=2002-01-01; renew AAA 2001-02-01 until=2001-12-01; renew BBB 2001-02-15; "
        "ratify CCC 2002-02-01; assert DEP 2002-01-01 ended=2003-01-01 standing=depositary",
        _alpha(_term(term=_YEAR, prolonged_by="accepters")),
    ),
    lambda: _scene(_THREE + "assert DEP 2002-01-01 ended=2003-01-01 standing=depositary; renew AAA 2001-04-01", _alpha(_term(term=_YEAR, prolonged_by="accepters"))),
    lambda: _scene(_BOTH + "renew AAA 2000-09-01 until=2000-10-01; denounce BBB 2000-06-01", _alpha(_term(until=date(2001, 1, 1), prolonged_by="accepters"), LEAVING)),
    lambda: _scene(
        _THREE + "terminate AAA 2001-01-01 effect=2002-01-01; terminate AAA 2001-02-01 effect=2001-06-01; terminate BBB 2001-03-01 effect=2001-09-01; "
        "terminate BBB 2001-04-01 effect=2003-01-01; terminate CCC 2001-05-01; denounce CCC 2001-01-15",
        _alpha(LEAVING),
    ),
    lambda: _scene(_CLAIMS_END, _alpha(LEAVING)),
    lambda: _scene(_CLAIMS_END + "; expel DEP 2001-09-01 whom=AAA; denounce AAA 2001-08-01", _alpha(LEAVING)),
    lambda: _scene(
        _THREE + "denounce AAA 2001-01-01; assert DEP 2001-02-01 party=AAA bound_until=2002-03-01 standing=depositary; denounce AAA 2001-10-01; "
        "expel DEP 2002-02-01 whom=AAA; assert DEP 2001-02-01 party=BBB bound_from=2000-09-01 standing=depositary; "
        "assert DEP 2001-02-01 party=CCC bound_until=2001-06-01 standing=depositary",
        _alpha(LEAVING),
    ),
    lambda: _scene(
        "ratify AAA 2000-02-01; ratify BBB 2001-03-01; assert DEP 2001-06-01 party=AAA bound_from=2000-06-01 standing=depositary; "
        "assert DEP 2001-06-01 party=BBB bound_from=2001-09-01 standing=depositary; denounce BBB 2001-06-15; withdraw-consent AAA 2000-09-01; "
        "assert DEP 2001-07-01 party=DDD bound_from=2001-01-01 standing=depositary; assert DEP 2001-07-01 party=DDD bound_until=2002-01-01 standing=depositary",
        _alpha(LEAVING),
    ),
    lambda: _scene(
        _BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-10-01; ratify NEW 2001-06-01; assert DEP 2002-06-01 party=OLD bound_until=2002-01-01 standing=depositary; "
        "assert DEP 2002-06-01 party=NEW bound_from=2002-01-01 standing=depositary; assert DEP 2002-06-01 party=OLD bound_from=2002-01-01 standing=depositary",
        _alpha(LEAVING),
        parties=(_follows("continues", "2002-01-01"),),
    ),
    lambda: _scene("ratify AAA 2000-02-01; ratify BBB 2000-03-01; " + _OBJECTIONS, _alpha()),
    lambda: _scene(_PRECLUDED, _alpha(LEAVING)),
    lambda: _scene(_PRECLUDED + "; apply-provisionally AAA 2000-04-01; apply-provisionally BBB 2000-03-15 until=2001-01-01", _alpha(LEAVING, ProvisionalApplication(kind="provisional-application", **_SAID))),
    lambda: _scene(
        _THREE + "reserve AAA 2000-02-01 articles=2(1)+3 as=R; reserve BBB 2000-03-01 articles=2 as=S; reserve CCC 2000-04-01 articles=1+2 as=T; "
        "object AAA 2000-05-01 to=S precludes=yes; object BBB 2000-05-01 to=T as=U; withdraw-objection BBB 2001-01-01 to=U; object CCC 2001-04-01 to=S",
        _alpha(Reservations(kind="reservations", permitted="only", articles=("2", "3"), **_SAID)),
    ),
    lambda: _scene(
        _THREE + "reserve AAA 2000-02-01 articles=2(1)+3 as=R; reserve BBB 2000-03-01 articles=1+4 as=S; object CCC 2000-05-01 to=S as=X; object CCC 2000-06-01 to=S precludes=yes",
        _alpha(Reservations(kind="reservations", permitted="except", articles=("2", "3"), **_SAID)),
    ),
    lambda: _scene(
        _THREE + "exclude-relations AAA 2001-01-01 whom=BBB; restore-relations AAA 2001-06-01 whom=BBB; exclude-relations AAA 2001-09-01 whom=BBB+CCC; "
        "restore-relations AAA 2002-01-01 whom=CCC; restore-relations AAA 2002-06-01 whom=BBB; restore-relations AAA 2003-01-01 whom=BBB",
        _alpha(),
    ),
    lambda: _scene(
        _THREE + "suspend AAA 2001-01-01 whom=BBB+CCC ground=material as=S; resume AAA 2001-06-01 whom=BBB; resume AAA 2001-09-01 whom=CCC; resume AAA 2001-10-01; "
        "suspend BBB 2002-01-01 articles=2+3 until=2003-06-01; resume BBB 2002-06-01 articles=2; resume BBB 2002-09-01 articles=3; resume BBB 2002-11-01",
        _alpha(Suspension(kind="suspension", notice=_MONTH, **_SAID)),
    ),
    lambda: _scene(
        _THREE + "suspend AAA 2001-01-01 whom=BBB; suspend BBB 2001-02-01 whom=AAA until=2002-01-01; suspend CCC 2001-03-01 articles=2+3 effect=2001-04-01; resume AAA 2001-08-01",
        _alpha(Suspension(kind="suspension", notice=_MONTH, articles=("2",), **_SAID)),
    ),
    lambda: _scene(
        _BOTH + "open DEP 2000-01-15; open DEP 2000-06-01; sign CCC 2000-02-01; apply-provisionally CCC 2000-08-01 until=2001-03-01 articles=2; "
        "extend-provisional CCC 2000-12-01 until=2001-09-01; extend-provisional CCC 2001-08-01 until=2001-06-01; extend-provisional CCC 2001-08-15; "
        "apply-provisionally CCC 2001-01-01 effect=2001-02-01 until=2002-02-01 articles=3; end-provisional CCC 2002-01-01; apply-provisionally DDD 2001-01-01 effect=2001-06-01; decline DDD 2001-03-01",
        _alpha(ProvisionalApplication(kind="provisional-application", by="signature", delay=_MONTH, lasts=_YEAR, lasts_from="open", **_SAID)),
    ),
    lambda: _scene(
        _BOTH + "sign CCC 2000-02-01; extend-provisional CCC 2000-09-01 until=2001-09-01; ratify CCC 2001-06-01; denounce CCC 2001-09-01; apply-provisionally CCC 2001-01-01 until=2003-01-01",
        _alpha(ProvisionalApplication(kind="provisional-application", by="signature", delay=_MONTH, lasts=_YEAR, lasts_from="start", **_SAID), LEAVING),
    ),
    lambda: _scene(
        _THREE + "denounce AAA 2001-01-01; ratify AAA 2002-01-01; denounce AAA 2003-01-01; ratify AAA 2000-06-01 of=beta; ratify BBB 2000-07-01 of=beta; "
        "ratify CCC 2000-07-01 of=beta; ratify AAA 2001-09-01 of=beta; ratify AAA 2002-06-01 of=beta; renew BBB 2001-01-01 of=beta; renew AAA 2001-01-01 of=beta until=2001-12-01",
        _alpha(LEAVING),
        _agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **_SAID), _term(term=_YEAR, prolonged_by="accepters")),
    ),
    lambda: _scene(
        _THREE + "denounce CCC 2001-01-01; ratify CCC 2002-01-01; ratify AAA 2000-01-15 of=beta; ratify BBB 2000-07-01 of=beta; ratify CCC 2001-09-01 of=beta",
        _alpha(LEAVING),
        _agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="needs-party", **_SAID), Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **_SAID)),
    ),
    lambda: _scene(
        _THREE + "waive AAA 2001-01-01 conditions=w1; revoke-waiver AAA 2001-01-01; waive AAA 2001-06-01 conditions=w1+w2; waive BBB 2001-06-01 conditions=w1; "
        "revoke-waiver BBB 2001-09-01; waive CCC 2001-08-01 conditions=w1; assert DEP 2002-01-01 in_force=2001-06-01 standing=depositary; establish-fact DDD 2002-06-01 fact=conflict until=2003-01-01",
        _agreement("alpha", EntryIntoForce(kind="entry-into-force", when=AllOf(kind="all", of=(_TWO, Waivable(kind="waivable", id="w1", condition=Fact(kind="fact", fact="conflict", present=True)))), **_SAID)),
    ),
    lambda: _scene(
        _BOTH + "ratify CCC 2001-06-01; ratify DDD 2001-09-01; denounce CCC 2002-01-01; ratify CCC 2003-06-01; ratify AAA 2000-09-01 of=beta; ratify BBB 2001-01-01 of=beta; "
        "ratify CCC 2001-03-01 of=beta; ratify DDD 2003-01-01 of=beta; denounce DDD 2003-02-01 of=beta; decline DDD 2001-10-01 of=beta; ratify CCC 2002-04-01 of=beta",
        _alpha(LEAVING, LaterParties(kind="later-parties", delay=_MONTH, **_SAID)),
        _agreement("beta", ENTRY, Amendment(kind="amendment", binds="all", **_SAID), LaterParties(kind="later-parties", delay=_YEAR, **_SAID), LEAVING, amends="alpha"),
    ),
    lambda: _scene(
        "ratify AAA 2000-02-xx; ratify BBB 2000-03~; ratify CCC 2000-xx-xx; denounce AAA 2001-05-xx; ratify AAA 2002-xx-xx; denounce CCC 2003-02-xx; deny BBB 2003-01-01",
        _alpha(LEAVING, MinimumParties(kind="minimum-parties", number=2, **_SAID)),
    ),
    lambda: _scene(
        "ratify AAA 2000-02-xx; ratify BBB 2000-03-xx; ratify CCC 2000-xx-xx; ratify DDD 2000-05-xx; ratify AAA 2000-06-xx as=Q; deny BBB 2003-01-01 to=Q; denounce BBB 2001-05-01",
        _alpha(),
    ),
    lambda: _scene(
        "ratify AAA 2000-02-01 as=A; ratify BBB 2000-03-01 as=B; ratify CCC 2000-04-01 as=C; ratify DDD 2000-05-01 as=D; deny BBB 2001-01-01 to=A; deny CCC 2001-01-01 to=B; "
        "deny AAA 2001-01-01 to=C; deny BBB 2001-02-01 to=D; deny BBB 2001-03-01 to=C recorded=2000-06-01 effect=later; denounce AAA 2001-05-01",
        _alpha(),
    ),
    lambda: _scene(
        _BOTH + "ratify OLD 2000-04-01; denounce OLD 2000-09-01; ratify OLD 2001-06-01; succeed NEW 2002-03-01; reserve OLD 2000-04-01 articles=2 as=R; object AAA 2000-06-01 to=R",
        _alpha(LEAVING, MinimumParties(kind="minimum-parties", number=3, **_SAID)),
        parties=(_follows("continues", "2002-01-01", contested="CCC", settled=date(2003, 6, 1)),),
    ),
    lambda: _scene(
        _BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-06-01; ratify OLD 2001-12-31; succeed NEW 2002-03-01; sign OLD 2000-02-01; ratify CCC 2002-01-01",
        _alpha(Withdrawal(kind="withdrawal", notice=(), **_SAID), LaterParties(kind="later-parties", delay=_YEAR, **_SAID)),
        parties=(_follows("separates", "2002-01-01"),),
    ),
    lambda: _scene(
        _BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-06-01; ratify AAA 2000-02-01 of=beta; ratify BBB 2000-03-01 of=beta; ratify OLD 2000-04-01 of=beta; succeed NEW 2002-03-01 of=beta",
        _alpha(Withdrawal(kind="withdrawal", notice=(), **_SAID)),
        _agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **_SAID), LaterParties(kind="later-parties", delay=_YEAR, **_SAID)),
        parties=(_follows("decolonised", "2002-01-01"),),
    ),
    lambda: _scene(
        _THREE + "ratify OLD 2000-05-01; declare AAA 2001-01-01 articles=3 among=AAA+OLD effect=modifies; declare NEW 2002-06-01 articles=3 among=NEW+AAA effect=disapplies; "
        "declare OLD 2001-09-01 articles=3 among=OLD+AAA effect=disapplies; declare AAA 2001-03-01 articles=3 among=AAA+BBB effect=modifies; modify-inter-se AAA 2001-01-01 articles=2 among=AAA+BBB; "
        "modify-inter-se BBB 2001-06-01 articles=2 among=BBB+AAA; modify-inter-se BBB 2002-06-01 articles=2 among=BBB+AAA; modify-inter-se BBB 2001-02-01 articles=2 among=BBB+CCC",
        _alpha(),
        parties=(_follows("continues", "2002-01-01"),),
    ),
    lambda: _scene(
        _BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-12-02; ratify CCC 2001-12-20",
        _alpha(Withdrawal(kind="withdrawal", notice=_MONTH, ends="agreement", **_SAID)),
        parties=(_follows("dissolves", "2002-01-01"),),
    ),
    lambda: _scene(
        _BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-12-01; ratify CCC 2001-12-20; apply-provisionally NEW 2001-12-01",
        _alpha(Withdrawal(kind="withdrawal", notice=_MONTH, ends="agreement", **_SAID)),
        parties=(_follows("dissolves", "2002-01-01"),),
    ),
    lambda: _scene(
        _BOTH + "extend-territory AAA 2000-06-01; end-territory AAA 2001-01-01; end-territory AAA 2001-06-01; extend-territory AAA 2002-01-01; exclude-territory BBB 2000-05-01; "
        "exclude-territory BBB 2001-05-01; extend-territory BBB 2002-01-01; end-territory BBB 2002-01-31",
        _alpha(Territory(kind="territory", scope="metropolitan", delay=_MONTH, **_SAID), LEAVING),
    ),
    lambda: _scene(
        _BOTH + "exclude-territory BBB 2001-05-01; exclude-territory BBB 2002-05-01; extend-territory BBB 2003-01-01; end-territory BBB 2003-06-01 effect=2003-09-01; end-territory BBB 2003-07-01 effect=2003-08-01",
        _alpha(Territory(kind="territory", delay=_MONTH, **_SAID)),
    ),
    lambda: _scene(
        "sign AAA 2000-02-01; withdraw-signature AAA 2000-05-01; withdraw-signature AAA 2000-08-01; sign AAA 2000-10-01; sign BBB 2000-03-01 ad_referendum=yes; confirm-signature BBB 2000-06-01; sign CCC 2000-04-01; "
        "withdraw-signature CCC 2000-04-01; ratify DDD 2000-05-01",
        _agreement("alpha", EntryIntoForce(kind="entry-into-force", when=Consents(kind="consents", number="2/3", acts=("sign", "ratify"), by=PartySet(of="signatories")), **_SAID)),
    ),
    lambda: _scene(
        "ratify AAA 2000-02-01; ratify BBB 2000-03-01; ratify CCC 2001-03-01; adopt DEP 2000-06-01; adopt DEP 2000-09-01; refuse-amendment BBB 2000-08-01; ratify AAA 2000-06-15 of=beta; ratify BBB 2001-03-01 of=beta",
        _alpha(),
        _agreement("beta", EntryIntoForce(kind="entry-into-force", when=NoAct(kind="no-act", acts=("refuse-amendment",), after="adopt", within=_YEAR, by=PartySet(of="members", agreement="alpha")), **_SAID)),
    ),
    lambda: _scene(
        _THREE + "denounce AAA 2001-01-01; denounce AAA 2001-02-01 as=N; suspend-denunciation AAA 2001-03-01 to=N; revoke-denunciation AAA 2001-05-01 to=N; revoke-denunciation AAA 2001-09-01; "
        "ratify AAA 2001-08-15; denounce BBB 2001-01-01 as=M; suspend-denunciation BBB 2001-03-01; ratify BBB 2001-09-01; revoke-denunciation BBB 2001-10-01; denounce CCC 2000-04-15",
        _alpha(LEAVING),
    ),
    lambda: _scene(
        _THREE + "denounce AAA 2000-06-01; object-renewal BBB 2000-03-01; object-renewal CCC 2000-12-02; denounce AAA 2001-01-01",
        _alpha(_term(term=_YEAR, renews=_YEAR, notice=(Step(months=3),)), Withdrawal(kind="withdrawal", notice=_MONTH, not_before=_YEAR, not_before_means="notice", at_term=True, **_SAID)),
    ),
    lambda: _scene(
        _THREE + "ratify AAA 2001-01-01 of=beta; ratify BBB 2001-03-01 of=beta; ratify CCC 2002-03-01 of=beta; denounce BBB 2002-06-01 of=beta; denounce CCC 2001-06-01",
        _agreement("alpha", ENTRY, LEAVING, Supersedes(kind="supersedes", agreement="beta", between="pairs", **_SAID)),
        _agreement("beta", ENTRY, LEAVING),
    ),
    lambda: _scene(
        "ratify AAA 2000-02-01; ratify BBB 2000-03-01; accede CCC 2000-06-01; withdraw-consent CCC 2000-09-01; accede CCC 2001-01-01; accede DDD 2000-06-01; denounce DDD 2001-06-01; establish-fact AAA 2001-06-01 fact=conflict",
        _alpha(Consent(kind="consent", accession_needs=Fact(kind="fact", fact="conflict", present=True), **_SAID), LEAVING),
    ),
    lambda: _scene(
        _BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2001-01-01 of=beta; denounce AAA 2001-06-01; ratify CCC 2001-01-01 of=beta",
        _alpha(Withdrawal(kind="withdrawal", notice=(), **_SAID)),
        _agreement("beta", EntryIntoForce(kind="entry-into-force", when=InForce(kind="in-force", agreement="alpha", party="AAA"), **_SAID), form="administrative", parent="alpha", survives_parent=True),
    ),
    lambda: _scene(
        _BOTH + "assert DEP 2002-01-01 ended=2002-06-01 standing=depositary; assert DEP 2002-01-02 ended=2002-05-01 standing=depositary", _alpha(_term(until=date(2002, 6, 1)))
    ),
    lambda: _scene(
        "establish-fact DDD 2000-01-15 fact=conflict; waive AAA 2000-01-10 conditions=w1; ratify AAA 2000-01-20; " + _BOTH + "assert DEP 2002-01-01 in_force=2000-02-01 standing=depositary; ratify CCC 2000-06-01",
        _agreement("alpha", EntryIntoForce(kind="entry-into-force", when=AllOf(kind="all", of=(_TWO, Waivable(kind="waivable", id="w1", condition=Fact(kind="fact", fact="conflict", present=True)))), **_SAID)),
    ),
    lambda: _scene(
        _BOTH + "ratify CCC 2001-03-01; ratify DDD 2001-02-28; renew BBB 2001-02-28; renew DDD 2001-03-01; renew AAA 2001-02-01 until=2001-03-01", _alpha(_term(term=_YEAR, prolonged_by="accepters"))
    ),
    lambda: _scene(
        _BOTH + "ratify CCC 2001-12-01; ratify DDD 2002-03-01; renew AAA 2001-06-01 until=2002-03-01; renew BBB 2002-03-01; renew BBB 2002-02-28; denounce CCC 2001-09-01; renew AAA 2001-07-01 until=2004-01-01; renew BBB 2002-02-28",
        _alpha(_term(term=_TWO_YEARS), LEAVING),
    ),
    lambda: _scene(
        _BOTH + "ratify CCC 2000-06-01; denounce CCC 2001-08-31; ratify DDD 2001-01-01; denounce DDD 2001-09-01; renew AAA 2001-06-01 until=2003-03-01; renew BBB 2001-07-01 until=2004-03-01; renew AAA 2001-08-01; renew BBB 2001-09-01",
        _alpha(_term(term=_TWO_YEARS), LEAVING),
    ),
    lambda: _scene(
        _BOTH + "reserve AAA 2000-02-01 articles=1 as=R; object BBB 2001-03-01 to=R as=X; object BBB 2001-02-01 to=R precludes=yes as=Y; withdraw-objection BBB 2001-02-01 to=Y; ratify CCC 2001-06-01; object CCC 2001-06-01 to=R precludes=yes; "
        "accept-reservation CCC 2001-06-01 to=R; ratify DDD 2000-02-01; accept-reservation DDD 2000-06-01 to=R; accept-reservation DDD 2000-09-01 to=R; object DDD 2000-05-01 to=R precludes=yes; object DDD 2000-04-01 to=R",
        _alpha(),
    ),
    lambda: _scene(
        _BOTH + "apply-provisionally CCC 2000-03-01; reserve CCC 2001-01-01 articles=1 as=R; ratify CCC 2001-06-01; object AAA 2001-02-01 to=R precludes=yes; denounce CCC 2002-01-01; reserve CCC 2002-08-01 articles=2 as=S; "
        "ratify CCC 2002-09-01; object BBB 2002-10-01 to=S precludes=yes; object AAA 2003-08-01 to=S precludes=yes",
        _alpha(LEAVING),
    ),
)  # fmt: skip


def scenes() -> range:
    """The numbers of the scenes."""
    return range(len(_SCENES))


def scene(number: int) -> Book:
    """One of them."""
    return _SCENES[number]()
