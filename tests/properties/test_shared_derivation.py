"""What is derived once for several readers: each is answered as if all had been derived for that reader alone, also as the record grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
from hypothesis import assume, given

from comity.acts import Entry
from comity.standing import Record, Standing
from comity.standing.sharing import apart
from comity.terms import may_see
from tests.properties.books import Book, books
from tests.properties.test_invariants import DAYS, LATER, LESS, _classified, everything, some_books, standing

HIDDEN = st.sets(st.integers(0, 13), max_size=4)


def marked(book: Book, hidden: set[int]) -> Book:
    """The book with a few acts that not everybody may see."""
    agreements, entries, register = book
    return agreements, [_classified(e, n) if n in hidden else e for n, e in enumerate(entries)], register


def record_of(book: Book) -> Record:
    agreements, entries, register = book
    return Record(tuple(agreements), tuple(entries), register)


def alone(record: Record, on: date, viewer: str | None) -> str:
    return everything(Standing(record, on=on, known=LATER, viewer=viewer))


@some_books
@given(book=books(), on=DAYS, hidden=HIDDEN, viewer=LESS, first=st.booleans())
def test_another_viewer_is_answered_as_alone(book: Book, on: date, hidden: set[int], viewer: str, first: bool) -> None:
    record = record_of(marked(book, hidden))
    whole = Standing(record, on=on, known=LATER)
    kept = everything(whole) if first else alone(record, on, None)
    assert everything(whole.shared(record, viewer, False)) == alone(record, on, viewer)
    assert everything(whole) == kept


@some_books
@given(book=books(), on=DAYS, left_out=st.sets(st.integers(0, 3), max_size=2), hidden=HIDDEN)
def test_who_has_fewer_agreements_and_acts_is_answered_as_alone(book: Book, on: date, left_out: set[int], hidden: set[int]) -> None:
    agreements, entries, register = book
    names = sorted({a.id for a in agreements})
    gone = {names[n] for n in left_out if n < len(names)}
    assume(len(gone) < len(names))
    kept = [e for n, e in enumerate(entries) if e.act.agreement not in gone and n not in hidden]
    fewer = record_of(([a for a in agreements if a.id not in gone], kept, register))
    whole = standing(book, on)
    everything(whole)
    assert everything(whole.shared(fewer, None, False)) == alone(fewer, on, None)


@some_books
@given(book=books(), on=DAYS, hidden=HIDDEN, viewer=LESS, began=st.integers(0, 13), others_first=st.booleans())
def test_as_the_record_grows_each_goes_on_as_alone(book: Book, on: date, hidden: set[int], viewer: str, began: int, others_first: bool) -> None:
    """Ask both, append the rest, go on: also where one goes on before the other, what a viewer may not see does not come in."""
    agreements, entries, register = marked(book, hidden)
    before, after = record_of((agreements, entries[:began], register)), record_of((agreements, entries, register))
    touched = after.depending_on(e.act.agreement for e in entries[began:] if e.act.agreement is not None)
    whole = Standing(before, on=on, known=LATER)
    viewing = whole.shared(before, viewer, False)
    everything(whole), everything(viewing)
    whole.renew(after, touched)
    if others_first:
        assert everything(viewing) == alone(before, on, viewer)
    viewing.renew(after, touched)
    assert everything(viewing) == alone(after, on, viewer)
    assert everything(whole) == alone(after, on, None)


@some_books
@given(book=books(), hidden=HIDDEN, viewer=LESS)
def test_what_is_apart_is_what_differs_and_what_leans_on_it(book: Book, hidden: set[int], viewer: str) -> None:
    record = record_of(marked(book, hidden))
    unseen = {e.act.agreement for e in record.entries if not may_see(e.act.label, viewer)} - {None}
    found = apart(record, record, LATER, None, viewer)
    assert unseen <= found
    assert found == record.depending_on(found)
    assert unseen or not found


@some_books
@given(book=books(), on=DAYS, viewer=LESS)
def test_an_answer_under_no_agreement_sets_the_answered_one_apart(book: Book, on: date, viewer: str) -> None:
    """Every denial is marked and taken out of its agreement: who may not see it finds the denied act as it stands."""
    agreements, entries, register = book
    replies = [e for e in entries if e.act.kind == "deny"]
    assume(replies)
    kept = [_classified(Entry(replace(e.act, agreement=None), e.recorded), n) if e in replies else e for n, e in enumerate(entries)]
    record = record_of((agreements, kept, register))
    whole = Standing(record, on=on, known=LATER)
    everything(whole)
    assert everything(whole.shared(record, viewer, False)) == alone(record, on, viewer)
