"""Two axes of time: what the law was on a day, and what was known of it on another; corrections are new acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.standing import Standing, differences
from comity.terms import NotOnRecord, Verdict
from tests.book.folders import COVERED, ENTRY, LEAVE, PARTIES, agreement, told

TODAY = date(2020, 1, 1)
NEW = (
    '\n[[party]]\ncode = "NEW"\nkind = "state"\nnames = [{ name = "Newland" }]\nexists = [{ start = 2001-07-01 }]\n'
    '\n[[succession]]\nsuccessor = "NEW"\npredecessor = "BBB"\nhow = "separates"\non = 2001-07-01\n'
)
LATE = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nNEW succeed 2005-05-05"
"""NEW separated from BBB on 1 July 2001 and said in May 2005 that it had been bound since."""


def test_a_late_succession_changes_the_past_as_it_is_known_from_then_on(tmp_path: Path) -> None:
    """On 1 January 2003, was NEW bound? Asked in 2004 nobody knew; asked in 2006 it had been, since the day it separated."""
    opened = told(tmp_path, LATE, files={"parties.toml": PARTIES + NEW})
    day = date(2003, 1, 1)
    before = opened.standing(on=day, known=date(2004, 1, 1)).bound("NEW", "pact")
    on_the_day = opened.standing(on=day, known=date(2005, 5, 5)).bound("NEW", "pact")
    eve = opened.standing(on=day, known=date(2005, 5, 4)).bound("NEW", "pact")
    assert (before.verdict, eve.verdict) == (Verdict.NO, Verdict.NO)
    assert (on_the_day.verdict, on_the_day.since) == (Verdict.YES, date(2001, 7, 1))


def test_what_changed_only_in_knowledge_is_told_from_what_changed_in_law(tmp_path: Path) -> None:
    """Between 2003 as known in 2004 and 2006 as known in 2006: NEW's standing changed in knowledge, BBB's in law, AAA's not at all."""
    opened = told(tmp_path, LATE + "\nBBB denounce 2005-01-01", files={"parties.toml": PARTIES + NEW})
    before = opened.standing(on=date(2003, 1, 1), known=date(2004, 1, 1))
    after = opened.standing(on=date(2006, 1, 1), known=date(2006, 1, 1))
    found = {d.party: (d.before, d.now, d.law, d.knowledge) for d in differences(before, after)}
    assert found["NEW"] == ("none", "party", False, True)
    assert found["BBB"] == ("party", "former", True, False)
    assert "AAA" not in found


def test_a_standing_differs_in_nothing_from_itself(tmp_path: Path) -> None:
    opened = told(tmp_path, LATE, files={"parties.toml": PARTIES + NEW})
    here = opened.standing(on=date(2003, 1, 1), known=TODAY)
    assert differences(here, opened.standing(on=date(2003, 1, 1), known=TODAY)) == []


def test_differences_keep_to_what_the_viewer_may_see_and_how_strictly_he_asks(tmp_path: Path) -> None:
    opened = told(tmp_path, LATE, files={"parties.toml": PARTIES + NEW})
    one, other = (opened.standing(on=date(y, 1, 1), known=date(y, 1, 1), viewer="public") for y in (2004, 2006))
    assert [d.party for d in differences(one, other)] == ["NEW"]


def test_a_retraction_counts_from_the_day_it_is_known(tmp_path: Path) -> None:
    """
    BBB ratify 2000-03-01               put down by a clerk's error
    BBB retract, recorded 2004-01-01    the error is found
    """
    opened = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB retract 2004-01-01 replies_to=pact-BBB-ratify")
    assert opened.standing(on=date(2003, 1, 1), known=date(2003, 12, 31)).in_force("pact").verdict is Verdict.YES
    assert opened.standing(on=date(2003, 1, 1), known=date(2004, 1, 1)).in_force("pact").verdict is Verdict.NO


def test_a_replacement_reads_as_it_says_from_the_day_it_is_known_and_the_latest_wins(tmp_path: Path) -> None:
    story = (
        "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\n"
        "BBB replace 2004-01-01 replies_to=pact-BBB-ratify details=made=2000-05-01\n"
        "BBB replace 2006-01-01 replies_to=pact-BBB-ratify details=made=2000-06-01 ref=again"
    )
    opened = told(tmp_path, story)
    since = [opened.standing(on=date(2003, 1, 1), known=date(year, 6, 1)).in_force("pact").since for year in (2003, 2004, 2006)]
    assert since == [date(2000, 3, 1), date(2000, 5, 1), date(2000, 6, 1)]


def test_an_agreement_is_on_record_from_the_day_it_was_recorded(tmp_path: Path) -> None:
    opened = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", agreement(ENTRY, LEAVE, COVERED, head="recorded = 2002-01-01\n"))
    early = opened.standing(on=date(2001, 1, 1), known=date(2001, 12, 31))
    assert early.known_agreements() == []
    with pytest.raises(NotOnRecord, match="it is since 2002-01-01: ask with --known 2002-01-01 or later"):
        early.in_force("pact")
    assert opened.standing(on=date(2001, 1, 1), known=date(2002, 1, 1)).in_force("pact").verdict is Verdict.YES


def test_of_two_versions_of_an_agreement_the_one_known_then_is_read(tmp_path: Path) -> None:
    """The second reading of article 5, recorded in 2004, asks for three ratifications instead of two."""
    second = agreement(ENTRY.replace("number = 2", "number = 3"), COVERED, head="version = 2\nrecorded = 2004-01-01\n")
    opened = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", files={"agreements/pact@2.toml": second})
    then, now = (opened.standing(on=date(2003, 1, 1), known=date(year, 1, 1)).in_force("pact") for year in (2003, 2004))
    assert (then.verdict, now.verdict) == (Verdict.YES, Verdict.NO)
    assert then.versions[0].startswith("pact version 1")
    assert now.versions[0].startswith("pact version 2")


def test_a_memory_is_told_as_one_where_the_answer_rests_on_it_and_only_there(tmp_path: Path) -> None:
    opened = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01 basis=memory\nCCC accede 2000-05-01")
    standing: Standing = opened.standing(on=date(2003, 1, 1), known=TODAY)
    assert any("from memory, not yet verified" in note for note in standing.bound("BBB", "pact").notes)
    assert any("from memory, not yet verified" in note for note in standing.in_force("pact").notes)
    assert standing.depends_on_memory("pact")
    verified = told(tmp_path / "verified", "AAA ratify 2000-02-01\nBBB ratify 2000-03-01").standing(on=date(2003, 1, 1), known=TODAY)
    assert not any("memory" in note for note in verified.in_force("pact").notes)
    assert not verified.depends_on_memory("pact")


def test_a_clause_read_from_memory_is_told_as_one(tmp_path: Path) -> None:
    pact = agreement(ENTRY.replace('source = "the text"', 'read = "memory"'), COVERED)
    answer = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", pact).standing(on=date(2003, 1, 1), known=TODAY).in_force("pact")
    assert any("from memory, not yet verified" in note for note in answer.notes)
