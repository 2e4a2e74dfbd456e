"""Indicators: the page says what the room says, of all the days and stretch by stretch, with gaps where it is not known; refusals; nobody learns."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

import comity
from comity.indicators import INDICATORS, indicator_to_plain, read_indicator, reading_to_plain, series
from comity.indicators import Asked as Wanted
from comity.standing import Standing
from comity.web.holding import Held
from comity.web.wording import TABLES
from tests.web.conftest import client_of
from tests.web.refusals import AXES, LISTS, line_of
from tests.web.talked import talked

TODAY, SINCE = date(2026, 1, 1), date(2012, 1, 1)
BOOK = Path(__file__).parents[2] / "examples" / "trust-book"
DUTIES = "indicator=duties-on-time&party=ARD&since=2012-01-01"


@pytest.fixture(scope="module")
def holding() -> Held:
    return Held(comity.open(BOOK), today=lambda: TODAY, patience=20.0)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def standing(holding: Held) -> Standing:
    return Standing(holding.opened.record, on=TODAY, known=TODAY)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_before_anything_is_asked_the_page_lists_every_indicator(desk: Client) -> None:
    page = desk.get("/indicators").content.decode()
    assert "Choose an indicator and name a party." in page
    assert "DEU" not in page, "an example of another book"
    for one in INDICATORS:
        assert f'href="/indicators?indicator={one.id}"' in page
    rows = desk.get("/indicators?format=json").json()["indicators"]
    assert rows == [indicator_to_plain(one) for one in INDICATORS]
    assert 'href="/indicators?indicator=refusals&amp;party=ARD"' in desk.get("/indicators?party=ARD").content.decode()


def test_the_words_of_each_question_are_those_of_the_room() -> None:
    assert {name: str(words) for name, words in TABLES["indicator"].items()} == {one.id: one.question for one in INDICATORS}


def test_the_page_and_its_twin_say_what_the_room_says(desk: Client, standing: Standing) -> None:
    wanted = Wanted("ARD", SINCE, TODAY)
    whole, found = read_indicator(standing, "duties-on-time", wanted), series(standing, "duties-on-time", wanted, "year")
    given = desk.get(f"/api/v1/indicators/readings?{DUTIES}").json()
    assert given["whole"] == reading_to_plain(whole)
    assert given["readings"] == [reading_to_plain(one) for one in found]
    assert given["pending"] == []
    rows = desk.get(f"/indicators?{DUTIES}&format=json").json()["readings"]
    assert [(row["since"], row["value"], row["why"]) for row in rows] == [(one.asked.since.isoformat(), one.value, one.why or None) for one in found]
    page = desk.get(f"/indicators?{DUTIES}").content.decode()
    assert f'<span class="big">{whole.value:.0%}</span>' in page
    assert "this rests on acts of a simulation" in page
    assert page.count('r="5"><title>') == sum(one.value is not None for one in found)
    assert page.count(": not known</title>") == sum(one.value is None for one in found) == 1
    assert f'href="/acts/{whole.rests_on[0]}"' in page
    acts = desk.get(f"/indicators?{DUTIES}&list=acts&format=json").json()["acts"]
    assert [act["act"] for act in acts] == list(whole.rests_on)


def test_what_is_not_known_is_a_gap_and_says_why(desk: Client) -> None:
    page = desk.get("/indicators?indicator=burden-share&party=ARD").content.decode()
    assert "not known</span>" in page
    assert "no key is declared" in page
    assert '<circle class="dot" cx' not in page
    assert "It rests on no act" in page
    rows = list(csv.DictReader(io.StringIO(desk.get("/indicators?indicator=burden-share&party=ARD&format=csv").content.decode())))
    assert {row["value"] for row in rows} == {""}


def test_days_of_silence_have_the_least_and_the_most_that_they_can_be(desk: Client) -> None:
    query = "indicator=exercise-recency&party=ARD&partner=Belmar&since=2024-01-01&by=quarter"
    page = text_of(desk.get(f"/indicators?{query}").content.decode())
    assert "Not known" in page or "not known" in page
    assert "0 to 252" in page
    drawn = desk.get(f"/indicators?{query}&chart=series&format=svg")
    assert drawn.status_code == 200
    assert "2024/3" in drawn.content.decode()
    facts = desk.get(f"/indicators?{query}&chart=series&format=metadata").json()
    assert facts["rows"] == 9


def test_the_acts_behind_it_come_in_parts(desk: Client) -> None:
    first, second = (desk.get(f"/indicators?{DUTIES}&page={number}").content.decode() for number in (1, 2))
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert "page=99" not in first


def test_a_key_is_read_by_codes_or_names(desk: Client) -> None:
    given = desk.get("/api/v1/indicators/readings?indicator=burden-share&party=ARD&key=ARD=3, Belmar=1").json()
    assert given["whole"]["value"] > 0
    page = text_of(desk.get("/indicators?indicator=burden-share&party=ARD&key=ARD=3, Belmar=1").content.decode())
    assert f"{given['whole']['value']:.2f} times its part in the key" in page


def test_the_pages_of_a_party_and_of_a_pair_lead_to_them(desk: Client) -> None:
    assert 'href="/indicators?party=ARD"' in desk.get("/parties/ARD").content.decode()
    pair = desk.get("/parties/ARD/BLM").content.decode()
    assert 'href="/indicators?party=ARD&amp;partner=BLM"' in pair
    assert 'href="/trust?a=ARD&amp;b=BLM"' in pair


def test_nobody_learns_of_acts_that_they_may_not_see() -> None:
    today = date(2022, 2, 14)
    here, without = client_of(talked(today)), client_of(talked(today, hidden=False))
    for query in ("disputes-settled&party=FRA", "disputes-settled&party=DEU&partner=FRA&list=acts&format=json"):
        for viewer in ("EST", "public"):
            url = f"/indicators?indicator={query}&as={viewer}"
            assert here.get(url).content == without.get(url).content, url
    assert here.get("/indicators?indicator=disputes-settled&party=FRA&list=whole&format=json").json()["whole"][0]["unknown"] == 1


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *((f"{DUTIES}&{query}", status, says) for query, status, says in (*AXES, *LISTS)),
        ("indicator=none&party=ARD", 404, "there is no indicator"),
        ("partner=ARD", 400, "this question needs the party"),
        ("indicator=refusals&party=Nowhere", 404, "no party"),
        ("indicator=refusals&party=ARD&partner=ARD", 400, "one person"),
        ("indicator=refusals&party=ARD&agreement=none", 404, "none"),
        ("indicator=refusals&party=ARD&kind=dance", 400, "no kind"),
        ("indicator=notices-given&party=ARD&kind=notify", 400, "it has no kinds"),
        ("indicator=refusals&party=ARD&since=x", 400, "since:"),
        ("indicator=refusals&party=ARD&since=2025-01-01&until=2024-01-01", 400, "the days run backwards"),
        ("indicator=refusals&party=ARD&since=1000-01-01&by=quarter", 400, "ask for fewer days"),
        ("indicator=refusals&party=ARD&by=week", 400, "choose one of year, quarter"),
        ("indicator=burden-share&party=ARD&key=ARD", 400, "write each party with a whole number"),
        (f"{DUTIES}&page=99", 400, "choose one between 1 and"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/indicators?{query}"), status)
