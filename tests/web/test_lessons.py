"""The board of lessons: what the room has, in its columns, what is late first; forms of the next act for those whose turn it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client

from comity.about import Opened
from comity.lessons import lesson_board, lessons_of
from comity.standing import Standing
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.web.conftest import client_of
from tests.web.desks import as_, kept_in
from tests.web.exercised import exercised
from tests.web.refusals import AXES, FILES, line_of

TODAY = date(2025, 11, 15)
CARD = re.compile(r'<li class="card[^"]*"><h3>([^<]*)</h3>')
FORM = re.compile(r'<a href="(/record/act\?[^"]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return Held(exercised(tmp_path_factory.mktemp("exercised")), today=lambda: TODAY)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def kept(holding: Held, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The same in a ledger, in which acts are recorded."""
    with kept_in(tmp_path_factory.mktemp("ledger"), holding.opened, TODAY) as found:
        yield found


def test_each_column_has_what_the_room_puts_in_it_in_its_order(holding: Held, desk: Client) -> None:
    page = desk.get("/lessons").content.decode()
    columns = page.split("<section")[1:7]
    wanted = lesson_board(lessons_of(Standing(holding.opened.record, on=TODAY, known=TODAY)))
    assert [CARD.findall(column) for column in columns] == [[one.title for one in listed] for _name, listed in wanted]
    under_way = columns[3]
    assert under_way.index("Bridge class of roads not shared") < under_way.index("Radios of two nations did not talk"), "what is late comes first"


def test_what_is_late_says_since_when_and_by_how_much(desk: Client) -> None:
    page = desk.get("/lessons").content.decode()
    assert 'late since <time datetime="2025-10-01">2025-10-01</time>, by 45 days' in page
    assert page.count('class="card over"') == 3
    only = desk.get("/lessons?late=1").content.decode()
    assert sorted(CARD.findall(only)) == ["Bridge class of roads not shared", "Nobody spoke", "Rations came without labels"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("body=NLD/LAND", {"Rations came without labels"}),
        ("body=Estonia", {"Radios of two nations did not talk"}),
        ("state=learned", {"Press lines took five hours"}),
        ("activity=silent+2025", {"Nobody spoke"}),
        ("activity=High+Water+2025&state=rejected", {"Coffee was cold"}),
        ("state=accepted", set()),
    ],
)
def test_filters_leave_what_is_asked_for(desk: Client, query: str, titles: set[str]) -> None:
    page = desk.get(f"/lessons?{query}").content.decode()
    assert set(CARD.findall(page)) == titles
    assert titles or "No observation is so" in page


def test_the_list_the_files_and_the_feed_say_the_same(holding: Held, desk: Client) -> None:
    found = desk.get("/lessons?format=json").json()["lessons"]
    assert [row["ref"] for row in found] == [one.observation.ref for _n, c in lesson_board(lessons_of(standing(holding))) for one in c]
    lines = list(csv.DictReader(io.StringIO(desk.get("/lessons?format=csv").content.decode())))
    assert [line["ref"] for line in lines] == [row["ref"] for row in found]
    listed = desk.get("/lessons?view=list").content.decode()
    assert [listed.index(f">{row['ref']}</a>") for row in found] == sorted(listed.index(f">{row['ref']}</a>") for row in found)
    feed = icalendar.Calendar.from_ical(desk.get("/lessons?format=ics").content)
    days = {str(event["summary"]): event.decoded("dtstart") for event in feed.walk("VEVENT")}
    assert days["EST: Radios of two nations did not talk"] == date(2025, 12, 15)
    assert len(days) == sum(row["due"] is not None and row["next"] is not None for row in found)


def standing(holding: Held) -> Standing:
    return Standing(holding.opened.record, on=TODAY, known=TODAY)


def test_each_card_leads_to_its_acts(desk: Client) -> None:
    page = desk.get("/lessons?body=DEU/ENG").content.decode()
    acts = re.findall(r'<a class="ref" href="(/acts/HW-01[^"]*)">', page)
    assert len(set(acts)) == 4
    assert all(desk.get(act).status_code == 200 for act in acts)


def test_who_may_record_gets_the_form_of_the_next_act_of_their_own(kept: Held) -> None:
    keeper = FORM.findall(as_(kept, None, Role.DESK_OFFICER).get("/lessons?body=NLD/LAND").content.decode())
    assert [words for _link, words in keeper] == ["accept-observation", "reject-observation"]
    form = as_(kept, None, Role.DESK_OFFICER).get(keeper[0][0].replace("&amp;", "&"))
    assert form.status_code == 200
    shown = form.content.decode()
    assert 'value="HW-03"' in shown
    assert 'value="NLD/LAND"' in shown
    own = FORM.findall(as_(kept, "EST", Role.DESK_OFFICER).get("/lessons").content.decode())
    assert [words for _link, words in own] == ["Record an observation", "complete-remedy"], "the others' turns are not theirs"


@pytest.mark.parametrize("roles", [(Role.VIEWER,), (Role.PLANNER, Role.ADMINISTRATOR)])
def test_who_may_not_record_gets_no_form(kept: Held, roles: tuple[Role, ...]) -> None:
    assert "/record/act" not in as_(kept, "EST", *roles).get("/lessons").content.decode()


def test_a_book_in_a_folder_takes_no_acts(desk: Client) -> None:
    assert "/record/act" not in desk.get("/lessons").content.decode()


def test_nobody_learns_of_lessons_that_they_may_not_see(tmp_path: Path, desk: Client) -> None:
    without = client_of(Held(exercised(tmp_path, hidden=False), today=lambda: TODAY))
    for url in ("/lessons?as=EST", "/lessons?as=public&view=list", "/lessons?as=EST&format=json"):
        assert desk.get(url).content == without.get(url).content, url
    estonian: dict[str, Any] = {READER: Reader("mari", "EST", frozenset({Role.VIEWER}))}
    asked = "/lessons?activity=Silent+2025"
    assert desk.get(asked, **estonian).status_code == 404
    assert desk.get(asked, **estonian).content == without.get(asked, **estonian).content
    assert "Nobody spoke" in desk.get("/lessons?as=BEL").content.decode()


def test_a_contested_lesson_says_between_which_states(desk: Client) -> None:
    page = desk.get("/lessons?on=2025-06-25&known=2025-11-15").content.decode()
    card = page[page.index("Radios of two nations") :].split("</li>")[0]
    assert "contested" in card
    assert "identified" in card


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        *FILES,
        ("state=forgotten", 400, "choose one of submitted"),
        ("view=wall", 400, "choose one of board, list"),
        ("late=2", 400, "late="),
        ("body=Nobody", 404, "no party"),
        ("activity=Nothing", 404, "no observation about"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/lessons?{query}"), status)


def test_a_record_without_lessons_says_what_to_do(small: Opened) -> None:
    client = client_of(Held(small))
    assert "One begins with an act of submitting it" in client.get("/lessons").content.decode()
