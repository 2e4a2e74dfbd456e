"""Effects on a page: it says what the room says and no more; one calculation at a time, kept; what is too much is refused; refusals."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

import comity.effects
from comity.effects import Effect, TableMade, Wishes, effect, effect_to_plain, layout_of, of_frame
from comity.web import effects
from comity.web.charts.numbered_axes import ticks
from comity.web.holding import Held
from comity.web.long_answers import AtWork, LongAnswers
from tests.effects.pairs_made import made_pairs
from tests.panels.shelves import filled, needs_data
from tests.web.conftest import client_of
from tests.web.refusals import AXES, FILES, line_of
from tests.web.talked import talked

TODAY = date(2022, 2, 14)
ASKED = {"treatment": "dcad:dca_general", "outcome": "gml-mids:gmlmidonset", "control": "nmc:cinc", "relevant": "1"}
COLUMNS = {"dcad:dca_general": "pact", "gml-mids:gmlmidonset": "disputeonset", "nmc:cinc": "near", "defence": "pact"}
Q = urlencode(ASKED)


def made(wishes: Wishes, *_: Any) -> TableMade:
    """A made table in place of those of sources."""
    return of_frame(
        made_pairs().with_columns(relevant=1), ("ccode1", "ccode2"), "year",
        Wishes(COLUMNS[wishes.treatment], COLUMNS[wishes.outcome], tuple(COLUMNS[one] for one in wishes.controls)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY, kept=("cwc", "genocide", "ctbt"))


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(autouse=True)
def nothing_in_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the tables were in the store; nothing worked out yet."""
    monkeypatch.setattr(effects, "lacking", lambda words, relevant: ())
    monkeypatch.setattr(comity.effects, "of_sources", made)
    monkeypatch.setattr(effects, "ANSWERS", LongAnswers[Any]())


@pytest.fixture(scope="module")
def found() -> Effect:
    table = made(Wishes(ASKED["treatment"], ASKED["outcome"], (ASKED["control"],)))
    return effect(table.table, layout_of(table, relevant=True))


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.usefixtures("tables")
def test_the_page_and_the_api_say_what_the_room_says(desk: Client, found: Effect) -> None:
    given = desk.get(f"/api/v1/effects?{Q}").json()
    assert given == {"effect": effect_to_plain(found), "missing": []}
    page = desk.get(f"/effects?{Q}").content.decode()
    words = text_of(page).replace("&#x27;", "'")
    for one in found.reading:
        assert f"{one.rule} {one.says}" in words
    assert words.index(found.reading[-1].says) < words.index("What may be said") < words.index("Estimators side by side")
    for row in found.findings.rows:
        assert row.estimand[1:] in words
        assert row.assumes in words
    assert f"{found.findings.counts.switching:,}" in words
    assert "No number here says that the one brought the other about" in words
    assert not re.search(r"\b(causes|deters|prevents)\b", words)
    command = "comity effect dcad:dca_general gml-mids:gmlmidonset --control nmc:cinc --relevant"
    assert f"The same at the command line: {command}" in words


@pytest.mark.usefixtures("tables")
def test_charts_and_lists_have_every_row_and_the_charts_their_tables(desk: Client, found: Effect) -> None:
    page = desk.get(f"/effects?{Q}").content.decode()
    for table in ("estimates", "specifications"):
        assert f'aria-details="{table}"' in page
        assert f'id="{table}"' in page
    curve = list(csv.DictReader(io.StringIO(desk.get(f"/effects?{Q}&chart=curve&format=csv").content.decode())))
    assert len(curve) == len(found.findings.grid.cells)
    given = [float(row["value"]) for row in sorted(curve, key=lambda row: int(row["place"])) if row["scale"] == "log odds"]
    assert given == sorted(given)
    bars = desk.get(f"/effects?{Q}&list=estimates&format=json").json()["estimates"]
    assert [(one["estimator"], one["errors"], one["low"]) for one in bars[:3]] == [
        ("pooled logit", bar.errors, bar.low) for bar in found.findings.rows[0].bars
    ]
    for name in ("specifications", "reading", "checks", "left-out", "columns"):
        assert desk.get(f"/effects?{Q}&list={name}&format=csv").status_code == 200
    assert b"<svg" in desk.get(f"/effects?{Q}&chart=estimates&format=svg").content


@pytest.mark.usefixtures("tables")
def test_an_estimator_that_refuses_has_one_line_and_no_nought(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COLUMNS, "gml-mids:gmlmidonset", "visits")
    page = desk.get(f"/effects?{Q}&grid=none").content.decode()
    assert text_of(page).count("no number the outcome is not yes or no; this estimator is of log odds") == 3
    assert "No grid was asked for" in page
    rows = desk.get(f"/effects?{Q}&grid=none&format=json").json()["estimates"]
    assert rows[0]["value"] is None
    assert rows[0]["why_not"].startswith("the outcome is not yes or no")
    assert "chart=curve" not in page


