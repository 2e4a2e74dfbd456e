"""The slow oracle on small stories whose answer one can work out on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from comity.acts import Act, Entry
from comity.agreements.clauses import (
    Agreement,
    AnyClause,
    Consent,
    Dependence,
    Duration,
    EntryIntoForce,
    LaterParties,
    Reservations,
    Supersedes,
    Suspension,
    Withdrawal,
)
from comity.agreements.conditions import Consents, NotBefore, PartySet, Waivable
from comity.parties import Named, Party, Register, Span, Succession
from comity.terms import Label, Step, Verdict, parse_moment
from oracles.record import Record
from oracles.standing import between, bound, in_force
from oracles.worlds import World
from tests.properties.books import random_book
from tests.properties.drafting import ACTORS

YES, NO, CONTESTED, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN
KNOWN = date(2030, 1, 1)
SAID: dict[str, Any] = {"article": "1", "says": "a story"}


def on(text: str) -> date:
    return date.fromisoformat(text)


def act(kind: str, actor: str, received: str, *, ref: str = "", **more: Any) -> Act:
    return Act(kind, actor, ref or f"{actor}-{kind}-{received}", more.pop("agreement", "pact"), received=parse_moment(received), **more)


def entry(number: int | str, delay: tuple[Step, ...] = (), **more: Any) -> EntryIntoForce:
    who = {name: more.pop(name) for name in ("by", "including", "acts", "organisations") if name in more}
    return EntryIntoForce(kind="entry-into-force", when=Consents(kind="consents", number=number, **who), delay=delay, **more, **SAID)


def pact(*clauses: AnyClause, **more: Any) -> Agreement:
    name = more.pop("id", "pact")
    return Agreement(id=name, title=name, short=name, concluded=more.pop("concluded", date(1990, 1, 1)), clauses=clauses, **more)


def register(*successions: Succession, **ends: str) -> Register:
    """Parties that exist without end, but for those given with a last day; X is an organisation, ORGAN an organ."""
    kinds: dict[str, Any] = {"X": "organisation", "ORGAN": "organ"}
    codes = ["A", "B", "C", "D", "X", "ORGAN", *(code for s in successions for code in (s.predecessor, s.successor))]
    exists = {c: (Span(None, on(ends[c]) if c in ends else None),) for c in codes}
    return Register({c: Party(c, kinds.get(c, "state"), (Named(c),), exists=exists[c]) for c in codes}, successions)


def book(agreements: Agreement | Sequence[Agreement], *acts: Act, parties: Register | None = None) -> Record:
    listed = [agreements] if isinstance(agreements, Agreement) else list(agreements)
    return Record(listed, [Entry(a, date(1990, 1, 1)) for a in acts], parties or register())


def is_bound(record: Record, party: str, day: str, name: str = "pact") -> tuple[Verdict, str]:
    return bound(record, party, name, on(day), KNOWN, None)


def force(record: Record, day: str, name: str = "pact") -> Verdict:
    return in_force(record, name, on(day), KNOWN, None)


def pair(record: Record, day: str, a: str = "A", b: str = "B", name: str = "pact") -> tuple[Verdict, tuple[str, ...], set[tuple[str, str, str]]]:
    verdict, texts, exceptions = between(record, a, b, name, on(day), KNOWN, None)
    return verdict, texts, set(exceptions)


TWO = entry(2)
RATIFIED = (act("ratify", "A", "2000-01-01"), act("ratify", "B", "2000-01-01"))


# -- entry into force -------------------------------------------------------------------------------------------------


def test_a_majority_of_the_signatories_that_must_include_two_by_name() -> None:
    """As in the North Atlantic Treaty, article 11: three of four have ratified, but A, who must be among them, comes last."""
    signatures = [act("sign", p, "1999-04-04") for p in "ABCD"]
    law = pact(entry("majority", acts=("ratify",), by=PartySet(of="signatories"), including=("A", "B")))
    ratifications = [act("ratify", *who) for who in (("B", "1999-05-01"), ("C", "1999-06-01"), ("D", "1999-07-01"), ("A", "1999-08-24"))]
    record = book(law, *signatures, *ratifications)
    assert is_bound(record, "B", "1999-08-23") == (NO, "contracting")
    assert force(record, "1999-08-23") is NO
    assert force(record, "1999-08-24") is YES


def test_a_delay_with_a_floor() -> None:
    """As in the Chemical Weapons Convention, XXI(1): 180 days after the second deposit, but not before two years after it was opened."""
    law = pact(entry(2, (Step(days=180),), floor=NotBefore(kind="not-before", after="open", delay=(Step(years=2),))))
    opened = act("open", "DEP", "2000-01-13")
    early = book(law, opened, *RATIFIED)
    assert [force(early, d) for d in ("2002-01-12", "2002-01-13")] == [NO, YES]
    late = book(law, opened, act("ratify", "A", "2000-01-01"), act("ratify", "B", "2001-12-31"))
    assert [force(late, d) for d in ("2002-06-28", "2002-06-29")] == [NO, YES]


def test_the_first_day_of_a_month_and_a_later_party() -> None:
    """As in the Ottawa Convention, article 17: first day of the sixth month after; who comes in between has a clock of its own."""
    law = pact(entry(2, (Step(month_start=6),)), LaterParties(kind="later-parties", switch="threshold", delay=(Step(month_start=6),), **SAID))
    record = book(law, act("ratify", "A", "1998-03-01"), act("ratify", "B", "1998-09-16"), act("ratify", "C", "1998-11-30"))
    assert [is_bound(record, "A", d)[0] for d in ("1999-02-28", "1999-03-01")] == [NO, YES]
    assert [is_bound(record, "C", d)[0] for d in ("1999-04-30", "1999-05-01")] == [NO, YES]


def test_a_withdrawn_consent_does_not_stop_the_clock_once_it_runs() -> None:
    """4.2: B withdraws after the second deposit, C joins; entry into force is still reckoned from B's deposit. Before it, it would count no more."""
    law = pact(entry(2, (Step(days=100),)))
    after = book(law, *RATIFIED, act("withdraw-consent", "B", "2000-01-10"), act("ratify", "C", "2000-03-01"))
    assert [force(after, d) for d in ("2000-04-09", "2000-04-10")] == [NO, YES]
    assert is_bound(after, "B", "2000-04-10") == (NO, "none")
    before = book(law, act("ratify", "A", "2000-01-01"), act("withdraw-consent", "A", "2000-01-02"), act("ratify", "B", "2000-01-03"))
    assert force(before, "2001-01-01") is NO


