"""Must: duties as a table by their state, as JSON and as a calendar feed; of one party, one agreement, or the whole book."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar

from comity.duties import duty_to_plain, must
from comity.web.holding import Held
from tests.book.folders import COVERED, ENTRY, LATER, SECRET, agreement, told
from tests.web.refusals import FILLED, line_of, status_of

MakeClient = Callable[[Held], Client]
DUTIES = """
[[clause]]
kind = "duty"
id = "yearly"
article = "7"
what = "a yearly <b>report</b>"
says = "Report every year."
source = "the text"
does = "report"
when = { kind = "yearly", month = 6, day = 1 }
discharged = { acts = ["report"] }

[[clause]]
kind = "duty"
id = "answer"
article = "8"
what = "an answer"
says = "Whoever is asked answers within 48 hours."
source = "the text"
does = "report"
by = "addressee"
when = { kind = "after-event", acts = ["request"], within = { hours = 48 } }
"""
STORY = f"""
AAA ratify 2000-02-01
BBB ratify 2000-03-01
AAA report 2001-05-01
BBB report 2002-05-01 ref=pact-BBB-secret {SECRET}
BBB request 2003-04-30T22:30+02:00 counterparty=AAA
"""
PACT = {"agreement": "pact", "on": "2003-05-01", "past": "2000"}
UNUSUAL = {"party": "RUS", "agreement": "vienna-document-2011", "on": "2022-03-01"}


@pytest.fixture
def pact(tmp_path: Path, make_client: MakeClient) -> Client:
    """A pact of two, each to report by 1 June every year; Beeland's report of 2002 is not for everybody to see."""
    return make_client(Held(told(tmp_path / "book", STORY, agreement(ENTRY, LATER, DUTIES, COVERED)), patience=20.0))


def text(client: Client, asked: dict[str, str]) -> str:
    response = client.get("/must", asked)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(page: str) -> list[tuple[str, str, str]]:
    """The due day, the state and the first party linked of each line of the tables."""
    found = [row.partition("</tr>")[0] for row in page.split("<tr><td")[1:]]
    states = [re.search(r"</svg>([a-z ]+)</span>", row) for row in found]
    days = [re.search(r'datetime="([0-9-]+)', row) for row in found]
    who = [re.search(r"/parties/([A-Z]+)", row) for row in found]
    return [(d[1] if d else "", s[1] if s else "", w[1] if w else "") for d, s, w in zip(days, states, who, strict=True)]


def test_what_is_overdue_comes_first_then_what_is_to_be_done_then_what_was_done(pact: Client) -> None:
    page = text(pact, {**PACT, "all": "1"})
    assert re.findall(r'<h2 id="group-\d">([^<]+)', page) == ["Overdue", "To be done", "Done with"]
    assert rows_of(page) == [
        ("2000-06-01", "overdue", "AAA"),
        ("2000-06-01", "overdue", "BBB"),
        ("2001-06-01", "overdue", "BBB"),
        ("2002-06-01", "overdue", "AAA"),
        ("2003-05-02", "open", "AAA"),
        ("2003-06-01", "open", "AAA"),
        ("2003-06-01", "open", "BBB"),
        ("2001-06-01", "done", "AAA"),
        ("2002-06-01", "done", "BBB"),
    ]
    assert "Done with" not in text(pact, PACT)


def test_each_duty_names_its_clause_and_the_act_that_discharged_it(pact: Client) -> None:
    page = text(pact, {**PACT, "all": "1"})
    link = re.findall(r'<a class="article" href="(/agreements/pact/clauses/\d+)\?', page)[0]
    assert "Report every year." in pact.get(link).content.decode()
    assert 'discharged by <a class="ref" href="/acts/pact-AAA-report' in page
    assert "a yearly &lt;b&gt;report&lt;/b&gt;" in page
    assert "<b>report" not in page


def test_a_state_is_told_by_word_and_shape(client: Client) -> None:
    page = text(client, UNUSUAL)
    assert '<span class="state-of d-overdue"><svg class="shape" aria-hidden="true" focusable="false"><use href="#v-no"/></svg>overdue</span>' in page
    assert "explain an unusual military activity" in page
    assert 'brought about by <a class="ref" href="/acts/vienna-document-2011-UKR-RUS-2022-request?on=2022-03-01">' in page
    assert "a political commitment: it binds politically, not in law" in page


def test_what_is_due_by_the_hour_is_told_by_the_hour_in_utc(pact: Client) -> None:
    page = text(pact, PACT)
    assert ">2003-05-02 20:30Z</time>" in page
    assert 'brought about by <a class="ref" href="/acts/pact-BBB-request' in page