@pytest.fixture
def held_up(tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, list[str]]]:
    """The calculation waits until it is let go; which tables were made."""
    go, asked = Event(), list[str]()

    def slow(wishes: Wishes, *more: Any) -> TableMade:
        asked.append(wishes.treatment)
        assert go.wait(30)
        return made(wishes, *more)

    monkeypatch.setattr(comity.effects, "of_sources", slow)
    yield go, asked
    go.set()


def test_while_it_is_worked_out_the_page_says_so_and_nothing_else_is_begun(desk: Client, holding: Held, held_up: tuple[Event, list[str]]) -> None:
    hurried = client_of(replace(holding, patience=0.05))
    go, asked = held_up
    page = hurried.get(f"/effects?{Q}")
    assert page.status_code == 200
    assert "This is being worked out" in page.content.decode()
    assert "Another question is being worked out" in hurried.get(f"/effects?{Q}&lag=2").content.decode()
    for url in (f"/effects?{Q}&format=csv", f"/effects?{Q}&chart=curve", f"/api/v1/effects?{Q}", f"/api/v1/effects?{Q}&lag=2"):
        response = hurried.get(url)
        assert response.status_code == 503, url
        assert response.headers["Retry-After"] == "5"
    go.set()
    assert "Estimators side by side" in desk.get(f"/effects?{Q}").content.decode()
    assert "Estimators side by side" in desk.get(f"/effects?{Q}&on=2020-01-01&as=FRA").content.decode()
    assert asked == ["dcad:dca_general"], "tables of sources are the same on every day and for everybody: it is worked out once"


@pytest.mark.usefixtures("tables")
def test_what_is_too_much_is_refused_before_it_is_begun_with_the_command(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "MOST_SIZE", 100)
    monkeypatch.setattr(comity.effects, "effect", lambda *_: pytest.fail("it was begun"))
    says = line_of(desk.get(f"/effects?{Q}&grid=full&since=1951&lag=3"), 400)
    assert "too much for a page" in says
    assert "comity effect dcad:dca_general gml-mids:gmlmidonset --since 1951 --control nmc:cinc --relevant --lag 3 --grid full" in says
    assert "comity effect dcad:dca_general" in desk.get(f"/api/v1/effects?{Q}").json()["detail"]


def test_without_tables_the_page_says_which_are_lacking_and_how_to_get_them(desk: Client, tmp_path: Path) -> None:
    for url in ("/effects", f"/effects?{Q}"):
        page = desk.get(url).content.decode()
        assert page.count("comity sources fetch") == 1
        assert 'href="/registers/dcad"' in page
        assert str(tmp_path) not in page
    given = desk.get(f"/api/v1/effects?{Q}").json()
    assert given == {"effect": None, "missing": ["cow-system", "dcad", "gml-mids", "cow-nmc", "cow-contiguity", "cow-majors"]}
    assert desk.get(f"/effects?{Q}&format=csv").status_code == 400


OF_RECORD = {"treatment": "standing", "outcome": "gml-mids:gmlmidonset"}


