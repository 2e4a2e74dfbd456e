"""Every change of standing, with what made it; and the days ahead on which standing changes or can still be changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.about import Opened
from comity.terms import NotOnRecord, Verdict
from tests.book.folders import COVERED, ENTRY, LATER, LEAVE, agreement, told

TODAY = date(2020, 1, 1)
STORY = """
AAA sign 2000-01-15
AAA ratify 2000-02-01
BBB ratify 2000-03-01
CCC accede 2001-01-01
BBB denounce 2003-01-01
AAA denounce 2005-01-01
"""
TERM = """
[[clause]]
kind = "duration"
article = "8"
says = "Five years, then five more at a time unless a party gives notice six months before."
source = "the text"
term = [{ years = 5 }]
renews = [{ years = 5 }]
notice = [{ months = 6 }]
"""


def test_a_timeline_has_every_change_in_order_with_its_cause(tmp_path: Path) -> None:
    """AAA signs, ratifies; with BBB's it is in force; CCC joins after thirty days; BBB leaves, then AAA, and CCC is alone."""
    changes = told(tmp_path, STORY).standing(on=TODAY, known=TODAY).timeline("pact")
    assert [(str(c.on), c.party, c.mode) for c in changes] == [
        ("2000-01-15", "AAA", "signatory"),
        ("2000-02-01", "AAA", "contracting"),
        ("2000-03-01", None, "in force"),
        ("2000-03-01", "AAA", "party"),
        ("2000-03-01", "BBB", "party"),
        ("2001-01-01", "CCC", "contracting"),
        ("2001-01-31", "CCC", "party"),
        ("2003-07-01", "BBB", "former"),
        ("2005-07-01", None, ""),
        ("2005-07-01", "AAA", "former"),
        ("2005-07-01", "CCC", "former"),
    ]
    assert all(c.because for c in changes), "each says why"


def test_one_partys_timeline_is_its_part_of_the_whole(tmp_path: Path) -> None:
    standing = told(tmp_path, STORY).standing(on=TODAY, known=TODAY)
    whole = standing.timeline("pact")
    for party in ("AAA", "BBB", "CCC"):
        assert standing.timeline("pact", party) == [c for c in whole if c.party == party]
    assert standing.timeline("pact", "ORG") == []


def test_the_timeline_and_the_answers_say_the_same_on_every_day_of_change(tmp_path: Path) -> None:
    standing = told(tmp_path, STORY).standing(on=TODAY, known=TODAY)
    for change in standing.timeline("pact"):
        if change.party is None:
            assert standing.in_force("pact", change.on).verdict is change.verdict
        else:
            answer = standing.bound(change.party, "pact", change.on)
            assert (answer.verdict, answer.mode) == (change.verdict, change.mode)
            if answer.verdict is Verdict.YES:
                assert answer.since == change.on


def test_days_ahead_are_those_after_today_and_within_the_time_asked(tmp_path: Path) -> None:
    """BBB gave notice on 1 January 2003: it is out on 1 July."""
    opened = told(tmp_path, STORY)

    def ahead(on: str, days: int, party: str | None = None) -> list[tuple[str, str | None, str]]:
        coming = opened.standing(on=date.fromisoformat(on), known=date.fromisoformat(on)).upcoming(party, timedelta(days=days))
        return [(str(c.on), c.party, c.what) for c in coming]

    assert ahead("2003-01-01", 365) == [("2003-07-01", "BBB", "becomes former")]
    assert ahead("2003-01-01", 181) == [("2003-07-01", "BBB", "becomes former")]
    assert ahead("2003-01-01", 180) == []
    assert ahead("2003-07-01", 365) == [], "today's change is no longer ahead"
    assert ahead("2003-01-01", 365, "AAA") == []
    assert ahead("2001-01-01", 60) == [("2001-01-31", "CCC", "becomes party")]
    assert ahead("2003-01-01", 0) == []


def test_the_last_day_to_give_notice_is_told_before_a_tacit_renewal(tmp_path: Path) -> None:
    """In force 1 March 2000 for five years: six months before 1 March 2005 is 1 September 2004."""
    pact = agreement(ENTRY, LATER, TERM, COVERED)
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", pact).standing(on=date(2004, 8, 1), known=TODAY)
    coming = [(str(c.on), c.what) for c in standing.upcoming(within=timedelta(days=365))]
    assert coming[0][0] == "2004-09-01"
    assert "last day to give notice before it renews on 2005-03-01" in coming[0][1]
    assert ("2005-03-01", "renews tacitly unless notice was given") in coming


def test_a_notice_on_that_last_day_ends_it_and_one_a_day_later_does_not(tmp_path: Path) -> None:
    pact = agreement(ENTRY, LATER, TERM, COVERED)
    for day, verdict in (("2004-09-01", Verdict.NO), ("2004-09-02", Verdict.YES)):
        story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB denounce {day}"
        assert told(tmp_path / day, story, pact).standing(on=date(2005, 3, 1), known=TODAY).bound("BBB", "pact").verdict is verdict


def test_upcoming_knows_only_parties_on_record(tmp_path: Path) -> None:
    with pytest.raises(NotOnRecord):
        told(tmp_path, STORY).standing(on=TODAY, known=TODAY).upcoming("ATLANTIS")


def test_estonias_way_out_of_the_mine_ban_is_told_with_its_notice(bundled: Opened) -> None:
    """Ottawa 20: six months after the notice of 27 June 2025."""
    last = bundled.standing(on=date(2026, 1, 1), known=date(2026, 1, 1)).timeline("ottawa", "EST")[-1]
    assert (last.on, last.mode) == (date(2025, 12, 27), "former")
    assert "ottawa-EST-denounce" in last.because[0].acts


def test_leaving_clauses_and_no_clause_are_told_apart(tmp_path: Path) -> None:
    """With a withdrawal clause the timeline says former from a day; without, contested from the first day on which the readings differ."""
    story = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nCCC accede 2000-04-01\nBBB denounce 2003-01-01"
    with_clause = told(tmp_path / "a", story, agreement(ENTRY, LEAVE, COVERED)).standing(on=TODAY, known=TODAY).timeline("pact", "BBB")[-1]
    without = told(tmp_path / "b", story, agreement(ENTRY, COVERED)).standing(on=TODAY, known=TODAY).timeline("pact", "BBB")[-1]
    assert (with_clause.on, with_clause.verdict) == (date(2003, 7, 1), Verdict.NO)
    assert (without.on, without.verdict) == (date(2004, 1, 1), Verdict.CONTESTED)
