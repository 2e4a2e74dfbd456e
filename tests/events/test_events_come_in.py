"""Published event data come into one table: nothing is dropped, what isn't understood is counted, a file that isn't one is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from comity.about import Opened
from comity.events import Events, countries, event_source, read_events
from comity.events.records import IDS, ROOTS, lookup
from comity.parties import Span
from comity.terms import BadInput
from tests.events.published_events import icews, needs_data, published, real


def rows_of(events: Events) -> list[tuple[object, ...]]:
    """The table, without intensities."""
    return pl.read_parquet(*events.files).drop("intensity").rows()


def told(events: Events) -> set[tuple[object, ...]]:
    assert events.unmapped is not None
    return set(events.unmapped.select("what", "word", "events", "why").rows())


def test_an_event_of_icews(tmp_path: Path) -> None:
    path = published(tmp_path, "icews", [icews("2018-06-01", "Bangladesh", "Vietnam", "0251", "-0.3")])
    events = read_events(path, "icews", tmp_path / "events.parquet")
    assert rows_of(events) == [(date(2018, 6, 1), 771, 816, "0251", "02", 1, 1)]
    assert float(pl.read_parquet(*events.files)["intensity"][0]) == -0.3
    assert events.coverage == (Span(date(2018, 6, 1), date(2018, 6, 2)),)
    assert told(events) == set()


@pytest.mark.parametrize("width", [58, 61])
def test_an_event_of_gdelt(tmp_path: Path, width: int) -> None:
    """Mentioned nine times; the quad class is the one that GDELT gives, whatever the root would come to."""
    row = {"Day": "19850314", "Actor1CountryCode": "DEU", "Actor2CountryCode": "ROM", "EventCode": "190", "EventRootCode": "19"}
    path = published(tmp_path, "gdelt", [row | {"QuadClass": "3", "GoldsteinScale": "-10.0", "NumMentions": "9"}], width)
    events = read_events(path, "gdelt", tmp_path / "events.parquet")
    assert rows_of(events) == [(date(1985, 3, 14), 260, 360, "190", "19", 3, 9)]
    assert told(events) == set()


@pytest.mark.parametrize(("one", "quad"), [("FRA", "1"), ("France", "Verbal Cooperation"), ("FRA", "VERBAL COOPERATION")])
def test_an_event_of_polecat(tmp_path: Path, one: str, quad: str) -> None:
    row = {"Event Date": "2018-01-02", "Event Type": "CONSULT", "Actor Country": one, "Recipient Country": "XKX", "Quad Code": quad}
    events = read_events(published(tmp_path, "polecat", [row | {"Intensity": "1.5"}]), "polecat", tmp_path / "events.parquet")
    assert rows_of(events) == [(date(2018, 1, 2), 220, 347, "CONSULT", "CONSULT", 1, 1)]
    assert told(events) == set()


def test_what_is_not_understood_is_counted_and_stays(tmp_path: Path) -> None:
    rows = [
        icews("2018-06-01", "Hong Kong", "China", "040"),
        icews("2018-06-02", "Hong Kong", "NA", "040"),
        icews("2018-06-03", "Ruritania", "China", "990"),
        icews("yesterday", "China", "Japan", "040"),
        icews("2018-06-03", "China", "Japan", "040", "much"),
    ]
    events = read_events(published(tmp_path, "icews", rows), "icews", tmp_path / "events.parquet")
    assert len(rows_of(events)) == 5
    assert told(events) == {
        ("party1", "Hong Kong", 2, "not a member of the state system"),
        ("party2", None, 1, "nobody is named"),
        ("party1", "Ruritania", 1, "not on the map"),
        ("class", "990", 1, "not a class of cameo"),
        ("day", "yesterday", 1, "not a day"),
        ("intensity", "much", 1, "not a number"),
    }
    assert events.unmapped is not None
    assert events.unmapped.row(0) == ("party1", "Hong Kong", 2, date(2018, 6, 1), date(2018, 6, 2), "not a member of the state system")


def test_a_word_of_ones_own_comes_before_the_map(tmp_path: Path) -> None:
    more = pl.DataFrame([("name", "Ruritania", 999, None, None, ""), ("name", "China", 710, None, None, "")], schema=countries().schema, orient="row")
    path = published(tmp_path, "icews", [icews("2018-06-01", "Ruritania", "China", "040")])
    events = read_events(path, "icews", tmp_path / "events.parquet", more_words=more)
    assert rows_of(events)[0][1:3] == (999, 710)


def test_a_state_that_changed_is_taken_by_the_day(tmp_path: Path) -> None:
    days = ("1990-10-02", "1990-10-03")
    path = published(tmp_path, "icews", [icews(day, "Germany", "Yemen", "040") for day in days])
    assert {row[:3] for row in rows_of(read_events(path, "icews", tmp_path / "events.parquet"))} == {
        (date(1990, 10, 2), 260, 679),
        (date(1990, 10, 3), 255, 679),
    }


@pytest.mark.parametrize(
    ("defect", "says"),
    [
        ("one column more", "21 columns"),
        ("another column", "'Day' where 'Event Date' was looked for"),
        ("half a line", "cannot be read as ICEWS"),
    ],
)
def test_a_file_that_is_not_one_is_refused_and_nothing_is_written(tmp_path: Path, defect: str, says: str) -> None:
    path = published(tmp_path, "icews", [icews("2018-06-01", "China", "Japan", "040")] * 3)
    text = path.read_text()
    path.write_text(
        {
            "one column more": text.replace("\n", "\tmore\n"),
            "another column": text.replace("Event Date", "Day"),
            "half a line": text[:-12],
        }[defect]
    )
    with pytest.raises(BadInput, match=says):
        read_events(path, "icews", tmp_path / "events.parquet")
    assert [found.name for found in tmp_path.iterdir()] == ["icews.tab"]


def test_a_data_set_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="gdelt, icews, polecat"):
        read_events(tmp_path / "some", "phoenix", tmp_path / "events.parquet")


@pytest.mark.parametrize("named", IDS)
def test_a_record_uses_columns_that_it_names(named: str) -> None:
    record = event_source(named)
    assert set(record.uses.values()) <= set(record.columns)
    assert record.classes in ROOTS
    assert len(record.columns) <= min(record.widths)
    assert record.cite


def test_no_word_of_the_map_stands_twice_for_one_day() -> None:
    for scheme in ("iso3", "name"):
        assert lookup(countries(), (scheme,)).height > 200
    twice = pl.concat([countries(), countries().head(1)])
    with pytest.raises(BadInput, match="twice for one day"):
        lookup(twice, ("iso3",))


def test_the_map_agrees_with_the_register_of_parties(bundled: Opened) -> None:
    """Every state that has a code of ISO and one of the Correlates of War there has the same two here, on 1 July of each year since 1990."""
    words = lookup(countries(), ("iso3",))
    for party in bundled.record.register.parties.values():
        for year in range(1990, 2024):
            day = date(year, 7, 1)
            cow = {c.code for c in party.codes if c.scheme == "cow" and day in Span(c.start, c.end)}
            iso = {c.code for c in party.codes if c.scheme == "iso3" and day in Span(c.start, c.end)}
            if cow and iso:
                found = words.filter(pl.col("code").is_in(sorted(iso)) & (pl.col("since") <= day) & (day < pl.col("until")))
                assert {str(number) for number in found["cow"]} == cow, (party.code, day)


@needs_data
def test_the_sample_of_icews(tmp_path: Path) -> None:
    """3,705 events of two days. Counted besides with nothing but the file and string comparisons."""
    path = real("events/events.2018.sample.tab")
    events = read_events(path, "icews", tmp_path / "events.parquet")
    cells = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    table = pl.read_parquet(*events.files)
    assert table.height == len(cells) == 3705
    nobody = {"NA", "Hong Kong", "Holy See", "Occupied Palestinian Territory", "Western Sahara"}
    assert table["party1"].null_count() == sum(row[4] in nobody for row in cells)
    assert table["party2"].null_count() == sum(row[10] in nobody for row in cells)
    assert events.unmapped is not None
    assert set(events.unmapped["word"]) == {None, *nobody} - {"NA"}
    abroad = [row for row in cells if row[4] != row[10] and not {row[4], row[10]} & nobody]
    monthly = events.dyads("month")
    assert monthly.table["events"].sum() == len(abroad) == 1673
    korea = [row for row in abroad if (row[4], row[10]) == ("United States", "North Korea")]
    assert monthly.table.filter((pl.col("party1") == 2) & (pl.col("party2") == 731))["events"].to_list() == [len(korea)] == [181]
    assert set(monthly.table["covered"]) == {2 / 30}


@needs_data
def test_the_classes_are_those_of_the_codebook() -> None:
    """CAMEO's file of codes: every root there and here alike, and no code whose beginning is another's root."""
    codes = pl.read_csv(real("events/cameo-codes.csv"), encoding="utf8-lossy", infer_schema_length=0)
    assert set(codes["root_code"]) == set(ROOTS["cameo"])
    assert codes.filter(pl.col("code").str.slice(0, 2) != pl.col("root_code")).height == 0
