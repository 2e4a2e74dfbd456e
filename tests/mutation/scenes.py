"""Small books drawn by hand for constellations that chance seldom makes: several renewals, answers to answers, claims about claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from comity.acts import CONSENT
from comity.agreements.clauses import (
    Amendment,
    Consent,
    Dependence,
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
from comity.agreements.conditions import ActDone, AllOf, Consents, Fact, InForce, NoAct, NotBefore, PartySet, Waivable
from comity.parties import Succession
from comity.terms import Step
from tests.mutation.drawing import BOTH, ENTRY, LEAVING, MONTH, SAID, THREE, TWO, TWO_YEARS, YEAR, agreement, alpha, draw, follows, term_clause
from tests.properties.books import Book
from tests.properties.drafting import NEW

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
    BOTH
    + """
    denounce AAA 2001-01-01; ratify AAA 2002-01-01; denounce AAA 2003-01-01; assert DEP 2001-02-01 party=AAA bound_until=2001-11-01 standing=depositary;
    assert DEP 2001-03-01 party=AAA bound_until=2001-10-01 standing=depositary
"""
)
_DENIED = (
    "ratify AAA 2000-02-01 as=A; ratify BBB 2000-03-01 as=B; ratify CCC 2000-04-01 as=C; ratify DDD 2000-05-01 as=D; ratify OLD 2000-06-01 as=E; ratify ORG 2000-06-01 as=F; declare BBB 2000-06-01 as=G; "
    "deny BBB 2001-01-01 to=A; deny CCC 2001-01-01 to=B; deny AAA 2001-01-01 to=C; deny BBB 2001-02-01 to=D; deny BBB 2001-03-01 to=E; deny AAA 2001-03-01 to=F"
)
_SCENES: tuple[Callable[[], Book], ...] = (
    lambda: draw(BOTH + _RENEWED, alpha(term_clause(term=TWO_YEARS))),
    lambda: draw(BOTH + _RENEWED.replace("until=2003-05-01", "until=2002-02-01"), alpha(term_clause(term=TWO_YEARS))),
    lambda: draw(THREE + _RENEWED + "; renew CCC 2001-08-01; renew CCC 2003-02-01; denounce CCC 2003-10-01", alpha(term_clause(until=date(2002, 6, 1)), LEAVING)),
    lambda: draw(
        THREE + "ratify DDD 2001-06-01; renew AAA 2000-09-01 until=2002-01-01; renew AAA 2001-02-01 until=2001-12-01; renew BBB 2001-02-15; "
        "ratify CCC 2002-02-01; assert DEP 2002-01-01 ended=2003-01-01 standing=depositary",
        alpha(term_clause(term=YEAR, prolonged_by="accepters")),
    ),
    lambda: draw(THREE + "assert DEP 2002-01-01 ended=2003-01-01 standing=depositary; renew AAA 2001-04-01", alpha(term_clause(term=YEAR, prolonged_by="accepters"))),
    lambda: draw(BOTH + "renew AAA 2000-09-01 until=2000-10-01; denounce BBB 2000-06-01", alpha(term_clause(until=date(2001, 1, 1), prolonged_by="accepters"), LEAVING)),
    lambda: draw(
        THREE + "terminate AAA 2001-01-01 effect=2002-01-01; terminate AAA 2001-02-01 effect=2001-06-01; terminate BBB 2001-03-01 effect=2001-09-01; "
        "terminate BBB 2001-04-01 effect=2003-01-01; terminate CCC 2001-05-01; denounce CCC 2001-01-15",
        alpha(LEAVING),
    ),
    lambda: draw(_CLAIMS_END, alpha(LEAVING)),
    lambda: draw(_CLAIMS_END + "; expel DEP 2001-09-01 whom=AAA; denounce AAA 2001-08-01", alpha(LEAVING)),
    lambda: draw(
        THREE + "denounce AAA 2001-01-01; assert DEP 2001-02-01 party=AAA bound_until=2002-03-01 standing=depositary; denounce AAA 2001-10-01; "
        "expel DEP 2002-02-01 whom=AAA; assert DEP 2001-02-01 party=BBB bound_from=2000-09-01 standing=depositary; "
        "assert DEP 2001-02-01 party=CCC bound_until=2001-06-01 standing=depositary",
        alpha(LEAVING),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01; ratify BBB 2001-03-01; assert DEP 2001-06-01 party=AAA bound_from=2000-06-01 standing=depositary; "
        "assert DEP 2001-06-01 party=BBB bound_from=2001-09-01 standing=depositary; denounce BBB 2001-06-15; withdraw-consent AAA 2000-09-01; "
        "assert DEP 2001-07-01 party=DDD bound_from=2001-01-01 standing=depositary; assert DEP 2001-07-01 party=DDD bound_until=2002-01-01 standing=depositary",
        alpha(LEAVING),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-10-01; ratify NEW 2001-06-01; assert DEP 2002-06-01 party=OLD bound_until=2002-01-01 standing=depositary; "
        "assert DEP 2002-06-01 party=NEW bound_from=2002-01-01 standing=depositary; assert DEP 2002-06-01 party=OLD bound_from=2002-01-01 standing=depositary",
        alpha(LEAVING),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw("ratify AAA 2000-02-01; ratify BBB 2000-03-01; " + _OBJECTIONS, alpha()),
    lambda: draw(_PRECLUDED, alpha(LEAVING)),
    lambda: draw(_PRECLUDED + "; apply-provisionally AAA 2000-04-01; apply-provisionally BBB 2000-03-15 until=2001-01-01", alpha(LEAVING, ProvisionalApplication(kind="provisional-application", **SAID))),
    lambda: draw(
        THREE + "reserve AAA 2000-02-01 articles=2(1)+3 as=R; reserve BBB 2000-03-01 articles=2 as=S; reserve CCC 2000-04-01 articles=1+2 as=T; "
        "object AAA 2000-05-01 to=S precludes=yes; object BBB 2000-05-01 to=T as=U; withdraw-objection BBB 2001-01-01 to=U; object CCC 2001-04-01 to=S",
        alpha(Reservations(kind="reservations", permitted="only", articles=("2", "3"), **SAID)),
    ),
    lambda: draw(
        THREE + "reserve AAA 2000-02-01 articles=2(1)+3 as=R; reserve BBB 2000-03-01 articles=1+4 as=S; object CCC 2000-05-01 to=S as=X; object CCC 2000-06-01 to=S precludes=yes",
        alpha(Reservations(kind="reservations", permitted="except", articles=("2", "3"), **SAID)),
    ),
    lambda: draw(
        THREE + "exclude-relations AAA 2001-01-01 whom=BBB; restore-relations AAA 2001-06-01 whom=BBB; exclude-relations AAA 2001-09-01 whom=BBB+CCC; "
        "restore-relations AAA 2002-01-01 whom=CCC; restore-relations AAA 2002-06-01 whom=BBB; restore-relations AAA 2003-01-01 whom=BBB",
        alpha(),
    ),
    lambda: draw(
        THREE + "suspend AAA 2001-01-01 whom=BBB+CCC ground=material as=S; resume AAA 2001-06-01 whom=BBB; resume AAA 2001-09-01 whom=CCC; resume AAA 2001-10-01; "
        "suspend BBB 2002-01-01 articles=2+3 until=2003-06-01; resume BBB 2002-06-01 articles=2; resume BBB 2002-09-01 articles=3; resume BBB 2002-11-01",
        alpha(Suspension(kind="suspension", notice=MONTH, **SAID)),
    ),
    lambda: draw(
        THREE + "suspend AAA 2001-01-01 whom=BBB; suspend BBB 2001-02-01 whom=AAA until=2002-01-01; suspend CCC 2001-03-01 articles=2+3 effect=2001-04-01; resume AAA 2001-08-01",
        alpha(Suspension(kind="suspension", notice=MONTH, articles=("2",), **SAID)),
    ),
    lambda: draw(
        BOTH + "open DEP 2000-01-15; open DEP 2000-06-01; sign CCC 2000-02-01; apply-provisionally CCC 2000-08-01 until=2001-03-01 articles=2; "
        "extend-provisional CCC 2000-12-01 until=2001-09-01; extend-provisional CCC 2001-08-01 until=2001-06-01; extend-provisional CCC 2001-08-15; "
        "apply-provisionally CCC 2001-01-01 effect=2001-02-01 until=2002-02-01 articles=3; end-provisional CCC 2002-01-01; apply-provisionally DDD 2001-01-01 effect=2001-06-01; decline DDD 2001-03-01",
        alpha(ProvisionalApplication(kind="provisional-application", by="signature", delay=MONTH, lasts=YEAR, lasts_from="open", **SAID)),
    ),
    lambda: draw(
        BOTH + "sign CCC 2000-02-01; extend-provisional CCC 2000-09-01 until=2001-09-01; ratify CCC 2001-06-01; denounce CCC 2001-09-01; apply-provisionally CCC 2001-01-01 until=2003-01-01",
        alpha(ProvisionalApplication(kind="provisional-application", by="signature", delay=MONTH, lasts=YEAR, lasts_from="start", **SAID), LEAVING),
    ),
    lambda: draw(
        THREE + "denounce AAA 2001-01-01; ratify AAA 2002-01-01; denounce AAA 2003-01-01; ratify AAA 2000-06-01 of=beta; ratify BBB 2000-07-01 of=beta; "
        "ratify CCC 2000-07-01 of=beta; ratify AAA 2001-09-01 of=beta; ratify AAA 2002-06-01 of=beta; renew BBB 2001-01-01 of=beta; renew AAA 2001-01-01 of=beta until=2001-12-01",
        alpha(LEAVING),
        agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **SAID), term_clause(term=YEAR, prolonged_by="accepters")),
    ),
    lambda: draw(
        THREE + "denounce CCC 2001-01-01; ratify CCC 2002-01-01; ratify AAA 2000-01-15 of=beta; ratify BBB 2000-07-01 of=beta; ratify CCC 2001-09-01 of=beta",
        alpha(LEAVING),
        agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="needs-party", **SAID), Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **SAID)),
    ),
    lambda: draw(
        THREE + "waive AAA 2001-01-01 conditions=w1; revoke-waiver AAA 2001-01-01; waive AAA 2001-06-01 conditions=w1+w2; waive BBB 2001-06-01 conditions=w1; "
        "revoke-waiver BBB 2001-09-01; waive CCC 2001-08-01 conditions=w1; assert DEP 2002-01-01 in_force=2001-06-01 standing=depositary; establish-fact DDD 2002-06-01 fact=conflict until=2003-01-01",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=AllOf(kind="all", of=(TWO, Waivable(kind="waivable", id="w1", condition=Fact(kind="fact", fact="conflict", present=True)))), **SAID)),
    ),
    lambda: draw(
        BOTH + "ratify CCC 2001-06-01; ratify DDD 2001-09-01; denounce CCC 2002-01-01; ratify CCC 2003-06-01; ratify AAA 2000-09-01 of=beta; ratify BBB 2001-01-01 of=beta; "
        "ratify CCC 2001-03-01 of=beta; ratify DDD 2003-01-01 of=beta; denounce DDD 2003-02-01 of=beta; decline DDD 2001-10-01 of=beta; ratify CCC 2002-04-01 of=beta",
        alpha(LEAVING, LaterParties(kind="later-parties", delay=MONTH, **SAID)),
        agreement("beta", ENTRY, Amendment(kind="amendment", binds="all", **SAID), LaterParties(kind="later-parties", delay=YEAR, **SAID), LEAVING, amends="alpha"),
    ),
    lambda: draw(
        "ratify AAA 2000-02-xx; ratify BBB 2000-03~; ratify CCC 2000-xx-xx; denounce AAA 2001-05-xx; ratify AAA 2002-xx-xx; denounce CCC 2003-02-xx; deny BBB 2003-01-01",
        alpha(LEAVING, MinimumParties(kind="minimum-parties", number=2, **SAID)),
    ),
    lambda: draw(
        "ratify AAA 2000-02-xx; ratify BBB 2000-03-xx; ratify CCC 2000-xx-xx; ratify DDD 2000-05-xx; ratify AAA 2000-06-xx as=Q; deny BBB 2003-01-01 to=Q; denounce BBB 2001-05-01",
        alpha(),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01 as=A; ratify BBB 2000-03-01 as=B; ratify CCC 2000-04-01 as=C; ratify DDD 2000-05-01 as=D; deny BBB 2001-01-01 to=A; deny CCC 2001-01-01 to=B; "
        "deny AAA 2001-01-01 to=C; deny BBB 2001-02-01 to=D; deny BBB 2001-03-01 to=C recorded=2000-06-01 effect=later; denounce AAA 2001-05-01",
        alpha(),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2000-09-01; ratify OLD 2001-06-01; succeed NEW 2002-03-01; reserve OLD 2000-04-01 articles=2 as=R; object AAA 2000-06-01 to=R",
        alpha(LEAVING, MinimumParties(kind="minimum-parties", number=3, **SAID)),
        parties=(follows("continues", "2002-01-01", contested="CCC", settled=date(2003, 6, 1)),),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-06-01; ratify OLD 2001-12-31; succeed NEW 2002-03-01; sign OLD 2000-02-01; ratify CCC 2002-01-01",
        alpha(Withdrawal(kind="withdrawal", notice=(), **SAID), LaterParties(kind="later-parties", delay=YEAR, **SAID)),
        parties=(follows("separates", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-06-01; ratify AAA 2000-02-01 of=beta; ratify BBB 2000-03-01 of=beta; ratify OLD 2000-04-01 of=beta; succeed NEW 2002-03-01 of=beta",
        alpha(Withdrawal(kind="withdrawal", notice=(), **SAID)),
        agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **SAID), LaterParties(kind="later-parties", delay=YEAR, **SAID)),
        parties=(follows("decolonised", "2002-01-01"),),
    ),
    lambda: draw(
        THREE + "ratify OLD 2000-05-01; declare AAA 2001-01-01 articles=3 among=AAA+OLD effect=modifies; declare NEW 2002-06-01 articles=3 among=NEW+AAA effect=disapplies; "
        "declare OLD 2001-09-01 articles=3 among=OLD+AAA effect=disapplies; declare AAA 2001-03-01 articles=3 among=AAA+BBB effect=modifies; modify-inter-se AAA 2001-01-01 articles=2 among=AAA+BBB; "
        "modify-inter-se BBB 2001-06-01 articles=2 among=BBB+AAA; modify-inter-se BBB 2002-06-01 articles=2 among=BBB+AAA; modify-inter-se BBB 2001-02-01 articles=2 among=BBB+CCC",
        alpha(),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-12-02; ratify CCC 2001-12-20",
        alpha(Withdrawal(kind="withdrawal", notice=MONTH, ends="agreement", **SAID)),
        parties=(follows("dissolves", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-12-01; ratify CCC 2001-12-20; apply-provisionally NEW 2001-12-01",
        alpha(Withdrawal(kind="withdrawal", notice=MONTH, ends="agreement", **SAID)),
        parties=(follows("dissolves", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "extend-territory AAA 2000-06-01; end-territory AAA 2001-01-01; end-territory AAA 2001-06-01; extend-territory AAA 2002-01-01; exclude-territory BBB 2000-05-01; "
        "exclude-territory BBB 2001-05-01; extend-territory BBB 2002-01-01; end-territory BBB 2002-01-31",
        alpha(Territory(kind="territory", scope="metropolitan", delay=MONTH, **SAID), LEAVING),
    ),
    lambda: draw(
        BOTH + "exclude-territory BBB 2001-05-01; exclude-territory BBB 2002-05-01; extend-territory BBB 2003-01-01; end-territory BBB 2003-06-01 effect=2003-09-01; end-territory BBB 2003-07-01 effect=2003-08-01",
        alpha(Territory(kind="territory", delay=MONTH, **SAID)),
    ),
    lambda: draw(
        "sign AAA 2000-02-01; withdraw-signature AAA 2000-05-01; withdraw-signature AAA 2000-08-01; sign AAA 2000-10-01; sign BBB 2000-03-01 ad_referendum=yes; confirm-signature BBB 2000-06-01; sign CCC 2000-04-01; "
        "withdraw-signature CCC 2000-04-01; ratify DDD 2000-05-01",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=Consents(kind="consents", number="2/3", acts=("sign", "ratify"), by=PartySet(of="signatories")), **SAID)),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01; ratify BBB 2000-03-01; ratify CCC 2001-03-01; adopt DEP 2000-06-01; adopt DEP 2000-09-01; refuse-amendment BBB 2000-08-01; ratify AAA 2000-06-15 of=beta; ratify BBB 2001-03-01 of=beta",
        alpha(),
        agreement("beta", EntryIntoForce(kind="entry-into-force", when=NoAct(kind="no-act", acts=("refuse-amendment",), after="adopt", within=YEAR, by=PartySet(of="members", agreement="alpha")), **SAID)),
    ),
    lambda: draw(
        THREE + "denounce AAA 2001-01-01; denounce AAA 2001-02-01 as=N; suspend-denunciation AAA 2001-03-01 to=N; revoke-denunciation AAA 2001-05-01 to=N; revoke-denunciation AAA 2001-09-01; "
        "ratify AAA 2001-08-15; denounce BBB 2001-01-01 as=M; suspend-denunciation BBB 2001-03-01; ratify BBB 2001-09-01; revoke-denunciation BBB 2001-10-01; denounce CCC 2000-04-15",
        alpha(LEAVING),
    ),
    lambda: draw(
        THREE + "denounce AAA 2000-06-01; object-renewal BBB 2000-03-01; object-renewal CCC 2000-12-02; denounce AAA 2001-01-01",
        alpha(term_clause(term=YEAR, renews=YEAR, notice=(Step(months=3),)), Withdrawal(kind="withdrawal", notice=MONTH, not_before=YEAR, not_before_means="notice", at_term=True, **SAID)),
    ),
    lambda: draw(
        THREE + "ratify AAA 2001-01-01 of=beta; ratify BBB 2001-03-01 of=beta; ratify CCC 2002-03-01 of=beta; denounce BBB 2002-06-01 of=beta; denounce CCC 2001-06-01",
        agreement("alpha", ENTRY, LEAVING, Supersedes(kind="supersedes", agreement="beta", between="pairs", **SAID)),
        agreement("beta", ENTRY, LEAVING),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01; ratify BBB 2000-03-01; accede CCC 2000-06-01; withdraw-consent CCC 2000-09-01; accede CCC 2001-01-01; accede DDD 2000-06-01; denounce DDD 2001-06-01; establish-fact AAA 2001-06-01 fact=conflict",
        alpha(Consent(kind="consent", accession_needs=Fact(kind="fact", fact="conflict", present=True), **SAID), LEAVING),
    ),
    lambda: draw(
        BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2001-01-01 of=beta; denounce AAA 2001-06-01; ratify CCC 2001-01-01 of=beta",
        alpha(Withdrawal(kind="withdrawal", notice=(), **SAID)),
        agreement("beta", EntryIntoForce(kind="entry-into-force", when=InForce(kind="in-force", agreement="alpha", party="AAA"), **SAID), form="administrative", parent="alpha", survives_parent=True),
    ),
    lambda: draw(
        BOTH + "assert DEP 2002-01-01 ended=2002-06-01 standing=depositary; assert DEP 2002-01-02 ended=2002-05-01 standing=depositary", alpha(term_clause(until=date(2002, 6, 1)))
    ),
    lambda: draw(
        "establish-fact DDD 2000-01-15 fact=conflict; waive AAA 2000-01-10 conditions=w1; ratify AAA 2000-01-20; " + BOTH + "assert DEP 2002-01-01 in_force=2000-02-01 standing=depositary; ratify CCC 2000-06-01",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=AllOf(kind="all", of=(TWO, Waivable(kind="waivable", id="w1", condition=Fact(kind="fact", fact="conflict", present=True)))), **SAID)),
    ),
    lambda: draw(
        BOTH + "ratify CCC 2001-03-01; ratify DDD 2001-02-28; renew BBB 2001-02-28; renew DDD 2001-03-01; renew AAA 2001-02-01 until=2001-03-01", alpha(term_clause(term=YEAR, prolonged_by="accepters"))
    ),
    lambda: draw(
        BOTH + "ratify CCC 2001-12-01; ratify DDD 2002-03-01; renew AAA 2001-06-01 until=2002-03-01; renew BBB 2002-03-01; renew BBB 2002-02-28; denounce CCC 2001-09-01; renew AAA 2001-07-01 until=2004-01-01; renew BBB 2002-02-28",
        alpha(term_clause(term=TWO_YEARS), LEAVING),
    ),
    lambda: draw(
        BOTH + "ratify CCC 2000-06-01; denounce CCC 2001-08-31; ratify DDD 2001-01-01; denounce DDD 2001-09-01; renew AAA 2001-06-01 until=2003-03-01; renew BBB 2001-07-01 until=2004-03-01; renew AAA 2001-08-01; renew BBB 2001-09-01",
        alpha(term_clause(term=TWO_YEARS), LEAVING),
    ),
    lambda: draw(
        BOTH + "reserve AAA 2000-02-01 articles=1 as=R; object BBB 2001-03-01 to=R as=X; object BBB 2001-02-01 to=R precludes=yes as=Y; withdraw-objection BBB 2001-02-01 to=Y; ratify CCC 2001-06-01; object CCC 2001-06-01 to=R precludes=yes; "
        "accept-reservation CCC 2001-06-01 to=R; ratify DDD 2000-02-01; accept-reservation DDD 2000-06-01 to=R; accept-reservation DDD 2000-09-01 to=R; object DDD 2000-05-01 to=R precludes=yes; object DDD 2000-04-01 to=R",
        alpha(),
    ),
    lambda: draw(
        BOTH + "apply-provisionally CCC 2000-03-01; reserve CCC 2001-01-01 articles=1 as=R; ratify CCC 2001-06-01; object AAA 2001-02-01 to=R precludes=yes; denounce CCC 2002-01-01; reserve CCC 2002-08-01 articles=2 as=S; "
        "ratify CCC 2002-09-01; object BBB 2002-10-01 to=S precludes=yes; object AAA 2003-08-01 to=S precludes=yes",
        alpha(LEAVING),
    ),
    # -- worlds: of four partial dates two first and two last; of five, one day against the others; six points and seven
    lambda: draw("ratify AAA 2000-xx-xx; denounce AAA 2000-xx-xx; ratify BBB 2000-xx-xx; denounce BBB 2000-xx-xx", alpha(LEAVING)),
    lambda: draw(
        BOTH + "declare AAA 2000-xx-xx; declare AAA 2000-xx-xx; declare BBB 2000-xx-xx; declare BBB 2000-xx-xx; declare CCC 2000-xx-xx",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=ActDone(kind="act", acts=("declare",)), **SAID)),
    ),
    lambda: draw(
        "ratify AAA 2000-02-xx; denounce AAA 2000-02-15; ratify BBB 2000-xx-xx; declare CCC 2000-xx-xx; declare CCC 2000-xx-xx; declare DDD 2000-03-xx", alpha(LEAVING)
    ),
    lambda: draw(
        "ratify AAA 2000-02-xx; denounce AAA 2000-02-15; ratify BBB 2000-02-15; denounce BBB 2000-02-xx; ratify CCC 2000-02-xx; denounce CCC 2000-02-15; "
        "ratify DDD 2000-02-xx; denounce DDD 2000-02-15; ratify OLD 2000-02-xx; denounce OLD 2000-02-15",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=Consents(kind="consents", number=5, acts=CONSENT), delay=MONTH, **SAID), LEAVING),
    ),
    lambda: draw(
        "ratify AAA 2000-02-xx; ratify BBB 2000-03-xx; ratify CCC 2000-04-xx; ratify DDD 2000-04-xx; ratify AAA 2000-02-xx of=beta; ratify BBB 2000-03-xx of=beta; denounce AAA 2000-02-14 of=beta",
        alpha(Dependence(kind="dependence", agreement="beta", effect="needs-party", **SAID)),
        agreement("beta", ENTRY, LEAVING),
    ),
    lambda: draw(_DENIED, alpha()),
    lambda: draw(_DENIED + "; deny AAA 2001-01-01 to=G", alpha()),
    lambda: draw(_DENIED + "; deny AAA 2001-01-01 to=G; denounce AAA 2001-xx-xx; denounce BBB 2001-xx-xx; denounce CCC 2001-xx-xx", alpha(LEAVING)),
    lambda: draw(BOTH + "ratify CCC 2000-04-01 ref=x; ratify CCC 2001-04-01 ref=x; ratify CCC 2002-04-01 ref=x; ratify DDD 2001-xx-xx ref=y; ratify DDD 2001-06-01 ref=y", alpha()),
    # -- days that meet
    lambda: draw(
        BOTH + "ratify CCC 2001-03-01; apply-provisionally CCC 2000-06-01 effect=2001-03-01; expel DEP 2002-01-01 whom=CCC; apply-provisionally DDD 2000-06-01 articles=2; "
        "apply-provisionally DDD 2000-09-01 articles=3 until=2001-06-01; reserve DDD 2000-06-01 articles=1",
        alpha(),
    ),
    lambda: draw(
        BOTH + "sign CCC 2000-02-01; extend-provisional CCC 2000-03-02 until=2002-03-01",
        alpha(ProvisionalApplication(kind="provisional-application", by="signature", delay=MONTH, lasts=YEAR, lasts_from="start", **SAID)),
    ),
    lambda: draw(
        BOTH + "accede CCC 2001-01-01; withdraw-consent CCC 2001-02-01; ratify CCC 2001-03-01; reserve CCC 2001-06-01 articles=1 as=R; object AAA 2001-07-01 to=R precludes=yes",
        alpha(LaterParties(kind="later-parties", acts=("accede",), delay=TWO_YEARS, **SAID)),
    ),
    lambda: draw(
        THREE + "reserve AAA 2000-02-01 articles=2+4; reserve BBB 2000-03-01 articles=4+5; reserve CCC 2000-04-01 articles=3",
        alpha(Reservations(kind="reservations", permitted="except", articles=("2", "3"), **SAID)),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2001-12-02; declare OLD 2002-01-01; ratify CCC 2001-12-20",
        alpha(Withdrawal(kind="withdrawal", notice=MONTH, ends="agreement", **SAID)),
        parties=(follows("dissolves", "2002-01-01"),),
    ),
    lambda: draw(
        THREE + "denounce AAA 2000-12-01; ratify AAA 2000-01-15 of=beta; ratify BBB 2000-02-01 of=beta; ratify CCC 2000-02-01 of=beta; ratify AAA 2001-12-02 of=beta; "
        "assert DEP 2001-01-01 party=AAA bound_until=2002-01-01 standing=depositary of=beta",
        alpha(LEAVING),
        agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **SAID), LaterParties(kind="later-parties", delay=MONTH, **SAID)),
    ),
    lambda: draw(BOTH + "ratify OLD 2000-04-01; ratify CCC 2000-05-01", alpha(term_clause(until=date(2002, 1, 1))), parties=(follows("continues", "2002-01-01"),)),
    lambda: draw(
        BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2000-09-01 of=beta; ratify CCC 2001-06-01; ratify CCC 2001-06-01 of=beta; denounce CCC 2002-01-01 of=beta",
        alpha(LEAVING),
        agreement("beta", ENTRY, Amendment(kind="amendment", binds="all", **SAID), LEAVING, LaterParties(kind="later-parties", delay=YEAR, **SAID), amends="alpha"),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01; ratify BBB 2000-03-01; waive AAA 2000-02-01 conditions=w1; waive BBB 2000-06-01 conditions=w1; ratify CCC 2001-06-01; waive CCC 2001-06-01 conditions=w1; denounce CCC 2001-08-01",
        agreement(
            "alpha",
            EntryIntoForce(kind="entry-into-force", when=AllOf(kind="all", of=(TWO, Waivable(kind="waivable", id="w1", condition=Fact(kind="fact", fact="conflict", present=True)))), **SAID),
            Withdrawal(kind="withdrawal", notice=MONTH, not_before=YEAR, not_before_means="effect", **SAID),
        ),
    ),
    lambda: draw(
        BOTH + "accede CCC 2000-06-01; withdraw-consent CCC 2000-06-01; accede DDD 2000-05-01; withdraw-consent DDD 2000-06-15; establish-fact AAA 2001-06-01 fact=conflict",
        alpha(Consent(kind="consent", accession_needs=Fact(kind="fact", fact="conflict", present=True), **SAID), LEAVING),
    ),
    lambda: draw(
        "accede CCC 2000-02-01; declare AAA 2000-01-15; declare BBB 2000-01-15; declare CCC 2000-01-15; " + BOTH + "ratify OLD 2000-04-01; accede DDD 2000-05-01; denounce OLD 2000-09-01",
        alpha(Consent(kind="consent", accession_needs=Consents(kind="consents", number="all", acts=("declare",), by=PartySet(of="parties")), **SAID), LEAVING),
    ),
    lambda: draw(BOTH + "ratify CCC 2002-02-28; renew AAA 2001-06-01 until=2004-03-01; renew BBB 2001-06-01 until=2004-03-01", alpha(term_clause(term=TWO_YEARS))),
    lambda: draw(
        BOTH + "renew AAA 2001-06-01 until=2002-03-01; renew BBB 2001-06-01 until=2003-03-01; renew AAA 2001-07-01 until=2004-01-01; renew BBB 2001-07-01 until=2004-01-01",
        alpha(term_clause(term=TWO_YEARS)),
    ),
    lambda: draw(
        BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2000-09-01 of=beta; ratify AAA 2000-09-01 of=gamma; ratify BBB 2000-09-01 of=gamma; ratify AAA 2000-09-01 of=delta; ratify BBB 2000-09-01 of=delta",
        alpha(term_clause(until=date(2001, 6, 1))),
        agreement("beta", ENTRY, form="administrative", parent="alpha", survives_parent=True),
        agreement("gamma", ENTRY, parent="alpha"),
        agreement("delta", ENTRY, form="administrative", parent="alpha"),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; ratify NEW 2001-01-01; reserve AAA 2000-02-01 articles=1 as=R; object OLD 2000-06-01 to=R; reserve BBB 2000-03-01 articles=2 as=S; object NEW 2001-02-01 to=S precludes=yes",
        alpha(),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        THREE + "suspend AAA 2001-01-01 articles=2+3; suspend BBB 2001-02-01 whom=CCC ground=material_breach; suspend CCC 2001-03-01 articles=2 whom=AAA; suspend BBB 2001-06-01",
        alpha(Suspension(kind="suspension", notice=MONTH, articles=("2", "3"), **SAID)),
    ),
    lambda: draw(
        BOTH + "adopt DEP 2000-06-01 of=beta; refuse-amendment BBB 2000-06-01 of=beta; ratify AAA 2000-06-15 of=beta; ratify BBB 2001-03-01 of=beta",
        alpha(),
        agreement("beta", EntryIntoForce(kind="entry-into-force", when=NoAct(kind="no-act", acts=("refuse-amendment",), after="adopt", within=YEAR, by=PartySet(of="members", agreement="alpha")), **SAID)),
    ),
    lambda: draw(
        BOTH + "ratify NEW 2000-04-01; exclude-relations AAA 2001-01-01 whom=OLD; declare NEW 2001-06-01 articles=3 among=OLD+BBB effect=modifies; declare BBB 2001-06-01 articles=3 among=NEW+BBB effect=modifies",
        alpha(),
        parties=(follows("continues", "2002-01-01", contested="CCC"),),
    ),
    lambda: draw(
        "ratify AAA 2000-05-01; ratify BBB 2000-06-01; accede CCC 2000-07-01",
        agreement(
            "alpha", EntryIntoForce(kind="entry-into-force", when=Consents(kind="consents", number="2/3", acts=("ratify",), by=PartySet(of="signatories")), **SAID), concluded=date(1999, 1, 1)
        ),
    ),
    lambda: draw(
        BOTH + "ratify NEW 2001-01-01; denounce NEW 2001-12-01; ratify OLD 2000-05-01; denounce OLD 2001-01-01; reserve NEW 2001-01-01 articles=2",
        alpha(LEAVING),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2000-09-01 of=beta; ratify CCC 2001-06-01; denounce CCC 2001-09-01 of=beta; ratify DDD 2001-06-01; denounce DDD 2002-01-01; "
        "ratify DDD 2002-02-01 of=beta; ratify DDD 2002-09-01 of=beta; ratify NEW 2001-06-01; denounce NEW 2002-03-01",
        alpha(LEAVING),
        agreement("beta", ENTRY, Amendment(kind="amendment", binds="all", **SAID), LEAVING, amends="alpha"),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2000-09-01 of=beta; ratify OLD 2001-06-01; decline NEW 2003-01-01 of=beta; ratify CCC 2001-06-01; ratify CCC 2001-03-01 of=beta; "
        "suspend CCC 2001-07-01 of=beta; denounce OLD 2002-06-01; ratify OLD 2001-08-01 of=beta; ratify DDD 2000-08-31",
        alpha(LEAVING),
        agreement("beta", ENTRY, Amendment(kind="amendment", binds="all", **SAID), LEAVING, LaterParties(kind="later-parties", delay=YEAR, **SAID), amends="alpha"),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify CCC 2000-05-01; ratify NEW 2001-01-01; denounce NEW 2001-12-01; declare OLD 2000-02-01; ratify DDD 2000-05-01",
        alpha(LEAVING),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify AAA 2000-09-01 of=beta; ratify BBB 2000-09-01 of=beta; ratify OLD 2001-12-02; ratify CCC 2001-05-02; denounce CCC 2002-01-15; ratify CCC 2002-07-15 of=beta",
        alpha(LEAVING, LaterParties(kind="later-parties", delay=MONTH, **SAID)),
        agreement("beta", ENTRY, Amendment(kind="amendment", binds="all", **SAID), LEAVING, amends="alpha"),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw(
        THREE + "suspend AAA 2001-01-01 articles=2+3",
        alpha(Suspension(kind="suspension", notice=MONTH, articles=("2", "3"), **SAID)),
    ),
    lambda: draw(THREE + "suspend BBB 2001-02-01 whom=CCC ground=material_breach", alpha()),
    lambda: draw(
        BOTH + "establish-fact AAA 2000-01-15 fact=conflict until=2000-06-01",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=AllOf(kind="all", of=(TWO, Fact(kind="fact", fact="conflict"), NotBefore(kind="not-before", day=date(2000, 6, 1)))), **SAID)),
    ),
    lambda: draw(
        "sign AAA 2000-02-01; withdraw-signature AAA 2000-03-01; accede BBB 2000-05-01; accede CCC 2000-05-01",
        agreement("alpha", EntryIntoForce(kind="entry-into-force", when=Consents(kind="consents", number="2/3", acts=("ratify",), by=PartySet(of="signatories")), **SAID)),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01; accede BBB 2000-02-15; accede CCC 2000-03-01; accede DDD 2000-03-15; ratify OLD 2000-04-01",
        alpha(Consent(kind="consent", accession_needs=Consents(kind="consents", number=2, acts=("ratify", "accede")), **SAID)),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; succeed DDD 2003-03-01",
        alpha(LaterParties(kind="later-parties", delay=YEAR, **SAID)),
        parties=(follows("continues", "2002-01-01"), Succession("DDD", NEW, "separates", date(2003, 1, 1))),
    ),
    lambda: draw(
        BOTH + "apply-provisionally CCC 2000-06-01; ratify DDD 2000-06-01 as=D; retract DDD 2001-01-01 to=D; apply-provisionally OLD 2000-06-01 articles=4",
        alpha(ProvisionalApplication(kind="provisional-application", articles=("2",), **SAID)),
    ),
    lambda: draw("ratify AAA 2000-02-01; ratify BBB 2000-xx-xx", alpha()),
    lambda: draw(
        "accede NEW 2000-09-01; ratify BBB 2001-08-01; ratify OLD 2001-08-01; ratify AAA 2001-09-15",
        alpha(MinimumParties(kind="minimum-parties", number=3, **SAID)),
        parties=(follows("continues", "2002-09-01"),),
    ),
    lambda: draw(
        "ratify OLD 2000-02-01; ratify AAA 2000-03-01; denounce AAA 2001-12-01; ratify BBB 2003-01-01; denounce BBB 2004-01-01",
        alpha(Withdrawal(kind="withdrawal", notice=MONTH, **SAID)),
        parties=(follows("continues", "2002-01-01"),),
    ),
    lambda: draw("ratify OLD 2000-09-15; ratify NEW 2000-04-15", alpha(), parties=(follows("continues", "2002-06-01"),)),
    lambda: draw(
        "ratify AAA 2000-02-01; ratify BBB 2000-02-15; sign AAA 2000-02-01; sign CCC 2000-03-01; ratify CCC 2000-03-15; denounce CCC 2000-10-01; sign BBB 2000-06-01; denounce BBB 2001-01-01; "
        "ratify DDD 2000-03-01; denounce DDD 2000-04-01; sign DDD 2000-10-01",
        alpha(ProvisionalApplication(kind="provisional-application", by="signature", delay=MONTH, **SAID), LEAVING),
    ),
    lambda: draw(
        "ratify AAA 2000-02-01 as=A; replace BBB 2004-01-01 to=A received=2004-03-01 ref=x; replace BBB 2003-01-01 to=A received=2002-08-01 ref=x; ratify BBB 2001-01-01", alpha()
    ),
    lambda: draw(
        "accede OLD 2000-02-01; ratify AAA 2000-03-01; ratify BBB 2000-03-01; denounce AAA 2000-05-01",
        alpha(MinimumParties(kind="minimum-parties", number=3, **SAID), LEAVING),
        parties=(follows("continues", "2002-01-01", contested="CCC"),),
    ),
    lambda: draw(
        BOTH + "ratify CCC 2000-03-01; object-renewal AAA 2000-06-01; revoke-denunciation AAA 2000-10-16; object-renewal BBB 2000-06-01 as=N; object-renewal BBB 2000-07-01; "
        "revoke-denunciation BBB 2000-10-16 to=N; object-renewal CCC 2000-06-01; suspend-denunciation CCC 2000-07-01; revoke-denunciation CCC 2001-06-01",
        alpha(term_clause(term=YEAR, renews=YEAR)),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2003-06-01; ratify AAA 2000-02-01 of=beta; ratify BBB 2000-03-31 of=beta; ratify NEW 2001-10-01 of=beta; ratify OLD 2000-04-15 of=beta",
        alpha(LEAVING),
        agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="needs-party", **SAID), Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **SAID)),
        parties=(follows("continues", "2003-01-01"),),
    ),
    lambda: draw(
        BOTH + "ratify OLD 2000-04-01; denounce OLD 2003-06-01; ratify NEW 2001-06-01; denounce NEW 2002-01-01; ratify AAA 2000-02-01 of=beta; ratify BBB 2000-03-31 of=beta; ratify NEW 2001-10-01 of=beta",
        alpha(LEAVING),
        agreement("beta", ENTRY, Dependence(kind="dependence", agreement="alpha", effect="needs-party", **SAID), Dependence(kind="dependence", agreement="alpha", effect="ends-for-party", **SAID)),
        parties=(follows("continues", "2003-01-01"),),
    ),
)  # fmt: skip


def scenes() -> range:
    """The numbers of the scenes."""
    return range(len(_SCENES))


def scene(number: int) -> Book:
    """One of them."""
    return _SCENES[number]()
