"""The command and the page on it: what is written, what stands in the codebook, and one clear line for what cannot be asked."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import duckdb
import polars as pl
import pytest

from comity.panels import Panel, panel, write
from comity.sources import Store
from comity.terms import BadInput
from tests.cli.running import comity
from tests.panels.shelves import needs_data

pytestmark = needs_data
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "make-a-panel.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _kept(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(store.folder))
    monkeypatch.chdir(tmp_path)


def test_the_command_of_the_page_writes_data_codebook_and_bibliography() -> None:
    (command,) = re.findall(r"^    comity (panel .*)$", PAGE, re.MULTILINE)
    done = comity(*shlex.split(command))
    assert (done.code, done.err) == (0, "")
    assert done.out == "873,800 rows written: pairs.parquet, pairs.codebook.md, pairs.bib\n"
    data = pl.read_parquet("pairs.parquet")
    assert data.columns[:4] == ["ccode1", "ccode2", "year", "atop_alliance"]
    book = Path("pairs.codebook.md").read_text(encoding="utf-8")
    assert "one for each pair of states, the lower code first and year, 1946-01-01 to 2018-12-31" in book
    assert "The list of states ends on 2016-12-31" in book
    for column in data.columns:
        assert f"| {column} |" in book
    assert re.search(r"\| gmlmidonset \| a militarised dispute .* \| gml-mids \| 1816-2010 \| year \| [1-9]", book)
    assert re.search(r"\| cinc1 \| .* \| cow-nmc \| 1816-2022 \| year, 1 period before \|", book)
    assert "- atop: " in book
    cited = Path("pairs.bib").read_text(encoding="utf-8")
    assert cited.count("@") >= 3
    assert "Leeds" in cited


def test_the_network_of_the_page_is_drawn_and_measured() -> None:
    (command,) = re.findall(r"^    comity (network .*)$", PAGE, re.MULTILINE)
    done = comity(*shlex.split(command))
    assert (done.code, done.err) == (0, "")
    assert "498" in done.out
    picture = Path("pacts.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "88 states, 498 ties" in picture
    measured = pl.read_csv("pacts.csv")
    assert measured.filter(pl.col("party") == 2)["degree"].item() == measured["degree"].max()


def test_the_python_of_the_page_runs() -> None:
    code = re.findall(r"^    (?:import comity|pairs)[^\n]*$", PAGE, re.MULTILINE)
    names: dict[str, object] = {}
    exec("\n".join(line.strip() for line in code), names)
    pairs = names["pairs"]
    assert isinstance(pairs, Panel)
    assert {"peace", "balance"} <= set(pairs.frame.columns)


@pytest.mark.parametrize("end", [".parquet", ".csv", ".csv.gz", ".arrow"])
def test_each_format_holds_the_same(store: Store, tmp_path: Path, end: str) -> None:
    found = panel("state-year", since=1990, until=1992, shelf=store, add=["nmc", "majors"])
    write(found, tmp_path / f"out{end}")
    read = {".parquet": pl.read_parquet, ".arrow": pl.read_ipc}.get(end, pl.read_csv)
    assert read(tmp_path / f"out{end}").cast(pl.Float64).equals(found.frame.cast(pl.Float64))


def test_for_pandas_arrow_and_duckdb_at_one_call(store: Store) -> None:
    found = panel("dyad-year", since=2015, until=2019, shelf=store, add=["atop"])
    assert found.to_arrow().num_rows == len(found)
    assert found.to_pandas()["atop_alliance"].isna().sum() == found.frame["atop_alliance"].null_count() > 0
    kept = found.to_duckdb(duckdb.connect(), 'a "name"')
    told = kept.execute('SELECT count(*), sum(atop_alliance) FROM "a ""name"""').fetchone()
    assert told == (len(found), found.frame["atop_alliance"].sum())


def test_without_a_file_the_first_rows_are_shown() -> None:
    done = comity("panel", "state-year", "--since", "1990", "--until", "1991", "--add", "nmc:cinc")
    assert done.code == 0
    assert done.out.rstrip().endswith("write all of it with -o FILE")
    assert "cinc" in done.out


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["network", "1962", "atop", "-o", "n.svg"], "'atop' is 6 columns of a panel; name one of pairs: atop_alliance, atop_defense"),
        (["network", "1962", "atop:atop_defense", "-o", "n.gif"], "'n.gif': a picture is written as .svg or .png"),
        (["panel", "dyad-year", "--since", "MCMXC", "--until", "1991"], "--since 'MCMXC'; write a year, as 1946, or a day, as 1946-01-01"),
        (["panel", "dyad-week", "--since", "1990", "--until", "1991"], "there is no shape 'dyad-week'; choose one of state-year, dyad-year"),
        (["panel", "dyad-year", "--since", "1992", "--until", "1991"], "since 1992 until 1991: the end is before the beginning; exchange them"),
        (
            ["panel", "dyad-year", "--since", "1990", "--until", "1991", "--add", "nmc at=noon"],
            "'at=noon' in 'nmc at=noon'; after the columns write any of",
        ),
        (["panel", "dyad-year", "--since", "1990", "--until", "1991", "--add", "atp"], "there are no columns 'atp'; choose among atop,"),
        (["panel", "dyad-year", "--since", "1990", "--until", "1991", "--relevant"], "relevance needs conttype, cowmaj1, cowmaj2; add the families"),
        (["panel", "dyad-year", "--since", "1990", "--until", "1991", "-o", "out.docx"], "a panel is written as .parquet, .csv, .csv.gz, .arrow;"),
        (["panel", "dyad-year", "--since", "1990", "--until", "1991", "-o", "no/such/out.csv"], "cannot be written (no such folder);"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(given: list[str], says: str) -> None:
    done = comity(*given)
    assert done.code != 0
    assert says in done.err
    assert done.err.count("\n") == 1
    assert not [p for p in Path().iterdir() if p.suffix != ".json"]


def test_a_source_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path / "empty"))
    done = comity("panel", "state-year", "--since", "1990", "--until", "1991")
    assert "cow-system (spells) is not in the store" in done.err


def test_a_file_of_before_stays_where_the_new_one_cannot_be_written(store: Store, tmp_path: Path) -> None:
    found = panel("state-year", since=1990, until=1992, shelf=store)
    write(found, tmp_path / "out.csv")
    before = (tmp_path / "out.csv").read_bytes()
    (tmp_path / "out.codebook.md").unlink()
    (tmp_path / "out.codebook.md").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        write(found, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == before
    assert not list(tmp_path.glob("*.new*"))
