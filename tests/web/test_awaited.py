"""The page of what is awaited: what the room has, narrowed; as files and as a feed; in the calendar; wrong questions are told in a line."""

from __future__ import annotations

import csv
import io
from datetime import date

import icalendar
import pytest
from django.test import Client

from comity.awaited import awaited, awaited_to_plain
from comity.web.holding import Held
from tests.web.refusals import AXES, FILES, line_of

ON = "on=2022-02-16&known=2025-01-01"
SILENCE = "on=2003-02-08&known=2025-01-01"


def test_the_page_has_what_the_room_has(client: Client, held: Held) -> None:
    page = client.get(f"/awaited?{ON}").content.decode()
    assert page.count("answer the request for") == 2
    assert 'class="state-of d-overdue">late</span>' in page
    assert 'class="state-of d-not-known">late, or not on record</span>' in page
    asked = client.get(f"/awaited?{ON}&format=json").json()["awaited"]
    assert asked == [awaited_to_plain(one) for one in awaited(held.opened.standing(on=date(2022, 2, 16), known=date(2025, 1, 1)))]
    listed = list(csv.DictReader(io.StringIO(client.get(f"/awaited?{ON}&format=csv").content.decode())))
    assert [row["until"] for row in listed] == ["2022-02-13", "2022-02-15"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 19),
        ("party=France", 1),
        ("party=USA&procedure=decision", 1),
        ("procedure=dispute", 0),
        ("required=1", 0),
        ("within=1", 0),
        ("within=2", 19),
    ],
)
def test_it_is_narrowed(client: Client, query: str, number: int) -> None:
    assert len(client.get(f"/awaited?{SILENCE}&{query}&format=json").json()["awaited"]) == number


def test_what_is_open_is_said_to_be_open_and_nothing_says_what_else_there_is(client: Client) -> None:
    page = client.get(f"/awaited?{SILENCE}&party=FRA").content.decode()
    assert '<span class="beside">may:</span> break silence' in page
    none = client.get(f"/awaited?{SILENCE}&party=JPN").content.decode()
    assert "Nothing is awaited, as far as is on record." in none
    assert "What is awaited of everybody" in none


def test_the_feed_has_the_instant(client: Client) -> None:
    (event,) = icalendar.Calendar.from_ical(client.get(f"/awaited?{SILENCE}&party=FRA&format=ics").content).walk("VEVENT")
    assert f"{event.decoded('dtstart'):%Y-%m-%dT%H:%MZ}" == "2003-02-10T11:00Z"


def test_it_is_in_the_calendar_of_the_party(client: Client) -> None:
    found = client.get(f"/calendar?{SILENCE}&party=FRA&month=2003-02&format=json").json()["calendar"]
    assert [(one["on"], one["what"]) for one in found if one["act"] == "nato-2003-turkey"] == [("2003-02-10", "break silence")]


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        *FILES,
        ("procedure=x", 400, "choose one of decision"),
        ("required=2", 400, "required="),
        ("party=XYZ", 404, "XYZ"),
        ("within=x", 400, "within="),
    ],
)
def test_a_wrong_question_is_told_in_a_line(client: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(client.get(f"/awaited?{query}"), status)


def test_it_is_in_the_feed_of_the_year_ahead_too(client: Client) -> None:
    feed = icalendar.Calendar.from_ical(client.get(f"/calendar?{SILENCE}&party=FRA&format=ics").content)
    assert [str(event["uid"]).endswith("@awaited.comity") for event in feed.walk("VEVENT") if "break silence" in str(event["summary"])] == [True]
