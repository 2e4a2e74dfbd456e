"""The real data, where they are: every form reads as its record says, with as many rows as are known of it."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

pl = pytest.importorskip("polars")

from comity.sources import Form, Store, Table, all_sources, source  # noqa: E402
from comity.sources.reading import read_table  # noqa: E402
from comity.sources.store import sum_of  # noqa: E402
from comity.terms import BadInput  # noqa: E402
from tests.sources.given import DATA, WHEN, needs_data  # noqa: E402

pytestmark = needs_data
FORMS = [(one.id, table, form) for one in all_sources().values() for table in one.tables for form in table.forms]
ROWS = {
    ("un-treaties", "acts"): 31_420,
    ("un-treaties", "index"): 401,
    ("uk-treaties", "treaties"): 12_697,
    ("atop", "alliances"): 789,
    ("atop", "members"): 2_510,
    ("dcad", "agreements"): 1_871,
    ("atop-dyads", "dyads"): 273_296,
    ("sipri", "transfers"): 81_335,
}
"""As counted where the data were put together."""


def below(name: str) -> Path | None:
    assert DATA is not None
    return next(iter(sorted(DATA.rglob(name))), None)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All that there is, in a store of its own."""
    assert DATA is not None
    made = Store(tmp_path_factory.mktemp("store"))
    for one in all_sources().values():
        made.import_(one.id, DATA, when=WHEN)
    return made


@pytest.mark.parametrize("source_id", list(all_sources()))
def test_every_table_of_a_source_is_there_with_its_rows_and_its_key(source_id: str, store: Store) -> None:
    for table in source(source_id).tables:
        frame = store.table(source_id, table.name).collect()
        assert len(frame) == table.rows == ROWS.get((source_id, table.name), table.rows)
        assert not frame.select(table.key).is_duplicated().any()
        assert not [c for c, t in frame.schema.items() if t == pl.Int16], "no code of 16 bits"
        assert set(store.held_of(source_id)) == {t.name for t in source(source_id).tables}


@pytest.mark.parametrize(
    ("source_id", "table", "form"), FORMS, ids=lambda it: it if isinstance(it, str) else getattr(it, "file", getattr(it, "name", ""))
)
def test_another_form_of_a_table_gives_the_same_table(source_id: str, table: Table, form: Form, store: Store) -> None:
    path = below(form.file)
    if path is None:
        pytest.skip(f"no {form.file} below COMITY_DATA")
    if form.format in ("rda", "rds"):
        pytest.importorskip("rdata")
    assert sum_of(path) == form.sha256
    assert path.stat().st_size == form.size
    assert read_table(path, table, form).frame.equals(store.table(source_id, table.name).collect())


def test_codes_do_not_run_over(store: Store) -> None:
    """Complaint class 2: in 16 bits 1000 times a code runs over, and 3,139 pairs become 3,140. (With 20 years and more, as the authors take them.)"""
    frame = store.table("oneal-russett", "clear-and-clean").collect()
    assert (frame.schema["statea"], frame.schema["stateb"]) == (pl.Int32, pl.Int32)
    pairs = frame.with_columns((1000 * pl.col("statea") + pl.col("stateb")).alias("pair"))
    kept = pairs.filter(pl.len().over("pair") > 19)
    assert (len(kept), kept["pair"].n_unique()) == (115_942, 3_139)
    assert kept["pair"].n_unique() == kept.select(pl.struct("statea", "stateb").n_unique()).item()
    assert frame["yrsonst1"].null_count() == 149_381 - 145_262


def test_pairs_stand_in_both_directions(store: Store) -> None:
    """Complaint class 2: directed pairs of which only one direction is there."""
    for source_id, table in (("atop-dyads", "dyads"), ("cow-mids", "dyads"), ("gml-mids", "dyads")):
        frame = store.table(source_id, table).select("ccode1", "ccode2", "year").collect()
        turned = frame.select(ccode1="ccode2", ccode2="ccode1", year="year")
        assert len(frame.join(turned, on=["ccode1", "ccode2", "year"], how="anti")) == 0, source_id
    contiguous = store.table("cow-contiguity").select("ccode1", "ccode2", "stdate", "conttype").collect()
    turned = contiguous.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
    assert len(contiguous.join(turned, on=["ccode1", "ccode2", "stdate", "conttype"], how="anti")) == 0


