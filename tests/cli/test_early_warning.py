"""comity warn, on forecasts of a made world: what it says of a pair, of the highest, of the record; what it says to what cannot be asked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from comity.early_warning import (
    MONTH,
    YEAR,
    KeptForecasts,
    KnownPairs,
    WarningRules,
    forecast_year,
    recalibrated,
    record_from_plain,
    record_of,
    record_to_plain,
)
from comity.early_warning.keeping import VERSIONS, rests_on
from comity.sources import Store
from comity.terms import BadInput
from tests.cli.running import comity
from tests.cli.test_answers_as_json import validator
from tests.early_warning.made_world import made, made_months

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "warn-early.md"
RULES = WarningRules(members=2, trees=8, rows_in_leaf=10, forecast_since=1988, score_since=1989, draws=50)
MONTHLY = WarningRules(by="month", quiet_share=0.5, members=2, trees=8, rows_in_leaf=10, forecast_since=1989, score_since=1989, draws=50)
pytestmark = pytest.mark.usefixtures("bundled_once")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with forecasts of a made world: 1988 to 1991, of which the last has no outcomes; and by month from 1989 to January 1991."""
    folder = tmp_path_factory.mktemp("sources")
    keep(KeptForecasts.beside(folder, YEAR), made(), RULES)
    keep(KeptForecasts.beside(folder, MONTH), made_months(), MONTHLY)
    return folder


def keep(kept: KeptForecasts, world: KnownPairs, rules: WarningRules) -> None:
    """As training does, without the tables of a store."""
    years = range(rules.forecast_since, 1992)
    settings = {"by": rules.by, "forecast_since": years[0]}
    basis = {"version": VERSIONS[rules.step], "rules": settings, "features": ["made"], "tables": {"made table": "00"}}
    assert kept.begin(basis) == frozenset()
    for year in years:
        kept.put(year, forecast_year(world, year, rules))
    assert kept.begin(basis) == frozenset(years), "what is there is not made again"
    forecasts = pl.concat(recalibrated(kept.years(), rules))
    made_on = date(2026, 1, 1).isoformat()
    record = record_of(forecasts, rules, outside=world.outside, undated=world.undated, basis=basis, made=made_on)
    assert record_from_plain(record_to_plain(record)) == record
    kept.finish(forecasts, record)


@pytest.fixture(autouse=True)
def in_store(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(trained))


def test_a_pair_is_told_with_its_spread_its_grounds_and_the_record() -> None:
    done = comity("warn", "USA", "RUS")
    assert (done.code, done.err) == (0, "")
    assert re.search(r"^USA and RUS, 1991: 0\.\d{3} that a militarised dispute begins$", done.out, re.MULTILINE)
    assert "members 0." in done.out
    assert "their own past" in done.out
    assert "no statement about causes" in done.out
    assert "record: 32 forecasts of 1989 to 1990" in done.out
    assert "the forecast of 1991 knows nothing after the end of 1990" in done.out


def test_of_a_year_that_is_past_it_is_told_what_came() -> None:
    assert re.search(r"begins; (none|one) began$", comity("warn", "RUS", "USA", "--on", "1988").out, re.MULTILINE)


def test_the_highest_stand_in_order_and_what_came_is_not_known_of_the_last_year() -> None:
    out = comity("warn", "--top", "3").out
    rows = re.findall(r"^(\d) +(\w+) +(\w+) +(0\.\d+)", out, re.MULTILINE)
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert sorted((float(row[3]) for row in rows), reverse=True) == [float(row[3]) for row in rows]
    assert out.count("not known") == 3
    assert "record: 32 forecasts" in out


def test_a_pair_and_the_highest_are_told_by_month() -> None:
    done = comity("warn", "USA", "RUS", "--by", "month")
    assert (done.code, done.err) == (0, "")
    assert re.search(r"^USA and RUS, 1991-01: 0\.\d{4} that a militarised dispute begins$", done.out, re.MULTILINE)
    assert "the forecast of 1991-01 knows nothing after the end of 1990-12; the data of disputes end with 1990" in done.out
    assert "forecasts of 1989 to 1990" in done.out
    assert re.search(r"begins; (none|one) began$", comity("warn", "USA", "RUS", "--by", "month", "--on", "1990-08").out, re.MULTILINE)
    assert comity("warn", "--top", "2", "--by", "month", "--on", "1990-08").out.startswith("the highest of ")


def test_the_record_by_month_says_its_step_and_its_last_month() -> None:
    out = comity("warn", "--record", "--by", "month").out
    assert "the latest forecast is of 1991-01" in out
    assert "such pairs and months" in out
    found = comity("warn", "--by", "month", "--record", "--json").json["record"]
    assert (found["by"], found["latest"], found["latest_month"]) == ("month", 1991, 1)


