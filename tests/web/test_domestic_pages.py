"""At home: where agreements stand, stage by stage; the clock of sitting days, drawn day by day; forms for those who may record."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

import icalendar
import pytest
from django.test import Client

from comity.domestic import home_procedures, home_status
from comity.standing import Standing
from comity.web.holding import Held
from comity.web.home_clocks import EXAMPLE
from comity.web.readers import Role
from tests.web.conftest import client_of
from tests.web.desks import as_, kept_in, text_of
from tests.web.refusals import AXES, LISTS, line_of
from tests.web.talked import talked

TODAY = date(2026, 11, 28)
MDA = "state=GBR&agreement=uk-us-mda-2024"
FORM = re.compile(r'<a href="(/record/act\?[^"]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def kept(holding: Held, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The same in a ledger, in which acts are recorded; on a day on which the scrutiny runs."""
    with kept_in(tmp_path_factory.mktemp("ledger"), holding.opened, TODAY) as found:
        yield found


def test_the_amendment_of_2024_is_followed_day_by_day(desk: Client) -> None:
    page = desk.get("/domestic", {"state": "GBR", "agreement": "uk-us-mda-2024", "on": "2024-09-10", "sitting": EXAMPLE}).content.decode()
    told = text_of(page)
    assert "scrutiny running May the state consent, by its own law? no" in told
    assert "Days of the scrutiny that have passed 8 of 21 Last day 2024-10-23" in told
    assert "laid before the legislature done" in told
    assert "21 sitting days running" in told
    assert "House of Commons may resolve against it" in told
    assert 'aria-details="days"' in page
    asked = {"state": "GBR", "laid": "2024-07-26", "sitting": EXAMPLE, "chart": "days", "format": "csv"}
    days = list(csv.DictReader(io.StringIO(desk.get("/domestic", asked).content.decode())))
    assert [row["on"] for row in days if row["number"] == "21"] == ["2024-10-23"]
    assert [row["on"] for row in days if row["last"] == "yes"] == ["2024-10-23"]
    assert (days[0]["on"], days[0]["counts"]) == ("2024-07-26", "no")


def test_after_the_last_day_the_state_may_consent_where_the_sitting_days_are_known(desk: Client) -> None:
    told = text_of(desk.get("/domestic", {"state": "GBR", "agreement": "uk-us-mda-2024", "on": "2024-10-24", "sitting": EXAMPLE}).content.decode())
    assert "clear May the state consent, by its own law? yes" in told
    assert "consent to be bound open" in told
    before = text_of(desk.get(f"/domestic?{MDA}&on=2024-10-24").content.decode())
    assert "scrutiny running or clear unknown" in before, "without sitting days the last day is not known"


def test_where_each_stands_is_what_the_room_says(holding: Held, desk: Client) -> None:
    rows = desk.get("/domestic?state=GBR&on=2024-09-10&format=json").json()["instruments"]
    there = Standing(holding.opened.record, on=date(2024, 9, 10), known=TODAY)
    for row in rows:
        found = home_status(there, row["agreement"], "GBR")
        assert (row["states"], row["may_consent"], row["ends_earliest"]) == (
            [str(one) for one in found.states], str(found.may_consent), found.ends and found.ends.earliest.isoformat(),
        )  # fmt: skip
    assert rows[0]["agreement"] == "uk-us-mda-2024"
    assert "ctbt" not in {row["agreement"] for row in rows}, "what was consented to and never laid is not on its way"


def test_a_state_has_what_it_signed_and_did_not_consent_to(desk: Client) -> None:
    rows = desk.get("/domestic?state=USA&format=json").json()["instruments"]
    ctbt = next(row for row in rows if row["agreement"] == "ctbt")
    assert ctbt["states"] == ["not laid"]
    page = desk.get("/domestic?state=USA").content.decode()
    assert "send it to the Senate for its advice and consent" in page
    assert "ctbt" in page
    assert "ctbt" not in {row["agreement"] for row in desk.get("/domestic?format=json&as=public").json()["instruments"]}


def test_the_clock_of_calendar_days_is_exact(desk: Client) -> None:
    told = text_of(desk.get("/domestic?state=NLD&laid=2024-07-26").content.decode())
    assert "Laid on 2024-07-26; 30 days. Last day: 2024-08-25" in told
    uncertain = text_of(desk.get("/domestic?state=GBR&laid=2024-07-26").content.decode())
    assert "Last day: not known: 2024-08-16 at the earliest" in uncertain


def test_the_procedures_are_those_of_the_room_each_rule_with_its_article(desk: Client) -> None:
    rows = desk.get("/domestic?list=procedures&format=json").json()["procedures"]
    assert [(row["state"], row["id"]) for row in rows] == [(one.state, one.id) for one in home_procedures()]
    told = text_of(desk.get("/domestic?state=GBR").content.decode())
    assert "21 sitting days section 20(2) and (9)" in told


def test_the_feed_has_the_last_day(desk: Client) -> None:
    asked = {"state": "GBR", "agreement": "uk-us-mda-2024", "on": "2024-09-10", "sitting": EXAMPLE, "format": "ics"}
    (event,) = icalendar.Calendar.from_ical(desk.get("/domestic", asked).content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2024, 10, 23)


def test_who_may_record_gets_the_forms_of_their_own_next_steps(kept: Held) -> None:
    asked = f"/domestic?{MDA}&on=2024-09-10&sitting={EXAMPLE}"
    forms = FORM.findall(as_(kept, "GBR", Role.DESK_OFFICER).get(asked).content.decode())
    assert [words for _link, words in forms] == ["Record: resolve-against", "Record: extend-scrutiny"]
    assert as_(kept, "GBR", Role.DESK_OFFICER).get(forms[0][0].replace("&amp;", "&")).status_code == 200
    for client in (as_(kept, "USA", Role.DESK_OFFICER), as_(kept, "GBR", Role.VIEWER)):
        assert "/record/act" not in client.get(asked).content.decode()


def test_nobody_learns_of_what_was_laid_that_they_may_not_see() -> None:
    desk, without = client_of(talked(TODAY, kept=["ctbt"])), client_of(talked(TODAY, hidden=False, kept=["ctbt"]))
    for url in (
        "/domestic?as=EST",
        "/domestic?as=public&state=FRA&format=json",
        "/domestic?as=EST&state=FRA&agreement=ctbt",
        "/search?q=home&as=EST",
    ):
        assert desk.get(url).content == without.get(url).content, url
    assert "quiet-laid" in desk.get("/domestic?as=FRA&state=FRA&agreement=ctbt").content.decode()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        *LISTS,
        ("state=FIN", 404, "the procedure at home of"),
        ("state=Nowhere", 404, "no party"),
        ("agreement=none", 404, "no agreement"),
        ("laid=2024-07-26", 400, "this question needs the state"),
        ("state=GBR&laid=x", 400, "laid on:"),
        ("state=GBR&laid=2009-07-26", 404, "is known from 2010-11-11 on"),
        ("state=DEU&laid=2024-07-26", 400, "has no time in which the legislature may object"),
        (f"{MDA}&procedure=none", 400, "has no procedure"),
        (f"{MDA}&sitting=soon", 400, "is no span of days"),
        (f"{MDA}&sitting=2024-09-05/2024-09-02", 400, "is backwards"),
        (f"{MDA}&sitting=2024-13-05", 400, "2024-13-05"),
        (f"{MDA}&sitting=1990-01-01+2024-01-01", 400, "longer than ten years"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/domestic?{query}"), status)
