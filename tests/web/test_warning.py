"""Early warning: what was forecast, always with its record; where nothing has been trained, how it is; unknown years are unknown; refusals."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from comity.early_warning import MONTH, KeptForecasts, highest, warnings_to_plain
from comity.web.holding import Held
from tests.web.conftest import client_of
from tests.web.forecast import kept
from tests.web.refusals import AXES, FILES, line_of
from tests.web.talked import talked

TODAY = date(2022, 2, 14)
TWO = "a=IND&b=Pakistan"


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY, kept=("cwc",))


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store."""
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))
    return tmp_path


@pytest.fixture
def trained(store: Path) -> KeptForecasts:
    kept(store)
    return KeptForecasts(store / "early-warning")


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_where_nothing_was_trained_the_page_says_what_trains_and_what_is_lacking(desk: Client, store: Path) -> None:
    page = desk.get("/warning").content.decode()
    assert "<code>comity warn --train</code>" in page
    assert page.count("comity sources fetch") == 1
    assert 'href="/registers/gml-mids"' in page
    assert "The record of past forecasts" not in page
    assert str(store) not in page
    assert desk.get("/warning?format=json").json()["forecasts"] == []
    given = desk.get("/api/v1/warning").json()
    assert given["trained"] is False
    assert given["record"] is None
    assert "gml-mids" in given["missing"]


@pytest.mark.parametrize(("name", "content"), [("record.json", b"{"), ("record.json", b"{}"), ("forecasts.parquet", b"PAR1")])
def test_forecasts_that_are_damaged_are_as_if_none_had_been_made(
    desk: Client, trained: KeptForecasts, store: Path, name: str, content: bytes
) -> None:
    (trained.folder / name).write_bytes(content)
    for query in ("", TWO, "year=2010"):
        answered = desk.get(f"/warning?{query}")
        page = answered.content.decode()
        assert answered.status_code == 200, query
        assert "<code>comity warn --train</code>" in page
        assert str(store) not in page
    given = desk.get("/api/v1/warning").json()
    assert (given["trained"], given["record"], given["forecasts"]) == (False, None, [])


def test_the_highest_come_in_the_order_of_the_room_and_nobody_knows_what_came(desk: Client, holding: Held, trained: KeptForecasts) -> None:
    plain = warnings_to_plain(highest(trained, holding.opened.record.register, 20))
    given = desk.get("/api/v1/warning").json()
    assert given["trained"] is True
    assert given["forecasts"] == plain["forecasts"]
    assert given["record"] == plain["record"]
    page = desk.get("/warning?top=3").content.decode()
    assert re.findall(r"a=([A-Z]+)&amp;b=([A-Z]+)&amp;year=2011", page) == [(one["a"], one["b"]) for one in plain["forecasts"][:3]]
    assert text_of(page).count("unknown") == 3
    rows = list(csv.DictReader(io.StringIO(desk.get("/warning?format=csv").content.decode())))
    assert [row["probability"] for row in rows] == [f"{one['probability']}" for one in plain["forecasts"]]
    assert {row["came"] for row in rows} == {""}


@pytest.mark.parametrize("query", ["", TWO, "year=2010", f"{TWO}&year=2009"])
def test_no_forecast_is_shown_without_its_record(desk: Client, trained: KeptForecasts, query: str) -> None:
    page = text_of(desk.get(f"/warning?{query}").content.decode())
    for says in (
        "The record of past forecasts",
        "base rate",
        "last value",
        "logit",
        "what was forecast is what came",
        "12 forecasts of 2009 to 2010",
    ):
        assert says in page, says
    assert "The data of disputes end with 2010." in page
    assert "says nothing of 2022" in page


def test_of_a_pair_it_says_what_the_forecast_rests_on_and_what_would_change_it(desk: Client, trained: KeptForecasts) -> None:
    page = desk.get(f"/warning?{TWO}").content.decode()
    words = text_of(page)
    assert "0.450 that a dispute begins members 0.440 to 0.480 rank 2 of 6" in words
    assert "no statement about causes" in words
    assert "agreements, exercises and arms +0.20 0.047" in words
    assert 'href="/stability?whom=IND%2CPAK"' in page
    reasons = desk.get(f"/warning?{TWO}&list=reasons&format=json").json()["reasons"]
    assert len(reasons) == 8
    assert desk.get(f"/warning?{TWO}&year=2009&format=json").json()["forecasts"][0]["came"] is False