def test_an_organisation_is_not_counted_but_is_bound() -> None:
    """A, B and the organisation X have ratified; three are needed, so it takes C; then X is bound too."""
    record = book(pact(entry(3)), *RATIFIED, act("confirm", "X", "2000-01-01"), act("ratify", "C", "2001-01-01"))
    assert [force(record, d) for d in ("2000-12-31", "2001-01-01")] == [NO, YES]
    assert is_bound(record, "X", "2001-01-01") == (YES, "party")


def test_each_waives_for_itself() -> None:
    """As in the Treaty of Tlatelolco, 28(2): not all four have ratified; A and B waive that, C does not."""
    everyone = Waivable(kind="waivable", id="all", condition=Consents(kind="consents", number=4))
    law = pact(EntryIntoForce(kind="entry-into-force", when=everyone, **SAID))
    waivers = [act("waive", p, "2000-02-01", details={"conditions": "all"}) for p in "AB"]
    record = book(law, *RATIFIED, act("ratify", "C", "2000-01-01"), *waivers)
    assert [force(record, d) for d in ("2000-01-31", "2000-02-01")] == [NO, YES]
    assert is_bound(record, "C", "2005-01-01") == (NO, "contracting")


def test_no_clause_says_when_it_enters_into_force() -> None:
    """24(2): all negotiating states must consent; where nobody is named either, the record does not know."""
    assert [force(book(pact(negotiating=("A", "B")), *RATIFIED), d) for d in ("1999-12-31", "2000-01-01")] == [NO, YES]
    assert force(book(pact(), *RATIFIED), "2001-01-01") is UNKNOWN
    assert is_bound(book(pact(), *RATIFIED), "A", "2001-01-01") == (UNKNOWN, "contracting")


