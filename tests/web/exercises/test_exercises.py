"""Exercises: what is designed, planned and held stands in the list and on a page of its own; foreign exercises are not there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from comity import exercises
from comity.about import Opened
from comity.acts import Act, Entry
from comity.book import design_in
from comity.standing import Record
from comity.terms import Broken, Label, parse_moment
from comity.web.demo_exercise import NOW, SUPPOSED, design_bytes
from comity.web.holding import Held
from tests.web.conftest import client_of
from tests.web.papers import digest

PAGE = f"/exercises/{NOW}"
SECRET = Label(policy="NATO", classification="SECRET", releasable_to=("DEU",), originator="DEU")


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[-600:]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2])).split())


def rows(client: Client, query: str = "") -> dict[str, dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/exercises?format=json{query}").json()["exercises"]
    return {one["activity"]: one for one in found}


def with_acts(held: Held, *acts: Act) -> Held:
    """The record with these acts too, on record from the day on which they were made."""
    kept = held.opened.book.record
    entries = (*kept.entries, *(Entry(act, act.made.first if act.made else date.min) for act in acts))
    record = Record(kept.agreements, entries, kept.register, kept.coverage, kept.title, kept.ladders)
    return Held(Opened(replace(held.opened.book, record=record)), patience=20.0)


def act(kind: str, actor: str, made: str, agreement: str | None = None, **details: str) -> Act:
    return Act(
        kind=kind, actor=actor, ref=f"t-{kind}-{actor}-{made}", agreement=agreement, made=parse_moment(made), details=details, source=SUPPOSED
    )  # fmt: skip


def took_part(parties: Iterable[str], made: str, **details: str) -> list[Act]:
    return [act("take-part", party, made, starts=made, **details) for party in parties]


# -- the list ---------------------------------------------------------------------------------------------------------


def test_what_is_to_come_is_drawn_over_its_days_and_listed(client: Client) -> None:
    page = client.get("/exercises").content.decode()
    assert 'aria-details="days"' in page
    assert 'id="days"' in page
    for look in ("g-forces", "g-conduct", "g-conference", "g-document", "g-notice", "g-conference unsure"):
        assert f'class="{look}"' in page, look
    assert rows(client)[NOW] == {
        "activity": NOW, "title": "Steel Heather 28, a brigade exercise", "stands": "designed", "from": "2028-06-04", "until": "2028-06-22",
        "place": "Bergen and Munster training areas", "host": "DEU", "nations": ["DEU", "NLD", "GBR", "USA"],
        "kinds": ["live", "combat", "command and control", "land manoeuvre"], "contested": False, "problem": None,
    }  # fmt: skip


def test_what_was_held_is_told_by_its_acts(client: Client) -> None:
    held = rows(client)["Steel Heather 26"]
    assert (held["stands"], held["from"], held["until"], held["place"]) == ("held", "2026-02-02", "2026-02-13", "Bergen")
    assert held["nations"] == ["DEU", "GBR", "NLD"]
    assert held["kinds"] == ["land", "warfighting"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("party=USA", {NOW}),
        ("party=Netherlands", {NOW, "Steel Heather 26"}),
        ("party=FRA", set()),
        ("year=2026", {"Steel Heather 26"}),
        ("year=2028", {NOW}),
        ("kind=land", {"Steel Heather 26"}),
        ("kind=combat", {NOW}),
        ("q=heather+28", {NOW}),
        ("q=BERGEN", {NOW, "Steel Heather 26"}),
        ("q=nothing+at+all", set()),
    ],
)
def test_the_list_is_narrowed(client: Client, query: str, found: set[str]) -> None:
    assert set(rows(client, f"&{query}")) == found


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("year=28", 400, "year='28' is no year; write four digits"),
        ("kind=chess", 400, "kind='chess': no exercise on record is of that kind"),
        ("party=Narnia", 404, "no party 'Narnia' is on record"),
        ("page=2", 400, "choose one between 1 and 1"),
    ],
)
def test_what_cannot_be_looked_for_says_so(client: Client, query: str, status: int, says: str) -> None:
    assert says in text(client, f"/exercises?{query}", status)


def test_before_anything_was_on_record_the_list_is_empty_and_says_what_to_do(client: Client) -> None:
    page = text(client, "/exercises?on=2025-01-01&known=2025-01-01")
    assert "No exercise to come is on record." in page
    assert "Check a design, and put it on record" in page
    assert rows(client, "&on=2025-01-01&known=2025-01-01") == {}


def test_an_exercise_is_held_only_from_its_first_day(client: Client) -> None:
    assert "Steel Heather 26" not in rows(client, "&on=2026-02-01")
    assert "Steel Heather 26" in rows(client, "&on=2026-02-02")


def test_what_is_planned_and_notified_without_a_design_is_there(held: Held) -> None:
    plan = act("plan", "FRA", "2026-05-01", "vienna-document-2011", activity="Bruyère", what="exercise", starts="2027-03-01", ends="2027-03-09")
    flight = act("plan", "DEU", "2026-05-01", "vienna-document-2011", activity="Falke", what="flight", starts="2027-03-01")
    client = client_of(with_acts(held, plan, flight))
    found = rows(client)
    assert "Falke" not in found
    assert (found["Bruyère"]["stands"], found["Bruyère"]["from"], found["Bruyère"]["host"]) == ("planned", "2027-03-01", "FRA")
    notified = with_acts(held, plan, act("notify-exercise", "FRA", "2026-06-01", "vienna-document-2011", activity="Bruyère"))
    assert rows(client_of(notified))["Bruyère"]["stands"] == "notified"
    assert 'class="g-planned"' in client.get("/exercises").content.decode()
    assert "Bruyère" in Calendar.from_ical(client.get("/exercises?format=ics").content).to_ical().decode()


def test_a_long_list_comes_in_parts_and_one_of_a_designed_name_is_not_told_twice(held: Held) -> None:
    many = [one for number in range(230) for one in took_part(["FRA"], "2020-05-01", activity=f"Manoeuvre {number:03}")]
    many = [replace(one, ref=f"{one.ref}-{number}") for number, one in enumerate(many)]
    there = took_part(["DEU", "NLD"], "2028-06-04", activity=NOW.upper())
    client = client_of(with_acts(held, *many, *there))
    assert "1 to 200 of 231" in text(client, "/exercises")
    assert "201 to 231 of 231" in text(client, "/exercises?page=2")
    found = rows(client, "&on=2028-07-01&known=2028-07-01")
    assert found[NOW]["stands"] == "held"
    assert NOW.upper() not in found


def test_a_denied_act_is_told_as_contested(held: Held) -> None:
    (said,) = took_part(["FRA"], "2020-05-01", activity="Brume")
    denial = replace(act("deny", "FRA", "2020-06-01"), replies_to=said.hash)
    assert rows(client_of(with_acts(held, said, denial)))["Brume"]["contested"] is True


def test_the_chart_is_to_be_had_alone(client: Client) -> None:
    told = client.get("/exercises?chart=days&format=metadata").json()
    assert told["rows"] == len(list(csv.reader(io.StringIO(client.get("/exercises?chart=days&format=csv").content.decode())))) - 1
    assert client.get(f"{PAGE}?chart=days&format=svg").content.startswith(b"<svg")


# -- one exercise -----------------------------------------------------------------------------------------------------


def test_a_design_is_worked_out_as_the_room_below_does(client: Client, held: Held) -> None:
    told = client.get(f"{PAGE}?format=json").json()
    design = design_in(design_bytes(), "x").design
    standing = held.opened.standing(on=held.today(), known=held.today())
    life = exercises.life_of(design, exercises.process_of("nato"), standing)
    assert told["life"]["stands"] == "planning"
    assert [one["id"] for stage in told["life"]["stages"] for one in stage["steps"]] == [s.step.id for _, steps in life.stages for s in steps]
    matrix = exercises.coverage_of(design, standing)
    assert [one["verdict"] for one in told["coverage"]] == [str(need.answer.verdict) for need in matrix.needs]
    assert [one["duty"]["due"] for one in told["notices"]["owed"]] == ["2027-11-15", "2028-04-23"]
    assert told["flaws"] == [{"rule": one.rule, "where": one.where, "says": one.says} for one in _flaws(design, standing)]


def _flaws(design: exercises.Design, standing: Any) -> tuple[Broken, ...]:
    return exercises.check_design(design, exercises.process_of(design.process), exercises.known_of(design, standing))


def test_the_page_says_where_it_stands_who_comes_and_what_is_owed(client: Client) -> None:
    page = text(client, PAGE)
    assert "it stands in stage 2: Planning" in page
    assert "Panzerlehrbrigade 9" in page
    assert "notice of a military activity (troops: at least 9000)" in page
    assert "No plan of it is on record under these agreements" in page
    assert "Bridging took a day longer than planned" in page
    assert "supposed-approve-product-NATO-2026-04-13" in page
    html = client.get(PAGE).content.decode()
    assert f'href="/documents/{digest(design_bytes())}"' in html
    assert 'href="/acts/supposed-design-exercise-DEU-2026-03-02"' in html


def test_each_cell_of_the_matrix_leads_to_the_same_question_alone(client: Client) -> None:
    html = client.get(PAGE).content.decode()
    table = html[html.index('class="list coverage"') :]
    cells = re.findall(r'<a class="bare" href="([^"]+)"><span class="verdict v-(\w+)"', table[: table.index("</table>")])
    told = client.get(f"{PAGE}?format=json").json()["coverage"]
    assert len(cells) == len(told) == 9
    assert sorted(verdict for _, verdict in cells) == sorted(one["verdict"] for one in told)
    for link, verdict in cells:
        answer = client.get(unescape(link))
        assert answer.status_code == 200, link
        if "do=station" not in link:
            assert f'class="answer a-{verdict}"' in answer.content.decode(), link


def test_days_come_as_a_calendar_and_as_files(client: Client) -> None:
    events = Calendar.from_ical(client.get(f"{PAGE}?format=ics").content).walk("VEVENT")
    every = Calendar.from_ical(client.get("/exercises?format=ics").content).walk("VEVENT")
    assert {str(event["uid"]) for event in events} == {str(event["uid"]) for event in every}
    assert not any("final planning" in str(event["summary"]) for event in events), "its day is not known"
    days = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}?format=csv").content.decode())))
    assert {"sort": "conference", "from": "2028-04-xx"}.items() <= next(day for day in days if "final" in day["what"]).items()


def test_the_acts_to_be_recorded_come_as_a_table(client: Client) -> None:
    found = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}?format=acts").content.decode("utf-8-sig"))))
    assert [(row["kind"], row["actor"], row["agreement"]) for row in found] == [
        ("plan", "DEU", "vienna-document-2011"),
        ("notify-exercise", "DEU", "vienna-document-2011"),
    ]


def test_without_a_design_the_page_says_what_acts_say_and_how_to_begin_one(client: Client) -> None:
    page = text(client, "/exercises/steel%20heather%2026")
    assert "No design of it is on record" in page
    assert "Germany" in client.get("/exercises/Steel Heather 26").content.decode()
    assert "comity exercise new" in page
    assert text(client, "/exercises/Steel Heather 26?on=2026-02-01").count("Acts about it") == 1


def test_what_is_no_exercise_is_not_on_record_and_near_ones_are_offered(client: Client) -> None:
    assert "no exercise 'steel-heather-27' is on record; did you mean" in text(client, "/exercises/steel-heather-27", 404)
    assert "no exercise 'nothing' is on record; look it up under Exercises" in text(client, "/exercises/nothing", 404)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is not kept here"),
        (b"title = 3", "Its design is on record, and cannot be read"),
        (design_bytes().replace(b"steel-heather-28", b"steel-heather-29"), "is the design of 'steel-heather-29'"),
    ],
)
def test_a_design_that_cannot_be_read_says_why_and_its_acts_are_there(held: Held, content: bytes | None, says: str) -> None:
    files = {name: content for name in held.files if content is not None}
    client = client_of(Held(held.opened, patience=20.0, files=files or {"attachments/none": b""}))
    page = text(client, PAGE)
    assert says in page
    assert "Acts about it" in page
    assert rows(client)[NOW]["problem"]


# -- who may see it ---------------------------------------------------------------------------------------------------


def test_an_exercise_that_one_may_not_see_is_as_if_it_had_never_been(held: Held) -> None:
    record = held.opened.book.record
    mine = {entry.act.hash for entry in record.entries if entry.act.details.get("activity") == NOW}
    kept = [entry for entry in record.entries if entry.act.hash not in mine and entry.act.kind != "accept-observation"]
    hidden = [
        replace(entry, act=replace(entry.act, label=SECRET, nonce=f"{n:032x}")) for n, entry in enumerate(record.entries) if entry.act.hash in mine
    ]

    def of(entries: list[Entry]) -> Client:
        made = Record(record.agreements, tuple(entries), record.register, record.coverage, record.title, record.ladders)
        return client_of(Held(Opened(replace(held.opened.book, record=made)), patience=20.0))

    with_it, without = of([*kept, *hidden]), of(kept)
    assert NOW in rows(with_it, "&as=DEU")
    assert "NATO SECRET" in text(with_it, f"{PAGE}?as=DEU")
    assert "NATO SECRET // REL TO DEU" in text(with_it, f"{PAGE}?as=DEU&letter=1")
    month = "/calendar?month=2028-06&as=FRA"
    for path in (
        "/exercises?as=FRA",
        f"{PAGE}?as=FRA",
        f"{PAGE}?as=FRA&letter=1",
        "/exercises?as=FRA&format=json",
        "/exercises?as=FRA&q=steel",
        month,
    ):
        one, other = with_it.get(path), without.get(path)
        assert (one.status_code, one.content) == (other.status_code, other.content), path


# -- the calendar -----------------------------------------------------------------------------------------------------


def test_the_calendar_has_the_days_of_exercises(client: Client) -> None:
    found = client.get("/calendar?month=2028-06&format=json").json()["calendar"]
    days = {(one["on"], one["what"]) for one in found if one["exercise"] == NOW}
    assert ("2028-06-08", "Steel Heather 28, a brigade exercise: conduct") in days
    assert ("2028-06-19", "Steel Heather 28, a brigade exercise: conduct") in days
    assert any(one["exercise"] for one in client.get("/calendar?month=2028-06&party=NLD&format=json").json()["calendar"])
    assert not any(one["exercise"] for one in client.get("/calendar?month=2028-06&party=FIN&format=json").json()["calendar"])
    page = client.get("/calendar?month=2028-06").content.decode()
    assert f'href="/exercises/{NOW}"' in page
    assert "(first day)" in text(client, "/calendar?month=2028-06")
    feed = client.get("/calendar?on=2028-01-01&format=ics").content.decode()
    assert "conduct" in feed


def test_what_was_held_before_under_the_same_name_adds_no_days(client: Client, held: Held) -> None:
    before = client_of(with_acts(held, *took_part(["DEU"], "2020-06-01", activity=NOW)))
    assert [one["from"] for one in before.get("/exercises?format=json").json()["exercises"] if one["activity"] == NOW] == ["2028-06-04", "2020-06-01"]
    for path in ("/exercises?format=ics", "/calendar?month=2028-06&format=json"):
        assert before.get(path).content.count(b"conduct") == client.get(path).content.count(b"conduct") > 0, path


@pytest.mark.parametrize("name", ["Air/Sea 1/2", "100% ready?", "A & B #3", "Übung <b>", "..x"])
def test_a_name_of_any_letters_leads_to_its_page(held: Held, name: str) -> None:
    client = client_of(with_acts(held, *took_part(["FRA"], "2020-06-01", activity=name)))
    page = client.get("/exercises?year=2020").content.decode()
    (link,) = set(re.findall(r'href="(/exercises/[^"?]+)"', page.partition("<main")[2]))
    assert "No design of it is on record" in text(client, unescape(link))
    assert "<b>" not in client.get(unescape(link)).content.decode().partition("<h1>")[2].partition("</h1>")[0]


def test_an_exercise_may_be_called_check(client: Client, held: Held) -> None:
    """Designs are checked elsewhere; where they once were leads there, unless an exercise of that name is on record for the reader."""
    found = client.get("/exercises/check?on=2028-01-01")
    assert (found.status_code, found.headers["Location"]) == (302, "/designs/check?on=2028-01-01")
    called = client_of(with_acts(held, *took_part(["FRA"], "2020-06-01", activity="check")))
    assert "No design of it is on record" in text(called, "/exercises/check")
    assert called.get("/designs/check").status_code == 200
