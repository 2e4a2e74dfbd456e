"""Yes, no, contested, unknown: what makes each, on books of one pact and a few acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.standing import Standing
from comity.terms import Answer, NotOnRecord, Reason, Verdict
from tests.book.folders import COVERED, ENTRY, LATER, agreement, told

TODAY = date(2020, 1, 1)


def asked(where: Path, story: str, on: str, pact: str = "") -> Standing:
    return told(where, story, pact).standing(on=date.fromisoformat(on), known=TODAY)


def rules(reasons: tuple[Reason, ...]) -> set[str]:
    return {r.rule for r in reasons} | {inner for r in reasons for inner in rules(r.because)}


def test_yes_when_the_clause_is_met_with_the_acts_that_met_it(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    BBB ratify 2000-03-01
    """
    answer = asked(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", "2005-01-01").in_force("pact")
    assert (answer.verdict, answer.since, answer.until) == (Verdict.YES, date(2000, 3, 1), None)
    assert answer.reach == date(2010, 12, 31)
    assert answer.notes == ()
    entry = answer.because[0]
    assert (entry.rule, entry.article, entry.holds) == ("entry-into-force", "5", True)
    assert entry.because[0].acts == ("pact-AAA-ratify", "pact-BBB-ratify")


def test_no_when_an_act_is_missing_inside_coverage_with_whose_it_is(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    """
    pact = agreement(ENTRY.replace("number = 2", 'number = "all", by = { of = "named", parties = ["AAA", "BBB"] }'), COVERED)
    answer = asked(tmp_path, "AAA ratify 2000-02-01", "2005-01-01", pact).in_force("pact")
    assert (answer.verdict, answer.since) == (Verdict.NO, None)
    assert [(c.act, c.by, c.on) for c in answer.would_change] == [("ratify", "BBB", "pact")]
    assert not answer.because[0].holds
    assert "missing: BBB" in answer.because[0].because[0].says


def test_no_after_an_exit_with_the_day_it_took_effect(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    BBB ratify 2000-03-01
    CCC accede 2000-05-01
    BBB denounce 2002-08-31      six months: to the end of February
    """
    standing = asked(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nCCC accede 2000-05-01\nBBB denounce 2002-08-31", "2003-02-28")
    gone = standing.bound("BBB", "pact")
    assert (gone.verdict, gone.mode, gone.since) == (Verdict.NO, "former", date(2003, 2, 28))
    assert "withdrawal" in rules(gone.because)
    assert standing.bound("BBB", "pact", date(2003, 2, 27)).verdict is Verdict.YES
    assert standing.in_force("pact").verdict is Verdict.YES


def test_contested_where_no_clause_settles_an_act_and_only_on_the_days_that_differ(tmp_path: Path) -> None:
    """The pact has no clause on leaving. BBB leaves all the same: article 56 has two readings, and they differ from twelve months on.

    AAA ratify 2000-02-01
    BBB ratify 2000-03-01
    BBB denounce 2003-01-01
    """
    pact = agreement(ENTRY, LATER, COVERED)
    standing = asked(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB denounce 2003-01-01", "2005-01-01", pact)
    answer = standing.bound("BBB", "pact")
    assert answer.verdict is Verdict.CONTESTED
    assert answer.since is None
    assert len(answer.readings) == 2
    assert all(r.value and r.by and r.source for r in answer.readings)
    assert "contested" in rules(answer.because)
    assert standing.bound("BBB", "pact", date(2003, 12, 31)).verdict is Verdict.YES
    assert standing.bound("BBB", "pact", date(2004, 1, 1)).verdict is Verdict.CONTESTED
    assert standing.contested() == [("pact", standing.contested()[0][1])]


def test_contested_where_another_party_denies_the_act(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    BBB ratify 2000-03-01
    AAA deny 2000-04-01 replies_to=pact-BBB-ratify
    """
    story = 'AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nAAA deny 2000-04-01 replies_to=pact-BBB-ratify "details=effect=no powers"'
    answer = asked(tmp_path, story, "2005-01-01").in_force("pact")
    assert answer.verdict is Verdict.CONTESTED
    assert {r.by for r in answer.readings} == {"AAA", "BBB"}
    assert any("no powers" in r.value for r in answer.readings)


def test_contested_where_two_primary_records_of_one_act_differ(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    BBB ratify 2000-03-01    says the depositary
    BBB ratify 2000-05-01    says BBB: the same reference
    """
    story = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01 source=depositary\nBBB ratify 2000-05-01 source=ministry"
    standing = asked(tmp_path, story, "2000-04-01")
    answer = standing.in_force("pact")
    assert answer.verdict is Verdict.CONTESTED
    assert {r.by for r in answer.readings} == {"depositary", "ministry"}
    later = standing.in_force("pact", date(2000, 5, 1))
    assert later.verdict is Verdict.YES
    assert later.since is None, "the two records agree that it is in force by then, not since when"
    assert len(later.readings) == 2


def test_contested_where_the_depositary_claims_another_day(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    BBB ratify 2000-03-01
    CCC, the depositary, states: in force from 2000-06-01
    """
    pact = agreement(ENTRY, COVERED, head='depositary = ["CCC"]\n')
    story = 'AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nCCC assert 2001-01-01 "details=in_force=2000-06-01; standing=depositary"'
    assert asked(tmp_path, story, "2000-04-01", pact).in_force("pact").verdict is Verdict.CONTESTED


def test_another_registers_claim_is_beside_the_record_and_contests_nothing(tmp_path: Path) -> None:
    pact = agreement(ENTRY, COVERED, head='depositary = ["CCC"]\n')
    story = 'AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nAAA assert 2001-01-01 "details=in_force=2000-06-01; standing=register"'
    assert asked(tmp_path, story, "2000-04-01", pact).in_force("pact").verdict is Verdict.YES


def test_unknown_where_part_of_a_date_is_missing_and_the_answer_depends_on_it(tmp_path: Path) -> None:
    """
    AAA ratify 2000-02-01
    BBB ratify 2000-03-xx
    """
    standing = asked(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-xx", "2000-03-15")
    answer = standing.in_force("pact")
    assert (answer.verdict, answer.since) == (Verdict.UNKNOWN, None)
    assert "partial-date" in rules(answer.because)
    assert standing.in_force("pact", date(2000, 2, 29)).verdict is Verdict.NO
    assert standing.in_force("pact", date(2000, 3, 31)).verdict is Verdict.YES
    assert standing.in_force("pact", date(2000, 3, 31)).since is None


def test_unknown_where_nothing_says_when_it_enters_into_force(tmp_path: Path) -> None:
    answer = asked(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", "2005-01-01", agreement(COVERED)).in_force("pact")
    assert answer.verdict is Verdict.UNKNOWN
    assert "no-entry-clause" in rules(answer.because)


@pytest.mark.parametrize("question", ["in_force", "bound", "between", "timeline"])
def test_what_is_not_on_record_is_named_with_what_is_near(question: str, tmp_path: Path) -> None:
    standing = asked(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", "2005-01-01")

    def ask(agreement_id: str, party: str) -> object:
        if question == "in_force":
            return standing.in_force(agreement_id)
        if question == "timeline":
            return standing.timeline(agreement_id, party)
        return standing.bound(party, agreement_id) if question == "bound" else standing.between("BBB", party, agreement_id)

    with pytest.raises(NotOnRecord, match="did you mean pact"):
        ask("pakt", "AAA")
    if question != "in_force":
        with pytest.raises(NotOnRecord, match=r"did you mean AAA \(Aaaland\)"):
            ask("pact", "aaaland")


def test_every_answer_says_under_which_versions_it_was_given(tmp_path: Path) -> None:
    answer: Answer = asked(tmp_path, "AAA ratify 2000-02-01", "2005-01-01").in_force("pact")
    assert answer.versions[0].startswith("pact version 1 sha256:")
    assert answer.versions[1].startswith("law of treaties, rules version ")
