"""Calendar: each day has what is due and what changes on it, as the pages of duties and of what is ahead say; and a feed of the year ahead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar


def lines(client: Client, query: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get(f"/calendar?{query}&format=json").json()["calendar"]
    return found


@pytest.mark.parametrize("month", ["2024-12", "2025-03", "2025-06"])
def test_a_month_has_the_duties_that_are_due_in_it(client: Client, month: str) -> None:
    asked = "agreement=cwc&party=FRA&on=2024-11-15"
    every = client.get(f"/must?{asked}&within=400&past=30&all=1&format=json").json()["duties"]
    due = sorted((one["due"], one["what"]) for one in every if (one["due"] or "").startswith(month))
    assert sorted((one["on"], one["what"]) for one in lines(client, f"{asked}&month={month}") if one["state"]) == due


def test_a_month_has_the_changes_that_fall_in_it(client: Client) -> None:
    asked = "agreement=gsomia-jpn-kor&on=2018-06-01"
    ahead = client.get(f"/upcoming?{asked}&within=500&format=json").json()["upcoming"]
    assert ahead
    for one in ahead:
        found = lines(client, f"{asked}&month={one['on'][:7]}")
        assert (one["on"], one["what"]) in [(line["on"], line["what"]) for line in found]


def test_the_picture_is_whole_weeks_and_marks_the_day(client: Client) -> None:
    page = client.get("/calendar?agreement=cwc&on=2024-12-05").content.decode()
    picture = page[page.index('<table class="month">') : page.index("</table>")]
    assert picture.count("<td") % 7 == 0
    assert ' today"><time datetime="2024-12-05">' in picture
    assert '<h1><time datetime="2024-12">December 2024</time></h1>' in page


def test_the_feed_has_duties_and_changes(client: Client) -> None:
    response = client.get("/calendar?agreement=gsomia-jpn-kor&on=2018-06-01&format=ics")
    assert response["Content-Type"].startswith("text/calendar")
    events: list[Any] = Calendar.from_ical(response.content).walk("VEVENT")
    days = {event["dtstart"].dt for event in events}
    ahead = client.get("/upcoming?agreement=gsomia-jpn-kor&on=2018-06-01&format=json").json()["upcoming"]
    assert {date.fromisoformat(one["on"]) for one in ahead} <= days
    assert len({str(event["uid"]) for event in events}) == len(events)


@pytest.mark.parametrize("month", ["2024-13", "2024", "x", "0001-01"])
def test_what_is_no_month_is_refused(client: Client, month: str) -> None:
    response = client.get(f"/calendar?month={month}")
    assert response.status_code == 400
    assert "write it as YYYY-MM" in response.content.decode()
