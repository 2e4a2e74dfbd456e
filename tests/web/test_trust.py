"""Trust: the page says what the room says, the number or how many are needed, the duties behind it, and how good such forecasts were."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

import comity
from comity.standing import Standing
from comity.trust import Forecast, forecast_to_plain, trust
from comity.web.holding import Held
from tests.web.conftest import client_of
from tests.web.refusals import AXES, LISTS, line_of
from tests.web.talked import talked

TODAY = date(2026, 1, 1)
BOOK = Path(__file__).parents[2] / "examples" / "trust-book"
TWO = "a=ARD&b=BLM"


@pytest.fixture(scope="module")
def holding() -> Held:
    return Held(comity.open(BOOK), today=lambda: TODAY, patience=20.0)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def found(holding: Held) -> Forecast:
    return trust(Standing(holding.opened.record, on=TODAY, known=TODAY), "ARD", "BLM")


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_page_and_its_twin_say_what_the_room_says(desk: Client, found: Forecast) -> None:
    assert desk.get(f"/api/v1/trust?{TWO}").json() == {"trust": forecast_to_plain(found), "pending": []}
    assert found.value is not None
    assert found.between is not None
    page = desk.get(f"/trust?{TWO}").content.decode()
    assert f'<span class="big">{found.value:.1%}</span>' in page
    says = text_of(page)
    assert f"{found.between[0]:.1%} to {found.between[1]:.1%}" in says
    assert f"Base rate of all {found.base_rate:.1%}" in says
    assert "this rests on acts of a simulation" in says
    assert found.score is not None
    assert f"{found.score.number} duties were forecast" in says
    assert f"Brier Forecasts {found.score.brier.forecasts:.3f} Base rate of the time {found.score.brier.base:.3f}" in says
    assert "Whether they are better than the base rate cannot be told from these." in says


def test_what_it_rests_on_is_linked_and_comes_in_parts(desk: Client, found: Forecast) -> None:
    page = desk.get(f"/trust?{TWO}").content.decode()
    latest = found.rests_on[-1].duty
    assert all(f'href="/acts/{ref}"' in page for ref in latest.acts)
    assert f'href="/agreements/{latest.agreement}"' in page
    assert 'rel="next"' in page
    duties = desk.get(f"/trust?{TWO}&list=duties&format=json").json()["duties"]
    assert [(row["key"], row["came_out"], row["weight"]) for row in duties] == [(r.duty.key, r.duty.came_out, r.weight) for r in found.rests_on]
    (row,) = desk.get(f"/trust?{TWO}&format=json").json()["trust"]
    assert (row["value"], row["observed"], row["simulated"]) == (found.value, len(found.rests_on), True)


def test_its_record_is_drawn_beside_the_base_rate(desk: Client, found: Forecast) -> None:
    assert found.score is not None
    page = desk.get(f"/trust?{TWO}").content.decode()
    drawn = page.partition('<svg class="calibration-of"')[2].partition("</svg>")[0]
    assert drawn.count('<circle class="dot"') == sum(one.number > 0 for one in found.score.bins)
    assert "base rate of all" in drawn
    assert page.count('id="calibration"') == page.count('id="forecast"') == 1
    for name in ("forecast", "calibration"):
        assert b"<svg" in desk.get(f"/trust?{TWO}&chart={name}&format=svg").content
    rows = desk.get(f"/trust?{TWO}&list=calibration&format=json").json()["calibration"]
    assert [row["forecasts"] for row in rows] == [one.number for one in found.score.bins]


def test_below_ten_duties_there_is_no_number(desk: Client) -> None:
    page = text_of(desk.get(f"/trust?{TWO}&kind=destroy").content.decode())
    assert "No forecast" in page or "no forecast" in page
    assert "0 duties between the two were observed; 10 are needed." in page
    given = desk.get(f"/api/v1/trust?{TWO}&kind=destroy").json()["trust"]
    assert (given["value"], given["why"]) == (None, "0 observed; 10 are needed")


def test_what_is_declared_can_be_set(desk: Client) -> None:
    given = desk.get(f"/api/v1/trust?{TWO}&half_life=2&pooling=1&level=0.5").json()["trust"]
    assert (given["half_life_days"], given["pooling"], given["level"]) == (730.5, 1, 0.5)
    assert "Interval at 99.5%" in text_of(desk.get(f"/trust?{TWO}&level=0.995").content.decode())
    assert "counts half after 2 years" in text_of(desk.get(f"/trust?{TWO}&half_life=2").content.decode())


def test_before_the_first_day_nothing_fell_due_and_blanks_are_refused_by_the_twin(desk: Client) -> None:
    assert desk.get(f"/api/v1/trust?{TWO}&on=0001-01-01").json()["trust"]["why"] == "0 observed; 10 are needed"
    assert desk.get("/api/v1/trust?a=&b=").json()["detail"].startswith("a and b are both needed")
    assert desk.get("/api/v1/indicators/readings?indicator=&party=").json()["detail"].startswith("indicator and party are both needed")


def test_before_anything_is_asked_it_says_what_to_do(desk: Client) -> None:
    page = desk.get("/trust").content.decode()
    assert "Name who owes and to whom." in page
    assert "RUS" not in page, "an example of another book"


def test_nobody_learns_of_acts_that_they_may_not_see() -> None:
    today = date(2022, 2, 14)
    here, without = client_of(talked(today)), client_of(talked(today, hidden=False))
    for url in ("/trust?a=FRA&b=DEU&as=EST", "/trust?a=RUS&b=UKR&as=public&format=json"):
        assert here.get(url).content == without.get(url).content, url


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *((f"{TWO}&{query}", status, says) for query, status, says in (*AXES, *LISTS)),
        ("a=ARD", 400, "this question needs to whom"),
        ("b=ARD", 400, "this question needs who owes"),
        ("a=ARD&b=Arden", 400, "one person"),
        ("a=ARD&b=Nowhere", 404, "no party"),
        (f"{TWO}&kind=dance", 400, "no kind of duty"),
        (f"{TWO}&half_life=x", 400, "is no number"),
        (f"{TWO}&half_life=0", 400, "a half-life of 0"),
        (f"{TWO}&level=2", 400, "a level of 2"),
        (f"{TWO}&page=99", 400, "choose one between 1 and"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/trust?{query}"), status)
