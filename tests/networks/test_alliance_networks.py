"""Networks of defence pacts (ATOP 5.1) over two centuries: against networkx in some years, and known figures."""

from __future__ import annotations

from functools import cache

import duckdb
import networkx as nx
import polars as pl
import pytest

from comity.networks import NetworkMeasures, measures
from tests.events.published_events import needs_data, real
from tests.networks.random_pairs import as_networkx

pytestmark = needs_data
FIRST, LAST = 1815, 2018


@cache
def pacts() -> pl.DataFrame:
    named = {"ccode1": "party1", "ccode2": "party2", "atop_defense": "value"}
    found = pl.read_parquet(real("cow/atop_alliance.parquet")).rename(named).select("party1", "party2", "year", "value")
    return found.cast({"party1": pl.Int32, "party2": pl.Int32, "year": pl.Int32})


@cache
def found() -> NetworkMeasures:
    return measures(pacts().filter(pl.col("year").is_in([1914, 1938, 1950, 1989, LAST])))


def test_a_row_for_every_state_and_year_and_for_every_year() -> None:
    some = measures(pacts().filter(pl.col("year") < 1850))
    assert some.years["year"].to_list() == list(range(FIRST, 1850))
    assert not some.states.select("party", "year").is_duplicated().any()
    assert some.states.group_by("year").len().sort("year")["len"].to_list() == some.years["parties"].to_list()


def test_the_united_states_in_1950_have_the_north_atlantic_and_the_rio_treaty() -> None:
    """Eleven allies by the North Atlantic Treaty of 1949, twenty by the Inter-American Treaty of Reciprocal Assistance of 1947; no other yet."""
    row = found().states.filter((pl.col("year") == 1950) & (pl.col("party") == 2)).row(0, named=True)
    assert row["degree"] == 11 + 20


def test_how_many_ties_there_are_is_what_the_file_says() -> None:
    pairs = "count(DISTINCT (least(ccode1, ccode2), greatest(ccode1, ccode2)))"
    asked = f"SELECT year::INT, {pairs} FROM '{real('cow/atop_alliance.parquet')}' WHERE atop_defense = 1 GROUP BY 1"
    with duckdb.connect() as engine:
        held = dict(engine.execute(asked).fetchall())
    assert dict(found().years.select("year", "ties").rows()) == {year: held[year] for year in (1914, 1938, 1950, 1989, LAST)}
    assert held[LAST] == 1707


@pytest.mark.parametrize("year", [1914, 1950, LAST])
def test_the_measures_are_those_of_networkx(year: int) -> None:
    plain = as_networkx(pacts().filter(pl.col("year") == year))
    mine = found().states.filter(pl.col("year") == year)
    for measure, theirs in (
        ("betweenness", nx.betweenness_centrality(plain)),
        ("closeness", nx.closeness_centrality(plain)),
        ("constraint", nx.constraint(plain, weight="weight")),
        ("effective_size", nx.effective_size(plain)),
    ):
        for party, value in mine.select("party", measure).rows():
            assert value is None or value == pytest.approx(theirs[party], rel=1e-9, abs=1e-12)
    row = found().years.filter(pl.col("year") == year).row(0, named=True)
    assert row["transitivity"] == pytest.approx(nx.transitivity(plain))
    parts = nx.community.greedy_modularity_communities(plain, weight="weight")
    assert row["modularity"] >= nx.community.modularity(plain, parts) - 0.01


def test_america_and_europe_are_held_together_by_the_united_states() -> None:
    """In 2018 no state has as many pacts, and without it the other American states fall away from all others."""
    states = found().states.filter(pl.col("year") == LAST)
    assert states.sort("degree", descending=True)["party"][0] == 2
    without = pacts().filter((pl.col("year") == LAST) & (pl.col("party1") != 2) & (pl.col("party2") != 2))
    assert measures(without).years["components"][0] > found().years.filter(pl.col("year") == LAST)["components"][0]
