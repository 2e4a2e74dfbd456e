"""The measures of a network: against networkx on graphs drawn from seeds, and against figures worked out by hand."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import polars as pl
import pytest

from comity.networks import NetworkMeasures, Tie, graph, measures, pairs_of
from comity.networks.measuring import STATE_MEASURES, YEAR_MEASURES
from comity.terms import BadInput
from tests.networks.random_pairs import as_networkx, drawn

SEEDS = [seed for seed in range(60) if drawn(seed).height]


def of(found: NetworkMeasures, measure: str) -> dict[object, object]:
    return dict(found.states.select("party", measure).rows())


def same(ours: dict[object, object], theirs: dict[int, float]) -> bool:
    """Equal to nine digits; what is null with us is no number with them, or absent."""
    assert list(ours) == sorted(theirs)
    return all(
        value == pytest.approx(theirs[party], rel=1e-9, abs=1e-12) if isinstance(value, int | float) else not np.isfinite(theirs[party])
        for party, value in ours.items()
        if isinstance(party, int)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_measures_of_states(seed: int) -> None:
    pairs = drawn(seed)
    found, plain = measures(pairs), as_networkx(pairs)
    assert same(of(found, "degree"), dict(plain.degree()))
    assert same(of(found, "strength"), dict(plain.degree(weight="weight")))
    assert same(of(found, "betweenness"), nx.betweenness_centrality(plain))
    assert same(of(found, "closeness"), nx.closeness_centrality(plain))
    assert same(of(found, "constraint"), nx.constraint(plain, weight="weight"))
    assert same(of(found, "effective_size"), nx.effective_size(plain))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_measures_of_the_year(seed: int) -> None:
    pairs = drawn(seed)
    found, plain = measures(pairs).years.row(0, named=True), as_networkx(pairs)
    parts = [part for part in nx.connected_components(plain) if len(part) > 1]
    assert (found["parties"], found["ties"]) == (plain.number_of_nodes(), plain.number_of_edges())
    assert found["density"] == pytest.approx(nx.density(plain))
    assert (found["components"], found["largest"]) == (len(parts), max(map(len, parts), default=0))
    assert found["isolates"] == nx.number_of_isolates(plain)
    paths = any(degree > 1 for _, degree in plain.degree())
    assert found["transitivity"] == (pytest.approx(nx.transitivity(plain)) if paths else None)


@pytest.mark.parametrize("seed", SEEDS)
def test_communities(seed: int) -> None:
    """The modularity is that of the communities given, as networkx works it out, and as good as that of its own greedy algorithm."""
    pairs = drawn(seed)
    found, plain = measures(pairs), as_networkx(pairs)
    group = of(found, "community")
    plain.remove_nodes_from([party for party, number in group.items() if number is None])
    assert {party for party, number in group.items() if number is None} == {party for party, degree in of(found, "degree").items() if not degree}
    said = found.years.row(0, named=True)
    if not plain.number_of_edges():
        assert (said["modularity"], said["communities"]) == (None, 0)
        return
    parts = [{party for party, number in group.items() if number == n} for n in range(1, said["communities"] + 1)]
    assert said["modularity"] == pytest.approx(nx.community.modularity(plain, parts))
    theirs = nx.community.greedy_modularity_communities(plain, weight="weight")
    assert said["modularity"] == pytest.approx(nx.community.modularity(plain, theirs), abs=1e-9)
    assert [len(part) for part in parts] == sorted(map(len, parts), reverse=True)


def test_two_triangles_and_a_bridge() -> None:
    """A-B-C and D-E-F, tied by C-D; G is there without a tie. By hand.

    Of the 15 pairs of parties other than C, the shortest paths of 6 (A or B to D, E or F) lead over it. Of 10 paths over two ties the 6 within
    the triangles are closed. 6 of 7 ties are within a community, each of which has half of the ties' ends.
    """
    ties = [("A", "B"), ("B", "C"), ("A", "C"), ("D", "E"), ("E", "F"), ("D", "F"), ("C", "D")]
    pairs = pl.DataFrame([(a, b, 1990, 1) for a, b in ties], schema=["party1", "party2", "year", "value"], orient="row")
    found = measures(pairs, parties=pl.DataFrame({"party": ["G"], "year": [1990]}))
    assert of(found, "betweenness")["C"] == pytest.approx(6 / 15)
    assert of(found, "community") == {"A": 1, "B": 1, "C": 1, "D": 2, "E": 2, "F": 2, "G": None}
    year = found.years.row(0, named=True)
    assert (year["ties"], year["components"], year["isolates"], year["communities"]) == (7, 1, 1, 2)
    assert year["transitivity"] == pytest.approx(6 / 10)
    assert year["modularity"] == pytest.approx(6 / 7 - 1 / 2)
    assert of(found, "constraint")["G"] is None


def test_what_is_not_known_is_neither_a_tie_nor_none() -> None:
    """Of three pairs one is not known: density is of the other two. In 2019 nothing is known: everything is null."""
    rows = [("A", "B", 2018, 1.0), ("A", "C", 2018, 0.0), ("B", "C", 2018, None), ("A", "B", 2019, None), ("A", "C", 2019, None)]
    found = measures(pl.DataFrame(rows, schema=["party1", "party2", "year", "value"], orient="row"))
    first, last = found.years.rows(named=True)
    assert (first["ties"], first["unknown"], first["density"]) == (1, 1, 0.5)
    assert (last["parties"], last["unknown"]) == (3, 2)
    assert [last[name] for name in YEAR_MEASURES if name not in ("parties", "unknown")] == [None] * 8
    nothing = found.states.filter(pl.col("year") == 2019)
    assert nothing.height == 3
    assert all(nothing[name].null_count() == 3 for name in STATE_MEASURES)


def test_a_pair_in_both_directions_is_one_tie() -> None:
    rows = [(2, 200, 2000, 1.0), (200, 2, 2000, 3.0), (2, 220, 2000, 1.0), (220, 2, 2000, 0.0), (2, 255, 2000, 2.0), (255, 2, 2000, None)]
    pairs = pl.DataFrame(rows, schema=["party1", "party2", "year", "value"], orient="row")
    assert graph(pairs, 2000).weighted_edge_list() == [(0, 1, 3.0), (0, 2, 1.0), (0, 3, 2.0)]
    assert graph(pairs, 2000, tied="both").weighted_edge_list() == [(0, 1, 1.0)]
    assert measures(pairs, tied="both").years["unknown"].to_list() == [1]
    assert list(graph(pairs, 2000, parties=[100]).nodes()) == [2, 100, 200, 220, 255]


def test_ties_as_spells() -> None:
    """Tied from March 1949: on 1 January 1950, not on that of 1949; the other ends on 1 January 1951, on which it no longer holds."""
    ties = [Tie("USA", "CAN", date(1949, 3, 1)), Tie("CAN", "USA", date(1950, 1, 1), date(1951, 1, 1), 2.0), Tie("USA", "ISL", date(1960, 1, 1))]
    assert pairs_of(ties, range(1949, 1952)).rows() == [("CAN", "USA", 1950, 2.0), ("CAN", "USA", 1951, 1.0)]
    assert pairs_of([], [1950]).columns == ["party1", "party2", "year", "value"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(2, 2, 2000, 1.0)], "paired with itself"),
        ([(2, 20, 2000, -1.0)], "below zero"),
        ([(2, 20, 2000, float("nan"))], "no number"),
        ([(2, 20, 2000, 1.0), (2, 20, 2000, 1.0)], "twice"),
        ([(2, None, 2000, 1.0)], "not named"),
        ([], "no pairs"),
    ],
)
def test_pairs_that_make_no_network_are_refused(rows: list[tuple[int | None, ...]], says: str) -> None:
    schema = {"party1": pl.Int32, "party2": pl.Int32, "year": pl.Int32, "value": pl.Float64}
    with pytest.raises(BadInput, match=says):
        measures(pl.DataFrame(rows, schema=schema, orient="row"))


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match="trade is not there"):
        graph(drawn(1), 2000, weight="trade")


def test_the_same_pairs_in_another_order_give_the_same() -> None:
    pairs = pl.concat([drawn(7), drawn(8, year=2001)])
    once, again = measures(pairs), measures(pairs.sample(fraction=1.0, shuffle=True, seed=3))
    assert once.states.equals(again.states)
    assert once.years.equals(again.years)
