"""What somebody who is confined sees goes on with the record: new acts of theirs come, those of others do not."""

from __future__ import annotations

from dataclasses import replace

from comity.web.acts import entries_under
from comity.web.asking import Asked
from comity.web.holding import MOST_CONFINED, Held
from comity.web.readers import Reader
from tests.web.people.conftest import FOREIGN, SEEN


def later(held: Held, *agreements: str) -> Held:
    """The same, without the last act under each of these."""
    book = held.opened.book
    last = {agreement: book.record.entries_of(agreement)[-1] for agreement in agreements}
    entries = tuple(e for e in book.record.entries if not any(e is one for one in last.values()))
    return Held(type(held.opened)(replace(book, record=replace(book.record, entries=entries))), patience=20.0)


def test_new_acts_of_ones_own_agreements_come_and_those_of_others_do_not(held: Held) -> None:
    reader = Reader("ana", agreements=frozenset({SEEN}))
    before = later(held, SEEN, FOREIGN)
    mine = before.for_reader(reader)
    day = mine.today()
    assert mine.fold(day, None, False).pending(20.0) == []
    grown = before.renewed(held.opened, before.size, (SEEN, FOREIGN))
    own = grown.for_reader(reader)
    assert own.opened.record.entries_of(SEEN)[-1] is held.opened.record.entries_of(SEEN)[-1]
    assert own.opened.record.ids == [SEEN]
    assert not own.opened.record.entries_of(FOREIGN)
    assert own.fold(day, None, False).pending(20.0) == []
    assert own.fold(day, None, False).status(day, SEEN)
    assert grown.for_reader(reader) is own


def test_what_hinders_following_is_told_to_everybody(held: Held) -> None:
    reader = Reader("ana", agreements=frozenset({SEEN}))
    assert replace(held, behind="the ledger is gone").for_reader(reader).behind == "the ledger is gone"
    assert held.for_reader(reader).behind == ""


def test_where_nothing_is_left_out_everybody_looks_at_the_same(held: Held) -> None:
    assert held.for_reader(Reader("ana")) is held
    assert held.for_reader(Reader("bob", party="DEU")) is held


def test_few_are_kept(held: Held) -> None:
    fresh = replace(held, _confined=type(held._confined)())
    for number in range(MOST_CONFINED * 2):
        fresh.for_reader(Reader("ana", agreements=frozenset({SEEN, f"another-{number}"})))
    assert len(fresh._confined) == MOST_CONFINED


def asked_of(held: Held) -> Asked:
    today = held.today()
    return Asked(held, held.fold(today, None, False), today, today, None, False, today, {})


def test_a_page_that_began_before_the_record_grew_leaves_nothing_old_behind(held: Held) -> None:
    before = later(held, SEEN)
    began = asked_of(before)
    assert began.fold.pending(20.0) == []
    grown = before.renewed(held.opened, before.size, (SEEN,))
    (new,) = {e.act.ref for e in grown.opened.record.entries} - {e.act.ref for e in before.opened.record.entries}
    assert new not in {e.act.ref for e in entries_under(began, "")}
    after = asked_of(grown)
    assert after.fold is began.fold
    assert new in {e.act.ref for e in entries_under(after, "")}
    assert entries_under(after, "") is entries_under(after, ""), "what is looked at now is kept"
