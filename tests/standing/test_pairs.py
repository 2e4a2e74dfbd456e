"""What is in force between two parties, in which text, with which exceptions; and everything that binds the two."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.about import Opened
from comity.standing import Record, Standing
from comity.terms import BadInput, NotOnRecord, Verdict
from tests.book.folders import COVERED, ENTRY, LATER, LEAVE, agreement, rows, told

TODAY = date(2020, 1, 1)
BOTH = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nCCC accede 2000-04-01"


def test_it_is_in_force_between_two_whom_it_binds_both_in_either_order(tmp_path: Path) -> None:
    standing = told(tmp_path, BOTH).standing(on=date(2005, 1, 1), known=TODAY)
    there, back = standing.between("AAA", "CCC", "pact"), standing.between("CCC", "AAA", "pact")
    assert there.verdict is back.verdict is Verdict.YES
    assert there.since == back.since == date(2000, 5, 1)
    assert there.text == ("pact",)
    assert there.exceptions == ()


def test_a_reservation_accepted_tacitly_is_an_exception_with_its_act(tmp_path: Path) -> None:
    """CCC reserves article 3 on acceding; nobody objects within twelve months."""
    story = BOTH + '\nCCC reserve 2000-04-01 "details=articles=3"'
    standing = told(tmp_path, story).standing(on=date(2005, 1, 1), known=TODAY)
    answer = standing.between("AAA", "CCC", "pact")
    assert [(e.article, e.how, e.act) for e in answer.exceptions] == [("3", "reservation", "pact-CCC-reserve")]
    assert standing.between("AAA", "BBB", "pact").exceptions == ()
    assert standing.between("AAA", "CCC", "pact", date(2000, 6, 1)).verdict is Verdict.NO


def test_an_objection_that_precludes_keeps_it_out_of_force_between_the_two_only(tmp_path: Path) -> None:
    story = BOTH + '\nCCC reserve 2000-04-01 "details=articles=3"\nAAA object 2000-06-01 replies_to=pact-CCC-reserve details=precludes=yes'
    standing = told(tmp_path, story).standing(on=date(2005, 1, 1), known=TODAY)
    assert standing.between("AAA", "CCC", "pact").verdict is Verdict.NO
    assert standing.between("BBB", "CCC", "pact").verdict is Verdict.YES
    assert standing.bound("CCC", "pact").verdict is Verdict.YES


def test_an_amendment_is_part_of_the_text_between_those_it_binds(tmp_path: Path) -> None:
    """AAA and BBB accepted the amendment, CCC did not."""
    head = 'amends = "pact"\namended_articles = ["3"]\n'
    files: dict[str, str | bytes] = {
        "agreements/change.toml": agreement(ENTRY, LATER, COVERED, name="change", head=head),
        "acts/change.csv": rows("AAA ratify 2002-01-01\nBBB ratify 2002-02-01", on="change"),
    }
    standing = told(tmp_path, BOTH, files=files).standing(on=date(2005, 1, 1), known=TODAY)
    assert standing.between("AAA", "BBB", "pact").text == ("pact", "change")
    assert standing.between("AAA", "CCC", "pact").text == ("pact",)
    assert standing.between("AAA", "BBB", "pact", date(2002, 1, 31)).text == ("pact",)


def test_all_agreements_between_two_are_those_asked_one_by_one(tmp_path: Path) -> None:
    other = agreement(ENTRY, LEAVE, COVERED, name="other")
    files: dict[str, str | bytes] = {
        "agreements/other.toml": other,
        "acts/other.csv": rows("AAA ratify 2001-01-01\nBBB ratify 2001-02-01", on="other"),
    }
    standing = told(tmp_path, BOTH, files=files).standing(on=date(2005, 1, 1), known=TODAY)
    assert standing.agreements_between("AAA", "BBB") == [standing.between("AAA", "BBB", i) for i in ("other", "pact")]
    assert [a.question for a in standing.agreements_between("AAA", "CCC")] == ["between: AAA and CCC under pact"]
    assert standing.agreements_between("AAA", "CCC", date(1999, 1, 1)) == []


def test_all_agreements_between_two_in_the_bundled_book_are_those_not_denied_one_by_one(bundled: Opened) -> None:
    """A sample of real pairs: the quick way, which looks at the bound parties first, leaves nothing out."""
    names = {"nato-treaty", "nato-sofa", "cwc", "ottawa", "ctbt", "anzus", "gsomia-jpn-kor", "uk-us-mda", "npt"}
    whole = bundled.record
    record = Record(tuple(a for a in whole.agreements if a.id in names), whole.entries, whole.register, whole.coverage)
    standing = Standing(record, on=date(2019, 11, 24), known=TODAY)
    for a, b in (("USA", "GBR"), ("JPN", "KOR")):
        listed = {x.question.rpartition(" ")[2] for x in standing.agreements_between(a, b)}
        asked = {i: standing.verdict_between(a, b, i)[0] for i in standing.known_agreements()}
        assert listed >= {i for i, verdict in asked.items() if verdict in (Verdict.YES, Verdict.CONTESTED)}
        assert not any(asked[i] is Verdict.NO for i in listed)


def test_a_party_stands_in_no_relation_to_itself(tmp_path: Path) -> None:
    """Asking what is in force between AAA and AAA is a slip: an agreement is concluded between states (VCLT 2(1)(a))."""
    standing = told(tmp_path, BOTH).standing(on=date(2005, 1, 1), known=TODAY)
    with pytest.raises(BadInput, match="name two different parties"):
        standing.between("AAA", "AAA", "pact")
    with pytest.raises(BadInput, match="name two different parties"):
        standing.agreements_between("AAA", "AAA")


def test_unknown_parties_are_named(tmp_path: Path) -> None:
    standing = told(tmp_path, BOTH).standing(on=date(2005, 1, 1), known=TODAY)
    with pytest.raises(NotOnRecord, match="no party 'ATL' is on record"):
        standing.agreements_between("AAA", "ATL")


def test_the_four_axes_give_the_same_verdict_with_and_without_reasons(bundled: Opened) -> None:
    """What the acts yield, before coverage: the quick verdicts are those of the full answers wherever coverage does not speak."""
    standing = bundled.standing(on=date(2005, 1, 1), known=TODAY)
    for agreement_id in ("nato-treaty", "cwc", "ottawa", "ctbt", "cfe", "gsomia-jpn-kor"):
        full = standing.in_force(agreement_id)
        if full.because and full.because[0].rule != "coverage":
            assert standing.verdict_in_force(agreement_id) is full.verdict
        for party in ("USA", "RUS", "SWE"):
            answer = standing.bound(party, agreement_id)
            if answer.because and answer.because[0].rule != "coverage":
                assert standing.verdict_bound(party, agreement_id) == (answer.verdict, answer.mode or "none")