def test_a_signature_ad_referendum_binds_nobody_until_confirmed() -> None:
    """12(2)(b): A's signature counts from its own day, because a confirmation followed; B's never."""
    law = pact(entry(1))
    signs = [act("sign", p, "2000-01-01", details={"ad_referendum": "yes"}) for p in "AB"]
    record = book(law, *signs, act("confirm-signature", "A", "2000-06-01"))
    assert is_bound(record, "A", "2000-01-01") == (NO, "signatory")
    assert is_bound(record, "B", "2000-01-01") == (NO, "none")


def test_all_depositaries_must_have_it() -> None:
    """Three depositaries, all of them needed: A is bound by its last lodging, B, who lacks one, not at all."""
    law = pact(Consent(kind="consent", depositaries="all", **SAID), entry(1), depositary=("K", "L"))
    lodged = [act("ratify", "A", "2000-01-01", depositary="K"), act("ratify", "A", "2000-02-01", depositary="L")]
    record = book(law, *lodged, act("ratify", "B", "2000-01-01", depositary="K"))
    assert [is_bound(record, "A", d)[0] for d in ("2000-01-31", "2000-02-01")] == [NO, YES]
    assert is_bound(record, "B", "2001-01-01") == (NO, "none")


# -- exits and ends ---------------------------------------------------------------------------------------------------

WITHDRAWAL = Withdrawal(kind="withdrawal", notice=(Step(months=6),), **SAID)


def test_a_denunciation_revoked_in_time_and_too_late() -> None:
    """Article 68: before it takes effect a notice can be taken back, on that day no more."""
    notice = act("denounce", "A", "2001-01-01")
    law = pact(TWO, WITHDRAWAL)
    assert [is_bound(book(law, *RATIFIED, notice), "A", d) for d in ("2001-06-30", "2001-07-01")] == [(YES, "party"), (NO, "former")]
    in_time = book(law, *RATIFIED, notice, act("revoke-denunciation", "A", "2001-06-30"))
    assert is_bound(in_time, "A", "2002-01-01") == (YES, "party")
    too_late = book(law, *RATIFIED, notice, act("revoke-denunciation", "A", "2001-07-01"))
    assert is_bound(too_late, "A", "2002-01-01") == (NO, "former")


def test_a_suspended_denunciation_is_contested_until_it_is_revoked() -> None:
    """As with the Visiting Forces Agreement of 1998: nothing provides for suspending a notice; after the revocation both readings meet."""
    record = book(
        pact(TWO, WITHDRAWAL), *RATIFIED, act("denounce", "A", "2020-02-11"), act("suspend-denunciation", "A", "2020-06-01"),
        act("revoke-denunciation", "A", "2021-07-30"),
    )  # fmt: skip
    days = ("2020-08-10", "2020-08-11", "2021-07-29", "2021-07-30")
    assert [is_bound(record, "A", d) for d in days] == [(YES, "party"), (CONTESTED, ""), (CONTESTED, ""), (YES, "party")]


def test_a_treaty_silent_on_withdrawal() -> None:
    """Article 56: no right, or twelve months' notice; so it is contested from the day the twelve months are over."""
    record = book(pact(TWO), *RATIFIED, act("denounce", "A", "2001-03-01"))
    assert [is_bound(record, "A", d)[0] for d in ("2002-02-28", "2002-03-01")] == [YES, CONTESTED]


