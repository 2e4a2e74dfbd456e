"""Stability: the page says what the room says; what no table covers is unknown and never nought; no effect is claimed; refusals."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from comity.stability import Count, Exposure, Rate, Stability, stability, stability_to_plain
from comity.stability.rates import change
from comity.standing import Standing
from comity.web.charts.year_panels import unknown_years
from comity.web.holding import Held
from comity.web.stability_rows import change_of, said
from tests.mediators.made_record import EmptyShelf
from tests.panels.shelves import filled, needs_data
from tests.web.conftest import client_of
from tests.web.refusals import AXES, LISTS, line_of
from tests.web.talked import talked

TODAY = date(2022, 2, 14)
TWO = "whom=France,DEU&since=1980"
NO_EFFECT = "That the one brought about the other is not said"


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY, kept=("cwc", "genocide", "ctbt"))


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("store"), "cow-mids", "gml-mids", "ucdp-acd", "dcad").folder


@pytest.fixture(autouse=True)
def nothing_in_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))


@pytest.fixture(scope="module")
def found(holding: Held) -> Stability:
    return stability(Standing(holding.opened.record, on=TODAY, known=TODAY), ["FRA", "DEU"], EmptyShelf(), since=1980)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_api_says_what_the_room_says(desk: Client, found: Stability) -> None:
    plain, given = stability_to_plain(found), desk.get(f"/api/v1/stability?{TWO}").json()
    assert given["stability"] == {**plain, "notes": given["stability"]["notes"]}
    assert any("that the one brought about the other is not said" in note for note in given["stability"]["notes"])
    assert {"cow-mids", "gml-mids", "ucdp-acd"} <= {*given["missing"]}
    assert "is not in the store" not in str(given["stability"]["notes"])


def test_without_tables_all_of_theirs_is_unknown_and_never_nought(desk: Client, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.get(f"/stability?{TWO}&format=csv").content.decode())))
    assert len(rows) == 2022 - 1980 + 1
    assert {row["cow_going_on_low"] for row in rows} == {row["conflicts_within_high"] for row in rows} == {""}
    assert int(rows[-1]["agreements_low"]) >= 2
    page = desk.get(f"/stability?{TWO}").content.decode()
    assert page.count('class="y-unknown"') >= 4
    assert page.count("comity sources fetch") == 1
    assert "the table is not in the store" in text_of(page)
    assert "None: this answer rests on the record alone." in page
    assert str(tmp_path) not in page


def test_it_says_that_no_effect_is_claimed(desk: Client) -> None:
    assert NO_EFFECT in desk.get(f"/stability?{TWO}").content.decode()
    assert "That the one brought about the other is not said here" in desk.get(f"/stability?{TWO}&chart=stability&format=svg").content.decode()


@needs_data
def test_with_tables_it_has_rates_with_intervals_and_grey_where_they_end(desk: Client, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(full))
    page = desk.get("/stability?whom=ETH,ERI&since=1993&compare=1993-2000,2001-2010").content.decode()
    words = text_of(page)
    assert "cow-mids 1993–2014 9 22 41.65 19.05 to 79.07" in words
    assert "2001–2010 / 1993–2000" in words
    assert 'aria-details="years"' in page
    assert 'id="years"' in page
    rows = {row["year"]: row for row in desk.get("/stability?whom=ETH,ERI&format=json").json()["years"]}
    assert rows[1999]["gml_days_low"] == 365
    assert rows[2012]["gml_going_on_low"] is None
    assert rows[2012]["cow_going_on_low"] is not None
    drawn = csv.DictReader(io.StringIO(desk.get("/stability?whom=ETH,ERI&chart=stability&format=csv").content.decode()))
    assert {(row["year"], row["low"]) for row in drawn if row["panel"] == "gml_days"} >= {("1999", "365"), ("2012", "")}


def test_a_region_is_of_those_whom_the_record_has_as_bound(desk: Client) -> None:
    members = desk.get("/stability?whom=ctbt&since=2000&list=members&format=json")
    assert members.status_code == 400, "the treaty is not in force, so that nobody is bound"
    members = desk.get("/stability?whom=genocide&since=2015&list=members&format=json").json()["members"]
    assert len({row["party"] for row in members}) > 100
    assert {"FRA", "DEU"} <= {row["party"] for row in members}


def test_years_of_which_nothing_is_known_are_one_band() -> None:
    one = Count(0, 0)
    assert unknown_years([(2000, None), (2001, None), (2002, one), (2003, None)]) == [(2000, 2001), (2003, 2003)]
    assert unknown_years([(2000, one)]) == []
    assert said(Count(2, 3)) == "2–3"
    assert said(None) is None


def test_where_none_began_before_there_is_no_ratio_and_it_is_said_so() -> None:
    exposure = Exposure(10.0, 10.0, 0.0)
    none, sure, unsure = (
        Rate("gml-mids", since, since + 9, count, exposure, 0.0, 0.0, 0.0, 1.0)
        for since, count in ((1980, Count(0, 0)), (1990, Count(3, 3)), (1980, Count(0, 1)))
    )
    first, second, third = (change_of(change(before, after, 0.95)) for before, after in ((none, sure), (unsure, sure), (sure, none)))
    assert (first.ratio, first.none_in, first.upper) == ("", "1980–1989", "")
    assert (second.ratio, second.none_in) == ("", "")
    assert (third.ratio, third.none_in) == ("0.00", "")


def test_before_anything_is_asked_it_says_what_to_do(desk: Client) -> None:
    page = desk.get("/stability").content.decode()
    assert "Name two states with a comma between" in page
    assert 'href="/stability?whom=ETH%2CERI"' in page
    assert '<option value="NATO">' in page


def test_the_page_of_a_pair_leads_here(desk: Client) -> None:
    page = desk.get("/parties/FRA/DEU").content.decode()
    assert 'href="/stability?whom=FRA%2CDEU"' in page
    assert 'href="/warning?a=FRA&amp;b=DEU"' in page
    assert 'href="/stability"' in desk.get("/cooperation").content.decode()


def test_nobody_learns_of_acts_that_they_may_not_see(desk: Client) -> None:
    without = client_of(talked(TODAY, hidden=False, kept=("cwc", "genocide", "ctbt")))
    for url in (f"/stability?{TWO}&as=EST", f"/stability?{TWO}&as=public&format=json"):
        assert desk.get(url).content == without.get(url).content, url


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *((f"{TWO}&{query}", status, says) for query, status, says in (*AXES, *LISTS)),
        ("whom=FRA", 400, "FRA alone is no region"),
        ("whom=FRA,France", 400, "FRA is named twice"),
        ("whom=FRA,NATO", 400, "not a state"),
        ("whom=FRA,Nowhere", 404, "no party"),
        ("whom=Nowhere-at-all", 404, "regions by name: NATO, ASEAN"),
        (f"{TWO}&until=1970", 400, "years from 1980 to 1970"),
        (f"{TWO}&until=x", 400, "is no year"),
        (f"{TWO}&compare=1990", 400, "write two windows of years"),
        (f"{TWO}&compare=1990-1999,1995-2005", 400, "the windows overlap"),
        (f"{TWO}&level=2", 400, "write a level above 0 and below 1"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/stability?{query}"), status)
