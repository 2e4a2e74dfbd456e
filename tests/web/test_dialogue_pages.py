"""Dialogue: bodies with their meetings and actions as the room has them, the month, who has not met; one body; forms for those who may record."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client

import comity
from comity.about import Opened
from comity.dialogue import actions_of, bodies_of, meetings_of
from comity.standing import Standing
from comity.web.holding import Held
from comity.web.readers import Role
from tests.web.conftest import client_of
from tests.web.desks import as_, kept_in, text_of
from tests.web.refusals import AXES, LISTS, line_of
from tests.web.talked import talked

EXAMPLE = Path(__file__).parents[2] / "examples" / "dialogue-book"
TODAY = date(2026, 3, 10)
BODY = "/dialogue/staff-talks/steering group"
FORM = re.compile(r'<a href="(/record/act\?[^"]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def holding() -> Held:
    return Held(comity.open(EXAMPLE), today=lambda: TODAY)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def kept(holding: Held, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The same in a ledger, in which acts are recorded."""
    with kept_in(tmp_path_factory.mktemp("ledger"), holding.opened, TODAY) as found:
        yield found


def standing(holding: Held) -> Standing:
    return Standing(holding.opened.record, on=TODAY, known=TODAY)


def rows(desk: Client, name: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get(f"/dialogue?list={name}&format=json{query}").json()[name]
    return found


def test_the_lists_have_what_the_room_has(holding: Held, desk: Client) -> None:
    there = standing(holding)
    assert [(row["name"], row["meetings"], row["next_due"]) for row in rows(desk, "bodies")] == [
        (one.name, len(one.meetings), one.next_due and one.next_due.isoformat()) for one in bodies_of(there, timedelta(days=5 * 365))
    ]
    assert [row["ref"] for row in rows(desk, "meetings")] == [one.begun_by.ref for one in meetings_of(there)]
    assert [(row["ref"], row["states"]) for row in rows(desk, "actions")] == [
        (one.agreed_by.ref, [str(s) for s in one.states]) for one in actions_of(there)
    ]
    assert [row["parties"] for row in rows(desk, "silent")] == [["BEL", "DEU"], ["BEL", "NLD"], ["DEU", "NLD"]]
    lines = list(csv.DictReader(io.StringIO(desk.get("/dialogue?list=meetings&format=csv").content.decode())))
    assert lines[0]["papers"] == "Bridging units and their loads"


def test_the_page_says_what_is_late_what_is_ahead_and_who_is_silent(desk: Client) -> None:
    page = desk.get("/dialogue").content.decode()
    told = text_of(page)
    assert "2025-09-30 overdue Belgium BEL draft of a fuel exchange form ST-01-T2 to DEU , NLD" in told
    assert "2026-06-09 steering group: second talks called" in told
    assert told.count("steering group : has to have met") == 1, "of the duties of a body the next one alone"
    assert 'aria-details="silent"' in page
    assert "last on record on 2025-03-11; they may have met since" in page
    assert "1 is done." in told


def test_a_month_has_its_meetings_on_each_of_their_days(desk: Client) -> None:
    page = desk.get("/dialogue?month=2026-06").content.decode()
    month = page[page.index('<table class="month">') : page.index("</table>", page.index('<table class="month">'))]
    days = {day.partition("<")[0]: day for day in month.split('<time datetime="2026-06-')[1:]}
    with_talks = sorted(number[:2] for number, day in days.items() if "second talks" in day)
    assert with_talks == ["09", "10"]
    assert "two posts for exchange officers" in next(day for number, day in days.items() if number.startswith("30"))
    assert "nothing that is due, falls in this month" in desk.get("/dialogue?month=2026-05").content.decode()


def test_the_feed_has_meetings_and_what_is_due(desk: Client) -> None:
    feed = icalendar.Calendar.from_ical(desk.get("/dialogue?format=ics").content)
    days = {str(event["summary"]): event.decoded("dtstart") for event in feed.walk("VEVENT")}
    assert days["steering group: BEL: draft of a fuel exchange form"] == date(2025, 9, 30)
    assert date(2026, 6, 9) in days.values()
    of_body = icalendar.Calendar.from_ical(desk.get(f"{BODY}?format=ics").content)
    assert {str(event["summary"]) for event in of_body.walk("VEVENT")} < set(days)


@pytest.mark.parametrize(
    ("query", "refs"),
    [("&body=Fuel+Group", ["ST-02"]), ("&party=BEL", ["ST-01", "ST-02", "ST-03"]), ("&agreement=staff-talks&body=fuel group", ["ST-02"])],
)
def test_filters_leave_what_is_asked_for(desk: Client, query: str, refs: list[str]) -> None:
    assert [row["ref"] for row in rows(desk, "meetings", query)] == refs


def test_one_body_has_its_meetings_with_agenda_papers_minutes_and_actions(desk: Client) -> None:
    page = desk.get(BODY).content.decode()
    told = text_of(page)
    assert "last met 2025-03-11 , 364 days ago next called 2026-06-09 has to meet by 2026-12-31 art. 2" in told
    assert "The steering group meets every year. art. 2" in told
    assert (
        "Agenda bridging fuel exchange officers Papers Bridging units and their loads DEU ST-01-P1 Minutes Minutes of the first talks ST-01-R" in told
    )
    assert "list of loads of bridges on the march route DEU by 2025-06-30 done late" in told
    links = set(re.findall(r'href="(/(?:acts|agreements)/[^"]+)"', page))
    assert len(links) > 8
    assert all(desk.get(link).status_code == 200 for link in links)
    assert desk.get("/dialogue/staff-talks/STEERING GROUP").status_code == 200
    assert [row["ref"] for row in desk.get(f"{BODY}?list=actions&format=json").json()["actions"]] == ["ST-01-T1", "ST-01-T2", "ST-01-T3"]


@pytest.mark.parametrize("path", ["/dialogue/staff-talks/none", "/dialogue/none/steering group", "/dialogue/-/steering group"])
def test_a_body_that_is_not_there_is_not_found(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_who_may_record_gets_the_forms_of_the_next_acts(kept: Held) -> None:
    forms = FORM.findall(as_(kept, "BEL", Role.DESK_OFFICER).get(BODY).content.decode())
    assert [words for _link, words in forms] == [f"Record: {kind}" for kind in ("call-meeting", "meet", "set-agenda", "submit-paper")]
    form = as_(kept, "BEL", Role.DESK_OFFICER).get(forms[1][0].replace("&amp;", "&"))
    assert form.status_code == 200
    assert 'value="ST-03"' in form.content.decode()
    assert "/record/act" not in as_(kept, "BEL", Role.VIEWER).get(BODY).content.decode()


def test_nobody_learns_of_meetings_that_they_may_not_see() -> None:
    desk, without = client_of(talked(TODAY, kept=["ctbt"])), client_of(talked(TODAY, hidden=False, kept=["ctbt"]))
    for url in ("/dialogue?as=EST", "/dialogue?as=public&list=silent&format=json", "/dialogue/ctbt/quiet circle?as=EST"):
        assert desk.get(url).content == without.get(url).content, url
    assert desk.get("/dialogue/ctbt/quiet circle?as=EST").status_code == 404
    assert "DEU – FRA" in desk.get("/dialogue?as=FRA").content.decode()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        *LISTS,
        ("month=x", 400, "is no month"),
        ("body=none", 404, "no body"),
        ("party=Nobody", 404, "no party"),
        ("agreement=none", 404, "no agreement"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/dialogue?{query}"), status)


def test_a_record_without_meetings_says_what_to_do(small: Opened) -> None:
    assert "A series of meetings begins with an act" in client_of(Held(small)).get("/dialogue").content.decode()
