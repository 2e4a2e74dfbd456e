"""What if these acts had been done too? A standing of its own, that changes nothing in the one it came from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comity.about import Opened
from comity.acts import Act, Entry, Source
from comity.terms import Verdict, parse_moment
from tests.book.folders import told

TODAY = date(2020, 1, 1)


def supposed(kind: str, actor: str, day: str, recorded: date = TODAY, **more: str) -> Entry:
    act = Act(kind, actor, f"supposed-{actor}-{kind}", "pact", made=parse_moment(day), details=more, source=Source("hypothetical"))
    return Entry(act, recorded)


def test_a_supposed_act_gives_what_a_real_one_would(tmp_path: Path) -> None:
    only = told(tmp_path / "a", "AAA ratify 2000-02-01").standing(on=date(2005, 1, 1), known=TODAY)
    both = told(tmp_path / "b", "AAA ratify 2000-02-01\nBBB ratify 2000-03-01").standing(on=date(2005, 1, 1), known=TODAY)
    then = only.what_if([supposed("ratify", "BBB", "2000-03-01")])
    assert then.in_force("pact").verdict is Verdict.YES
    assert then.in_force("pact").since == both.in_force("pact").since
    assert [(c.on, c.party, c.mode) for c in then.timeline("pact")] == [(c.on, c.party, c.mode) for c in both.timeline("pact")]


def test_supposing_changes_nothing_in_the_standing_it_came_from(tmp_path: Path) -> None:
    only = told(tmp_path, "AAA ratify 2000-02-01").standing(on=date(2005, 1, 1), known=TODAY)
    before = only.in_force("pact")
    only.what_if([supposed("ratify", "BBB", "2000-03-01")]).in_force("pact")
    assert only.in_force("pact") == before
    assert len(only.record.entries_of("pact")) == 1


def test_supposing_keeps_the_day_the_knowledge_the_viewer_and_the_strictness(tmp_path: Path) -> None:
    standing = told(tmp_path, "AAA ratify 2000-02-01").standing(on=date(2005, 1, 1), known=date(2006, 1, 1), viewer="AAA", strict=True)
    then = standing.what_if([supposed("ratify", "BBB", "2000-03-01")])
    assert (then.on, then.known, then.viewer, then.strict) == (standing.on, standing.known, standing.viewer, standing.strict)
    assert then.in_force("pact").verdict is Verdict.NO, "an act recorded after the day of knowledge is not known, not even a supposed one"


def test_no_acts_supposed_change_nothing(bundled: Opened) -> None:
    standing = bundled.standing(on=TODAY, known=TODAY)
    assert standing.what_if([]).in_force("ctbt") == standing.in_force("ctbt")


def test_if_the_nine_ratified_the_test_ban_would_be_in_force(bundled: Opened) -> None:
    """CTBT XIV: 180 days after the last of the 44 states of annex 2; the answer itself names who is missing."""
    standing = bundled.standing(on=date(2030, 1, 1), known=TODAY)
    answer = standing.in_force("ctbt")
    assert answer.verdict is Verdict.NO
    missing = {c.by for c in answer.would_change}
    assert {"USA", "CHN", "IND", "PAK", "PRK"} <= missing
    entries = [
        Entry(Act("ratify", who, f"supposed-{who}", "ctbt", made=parse_moment("2028-01-01"), source=Source("hypothetical")), TODAY) for who in missing
    ]
    then = standing.what_if(entries).in_force("ctbt")
    assert (then.verdict, then.since) == (Verdict.YES, date(2028, 6, 29))
    assert standing.what_if(entries[1:]).in_force("ctbt").verdict is Verdict.NO


def test_doing_what_would_change_the_answer_changes_it(tmp_path: Path) -> None:
    """BBB could denounce: the answer says from when it would be out. Let it."""
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nCCC accede 2000-04-01").standing(on=date(2005, 1, 1), known=TODAY)
    change = standing.bound("BBB", "pact").would_change[0]
    assert (change.act, change.by, change.on, change.from_) == ("denounce", "BBB", "pact", date(2005, 7, 1))
    then = standing.what_if([supposed(change.act, change.by, "2005-01-01")])
    assert then.bound("BBB", "pact", date(2005, 6, 30)).verdict is Verdict.YES
    assert then.bound("BBB", "pact", date(2005, 7, 1)).verdict is Verdict.NO