def test_a_term_that_renews_itself_until_one_objects() -> None:
    """One-year terms from 1 January 2000, three months' notice: an objection in November ends it only a year later."""
    renewing = Duration(kind="duration", term=(Step(years=1),), renews=(Step(years=1),), notice=(Step(months=3),), **SAID)
    record = book(pact(TWO, renewing), *RATIFIED, act("object-renewal", "A", "2002-11-01"))
    assert [force(record, d) for d in ("2003-12-31", "2004-01-01")] == [YES, NO]


def test_it_ends_with_the_treaty_it_lives_by() -> None:
    """The arrangement needs the treaty: A is bound only as party to it, and all falls when the treaty's term is over."""
    treaty = pact(TWO, Duration(kind="duration", term=(Step(years=2),), **SAID), id="treaty")
    arrangement = pact(TWO, *(Dependence(kind="dependence", agreement="treaty", effect=e, **SAID) for e in ("needs-party", "ends-with")))
    record = book([treaty, arrangement], *RATIFIED, *(act("ratify", p, "2001-01-01", agreement="treaty") for p in "AB"))
    assert [force(record, d) for d in ("2000-12-31", "2001-01-01", "2002-12-31", "2003-01-01")] == [NO, YES, YES, NO]


def test_who_is_left_alone_is_bound_to_nobody() -> None:
    """8: A alone is bound by the clauses before anyone joins; once B has come and gone, A has nobody left to be bound to."""
    record = book(pact(entry(1), WITHDRAWAL), act("ratify", "A", "2000-01-01"), act("ratify", "B", "2001-01-01"), act("denounce", "B", "2002-01-01"))
    assert is_bound(record, "A", "2000-06-01") == (YES, "party")
    assert is_bound(record, "A", "2002-06-30") == (YES, "party")
    assert is_bound(record, "A", "2002-07-01") == (NO, "former")
    assert [force(record, d) for d in ("2000-12-31", "2001-01-01", "2002-06-30", "2002-07-01")] == [NO, YES, YES, NO]


def test_those_who_accept_a_prolongation_are_bound_on() -> None:
    """The term is two years; A and B prolong it to 2005, C does not and is out, but may consent anew."""
    term = Duration(kind="duration", term=(Step(years=2),), prolonged_by="accepters", **SAID)
    renewals = [act("renew", p, "2001-06-01", details={"until": "2005-01-01"}) for p in "AB"]
    record = book(pact(TWO, term), *RATIFIED, act("ratify", "C", "2000-01-01"), *renewals, act("accede", "C", "2003-01-01"))
    assert [is_bound(record, "C", d)[0] for d in ("2001-12-31", "2002-01-01", "2003-01-01")] == [YES, NO, YES]
    assert [is_bound(record, "A", d)[0] for d in ("2004-12-31", "2005-01-01")] == [YES, NO]


# -- parties that come and go -----------------------------------------------------------------------------------------


def test_a_state_that_continues_another() -> None:
    """RUS for SUN: one legal person, bound without a break and counted once; what SUN's neighbour still needs does not change."""
    parties = register(Succession("RUS", "SUN", "continues", on("1991-12-25")), SUN="1991-12-25")
    record = book(pact(entry(3)), act("ratify", "SUN", "1990-01-01"), act("ratify", "RUS", "1993-01-01"), *RATIFIED, parties=parties)
    assert is_bound(record, "SUN", "1991-12-24") == (NO, "contracting")
    assert is_bound(record, "RUS", "1991-12-25") == (NO, "contracting")
    assert is_bound(record, "SUN", "1991-12-25") == (NO, "none")
    assert [force(record, d) for d in ("1999-12-31", "2000-01-01")] == [NO, YES]


