"""comity effect on a file: what is shown, drawn and written, and one clear line for what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.cli.running import Done, comity
from tests.cli.test_answers_as_json import validator
from tests.effects.pairs_made import made_pairs, written

Change = Callable[[pl.DataFrame], pl.DataFrame]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("effects")
    written(found, made_pairs())
    return found


@pytest.fixture(scope="module")
def shown(folder: Path) -> Done:
    return comity("effect", "pact", "disputeonset", "--panel", str(folder / "pairs.csv"), "--control", "near", "-o", str(folder / "pact.svg"))


def test_it_shows_every_estimator_with_three_errors_and_reads_them(shown: Done) -> None:
    assert (shown.code, shown.err) == (0, "")
    for estimator in ("pooled logit", "conditional logit", "GEE AR(1)", "linear two-way", "event study"):
        assert estimator in shown.out
    assert "timing: pact counts as it stood 1 period before the outcome" in shown.out
    assert "held fixed: near, time since the last event, squared, cubed" in shown.out
    assert "the outcome was under way and did not begin" in shown.out
    assert "What may be said" in shown.out
    assert "  1. 5 of 5 estimators give a number;" in shown.out


def test_it_draws_estimates_and_the_specification_curve(shown: Done, folder: Path) -> None:
    assert shown.code == 0
    picture = (folder / "pact.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "24 specifications, dyadic-robust intervals" in picture
    assert "95% interval" in picture


def test_it_answers_in_json_as_its_schema_says(folder: Path) -> None:
    done = comity(
        "effect", "visits>=2", "disputeonset", "--panel", str(folder / "pairs.csv"), "--lag", "0", "--grid", "none", "--keep-ongoing", "--json"
    )
    assert (done.code, done.err) == (0, "")
    validator("effect").validate(done.json)
    assert done.json["question"]["treatment"] == "visits>=2"
    assert done.json["grid"]["cells"] == []
    assert {one["rule"] for one in done.json["reading"]} >= {"numbers", "timing", "pre-trends", "conclusion"}
    assert done.json["counts"]["left_out"] == []


def test_a_full_grid_has_all_estimators_and_more_lags_and_periods(folder: Path) -> None:
    small = written(folder, made_pairs(6, 14), "small.parquet")
    done = comity("effect", "pact", "disputeonset", "--panel", small, "--grid", "full", "--no-peace", "--json")
    varied = {one["what"]: one["over"] for one in done.json["grid"]["varied"]}
    assert varied["lag"] == ["0", "1", "2", "3"]
    assert len(varied["estimator"]) == 5
    assert varied["periods"] == ["1950 to 1963", "1950 to 1956", "1957 to 1963"]
    assert len(done.json["grid"]["cells"]) == 4 * 5 * 2 * 3
    assert all(cell["value"] is not None or cell["why"] for cell in done.json["grid"]["cells"])


def test_an_outcome_that_is_counted_is_left_to_the_linear_estimators(folder: Path) -> None:
    done = comity("effect", "pact", "visits", "--panel", str(folder / "pairs.csv"), "--grid", "none", "--json")
    rows = {one["estimator"]: one for one in done.json["estimators"]}
    assert rows["pooled logit"]["refusal"] == "the outcome is not yes or no; this estimator is of log odds"
    assert rows["linear two-way"]["scale"] == "units of the outcome"
    assert done.json["question"]["peace"] is False


def _same(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def _with(**columns: pl.Expr) -> Change:
    return lambda frame: frame.with_columns(**columns)


WRONG: list[tuple[list[str], Change, str]] = [
    (["pakt", "disputeonset"], _same, "the panel has no column 'pakt'; it has ccode1, ccode2, year, pact,"),
    (["pact", "disputeonset", "--control", "words"], _same, "column 'words' has text or dates in it (String); numbers are needed"),
    (["pact", "disputeonset", "--pair", "a,b"], _same, "the panel has no column 'a';"),
    (["pact", "disputeonset", "--pair", "ccode1"], _same, "--pair ccode1: name two columns, one for each state"),
    (["pact", "disputeonset", "--pair", "ccode1,year"], _same, "--pair ccode1,year --period year: name three different columns"),
    (["pact", "disputeonset", "--agreement", "nato-treaty"], _same, "--agreement: no word of the record is asked for that it could be about;"),
    (["pact", "disputeonset", "--period", "near"], _same, "column 'near' names pairs or periods; whole numbers of up to 2,147,483,648 are needed"),
    (["pact", "disputeonset", "--period", "words"], _same, "column 'words' names pairs or periods; whole numbers are needed there, not String"),
    (["pact", "disputeonset"], _with(year=pl.col("year") + pl.lit(float("inf"))), "are needed there, not inf"),
    (["pact", "disputeonset"], _with(year=pl.col("year") * 10**9), "are needed there, not 1950000000000"),
    (["visits", "disputeonset"], _same, "visits is not yes or no: it has 2 in it; write visits>=N to say from which number on"),
    (["visits>2", "disputeonset"], _same, "'visits>2': write a column, or COLUMN>=N or COLUMN==N"),
    (["visits>=3", "disputeonset"], _same, "visits>=3 is 0 in all"),
    (["visits>=0", "disputeonset"], _same, "visits>=0 is 1 in all"),
    (["pact", "pact"], _same, "pact is named twice among treatment, outcome and controls; name each once"),
    (["pact", "disputeonset", "--lag", "-1"], _same, "--lag -1; write a number of periods from 0 to 20"),
    (["pact", "disputeonset", "--relevant"], _same, "which pairs are relevant is not in this table: give it a column 'relevant'"),
    (["pact", "disputeonset", "--since", "2001", "--until", "2009"], _same, "no row is from 2001 to 2009: the table has 1950 to 1973;"),
    (["pact", "disputeonset", "--since", "1960", "--until", "1950"], _same, "since 1960 until 1950: the end is before the beginning"),
    (["pact", "disputeonset", "--grid", "huge"], _same, "--grid 'huge'; choose one of none, short, full"),
    (["pact", "disputeonset", "-o", "x.pdf"], _same, "'x.pdf': a picture is written as .svg or .png"),
    (["pact", "disputeonset"], _with(disputeonset=pl.lit(0)), "disputeonset is 0 in all 541 whole rows: it never changes"),
    (["pact", "disputeonset"], lambda frame: frame.filter((pl.col("ccode1") == 1), pl.col("ccode2") == 2), "one pair alone is in these rows"),
    (["pact", "disputeonset"], lambda frame: pl.concat([frame, frame.head(2)]), "has the period 1950 twice, 2 pairs and periods in all"),
    (["pact", "disputeonset"], _with(ccode2=pl.col("ccode1")), "has the period 1950 twice"),
    (["pact", "disputeonset"], _with(ccode1=pl.when(pl.col("year") > 1950).then("ccode1")), "column 'ccode1' names pairs or periods and is blank in"),
    (["pact", "disputeonset"], lambda frame: frame.head(0), "the panel has no rows; give one with a row for each pair and period"),
    (["pact", "disputeonset", "--control", "near"], _with(near=pl.when(pl.col("year") < 1950).then("near")),
     "no row is whole, of 864 asked about:"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "change", "says"), WRONG, ids=[f"{' '.join(given)}: {says[:40]}" for given, _, says in WRONG])
def test_what_cannot_be_asked_is_said_in_one_line(given: list[str], change: Change, says: str, tmp_path: Path) -> None:
    done = comity("effect", *given, "--panel", written(tmp_path, change(made_pairs()), "pairs.parquet"))
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("pairs.xlsx", b"", "a table is read as .parquet, .csv, .csv.gz or .arrow"),
        ("pairs.parquet", b"no parquet", "cannot be read as .parquet ("),
        ("pairs.csv", b"", "cannot be read as .csv ("),
        (None, b"", "is no file; make one with: comity panel ... -o FILE"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name: str | None, content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / (name or "none.csv")
    if name is not None:
        path.write_bytes(content)
    done = comity("effect", "pact", "disputeonset", "--panel", str(path))
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1
