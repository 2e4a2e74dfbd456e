"""Pairs drawn from a seed, and the same as a graph of networkx."""

from __future__ import annotations

import random

import networkx as nx
import polars as pl


def drawn(seed: int, year: int = 2000) -> pl.DataFrame:
    """Between 3 and 30 parties, sparse or dense, some pairs at zero (so that they are there, without a tie), every value its own."""
    rng = random.Random(seed)
    parties = sorted(rng.sample(range(2, 990), rng.randrange(3, 30)))
    share = rng.choice((0.05, 0.15, 0.3, 0.7))
    rows = []
    for number, one in enumerate(parties):
        for other in parties[number + 1 :]:
            kind = rng.random()
            if kind < share:
                rows.append((one, other, year, rng.randrange(1, 100) / 8) if rng.random() < 0.5 else (other, one, year, rng.randrange(1, 100) / 8))
            elif kind < share + 0.1:
                rows.append((one, other, year, 0.0))
    return pl.DataFrame(rows, schema={"party1": pl.Int32, "party2": pl.Int32, "year": pl.Int32, "value": pl.Float64}, orient="row")


def as_networkx(pairs: pl.DataFrame) -> nx.Graph[int]:
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(sorted({*pairs["party1"], *pairs["party2"]}))
    plain.add_weighted_edges_from((a, b, value) for a, b, value in pairs.select("party1", "party2", "value").rows() if value)
    return plain
