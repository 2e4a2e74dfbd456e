"""A record read part by part answers as the whole one does, and reads no more than it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from comity import about
from comity.about import Opened
from comity.agreements.clauses import Supersedes
from comity.book import read_agreement
from comity.keeping import PartedRecord, add_rows, take_in
from comity.ledger import Ledger, create
from comity.ledger.naming import words_in_file
from comity.ledger.schema import payload
from comity.standing import Standing, needs
from comity.terms import BadInput, NotOnRecord
from tests.ledger.conftest import ORIGIN

FEW = ("anzus", "nato-sofa", "pfp-sofa", "ottawa", "tac", "gsomia-jpn-kor", "washington")
DAY = date(2020, 1, 1)


@pytest.fixture(scope="module")
def cases(bundled: Opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('parts')}/cases.db", ORIGIN, about.clock)
    take_in(bundled.book, made)
    yield made
    made.close()


def test_every_agreement_is_read_as_in_the_whole_record(cases: Ledger, bundled: Opened) -> None:
    parted, whole = PartedRecord(cases), bundled.book.record
    for agreement in whole.ids:
        assert parted.agreement(agreement) == whole.agreement(agreement)
        assert {(e.act.hash, e.recorded) for e in parted.entries_of(agreement)} == {(e.act.hash, e.recorded) for e in whole.entries_of(agreement)}
        assert list(parted.superseding(agreement)) == list(whole.superseding(agreement))
        assert parted.amendments_of(agreement) == whole.amendments_of(agreement)
        assert parted.coverage_of(whole.agreement(agreement)) == whole.coverage_of(whole.agreement(agreement))
    for entry in whole.entries:
        assert {e.act.hash for e in parted.replies_to(entry.act.hash)} == {e.act.hash for e in whole.replies_to(entry.act.hash)}
    assert "book" not in vars(parted)


def test_answers_with_their_reasons_are_the_same(cases: Ledger, bundled: Opened) -> None:
    parted, whole = (Standing(record, on=DAY, known=date(2026, 1, 1)) for record in (PartedRecord(cases), bundled.book.record))
    for agreement in [one for one in FEW if one in bundled.book.record.ids]:
        assert parted.in_force(agreement) == whole.in_force(agreement)
        for party in whole.bound_parties(agreement)[:5]:
            assert parted.bound(party, agreement) == whole.bound(party, agreement)
    assert "book" not in vars(parted.record)


def test_a_question_about_all_has_all_read_once(cases: Ledger, bundled: Opened) -> None:
    parted = PartedRecord(cases)
    assert parted.ids == bundled.book.record.ids
    assert {e.act.hash for e in parted.entries} == {e.act.hash for e in bundled.book.record.entries}
    assert parted.agreement("ottawa") is parted.whole.agreement("ottawa")


def test_what_is_supposed_is_seen(cases: Ledger, bundled: Opened) -> None:
    denounced = next(e for e in bundled.book.record.entries if e.act.kind == "denounce")
    parted = PartedRecord(cases).with_entries([denounced])
    assert [e.act.hash for e in parted.entries_of(denounced.act.agreement or "")].count(denounced.act.hash) == 2
    assert len(parted.entries) == len(bundled.book.record.entries) + 1


def test_what_is_appended_later_is_not_seen(ledger: Ledger) -> None:
    before = PartedRecord(ledger)
    add_rows(ledger, "ref,kind,actor,agreement,made,source\nlate,declare,ALF,alf-bet,2020-01-01,s\n", "late.csv", DAY)
    seen = [{e.act.ref for e in record.entries_of("alf-bet")} for record in (before, PartedRecord(ledger))]
    assert seen[1] - seen[0] == {"late"}


def test_what_is_not_there_offers_what_is_near(cases: Ledger) -> None:
    with pytest.raises(NotOnRecord, match="no agreement 'otawa' is on record; did you mean ottawa"):
        PartedRecord(cases).agreement("otawa")


def test_an_agreement_is_found_by_all_that_it_names(bundled: Opened) -> None:
    """Whatever its standing depends on, or takes the place of, or adds to, is among the words of its file."""
    for name, text in bundled.book.files.items():
        if name.startswith("agreements/"):
            one = read_agreement(name, text)
            assert one is not None
            named = needs(one) | {c.agreement for c in one.clauses if isinstance(c, Supersedes)}
            assert named | {other for other in (one.parent, one.protocol_to, one.amends) if other} <= set(words_in_file(name, text))


@pytest.mark.parametrize("content", [b"nothing", b"comity act 1\n{}", b"comity act 1\n[1]", None])
def test_a_damaged_act_is_said_in_one_line(ledger: Ledger, content: bytes | None) -> None:
    seq = ledger.naming(["alf-bet"])[-1][1].leaf.seq
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(payload.update().where(payload.c.seq == seq).values(act=content))
    with pytest.raises(BadInput) as refused:
        PartedRecord(ledger).entries_of("alf-bet")
    assert "\n" not in str(refused.value)