def test_by_month_the_same_is_shown_of_a_month(desk: Client, holding: Held, trained: KeptForecasts, store: Path) -> None:
    assert "comity warn --train --by month" in desk.get("/warning?by=month").content.decode(), "none have been made by month"
    kept(store, "month")
    page = desk.get("/warning?by=month&year=2010-08").content.decode()
    words = text_of(page)
    for says in (
        "The highest of 6 forecasts of 2010-08",
        "knows nothing after the end of 2010-07",
        "each made without its own month or any later one",
        "Forecast and not scored, since a dispute may have begun in their month or in another: 2.",
    ):
        assert says in words, says
    assert re.search(r"a=[A-Z]+&amp;b=[A-Z]+&amp;year=2010-08&amp;by=month", page)
    alone = text_of(desk.get(f"/warning?{TWO}&by=month").content.decode())
    assert "0.4500 that a dispute begins members 0.4400 to 0.4800" in alone
    assert "What others forecast for the same pair and month:" in alone
    given = desk.get("/api/v1/warning?by=month").json()
    assert given["forecasts"] == warnings_to_plain(highest(KeptForecasts.beside(store, MONTH), holding.opened.record.register, 20))["forecasts"]
    assert (given["record"]["by"], given["record"]["latest_month"]) == ("month", 1)
    assert "pairs and months" in text_of(desk.get("/warning?by=month&chart=calibration&format=svg").content.decode()) + words


def test_an_aim_that_is_missed_is_told(desk: Client, trained: KeptForecasts) -> None:
    assert "MISSED" in text_of(desk.get("/warning").content.decode())


def test_calibration_is_drawn_and_is_taken_elsewhere(desk: Client, trained: KeptForecasts) -> None:
    page = desk.get("/warning").content.decode()
    assert 'aria-details="tenths"' in page
    assert 'id="tenths"' in page
    rows = list(csv.DictReader(io.StringIO(desk.get("/warning?chart=calibration&format=csv").content.decode())))
    assert sum(int(row["forecasts"]) for row in rows) == 12
    assert all(float(row["share_low"]) <= float(row["share"]) <= float(row["share_high"]) for row in rows)
    assert b"<svg" in desk.get("/warning?chart=calibration&format=svg").content


def test_a_new_training_is_shown_at_once(desk: Client, store: Path) -> None:
    assert desk.get("/api/v1/warning").json()["trained"] is False
    kept(store)
    assert desk.get("/api/v1/warning").json()["trained"] is True


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        *FILES,
        ("list=x&format=csv", 400, "is no list of this page"),
        ("chart=x", 400, "is no chart of this page"),
        ("a=IND", 400, "this question needs the other state"),
        ("b=IND", 400, "this question needs one state"),
        ("a=IND&b=India", 400, "name two different parties"),
        ("a=IND&b=Nowhere", 404, "no party"),
        ("a=IND&b=NATO", 400, "not a state"),
        ("a=IND&b=FIN", 404, "are not forecast for 2011"),
        ("year=2022", 404, "2022 is unknown: forecasts are of the years 2009 to 2011; the data of disputes end with 2010"),
        ("year=last", 400, "is no year"),
        ("by=week", 400, "write year or month"),
        ("year=2010-08", 400, "is no year; write four digits"),
        ("by=month&year=2010", 400, "is no month; write it as 1990-08"),
        ("by=month&year=2011-02", 404, "2011-02 is unknown: forecasts are of the months 2009-01 to 2011-01; the data of disputes end with 2010"),
        ("top=0", 400, "write how many to show"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, trained: KeptForecasts, store: Path, query: str, status: int, says: str) -> None:
    if "month" in query:
        kept(store, "month")
    assert says in line_of(desk.get(f"/warning?{query}"), status)
