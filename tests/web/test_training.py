"""Training: the page, its files, its charts and its feed say what the room says, to who may see it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import icalendar
import pytest
from django.test import Client

from comity.standing import Standing
from comity.training import courses_of, last_trained, met_needs, posts_of, visits_of
from comity.web.charts.places import places, small
from comity.web.holding import Held
from tests.web.conftest import client_of
from tests.web.exercised import exercised
from tests.web.refusals import AXES, LISTS, line_of

TODAY = date(2025, 11, 15)


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return Held(exercised(tmp_path_factory.mktemp("exercised")), today=lambda: TODAY)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture
def standing(holding: Held) -> Standing:
    return Standing(holding.opened.record, on=TODAY, known=TODAY)


def test_each_list_has_what_the_room_has(desk: Client, standing: Standing) -> None:
    def refs(name: str) -> list[str]:
        return [row["ref"] for row in desk.get(f"/training?list={name}&format=json").json()[name]]

    assert list(dict.fromkeys(refs("courses"))) == [one.offer.ref for one in courses_of(standing)]
    assert refs("posts") == [one.act.ref for one in posts_of(standing)]
    assert refs("visits") == [one.request.ref for one in visits_of(standing)]
    assert refs("needs") == [one.need.act.ref for one in met_needs(standing)]
    trained = desk.get("/training?list=trained&format=json").json()["trained"]
    assert [row["act"] for row in trained] == [one.act.ref for one in last_trained(standing)]
    page = desk.get("/training").content.decode()
    assert all(f">{ref}</a>" in page for name in ("courses", "posts", "visits", "needs", "offers") for ref in refs(name))


def test_the_bars_of_a_course_are_as_long_as_its_numbers(standing: Standing) -> None:
    """Six places, six nominated and attended, five certified: the frame is whole, and the last bar five sixths of it."""
    (course,) = (one for one in courses_of(standing) if one.offer.ref == "TR-01")
    widths = {look: float(width) for look, width in re.findall(r'<rect class="(\w+)" [^>]*width="([\d.]+)"', small(course))}
    assert widths == {"offered": 120.0, "nominated": 120.0, "attended": 120.0, "certified": 100.0}
    assert places([], "t", "courses") == ""


def test_posts_stand_on_a_time_bar_beside_their_table(desk: Client, standing: Standing) -> None:
    page = desk.get("/training").content.decode()
    bars = re.findall(r'<rect class="bar b-([\w-]+)', page[page.index('class="timeline"') : page.index('id="posts"')])
    assert bars.count("in-force") == len(posts_of(standing)) + 1  # and in the key
    assert 'aria-details="posts"' in page
    rows = desk.get("/training?chart=posts&format=csv").content.decode()
    assert "NLD with DEU: Plans officer, engineer brigade" in rows


def test_needs_say_who_could_meet_them_and_what_stays_unmet(desk: Client) -> None:
    page = desk.get("/training").content.decode()
    needs = page[page.index('id="needs-h"') : page.index('id="offers-h"')]
    assert "could be met" in needs
    assert "4 unmet" in needs
    assert "all that is offered is taken" in needs


def test_a_party_and_a_capability_narrow_it(desk: Client) -> None:
    page = desk.get("/training?party=Belgium&capability=bridging").content.decode()
    assert ">NE-01</a>" in page
    assert ">NE-03</a>" not in page
    assert ">TR-01</a>" not in page
    assert "Visits are of no capability" in page


def test_the_feed_has_courses_visits_and_the_day_by_which_leave_is_to_be_answered(desk: Client) -> None:
    feed = icalendar.Calendar.from_ical(desk.get("/training?format=ics").content)
    days = {str(event["summary"]): event.decoded("dtstart") for event in feed.walk("VEVENT")}
    assert days["Building float bridges"] == date(2026, 2, 2)
    assert days["BEL → NLD: Two officers of the planning staff"] == date(2025, 11, 24)
    assert days["NLD is to answer: BEL → NLD: Two officers of the planning staff"] == date(2025, 11, 23)


@pytest.mark.parametrize("chart", ["places", "posts"])
def test_charts_can_be_taken_elsewhere(desk: Client, chart: str) -> None:
    drawn = desk.get(f"/training?chart={chart}&format=svg")
    assert drawn.status_code == 200
    assert "var(" not in drawn.content.decode()


def test_nobody_learns_of_training_that_they_may_not_see(tmp_path: Path, desk: Client) -> None:
    without = client_of(Held(exercised(tmp_path, hidden=False), today=lambda: TODAY))
    for url in ("/training?as=EST", "/training?as=public&capability=cyber", "/training?as=EST&list=courses&format=json"):
        assert desk.get(url).content == without.get(url).content, url
    assert ">TR-9</a>" in desk.get("/training?as=BEL").content.decode()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [*AXES, *LISTS, ("party=Nobody", 404, "no party")],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/training?{query}"), status)


def test_a_record_without_training_says_what_to_do(client: Client) -> None:
    assert "Record acts" in client.get("/training").content.decode()
