"""Without any table: alliances, disputes, agreements of two, treaties that name a mediator, acts of mediation, each out of standing on its day."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.mediators import MediatorCandidate, MediatorRules, Mediators
from comity.terms import BadInput, NotOnRecord, Verdict
from tests.mediators.made_record import DEFENCE, SETTLEMENT, Book

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "book")


def of(found: Mediators, party: str) -> MediatorCandidate:
    return next(one for one in found.candidates if one.party == party)


def towards(found: Mediators, party: str, name: str) -> tuple[Verdict | None, ...]:
    return next(bar.towards for bar in of(found, party).bars if bar.name == name)


def test_an_ally_on_record_is_known_even_where_no_table_is_there(book: Book) -> None:
    book.agreement("pact", "AAA CCC", DEFENCE.format(more=""))
    found = book.ask("2001-01-01")
    assert towards(found, "CCC", "alliance") == (YES, UNKNOWN), "of the other side nothing is known"
    assert of(found, "CCC").barred is UNKNOWN
    assert towards(found, "DDD", "alliance") == (UNKNOWN, UNKNOWN), "the record alone never says no"
    assert any("not in the store" in note for note in found.notes)


def test_an_ally_of_both_is_not_barred_for_that(book: Book) -> None:
    book.agreement("pact", "AAA BBB CCC", DEFENCE.format(more=""))
    found = book.ask("2001-01-01", MediatorRules(bars=("alliance",)))
    assert of(found, "CCC").barred is NO
    assert (of(found, "CCC").best, of(found, "CCC").worst) == (1, 3)


def test_an_alliance_counts_on_the_days_on_which_it_is_in_force_and_its_promise_holds(book: Book) -> None:
    book.agreement("pact", "AAA CCC", DEFENCE.format(more="until = 2005-01-01"))
    rules = MediatorRules(bars=("alliance",))
    assert [towards(book.ask(day, rules), "CCC", "alliance")[0] for day in ("1999-12-31", "2000-01-02", "2004-12-31", "2005-01-01")] == [
        UNKNOWN,
        YES,
        YES,
        UNKNOWN,
    ]


def test_a_promise_counts_whichever_of_the_two_makes_it_and_no_other(book: Book) -> None:
    book.agreement("guarantee", "AAA CCC DDD", DEFENCE.format(more='owed_by = ["CCC"]\nowed_to = ["AAA"]'))
    found = book.ask("2001-01-01")
    assert (towards(found, "CCC", "alliance")[0], towards(found, "DDD", "alliance")[0]) == (YES, UNKNOWN)
    assert towards(book.ask("2001-01-01", MediatorRules(obligations=("consultation",))), "CCC", "alliance")[0] is UNKNOWN


def test_a_dispute_on_record_bars_while_it_is_open_and_for_some_years(book: Book) -> None:
    book.agreement("waters", "AAA CCC", SETTLEMENT.format(body="a commission"))
    book.act("D-1", "raise-dispute", "CCC", "waters", "2001-05-01", "AAA", details="subject=fish")
    rules = MediatorRules(bars=("dispute",), years=3)
    assert [of(book.ask(day, rules), "CCC").barred for day in ("2001-04-30", "2001-05-01", "2009-01-01")] == [UNKNOWN, YES, YES]
    book.act("D-2", "withdraw-dispute", "CCC", "waters", "2002-01-01", replies="D-1")
    assert [of(book.ask(day, rules), "CCC").barred for day in ("2004-05-01", "2004-05-02")] == [YES, UNKNOWN]


def test_who_is_named_in_a_treaty_between_the_sides_comes_before_who_is_not(book: Book) -> None:
    book.agreement("peace", "AAA BBB", SETTLEMENT.format(body="CCC+EEE"))
    found = book.ask("2001-01-01", MediatorRules(bars=(), order=("treaty",)))
    assert [(one.party, one.best, one.worst) for one in found.candidates] == [("CCC", 1, 1), ("EEE", 1, 1), ("DDD", 3, 3)]
    assert of(found, "CCC").merit("treaty").facts[0].says == "named for mediation in article 5, in force since 2000-01-01"
    assert of(book.ask("1999-01-01"), "CCC").merit("treaty").value == 0, "it was not in force then"


def test_mediations_on_record_count_twice_where_they_were_between_the_same_two(book: Book) -> None:
    book.agreement("waters", "AAA BBB DDD", SETTLEMENT.format(body="a commission"))
    book.act("D-1", "raise-dispute", "AAA", "waters", "2001-05-01", "BBB", details="subject=fish")
    book.act("M-1", "offer-good-offices", "CCC", "waters", "2001-06-01", replies="D-1")
    book.act("M-2", "mediate", "EEE", "waters", "2001-07-01", "AAA;DDD")
    rules = MediatorRules(bars=(), order=("mediations",))
    found = book.ask("2002-01-01", rules)
    assert [(one.party, one.merit("mediations").value, one.best) for one in found.candidates] == [("CCC", 2, 1), ("EEE", 1, 2), ("DDD", 0, 3)]
    assert {one.merit("mediations").value for one in book.ask("2001-05-31", rules).candidates} == {0}, "before it was done it was not"


def test_agreements_of_two_count_with_both_sides_alone(book: Book) -> None:
    book.agreement("ac", "AAA CCC")
    book.agreement("bc", "BBB CCC")
    book.agreement("ad", "AAA DDD")
    book.agreement("all", "AAA BBB EEE")
    found = book.ask("2001-01-01", MediatorRules(bars=(), order=("agreements",)))
    assert {one.party: one.merit("agreements").value for one in found.candidates} == {"CCC": 1, "DDD": 0, "EEE": 0}
    assert found.candidates[0].party == "CCC"


def test_what_was_not_known_yet_says_nothing(book: Book) -> None:
    book.agreement("peace", "AAA BBB", SETTLEMENT.format(body="CCC"), signed="2010-01-01")
    assert of(book.ask("2011-01-01", known="2009-01-01", rules=MediatorRules(bars=())), "CCC").merit("treaty").value == 0


@pytest.mark.parametrize(
    ("sides", "says"),
    [(("AAA", "AAA"), "name two different states"), (("AAA", "ORG"), "ORG is of kind organisation"), (("AAA", "XXX"), "no party 'XXX'")],
)
def test_sides_that_are_not_two_states_are_refused(book: Book, sides: tuple[str, str], says: str) -> None:
    with pytest.raises((BadInput, NotOnRecord), match=says):
        book.ask("2001-01-01", sides=sides)


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (MediatorRules(share=0), "--share 0; write a share above 0 and up to 1"),
        (MediatorRules(share=1.5), "--share 1.5"),
        (MediatorRules(years=0), "--years 0; write a number of years from 1"),
        (MediatorRules(arms_years=300), "--arms-years 300"),
        (MediatorRules(troops=0), "--troops 0"),
        (MediatorRules(bars=(), order=()), "nothing is ranked"),
        (MediatorRules(obligations=()), "--obligations is blank"),
        (MediatorRules(order=("votes", "votes")), "name each once"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_one_line(book: Book, rules: MediatorRules, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        book.ask("2001-01-01", rules)