def test_a_contested_continuation() -> None:
    """N says it is O; others deny it, until that is settled: contested in between, and from then on only N's own acts count."""
    parties = register(Succession("N", "O", "continues", on("2001-01-01"), contested="C", settled=on("2003-01-01")), O="2001-01-01")
    record = book(pact(TWO), *RATIFIED, act("ratify", "O", "2000-01-01"), parties=parties)
    assert is_bound(record, "O", "2000-12-31") == (YES, "party")
    assert [is_bound(record, "N", d)[0] for d in ("2001-01-01", "2002-12-31", "2003-01-01")] == [CONTESTED, CONTESTED, NO]
    own = book(pact(TWO), *RATIFIED, act("ratify", "O", "2000-01-01"), act("accede", "N", "2002-01-01"), parties=parties)
    assert [is_bound(own, "N", d)[0] for d in ("2001-12-31", "2002-01-01", "2004-01-01")] == [CONTESTED, YES, YES]


def test_a_dead_state_still_counts() -> None:
    """The German Democratic Republic ratified and ended; its ratification still counts towards the three that are needed."""
    record = book(pact(entry(3)), act("ratify", "O", "2000-01-01"), act("ratify", "A", "2000-01-01"), act("ratify", "B", "2002-01-01"),
                  parties=register(Succession("N", "O", "absorbs", on("2001-01-01")), O="2001-01-01"))  # fmt: skip
    assert [force(record, d) for d in ("2001-12-31", "2002-01-01")] == [NO, YES]
    assert is_bound(record, "O", "2002-01-01") == (NO, "none")


def test_succession_works_back_to_the_day_of_independence() -> None:
    """N separated from O, a party, and said so two years later: bound from its first day; a decolonised N only once it says so."""
    hows: tuple[tuple[Any, tuple[Verdict, str]], ...] = (("separates", (YES, "party")), ("decolonised", (NO, "suspended")))
    for how, first in hows:
        succession = Succession("N", "O", how, on("2001-01-01"))
        record = book(pact(TWO), *RATIFIED, act("ratify", "O", "2000-01-01"), act("succeed", "N", "2003-01-01"), parties=register(succession))
        assert is_bound(record, "N", "2000-12-31") == (NO, "none")
        assert is_bound(record, "N", "2001-01-01") == first
        assert is_bound(record, "N", "2003-01-01") == (YES, "party")


# -- between two parties ----------------------------------------------------------------------------------------------


def test_silence_accepts_a_reservation_after_twelve_months() -> None:
    """20(5): until B has accepted it or twelve months have gone by without objection, there is nothing between A and B."""
    reservation = act("reserve", "A", "2000-01-01", details={"articles": "9"})
    record = book(pact(TWO), *RATIFIED, reservation)
    assert pair(record, "2000-12-31") == (NO, (), set())
    assert pair(record, "2001-01-01") == (YES, ("pact",), {("9", "reservation", reservation.ref)})


def test_objections_simple_precluding_and_late() -> None:
    """20(4)(b), 21(3): a simple objection leaves the rest in force, a precluding one nothing until withdrawn, a late one changes nothing."""
    reservation = act("reserve", "A", "2000-01-01", details={"articles": "9"})

    def objection(day: str, **details: str) -> Act:
        return act("object", "B", day, replies_to=reservation.hash, details=details)

    simple = objection("2000-06-01")
    assert pair(book(pact(TWO), *RATIFIED, reservation, simple), "2000-06-01")[2] == {("9", "objection", simple.ref)}
    precluding = objection("2000-06-01", precludes="yes")
    withdrawn = act("withdraw-objection", "B", "2005-01-01", replies_to=precluding.hash)
    record = book(pact(TWO), *RATIFIED, reservation, precluding, withdrawn)
    assert [pair(record, d)[0] for d in ("2004-12-31", "2005-01-01")] == [NO, YES]
    late = book(pact(TWO), *RATIFIED, reservation, objection("2001-01-02", precludes="yes"))
    assert pair(late, "2001-01-02")[2] == {("9", "reservation", reservation.ref)}


