"""What procedures under way await of a party, in one list: from real cases of the bundled book, from books of examples and from small stories."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest

import comity
from comity.about import Opened
from comity.awaited import Awaited, awaited, awaited_feed
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict
from tests.disputes.telling import after

EXAMPLES = Path(__file__).parents[2] / "examples"


def on(book: Opened, day: str) -> Standing:
    return book.standing(on=date.fromisoformat(day), known=date(2026, 11, 1))


def told(found: list[Awaited]) -> list[tuple[str, str, str, str | None, str]]:
    return [(one.party, one.what, one.procedure, None if one.until is None else one.until.isoformat(), str(one.late)) for one in found]


def test_under_silence_each_ally_may_break_it_until_the_hour(bundled: Opened) -> None:
    found = awaited(on(bundled, "2003-02-08"), "FRA")
    assert told(found) == [("FRA", "break silence", "decision", "2003-02-10", "no")]
    assert (found[0].at, found[0].open) == (datetime(2003, 2, 10, 11, tzinfo=UTC), True)
    assert len(awaited(on(bundled, "2003-02-08"))) == 19
    # from the instant at which it was broken on, it is open to France to take that back
    later = awaited(on(bundled, "2003-02-10"), "FRA", datetime(2003, 2, 10, 10, 45, tzinfo=UTC))
    assert [one.what for one in later] == ["take back its objection"]


def test_a_state_that_was_asked_has_to_answer_by_the_day_that_the_clause_sets(bundled: Opened) -> None:
    wanted = "answer the request for consultation"
    assert told(awaited(on(bundled, "2022-02-12"))) == [("RUS", wanted, "dispute", "2022-02-13", "no")]
    late = awaited(on(bundled, "2022-02-16"), "RUS")
    assert [(one.until, one.late, one.article) for one in late] == [
        (date(2022, 2, 13), Verdict.YES, "16.1"),
        (date(2022, 2, 15), Verdict.UNKNOWN, "16.2"),
    ]
    assert awaited(on(bundled, "2022-02-16"), "UKR") == []


def test_what_meetings_agreed_and_who_is_invited() -> None:
    book = comity.open(EXAMPLES / "dialogue-book")
    assert told(awaited(on(book, "2026-03-01"), "BEL")) == [("BEL", "draft of a fuel exchange form", "action", "2025-09-30", "yes")]
    assert told(awaited(on(book, "2026-03-01"), "DEU")) == [
        ("DEU", "meet in Leopoldsburg", "meeting", "2026-06-09", "no"),
        ("DEU", "two posts for exchange officers", "action", "2026-06-30", "no"),
    ]
    assert not [one for one in awaited(on(book, "2026-06-10")) if one.procedure == "meeting"], "the day of the meeting has passed"


def test_the_next_step_of_a_lesson_is_of_the_one_who_has_to_take_it() -> None:
    book = comity.open(EXAMPLES / "exercise-book")
    assert told(awaited(on(book, "2027-06-01"), "DEU/ENG")) == [("DEU/ENG", "complete the remedial action", "lesson", "2025-10-01", "yes")]


def test_at_home_it_is_told_of_what_was_begun(bundled: Opened) -> None:
    (found,) = awaited(on(bundled, "2024-09-01"), "GBR")
    assert (found.procedure, found.agreement, found.open, found.until) == ("at home", "uk-us-mda-2024", True, None)
    assert not [one for one in awaited(on(bundled, "2024-06-01")) if one.procedure == "at home"], "not laid yet"


def test_an_incident_is_to_be_acknowledged_and_answered(bundled: Opened) -> None:
    story = "I1 protest RUS 2020-03-01 @NLD subject=overflight"
    standing = after(bundled.book.record, "vienna-document-2011", story, "2020-03-02")
    assert told(awaited(standing, "NLD")) == [("NLD", what, "incident", None, "no") for what in ("acknowledge it", "answer it")]


def test_nobody_who_is_not_on_record_is_asked_about(bundled: Opened) -> None:
    with pytest.raises(NotOnRecord, match="'XYZ'"):
        awaited(on(bundled, "2020-01-01"), "XYZ")


def test_the_feed_has_what_has_a_day_and_keeps_its_identity(bundled: Opened) -> None:
    found = awaited(on(bundled, "2003-02-08"), "FRA")
    feeds = [icalendar.Calendar.from_ical(awaited_feed(found, datetime(2003, 2, day, tzinfo=UTC))) for day in (8, 9)]
    (first,), (second,) = (feed.walk("VEVENT") for feed in feeds)
    assert first["uid"] == second["uid"]
    assert first.decoded("dtstart") == datetime(2003, 2, 10, 11, tzinfo=UTC)
    assert str(first["summary"]).endswith("FRA may break silence")
    assert "class" not in first


def test_where_a_status_at_home_cannot_be_told_the_rest_is(bundled: Opened) -> None:
    lays = "L1 lay-treaty FIN 2024-08-01\nL2 lay-treaty GBR 2024-08-02 procedure=no-such"
    standing = after(bundled.book.record, "uk-us-mda-2024", lays, "2024-09-01")
    assert [one.party for one in awaited(standing, "RUS")] == ["RUS", "RUS"]
    assert not [one for one in awaited(standing) if one.procedure == "at home"]


def test_a_member_who_is_not_appointed_when_the_time_has_passed_may_be_late(bundled: Opened) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @GBR 'subject=a decision of the Joint Committee'
        a request-settlement NLD 2010-06-15 @GBR >d means=arbitration
        m appoint-member NLD 2010-07-01 >a
    """
    for on, late in (("2010-07-15", Verdict.NO), ("2010-08-15", Verdict.NO), ("2010-08-16", Verdict.UNKNOWN)):
        (found,) = (one for one in awaited(after(bundled.book.record, "almelo", story, on), "GBR") if one.procedure == "dispute" and one.ref == "d")
        assert (found.what, found.until, found.late) == ("appoint a member for arbitration", date(2010, 8, 15), late)