def test_a_viewer_who_may_not_see_the_act_does_not_see_the_duty_as_done(pact: Client) -> None:
    page = text(pact, {**PACT, "all": "1", "as": "CCC"})
    assert ("2002-06-01", "done", "BBB") not in rows_of(page)
    assert "pact-BBB-secret" not in page
    assert "answered from what CCC may see" in page


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"all": "1"},
        {"within": "10d"},
        {"past": "0", "all": "1"},
        {"party": "Aaaland"},
        {"party": "BBB", "agreement": ""},
        {"as": "CCC"},
    ],
)
def test_its_json_is_what_duties_say(pact: Client, tmp_path: Path, asked: dict[str, str]) -> None:
    given = {**PACT, **asked}
    standing = told(tmp_path / "again", STORY, agreement(ENTRY, LATER, DUTIES, COVERED)).standing(on=date(2003, 5, 1), viewer=given.get("as"))
    party = {"Aaaland": "AAA"}.get(given.get("party", ""), given.get("party"))
    days = [timedelta(days=int(given.get(name, usual).rstrip("d"))) for name, usual in (("within", "90"), ("past", "365"))]
    rows = must(standing, party, within=days[0], past=days[1], agreement="pact", everything="all" in given)
    assert pact.get("/must", {**given, "format": "json"}).json() == {"duties": [duty_to_plain(row) for row in rows], "pending": []}


def test_the_whole_book_is_asked_for_by_name(pact: Client) -> None:
    page = text(pact, {"whole": "1", "on": "2003-05-01"})
    assert "duties" in page
    assert ("2003-06-01", "open", "AAA") in rows_of(page)
    assert '<a href="/agreements/pact?on=2003-05-01" title="pact">Pact</a>' in page


def test_the_calendar_feed_has_an_event_for_each_duty_with_a_day(pact: Client) -> None:
    page = text(pact, PACT)
    (link,) = re.findall(r'<a href="(/must\?[^"]+format=ics)" type="text/calendar">', page)
    response = pact.get(link.replace("&amp;", "&"))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="duties-pact.ics"'
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(events) == len(rows_of(page)) == 7
    assert {str(event["summary"]) for event in events} >= {"AAA must: a yearly <b>report</b> (open)"}


def test_a_calendar_gets_no_feed_that_leaves_out_what_is_still_being_derived(pact: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.web.duties.agreements_in", lambda *_: ([], ["pact"]))
    response = pact.get("/must", {"party": "AAA", "format": "ics"})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "1 agreement is still being derived and not shown yet" in text(pact, {"party": "AAA"})


def test_with_nothing_asked_there_is_the_form_with_examples_and_no_table(client: Client) -> None:
    page = text(client, {})
    assert "<table" not in page
    assert "format=json" not in page
    assert 'href="/must?party=RUS&amp;agreement=vienna-document-2011"' in page
    assert 'href="/must?whole=1"' in page


def test_where_nothing_is_owed_the_page_says_so(pact: Client) -> None:
    page = text(pact, {"party": "CCC", "agreement": "pact", "on": "2003-05-01"})
    assert "Nothing on record has to be done within 90 days of 2003-05-01 by CCC." in page
    assert "<table" not in page


def test_one_agreement_waits_for_no_other(client: Client) -> None:
    page = text(client, {"agreement": "cwc", "party": "NLD", "on": "2020-01-01"})
    assert "still being derived" not in page
    assert '<a class="article" href="/agreements/cwc/clauses/' in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        *((given, says) for given, _status, says in FILLED),
        ({"party": "Finlandd"}, "did you mean FIN"),
        ({"party": "<script>"}, "&lt;script&gt;"),
        ({"agreement": "nope"}, "no agreement"),
        ({"within": "soon"}, "within=&#x27;soon&#x27; is not a number of days"),
        ({"past": "-1"}, "past=&#x27;-1&#x27; is not a number of days"),
        ({"all": "maybe"}, "all=&#x27;maybe&#x27; is neither yes nor no"),
        ({"whole": "1"}, "leave one of them out"),
        ({"format": "xml"}, "write format=json, csv, xlsx or parquet"),
    ],
)
def test_what_is_wrong_is_one_line_above_the_form_with_what_was_filled_in(client: Client, asked: dict[str, str], says: str) -> None:
    response = client.get("/must", {**UNUSUAL, **asked})
    assert says in line_of(response, status_of(says))
    page = response.content.decode()
    assert f'name="party" list="parties" value="{asked.get("party", "RUS").replace("<", "&lt;").replace(">", "&gt;")}"' in page