def test_a_late_reservation_disturbs_nothing_until_accepted() -> None:
    """A reserves two years after it was bound: relations go on unchanged, modified a year later; towards C, which objects, never."""
    reservation = act("reserve", "A", "2002-01-01", details={"articles": "9"})
    objection = act("object", "C", "2002-06-01", replies_to=reservation.hash, details={"precludes": "yes"})
    record = book(pact(TWO), *RATIFIED, act("ratify", "C", "2000-01-01"), reservation, objection)
    assert pair(record, "2002-12-31") == (YES, ("pact",), set())
    assert pair(record, "2003-01-01")[2] == {("9", "reservation", reservation.ref)}
    assert pair(record, "2003-01-01", "A", "C") == (YES, ("pact",), set())


def test_a_reservation_that_is_not_permitted_excludes_nothing() -> None:
    """Reservations only to article 2: one to 2(1) is within it, one to 9 is not and is noted as an exception."""
    only = Reservations(kind="reservations", permitted="only", articles=("2",), acceptance="none", **SAID)
    reservation = act("reserve", "A", "2000-01-01", details={"articles": "9"})
    assert pair(book(pact(TWO, only), *RATIFIED, reservation), "2000-02-01")[2] == {("9", "reservation not permitted", reservation.ref)}
    within = act("reserve", "A", "2000-01-01", details={"articles": "2(1)"})
    assert pair(book(pact(TWO, only), *RATIFIED, within), "2000-02-01")[2] == {("2(1)", "reservation", within.ref)}


def test_suspension_with_and_without_a_clause() -> None:
    """57, 65: where a clause allows it, it runs after the notice; where none does, it is contested; resumed, it is over."""
    acts = (*RATIFIED, act("suspend", "A", "2001-01-01"), act("resume", "A", "2003-01-01"))
    allowed = book(pact(TWO, Suspension(kind="suspension", notice=(Step(days=150),), **SAID)), *acts)
    assert [is_bound(allowed, "A", d) for d in ("2001-05-30", "2001-05-31", "2003-01-01")] == [(YES, "party"), (NO, "suspended"), (YES, "party")]
    assert force(allowed, "2002-01-01") is YES
    assert pair(allowed, "2002-01-01")[0] is NO
    assert is_bound(book(pact(TWO), *acts), "A", "2001-01-01") == (CONTESTED, "")


def test_the_later_treaty_takes_the_place_of_the_earlier_between_those_bound_by_both() -> None:
    """30: A and B have moved on to the new treaty, C has not; between A and C the old one stays."""
    new = pact(TWO, Supersedes(kind="supersedes", agreement="pact", **SAID), id="new")
    record = book([pact(TWO), new], *RATIFIED, act("ratify", "C", "2000-01-01"), *(act("ratify", p, "2005-01-01", agreement="new") for p in "AB"))
    assert [pair(record, d)[0] for d in ("2004-12-31", "2005-01-01")] == [YES, NO]
    assert pair(record, "2005-01-01", "A", "C")[0] is YES
    assert pair(record, "2005-01-01", name="new")[0] is YES


def test_who_joins_after_an_amendment_joins_the_amended_treaty() -> None:
    """40(5): A and B amended it; C, an old party, is bound only by the old text; D, who comes later, by both unless it declines."""
    amendment = pact(TWO, id="amendment", amends="pact", concluded=date(2001, 1, 1))
    acts = [*RATIFIED, act("ratify", "C", "2000-01-01"), act("accede", "D", "2003-01-01")]
    acts += [act("ratify", p, "2002-01-01", agreement="amendment") for p in "AB"]
    record = book([pact(TWO), amendment], *acts)
    assert pair(record, "2003-01-01", "A", "B")[1] == ("pact", "amendment")
    assert pair(record, "2003-01-01", "A", "C")[1] == ("pact",)
    assert pair(record, "2003-01-01", "A", "D")[1] == ("pact", "amendment")
    assert is_bound(record, "D", "2003-01-01", "amendment") == (YES, "party")
    declined = book([pact(TWO), amendment], *acts, act("decline", "D", "2003-02-01", agreement="amendment"))
    assert pair(declined, "2003-01-01", "A", "D")[1] == ("pact",)


