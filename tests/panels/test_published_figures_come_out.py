"""Tables that others made of the same sources come out: column by column, from the raw tables; and what was estimated from them."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from statsmodels.stats import sandwich_covariance

from comity.panels import Add, Panel, panel
from comity.panels.families import FAMILIES
from comity.panels.shapes import periods
from comity.panels.tables import by_period
from comity.sources import Store
from tests.panels.dangerous import dangerous_dyads
from tests.panels.shelves import DATA, needs_data

pytestmark = needs_data
BY_NAME = {f.name: f for f in FAMILIES}


@pytest.fixture(scope="module")
def dangerous(store: Store) -> Panel:
    return dangerous_dyads(store)


def reference() -> pl.DataFrame:
    found = pl.read_parquet(Path(DATA, "reference", "bremer_prd_1816_2010.parquet")).sort("ccode1", "ccode2", "year")
    assert found.shape == (111_991, 42)
    return found


def test_every_row_of_the_reference_comes_out(dangerous: Panel) -> None:
    wanted = reference().select(pl.col("ccode1", "ccode2", "year").cast(pl.Int64))
    assert dangerous.frame.select(pl.col("ccode1", "ccode2", "year").cast(pl.Int64)).equals(wanted)


@pytest.mark.parametrize("column", list(pl.read_parquet_schema(Path(DATA, "reference", "bremer_prd_1816_2010.parquet"))) if DATA else [])
def test_every_column_of_the_reference_comes_out(dangerous: Panel, column: str) -> None:
    ours, theirs = dangerous.frame[column].cast(pl.Float64), reference()[column].cast(pl.Float64)
    assert (ours.is_null() == theirs.is_null()).all()
    assert np.allclose(ours.fill_null(0.0).to_numpy(), theirs.fill_null(0.0).to_numpy(), rtol=1e-12, atol=1e-12)


def test_its_logit_comes_out(dangerous: Panel) -> None:
    """Inputs scaled by two standard deviations (Gelman 2008), as in the vignette's table."""
    found, _ = estimated(dangerous)
    assert found.nobs == 106_031
    assert round(found.llf, 3) == -9801.392
    printed = (
        -3.09314582201258, 1.05533475454893, 0.467199483230435, 0.113404104834786, -0.129955866546438, -0.516837136841389, -0.0917495649824914,
        0.293987234675856, -0.146210134494997, 0.00250606413676954, -1.17968116005484e-05,
    )  # fmt: skip
    assert np.allclose(found.params, printed, rtol=1e-6)


def test_complaint_7_which_standard_errors_are_meant_is_said(dangerous: Panel) -> None:
    """The same estimate has 0.058 for all rows alone and 0.100 by pair: a defence pact's effect is two errors from zero, or one."""
    found, pairs = estimated(dangerous)
    by_pair = found.get_robustcov_results("cluster", groups=pairs, use_correction=False) if hasattr(found, "get_robustcov_results") else None
    covariance = sandwich_covariance.cov_cluster(found, pairs, use_correction=False)
    assert by_pair is None or np.allclose(by_pair.bse, np.sqrt(np.diag(covariance)))
    assert round(float(found.bse[4]), 4) == 0.0584
    assert abs(float(np.sqrt(covariance[4, 4])) - 0.0995772) < 2e-4


def estimated(dangerous: Panel) -> tuple[Any, Any]:
    """The logit, and the pair of each of its rows."""
    scaled = ("cincprop", "mindemest", "minmgdppc", "minmilit")
    frame = dangerous.frame.with_columns(((pl.col(c) - pl.col(c).mean()) / (2 * pl.col(c).std())).alias(f"z_{c}") for c in scaled)
    terms = ["landcontig", "z_cincprop", "cowmajdyad", "atop_defense", "z_mindemest", "z_minmgdppc", "z_minmilit", "gmlmidspell", "t2", "t3"]
    spell = pl.col("gmlmidspell").cast(pl.Float64)
    pair = (pl.col("ccode1") * 1000 + pl.col("ccode2")).alias("pair")
    whole = frame.with_columns(pair, t2=spell**2, t3=spell**3).select("gmlmidonset", "pair", *terms).drop_nulls()
    found = sm.Logit(whole["gmlmidonset"].to_numpy(), sm.add_constant(whole.select(terms).to_numpy().astype(float))).fit(disp=0)
    return found, whole["pair"].to_numpy()


def test_two_million_directed_pairs_come_out(store: Store) -> None:
    """1816 to 2025, with alliances, disputes, major powers and capabilities: the sums that the R package gives."""
    asked: list[Add | str] = ["atop-dyads", "cow-mids", Add("majors", at="any day", carry=True), "nmc"]
    found = panel("dyad-year", since=1816, until=2025, shelf=store, directed=True, add=asked).frame
    assert found.shape == (2_252_760, 46)
    sums = found.select(pl.col("atop_alliance", "atop_defense", "cowmidonset", "cowmidongoing").sum()).row(0)
    nulls = found.select(pl.col("atop_alliance", "cowmidonset", "cowmaj1").null_count()).row(0)
    assert sums == (267_402, 135_392, 6_922, 10_230)
    assert nulls == (264_810, 416_130, 0)


