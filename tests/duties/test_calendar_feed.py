"""The feed is what RFC 5545 asks for: a real parser reads it back; the same duty is the same event, whenever it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Component

from comity.about import Opened
from comity.duties import DutyStatus, State, calendar_feed, must
from comity.terms import Label
from tests.duties.telling import after

STAMP = datetime(2025, 4, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def rows(bundled: Opened) -> list[DutyStatus]:
    notice = "FRA notify open-skies 2010-05-17T10:00Z 'subject=observation flight' counterparty=NOR"
    return must(after(bundled.book.record, notice, "2010-05-17"), "NOR", agreement="open-skies") + must(
        after(bundled.book.record, "", "2025-04-01"), "EST", agreement="ottawa", within=timedelta(days=60)
    )


def events(feed: bytes) -> list[Component]:
    return list(Calendar.from_ical(feed).walk("VEVENT"))


def test_each_duty_with_a_due_day_is_one_event_with_an_alarm(rows: list[DutyStatus]) -> None:
    found = events(calendar_feed(rows, STAMP))
    assert len(found) == len([row for row in rows if row.due is not None]) >= 2
    assert all(len(event.walk("VALARM")) == 1 for event in found)
    assert {event.decoded("dtstamp") for event in found} == {STAMP}


def test_a_day_stays_a_day_and_an_hour_is_told_in_universal_time(rows: list[DutyStatus]) -> None:
    starts = {event.decoded("dtstart") for event in events(calendar_feed(rows, STAMP))}
    assert {datetime(2010, 5, 18, 10, tzinfo=UTC), date(2025, 4, 30)} <= starts


def test_an_alarm_stands_a_week_ahead_or_an_hour_ahead_where_it_is_due_by_the_hour(rows: list[DutyStatus]) -> None:
    for event in events(calendar_feed(rows, STAMP)):
        by_the_hour = isinstance(event.decoded("dtstart"), datetime)
        assert event.walk("VALARM")[0].decoded("trigger") == -(timedelta(hours=1) if by_the_hour else timedelta(days=7))


def test_the_uid_is_the_same_when_the_state_has_changed(bundled: Opened) -> None:
    story = "EST report ottawa 2025-04-20 'subject=article 7'"
    before = must(after(bundled.book.record, "", "2025-04-25"), "EST", agreement="ottawa")
    then = must(after(bundled.book.record, story, "2025-04-25"), "EST", agreement="ottawa", everything=True)
    uids = [{str(e["uid"]) for e in events(calendar_feed(rows, STAMP)) if e.decoded("dtstart") == date(2025, 4, 30)} for rows in (before, then)]
    assert uids == 2 * [{"ottawa/annual-report/EST/2025-04-30@comity"}]


def test_uids_differ_from_one_another(bundled: Opened) -> None:
    standing = after(bundled.book.record, "", "2025-01-01")
    found = [str(e["uid"]) for e in events(calendar_feed(must(standing, agreement="ottawa", everything=True), STAMP))]
    assert len(set(found)) == len(found) > 100


def test_lines_end_and_fold_as_the_standard_says_and_nothing_breaks_out_of_a_text(rows: list[DutyStatus]) -> None:
    feed = calendar_feed(rows, STAMP, "Duties; of\nall")
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    assert feed.count(b"\n") == feed.count(b"\r\n")
    assert b"X-WR-CALNAME:Duties\\; of\\nall\r\n" in feed


def test_what_is_not_public_is_marked_confidential_in_the_feed(rows: list[DutyStatus]) -> None:
    hidden = replace(rows[0], label=Label("NATIONAL", "SECRET", originator="NOR"), state=State.OPEN)
    assert [str(e.get("class")) for e in events(calendar_feed([hidden, rows[0]], STAMP))] == ["CONFIDENTIAL", "None"]
