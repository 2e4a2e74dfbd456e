"""Disputes: what the room has, whose move it is and by when, drawn over time; what would be open to two; forms for those who may record."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import date

import icalendar
import pytest
from django.test import Client

from comity.about import Opened
from comity.disputes import dispute_to_plain, disputes_of, incidents_of
from comity.standing import Standing
from comity.web.holding import Held
from comity.web.readers import Role
from tests.web.conftest import client_of
from tests.web.desks import as_, kept_in, text_of
from tests.web.refusals import AXES, FILES, LISTS, line_of
from tests.web.talked import talked

TODAY = date(2022, 2, 14)
VIENNA = "vienna-document-2011-UKR-RUS-2022-request"
FORM = re.compile(r'<a href="(/record/act\?[^"]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY)


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


def test_the_list_has_what_the_room_has_what_is_due_first_first(holding: Held, desk: Client) -> None:
    rows = desk.get("/disputes?format=json").json()["disputes"]
    assert {row["ref"] for row in rows} == {one.ref for one in disputes_of(standing(holding))}
    assert rows[0]["ref"] == VIENNA
    assert (rows[0]["of"], rows[0]["due"], rows[0]["late"]) == (["RUS"], "2022-02-13", "yes")
    lines = list(csv.DictReader(io.StringIO(desk.get("/disputes?format=csv").content.decode())))
    assert [line["ref"] for line in lines] == [row["ref"] for row in rows]
    incidents = desk.get("/disputes?list=incidents&format=json").json()["incidents"]
    assert {row["ref"] for row in incidents} == {one.ref for one in incidents_of(standing(holding))}
    page = desk.get("/disputes").content.decode()
    assert "in <b>1</b> an answer is late" in page
    assert all(f'href="/disputes/{row["ref"]}"' in page for row in [*rows, *incidents])


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("late=1", {VIENNA}),
        ("party=Ukraine", {VIENNA}),
        ("agreement=cwc&party=GBR", {"cwc-GBR-RUS-2021-request"}),
        ("state=settled", set()),
    ],
)
def test_filters_leave_what_is_asked_for(desk: Client, query: str, refs: set[str]) -> None:
    assert {row["ref"] for row in desk.get(f"/disputes?{query}&format=json").json()["disputes"]} == refs
    assert refs or "No dispute is so" in desk.get(f"/disputes?{query}").content.decode()


def test_one_dispute_says_whose_move_it_is_and_by_when(holding: Held, desk: Client) -> None:
    page = desk.get(f"/disputes/{VIENNA}").content.decode()
    moves = text_of(page[page.index('id="moves-h"') : page.index('id="may-h"')])
    assert "2022-02-13 Russian Federation RUS : answer the request for consultation art. 16.1 late" in moves
    assert "2022-02-15 Russian Federation RUS : answer the request for consultation art. 16.2 asked for" in moves
    assert "answer within 48 hours" in text_of(page)
    assert "explain an unusual military activity" in page, "what its acts brought about runs meanwhile"
    (found,) = [one for one in disputes_of(standing(holding)) if one.ref == VIENNA]
    steps = desk.get(f"/disputes/{VIENNA}?list=steps&format=json").json()["steps"]
    for row, step in zip(steps, dispute_to_plain(found)["steps"], strict=True):
        assert {name: row[name] for name in ("means", "article", "states", "due", "late", "open")} == {
            name: step[name] for name in ("means", "article", "states", "due", "late", "open")
        }
    feed = icalendar.Calendar.from_ical(desk.get(f"/disputes/{VIENNA}?format=ics").content)
    assert {event.decoded("dtstart") for event in feed.walk("VEVENT")} == {date(2022, 2, 13), date(2022, 2, 15)}


def test_each_step_leads_to_its_clause_and_each_act_to_its_page(desk: Client) -> None:
    page = desk.get(f"/disputes/{VIENNA}").content.decode()
    links = {*re.findall(r'href="(/agreements/[^"]+/clauses/[0-9]+)"', page), *re.findall(r'class="ref" href="(/acts/[^"]+)"', page)}
    assert len(links) >= 3
    assert all(desk.get(link).status_code == 200 for link in links)


def test_the_drawing_says_what_its_table_says(desk: Client) -> None:
    page = desk.get(f"/disputes/{VIENNA}").content.decode()
    assert 'aria-details="steps"' in page
    assert '<table class="list stack steps-of" id="steps">' in page
    rows = list(csv.DictReader(io.StringIO(desk.get(f"/disputes/{VIENNA}?chart=steps&format=csv").content.decode())))
    assert {"means": "consultation", "body": "", "article": "16.1", "what": "late", "from": "2022-02-13", "until": ""} in rows
    assert page.count('class="u-late"') == 2, "the flag, and its place in the key"
    svg = desk.get(f"/disputes/{VIENNA}?chart=steps&format=svg").content.decode()
    assert "consultation: to be answered by 2022-02-13" in svg


def test_an_incident_says_whether_it_was_answered(desk: Client) -> None:
    page = text_of(desk.get("/disputes/incident-CHN-USA-2001-protest").content.decode())
    assert "Acknowledged Answered protest incident-CHN-USA-2001-protest United States USA" in page
    assert "very sorry for the loss of the pilot" in page


def test_what_would_be_open_to_two_is_drawn_with_its_limits(desk: Client) -> None:
    page = text_of(desk.get("/settlement?a=FRA&b=DEU&agreement=cwc&as=public").content.decode())
    assert "Were a dispute raised on 2022-02-14" in page
    assert "answer within 10 days" in page
    assert "not before 2022-04-16, if nobody answers" in page, "sixty days after the Council was asked"
    rows = list(csv.DictReader(io.StringIO(desk.get("/settlement?a=FRA&b=DEU&agreement=cwc&as=public&chart=cwc&format=csv").content.decode())))
    assert ("IX(4)", "limit", "2022-04-15") in {(row["article"], row["what"], row["from"]) for row in rows}


def test_a_reservation_that_takes_a_step_away_is_named(desk: Client) -> None:
    page = text_of(desk.get("/settlement?a=USA&b=MMR&agreement=genocide&on=2020-01-01").content.decode())
    assert "excluded article IX by a reservation genocide-" in page
    both = desk.get("/settlement?a=GBR&b=RUS&on=2021-10-20&format=json").json()["steps"]
    assert {row["agreement"] for row in both} >= {"cwc", "genocide"}
    assert "cwc-GBR-RUS-2021-request" in {row["dispute"] for row in both}


def test_opening_one_is_drafted_and_goes_to_the_recording_desk(kept: Held, desk: Client) -> None:
    asked = "/settlement?a=FRA&b=DEU&agreement=cwc&subject=old+stocks&means=court&as=public"
    assert "record/table" not in desk.get(asked).content.decode(), "a book in a folder takes no acts"
    (raised, court) = list(csv.DictReader(io.StringIO(desk.get(f"{asked}&list=acts&format=csv").content.decode())))
    assert (raised["kind"], raised["counterparty"], raised["details"]) == ("raise-dispute", "DEU", "subject=old stocks")
    assert (court["kind"], court["replies_to"]) == ("request-settlement", raised["ref"])
    writing = as_(kept, None, Role.DESK_OFFICER)
    page = writing.get(asked).content.decode()
    (table,) = re.findall(r'name="pasted" value="([^"]+)"', page)
    brought = writing.post("/record/table", {"pasted": html.unescape(table)}, follow=True)
    assert brought.status_code == 200
    assert raised["ref"] in brought.content.decode()


def test_who_may_record_gets_the_forms_of_their_own_next_acts(kept: Held) -> None:
    russian = FORM.findall(as_(kept, "RUS", Role.DESK_OFFICER).get(f"/disputes/{VIENNA}").content.decode())
    assert [words for _link, words in russian][:2] == ["Record: answer the request for consultation"] * 2
    assert "withdraw it" not in str(russian), "that is for the one that raised it"
    form = as_(kept, "RUS", Role.DESK_OFFICER).get(russian[0][0].replace("&amp;", "&"))
    assert form.status_code == 200
    assert 'value="RUS"' in form.content.decode()
    assert "/record/act" not in as_(kept, "RUS", Role.VIEWER).get(f"/disputes/{VIENNA}").content.decode()


def test_nobody_learns_of_disputes_that_they_may_not_see(desk: Client) -> None:
    without = client_of(talked(TODAY, hidden=False))
    for url in (
        "/disputes?as=EST",
        "/disputes?as=public&format=json",
        "/disputes/quiet-dispute?as=EST",
        "/disputes/quiet-protest?as=EST",
        "/search?q=quiet&as=EST",
    ):
        assert desk.get(url).content == without.get(url).content, url
    assert desk.get("/disputes/quiet-dispute?as=EST").status_code == 404
    assert "quiet stocks" in desk.get("/disputes?as=FRA").content.decode()
    assert desk.get("/disputes/quiet-dispute?as=FRA").status_code == 200
    assert {row["kind"] for row in desk.get("/search?q=quiet&as=FRA&format=json").json()["found"]} >= {"dispute", "incident", "body", "act"}


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [*AXES, *FILES, ("state=forgotten", 400, "choose one of open"), ("late=2", 400, "late="), ("party=Nobody", 404, "no party")],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/disputes?{query}"), status)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *((f"a=FRA&b=DEU&agreement=cwc&{query}", status, says) for query, status, says in LISTS),
        ("a=FRA", 400, "this question needs the other side"),
        ("a=FRA&b=FRA", 400, "name two different parties"),
        ("a=FRA&b=Nowhere", 404, "no party"),
        ("a=FRA&b=DEU&agreement=none", 404, "no agreement"),
        ("a=FRA&b=DEU&subject=x", 400, "this question needs the agreement"),
        ("a=FRA&b=DEU&agreement=uk-us-mda-2024&known=2026-11-28", 400, "has no clause on record that settles disputes"),
        ("a=FRA&b=DEU&agreement=cwc&subject=a;b", 400, "semicolon"),
    ],
)
def test_what_is_wrong_with_a_question_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/settlement?{query}"), status)


def test_a_record_without_disputes_says_what_to_do(small: Opened) -> None:
    client = client_of(Held(small))
    assert "A dispute begins with an act that raises it" in client.get("/disputes").content.decode()
    assert client.get("/disputes/none").status_code == 404