def test_two_sets_of_disputes_beside_one_another_lose_none(store: Store) -> None:
    """Joined on all the names that they share, as the R package does by default, 77 of 100 onsets of the second set are lost."""
    found = panel("dyad-year", since=1816, until=2025, shelf=store, directed=True, add=["cow-mids", Add("gml-mids", prefix="gml_")]).frame
    sums = found.select(pl.col("cowmidonset", "cowmidongoing", "gml_gmlmidonset", "gml_gmlmidongoing").sum()).row(0)
    assert sums == (6_922, 10_230, 6_248, 9_284)
    assert found.select(pl.col("gml_gmlmidonset").null_count()).item() == 567_450


def test_spells_of_alliances_are_the_published_pairs_and_years(store: Store) -> None:
    """All 273,296, and 28 more: of non-members of the system, and of two states that became one in the year, neither in the published table.

    Who counts by the year alone has 34 more: six of two who were in the alliance in one year, and on no day of it together.
    """
    said = BY_NAME["atop"].read(store, Add("atop"))
    time = periods("year", 1815, 2018)
    ours = by_period(said, time, "any day").select(
        "state", "other", (pl.col("period") + 1815).cast(pl.Int32).alias("year"), "atop_defense", "atop_consul"
    )
    theirs = store.table("atop-dyads").collect().rename({"ccode1": "state", "ccode2": "other"}).with_columns(pl.col("year").cast(pl.Int32))
    keys = ["state", "other", "year"]
    assert len(theirs) == 273_296
    assert theirs.join(ours, on=keys, how="anti").is_empty()
    more = ours.join(theirs, on=keys, how="anti").select(keys)
    pairs = {(a, b) for a, b, _ in more.rows() if a < b}
    assert (len(more), pairs) == (28, {(220, 8152), (255, 260), (255, 265), (678, 679), (679, 680)})
    by_year = spells_by_year(store) - set(theirs.select(keys).rows())
    assert by_year - set(more.rows()) == {(a, b, 1992) for pair in ((344, 345), (345, 369), (345, 705)) for a, b in (pair, pair[::-1])}
    assert len(by_year) == 34
    both = ours.join(theirs, on=keys, suffix="_theirs")
    differ = {name: both.filter(pl.col(name) != pl.col(f"{name}_theirs")).height for name in ("atop_defense", "atop_consul")}
    assert differ == {"atop_defense": 214, "atop_consul": 0}  # pledges that one made and the other did not, which the published table has by pair


def spells_by_year(store: Store) -> set[tuple[int, int, int]]:
    """Every two members of one alliance, by the years of their membership."""
    spells: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    columns = ("atopid", "member", "entered_first", "left_last")
    for alliance, member, entered, left in store.table("atop", "members").select(columns).collect().rows():
        spells[alliance].append((member, entered.year, left.year if left is not None else 2018))
    return {
        (a, b, year)
        for of in spells.values()
        for (a, begun, ended), (b, since, until) in permutations(of, 2)
        if a != b
        for year in range(max(begun, since), min(ended, until) + 1)
    }


def test_defence_cooperation_agreements_come_out_by_pair_and_year(store: Store) -> None:
    """Counted without direction, from signature to the estimated end: 11,289 with any, 9,050 with a general one."""
    said = BY_NAME["dcad"].read(store, Add("dcad"))
    found = by_period(said, periods("year", 1980, 2010), "any day")
    assert (len(found), found["dca_general"].sum()) == (11_289, 9_050)


def test_disputes_by_their_days_are_the_published_pairs_and_years_but_for_few(store: Store) -> None:
    """Of 4,642 pairs and years, 4,588; 54 are of two who were in the dispute in one year, and on no day together; 3 are not published."""
    asked: list[Add | str] = [Add("gml-mids", ("gmlmidongoing",)), Add("gml-spells", at="any day")]
    found = panel("dyad-year", since=1816, until=2010, shelf=store, add=asked).frame
    counted = found.group_by("gmlmidongoing", "gml_dispute").len().filter(pl.col("gmlmidongoing") | (pl.col("gml_dispute") == 1))
    assert sorted(counted.rows()) == [(False, 1, 3), (True, 0, 54), (True, 1, 4_588)]
    cuba = panel("dyad-month", since=1962, until=1962, shelf=store, add=["gml-spells"]).frame
    soviet = cuba.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 365) & (pl.col("gml_dispute") == 1))
    assert soviet["month"].max() == 12


@pytest.mark.parametrize(("a", "b", "names"), [(2, 200, ("United States", "United Kingdom")), (40, 365, ("Cuba", "Russia"))])
def test_votes_alike_are_what_counting_them_one_by_one_gives(store: Store, a: int, b: int, names: tuple[str, str]) -> None:
    found = panel("dyad-year", since=1946, until=2019, shelf=store, add=["un-votes"]).frame
    ours = {y: (n, alike) for c, d, y, n, alike in found.select("ccode1", "ccode2", "year", "un_votes", "un_alike").rows() if (c, d) == (a, b)}
    calls = dict(store.table("unga", "roll-calls").select("rcid", "session").collect().rows())
    votes: dict[tuple[str, int], str] = {(c, r): v for r, c, v in store.table("unga", "votes").select("rcid", "country", "vote").collect().rows()}
    for year in (1950, 1985, 2005, 2018):
        of_both = [(votes[names[0], r], votes[names[1], r]) for r, s in calls.items() if s == year - 1945 and all((n, r) in votes for n in names)]
        number, alike = ours[year]
        assert number == (len(of_both) or None)
        assert alike == (pytest.approx(sum(x == y for x, y in of_both) / len(of_both)) if of_both else None)
