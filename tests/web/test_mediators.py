"""Mediators: the page says what the room says, of all candidates or of those that are named; what is not in the store is said once; refusals."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.test import Client

from comity.about import Opened
from comity.mediators import Mediators, mediators, mediators_to_plain
from comity.sources import Store
from comity.standing import Standing
from comity.terms import BadInput
from comity.web import world_tables
from comity.web.holding import Held
from comity.web.world_tables import WorldTables
from tests.mediators.made_record import EmptyShelf
from tests.web.conftest import client_of
from tests.web.refusals import AXES, FILES, line_of
from tests.web.talked import talked

TODAY = date(2022, 2, 14)
TWO = "a=FRA&b=DEU"


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY)


@pytest.fixture(autouse=True)
def nothing_in_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def found(holding: Held) -> Mediators:
    return mediators(Standing(holding.opened.record, on=TODAY, known=TODAY), "FRA", "DEU", EmptyShelf())


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_list_is_that_of_the_room_in_its_order(desk: Client, found: Mediators) -> None:
    rows = desk.get(f"/mediators?{TWO}&format=json").json()["mediators"]
    assert [(row["party"], row["barred"], row["best"], row["worst"]) for row in rows] == [
        (one.party, str(one.barred), one.best, one.worst) for one in found.candidates
    ]
    lines = list(csv.DictReader(io.StringIO(desk.get(f"/mediators?{TWO}&format=csv").content.decode())))
    assert [line["party"] for line in lines] == [row["party"] for row in rows]
    assert all(row["alliance"] in ("yes", "no", "unknown") for row in rows)
    page = desk.get(f"/mediators?{TWO}").content.decode()
    shown = re.findall(r'<tr><th scope="row"><a[^>]* href="/parties/([A-Z-]+)"', page)
    assert shown == [row["party"] for row in rows[: len(shown)]]
    assert len(shown) == 40


def test_the_api_says_what_the_room_says(desk: Client, found: Mediators) -> None:
    plain = mediators_to_plain(found)
    given = desk.get(f"/api/v1/mediators?{TWO}").json()
    assert given["sides"] == ["FRA", "DEU"]
    assert given["not_looked_at"] == plain["not_looked_at"]
    assert given["rules"] == plain["rules"]
    assert len(given["mediators"]) == len(plain["candidates"])
    assert given["mediators"][:3] == plain["candidates"][:3]
    assert {"atop", "cow-system"} <= {*given["missing"]}
    (one,) = desk.get(f"/api/v1/mediators?{TWO}&candidates=Norway").json()["mediators"]
    assert one["party"] == "NOR"


def test_what_is_not_in_the_store_is_said_once_and_names_no_folder(desk: Client, tmp_path: Path) -> None:
    page = desk.get(f"/mediators?{TWO}").content.decode()
    assert page.count("comity sources fetch") == 1
    assert page.count('href="/registers/atop') == 1
    assert "None: this answer rests on the record alone." in page
    given = desk.get(f"/api/v1/mediators?{TWO}").content.decode()
    assert "is not in the store" not in given
    assert str(tmp_path) not in page + given


def test_of_a_candidate_that_is_named_everything_is_told(desk: Client) -> None:
    page = text_of(desk.get(f"/mediators?{TWO}&candidates=NOR,CHE").content.decode())
    assert page.count("Bar: alliance") == 2
    assert page.count("Merit: votes") == 2
    assert "Not looked at sanctions" in page
    facts = desk.get(f"/mediators?{TWO}&candidates=NOR&list=facts&format=json").json()["facts"]
    assert {(fact["party"], fact["sort"]) for fact in facts} >= {("NOR", "bar")}
    assert all(fact["verdict"] in ("yes", "no", "unknown") for fact in facts)


def test_a_table_is_read_once_until_another_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = list[str]()
    frame = pl.DataFrame({"ccode": [2]})

    def table(_: Store, source_id: str, table: str | None = None) -> pl.LazyFrame:
        reads.append(source_id)
        return frame.lazy()

    monkeypatch.setattr(Store, "table", table)
    monkeypatch.setattr(world_tables, "_KEPT", {})
    shelf = WorldTables()
    assert shelf.table("cow-system", "spells").collect().equals(frame)
    assert world_tables._KEPT["cow-system", "spells"][1].equals(frame)
    frame = pl.DataFrame({"ccode": [3]})
    assert shelf.table("cow-system", "spells").collect()["ccode"].to_list() == [2], "what was read is kept"
    assert shelf.missing == []


def test_a_table_that_is_not_there_is_told_without_the_folder(tmp_path: Path) -> None:
    shelf = WorldTables()
    with pytest.raises(BadInput, match=r"^atop is not in the store; fetch it") as refused:
        shelf.table("atop", "members")
    assert str(tmp_path) not in str(refused.value)
    assert shelf.missing == ["atop"]


def test_before_anything_is_asked_it_says_what_to_do(small: Opened) -> None:
    page = client_of(Held(small)).get("/mediators").content.decode()
    assert "Name the two states that have a dispute" in page
    assert 'href="/mediators?a=EGY' in page


def test_nobody_learns_of_acts_that_they_may_not_see(desk: Client) -> None:
    without = client_of(talked(TODAY, hidden=False))
    for url in (f"/mediators?{TWO}&as=EST", f"/mediators?{TWO}&as=public&list=facts&format=json"):
        assert desk.get(url).content == without.get(url).content, url


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *((f"{TWO}&{query}", status, says) for query, status, says in (*AXES, *FILES)),
        (f"{TWO}&list=x&format=csv", 400, "is no list of this page"),
        ("a=FRA", 400, "this question needs the other side"),
        ("candidates=FRA", 400, "this question needs one side"),
        ("a=FRA&b=France", 400, "name two different parties"),
        ("a=FRA&b=Nowhere", 404, "no party"),
        ("a=FRA&b=NATO", 400, "NATO is no state"),
        ("a=FRA&b=UKR&on=1900-01-01", 404, "ask as of another day"),
        (f"{TWO}&candidates=FRA", 400, "FRA is one of the two sides"),
        (f"{TWO}&candidates=NATO", 404, "NATO is no state on 2022-02-14"),
        (f"{TWO}&carry=2", 400, "carry="),
        (f"{TWO}&page=99", 400, "choose one between 1 and"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/mediators?{query}"), status)
