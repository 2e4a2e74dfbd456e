"""Real tables: the published logit with all three of its errors, agreements on cooperation, and every command of the how-to."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import polars as pl
import pytest

from comity.effects import Effect, Layout, Wishes, effect, layout_of, of_frame, of_sources
from comity.panels import FAMILIES
from comity.sources import Store
from comity.terms import BadInput
from tests.cli.running import comity
from tests.panels.dangerous import dangerous_dyads
from tests.panels.shelves import filled, needs_data

pytestmark = needs_data
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "estimate-an-effect.md").read_text(encoding="utf-8")
CONTROLS = ("landcontig", "cincprop", "cowmajdyad", "mindemest", "minmgdppc", "minmilit", "gmlmidspell", "t2", "t3")
USED = ("atop", "atop-dyads", "cow-contiguity", "cow-majors", "cow-nmc", "cow-system", "dcad", "democracy", "gdp", "gml-mids", "state-codes")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("shelf"), *USED)


@pytest.fixture(scope="module")
def dangerous(shelf: Store) -> pl.DataFrame:
    spell = pl.col("gmlmidspell").cast(pl.Float64)
    return dangerous_dyads(shelf).frame.with_columns(t2=spell**2, t3=spell**3)


@pytest.fixture
def _here(shelf: Store, dangerous: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(shelf.folder))
    monkeypatch.chdir(tmp_path)
    dangerous.filter(pl.col("year") >= 1990).write_parquet("pairs.parquet")


@pytest.fixture(scope="module")
def published(dangerous: pl.DataFrame) -> Effect:
    """Bremer's dangerous dyads as the vignette has them: the same year, spells by rows, disputes under way kept."""
    made = of_frame(dangerous, ("ccode1", "ccode2"), "year", Wishes("atop_defense", "gmlmidonset", CONTROLS))
    return effect(made.table, layout_of(made, lag=0, peace=False, ongoing="kept"), "none")


def test_the_published_logit_is_the_pooled_row_with_three_errors(published: Effect) -> None:
    pooled = published.findings.rows[0]
    assert (pooled.estimator, pooled.rows, pooled.pairs) == ("pooled logit", 106_031, 2_088)
    assert pooled.value == pytest.approx(-0.1299559, abs=5e-7)
    assert pooled.log_likelihood == pytest.approx(-9801.392, abs=5e-4)
    errors = [round(bar.error, 5) for bar in pooled.bars if bar.error is not None]
    assert errors == [0.05844, 0.09958, 0.11125]
    assert published.findings.counts.states == 216


def test_its_reading_says_that_only_the_narrow_interval_excludes_zero(published: Effect) -> None:
    says = [one.says for one in published.reading if one.rule == "errors" and ("estimator", "pooled logit") in one.figures]
    assert says == [
        "Under pooled logit the naive interval (-0.245 to -0.0154) excludes zero and the dyadic-robust one (-0.348 to 0.0881) does not: "
        "rows that share a state go together, and the narrower errors count them as if they did not."
    ]
    assert published.reading[-1].says.startswith("This data cannot tell an effect of atop_defense on gmlmidonset from none:")


def test_what_the_table_does_not_know_is_counted_and_never_filled_in(published: Effect) -> None:
    counts = published.findings.counts
    assert {one.column: one.rows for one in counts.unknown} == {"mindemest": 2_045, "minmgdppc": 365, "minmilit": 3_620}
    assert counts.asked - counts.rows == sum(one.rows for one in counts.left_out) == 5_960


@pytest.mark.usefixtures("_here")
def test_the_commands_of_the_page_say_what_the_page_says() -> None:
    of_sources_, of_file = (line for line in re.findall(r"^    comity (effect .*)$", PAGE, re.MULTILINE) if "--agreement" not in line)
    done = comity(*shlex.split(of_sources_), "--grid", "none")
    assert (done.code, done.err) == (0, "")
    assert Path("dca.svg").read_text(encoding="utf-8").startswith("<svg")
    said = " ".join(done.out.split())
    assert "-0.8865 to -0.2891" in said
    assert "This data cannot tell an effect of dca_general on gmlmidonset from none: the dyadic-robust intervals together reach from -1.31" in said
    assert "Pre-trends do not show (p = 0.286, pair errors)" in said
    done = comity(*shlex.split(of_file))
    assert (done.code, done.err) == (0, "")