def test_codes_for_nothing_known_are_counted_and_null(store: Store) -> None:
    held = store.held_of("dcad")["agreements"]
    assert held.nulls["terminated"] == {"-88": 1005, "-99": 94}
    frame = store.table("dcad").collect()
    assert frame["terminated"].value_counts().sort("terminated").rows() == [(None, 1099), (False, 729), (True, 43)]
    assert frame["terminated_code"].drop_nulls().value_counts().sort("terminated_code").rows() == [("-88", 1005), ("-99", 94)]
    assert frame["span"].drop_nulls().min() == 1
    assert store.held_of("gml-mids")["disputes"].nulls["stmon"] == {"13": 1}


def test_codes_of_states_are_told_apart(store: Store) -> None:
    """Complaint class 4: the code of Namibia taken for nothing; two names, and so two rows, for one code."""
    votes = store.table("unga", "votes").filter(pl.col("country") == "Namibia").collect()
    assert votes["country_code"].unique().to_list() == ["NA"]
    troops = store.table("us-troops", "deployments").collect()
    twice = troops.filter(pl.len().over("ccode", "year") > 1)
    assert set(twice.filter(ccode=316)["countryname"]) == {"Czech Republic", "Czechia"}
    assert len(twice) == 58
    codes = store.table("cameo").collect()
    assert {"010", "10"} <= set(codes["code"]), "two kinds, which a number would make one"


def test_partial_days_of_exercises_stay_partial(store: Store) -> None:
    """Complaint class 5."""
    frame = store.table("mme", "exercises").collect()
    partial = frame.filter(pl.col("started").str.ends_with("-xx"))
    assert len(partial) == 814
    assert frame["ended"].str.ends_with("-xx").sum() == 1089
    first = frame.filter(pl.col("StartDate") == "2005-06-xx").row(0, named=True)
    assert (first["started"], first["started_first"], first["started_last"]) == ("2005-06-xx", date(2005, 6, 1), date(2005, 6, 30))
    assert (frame["started_first"] <= frame["started_last"]).all()


def test_days_that_a_register_gives_are_days(store: Store) -> None:
    frame = store.table("uk-treaties").collect()
    assert (len(frame), frame["signed_date"].count(), frame["definitive_eif_date"].count()) == (12_697, 7_588, 4_116)
    began = frame.filter(pl.col("definitive_eif_date") < pl.min_horizontal("signed_date", "adopted_date"))
    assert len(began) > 200, "in force before they were signed: kept as the register has it"
    signed = source("uk-treaties").coverage[1]
    assert signed.columns == ("signed_date",)
    assert frame.filter(pl.col("signed_date") > date(1976, 2, 24)).is_empty()


def broken(path: Path, tmp_path: Path, change: bytes) -> Path:
    made = tmp_path / path.name
    made.write_bytes(change)
    return made


@pytest.mark.parametrize(
    ("source_id", "table", "form"), FORMS, ids=lambda it: it if isinstance(it, str) else getattr(it, "file", getattr(it, "name", ""))
)
def test_half_a_file_is_never_read(source_id: str, table: Table, form: Form, tmp_path: Path, store: Store) -> None:
    path = below(form.file)
    if path is None:
        pytest.skip(f"no {form.file} below COMITY_DATA")
    if form.format in ("rda", "rds"):
        pytest.importorskip("rdata")
    content = path.read_bytes()
    half = content[: len(content) // 2]
    cut = broken(path, tmp_path, half[:-1] if half.endswith(b"\n") else half)
    with pytest.raises(BadInput) as told:
        read_table(cut, table, form)
    assert re.search(r"fetch it again|give the file", str(told.value))
    assert "\n" not in str(told.value)
    with pytest.raises(BadInput, match="is not the file that the record"):
        store.import_(source_id, cut, when=WHEN)


@pytest.mark.parametrize("name", ["DCAD-v1.0-main.csv", "atop5_1m.csv"])
def test_a_file_saved_anew_by_a_spreadsheet_is_refused(name: str, tmp_path: Path) -> None:
    table, form = next((t, f) for _, t, f in FORMS if f.file == name)
    path = below(name)
    assert path is not None
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    made = tmp_path / name
    with made.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    with pytest.raises(BadInput, match="cells between semicolons; the record says commas"):
        read_table(made, table, form)
    with made.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, "x"] for row in rows)
    with pytest.raises(BadInput, match="a column 'x' that the record"):
        read_table(made, table, form)