# -- what is known, and to whom ---------------------------------------------------------------------------------------


def test_a_day_of_which_only_the_month_is_known() -> None:
    """B ratified some day in March: before it no, after it yes, within it nobody can say."""
    record = book(pact(TWO), act("ratify", "A", "2000-01-01"), act("ratify", "B", "2000-03-xx"))
    assert [force(record, d) for d in ("2000-02-29", "2000-03-01", "2000-03-30", "2000-03-31")] == [NO, UNKNOWN, UNKNOWN, YES]


def test_a_denied_act_and_two_records_of_one_act_are_contested() -> None:
    """C denies B's ratification; or two registers have it on different days."""
    denied = book(pact(TWO), *RATIFIED, Act("deny", "C", "deny", made=parse_moment("2000-05-01"), replies_to=RATIFIED[1].hash))
    assert force(denied, "2001-01-01") is CONTESTED
    twice = book(pact(TWO), RATIFIED[0], *(act("ratify", "B", d, ref="one") for d in ("2000-03-01", "2000-04-01")))
    assert [force(twice, d) for d in ("2000-02-29", "2000-03-15", "2000-04-01")] == [NO, CONTESTED, YES]


def test_a_depositary_that_says_otherwise() -> None:
    """The depositary gives 10 January as the day of entry into force, the acts yield the 1st: contested in between."""
    claim = act("assert", "K", "2000-06-01", details={"standing": "depositary", "in_force": "2000-01-10"})
    record = book(pact(TWO, depositary=("K",)), *RATIFIED, claim)
    assert [force(record, d) for d in ("2000-01-09", "2000-01-10")] == [CONTESTED, YES]
    assert force(book(pact(TWO, depositary=("L",)), *RATIFIED, claim), "2000-01-09") is YES


def test_a_clerk_corrects_the_record() -> None:
    """B's ratification is first moved to May, then said not to have happened: each K has its own answer."""
    moved = Act("replace", "K", "fix-1", replies_to=RATIFIED[1].hash, details={"received": "2000-05-01"})
    gone = Act("retract", "K", "fix-2", replies_to=RATIFIED[1].hash)
    entries = [*(Entry(a, date(2000, 1, 1)) for a in RATIFIED), Entry(moved, date(2001, 1, 1)), Entry(gone, date(2002, 1, 1))]
    record = Record([pact(TWO)], entries, register())
    knew = [date(2000, 12, 31), date(2001, 12, 31), date(2002, 12, 31)]
    assert [in_force(record, "pact", on("2000-02-01"), k, None) for k in knew] == [YES, NO, NO]
    assert [in_force(record, "pact", on("2000-05-01"), k, None) for k in knew] == [YES, YES, NO]


def test_what_a_viewer_cannot_see_has_not_happened() -> None:
    """A's secret denunciation shows to A and to the keeper of the record only."""
    secret = act("denounce", "A", "2001-01-01", label=Label("NATIONAL", "SECRET", originator="A"), nonce="0" * 32)
    record = book(pact(TWO, WITHDRAWAL), *RATIFIED, secret)
    assert [bound(record, "A", "pact", on("2002-01-01"), KNOWN, viewer)[0] for viewer in (None, "A", "B")] == [NO, NO, YES]


# -- the walk itself --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_skipping_days_on_which_nothing_can_happen_changes_nothing(seed: int) -> None:
    """The walk that looks at every day and the one that skips leave everybody in the same seat on every day."""
    agreements, entries, parties = random_book(seed)
    last = date(2006, 12, 31)
    view = Record(agreements, entries, parties).view(KNOWN, None)
    slow, quick = (World(view, last, {}, every_day) for every_day in (True, False))
    for name in view.agreements:
        one, other = slow.history(name), quick.history(name)
        assert one.ended == other.ended
        day = date(2000, 1, 1)
        while day <= last:
            assert [one.seat(code, day) for code in ACTORS] == [other.seat(code, day) for code in ACTORS], (name, day)
            day += timedelta(days=1)