@pytest.mark.usefixtures("_here")
def test_a_word_of_the_record_is_a_treatment() -> None:
    (line,) = (line for line in re.findall(r"^    comity (effect .*)$", PAGE, re.MULTILINE) if "--agreement" in line)
    done = comity(*shlex.split(line))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("defence>=1 and gmlmidonset, 1946 to 2010, relevant pairs")
    assert "note: pairs of which nothing is on record count as without an agreement" in done.out


@pytest.mark.usefixtures("_here")
def test_the_python_of_the_page_runs_as_it_stands() -> None:
    (code,) = re.findall(r"((?:^    .*\n|^\n)+)", PAGE.partition("## In Python\n")[2].partition("## What")[0], re.MULTILINE)
    lines = "\n".join(line.removeprefix("    ") for line in code.splitlines()).replace('"short"', '"none"')
    found: dict[str, object] = {}
    exec(compile(lines, "estimate-an-effect.md", "exec"), found)
    assert isinstance(found["found"], Effect)


def test_a_year_that_a_source_does_not_cover_is_left_out_and_said(shelf: Store) -> None:
    made = of_sources(Wishes("dcad:dca_general", "gml-mids:gmlmidonset", since=1975, until=1990, relevant=True), shelf, FAMILIES)
    found = effect(made.table, layout_of(made, relevant=True), "none")
    assert found.findings.counts.first_period == 1981
    (says,) = [one.says for one in found.reading if one.rule == "coverage"]
    assert says == "dca_general is known from 1980 to 2010; rows that need it for other years are left out, never taken for zero."
    assert any(one.rule == "unknown" for one in found.reading)


@pytest.mark.parametrize(
    ("treatment", "outcome", "says"),
    [
        ("atop", "gml-mids:gmlmidonset", "the treatment: 'atop' is 6 columns; name one, such as atop:atop_alliance"),
        ("nmc:cinc", "gml-mids:gmlmidonset", "the treatment: nmc is said of single states; name a column of pairs"),
        ("atp:x", "gml-mids:gmlmidonset", "the treatment: there are no columns 'atp'; choose among atop,"),
        ("dcad:dca", "gml-mids:no", "gml-mids has no column 'no'; choose among"),
        ("dcad:dca", "unknown", "the outcome: there are no columns 'unknown'"),
    ],
)
def test_what_is_no_column_of_pairs_is_said(treatment: str, outcome: str, says: str, shelf: Store) -> None:
    with pytest.raises(BadInput, match=re.escape(says)):
        of_sources(Wishes(treatment, outcome), shelf, FAMILIES)


@pytest.mark.parametrize("year", [3, 99999])
def test_a_year_without_states_or_beyond_the_calendar_is_said(year: int, shelf: Store) -> None:
    with pytest.raises(BadInput, match=f"the year {year}: states are known by year from 1816 on; write a year from 1816 to 9999"):
        of_sources(Wishes("dcad:dca", "gml-mids:gmlmidonset", since=year, until=year), shelf, FAMILIES)


def test_a_control_without_columns_is_said_before_a_table_is_made(shelf: Store) -> None:
    with pytest.raises(BadInput, match="a control: there are no columns 'zzz'; choose among atop,"):
        of_sources(Wishes("dcad:dca", "gml-mids:gmlmidonset", ("zzz",)), shelf, FAMILIES)


def test_columns_without_a_year_in_common_are_said(shelf: Store) -> None:
    made = of_sources(Wishes("dcad:dca", "gml-mids:gmlmidonset", since=1900, until=1950), shelf, FAMILIES)
    with pytest.raises(BadInput, match=re.escape("not known: dca in ")) as said:
        effect(made.table, Layout("dca", "gmlmidonset", 1900, 1950), "none")
    assert "known 1980 to 2010" in str(said.value)