@pytest.mark.parametrize("asked", ["USA RUS", "--top 2 --on 1990", "--record", "USA RUS --by month", "--top 2 --on 1990-03 --by month"])
def test_json_is_what_the_schema_promises_and_has_the_record(asked: str) -> None:
    done = comity("warn", *asked.split(), "--json")
    assert done.code == 0, done
    validator("warn").validate(done.json)
    assert done.json["record"]["forecasts"] == 32 or "--by" in asked
    for one in done.json["forecasts"]:
        assert one["low"] <= one["probability"] <= one["high"]


def test_the_record_is_told_with_every_aim_and_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "calibration.svg"
    done = comity("warn", "--record", "-o", str(picture))
    assert (done.code, done.err) == (0, "")
    assert len(re.findall(r"^  (?:met|MISSED) ", done.out, re.MULTILINE)) == 4
    assert "not forecast: pairs that are not politically relevant" in done.out
    assert picture.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "name two states, or give one of --top N, --record and --train"),
        ("USA", "name two states, or give one of"),
        ("USA RUS --top 3", "name two states, or give one of"),
        ("USA USA", "name two different states"),
        ("USA ATLANTIS", "no party 'ATLANTIS' is on record"),
        ("USA NATO", "NATO is of kind organisation, not a state"),
        ("USA DEU", "USA and DEU are not forecast for 1991"),
        ("USA RUS --on 1950", "forecasts are of the years 1988 to 1991: what was forecast for years before is not kept"),
        ("USA RUS --on 2026", "the data of disputes end with 1990, and nothing is carried further"),
        ("USA EST --on 1988", "has no code of the Correlates of War on 1987-12-31"),
        ("USA RUS --on soon", "--on soon: these forecasts are by year; write it as 1990"),
        ("USA RUS --on 1990-08", "--on 1990-08: these forecasts are by year; write it as 1990"),
        ("USA RUS --by month --on 1990", "--on 1990: these forecasts are by month; write it as 1990-08"),
        ("USA RUS --by month --on 1990-13", "--on 1990-13: these forecasts are by month"),
        ("USA RUS --by month --on 1991-02", "forecasts are of the months 1989-01 to 1991-01: the data of disputes end with 1990"),
        ("USA DEU --by month", "USA and DEU are not forecast for 1991-01: in 1990 they were not contiguous"),
        ("USA RUS --by week", "forecasts are by year or by month, not by 'week'"),
        ("--top 0", "write how many to show"),
        ("--record --on 1990", "--on does not go with --record"),
        ("--train --on 1990", "--on does not go with --train"),
        ("--top 3 -o a.svg", "-o goes with --record"),
        ("--record -o a.pdf", "a picture is written as .svg or .png"),
        ("--record -o no-such-folder/a.svg", "choose another place"),
        ("--top 3 --from .", "--from goes with --train"),
        ("--train --from nowhere", "is no folder"),
        ("--train", "forecasts need the tables of atop-dyads, which the store does not have"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(asked: str, says: str) -> None:
    done = comity("warn", *asked.split())
    assert done.code == 2, done
    assert says in done.err
    assert done.err.count("\n") == 1


def test_the_commands_of_the_page_run(tmp_path: Path) -> None:
    commands = re.findall(r"^ {8}comity (.+)$", HOW_TO.read_text(encoding="utf-8"), re.MULTILINE)
    trains = {"warn --train", "warn --train --by month"}
    assert trains <= {*commands}, "they take minutes; what is trained is tested elsewhere"
    for command in (one for one in commands if one not in trains):
        done = comity(*command.replace("calibration.svg", str(tmp_path / "calibration.svg")).split())
        assert (done.code, done.err) == (0, ""), command


def test_where_nothing_was_trained_or_training_was_not_finished_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))
    assert "nothing has been trained yet; run: comity warn --train" in comity("warn", "USA", "RUS").err
    assert "nothing has been trained yet; run: comity warn --train --by month" in comity("warn", "USA", "RUS", "--by", "month").err
    kept = KeptForecasts(tmp_path / "early-warning")
    kept.begin({"version": 1})
    kept.put(1988, pl.DataFrame({"year": [1988]}))
    assert "training has come as far as 1 year; run" in comity("warn", "--top", "3").err
    assert kept.begin({"version": 2}) == frozenset(), "what rests on anything else is made anew"
    (tmp_path / "early-warning" / "record.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in comity("warn", "--record").err


def test_forecasts_rest_on_tables_that_are_in_the_store(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="get them with: comity sources fetch"):
        rests_on(Store(tmp_path), WarningRules())