@pytest.mark.usefixtures("tables")
def test_words_of_the_record_are_answered_from_what_the_reader_may_see(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said = list[Any]()

    def kept(wishes: Wishes, shelf: Any, families: Any) -> TableMade:
        said.append(families[-1].read(shelf, None).table)
        return made(Wishes("defence", wishes.outcome))

    monkeypatch.setattr(comity.effects, "of_sources", kept)
    monkeypatch.setattr(effects, "MOST_PAIRS", 20_000)
    asked = urlencode({**OF_RECORD, "agreement": "ctbt"})
    page = desk.get(f"/effects?{asked}&as=FRA").content.decode()
    assert "Answered from what you may see" in page
    assert "--agreement ctbt --as FRA" in text_of(page)
    assert {"state", "other", "agreements"} <= {*said[0].columns}
    desk.get(f"/effects?{asked}&as=FRA")
    assert len(said) == 1
    desk.get(f"/effects?{urlencode({**OF_RECORD, 'agreement': 'cwc'})}")
    assert len(said) == 2
    assert said[1].height > 10_000


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"treatment": ""}, 400, "this question needs the treatment"),
        ({"outcome": ""}, 400, "this question needs the outcome"),
        ({"treatment": "atp:atop_defense"}, 400, "there is no column &#x27;atp:atop_defense&#x27;; write FAMILY:COLUMN"),
        ({"treatment": "<script>"}, 400, "there is no column"),
        ({"treatment": "x" * 300}, 400, "too long to be a column"),
        ({"control": ";".join(f"nmc:c{n}" for n in range(9))}, 400, "9 controls: name at most 8"),
        ({"lag": "21"}, 400, "from 0 to 20"),
        ({"lag": "-1"}, 400, "from 0 to 20"),
        ({"since": "90"}, 400, "is no year"),
        ({"until": "199x"}, 400, "is no year"),
        ({"grid": "huge"}, 400, "choose one of none, short, full"),
        ({"relevant": "perhaps"}, 400, "is neither yes nor no"),
        ({"agreement": "cwc"}, 400, "but no word of the record"),
        ({"treatment": "defence"}, 400, "name the agreements"),
        ({"treatment": "defence", "agreement": "none-such"}, 404, "no agreement &#x27;none-such&#x27; is on record"),
        ({"treatment": "defence", "agreement": "cwc"}, 400, "name fewer"),
    ],
)
@pytest.mark.usefixtures("tables")
def test_what_is_wrong_is_one_line(desk: Client, change: dict[str, str], status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/effects?{urlencode({**ASKED, **change})}"), status)


@pytest.mark.parametrize(("query", "status", "says"), [*AXES, *FILES, ("list=x&format=csv", 400, "is no list"), ("chart=x", 400, "is no chart")])
@pytest.mark.usefixtures("tables")
def test_axes_lists_and_charts_are_refused_as_elsewhere(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/effects?{Q}&grid=none&{query}"), status)


def test_before_anything_is_asked_it_says_what_to_do(desk: Client) -> None:
    page = desk.get("/effects").content.decode()
    assert "Name a treatment and an outcome" in page
    assert '<option value="dcad:dca_general">' in page
    assert page.count('href="/effects?') >= 3


@needs_data
def test_on_real_tables_it_refuses_as_the_room_does_and_answers(desk: Client, holding: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, "cow-system", "dcad", "gml-mids")
    two = "treatment=dcad:dca_general&outcome=gml-mids:gmlmidonset&grid=none"
    assert "atop" in desk.get(f"/effects?{two}&control=atop:atop_defense&since=2000").content.decode()
    assert "no year is in both ends" in line_of(desk.get(f"/effects?{two}&since=2012"), 400)
    assert "dcad has no column" in line_of(desk.get(f"/effects?{two.replace('dca_general', 'dca_none')}"), 400)
    page = text_of(desk.get(f"/effects?{two}&since=2006").content.decode())
    assert "dca_general counts as it stood 1 period before the outcome" in page
    assert "5 of 5 estimators" in page or "estimators give a number" in page


# -- one at a time ----------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_calculation_that_breaks_is_told_once_and_begun_again() -> None:
    answers, tried = LongAnswers[int](), list[int]()

    def broken(_step: Any) -> int:
        tried.append(1)
        raise ZeroDivisionError

    for number in (1, 2):
        with pytest.raises(RuntimeError, match="a calculation broke"):
            answers.ask("x", broken, 10.0)
        assert len(tried) == number
        for thread in threading.enumerate():  # its error is told as it ends, a moment after its answer
            if thread.name == "long answer":
                thread.join(10.0)


def test_so_many_answers_are_kept_and_progress_is_told() -> None:
    answers, go, made_of = LongAnswers[str](kept=2), Event(), list[str]()

    def make(key: str) -> Any:
        def work(step: Any) -> str:
            made_of.append(key)
            step("first", 3)
            assert key != "slow" or go.wait(10)
            return key

        return work

    for key in ("a", "b", "a", "c", "a", "b"):
        assert answers.ask(key, make(key), 10.0) == key
    assert made_of == ["a", "b", "c", "b"]
    found = answers.ask("slow", make("slow"), 0.2)
    assert found == AtWork(other=False, done=1, steps=3)
    other = answers.ask("d", make("d"), 0.0)
    assert other == AtWork(other=True, done=1, steps=3)
    go.set()
    assert answers.ask("slow", make("slow"), 10.0) == "slow"


def test_ticks_are_round_and_have_zero() -> None:
    assert ticks(-1.36, 0.2) == [-1.0, -0.5, 0.0]
    assert ticks(-0.0018, 0.0021) == [-0.001, 0.0, 0.001, 0.002]
    assert ticks(3.0, 3.0) == [3.0]
    for low, high in ((-1e-9, 5e-9), (-120.0, 4e6), (0.0, 1.0)):
        assert 2 <= len(ticks(low, high)) <= 7
        assert 0.0 in ticks(low, high)
